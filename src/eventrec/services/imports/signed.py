"""Rows of sign-in sheets: who was there, and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.db.journal import journal_of
from eventrec.models import Contact, Event, Participation
from eventrec.services import attendance, participation, rows
from eventrec.services.imports.people import Refused

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.imports.lists import ListedEvent, Lists, Place
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.wish import Wish


class SignedRows:
    """Marks who was there, one row after another."""

    def __init__(self, session: Session, wish: Wish, outcome: Outcome, lists: Lists, main: str) -> None:
        self._session = session
        self._wish = wish
        self._outcome = outcome
        self._lists = lists
        self._main = main
        self.absent: dict[tuple[int, date], bool] = {}
        """Rows and days on which a sheet says that they were not there, and whether it was told to be the same."""

    def put(self, who: Incoming, event: ListedEvent, day: date | None) -> tuple[Action, str]:
        """Mark the row of a sign-in sheet by its code; returns what was done and a few words. Raises Refused."""
        from eventrec.formats.sign_in import matches, read_code

        self._lists.forget(event.id, None)
        read = read_code(who.code)
        row = self._session.get(Participation, read[0]) if read else None
        if read is None or row is None or row.event_id != event.id or not matches(read[0], read[1], row.uid):
            raise Refused("code", f"The code “{who.code}” belongs to nobody of event {event.id}.")
        name = self._name_of(row)
        if who.present is None and who.status is None:
            return "same", f"{name}: nothing signed"
        there = who.present if who.present is not None else who.status == "attended"
        before = journal_of(self._session).recorded
        self._mark(row, there, day)
        self._lists.forget(event.id, row.contact_id)
        words = ("attended" if there else "was not there") + (f" on {day}" if day else "")
        changed = journal_of(self._session).recorded != before
        if changed:
            self.told_of(row.id, day)
        return ("updated" if changed else "same"), f"{name}: {words}"

    def _mark(self, row: Participation, there: bool, day: date | None) -> None:
        if day is not None:
            self._mark_day(row, day, there)
        elif there:
            participation.edit(self._session, row.event_id, [row.id], {"status": "attended"})
        elif row.status != "attended":
            participation.edit(self._session, row.event_id, [row.id], {"status": "no-show"})
        if there and row.source is None:
            source = self._wish.source or "sign-in-sheet"
            participation.edit(self._session, row.event_id, [row.id], {"source": source})

    def _mark_day(self, row: Participation, day: date, there: bool) -> None:
        attendance.mark(self._session, row, day, there)
        if not there:
            self.absent.setdefault((row.id, day), True)

    def told_of(self, row_id: int, day: date | None) -> None:
        """Know that it was told that a row is new or updated."""
        if day is not None and (row_id, day) in self.absent:
            self.absent[row_id, day] = False

    def mark_day(self, event: ListedEvent, row: Row, place: Place | None, day: date, *, there: bool) -> None:
        """Mark a person who is on the list as there on a day, or as not there. Raises Rejected."""
        attendance.check(event, row["id"], row["contact_id"], day)
        if there:
            self._lists.mark(row, day)
            if row["status"] != "attended":
                self._lists.arrive(event, place, row)
            return
        if day in self._lists.days(row):
            self._lists.forget(event.id, row["contact_id"])
            attendance.mark(self._session, rows.get(self._session, Participation, row["id"]), day, present=False)
            self._lists.forget(event.id, row["contact_id"])
        self.absent.setdefault((row["id"], day), True)

    def settle_absent(self) -> int:
        """Mark those no-show whom the sheets say to have been absent on every day of the event.

        Returns of how many it was told until then that they are the same.
        """
        changed = 0
        days: dict[int, list[bool]] = {}
        for (row_id, _), same in self.absent.items():
            days.setdefault(row_id, []).append(same)
        for row_id, absent in days.items():
            row = rows.get(self._session, Participation, row_id)
            event = rows.get(self._session, Event, row.event_id)
            if event.starts_on is None or event.ends_on is None:
                continue
            if len(absent) == (event.ends_on - event.starts_on).days + 1 and row.status != "no-show":
                participation.edit(self._session, event.id, [row.id], {"status": "no-show"})
                self._outcome.tell(f"{self._name_of(row)} was absent on every day and is marked no-show.")
                changed += all(absent)
        return changed

    def _name_of(self, row: Participation) -> str:
        contact = self._session.get(Contact, row.contact_id) if row.contact_id else None
        return contact.name.both(self._main) if contact else f"row {row.id}"
