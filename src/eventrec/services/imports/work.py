"""One import in the making: settles row after row, and leaves the saving to whoever opened the transaction."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventrec.db.journal import journal_of
from eventrec.errors import EventrecError
from eventrec.models import Event, Setting
from eventrec.services.forget import again
from eventrec.services.imports.agencies import AgencyRows
from eventrec.services.imports.events import EventRows
from eventrec.services.imports.lists import Lists
from eventrec.services.imports.outcome import Outcome, Problem
from eventrec.services.imports.participants import Participants
from eventrec.services.imports.people import People, Refused, TooLate
from eventrec.services.imports.person import PersonReader
from eventrec.services.imports.refused import refuse
from eventrec.services.imports.replies import Replies
from eventrec.services.imports.rows import LeftOut, RawRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.replies import Reply
    from eventrec.formats.vcard_reader import Card
    from eventrec.services.imports.cards import CardRows
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.wish import Wish

_PROGRESS_EVERY: Final = 200
_AT_ONCE: Final = 1_000
_TOGETHER: Final = 4_000
"""Rows that are written or taken back together: of each page that they change SQLite first puts the old one aside."""

_FEW: Final = 20
"""Rows that are tried at once after one that was refused too late, at least; many such may stand close together."""

T = TypeVar("T")


class _Way(NamedTuple):
    """How rows of a sheet are taken in: read, looked up many at once, read again if others changed it, and put."""

    read: Callable[[RawRow], tuple[Any, list[Problem]]]
    look_ahead: Callable[[Sequence[Any]], None]
    is_stale: Callable[[Any], bool]
    put: Callable[[Any, list[Problem]], None]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nobody look for garbage among the objects of some rows while they are needed; there is hardly any."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Import:
    """One import in one transaction. `outcome` says what was done; a row with a problem leaves nothing behind."""

    def __init__(self, session: Session, wish: Wish, kind: str) -> None:
        self._session = session
        self._wish = wish
        self._journal = journal_of(session)
        if wish.again:
            again.allow(session)
        self.outcome = Outcome(kind)
        settings = {row.key: row.value for row in session.scalars(select(Setting))}
        self._main: str = settings.get("language") or "en"
        self.country: str | None = settings.get("country")
        self._people = People(session, wish, self.outcome, self._main)
        lists = Lists(session, self._people)
        self._participants = Participants(session, wish, self.outcome, self._people, lists, self._main)
        self._events = EventRows(session, wish, self.outcome, self._people, lists, self._main)
        self._replies = Replies(session, wish, self.outcome, self._main)
        self._agencies = AgencyRows(session, wish, self.outcome, self._people, self._main, self.country)

    def rows(self, found: Layout, rows: Iterable[RawRow | LeftOut]) -> None:
        """Take in the rows of one sheet."""
        way = self._way(found)

        def take(several: Sequence[RawRow | LeftOut]) -> None:
            for at in range(0, len(several), _AT_ONCE):
                self._look_up_and_take(way, several[at : at + _AT_ONCE])

        before = self.outcome.without_country
        self._together(rows, take, lambda row: (row.sheet, row.number))
        if without := self.outcome.without_country - before:
            self.outcome.tell(
                f"Phone numbers that do not say their country, and are kept in the note: {without}. Say it in a column"
                " “country”, or for the whole book: eventrec init --country CN"
            )

    def _look_up_and_take(self, way: _Way, rows: Sequence[RawRow | LeftOut]) -> None:
        read = [way.read(row) for row in rows if isinstance(row, RawRow)]
        way.look_ahead([values for values, _ in read])
        each = iter(read)
        for row in rows:
            if isinstance(row, LeftOut):
                self.outcome.count(row.sheet, row.number, "left out", row.text)
                continue
            values, problems = next(each)
            way.put(*(way.read(row) if way.is_stale(values) else (values, problems)))
            self._tell_progress()

    def _way(self, found: Layout) -> _Way:
        """Return how rows of a sheet are taken in."""
        if found.kind in ("participants", "contacts"):
            return self._way_of_people(found)
        kind: Any = self._events if found.kind == "events" else self._agencies

        def look_ahead(rows: Sequence[Any]) -> None:
            self._people.let_go()
            kind.look_ahead(rows)

        def put(values: Any, problems: list[Problem]) -> None:  # noqa: ANN401
            self._settle(values.sheet, values.row, problems, lambda: kind.put(values), found.heading)

        return _Way(lambda row: kind.read(row, found), look_ahead, lambda _: False, put)

    def _way_of_people(self, found: Layout) -> _Way:
        reader = PersonReader(found, self._main, self._wish.today, self._country_of)
        agencies = 0

        def look_ahead(people: Sequence[Incoming]) -> None:
            nonlocal agencies
            agencies = len(self._people.agencies.names)
            contacts = self._people.look_ahead(people)
            if found.kind == "participants":
                self._participants.look_ahead(people, contacts)

        def is_stale(who: Incoming) -> bool:
            return len(self._people.agencies.names) != agencies and reader.waits(who)

        def put(who: Incoming, problems: list[Problem]) -> None:
            self._person(who, problems, found.day, found.heading)

        return _Way(reader.read, look_ahead, is_stale, put)

    def people_of(self, cards: Iterable[Card], rows: CardRows) -> None:
        """Take in the people of cards."""

        def take(several: Sequence[Card]) -> None:
            self._participants.look_ahead((), ())
            for card in several:
                self._person(*rows.person(card), None)

        self._together(cards, take, lambda card: ("", card.line))

    def agencies_of(self, cards: Iterable[Card], rows: CardRows) -> None:
        """Take in the agencies of cards."""

        def take(several: Sequence[Card]) -> None:
            for card in several:
                incoming, problems = rows.agency(card)
                self._settle("", incoming.row, problems, partial(self._agencies.put, incoming))

        self._together(cards, take, lambda card: ("", card.line))

    def replies(self, replies: Iterable[Reply]) -> None:
        """Take in answers to invitations."""

        def take(several: Sequence[Reply]) -> None:
            for reply in several:
                self._settle("", reply.line, [], partial(self._replies.put, reply))

        self._together(replies, take, lambda reply: ("", reply.line))

    def _together(
        self, rows: Iterable[T], take: Callable[[Sequence[T]], None], place: Callable[[T], tuple[str, int]]
    ) -> None:
        """Take in rows some at a time, so that one that is refused leaves nothing behind."""
        several = iter(rows)
        while batch := list(islice(several, _TOGETHER)):
            parts: list[Sequence[T]] = [batch]
            with _uncollected():
                while parts:
                    part = parts.pop()
                    cut = self._cut(part, take, place)
                    parts += [part[start:end] for start, end in reversed(list(pairwise(cut))) if start < end]

    def _cut(
        self, rows: Sequence[T], take: Callable[[Sequence[T]], None], place: Callable[[T], tuple[str, int]]
    ) -> Sequence[int]:
        """Write rows at once, and return nothing more to do.

        Where one of them is refused too late all are taken back; then it returns where to cut them, so that this one
        is taken by itself, and after it no more at once than may do. Which one the database refuses is found by halves.
        """
        mark, on_lists = self.outcome.mark(), self._participants.mark()
        try:
            with self._people.together():
                take(rows)
        except (TooLate, IntegrityError) as error:
            read = self.outcome.people, self.outcome.without_country
            likely = self.outcome.likely[mark.lengths["likely"] :]
            self.outcome.back_to(mark)
            self._participants.back_to(on_lists)
            self._agencies.forget()
            if len(rows) > 1:
                if isinstance(error, IntegrityError):
                    return 0, len(rows) // 2, len(rows)
                at = [place(row) for row in rows].index(error.place)
                return 0, at, at + 1, min(at + 1 + max(2 * at, _FEW), len(rows)), len(rows)
            self.outcome.people, self.outcome.without_country = read
            self.outcome.likely += likely
            refuse(self.outcome, *(error.refused if isinstance(error, TooLate) else (error, *place(rows[0]))))
        return ()

    def _person(
        self,
        who: Incoming,
        problems: list[Problem],
        day: date | None,
        heading: Callable[[str], str] = lambda name: name,
    ) -> None:
        """Take in one person, or one delegation."""
        people = 1 if who.names else who.counts.total if who.counts else 0
        self.outcome.people += people if who.counted is None else who.counted
        self.outcome.without_country += who.without_country
        put = (
            partial(self._contact, who)
            if self.outcome.kind == "contacts"
            else partial(self._participants.put, who, day)
        )
        self._settle(who.sheet, who.row, problems, put, heading)

    def _contact(self, who: Incoming) -> tuple[Action, str]:
        """Add a new contact, or change a known one."""
        if who.names is None and who.number is None:
            raise Refused("name", "There is no name.")
        agency_id = self._people.agency_of(who)
        number = self._people.find(who, agency_id)
        first = self._people.row_of(number) if number is not None else None
        settled = self._people.settle(who, agency_id, number)
        words = f"{who.label_text} (contact {settled.contact_id})" if self.outcome.keeps_words else ""
        if settled.new:
            return "new", words
        if first not in (None, (who.sheet, who.row)):
            words += f", as in row {first[1]}"
        if settled.kept:
            words += "; kept: " + "; ".join(settled.kept)
        return "updated" if settled.changed else "same", words

    def _settle(
        self,
        sheet: str,
        number: int,
        problems: list[Problem],
        put: Callable[[], tuple[Action, str]],
        heading: Callable[[str], str] = lambda name: name,
    ) -> None:
        """Do one row. Raises TooLate where it is refused and has changed something already."""
        if problems:
            self.outcome.refuse(problems)
            return
        changes = self._changes()
        try:
            done, words = put()
        except EventrecError as error:
            session = self._session
            if self._changes() != changes or session.new or session.dirty or session.deleted:
                raise TooLate(error, sheet, number, heading) from error
            refuse(self.outcome, error, sheet, number, heading)
        else:
            self.outcome.count(sheet, number, done, words)

    def _changes(self) -> int:
        """Return how many changes there were so far: those that were written, and those that wait."""
        return self._journal.recorded + self._people.bulk.count

    def know_agencies(self, revised: str | None) -> None:
        """Know the agencies of cards that were taken in; those that people's cards add are as old as the oldest."""
        self._people.reload()
        self._people.moment_of_agencies = revised and min(revised, self._journal.moment)

    def finish(self) -> Outcome:
        """Write what is waiting, and return what was done."""
        self._people.bulk.flush()
        self._session.flush()
        absent = self._participants.settle_absent()
        self.outcome.same, self.outcome.updated = self.outcome.same - absent, self.outcome.updated + absent
        self.outcome.undecided = self._participants.undecided() or self._replies.undecided
        for sentence in self._participants.delegations():
            self.outcome.tell(sentence)
        self.outcome.tell_lines()
        self.outcome.saved = self.outcome.new + self.outcome.updated
        return self.outcome

    def _tell_progress(self) -> None:
        if self.outcome.rows % _PROGRESS_EVERY == 0:
            self._wish.progress(self.outcome.rows)

    def _country_of(self, who: Incoming) -> str | None:
        """Return whose national phone numbers are meant: those of the row's, agency's, book's or event's country."""
        if who.country:
            return who.country
        for number in self._people.agencies.same(who.agency_texts):
            if self._people.agencies.countries[number]:
                return self._people.agencies.countries[number]
        if self.country or self._wish.event_id is None:
            return self.country
        event = self._session.get(Event, self._wish.event_id)
        return event.country if event else None
