"""Who takes part: named people, delegations with head-counts, parties as they were reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import ColumnElement, func, or_, select

from eventrec.errors import AlreadyThere, ChoiceNeeded, NotFound, Rejected
from eventrec.models import Agency, Alias, Attendance, Contact, Event, Participation
from eventrec.services import affiliation, headcount, rows
from eventrec.vocabulary import HEAD_COUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.services.headcount import HeadCount

EXPECTED = ("registered", "confirmed")


class AnEvent(Protocol):
    """What of an event decides over who is on its list."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def status(self) -> str:
        """Where it stands."""

    @property
    def modality(self) -> str:
        """How people take part."""

    @property
    def starts_on(self) -> date | None:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The last day, inclusive."""

    @property
    def days(self) -> int | None:
        """Working days, where not every day is one."""


def add(
    session: Session,
    *,
    event_id: int,
    contact_id: int | None = None,
    agency_id: int | None = None,
    role: str = "participant",
    counts: HeadCount | None = None,
    from_headcount: bool | None = None,
    **fields: Any,  # noqa: ANN401
) -> Participation:
    """Add one row to an event's list; `fields` are further columns of `Participation`.

    Status: `attended` if the event is held, else `registered`. Modality: the event's, unless that is hybrid.
    When the named person's delegation has a head-count, `from_headcount` says whether the person is one of those
    (then it is taken off) or comes on top; without it ChoiceNeeded is raised.
    """
    event = rows.get(session, Event, event_id)
    given = usual(event) | {name: value for name, value in fields.items() if value is not None}
    row = Participation(event_id=event_id, contact_id=contact_id, agency_id=agency_id, role=role, **given)
    if counts is not None:
        _set_counts(row, counts)
    check_days(event, row.days)
    _refuse_a_second(session, row)
    if row.status == "attended":
        freeze(session, event, row)
    if contact_id is not None:
        _settle_headcount(session, event, row, from_headcount)
    session.add(row)
    session.flush()
    return row


def usual(event: AnEvent) -> dict[str, Any]:
    """Return status and modality of somebody of whom nothing else is said."""
    return {
        "status": "attended" if event.status == "held" else "registered",
        "modality": "not-stated" if event.modality == "hybrid" else event.modality,
    }


def edit(
    session: Session,
    event_id: int,
    row_ids: Collection[int],
    changes: Mapping[str, Any],
    *,
    counts: HeadCount | None = None,
    if_version: int | None = None,
) -> list[Participation]:
    """Change the named columns of several rows of one event; a row that becomes `attended` freezes who it was."""
    event = rows.get(session, Event, event_id)
    numbers = {name: getattr(counts, name) for name in HEAD_COUNTS} if counts else {}
    changed = []
    for row_id in sorted(row_ids):
        row = rows.get(session, Participation, row_id, if_version, {**changes, **numbers})
        rows.change(row, changes)
        if counts is not None:
            if row.contact_id is not None:
                raise Rejected(
                    f"Row {row.id} is a named person and has no head-count.", "Change the delegation's own row."
                )
            if row.forgotten_as is not None and counts.total != 1:
                raise Rejected(
                    f"Row {row.id} is somebody who was forgotten, and stays one person.",
                    "Others who came are a row of their own: eventrec participant add …",
                )
            _set_counts(row, counts)
        check_days(event, row.days)
        if row.status == "attended":
            freeze(session, event, row)
        if session.is_modified(row):
            changed.append(row)
    session.flush()
    return changed


def remove(session: Session, row_ids: Collection[int], *, if_version: int | None = None) -> list[Participation]:
    """Remove rows of an event's list. Event and person count as changed: calendars and cards tell so."""
    gone = [rows.get(session, Participation, row_id, if_version) for row_id in sorted(row_ids)]
    _unmark(session, [row.id for row in gone])
    for row in gone:
        session.delete(row)
        rows.touch(session, rows.get(session, Event, row.event_id))
        if row.contact_id is not None:
            rows.touch(session, rows.get(session, Contact, row.contact_id))
    session.flush()
    return gone


def _unmark(session: Session, row_ids: Collection[int]) -> None:
    """Remove the attendance marks of rows that are about to be removed."""
    for mark in session.scalars(select(Attendance).where(Attendance.participation_id.in_(row_ids))):
        session.delete(mark)
    session.flush()


def expected(session: Session, event_id: int) -> list[Participation]:
    """Return the rows of an event that are still registered or confirmed, and so do not count yet."""
    query = select(Participation).where(Participation.event_id == event_id, Participation.status.in_(EXPECTED))
    return list(session.scalars(query.order_by(Participation.id)))


def of_event(session: Session, event_id: int) -> list[Participation]:
    """Return all rows of an event."""
    return list(session.scalars(select(Participation).where(Participation.event_id == event_id)))


def of_people(
    session: Session,
    event_id: int,
    *,
    contacts: Collection[int] = (),
    agencies: Collection[int] = (),
    row_ids: Collection[int] = (),
) -> list[Participation]:
    """Return an event's rows of these contacts, of these agencies (unnamed ones), and with these numbers."""
    wanted: list[ColumnElement[bool]] = [
        Participation.contact_id.in_(contacts),
        Participation.contact_id.is_(None)
        & Participation.forgotten_as.is_(None)
        & Participation.agency_id.in_(agencies),
        Participation.id.in_(row_ids),
    ]
    query = select(Participation).where(Participation.event_id == event_id, or_(*wanted))
    return list(session.scalars(query.order_by(Participation.id)))


def with_label(session: Session, event_id: int, label: str) -> list[Participation]:
    """Return an event's rows of a party that was reported under this label, in any language."""
    query = select(Participation).where(Participation.event_id == event_id, Participation.label.is_not(None))
    folded = label.casefold()
    return [
        row
        for row in session.scalars(query.order_by(Participation.id))
        if row.label and folded in (text.casefold() for text in row.label.values())
    ]


def freeze(session: Session, event: Event, row: Participation) -> None:
    """Keep who somebody was on the day: agency, its name then, and position. What is kept already stays."""
    place = None if row.contact_id is None else affiliation.on_day(session, row.contact_id, event.starts_on)
    at = None if place is None else (place.agency_id, place.position)
    kept = (row.agency_id, row.agency_name, row.position)
    changes = on_the_day(*kept, at, lambda number: _name_on_the_day(session, number, event.starts_on))
    for name, value in changes.items():
        setattr(row, name, value)


def on_the_day(
    agency_id: int | None,
    agency_name: Localized | None,
    position: Localized | None,
    place: tuple[int, Localized | None] | None,
    name_of: Callable[[int], Localized],
) -> dict[str, Any]:
    """Return the columns that keep who somebody was on the day, from what is kept already.

    `place` is the agency and the position there of a named person on that day, `name_of` gives an agency's name then.
    """
    if place is not None and agency_id in (None, place[0]):
        agency_id, position = place[0], position or place[1]
    if agency_id is not None and agency_name is None:
        agency_name = name_of(agency_id)
    return {"agency_id": agency_id, "agency_name": agency_name, "position": position}


def _name_on_the_day(session: Session, agency_id: int, day: date | None) -> Localized:
    name = rows.get(session, Agency, agency_id).name
    return name if day is None else name | former_names(session, agency_id)(agency_id, day)


def former_names(session: Session, *agencies: int) -> Callable[[int, date], dict[str, str]]:
    """Return what tells by which other names one of these agencies, or of all, was known on a day, one a language."""
    query = select(Alias.agency_id, Alias.language, Alias.name, Alias.starts_on, Alias.ends_on).where(
        Alias.agency_id.is_not(None), Alias.language.is_not(None), Alias.ends_on.is_not(None)
    )
    if agencies:
        query = query.where(Alias.agency_id.in_(agencies))
    known: dict[int | None, list[Any]] = {}
    for alias in session.execute(query.order_by(Alias.ends_on.desc())):
        known.setdefault(alias.agency_id, []).append(alias)

    def on(agency_id: int, day: date) -> dict[str, str]:
        then = (each for each in known.get(agency_id, ()) if (each.starts_on or day) <= day <= each.ends_on)
        return {each.language: each.name for each in then}

    return on


def _set_counts(row: Participation, counts: HeadCount) -> None:
    for name in HEAD_COUNTS:
        number = getattr(counts, name)
        if number < 0:
            raise Rejected(
                f"A head-count cannot be negative: {number} {name.replace('_', ' ')}.",
                "Say how many there were, 0 or more.",
            )
        setattr(row, name, number)


def check_days(event: AnEvent, days: int | None) -> None:
    """Raise Rejected for somebody who takes part on more days than the event has."""
    if days is None or event.starts_on is None or event.ends_on is None:
        return
    longest = event.days or (event.ends_on - event.starts_on).days + 1
    if days > longest:
        raise Rejected(f"{days} days are more than event {event.id} has ({longest}).", "Check --days.")


def _settle_headcount(session: Session, event: Event, row: Participation, from_headcount: bool | None) -> None:
    agency_id = headcount.delegation_of(session, event.id, row.contact_id, row.agency_id)
    if agency_id is None or from_headcount is False:
        return
    there = headcount.unnamed(session, event.id, agency_id, row.role)
    if not there:
        if from_headcount:
            raise Rejected("That delegation has no unnamed head-count to take one off.", "Leave out --from-headcount.")
        return
    if from_headcount is None:
        agency = rows.get(session, Agency, agency_id)
        raise ChoiceNeeded(
            f"{agency.code or agency.name.both()} already has a head-count in event {event.id}"
            f" ({headcount.describe(there[0])}). Is the person one of those?",
            "Say --from-headcount if so, or --further if the person comes on top.",
        )
    contact = rows.get(session, Contact, row.contact_id or 0)
    headcount.take_one(session, there, sex=contact.sex, like=row)


def _refuse_a_second(session: Session, row: Participation) -> None:
    same: Sequence[ColumnElement[bool]]
    if row.contact_id is not None:
        same = [Participation.contact_id == row.contact_id, Participation.role == row.role]
    else:
        same = [
            Participation.contact_id.is_(None),
            Participation.forgotten_as.is_(None),
            func.coalesce(Participation.agency_id, 0) == (row.agency_id or 0),
            Participation.label.is_not_distinct_from(row.label),
            Participation.role == row.role,
            Participation.modality == row.modality,
            Participation.status == row.status,
        ]
    there = session.scalar(select(Participation).where(Participation.event_id == row.event_id, *same).limit(1))
    if there is not None:
        raise a_second(_who(session, row), there.event_id, there.id, (there.role, there.modality, there.status))


def a_second(who: str, event_id: int, row_id: int, how: tuple[str, str, str]) -> AlreadyThere:
    """Return the refusal of somebody who is on an event's list already; `how` are role, modality and status there."""
    role, modality, status = how
    return AlreadyThere(
        f"{who} is in event {event_id} already as {role} ({modality}, {status}), row {row_id}.",
        f"Change that row: eventrec participant edit {event_id} --row {row_id} …",
    )


def _who(session: Session, row: Participation) -> str:
    if row.contact_id is not None:
        return rows.get(session, Contact, row.contact_id).name.both()
    if row.agency_id is not None:
        agency = rows.get(session, Agency, row.agency_id)
        return agency.code or agency.name.both()
    return row.label.both() if row.label else "A head-count without a party"


def one(session: Session, row_id: int) -> Participation:
    """Return the row with this number; raises NotFound."""
    row = session.get(Participation, row_id)
    if row is None:
        raise NotFound("participant", f"row {row_id}")
    return row
