"""Rows of a participant list: named people and further unnamed ones, put on an event's list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.models import Contact, Event, Participation
from eventrec.services import affiliation, attendance, headcount, participation, rows
from eventrec.services.imports.listed import Listed
from eventrec.services.imports.people import Refused

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.services.headcount import HeadCount
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.people import People
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.wish import Wish

_NOBODY: Final = re.compile(
    r"(the )?(others?|other participants?|further participants?|participants?|about \d+.*|not stated|unknown"
    r"|其他|其它|其他人员|其他代表|其余|未注明|不详|参会人员|参会者|若干)",
    re.IGNORECASE,
)
_ORGANIZING: Final = ("organizer", "co-organizer", "host", "facilitator", "donor")
_DELEGATIONS_TOLD: Final = 30


class Participants:
    """Puts rows on the lists of events, one after another."""

    def __init__(self, session: Session, wish: Wish, outcome: Outcome, people: People, main: str) -> None:
        self._session = session
        self._wish = wish
        self._outcome = outcome
        self._people = people
        self._main = main
        self._counted_before: dict[int, set[int]] = {}
        self._clashes: dict[tuple[int, int], int] = {}
        """(event, agency) → people with a name that may be within its head-count."""

        self._absent: dict[int, set[date]] = {}
        """Row → days on which a sign-in sheet says that the person was not there."""

        self._met: set[int] = set()
        """Rows without a name that the file has told of."""

        self._listed = Listed(session, people)
        self._delegations: dict[tuple[int, int, str], None] = {}
        """(event, agency, role) of the rows that were put on a list."""

    def put(self, who: Incoming, event: Event, day: date | None) -> tuple[Action, str]:
        """Put one row on the list; returns what was done and a few words. Raises Refused and Rejected."""
        if event.id not in self._counted_before:
            self._counted_before[event.id] = {
                row.id
                for row in participation.of_event(self._session, event.id)
                if headcount.of_row(row) and row.forgotten_as is None
            }
        if who.code:
            return self._signed(who, event, day)
        if who.names is None and who.number is None:
            return self._unnamed(who, event)
        return self._named(who, event, day)

    def _signed(self, who: Incoming, event: Event, day: date | None) -> tuple[Action, str]:
        """Mark the row of a sign-in sheet by its code."""
        from eventrec.formats.sign_in import matches, read_code

        read = read_code(who.code)
        row = self._session.get(Participation, read[0]) if read else None
        if read is None or row is None or row.event_id != event.id or not matches(read[0], read[1], row.uid):
            raise Refused("code", f"The code “{who.code}” belongs to nobody of event {event.id}.")
        name = self._name_of(row)
        if who.present is None and who.status is None:
            return "same", f"{name}: nothing signed"
        return self._mark(who, event, row, day, name)

    def _mark(self, who: Incoming, event: Event, row: Participation, day: date | None, name: str) -> tuple[Action, str]:
        before = self._journal_count()
        there = who.present if who.present is not None else who.status == "attended"
        if day is not None:
            self._mark_day(row, day, there)
        elif there:
            participation.edit(self._session, event.id, [row.id], {"status": "attended"})
        elif row.status != "attended":
            participation.edit(self._session, event.id, [row.id], {"status": "no-show"})
        if there and row.source is None:
            participation.edit(self._session, event.id, [row.id], {"source": self._wish.source or "sign-in-sheet"})
        changed = self._journal_count() != before
        words = ("attended" if there else "was not there") + (f" on {day}" if day else "")
        return ("updated" if changed else "same"), f"{name}: {words}"

    def _mark_day(self, row: Participation, day: date, there: bool) -> None:
        attendance.mark(self._session, row, day, there)
        if not there:
            self._absent.setdefault(row.id, set()).add(day)

    def settle_absent(self) -> int:
        """Mark those no-show whom the sheets say to have been absent on every day of the event; returns how many."""
        changed = 0
        for row_id, days in self._absent.items():
            row = rows.get(self._session, Participation, row_id)
            event = rows.get(self._session, Event, row.event_id)
            if event.starts_on is None or event.ends_on is None:
                continue
            if len(days) == (event.ends_on - event.starts_on).days + 1 and row.status != "no-show":
                participation.edit(self._session, event.id, [row.id], {"status": "no-show"})
                self._outcome.tell(f"{self._name_of(row)} was absent on every day and is marked no-show.")
                changed += 1
        return changed

    def _name_of(self, row: Participation) -> str:
        contact = self._session.get(Contact, row.contact_id) if row.contact_id else None
        return contact.name.both(self._main) if contact else f"row {row.id}"

    def _named(self, who: Incoming, event: Event, day: date | None) -> tuple[Action, str]:
        before = self._journal_count()
        there = self._listed.of(who, event, self._met) if who.listed else None
        if there is not None:
            who.number, who.position, who.unit, who.country = there.contact_id, None, None, None
            self._met.add(there.id)
        agency_id = self._people.agency_of(who) if there is None else None
        found = self._people.settle(who, agency_id, self._people.find(who, agency_id))
        self._people.bulk.flush()
        role = who.role or "participant"
        row = self._session.scalar(
            select(Participation).where(
                Participation.event_id == event.id,
                Participation.contact_id == found.contact_id,
                Participation.role == role,
            )
        )
        new = row is None
        if row is None:
            row = self._add(who, event, found.contact_id, agency_id, role)
        else:
            self._change(who, event, row, found.kept)
        if day is not None and who.present is not None:
            self._mark_day(row, day, who.present)
        self._session.flush()
        self._belongs(event, row)
        changed = self._journal_count() != before
        words = f"{who.label_text} (contact {found.contact_id}, row {row.id})"
        if found.new:
            words += ", new contact"
        if found.kept:
            words += "; kept: " + "; ".join(found.kept)
        return ("new" if new else "updated" if changed else "same"), words

    def _add(self, who: Incoming, event: Event, contact_id: int, agency_id: int | None, role: str) -> Participation:
        place = affiliation.on_day(self._session, contact_id, event.starts_on)
        from_headcount = self._from_headcount(event, contact_id, agency_id, role)
        return participation.add(
            self._session,
            event_id=event.id,
            contact_id=contact_id,
            agency_id=None if place and place.agency_id == agency_id else agency_id,
            role=role,
            from_headcount=from_headcount,
            status=self._status(who, event),
            modality=who.modality,
            days=who.days,
            source=who.source or self._source(who, event),
            position=who.position if who.position and not (place and place.position == who.position) else None,
            note=who.note,
        )

    def _from_headcount(self, event: Event, contact_id: int, agency_id: int | None, role: str) -> bool:
        """Tell whether the person is taken off a head-count that was there before the import."""
        delegation = headcount.delegation_of(self._session, event.id, contact_id, agency_id)
        there = headcount.unnamed(self._session, event.id, delegation, role) if delegation else []
        before = [row for row in there if row.id in self._counted_before[event.id]]
        if not before or delegation is None:
            return False
        if self._wish.names is None:
            key = (event.id, delegation)
            self._clashes[key] = self._clashes.get(key, 0) + 1
            return False
        return self._wish.names == "included"

    def _status(self, who: Incoming, event: Event) -> str | None:
        if who.status:
            return who.status
        if who.present is None:
            return None
        if who.present:
            return "attended"
        over = event.ends_on is not None and event.ends_on < self._wish.today
        return "no-show" if over or event.status == "held" else "registered"

    def _source(self, who: Incoming, event: Event) -> str | None:
        """Return the sheet's source: a sheet whose event is over and whose rows are marked is a sign-in sheet."""
        if self._wish.source:
            return self._wish.source
        over = event.status == "held" or (event.ends_on is not None and event.ends_on < self._wish.today)
        return "sign-in-sheet" if over and who.present else None

    def _change(self, who: Incoming, event: Event, row: Participation, kept: list[str]) -> None:
        """Bring a row that is there up to date; a status that the file states is taken, unless only new ones are."""
        if self._wish.mode == "add":
            return
        changes: dict[str, Any] = {}
        status = who.status or (self._status(who, event) if who.present is not None else None)
        if status and status != row.status:
            changes["status"] = status
        for name in ("modality", "days", "source"):
            new = getattr(who, name) if name != "source" else who.source or self._source(who, event)
            old = getattr(row, name)
            if not new or new == old or (name == "days" and who.listed and new == self._listed.days(event, row)):
                continue
            if old in (None, "not-stated") or self._wish.mode == "update":
                changes[name] = new
            else:
                kept.append(f"{name} “{old}” (the file says “{new}”)")
        if who.note and who.note not in (row.note or ""):
            changes["note"] = f"{row.note}\n{who.note}" if row.note else who.note
        if changes:
            participation.edit(self._session, event.id, [row.id], changes)

    def _unnamed(self, who: Incoming, event: Event) -> tuple[Action, str]:
        """Put a delegation's head-count on the list; without a number only an organizer, or one that is there."""
        if who.listed:
            there = self._listed.without_name(who, event, self._met)
            if there is not None:
                self._met.add(there.id)
                if there.forgotten_as is not None:
                    return "same", f"somebody who was forgotten (row {there.id})"
                return self._recount(there, event, who, who.counts), f"{who.label_text} (row {there.id})"
        agency_id, label = self._party(who)
        values: dict[str, Any] = {
            "role": who.role or "participant",
            "status": self._status(who, event) or ("attended" if event.status == "held" else "registered"),
            "modality": who.modality or ("not-stated" if event.modality == "hybrid" else event.modality),
        }
        self._people.bulk.flush()
        row = self._same_row(event, agency_id, label, values)
        words = f"{who.label_text}: {who.counts.total if who.counts else 'no number of people'}"
        forgotten = self._forgotten_row(event, agency_id, who.counts, values)
        if forgotten is not None and (row is None or headcount.of_row(row) != who.counts or row.id in self._met):
            self._met.add(forgotten.id)
            return "same", f"{words}: somebody who was forgotten (row {forgotten.id})"
        if row is not None:
            self._met.add(row.id)
            return self._recount(row, event, who, who.counts), words
        if who.counts is None and values["role"] not in _ORGANIZING:
            raise Refused("name", "There is neither a name nor a number of people.")
        row = participation.add(
            self._session,
            event_id=event.id,
            agency_id=agency_id,
            label=label,
            side=who.side if agency_id is None else None,
            counts=who.counts,
            approximate=who.approximate,
            days=who.days,
            source=who.source or self._source(who, event),
            note=who.note,
            **values,
        )
        self._belongs(event, row)
        return "new", f"{words} (row {row.id})"

    def _party(self, who: Incoming) -> tuple[int | None, Localized | None]:
        """Return the agency whose people they are, else what the party is called."""
        if who.agency is None:
            return None, who.label
        known = self._people.known_agency(who)
        if known is None and all(_NOBODY.fullmatch(text.strip()) for text in who.agency.values()):
            return None, who.label or who.agency
        return known or self._people.agency_of(who), who.label

    def _same_row(
        self, event: Event, agency_id: int | None, label: Localized | None, values: dict[str, Any]
    ) -> Participation | None:
        return self._session.scalar(
            select(Participation).where(
                Participation.event_id == event.id,
                Participation.contact_id.is_(None),
                Participation.forgotten_as.is_(None),
                Participation.agency_id.is_not_distinct_from(agency_id),
                Participation.label.is_not_distinct_from(label),
                *(getattr(Participation, name) == value for name, value in values.items()),
            )
        )

    def _forgotten_row(
        self, event: Event, agency_id: int | None, counts: HeadCount | None, values: dict[str, Any]
    ) -> Participation | None:
        """Return the row of somebody who was forgotten that a sheet of this book tells of, each once."""
        if counts is None:
            return None
        theirs = select(Participation).where(
            Participation.event_id == event.id,
            Participation.forgotten_as.is_not(None),
            Participation.agency_id.is_not_distinct_from(agency_id),
            *(getattr(Participation, name) == value for name, value in values.items()),
        )
        found = self._session.scalars(theirs.order_by(Participation.id))
        return next((row for row in found if row.id not in self._met and headcount.of_row(row) == counts), None)

    def _recount(self, row: Participation, event: Event, who: Incoming, counts: HeadCount | None) -> Action:
        if counts is None or headcount.of_row(row) == counts:
            return "same"
        if self._wish.mode != "update" and headcount.of_row(row) is not None:
            raise Refused(
                "count",
                f"The book has {headcount.describe(row)} here (row {row.id}), the file {counts.total} in all."
                " Take the file's number with --mode update.",
            )
        participation.edit(self._session, event.id, [row.id], {"approximate": who.approximate}, counts=counts)
        return "updated"

    def _journal_count(self) -> int:
        from eventrec.db.journal import journal_of

        self._session.flush()
        return journal_of(self._session).recorded

    def _belongs(self, event: Event, row: Participation) -> None:
        agency_id = headcount.delegation_of(self._session, event.id, row.contact_id, row.agency_id)
        if agency_id is not None:
            self._delegations[event.id, agency_id, row.role] = None

    def delegations(self) -> list[str]:
        """Say how the delegations stand that have people with a name and further ones without."""
        told = []
        for event_id, agency_id, role in list(self._delegations)[:_DELEGATIONS_TOLD]:
            delegation = headcount.delegation(self._session, event_id, agency_id, role)
            if delegation.named and (delegation.further or delegation.uncounted):
                told.append(f"{self._people.agencies.label(agency_id, self._main)}: {delegation}.")
        return told

    def undecided(self) -> str:
        """Say which head-counts people with a name met without anybody saying what that means; empty for none."""
        listed = []
        for (event_id, agency_id), people in self._clashes.items():
            before = [row for row in participation.of_event(self._session, event_id) if row.agency_id == agency_id]
            counted = "; ".join(headcount.describe(row) for row in before if row.id in self._counted_before[event_id])
            label = self._people.agencies.label(agency_id, self._main)
            listed.append(
                f"{label} has a head-count in event {event_id} ({counted}); the file names {people} of its people."
            )
        return " ".join(listed)


def event_of(session: Session, who: Incoming, event_id: int | None) -> Event:
    """Return the event that a row belongs to: the one of the import, else the one whose number or title it names."""
    if event_id is not None:
        return rows.get(session, Event, event_id)
    if not who.event:
        raise Refused("event", "The row says no event.")
    if re.fullmatch(r"#?\d+", who.event):
        found = session.get(Event, int(who.event.lstrip("#")))
        if found is None:
            raise Refused("event", f"There is no event {who.event}.")
        return found
    named = [event for event in session.scalars(select(Event)) if who.event in event.title.values()]
    if len(named) != 1:
        many = "more than one event has" if named else "no event has"
        raise Refused("event", f"{many.capitalize()} the title “{who.event}”; write its number.")
    return named[0]
