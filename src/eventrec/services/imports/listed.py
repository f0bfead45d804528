"""Who stands on a list of participants that we wrote: rows of the event, found again by what the list says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from eventrec.models import Attendance, Contact, Participation
from eventrec.services import headcount

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.models import Event
    from eventrec.services.imports.people import People
    from eventrec.services.imports.person import Incoming


class Listed:
    """Finds the rows of an event that a list of ours was made of; it says neither numbers nor statuses."""

    def __init__(self, session: Session, people: People) -> None:
        self._session = session
        self._people = people

    def of(self, who: Incoming, event: Event, met: Collection[int]) -> Participation | None:
        """Return the row of a person of that name and role, not one that was `met` already.

        Of several of that name it is the one of the row's agency, else the first.
        """
        query = (
            select(Participation, Contact.name)
            .join(Contact, Contact.id == Participation.contact_id)
            .where(Participation.event_id == event.id, Participation.role == (who.role or "participant"))
            .order_by(Participation.id)
        )
        found = [row for row, name in self._session.execute(query) if row.id not in met and name == who.names]
        theirs = self._people.agencies.same(who.agency_texts) if len(found) > 1 else []
        of_agency = [
            row
            for row in found
            if headcount.delegation_of(self._session, event.id, row.contact_id, row.agency_id) in theirs
        ]
        return next(iter(of_agency or found), None)

    def without_name(self, who: Incoming, event: Event, met: Collection[int]) -> Participation | None:
        """Return the row of people without a name; one with the same numbers, else one that others have not."""
        statuses = ("attended",) if event.status == "held" else ("registered", "confirmed")
        query = select(Participation).where(
            Participation.event_id == event.id,
            Participation.contact_id.is_(None),
            Participation.role == (who.role or "participant"),
            Participation.status.in_(statuses),
        )
        rows = [
            row
            for row in self._session.scalars(query.order_by(Participation.id))
            if row.id not in met and who.modality in (None, row.modality) and self._is_of(row, who)
        ]
        same = [row for row in rows if headcount.of_row(row) == who.counts and row.approximate == who.approximate]
        return next(iter([*same, *(row for row in rows if row.forgotten_as is None)]), None)

    def _is_of(self, row: Participation, who: Incoming) -> bool:
        """Tell whether the row is of the agency, or of the party, that the list names."""
        if who.agency is None or row.agency_id is None:
            return row.agency_id is None and _agrees(row.label, who.agency)
        return row.agency_id in self._people.agencies.same(who.agency_texts)

    def days(self, event: Event, row: Participation) -> int | None:
        """Return for how many days the row counts, as the list says it: marks, else its own, else the event's."""
        marks = self._session.scalar(select(func.count(Attendance.id)).where(Attendance.participation_id == row.id))
        if marks or row.days:
            return marks or row.days
        whole = event.starts_on and event.ends_on and (event.ends_on - event.starts_on).days + 1
        return event.days or whole or None


def _agrees(label: Localized | None, said: Localized | None) -> bool:
    return (label or {}) == (said or {})
