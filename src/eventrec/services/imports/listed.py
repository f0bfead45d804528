"""Who stands on a list of participants that we wrote: rows of the event, found again by what the list says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from eventrec.localized import Localized
from eventrec.models import Attendance, Contact, Participation
from eventrec.services import headcount

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.imports.lists import ListedEvent
    from eventrec.services.imports.people import People
    from eventrec.services.imports.person import Incoming


class Met:
    """Numbers of rows that the file has told of: a bit for each, since a file may have a million."""

    def __init__(self, bits: bytes = b"") -> None:
        self._bits = bytearray(bits)

    def add(self, number: int) -> None:
        """Take in a number."""
        at, bit = divmod(number, 8)
        self._bits.extend(bytes(max(0, at + 1 - len(self._bits))))
        self._bits[at] |= 1 << bit

    def __contains__(self, number: int) -> bool:
        at, bit = divmod(number, 8)
        return at < len(self._bits) and bool(self._bits[at] >> bit & 1)

    def copy(self) -> Met:
        """Return one that holds the same."""
        return Met(bytes(self._bits))


class There(NamedTuple):
    """The row of a person who takes part."""

    id: int
    contact_id: int
    agency_id: int | None


class Listed:
    """Finds the rows of an event that a list of ours was made of; it says neither numbers nor statuses."""

    def __init__(self, session: Session, people: People) -> None:
        self._session = session
        self._people = people
        self.forget()

    def forget(self) -> None:
        """Read who is on the list anew, since people or their names changed."""
        self._event_id: int | None = None
        self._named: dict[tuple[str, str], list[There]] = {}

    def know(self, event_id: int, row: Row, names: Localized) -> None:
        """Know of a person who was put on the list."""
        if event_id == self._event_id:
            there = There(row["id"], row["contact_id"], row["agency_id"])
            self._named.setdefault((row["role"], names.to_json()), []).append(there)

    def of(self, who: Incoming, event: ListedEvent, met: Met) -> There | None:
        """Return the row of a person of that name and role, not one that was `met` already.

        Of several of that name it is the one of the row's agency, else the first.
        """
        if event.id != self._event_id:
            self._read(event.id)
        key = (who.role or "participant", (who.names or Localized()).to_json())
        found = [row for row in self._named.get(key, ()) if row.id not in met]
        theirs = self._people.agencies.same(who.agency_texts) if len(found) > 1 else []
        of_agency = [
            row
            for row in found
            if headcount.delegation_of(self._session, event.id, row.contact_id, row.agency_id) in theirs
        ]
        return next(iter(of_agency or found), None)

    def _read(self, event_id: int) -> None:
        self.forget()
        self._people.bulk.flush()
        columns = (Participation.id, Participation.contact_id, Participation.agency_id, Participation.role)
        query = select(*columns, Contact.name).join(Contact, Contact.id == Participation.contact_id)
        for number, contact_id, agency_id, role, name in self._session.execute(
            query.where(Participation.event_id == event_id).order_by(Participation.id)
        ):
            there = There(number, contact_id or 0, agency_id)
            self._named.setdefault((role, name.to_json()), []).append(there)
        self._event_id = event_id

    def without_name(self, who: Incoming, event: ListedEvent, rows: Iterable[Row], met: Met) -> Row | None:
        """Return the row of people without a name; one with the same numbers, else one that others have not.

        `rows` are those of the event without a name, by number.
        """
        statuses = ("attended",) if event.status == "held" else ("registered", "confirmed")
        theirs = [
            row
            for row in rows
            if row["role"] == (who.role or "participant")
            and row["status"] in statuses
            and row["id"] not in met
            and who.modality in (None, row["modality"])
            and self._is_of(row, who)
        ]
        told = (who.counts, who.approximate)
        same = [row for row in theirs if (headcount.of_columns(row), row["approximate"]) == told]
        return next(iter([*same, *(row for row in theirs if row["forgotten_as"] is None)]), None)

    def _is_of(self, row: Row, who: Incoming) -> bool:
        """Tell whether the row is of the agency, or of the party, that the list names."""
        if who.agency is None or row["agency_id"] is None:
            return row["agency_id"] is None and _agrees(row["label"], who.agency)
        return row["agency_id"] in self._people.agencies.same(who.agency_texts)

    def days(self, event: ListedEvent, row: Row) -> int | None:
        """Return for how many days the row counts, as the list says it: marks, else its own, else the event's."""
        marks = self._session.scalar(select(func.count(Attendance.id)).where(Attendance.participation_id == row["id"]))
        if marks or row["days"]:
            return marks or row["days"]
        whole = event.starts_on and event.ends_on and (event.ends_on - event.starts_on).days + 1
        return event.days or whole or None


def _agrees(label: Localized | None, said: Localized | None) -> bool:
    return (label or {}) == (said or {})
