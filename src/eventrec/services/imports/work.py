"""One import in the making: settles row after row, and leaves the saving to whoever opened the transaction."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventrec.db.journal import journal_of
from eventrec.errors import EventrecError
from eventrec.models import Event, Setting
from eventrec.services.forget import again
from eventrec.services.imports.agencies import AgencyRows
from eventrec.services.imports.events import EventRows
from eventrec.services.imports.outcome import Outcome, Problem
from eventrec.services.imports.participants import Participants, event_of
from eventrec.services.imports.people import People, Refused
from eventrec.services.imports.person import PersonReader
from eventrec.services.imports.refused import refuse
from eventrec.services.imports.replies import Replies
from eventrec.services.imports.rows import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.replies import Reply
    from eventrec.formats.vcard_reader import Card
    from eventrec.services.imports.agencies import IncomingAgency
    from eventrec.services.imports.cards import CardRows
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.rows import RawRow
    from eventrec.services.imports.wish import Wish

_PROGRESS_EVERY: Final = 200
_AT_ONCE: Final = 1_000

T = TypeVar("T")


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
        self._participants = Participants(session, wish, self.outcome, self._people, self._main)
        self._events = EventRows(session, wish, self.outcome, self._main)
        self._replies = Replies(session, wish, self.outcome, self._main)
        self._agencies = AgencyRows(session, wish, self.outcome, self._main, self.country)

    def rows(self, found: Layout, rows: Iterable[RawRow | LeftOut]) -> None:
        """Take in the rows of one sheet."""
        if found.kind in ("participants", "contacts"):
            self._people_of(found, rows)
            return
        of_kind: Any = self._events if found.kind == "events" else self._agencies
        for row in rows:
            if isinstance(row, LeftOut):
                self.outcome.count(row.sheet, row.number, "left out", row.text)
                continue
            values, problems = of_kind.read(row, found)
            self._settle(row.sheet, row.number, problems, partial(of_kind.put, values), found.heading)
            self._tell_progress()

    def _people_of(self, found: Layout, rows: Iterable[RawRow | LeftOut]) -> None:
        """Take in rows that are people, some at a time, so that the book is asked for many at once.

        Where rows say a country each waits for the one before: an agency that is new has its country from there.
        """
        reader = PersonReader(found, self._main, self._wish.today, self._country_of)
        at_once = 1 if "country" in found.columns.values() else _AT_ONCE

        def take(several: Sequence[RawRow | LeftOut]) -> None:
            for at in range(0, len(several), at_once):
                self._read_and_take(reader, found, several[at : at + at_once])

        self._together(rows, take, lambda row: (row.sheet, row.number), reader)
        if reader.without_country:
            self.outcome.tell(
                f"{reader.without_country} phone numbers do not say their country and are kept in the note. Say it in a"
                " column “country”, or for the whole book: eventrec init --country CN"
            )

    def _read_and_take(self, reader: PersonReader, found: Layout, several: Sequence[RawRow | LeftOut]) -> None:
        read = [row if isinstance(row, LeftOut) else reader.read(row) for row in several]
        self._people.look_ahead(row[0] for row in read if not isinstance(row, LeftOut))
        for each in read:
            if isinstance(each, LeftOut):
                self.outcome.count(each.sheet, each.number, "left out", each.text)
                continue
            self.person(*each, found.day, found.heading)
            self._tell_progress()

    def people_of(self, cards: Iterable[Card], rows: CardRows) -> None:
        """Take in the people of cards."""

        def take(several: Sequence[Card]) -> None:
            for card in several:
                self.person(*rows.person(card), None)

        self._together(cards, take, lambda card: ("", card.line))

    def _together(
        self,
        rows: Iterable[T],
        take: Callable[[Sequence[T]], None],
        place: Callable[[T], tuple[str, int]],
        reader: PersonReader | None = None,
    ) -> None:
        """Take in people some at a time; contacts so that one that the database refuses leaves nothing behind."""
        several = iter(rows)
        while batch := list(islice(several, _AT_ONCE)):
            if self.outcome.kind == "contacts":
                with _uncollected():
                    self._in_halves(batch, take, place, reader)
            else:
                take(batch)

    def _in_halves(
        self,
        rows: Sequence[T],
        take: Callable[[Sequence[T]], None],
        place: Callable[[T], tuple[str, int]],
        reader: PersonReader | None,
    ) -> None:
        """Write rows at once; where the database refuses one of them, take all back and do each half by itself."""
        mark, without_country = self.outcome.mark(), reader.without_country if reader else 0
        try:
            with self._people.together():
                take(rows)
        except IntegrityError as error:
            people = self.outcome.people
            self.outcome.back_to(mark)
            if reader:
                reader.without_country = without_country
            if len(rows) == 1:
                self.outcome.people = people
                refuse(self.outcome, error, *place(rows[0]))
                return
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                self._in_halves(half, take, place, reader)

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
        """Add a new contact, or change a known one, with many others at once; a refused row leaves nothing behind."""
        try:
            if who.names is None and who.number is None:
                raise Refused("name", "There is no name.")
            agency_id = self._people.agency_of(who)
            number = self._people.find(who, agency_id)
            first = self._people.row_of(number) if number is not None else None
            settled = self._people.settle(who, agency_id, number)
        except EventrecError as error:
            refuse(self.outcome, error, who.sheet, who.row, heading)
            return
        words = f"{who.label_text} (contact {settled.contact_id})" if self.outcome.keeps_words else ""
        if settled.new:
            self.outcome.count(who.sheet, who.row, "new", words)
            return
        if first not in (None, (who.sheet, who.row)):
            words += f", as in row {first[1]}"
        if settled.kept:
            words += "; kept: " + "; ".join(settled.kept)
        self.outcome.count(who.sheet, who.row, "updated" if settled.changed else "same", words)

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
            self._people.known.take_back(looks_for_near=self._people.known.looks_for_near)
            self._people.reload()
            self._agencies.forget()
            refuse(self.outcome, error, sheet, number, heading)
        else:
            self.outcome.count(sheet, number, done, words)

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
