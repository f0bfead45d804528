"""Puts the people of a calendar's entry on the event's list, and those who are not in the book into its note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eventrec.errors import ChoiceNeeded
from eventrec.models import Agency
from eventrec.services import participation, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.models import Event, Participation
    from eventrec.services.imports.calendars.parties import Found, TakesPart, Who
    from eventrec.services.imports.wish import Wish

_SETTLED: Final = ("attended", "no-show")
_SAME_IN_OURS: Final = {"declined": ("cancelled",)}
"""What our own calendars do not tell apart."""


class People:
    """Puts people on the lists of events. `undecided` tells which head-counts they met while nobody said how."""

    def __init__(self, session: Session, wish: Wish) -> None:
        self._session = session
        self._wish = wish
        self.undecided = ""

    def put(self, event: Event, found: Found, there: Sequence[Participation], *, newer: bool) -> None:
        """Add who is not on the list, which is `there`.

        With `newer` also what others have answered counts, but for who was there or not.
        """
        if found.organizer is not None and not any(_is(row, found.organizer, "organizer") for row in there):
            self._add(event, found.organizer, "organizer", found.organizer_status)
        for each in found.taking_part:
            known = [row for row in there if row.role != "organizer" and _is(row, each.who)]
            if not known:
                self._add(event, each.who, each.role, each.status, self._called(each))
            elif newer and len(known) == 1:
                self._answer(event, known[0], each.status, found)
        self._note(event, found)

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
        today = rows.get(self._session, Agency, number).name
        return each.called if any(today.get(tag) != text for tag, text in each.called.items()) else None

    def _answer(self, event: Event, row: Participation, status: str, found: Found) -> None:
        said_already = (*_SETTLED, status, *(_SAME_IN_OURS.get(status, ()) if found.ours else ()))
        if status != "invited" and row.status not in said_already:
            participation.edit(self._session, event.id, [row.id], {"status": status})

    def _note(self, event: Event, found: Found) -> None:
        """Keep in the note who is not in the book, and take out who is by now."""
        lines = (event.note or "").split("\n") if event.note else []
        kept = [line for line in lines if not any(line == each or line.startswith(f"{each} (") for each in found.there)]
        note = "\n".join([*kept, *(line for line in dict.fromkeys(found.left) if line not in kept)]) or None
        if note != event.note:
            event.note = note
            self._session.flush()


def _is(row: Participation, who: Who, role: str | None = None) -> bool:
    if role is not None and row.role != role:
        return False
    noun, number = who
    if noun == "contact":
        return row.contact_id == number
    return row.contact_id is None and row.forgotten_as is None and row.agency_id == number
