"""One import in the making: settles row after row, and leaves the saving to whoever opened the transaction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventrec.db.journal import journal_of
from eventrec.db.refusals import refusal
from eventrec.errors import ChangedSince, EventrecError
from eventrec.models import Event, Setting
from eventrec.services.forget import again
from eventrec.services.imports.agencies import AgencyRows
from eventrec.services.imports.calendars.entries import Entries
from eventrec.services.imports.events import EventRows
from eventrec.services.imports.outcome import Outcome, Problem
from eventrec.services.imports.participants import Participants, event_of
from eventrec.services.imports.people import People, Refused
from eventrec.services.imports.person import PersonReader
from eventrec.services.imports.replies import Replies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import EventFile
    from eventrec.formats.ical.replies import Reply
    from eventrec.formats.vcard_reader import Card
    from eventrec.services.imports.agencies import IncomingAgency
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.rows import RawRow
    from eventrec.services.imports.wish import Wish

_PROGRESS_EVERY: Final = 200


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
        self._undecided = ""
        self.country: str | None = settings.get("country")
        self._people = People(session, wish, self.outcome, self._main)
        self._participants = Participants(session, wish, self.outcome, self._people, self._main)
        self._events = EventRows(session, wish, self.outcome, self._main)
        self._replies = Replies(session, wish, self.outcome, self._main)
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
        people = 1 if who.names else who.counts.total if who.counts else 0
        self.outcome.people += people if who.counted is None else who.counted
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
            settled = self._people.settle(who, agency_id, None) if number is None else None
        except Refused as error:
            self.outcome.refuse([Problem(who.sheet, who.row, heading(error.field) or error.field, error.message)])
            return
        if settled is not None:
            self.outcome.count(who.sheet, who.row, "new", f"{who.label_text} (contact {settled.contact_id})")
            return
        self._settle(who.sheet, who.row, [], lambda: self._known(who, agency_id, number or 0), heading)

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
            self._agencies.forget()
            told = refusal(error) if isinstance(error, IntegrityError) else error
            field = told.field if isinstance(told, Refused) else ""
            message = told.message if isinstance(told, Refused) else f"{told.message} {told.hint}".strip()
            if isinstance(told, ChangedSince):
                self.outcome.changed += not told.never
                what = told.message.removesuffix(f" {told.NOTHING_SAVED}")
                message = f"{what} To take this row all the same, write version {told.version} into it."
            self.outcome.refuse([Problem(sheet, number, (heading(field) or field) if field else "", message)])
        else:
            self.outcome.count(sheet, number, done, words)

    def entries(self, file: EventFile) -> None:
        """Take in the entries of a calendar."""
        entries = Entries(self._session, self._wish, self.outcome, self._people, self._main, file)
        for line, action in entries.actions():
            self._settle("", line, [], action, lambda name: name)
            self._tell_progress()
        self._undecided = entries.finish()

    def reply(self, reply: Reply) -> None:
        """Take in one answer to an invitation."""
        self._settle("", reply.line, [], lambda: self._replies.put(reply), lambda name: name)

    def agency(self, incoming: IncomingAgency, problems: list[Problem]) -> None:
        """Take in one agency of a card."""
        self._settle("", incoming.row, problems, lambda: self._agencies.put(incoming), lambda name: name)

    def agencies_of(self, cards: Sequence[Card]) -> None:
        """Know the agencies of cards that were taken in; those that people's cards add are as old as the oldest."""
        self._people.reload()
        moments = [card.revised for card in cards if card.revised]
        self._people.moment_of_agencies = min([*moments, self._journal.moment]) if moments else None

    def finish(self) -> Outcome:
        """Write what is waiting, and return what was done."""
        self._people.bulk.flush()
        self._session.flush()
        absent = min(self._participants.settle_absent(), self.outcome.same)
        self.outcome.same, self.outcome.updated = self.outcome.same - absent, self.outcome.updated + absent
        self.outcome.undecided = self._participants.undecided() or self._replies.undecided or self._undecided
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
