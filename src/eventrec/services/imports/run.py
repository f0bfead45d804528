"""Runs an import: settles row after row, and leaves the saving to whoever opened the transaction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventrec.db.journal import journal_of
from eventrec.db.refusals import refusal
from eventrec.errors import EventrecError, Rejected, UsageError
from eventrec.formats import meeting_log
from eventrec.models import Event, Project, Setting
from eventrec.services import online_attendance, setting
from eventrec.services.imports import layout as layouts
from eventrec.services.imports import rows as raw
from eventrec.services.imports.agencies import AgencyRows
from eventrec.services.imports.cards import person
from eventrec.services.imports.events import EventRows, entry_of
from eventrec.services.imports.outcome import Outcome, Problem
from eventrec.services.imports.participants import Participants, event_of
from eventrec.services.imports.people import People, Refused
from eventrec.services.imports.person import PersonReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.reader import EventFile, IncomingEvent
    from eventrec.formats.sheets import Sheet, SheetFile
    from eventrec.formats.vcard_reader import CardFile
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.rows import RawRow
    from eventrec.services.imports.wish import Wish
    from eventrec.services.online_attendance import Attended, OnlineResult

REMEMBERED: Final = "import headings"
"""The setting that keeps what the user said of headings: kind → heading key → field."""

_OURS: Final = ("Lists", "How to")
"""How the names of the sheets begin that a template of ours has beside the one to fill in."""

_PLATFORMS: Final = {"zoom": "Zoom", "teams": "Microsoft Teams", "tencent": "Tencent Meeting (VooV)"}
_PROGRESS_EVERY: Final = 200


class Import:
    """One import in one transaction. `outcome` says what was done; a row with a problem leaves nothing behind."""

    def __init__(self, session: Session, wish: Wish, kind: str) -> None:
        self._session = session
        self._wish = wish
        self._journal = journal_of(session)
        self.outcome = Outcome(kind)
        settings = {row.key: row.value for row in session.scalars(select(Setting))}
        self._main: str = settings.get("language") or "en"
        self.country: str | None = settings.get("country")
        self._people = People(session, wish, self.outcome, self._main)
        self._participants = Participants(session, wish, self.outcome, self._people, self._main)
        self._projects = frozenset(session.scalars(select(Project.code).where(Project.code.is_not(None))))
        self._events = EventRows(session, wish, self.outcome, self._main)
        self._agencies = AgencyRows(session, wish, self.outcome, self._main, self.country)

    def rows(self, found: Layout, rows: Iterable[RawRow]) -> None:
        """Take in the rows of one sheet."""
        reader = PersonReader(found, self._main, self._wish.today, self._country_of)
        for row in rows:
            if found.kind in ("participants", "contacts"):
                who, problems = reader.read(row)
                self.person(who, problems, found.day, found.heading)
            else:
                of_kind: Any = self._events if found.kind == "events" else self._agencies
                values, problems = of_kind.read(row, found)
                self._settle(row.sheet, row.number, problems, partial(of_kind.put, values), found.heading)
            self._tell_progress()
        if reader.without_country:
            self.outcome.tell(
                f"{reader.without_country} phone numbers do not say their country and are kept in the note. Say it in a"
                " column “country”, or for the whole book: eventrec init --country CN"
            )

    def person(
        self,
        who: Incoming,
        problems: list[Problem],
        day: date | None,
        heading: Callable[[str], str] = lambda name: name,
    ) -> None:
        """Take in one person, or one delegation."""
        self.outcome.people += 1 if who.names else who.counts.total if who.counts else 0
        if problems:
            self.outcome.refuse(problems)
        elif self.outcome.kind == "participants":
            self._settle(who.sheet, who.row, [], lambda: self._take_part(who, day), heading)
        else:
            self._contact(who, heading)

    def _take_part(self, who: Incoming, day: date | None) -> tuple[Action, str]:
        return self._participants.put(who, event_of(self._session, who, self._wish.event_id), day)

    def _contact(self, who: Incoming, heading: Callable[[str], str]) -> None:
        """Add a new contact with many others at once; a known one is changed by itself."""
        try:
            if who.names is None and who.number is None:
                raise Refused("name", "There is no name.")
            agency_id = self._people.agency_of(who)
            number = self._people.find(who, agency_id)
        except Refused as error:
            self.outcome.refuse([Problem(who.sheet, who.row, heading(error.field) or error.field, error.message)])
            return
        if number is None:
            settled = self._people.settle(who, agency_id, None)
            self.outcome.count(who.sheet, who.row, "new", f"{who.label_text} (contact {settled.contact_id})")
            return
        self._settle(who.sheet, who.row, [], lambda: self._known(who, agency_id, number), heading)

    def _known(self, who: Incoming, agency_id: int | None, number: int) -> tuple[Action, str]:
        before = self._journal.recorded
        first = self._people.row_of(number)
        settled = self._people.settle(who, agency_id, number)
        changed = self._journal.recorded != before
        words = f"{who.label_text} (contact {number})"
        if first not in (None, (who.sheet, who.row)):
            words += f", as in row {first[1]}"
        if settled.kept:
            words += "; kept: " + "; ".join(settled.kept)
        return ("updated" if changed else "same"), words

    def _settle(
        self,
        sheet: str,
        number: int,
        problems: list[Problem],
        action: Callable[[], tuple[Action, str]],
        heading: Callable[[str], str],
    ) -> None:
        """Do one row in a savepoint, so that a row that is refused leaves nothing behind."""
        if problems:
            self.outcome.refuse(problems)
            return
        self._people.bulk.flush()
        change_set = self._journal.change_set_id
        savepoint = self._session.begin_nested()
        try:
            done, words = action()
            self._people.bulk.flush()
            self._session.flush()
            savepoint.commit()
        except (EventrecError, IntegrityError) as error:
            savepoint.rollback()
            self._journal.change_set_id = change_set
            self._journal.pending.clear()
            self._people.bulk.discard()
            self._people.reload()
            told = refusal(error) if isinstance(error, IntegrityError) else error
            field = told.field if isinstance(told, Refused) else ""
            message = told.message if isinstance(told, Refused) else f"{told.message} {told.hint}".strip()
            self.outcome.refuse([Problem(sheet, number, (heading(field) or field) if field else "", message)])
        else:
            self.outcome.count(sheet, number, done, words)

    def entry(self, incoming: IncomingEvent) -> None:
        """Take in one entry of a calendar."""
        entry = entry_of(incoming, self._projects)
        self._settle("", entry.row, [], lambda: self._events.put(entry), lambda name: name)

    def finish(self) -> Outcome:
        """Write what is waiting, and return what was done."""
        self._people.bulk.flush()
        self._session.flush()
        self.outcome.undecided = self._participants.undecided()
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


def sheets(session: Session, file: SheetFile, wish: Wish) -> Outcome:
    """Import a workbook or a text table. Raises Rejected when no sheet of it can be understood."""
    if wish.kind in (None, "participants"):
        for sheet in file.sheets:
            log = meeting_log.recognise(raw.first_rows(sheet.rows)) if not sheet.hidden else None
            if log is not None:
                return _online(session, file, sheet, log, wish)
    kind, found = _understood(session, file, wish)
    work = Import(session, wish, kind)
    for sentence in file.told:
        work.outcome.tell(sentence)
    total = raw.Total()
    for sentence in left_out(file, [sheet.name for sheet, _ in found]):
        work.outcome.tell(sentence)
    for sheet, layout in found:
        work.outcome.layouts[sheet.name] = layout
        for heading in layout.unknown.values():
            work.outcome.tell(f"Column “{heading}” was not understood; what it holds is kept in the note.")
        work.rows(layout, raw.of_sheet(sheet.name, sheet.rows, layout, work.outcome, total))
    if not work.outcome.rows:
        raise Rejected("There are headings and no rows below them.", "Fill in the sheet, or name another file.")
    _compare_totals(total, work.outcome)
    if wish.maps:
        _remember(session, kind, wish.maps)
    return work.finish()


def cards(session: Session, file: CardFile, wish: Wish) -> Outcome:
    """Import contact cards: as contacts, or on an event's list."""
    kind = "participants" if wish.event_id is not None else "contacts"
    work = Import(session, wish, kind)
    for sentence in file.told:
        work.outcome.tell(sentence)
    for card in file.cards:
        who, problems = person(card, work.country)
        work.person(who, problems, None)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not work.outcome.rows:
        raise Rejected("There are no cards in the file.", "Name another file.")
    return work.finish()


def calendar(session: Session, file: EventFile, wish: Wish) -> Outcome:
    """Import the events of a calendar; one that is known by its uid is brought up to date as the mode says."""
    work = Import(session, wish, "events")
    for sentence in file.told:
        work.outcome.tell(sentence)
    for incoming in file.events:
        work.entry(incoming)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not work.outcome.rows:
        raise Rejected("There are no events in the file.", "Name another file.")
    return work.finish()


def _online(session: Session, file: SheetFile, sheet: Sheet, log: meeting_log.Layout, wish: Wish) -> Outcome:
    """Import a meeting's attendance report."""
    if wish.event_id is None:
        raise UsageError("This is a meeting's attendance report.", "Say of which event: --event EVENT")
    outcome = Outcome("attendance")
    outcome.tell(f"Read as an attendance report of {_PLATFORMS[log.platform]}.")
    for sentence in file.told:
        outcome.tell(sentence)
    found: list[meeting_log.Entry] = []
    for each in meeting_log.entries(sheet.rows, log):
        if isinstance(each, meeting_log.LogProblem):
            outcome.refuse([Problem(sheet.name, each.row, each.column, each.message)])
        else:
            found.append(each)
    if not found:
        raise Rejected("The report names nobody.", "Name another file.")
    people = online_attendance.people(found)
    done = online_attendance.record(
        session,
        wish.event_id,
        people,
        today=wish.today,
        minimum_minutes=wish.minimum_minutes,
        minimum_share=wish.minimum_share,
    )
    _tell_online(outcome, sheet.name, people, done)
    outcome.saved = outcome.new + outcome.updated
    return outcome


def _tell_online(outcome: Outcome, sheet: str, people: list[Attended], done: OnlineResult) -> None:
    """Count the people of a report: those with a name one by one, the others with their head-count."""
    for each, contact, action in done.matched:
        words = f"{each.name} is contact {contact}, {each.minutes} minutes"
        outcome.count(sheet, each.entries[0].row, action, words)  # type: ignore[arg-type]
    for label, number, action in done.unnamed:
        outcome.count(sheet, 0, action, f"{label}: {number} without a name")  # type: ignore[arg-type]
    for each in done.below:
        outcome.count(sheet, each.entries[0].row, "left out", f"{each.name}: only {each.minutes} minutes")
    outcome.people = len(people)
    online = len(done.matched) + sum(number for _, number, _ in done.unnamed)
    outcome.tell(
        f"{len(people)} people in the report: {online} counted ({len(done.matched)} by name), {len(done.below)} there too"
        " shortly."
    )
    if done.left:
        names = ", ".join(each.name for each in done.left[:10]) + (" …" if len(done.left) > 10 else "")
        outcome.tell(f"Not on the list, so counted without a name: {names}.")
    for sentence in done.told:
        outcome.tell(sentence)


def _understood(session: Session, file: SheetFile, wish: Wish) -> tuple[str, list[tuple[Sheet, Layout]]]:
    """Return what kind of records the file holds, and its sheets with their layouts."""
    remembered = session.scalar(select(Setting.value).where(Setting.key == REMEMBERED)) or {}
    beginnings = {sheet.name: raw.first_rows(sheet.rows) for sheet in file.sheets if not sheet.hidden}
    kind = wish.kind
    if kind is None:
        mapped = {**{key: name for each in remembered.values() for key, name in each.items()}, **wish.maps}
        kinds = {
            guess
            for rows in beginnings.values()
            if (guess := layouts.kind_of(rows, mapped, for_event=wish.event_id is not None))
        }
        if len(kinds) != 1:
            raise UsageError(
                "The headings do not say what the rows are.",
                "Say --as participants, contacts, agencies or events; participants with --event.",
            )
        kind = kinds.pop()
    mapped = {**remembered.get(kind, {}), **wish.maps}
    found = []
    for sheet in file.sheets:
        if sheet.hidden or sheet.name.startswith(_OURS):
            continue
        layout = layouts.find(beginnings[sheet.name], kind, mapped)
        if layout is not None:
            found.append((sheet, layout))
    if not found:
        raise Rejected(
            f"No row of headings was found that {kind} have: {_wanted(kind)}.",
            'Name a column yourself: --map "Naam=name". Or start from eventrec template ' + kind,
        )
    return kind, found


def _wanted(kind: str) -> str:
    return {
        "participants": "a name or 姓名, or an agency with a number of people",
        "contacts": "a name or 姓名",
        "agencies": "a name or 名称",
        "events": "a title or 活动名称",
    }[kind]


def _compare_totals(total: raw.Total, outcome: Outcome) -> None:
    """Say when the sheet's own total is another number than its rows."""
    for sheet, row, number in total.claims:
        if number != outcome.people:
            place = f"Sheet {sheet}, row {row}" if sheet else f"Row {row}"
            outcome.tell(f"{place} says {number} people in all; the rows hold {outcome.people}.")


def _remember(session: Session, kind: str, maps: Mapping[str, str]) -> None:
    """Keep what the user said of headings for the next file."""
    known = session.scalar(select(Setting.value).where(Setting.key == REMEMBERED)) or {}
    new = {**known, kind: {**known.get(kind, {}), **maps}}
    if new != known:
        setting.put(session, REMEMBERED, new)


def left_out(file: SheetFile, used: Iterable[str]) -> Iterator[str]:
    """Say which sheets of a workbook were not read."""
    read = set(used)
    for sheet in file.sheets:
        if sheet.hidden:
            yield f"Sheet “{sheet.name}” is hidden and was left out."
        elif sheet.name not in read and not sheet.name.startswith(_OURS):
            yield f"Sheet “{sheet.name}” has no headings that were understood and was left out."
