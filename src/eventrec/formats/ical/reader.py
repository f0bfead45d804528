"""Calendars in: the events of an iCalendar file (RFC 5545), with what cannot be taken named by its line."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from eventrec.errors import Rejected
from eventrec.formats.ical.incoming import (
    EventFile,
    EventProblem,
    IncomingEvent,
    IncomingParty,
    Properties,
    SourceCalendar,
    Times,
    Told,
)
from eventrec.formats.ical.when import when_of, zone_or_none
from eventrec.formats.line_reader import (
    BETWEEN,
    Line,
    by_script,
    components,
    decode,
    language_of,
    lines,
    mended,
    named_language,
    where,
)
from eventrec.formats.marks import PRODUCT
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUSES: Final = ("TENTATIVE", "CONFIRMED", "CANCELLED")
_CALLED_OFF: Final = ("Cancelled", "Postponed", "已取消", "已延期")
_ONLINE: Final = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")


def read(content: bytes) -> EventFile:
    """Read all events of a calendar. Raises Rejected for an encoding that nobody can read."""
    text, encoding = decode(mended(content))
    events, problems, told = list[IncomingEvent](), list[EventProblem](), Told()
    for calendar in _calendars(text, problems, told):
        if calendar.zone and zone_or_none(calendar.zone, calendar) is None:
            told.setdefault(f"The calendar's time zone “{calendar.zone[:60]}” is not known", []).append(calendar.line)
            calendar.zone = ""
        for begin, own in calendar.events:
            try:
                events.append(_event(Properties(begin, own, calendar, told)))
            except Rejected as error:
                problems.append(EventProblem(begin, error.message))
            except OverflowError:
                problems.append(EventProblem(begin, "The event is outside the years 1 to 9999."))
    sentences = [f"The calendar was read as {encoding}."] if encoding else []
    sentences += [f"{what}: {where(numbers)}." for what, numbers in told.items()]
    return EventFile(events, sorted(problems, key=lambda problem: problem.line), tuple(sentences))


def _calendars(text: str, problems: list[EventProblem], told: Told) -> Iterator[SourceCalendar]:
    """Yield the calendars of a file, each with its events' lines without those of alarms and the like."""
    stack: list[str] = []
    calendar, begin, own, number = SourceCalendar(), 0, list[Line](), 0
    for each in lines(text):
        if isinstance(each, tuple):
            told.setdefault("No line of a calendar, left out", []).append(each[0])
            continue
        name, number = each.value.strip().upper(), each.number
        begins = each.name == "BEGIN"
        ends = each.name == "END" and name in stack
        if "VEVENT" in stack and name != "VEVENT" and ends and stack.index(name) < stack.index("VEVENT"):
            problems.append(_unended(begin))
        elif begins and "VEVENT" in stack and name in ("VEVENT", "VCALENDAR"):
            problems.append(_unended(begin))
            del stack[stack.index("VEVENT") :]
        if begins:
            stack.append(name)
            begin, own = (number, []) if name == "VEVENT" else (begin, own)
        elif ends:
            del stack[stack.index(name) :]
            if name == "VEVENT":
                calendar.events.append((begin, own))
            if not stack:
                yield calendar
                calendar = SourceCalendar()
        elif stack[-1:] == ["VEVENT"]:
            own.append(each)
        elif stack:
            _note(calendar, stack[-1], each)
        else:
            told.setdefault("Outside the calendar, left out", []).append(number)
    if "VEVENT" in stack:
        problems.append(_unended(begin))
    if stack:
        told.setdefault("END:VCALENDAR is missing, the last line is", []).append(number)
        yield calendar


def _unended(begin: int) -> EventProblem:
    return EventProblem(begin, "The event does not end: END:VEVENT is missing.")


def _note(calendar: SourceCalendar, component: str, line: Line) -> None:
    """Keep what the calendar says of zones, and whether it is ours."""
    if component == "VTIMEZONE" and line.name == "TZID":
        calendar.tzid = line.value.strip()
    elif component == "VTIMEZONE" and line.name == "X-LIC-LOCATION":
        calendar.places[calendar.tzid] = line.value.strip()
    elif component == "VCALENDAR" and line.name == "X-WR-TIMEZONE":
        calendar.zone, calendar.line = line.text.strip(), line.number
    elif component == "VCALENDAR" and line.name == "PRODID":
        calendar.is_ours = line.value.startswith(PRODUCT)


def _event(said: Properties) -> IncomingEvent:
    series = said.line("RECURRENCE-ID")
    if series is not None:
        raise Rejected(f"The event is one day of a series (RECURRENCE-ID, line {series.number}); such are not taken.")
    when = when_of(said)
    title = _title(said)
    status = said.text("STATUS").upper()
    sequence = said.text("SEQUENCE")
    online_url = _online_url(said)
    return IncomingEvent(
        said.begin,
        _uid(said, when, title),
        title,
        when.starts_on,
        when.ends_on,
        sequence=int(sequence) if re.fullmatch(r"[0-9]{1,9}", sequence) else 0,
        status=status if status in _STATUSES else None,
        description=_description(said, online_url),
        location=" ".join(said.text("LOCATION").split()) or None,
        categories=tuple(dict.fromkeys(_categories(said))),
        start_time=when.start_time,
        end_time=when.end_time,
        timezone=when.timezone,
        url=said.text("URL") or None,
        online_url=online_url,
        organizer=_organizer(said),
        contact=said.text("CONTACT") or None,
        created=_moment_in_utc(said, "CREATED"),
        modified=_moment_in_utc(said, "LAST-MODIFIED"),
        geo=_geo(said),
    )


def _uid(said: Properties, when: Times, title: Localized) -> str:
    """Return the event's uid; without one a text that is the same for the same event in any file."""
    if uid := said.text("UID"):
        return uid
    said.tell("No UID, so the event is known by its title and time, the event at")
    return " ".join(filter(None, (title.both(), when.starts_on.isoformat(), when.start_time)))


def _title(said: Properties) -> Localized:
    """Return the title by language; “English / 中文” is two. LANGUAGE is believed where the script allows it."""
    line = said.line("SUMMARY")
    value = " ".join(line.text.split()) if line else ""
    if line is None or not value:
        said.tell("No title (SUMMARY), the event at")
        return Localized({"en": "Untitled"})
    main = named_language(line).split("-")[0] or "en"
    found = by_script([part.strip() for part in BETWEEN.split(value)], " / ", main)
    return found or Localized({language_of(value, main): value})


def _description(said: Properties, online_url: str | None) -> Localized | None:
    """Return the description; in our own calendars by language, without the lines that repeat status and link."""
    line = said.line("DESCRIPTION")
    text = line.text.replace("\r\n", "\n").strip() if line else ""
    if line and text and said.calendar.is_ours:
        parts = text.split("\n\n")
        if online_url and unquote(parts[-1].rpartition(": ")[2]) == unquote(online_url):
            parts.pop()
        if parts and said.text("STATUS").upper() == "CANCELLED" and parts[-1].startswith(_CALLED_OFF):
            parts.pop()
        found = by_script(parts, "\n\n", "en")
        if found:
            return found
        text = "\n\n".join(parts)
    main = named_language(line).split("-")[0] if line else ""
    return Localized({language_of(text, main or "en"): text}) if text else None


def _categories(said: Properties) -> Iterator[str]:
    for line in said.lines("CATEGORIES"):
        yield from filter(None, (word.strip() for word in components(line.decoded, ",")))


def _online_url(said: Properties) -> str | None:
    """Return the link to join by: a CONFERENCE with video before one by phone (RFC 7986 §5.11)."""
    links = [line for name in _ONLINE for line in said.lines(name)]
    links.sort(key=lambda line: (line.value.lower().startswith("tel:"), "VIDEO" not in line.first("FEATURE").upper()))
    return links[0].text.strip() if links else None


def _organizer(said: Properties) -> IncomingParty | None:
    address = unquote(re.sub(r"^mailto:", "", said.text("ORGANIZER"), flags=re.IGNORECASE))
    return IncomingParty(email=address) if "@" in address else None


def _moment_in_utc(said: Properties, name: str) -> str | None:
    line = said.line(name)
    try:
        moment = datetime.strptime(line.value.strip(), "%Y%m%dT%H%M%S%z") if line else None
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment and moment.year >= 1000 else None
    except ValueError:
        return None


def _geo(said: Properties) -> tuple[Decimal, Decimal] | None:
    if not said.text("GEO"):
        return None
    try:
        latitude, longitude = (Decimal(part.strip()) for part in said.text("GEO").split(";"))
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    except (ValueError, InvalidOperation):
        pass
    said.tell("A place that is none (GEO), left out, the event at")
    return None
