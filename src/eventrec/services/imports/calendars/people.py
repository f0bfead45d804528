"""Puts the people of a calendar's entry on the event's list, and those who are not in the book into its note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.errors import ChoiceNeeded
from eventrec.models import Participation
from eventrec.services import participation
from eventrec.services.imports.calendars.parties import TakesPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.bulk import Bulk
    from eventrec.localized import Localized
    from eventrec.models import Event
    from eventrec.services.imports.calendars.acquaintances import Who
    from eventrec.services.imports.calendars.parties import Found, Parties
    from eventrec.services.imports.wish import Wish

_SETTLED: Final = ("attended", "no-show")
_SAME_IN_OURS: Final = {"declined": ("cancelled",)}
"""What our own calendars do not tell apart."""


class Listed(NamedTuple):
    """A row of an event's list, as far as calendars care: `Participation` has the same names."""

    id: int
    event_id: int
    contact_id: int | None
    agency_id: int | None
    role: str
    status: str
    forgotten_as: str | None


class Plan(NamedTuple):
    """What an entry changes in an event's list: whom it adds, what others answered by row, and the event's new note."""

    added: Sequence[TakesPart]
    answers: Mapping[int, str]
    note: str | None
    is_noted: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.answers or self.is_noted)


def plan(note: str | None, found: Found, there: Sequence[Listed | Participation], *, newer: bool) -> Plan:
    """Return what is to be done: who is not on the list, which is `there`, is added.

    With `newer` also what others have answered counts, but for who was there or not. `note` is that of the event.
    """
    added: list[TakesPart] = []
    answers: dict[int, str] = {}
    if found.organizer is not None and not any(_is(row, found.organizer, "organizer") for row in there):
        added.append(TakesPart(found.organizer, "organizer", found.organizer_status))
    for each in found.taking_part:
        known = [row for row in there if row.role != "organizer" and _is(row, each.who)]
        if not known:
            added.append(each)
        elif newer and len(known) == 1 and _is_answer(known[0], each, found):
            answers[known[0].id] = each.status or ""
    new = note_of(note, found)
    return Plan(added, answers, new, new != note)


def _is_answer(row: Listed | Participation, each: TakesPart, found: Found) -> bool:
    status = each.status or ""
    said_already = (*_SETTLED, status, *(_SAME_IN_OURS.get(status, ()) if found.ours else ()))
    return status != "invited" and row.status not in said_already


def note_of(note: str | None, found: Found) -> str | None:
    """Keep in the note who is not in the book, and take out who is by now."""
    lines = note.split("\n") if note else []
    kept = [line for line in lines if not any(line == each or line.startswith(f"{each} (") for each in found.there)]
    return "\n".join([*kept, *(line for line in dict.fromkeys(found.left) if line not in kept)]) or None


class People:
    """Puts people on the lists of events. `undecided` tells which head-counts they met while nobody said how."""

    def __init__(self, session: Session, bulk: Bulk, wish: Wish, parties: Parties) -> None:
        self._session = session
        self._rows = bulk.rows(
            Participation, "event_id", "contact_id", "agency_id", "role", "status", "modality", "agency_name"
        )
        self._wish = wish
        self._parties = parties
        self.undecided = ""

    def put_new(self, event_id: int, modality: str, found: Found, moment: str | None) -> None:
        """Put them on the list of an event that is new; `moment` is when that was made. Raises AlreadyThere.

        Head-counts are none of a calendar's, so nobody here is taken off one: not for `names` = included.
        """
        organizer = [TakesPart(found.organizer, "organizer", found.organizer_status)] if found.organizer else []
        there: dict[tuple[Who, str, str], tuple[int, str]] = {}
        for each in (*organizer, *found.taking_part):
            noun, number = each.who
            status = each.status or "registered"
            key = (each.who, each.role, status if noun == "agency" else "")
            if key in there:
                row, first = there[key]
                raise participation.a_second(self._parties.shown(each.who), event_id, row, (each.role, modality, first))
            contact_id, agency_id = (number, None) if noun == "contact" else (None, number)
            called = self._called(each)
            row, _ = self._rows.add(event_id, contact_id, agency_id, each.role, status, modality, called, moment=moment)
            there[key] = row, status

    def put(self, event: Event, found: Found, there: Sequence[Participation], *, newer: bool) -> None:
        """Do what `plan` says."""
        todo = plan(event.note, found, there, newer=newer)
        for each in todo.added:
            self._add(event, each.who, each.role, each.status, self._called(each))
        for row_id, status in todo.answers.items():
            participation.edit(self._session, event.id, [row_id], {"status": status})
        if todo.is_noted:
            event.note = todo.note
            self._session.flush()

    def _add(self, event: Event, who: Who, role: str, status: str | None, called: Localized | None = None) -> None:
        noun, number = who
        add = partial(
            participation.add,
            self._session,
            event_id=event.id,
            role=role,
            contact_id=number if noun == "contact" else None,
            agency_id=number if noun == "agency" else None,
            status=status,
            agency_name=called,
        )
        try:
            add(from_headcount=None if self._wish.names is None else self._wish.names == "included")
        except ChoiceNeeded as error:
            self.undecided = self.undecided or error.message
            add(from_headcount=False)

    def _called(self, each: TakesPart) -> Localized | None:
        """Return the name of an agency on the day, where it is another one than today's."""
        noun, number = each.who
        if noun == "contact" or each.called is None:
            return None
        today = self._parties.name_today(number)
        return each.called if any(today.get(tag) != text for tag, text in each.called.items()) else None


def _is(row: Listed | Participation, who: Who, role: str | None = None) -> bool:
    if role is not None and row.role != role:
        return False
    noun, number = who
    if noun == "contact":
        return row.contact_id == number
    return row.contact_id is None and row.forgotten_as is None and row.agency_id == number
