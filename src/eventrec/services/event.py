"""Events and site visits: adding and editing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.errors import Rejected
from eventrec.models import Event
from eventrec.services import rows
from eventrec.services.derived import fill
from eventrec.text.dates import say_date
from eventrec.text.places import find_city

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.models import EventProject


_DECIDING: Final = (
    "id", "parent_id", "status", "starts_on", "ends_on", "days", "start_time", "end_time", "timezone", "city",
    "country",
)  # fmt: skip


@dataclass(frozen=True)
class ProjectShare:
    """A project that pays for an event, with its share of the cost in per cent."""

    project_id: int
    share: Decimal | None = None
    budget_line: str | None = None


@dataclass(frozen=True)
class Edited:
    """An event after an edit, and the site visits whose dates moved with it."""

    event: Event
    moved_visits: Sequence[Event] = ()


def add(
    session: Session,
    *,
    title: Localized,
    parent_id: int | None = None,
    projects: Sequence[ProjectShare] = (),
    parties: Sequence[tuple[str, int]] = (),
    place_as_given: bool = False,
    **fields: Any,  # noqa: ANN401
) -> Event:
    """Add an event; `fields` are columns of `Event`, `parties` pairs of a role and an agency.

    With `parent_id` it is a site visit and has its parent's city, country and time zone unless others are given.
    With `place_as_given` no more of the place is known than is given, but for the time zone. Without a status it is
    confirmed when it has a date, else planned.
    """
    parent = None if parent_id is None else deciding(rows.get(session, Event, parent_id))
    columns = columns_of_new(
        title=title, parent=parent, place_as_given=place_as_given, own_zone=lambda: zone_of_book(session), **fields
    )
    event = Event(**columns)
    fill(event)
    session.add(event)
    session.flush()
    set_projects(session, event, projects)
    _add_parties(session, event, parties)
    return event


def columns_of_new(
    *,
    title: Localized,
    parent: Mapping[str, Any] | None = None,
    place_as_given: bool = False,
    own_zone: Callable[[], str | None],
    **fields: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Return the columns of a new event but the computed ones; see `add`.

    `parent` are columns of the event that a site visit belongs to, its `id` and `parent_id` too; `own_zone` gives the
    book's time zone. Raises Rejected.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    said = {name: given.get(name) for name in ("city", "country")}
    if parent is not None:
        given = {**_of_parent(parent, given), **given, "kind": "site-visit", "parent_id": parent["id"]}
    elif given.get("kind") == "site-visit":
        raise Rejected("A site visit belongs to an event.", "eventrec visit add EVENT TITLE …")
    _complete_place(given, own_zone)
    if place_as_given:
        given |= said
    given.setdefault("status", "confirmed" if given.get("starts_on") else "planned")
    given |= {"title": title} | {f"planned_{name}": given.get(name) for name in ("starts_on", "ends_on")}
    check(given)
    return given


def edit(
    session: Session,
    event_id: int,
    changes: Mapping[str, Any],
    *,
    projects: Sequence[ProjectShare] = (),
    no_projects: Sequence[int] = (),
    parties: Sequence[tuple[str, int]] = (),
    visits: bool = True,
    if_version: int | None = None,
) -> Edited:
    """Change the named columns. A new date moves the site visits along by as many days, unless `visits` is false.

    A postponed event that gets a date, and a planned one that gets its first, become confirmed, unless a status is
    given.
    """
    from eventrec.services import planning

    event = rows.get(session, Event, event_id, if_version, changes)
    was = event.starts_on
    new = dict(changes)
    if new.get("city") and not new.get("timezone"):
        _complete_place(new, lambda: zone_of_book(session))
    if new.get("starts_on") and event.status in ("postponed", "planned") and (was is None or _is_new(event, new)):
        new.setdefault("status", "confirmed")
    if "starts_on" in new and new["starts_on"] is None:
        new = {**new, "ends_on": None, "start_time": None, "end_time": None}
    if new.get("status", event.status) not in ("cancelled", "postponed"):
        if new.get("status_reason"):
            raise Rejected(
                "A reason is kept only for a cancelled or postponed event.",
                f"eventrec event cancel {event.id} --reason …",
            )
        new["status_reason"] = None
    if new.get("kind", event.kind) != event.kind and "site-visit" in (new["kind"], event.kind):
        raise Rejected("A site visit stays one, and nothing else becomes one.", "eventrec visit add EVENT TITLE …")
    rows.change(event, new)
    if event.planned_starts_on is None:
        event.planned_starts_on, event.planned_ends_on = event.starts_on, event.ends_on
    check(deciding(event))
    fill(event)
    session.flush()
    set_projects(session, event, projects)
    for project_id in no_projects:
        _drop_project(session, event, project_id)
    _add_parties(session, event, parties)
    moved = planning.move_visits(session, event, was) if visits else []
    return Edited(event, moved)


def set_projects(session: Session, event: Event, projects: Sequence[ProjectShare]) -> None:
    """Add the projects; one that pays already gets the share and budget line that are given."""
    if not projects:
        return
    from eventrec.models import EventProject

    for new in projects:
        there = _event_project(session, event, new.project_id)
        if there is None:
            there = EventProject(event_id=event.id, project_id=new.project_id)
            session.add(there)
        there.share = new.share if new.share is not None else there.share
        there.budget_line = new.budget_line or there.budget_line
    session.flush()


def _add_parties(session: Session, event: Event, parties: Sequence[tuple[str, int]]) -> None:
    if not parties:
        return
    from eventrec.services import participation

    for role, agency_id in parties:
        participation.add(session, event_id=event.id, agency_id=agency_id, role=role)


def _event_project(session: Session, event: Event, project_id: int) -> EventProject | None:
    from eventrec.models import EventProject

    return session.scalar(
        select(EventProject).where(EventProject.event_id == event.id, EventProject.project_id == project_id)
    )


def _drop_project(session: Session, event: Event, project_id: int) -> None:
    there = _event_project(session, event, project_id)
    if there is None:
        raise Rejected(f"Project {project_id} does not pay for event {event.id}.", f"eventrec event show {event.id}")
    session.delete(there)
    rows.touch(session, event)
    session.flush()


def _is_new(event: Event, new: Mapping[str, Any]) -> bool:
    return (new["starts_on"], new.get("ends_on")) != (event.starts_on, event.ends_on)


def deciding(event: Event) -> dict[str, Any]:
    """Return the columns of an event that decide over itself and over its visits."""
    return {name: getattr(event, name) for name in _DECIDING}


def _of_parent(parent: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    if parent["parent_id"] is not None:
        raise Rejected(
            f"Event {parent['id']} is a site visit itself; a visit belongs to the event around it.",
            f"eventrec visit add {parent['parent_id']} TITLE …",
        )
    inherited: dict[str, Any] = {"timezone": parent["timezone"]}
    if not given.get("city") and not given.get("country"):
        inherited |= {"city": parent["city"], "country": parent["country"]}
    return {name: value for name, value in inherited.items() if value}


def zone_of_book(session: Session) -> str | None:
    """Return the time zone that events have which say none; None where the book has none."""
    from eventrec.models import Setting

    return session.scalar(select(Setting.value).where(Setting.key == "timezone"))


def _complete_place(given: dict[str, Any], own_zone: Callable[[], str | None]) -> None:
    """Add country and time zone of a well-known city, else the book's own time zone."""
    city = None
    for name in (given.get("city") or {}).values():
        city = city or find_city(name, given.get("country"))
    if city is not None:
        given.setdefault("country", city.country)
        given.setdefault("timezone", city.timezone)
    if "timezone" not in given and (zone := own_zone()) is not None:
        given["timezone"] = zone


def check(event: Mapping[str, Any]) -> None:
    """Refuse what the database cannot see of an event, and say the rest in better words. Raises Rejected."""
    starts_on, ends_on, days = event.get("starts_on"), event.get("ends_on"), event.get("days")
    start_time, timezone = event.get("start_time"), event.get("timezone")
    if event["status"] == "held" and starts_on is None:
        raise Rejected("An event without a date cannot be marked held.", "Give its date in the same command: --date.")
    if start_time and starts_on is None:
        raise Rejected("Hours need a date.", "Give it with --date.")
    if start_time and timezone is None:
        raise Rejected("Hours need a time zone.", "Give a well-known --city, or --timezone Asia/Shanghai.")
    if starts_on is None or ends_on is None:
        return
    span = (ends_on - starts_on).days + 1
    if days is not None and days > span:
        raise Rejected(f"{days} working days do not fit into {span} calendar days.", "Check --days and --date.")
    if start_time and timezone and span < 400:
        for offset in range(span):
            _check_hours(starts_on + timedelta(days=offset), (start_time, event.get("end_time")), timezone)


def _check_hours(day: date, hours: Iterable[str | None], timezone: str) -> None:
    from eventrec.text.times import local_time_problem

    for time in filter(None, hours):
        if local_time_problem(day, time, timezone) == "gap":
            raise Rejected(
                f"There is no {time} on {say_date(day)} in {timezone}: the clocks go forward.",
                "Choose another hour with --time.",
            )
