"""What an attendance report says of an event's people, put on the event's list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.errors import Rejected, UsageError
from eventrec.models import Agency, Contact, Event, Participation
from eventrec.services import headcount, participation, rows
from eventrec.services.headcount import HeadCount
from eventrec.services.online_attendance.matching import OTHER_NAME, Matching
from eventrec.services.online_attendance.people import together
from eventrec.vocabulary import EVIDENCE_SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.services.online_attendance.matching import Found
    from eventrec.services.online_attendance.people import Attended

_SOURCE: Final = "online-log"
_TOLD_NAMES: Final = 20


@dataclass(frozen=True)
class OnlineMatch:
    """Somebody of the report who is in the book: the contact, the row, and by what."""

    who: Attended
    contact_id: int
    row_id: int
    reason: str
    action: str
    """`new`, `updated`, `same`, or `in person` for somebody who had attended in the room: left as it was."""

    @property
    def name(self) -> str:
        """The name shown."""
        return self.who.name


@dataclass(frozen=True)
class OnlineCount:
    """People without a name, of an agency or of none: how many, and what was done with their row."""

    agency_id: int | None
    number: int
    action: str


@dataclass
class OnlineResult:
    """What became of a report. `rows` is of the report; `new`, `updated` and `same` are of the event's list."""

    rows: int = 0
    new: int = 0
    updated: int = 0
    same: int = 0
    matched: list[OnlineMatch] = field(default_factory=list)
    unnamed: list[OnlineCount] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    """The names shown of those who were counted without a name."""

    below: list[Attended] = field(default_factory=list)
    """Who was there for too short a time."""

    told: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    """Contacts new to the list whose delegation has a head-count, while nobody said whether they are within it."""

    held: bool = True
    """Whether the event is marked held; else nobody of the report counts yet."""

    def count(self, action: str) -> None:
        """Note what happened with a row of the list."""
        name = "same" if action == "in person" else action
        setattr(self, name, getattr(self, name) + 1)


def record(
    session: Session,
    event_id: int,
    attended: Sequence[Attended],
    *,
    today: date,
    minimum_minutes: int | None = None,
    minimum_share: float | None = None,
    from_headcount: bool | None = None,
) -> OnlineResult:
    """Mark who was online, and count the others without a name; the same report again changes nothing.

    Left out is who was there for less than `minimum_minutes`, or less than `minimum_share` per cent of the meeting.
    `from_headcount` says whether a contact new to the list is within the head-count of the delegation or on top;
    without it they are put on top, and named in `undecided` for the caller to ask or refuse.
    Raises Rejected for an event that cannot have taken place.
    """
    event = _over(session, event_id, today)
    if minimum_minutes is not None and minimum_share is not None:
        raise UsageError("There can be one minimum.", "Say it in minutes or in per cent of the meeting.")
    result = OnlineResult(rows=sum(len(each.rows) for each in attended), held=event.status == "held")
    _compare_days(event, attended, result)
    matching = Matching(session, event_id, event.starts_on or today, attended)
    by_contact: dict[int, list[tuple[Attended, str]]] = defaultdict(list)
    others: list[tuple[Attended, Found]] = []
    for who in attended:
        found = matching.find(who)
        if found.contact_id is not None:
            by_contact[found.contact_id].append((who, found.reason))
        elif _stayed(who, result, minimum_minutes, minimum_share):
            others.append((who, found))
    for contact_id, entries in by_contact.items():
        who = together([each for each, _ in entries])
        if _stayed(who, result, minimum_minutes, minimum_share):
            _take_part(session, event, who, contact_id, entries[0][1], from_headcount, result)
    _count_others(session, event, others, result)
    return result


def _over(session: Session, event_id: int, today: date) -> Event:
    """Return the event; raises Rejected for one that was cancelled or postponed, has no date, or is yet to come."""
    event = rows.get(session, Event, event_id)
    if event.status in ("cancelled", "postponed"):
        raise Rejected(f"Event {event_id} was {event.status}; nobody can have attended.", "Check the event's number.")
    if event.starts_on is None:
        raise Rejected(
            f"Event {event_id} has no date yet; nobody can have attended.",
            f"Say when it was: eventrec event edit {event_id} --date DATE",
        )
    if event.starts_on > today:
        raise Rejected(
            f"Event {event_id} is on {event.starts_on}, in the future; nobody can have attended.",
            "Check the event's number.",
        )
    return event


def _compare_days(event: Event, attended: Sequence[Attended], result: OnlineResult) -> None:
    """Tell when the report is of other days than the event."""
    days = sorted({entry.joined.date() for each in attended for entry in each.entries if entry.joined})
    if not days or event.starts_on is None or event.ends_on is None:
        return
    if days[-1] < event.starts_on or days[0] > event.ends_on:
        result.told.append(
            f"The report is of {days[0]}, the event on {event.starts_on}. If that is wrong: eventrec undo"
        )


def _stayed(who: Attended, result: OnlineResult, minutes: int | None, share: float | None) -> bool:
    """Tell whether somebody was there long enough; a time that cannot be known is told, and is enough."""
    if minutes is None and share is None:
        return True
    if who.seconds is None or (share is not None and who.share is None):
        result.told.append(f"The report does not say how long {who.name} was there.")
        return True
    enough = who.seconds >= minutes * 60 if minutes is not None else (who.share or 0) >= (share or 0)
    if not enough:
        result.below.append(who)
    return enough


def _take_part(
    session: Session,
    event: Event,
    who: Attended,
    contact_id: int,
    reason: str,
    from_headcount: bool | None,
    result: OnlineResult,
) -> None:
    listed = participation.of_people(session, event.id, contacts=[contact_id])
    if not listed:
        row = _add(session, event, contact_id, from_headcount, result)
        action = "new"
    else:
        row = next((each for each in listed if each.role == "participant"), listed[0])
        action = _mark(session, event, listed)
    name = rows.get(session, Contact, contact_id).name.both()
    if reason == OTHER_NAME:
        result.told.append(
            f"“{who.name}” has the e-mail address of contact {contact_id}, {name}, and counts as that person."
        )
    if action == "in person":
        result.told.append(f"{name} had attended in person (row {row.id}) and stays so.")
    result.count(action)
    result.matched.append(OnlineMatch(who, contact_id, row.id, reason, action))


def _mark(session: Session, event: Event, listed: Sequence[Participation]) -> str:
    """Mark the rows of one person as attended online, unless one says that the person was in the room."""
    if any(row.status == "attended" and row.modality == "in-person" for row in listed):
        return "in person"
    changed = False
    for row in listed:
        proven = row.status == "attended" and row.source in EVIDENCE_SOURCES
        changes = {"status": "attended", "modality": "online", "source": row.source if proven else _SOURCE}
        changed |= bool(participation.edit(session, event.id, [row.id], changes))
    return "updated" if changed else "same"


def _add(
    session: Session, event: Event, contact_id: int, from_headcount: bool | None, result: OnlineResult
) -> Participation:
    """Put a contact on the list who was not there; a head-count of another source may hold that person already."""
    agency_id = headcount.delegation_of(session, event.id, contact_id, None)
    there = headcount.unnamed(session, event.id, agency_id, "participant") if agency_id is not None else []
    others = [row for row in there if row.source != _SOURCE]
    if others and from_headcount is None:
        result.undecided.append(
            f"{rows.get(session, Contact, contact_id).name.both()} was online and is new to the list, while"
            f" {_party(session, agency_id)} has a head-count in event {event.id} ({headcount.describe(others[0])})."
        )
    row = participation.add(
        session,
        event_id=event.id,
        contact_id=contact_id,
        status="attended",
        modality="online",
        source=_SOURCE,
        from_headcount=False,
    )
    if others and from_headcount:
        headcount.take_one(session, others, sex=rows.get(session, Contact, contact_id).sex, like=row)
    return row


def _count_others(
    session: Session, event: Event, others: Sequence[tuple[Attended, Found]], result: OnlineResult
) -> None:
    """Count those who are nobody in the book, agency by agency, and name them so that a person can add them."""
    numbers: dict[int | None, int] = defaultdict(int)
    for who, found in others:
        numbers[found.agency_id] += 1
        result.unmatched.extend(who.names[:1])
        if found.several:
            listed = ", ".join(str(number) for number in found.several)
            result.told.append(f"{who.name} may be one of the contacts {listed}, and is counted without a name.")
    for agency_id in sorted(numbers, key=lambda number: (number is None, number)):
        action = _set_number(session, event, agency_id, numbers[agency_id], result)
        result.count(action)
        result.unnamed.append(OnlineCount(agency_id, numbers[agency_id], action))
    _tell_names(result)
    _tell_others(session, event, numbers, result)


def _set_number(session: Session, event: Event, agency_id: int | None, number: int, result: OnlineResult) -> str:
    """Set the one row of people online without a name to this number; one of another source is left and told."""
    row = _online_row(session, event.id, agency_id)
    counts = HeadCount(not_stated=number)
    if row is None:
        participation.add(
            session,
            event_id=event.id,
            agency_id=agency_id,
            counts=counts,
            status="attended",
            modality="online",
            source=_SOURCE,
        )
        return "new"
    now = headcount.of_row(row)
    if now is not None and now.total == number:
        return "same"
    if row.source == _SOURCE or now is None:
        participation.edit(session, event.id, [row.id], {"source": _SOURCE}, counts=counts)
        return "updated"
    result.told.append(
        f"{_party(session, agency_id)} has {headcount.describe(row)} online already (row {row.id}); the report has"
        f" {number}. Change it: eventrec participant edit {event.id} --row {row.id} …"
    )
    return "same"


def _online_row(session: Session, event_id: int, agency_id: int | None) -> Participation | None:
    return session.scalar(
        select(Participation).where(
            Participation.event_id == event_id,
            Participation.contact_id.is_(None),
            Participation.forgotten_as.is_(None),
            Participation.agency_id.is_not_distinct_from(agency_id),
            Participation.label.is_(None),
            Participation.role == "participant",
            Participation.status == "attended",
            Participation.modality == "online",
        )
    )


def _party(session: Session, agency_id: int | None) -> str:
    if agency_id is None:
        return "Nobody's delegation"
    agency = rows.get(session, Agency, agency_id)
    return agency.code or agency.name.both()


def _tell_names(result: OnlineResult) -> None:
    if not result.unmatched:
        return
    shown = "; ".join(result.unmatched[:_TOLD_NAMES])
    more = len(result.unmatched) - _TOLD_NAMES
    result.told.append(f"Counted without a name: {shown}{f'; and {more} more' if more > 0 else ''}.")


def _tell_others(session: Session, event: Event, numbers: dict[int | None, int], result: OnlineResult) -> None:
    """Tell of head-counts that may be of the same people, and of numbers of an earlier report that stay."""
    for row in participation.of_event(session, event.id):
        count = headcount.of_row(row)
        if row.contact_id is not None or row.role != "participant" or not count or not count.total:
            continue
        ours = row.source == _SOURCE and (row.status, row.modality) == ("attended", "online")
        if ours and row.agency_id not in numbers:
            result.told.append(f"Row {row.id} ({headcount.describe(row)}) is of another report and stays.")
        elif (
            not ours and row.agency_id is not None and row.agency_id in numbers and row.status in participation.EXPECTED
        ):
            result.told.append(
                f"{_party(session, row.agency_id)} also has {headcount.describe(row)} {row.status} (row {row.id}); they"
                " may be the same people."
            )
