"""What leaves the house: records read through the views, made into calendars, cards, lists and sheets."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected
from eventrec.localized import Localized
from eventrec.views.columns import COLUMNS
from eventrec.views.criteria import ALL, Criteria
from eventrec.vocabulary import COUNTED_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from eventrec.formats.ical.records import CalendarEvent
    from eventrec.formats.participant_list import ParticipantList, ParticipantRow
    from eventrec.formats.sign_in import SignInSheet
    from eventrec.formats.vcard import Card, Version
    from eventrec.table import Table
    from eventrec.views.reader import Reader

VIEWS: Final = ("v_event", "v_agency", "v_contact", "v_project", "v_participation", "v_head")
"""The views that `export all` writes, one CSV each."""

_ORGANIZING: Final = ("organizer", "co-organizer", "host", "facilitator", "donor")
_EXPECTED_THERE: Final = ("invited", "registered", "confirmed", "attended")
_MOST_SHEETS: Final = 31
_INTERNAL: Final = ("search_text", "sort_key")

Row = dict[str, Any]


@dataclass(frozen=True)
class Calendar:
    """A calendar file, empty when there is nothing to write, and the events that are not in it for want of a date."""

    content: bytes
    undated: Sequence[str]


@dataclass(frozen=True)
class CalendarWish:
    """How a calendar is to be: its name per language, `both` languages or one tag, UTC, with the people or without.

    `removed_since` (ISO date, inclusive) leaves out the cancellations of events that were removed before.
    """

    name: Mapping[str, str] | None = None
    languages: str = "both"
    utc: bool = False
    attendees: bool = False
    removed_since: str = ""


def calendar(reader: Reader, criteria: Criteria = ALL, wish: CalendarWish | None = None) -> Calendar:
    """Return the events that meet the criteria as an iCalendar object (RFC 5545).

    Cancellations of removed events are in it when all events are asked for: a removed event has no project or agency.
    """
    from eventrec.formats.ical.calendar import render
    from eventrec.formats.ical.records import CalendarOptions

    wish = wish or CalendarWish()
    main = reader.main_language()
    rows = list(reader.events(criteria))
    people = _people(reader, criteria) if wish.attendees else {}
    events = [_calendar_event(row, people.get(int(str(row["id"])), ()), main) for row in rows if row["starts_on"]]
    if criteria == ALL:
        events.extend(_removed(reader, wish.removed_since, main))
    options = CalendarOptions(
        name=dict(wish.name or {"en": "Events", "zh": "活动"}),
        languages=wish.languages,
        main=main,
        utc=wish.utc,
        attendees=wish.attendees,
    )
    undated = [f"#{row['id']} {Localized(row['title']).any(main)}" for row in rows if not row["starts_on"]]  # type: ignore[arg-type]
    return Calendar(render(events, options) if events else b"", undated)


def _calendar_event(row: Row, attendees: Sequence[Any], main: str) -> CalendarEvent:
    from eventrec.formats.ical.records import CalendarEvent, Party

    return CalendarEvent(
        uid=row["uid"],
        sequence=row["sequence"],
        created=row["created_at"],
        modified=row["dtstamp"],
        status=row["status"],
        status_reason=row["status_reason"],
        title=row["title"],
        description=row["description"] or {},
        kind=row["kind"],
        projects=tuple(row["projects"]),
        topics=tuple(row["topics"] or ()),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        start_time=row["start_time"],
        end_time=row["end_time"],
        timezone=row["timezone"],
        days=row["days"],
        venue=row["venue"],
        address=row["address"],
        city=row["city"],
        country=_country(row["country"], main),
        latitude=row["latitude"],
        longitude=row["longitude"],
        online_url=row["online_url"],
        source_url=row["source_url"],
        parent_uid=row["parent_uid"],
        organizer=Party(row["organizer"], row["organizer_email"]) if row["organizer"] else None,
        contact=Party(row["contact"], row["contact_email"]) if row["contact"] else None,
        attendees=tuple(attendees),
    )


def _people(reader: Reader, criteria: Criteria) -> dict[int, list[Any]]:
    """Return by event the people and agencies that take part."""
    from eventrec.formats.ical.records import Attendee

    found: dict[int, list[Any]] = {}
    for row in reader.participants(Criteria(event_ids=criteria.event_ids)):
        name = row["contact"] or row["agency_name"] or row["label"]
        if isinstance(row["event"], int) and name:
            attendee = Attendee(name, row["email"], row["role"], row["status"], group=row["contact"] is None)  # type: ignore[arg-type]
            found.setdefault(row["event"], []).append(attendee)
    return found


def _country(code: str | None, language: str) -> str | None:
    from eventrec.text.places import country_name

    return country_name(code, language) if code else None


def _removed(reader: Reader, since: str, main: str) -> Iterator[CalendarEvent]:
    """Yield what is left of removed events: their cancellation."""
    from eventrec.formats.ical.records import CalendarEvent

    for removed in reader.removed_events(since):
        said: Row = removed["calendar"]  # type: ignore[assignment]
        yield CalendarEvent(
            uid=str(removed["uid"]),
            sequence=said["sequence"],
            created=said["created_at"],
            modified=str(removed["removed_at"]),
            status="cancelled",
            removed=True,
            **{name: said[name] for name in ("title", "kind", "days", "start_time", "end_time", "timezone")},
            **{name: said[name] for name in ("venue", "address", "city")},
            country=_country(said["country"], main),
            starts_on=date.fromisoformat(said["starts_on"]),
            ends_on=date.fromisoformat(said["ends_on"]),
        )


def cards(reader: Reader, criteria: Criteria = ALL, version: Version = "3.0") -> bytes:
    """Return the contacts that meet the criteria as vCards (RFC 2426 or RFC 6350); empty when there are none."""
    from eventrec.formats.vcard import render

    found = [_card(row) for row in reader.contacts(criteria)]
    return render(found, version, reader.main_language()) if found else b""


def _card(row: Row) -> Card:
    from eventrec.formats.vcard import Card, Point

    def points(values: Sequence[str], first: str | None) -> list[Point]:
        return [Point(value, "work", preferred=len(values) > 1 and value == first) for value in values]

    return Card(
        uid=row["uid"],
        name=row["name"],
        family_name=row["family_name"] or "",
        given_name=row["given_name"] or "",
        honorific=row["honorific"] or "",
        organization=row["agency_name"] or {},
        unit=row["unit"] or "",
        position=row["position"] or {},
        emails=points(row["emails"], row["email"]),
        phones=points(row["phones"], row["phone"]),
        addresses=[Point(row["address"], "work")] if row["address"] else [],
        urls=[Point(row["url"])] if row["url"] else [],
        wechat=row["wechat"] or "",
        sex=row["sex"],
        categories=row["projects"],
        languages=row["languages"] or (),
        sort_key=row["sort_key"],
        revised_at=row["modified_at"],
    )


def participant_list(reader: Reader, event_id: int) -> ParticipantList:
    """Return the list of one event that a donor files, with the total that the report gives for it.

    It holds those who attended; before the event is held, those who are registered or confirmed.
    """
    from eventrec.formats.participant_list import ParticipantList, ParticipantTotal
    from eventrec.reports.participants import participants
    from eventrec.text.dates import say_dates

    event: Row = reader.event(event_id)
    held = event["status"] == "held"
    kind = (event["kind"],) if event["kind"] == "site-visit" else ()
    criteria = Criteria(
        event_ids=(event_id,), kinds=kind, statuses=("attended",) if held else ("registered", "confirmed")
    )
    report = participants(reader, criteria, expected=not held)
    total = report.total or {}
    measure = "actual" if held else "expected"
    counted = _counted(reader, event_id, measure)
    rows = [row for row in reader.participants(criteria) if row["event"] == event_id and _takes_part(row)]
    dates = [date.fromisoformat(event[name]) if event[name] else None for name in ("starts_on", "ends_on")]
    return ParticipantList(
        title=event["title"],
        dates=say_dates(*dates),
        place=_place(event, reader.main_language()),
        rows=[_list_row(row, counted) for row in rows],
        total=ParticipantTotal(**{field.name: total[field.name] for field in fields(ParticipantTotal)}),  # type: ignore[arg-type]
        projects=_projects(reader, event),
        funding=_funding(reader, event),
        notes=[report.rule, *report.notes],
        main=reader.main_language(),
    )


def _counted(reader: Reader, event_id: int, measure: str) -> dict[int, int | None]:
    """Return by participation how many people it adds under the rule; None when nobody counted them."""
    rows = reader.rows(
        "SELECT participation_id, sum(people) FROM v_head WHERE event_id = :event AND measure = :measure"
        " AND reason = '' GROUP BY participation_id",
        {"event": event_id, "measure": measure},
    )
    return {int(number): None if people is None else int(people) for number, people in rows}


def _list_row(row: Row, counted: Mapping[int, int | None]) -> ParticipantRow:
    from eventrec.formats.participant_list import ParticipantRow

    named = row["contact"] is not None
    counts = {} if named else {name: row[name] for name in ("women", "men", "other", "not_stated")}
    return ParticipantRow(
        name=row["contact"],
        sex=row["sex"] or "not-stated",
        agency=row["agency_name"] or row["label"],
        agency_address=row["agency_address"] or "",
        country=row["country"] or "",
        position=row["position"],
        role=row["role"],
        modality=row["modality"],
        days=row["effective_days"],
        source=row["source"] or "",
        approximate=row["approximate"],
        counted=counted.get(row["id"], 0),
        **counts,
    )


def _takes_part(row: Row) -> bool:
    """Tell apart those who take part from agencies that are only named as organizing or paying."""
    return row["contact"] is not None or row["women"] is not None or row["role"] not in _ORGANIZING


def sign_in(reader: Reader, event_id: int, *, blank: int, day: date | None = None) -> SignInSheet:
    """Return the sign-in sheet of an event: everybody who is invited, registered, confirmed or was there.

    A sheet for each day, or for one; somebody with several roles stands on it once. Raises Rejected for an event
    without a date, for a day that is none of it, and for more than 31 days.
    """
    from eventrec.formats.sign_in import SEXES, Signer, SignInSheet, code

    row: Row = reader.event(event_id)
    main = reader.main_language()
    listed: list[Row] = list(reader.participants(Criteria(event_ids=(event_id,), statuses=_EXPECTED_THERE)))
    people = [
        Signer(
            code(each["id"], each["uid"]),
            Localized(each["contact"]).both(main),
            Localized(each["agency_name"]).both(main) if each["agency_name"] else "",
            Localized(each["position"]).both(main) if each["position"] else "",
            SEXES.get(each["sex"], ""),
        )
        for each in _once(row for row in listed if row["contact"] is not None and row["event"] == event_id)
    ]
    hours = "–".join(filter(None, (row["start_time"], row["end_time"])))
    lines = {
        "Time 时间": hours,
        "Place 地点": _place(row, main),
        "Project 项目": "; ".join(_projects(reader, row)),
        "Funding 资助": " ".join(_funding(reader, row)),
    }
    return SignInSheet(
        titles=[text for _, text in sorted(row["title"].items(), key=lambda pair: (pair[0] != main, pair[0]))],
        days=_days_of(row, day),
        people=people,
        blank=blank,
        lines={label: text for label, text in lines.items() if text},
    )


def _once(listed: Iterable[Row]) -> list[Row]:
    """Return of each person the row that counts first: its role counts, the lower number. The order stays."""
    rows = list(listed)
    first: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: (row["role"] not in COUNTED_ROLES, row["id"])):
        first.setdefault(row["contact_id"], row)
    return [row for row in rows if row is first[row["contact_id"]]]


def _days_of(event: Row, day: date | None) -> list[date]:
    if event["starts_on"] is None:
        raise Rejected(
            f"Event {event['id']} has no date yet, and a sign-in sheet is for a day.",
            f"Set it first: eventrec event edit {event['id']} --date …",
        )
    first, last = date.fromisoformat(event["starts_on"]), date.fromisoformat(event["ends_on"])
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    if day is not None and day not in days:
        raise Rejected(f"{day} is no day of event {event['id']} ({first} to {last}).", "Name one of its days.")
    if day is None and len(days) > _MOST_SHEETS:
        raise Rejected(f"Event {event['id']} has {len(days)} days.", "Name one of them: --day DATE")
    return [day] if day is not None else days


def _place(event: Row, main: str) -> str:
    parts = [Localized(event[name]).both(main) for name in ("venue", "city") if event[name]]
    return ", ".join(part for part in (*parts, _country(event["country"], main)) if part)


def _projects(reader: Reader, event: Row) -> list[str]:
    return [
        f"{row['code']} {Localized(row['name']).both(reader.main_language())}"  # type: ignore[arg-type]
        for row in reader.projects()
        if row["code"] in event["projects"]
    ]


def _funding(reader: Reader, event: Row) -> list[str]:
    """Return the projects' funding statements, else the donors' names."""
    main = reader.main_language()
    stated = [
        Localized(row["funding_statement"]).both(main)  # type: ignore[arg-type]
        for row in reader.projects()
        if row["code"] in event["projects"] and row["funding_statement"]
    ]
    return list(dict.fromkeys(stated)) or (["Donors: " + ", ".join(event["donors"])] if event["donors"] else [])


def one_event(criteria: Criteria) -> int | None:
    """Return the event when exactly one was named and nothing else was asked: then a list is the donor's list."""
    rest = {name: value for name, value in vars(criteria).items() if name not in ("event_ids", "words")}
    alone = rest == {name: value for name, value in vars(ALL).items() if name not in ("event_ids", "words")}
    return criteria.event_ids[0] if alone and len(criteria.event_ids) == 1 else None


def sheet(reader: Reader, what: str, criteria: Criteria = ALL) -> Table:
    """Return `events`, `agencies`, `contacts` or `participants` with every column that a sheet can hold."""
    view, read = {
        "events": ("v_event", reader.events),
        "agencies": ("v_agency", reader.agencies),
        "contacts": ("v_contact", reader.contacts),
        "participants": ("v_participation", reader.participants),
    }[what]
    return read(criteria, [name for name in COLUMNS[view] if name not in _INTERNAL])


def summary(reader: Reader, today: str) -> bytes:
    """Return the page that a manager reads before a meeting: events, and participants by project; no personal data."""
    from eventrec.formats import registry
    from eventrec.reports.events import events
    from eventrec.reports.participants import participants

    options = registry.Options(main=reader.main_language(), languages="both")
    parts = [
        registry.render(events(reader, ALL), "markdown", options),
        registry.render(participants(reader, ALL, ["project"], today=today), "markdown", options),
        registry.render(participants(reader, ALL, ["side"], today=today), "markdown", options),
    ]
    return b"# Summary\n\n" + b"\n".join(parts)
