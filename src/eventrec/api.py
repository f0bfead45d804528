"""The door for scripts: `eventrec.open()` gives a book to read, count, export and correct."""

from __future__ import annotations

import inspect
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from eventrec import config
from eventrec.book import Book as _Book
from eventrec.errors import EventrecError, UsageError
from eventrec.table import Report, Table
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from eventrec.book import Work
    from eventrec.table import Cell
    from eventrec.text.moments import AsOf
    from eventrec.views.criteria import Criteria


class Answer(Report):
    """A report or a list: iterate over its rows as dicts, or save it; `pandas.DataFrame(answer)` works."""

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the answer; the file's ending decides the format (.csv .tsv .json .jsonl .xlsx .md .txt).

        A file that eventrec did not write is replaced only with `force`. Raises OutputExists, UsageError.
        """
        from eventrec.formats import registry

        name = registry.choose(None, str(path))
        _save(Path(path), registry.Content(self, name, registry.Options()), force=force)
        return Path(path)


class Book:
    """An open record book. Use it in a `with` statement, or call `close`."""

    def __init__(self, address: str | None = None, *, as_of: str | None = None) -> None:
        settings = config.load(address, os.environ, Path.cwd(), config.user_folders(os.environ))
        self._book = _Book(settings)
        self._as_of = _moment(as_of)
        try:
            self._reader = self._book.reader_as_of(self._as_of) if self._as_of else self._book.reader
        except EventrecError:
            self._book.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._reader.connection.close()
        self._book.close()

    @property
    def withheld(self) -> tuple[str, ...]:
        """Columns that came empty so far because the role of the database may not see them (a reader on a server)."""
        return self._book.withheld

    def events(self, **criteria: Any) -> Table:  # noqa: ANN401
        """Return events by date, site visits included, with the promised keys; `title` also as `title_en`, `title_zh`.

        The criteria are the command line's options: `project="MMSP-III"`, `since="2024-01-01"`, `kind=["workshop"]`.
        `since`, `until` (both inclusive) and `during` are read like there. Raises NotFound, Ambiguous, UsageError.
        """
        return self._reader.events(self._criteria(criteria)).flat(keep=True)

    def agencies(self, **criteria: Any) -> Table:  # noqa: ANN401
        """Return agencies by name."""
        return self._reader.agencies(self._criteria(criteria)).flat(keep=True)

    def contacts(self, **criteria: Any) -> Table:  # noqa: ANN401
        """Return contacts by name; Chinese names by pinyin."""
        return self._reader.contacts(self._criteria(criteria)).flat(keep=True)

    def projects(self, **criteria: Any) -> Table:  # noqa: ANN401
        """Return projects by code."""
        return self._reader.projects(self._criteria(criteria)).flat(keep=True)

    def participants(self, **criteria: Any) -> Table:  # noqa: ANN401
        """Return participations: named people and unnamed head-counts, event by event."""
        return self._reader.participants(self._criteria(criteria)).flat(keep=True)

    def report(
        self,
        name: str,
        *,
        by: Sequence[str] = (),
        expected: bool = False,
        roles: Sequence[str] | None = None,
        with_own_staff: bool = False,
        roll_up: str = "",
        as_of: str | None = None,
        **criteria: Any,  # noqa: ANN401
    ) -> Answer:
        """Return the report `participants`, `events` or `contacts`.

        `by`, `expected`, `roles` and `with_own_staff` are of `participants`, `roll_up` of `events` too: with
        "successors" or "parents" agencies are counted under those. `as_of` is a day (its end here) or a moment of the
        past, and the history answers. Raises NotFound, Ambiguous, UsageError.
        """
        if as_of is not None:
            with Book(self._book.settings.database, as_of=as_of) as then:
                return then.report(
                    name,
                    by=by,
                    expected=expected,
                    roles=roles,
                    with_own_staff=with_own_staff,
                    roll_up=roll_up,
                    **criteria,
                )
        wanted = self._criteria(criteria)
        if name == "participants":
            report = self._participants(wanted, by, expected, roles, with_own_staff, roll_up)
        elif by or expected or roles is not None or with_own_staff:
            raise UsageError(f"The report {name} knows no by, expected, roles or with_own_staff.")
        elif name == "events":
            from eventrec.reports.events import events

            report = events(self._reader, wanted, roll_up=roll_up)
        elif name == "contacts" and roll_up:
            raise UsageError("The report contacts knows no roll_up.")
        elif name == "contacts":
            from eventrec.reports.contacts import contacts

            report = contacts(self._reader, wanted)
        else:
            raise UsageError(f"There is no report “{name}”.", "Choose participants, events or contacts.")
        if self._as_of:
            report = report.looking_back(self._as_of.moment, self._as_of.sentence)
        return Answer(**vars(report))

    def export(
        self,
        what: str,
        path: str | Path,
        *,
        force: bool = False,
        vcard: Literal["3.0", "4.0"] = "3.0",
        lang: str = "both",
        **criteria: Any,  # noqa: ANN401
    ) -> Path:
        """Write a `calendar` (.ics), `contacts` or `agencies` (.vcf, or a sheet), `events` or `participants`.

        `vcard` is the version of contact cards, `lang` the language of calendars and cards: a tag, or both.
        Raises OutputExists, UsageError, and EventrecError when there is nothing to write.
        """
        from eventrec.exports import cards
        from eventrec.exports.calendar import CalendarWish, calendar
        from eventrec.exports.sheets import sheet
        from eventrec.formats import registry

        wanted, target = self._criteria(criteria), Path(path)
        content: Iterable[bytes]
        if what == "calendar":
            content = [calendar(self._reader, wanted, CalendarWish(languages=lang))]
        elif what in ("contacts", "agencies") and target.suffix.lower() == ".vcf":
            content = _some(cards.pieces(self._reader, what, wanted, cards.CardWish(vcard, lang)))
        elif what in ("events", "agencies", "contacts", "participants"):
            table = sheet(self._reader, what, wanted)
            content = registry.Content(table, registry.choose(None, str(path)), registry.Options()) if table else [b""]
        else:
            raise UsageError(
                f"“{what}” cannot be exported.", "Choose calendar, contacts, events, agencies or participants."
            )
        if content == [b""]:
            raise EventrecError(f"There is nothing to write; {target} was not made.", "Ask for less: fewer criteria.")
        _save(target, content, force=force)
        return target

    def edit(
        self,
        noun: Literal["event", "visit", "agency", "contact", "project", "participant"],
        reference: str | int,
        *,
        if_version: int | None = None,
        **fields: Any,  # noqa: ANN401
    ) -> dict[str, Cell]:
        """Change the fields that are given of one record, and return it as saved, with its new `version`.

        The fields are the options of `eventrec NOUN edit`, read in the same way; names also as a dict of languages,
        dates as `datetime.date`, None to empty a field. A participant is named by its row number. Raises ChangedSince
        when `if_version` is given and is not the record's version any more, and NotFound, Ambiguous, Rejected,
        UsageError. What the database takes back because of somebody else is done again a few times, then Conflict is
        raised.
        """
        from eventrec.edits import given

        if self._as_of:
            raise UsageError("The past cannot be changed.", "Open the book without as_of, and edit it as it is now.")
        options = {**given.options("event" if noun == "visit" else noun, fields), "if_version": if_version}

        def work() -> dict[str, Cell]:
            with self._book.writing(f"api: edit {noun} {reference}") as opened:
                return _edited(opened, noun, reference, options)

        return self._book.repeated(work)

    def _participants(
        self,
        wanted: Criteria,
        by: Sequence[str],
        expected: bool,
        roles: Sequence[str] | None,
        with_own_staff: bool,
        roll_up: str,
    ) -> Report:
        from eventrec.reports.participants import participants
        from eventrec.vocabulary import COUNTED_ROLES

        return participants(
            self._reader,
            wanted,
            by,
            expected=expected,
            roles=COUNTED_ROLES if roles is None else roles,
            with_own_staff=with_own_staff,
            roll_up=roll_up,
            today=(self._as_of.day if self._as_of else _today()).isoformat(),
        )

    def _criteria(self, options: dict[str, Any]) -> Criteria:
        from eventrec.text.dates import read_bound, read_period
        from eventrec.text.places import read_country

        asked = dict(options)
        for name in ("country", "agency_country"):
            if isinstance(asked.get(name), str):
                asked[name] = read_country(asked[name])
        during = asked.pop("during", None)
        if during:
            first, last = read_period(str(during), _today())
            asked |= {"since": first.isoformat(), "until": last.isoformat()}
        for name, end in (("since", False), ("until", True)):
            if asked.get(name):
                asked[name] = read_bound(str(asked[name]), _today(), end).isoformat()
        if asked.get("consent"):
            asked.setdefault("consent_on", _today().isoformat())
        unknown = set(asked) - set(inspect.signature(resolve).parameters)
        if unknown:
            named = ", ".join(sorted(unknown))
            raise UsageError(f"“{named}” is no criterion.", "They are the options of eventrec event list.")
        return resolve(self._reader, **asked)


def open(address: str | None = None, *, as_of: str | None = None) -> Book:  # noqa: A001
    """Open a record book: the one the command line would use, or a path or URL.

    With `as_of`, a day (its end here) or a moment such as `2025-03-01T12:00`, the history answers with the book as it
    was then. Raises DatabaseUnavailable, and NotFound before the first change.
    """
    return Book(address, as_of=as_of)


def _moment(text: str | None) -> AsOf | None:
    from eventrec.text.moments import read_as_of

    return read_as_of(text, datetime.now(UTC).astimezone(), datetime.astimezone) if text else None


class _Script:
    """Who gives the values when nobody types: the day is that of the computer, and nobody is told anything."""

    @property
    def today(self) -> date:
        return _today()  # type: ignore[no-any-return]

    def say(self, text: str) -> None:
        """Tell nobody."""


def _edited(work: Work, noun: str, reference: str | int, options: Mapping[str, Any]) -> dict[str, Cell]:
    """Change one record in an open transaction, and return its row."""
    from eventrec.edits import records
    from eventrec.services.participation import one
    from eventrec.views.where import Where

    number = work.find(noun, reference).id
    if noun == "participant":
        row = one(work.session, number)
        records.participants(work, row.event_id, [row], options)
    else:
        change: Any = getattr(records, "event" if noun == "visit" else noun)
        change(_Script(), work, number, options)
    view = {"participant": "v_participation", "visit": "v_event"}.get(noun, f"v_{noun}")
    (saved,) = work.reader.table(view, where=Where("id = :id", {"id": number})).flat(keep=True)
    return saved


def _today() -> Any:  # noqa: ANN401
    return datetime.now(UTC).astimezone().date()


def _some(pieces: Iterator[bytes]) -> Iterable[bytes]:
    """Return the pieces of a content; an empty one where there are none."""
    from itertools import chain

    first = next(pieces, b"")
    return chain([first], pieces) if first else [first]


def _save(path: Path, content: Iterable[bytes], *, force: bool) -> None:
    from eventrec import streamed
    from eventrec.formats.marks import written_by_eventrec

    settings = config.load(None, os.environ, Path.cwd(), config.user_folders(os.environ))
    hashed = streamed.Hashed(content)
    streamed.save(path, hashed, force=force, ledger=settings.ledger, recognised=written_by_eventrec)
