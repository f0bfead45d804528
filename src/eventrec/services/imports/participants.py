"""Rows of a participant list: named people and further unnamed ones, put on an event's list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from eventrec.db.journal import journal_of
from eventrec.models import Contact, Participation
from eventrec.services import headcount, participation
from eventrec.services.imports.listed import Listed, Met
from eventrec.services.imports.lists import Place
from eventrec.services.imports.people import Refused
from eventrec.services.imports.signed import SignedRows
from eventrec.vocabulary import HEAD_COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.localized import Localized
    from eventrec.services.headcount import HeadCount
    from eventrec.services.imports.listed import There
    from eventrec.services.imports.lists import ListedEvent, Lists
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.people import People, Settled
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.wish import Wish

    Mark = tuple[dict[tuple[int, int], int], Met, dict[tuple[int, int, str], None], dict[tuple[int, date], bool]]

_NOBODY: Final = re.compile(
    r"(the )?(others?|other participants?|further participants?|participants?|about \d+.*|not stated|unknown"
    r"|其他|其它|其他人员|其他代表|其余|未注明|不详|参会人员|参会者|若干)",
    re.IGNORECASE,
)
_ORGANIZING: Final = ("organizer", "co-organizer", "host", "facilitator", "donor")
_DELEGATIONS_TOLD: Final = 30


class Participants:
    """Puts rows on the lists of events, one after another."""

    def __init__(self, session: Session, wish: Wish, outcome: Outcome, people: People, lists: Lists, main: str) -> None:
        self._session = session
        self._wish = wish
        self._people = people
        self._main = main
        self._journal = journal_of(session)
        self._lists = lists
        self._signed = SignedRows(session, wish, outcome, self._lists, main)
        self._counted_before: dict[int, set[int]] = {}
        self._clashes: dict[tuple[int, int], int] = {}
        """(event, agency) → people with a name that may be within its head-count."""

        self._met = Met()
        """Rows without a name that the file has told of."""

        self._listed = Listed(session, people)
        self._delegations: dict[tuple[int, int, str], None] = {}
        """(event, agency, role) of the first rows that were put on a list."""

    def mark(self) -> Mark:
        """Return how far it has come, for `back_to`."""
        return dict(self._clashes), self._met.copy(), dict(self._delegations), dict(self._signed.absent)

    def back_to(self, mark: Mark) -> None:
        """Forget the rows that were put on a list since the mark, and read all anew before the next."""
        clashes, met, delegations, absent = mark
        self._clashes, self._met, self._delegations, self._signed.absent = clashes, met, delegations, absent
        self._lists.forget_all()
        self._listed.forget()

    def look_ahead(self, rows: Sequence[Incoming], contacts: Sequence[int]) -> None:
        """Read what will be asked for soon of the events that rows tell of, and of people who may be meant."""
        self._lists.look_ahead(rows, self._wish.event_id, contacts)

    def put(self, who: Incoming, day: date | None) -> tuple[Action, str]:
        """Put one row on the list; returns what was done and a few words. Raises Refused and Rejected."""
        event = self._lists.event_of(who, self._wish.event_id)
        if event.id not in self._counted_before:
            self._counted_before[event.id] = {
                row["id"]
                for row in self._lists.unnamed(event.id)
                if headcount.of_columns(row) and row["forgotten_as"] is None
            }
        if who.code:
            return self._signed.put(who, event, day)
        if who.names is None and who.number is None:
            return self._unnamed(who, event)
        return self._named(who, event, day)

    def settle_absent(self) -> int:
        """Mark those no-show whom the sheets say to have been absent on every day; see `SignedRows.settle_absent`."""
        return self._signed.settle_absent()

    def _changes(self) -> int:
        """Return how many changes were made so far: those that were written, and those that wait."""
        return self._journal.recorded + self._people.bulk.count

    def _named(self, who: Incoming, event: ListedEvent, day: date | None) -> tuple[Action, str]:
        before = self._changes()
        there = self._there(who, event) if who.listed else None
        agency_id = self._people.agency_of(who) if there is None else None
        number = self._people.find(who, agency_id)
        role = who.role or "participant"
        row = None if number is None else self._lists.named(event.id, number, role)
        changes, kept = self._wanted(who, event, row)
        if row is None or changes:
            participation.check_days(event, who.days if row is None else (row | changes)["days"])
        found = self._people.settle(who, agency_id, number)
        if found.changed:
            self._listed.forget()
        place = self._place(who, found, agency_id, event.starts_on)
        new = row is None
        if row is None:
            row = self._add(who, event, found.contact_id, agency_id, role, place)
            if who.listed and (person := self._people.known.get(found.contact_id)):
                self._listed.know(event.id, row, person.names)
        elif changes:
            row = self._lists.change(event, place, row, changes)
        if day is not None and who.present is not None:
            self._signed.mark_day(event, row, place, day, there=who.present)
        self._belongs(event, row, place)
        words = f"{who.label_text} (contact {found.contact_id}, row {row['id']})"
        if found.new:
            words += ", new contact"
        if found.kept or kept:
            words += "; kept: " + "; ".join([*found.kept, *kept])
        done: Action = "new" if new else "updated" if self._changes() != before else "same"
        if done != "same":
            self._signed.told_of(row["id"], day)
        return done, words

    def _there(self, who: Incoming, event: ListedEvent) -> There | None:
        """Return the row of somebody on a list of ours; then the list says no more of the person than the number."""
        there = self._listed.of(who, event, self._met)
        if there is not None:
            who.number, who.position, who.unit, who.country = there.contact_id, None, None, None
            self._met.add(there.id)
        return there

    def _place(self, who: Incoming, found: Settled, agency_id: int | None, day: date | None) -> Place | None:
        """Return where the person of a row works on a day."""
        if not found.new:
            return self._lists.place(found.contact_id, day)
        self._lists.meet(found.contact_id)
        return None if agency_id is None else Place(agency_id, who.position)

    def _add(
        self, who: Incoming, event: ListedEvent, contact_id: int, agency_id: int | None, role: str, place: Place | None
    ) -> Row:
        values = {
            "contact_id": contact_id,
            "agency_id": None if place and place.agency_id == agency_id else agency_id,
            "role": role,
            "status": self._status(who, event),
            "modality": who.modality,
            "days": who.days,
            "source": who.source or self._source(who, event),
            "position": who.position if who.position and not (place and place.position == who.position) else None,
            "note": who.note,
        }
        delegation = agency_id if agency_id is not None or place is None else place.agency_id
        if self._is_from_headcount(event, delegation, role):
            self._take_one(event, delegation or 0, role, values)
        return self._lists.add(event, place, **values)

    def _is_from_headcount(self, event: ListedEvent, delegation: int | None, role: str) -> bool:
        """Tell whether a new person is taken off a head-count that was there before the import."""
        there = self._counted_before[event.id] and [
            row
            for row in self._lists.unnamed(event.id)
            if row["id"] in self._counted_before[event.id] and headcount.is_of(row, delegation, role)
        ]
        if not there or delegation is None:
            return False
        if self._wish.names is None:
            key = (event.id, delegation)
            self._clashes[key] = self._clashes.get(key, 0) + 1
            return False
        return self._wish.names == "included"

    def _take_one(self, event: ListedEvent, delegation: int, role: str, values: Mapping[str, Any]) -> None:
        """Take the person who is about to be added off the head-count of the delegation. Raises Rejected."""
        self._lists.forget(event.id, None)
        how = participation.usual(event) | {name: values[name] for name in ("status", "modality") if values[name]}
        there = headcount.unnamed(self._session, event.id, delegation, role)
        sex = self._session.get_one(Contact, values["contact_id"]).sex
        headcount.take_one(self._session, there, sex=sex, like=Participation(**how))

    def _status(self, who: Incoming, event: ListedEvent) -> str | None:
        if who.status:
            return who.status
        if who.present is None:
            return None
        if who.present:
            return "attended"
        over = event.ends_on is not None and event.ends_on < self._wish.today
        return "no-show" if over or event.status == "held" else "registered"

    def _source(self, who: Incoming, event: ListedEvent) -> str | None:
        """Return the sheet's source: a sheet whose event is over and whose rows are marked is a sign-in sheet."""
        if self._wish.source:
            return self._wish.source
        over = event.status == "held" or (event.ends_on is not None and event.ends_on < self._wish.today)
        return "sign-in-sheet" if over and who.present else None

    def _wanted(self, who: Incoming, event: ListedEvent, row: Row | None) -> tuple[Row, list[str]]:
        """Return what is changed of a row that is there, and what is kept otherwise than the file says.

        A status that the file states is taken, unless only new ones are.
        """
        changes: Row = {}
        kept: list[str] = []
        if row is None or self._wish.mode == "add":
            return changes, kept
        status = who.status or (self._status(who, event) if who.present is not None else None)
        if status and status != row["status"]:
            changes["status"] = status
        said = {"modality": who.modality, "days": who.days, "source": who.source or self._source(who, event)}
        for name, new in said.items():
            old = row[name]
            if not new or new == old or (name == "days" and who.listed and new == self._listed.days(event, row)):
                continue
            if old in (None, "not-stated") or self._wish.mode == "update":
                changes[name] = new
            else:
                kept.append(f"{name} “{old}” (the file says “{new}”)")
        if who.note and who.note not in (row["note"] or ""):
            changes["note"] = f"{row['note']}\n{who.note}" if row["note"] else who.note
        return changes, kept

    def _unnamed(self, who: Incoming, event: ListedEvent) -> tuple[Action, str]:
        """Put a delegation's head-count on the list; without a number only an organizer, or one that is there."""
        if who.listed and (done := self._unnamed_of_list(who, event)):
            return done
        agency_id, label = self._party(who)
        usual = participation.usual(event)
        values: Row = {
            "agency_id": agency_id,
            "role": who.role or "participant",
            "status": self._status(who, event) or usual["status"],
            "modality": who.modality or usual["modality"],
        }
        alike = [row for row in self._lists.unnamed(event.id) if values.items() <= row.items()]
        row = next((row for row in alike if row["forgotten_as"] is None and row["label"] == label), None)
        words = f"{who.label_text}: {who.counts.total if who.counts else 'no number of people'}"
        forgotten = self._forgotten_row(alike, who.counts)
        if forgotten is not None and (row is None or headcount.of_columns(row) != who.counts or row["id"] in self._met):
            self._met.add(forgotten["id"])
            return "same", f"{words}: somebody who was forgotten (row {forgotten['id']})"
        if row is not None:
            self._met.add(row["id"])
            return self._recount(row, event, who, who.counts), words
        row = self._add_unnamed(who, event, values | {"label": label})
        return "new", f"{words} (row {row['id']})"

    def _unnamed_of_list(self, who: Incoming, event: ListedEvent) -> tuple[Action, str] | None:
        """Take the number of people for the row that a list of ours tells of; None when it is none that is there."""
        there = self._listed.without_name(who, event, self._lists.unnamed(event.id), self._met)
        if there is None:
            return None
        self._met.add(there["id"])
        if there["forgotten_as"] is not None:
            return "same", f"somebody who was forgotten (row {there['id']})"
        return self._recount(there, event, who, who.counts), f"{who.label_text} (row {there['id']})"

    def _add_unnamed(self, who: Incoming, event: ListedEvent, values: Row) -> Row:
        if who.counts is None and values["role"] not in _ORGANIZING:
            raise Refused("name", "There is neither a name nor a number of people.")
        participation.check_days(event, who.days)
        row = self._lists.add(
            event,
            None,
            side=who.side if values["agency_id"] is None else None,
            approximate=who.approximate,
            days=who.days,
            source=who.source or self._source(who, event),
            note=who.note,
            **values,
            **_columns(who.counts),
        )
        self._belongs(event, row, None)
        return row

    def _party(self, who: Incoming) -> tuple[int | None, Localized | None]:
        """Return the agency whose people they are, else what the party is called."""
        if who.agency is None:
            return None, who.label
        known = self._people.known_agency(who)
        if known is None and all(_NOBODY.fullmatch(text.strip()) for text in who.agency.values()):
            return None, who.label or who.agency
        return known or self._people.agency_of(who), who.label

    def _forgotten_row(self, alike: Sequence[Row], counts: HeadCount | None) -> Row | None:
        """Return the row of somebody who was forgotten that a sheet of this book tells of, each once."""
        if counts is None:
            return None
        gone = (row for row in alike if row["forgotten_as"] is not None and row["id"] not in self._met)
        return next((row for row in gone if headcount.of_columns(row) == counts), None)

    def _recount(self, row: Row, event: ListedEvent, who: Incoming, counts: HeadCount | None) -> Action:
        there = headcount.of_columns(row)
        if counts is None or there == counts:
            return "same"
        if self._wish.mode != "update" and there is not None:
            raise Refused(
                "count",
                f"The book has {headcount.in_words(there, approximate=row['approximate'])} here (row {row['id']}),"
                f" the file {counts.total} in all. Take the file's number with --mode update.",
            )
        participation.check_days(event, row["days"])
        self._lists.change(event, None, row, {"approximate": who.approximate} | _columns(counts))
        return "updated"

    def _belongs(self, event: ListedEvent, row: Row, place: Place | None) -> None:
        agency_id = row["agency_id"] or (place.agency_id if place else None)
        if agency_id is not None and len(self._delegations) < _DELEGATIONS_TOLD:
            self._delegations[event.id, agency_id, row["role"]] = None

    def delegations(self) -> list[str]:
        """Say how the delegations stand that have people with a name and further ones without."""
        told = []
        for event_id, agency_id, role in self._delegations:
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


def _columns(counts: HeadCount | None) -> Row:
    return {name: getattr(counts, name) for name in HEAD_COUNTS} if counts else {}
