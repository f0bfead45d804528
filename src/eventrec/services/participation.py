"""Who takes part: named people, delegations with head-counts, parties as they were reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, or_, select

from eventrec.errors import AlreadyThere, ChoiceNeeded, NotFound, Rejected
from eventrec.models import Agency, Alias, Attendance, Contact, Event, Participation
from eventrec.services import affiliation, headcount, rows
from eventrec.vocabulary import HEAD_COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.services.headcount import HeadCount

EXPECTED = ("registered", "confirmed")


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
    given = {name: value for name, value in fields.items() if value is not None}
    given.setdefault("status", "attended" if event.status == "held" else "registered")
    given.setdefault("modality", "not-stated" if event.modality == "hybrid" else event.modality)
    row = Participation(event_id=event_id, contact_id=contact_id, agency_id=agency_id, role=role, **given)
    if counts is not None:
        _set_counts(row, counts)
    _check_days(event, row.days)
    _refuse_a_second(session, row)
    if row.status == "attended":
        freeze(session, event, row)
    if contact_id is not None:
        _settle_headcount(session, event, row, from_headcount)
    session.add(row)
    session.flush()
    return row


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
        _check_days(event, row.days)
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
    if row.contact_id is not None:
        place = affiliation.on_day(session, row.contact_id, event.starts_on)
        if place is not None and row.agency_id in (None, place.agency_id):
            row.agency_id = place.agency_id
            row.position = row.position or place.position
    if row.agency_id is not None and row.agency_name is None:
        row.agency_name = _name_on_the_day(session, rows.get(session, Agency, row.agency_id), event)


def _name_on_the_day(session: Session, agency: Agency, event: Event) -> Localized:
    if event.starts_on is None:
        return agency.name
    former = session.scalars(
        select(Alias)
        .where(
            Alias.agency_id == agency.id,
            Alias.language.is_not(None),
            Alias.ends_on >= event.starts_on,
            or_(Alias.starts_on.is_(None), Alias.starts_on <= event.starts_on),
        )
        .order_by(Alias.ends_on.desc())
    )
    return agency.name | {alias.language: alias.name for alias in former if alias.language}


def _set_counts(row: Participation, counts: HeadCount) -> None:
    for name in HEAD_COUNTS:
        number = getattr(counts, name)
        if number < 0:
            raise Rejected(
                f"A head-count cannot be negative: {number} {name.replace('_', ' ')}.",
                "Say how many there were, 0 or more.",
            )
        setattr(row, name, number)


def _check_days(event: Event, days: int | None) -> None:
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
