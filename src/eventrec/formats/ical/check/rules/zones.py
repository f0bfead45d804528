"""Time zones: VTIMEZONE itself, and the times that name it (RFC 5545 §3.6.5, §3.2.19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import BROKEN, NOTE, WARNING, for_calendar, for_component
from eventrec.formats.ical.check.zone import is_windows_zone, known_zone, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component
    from eventrec.formats.ical.check.zone import Zone

_VTIMEZONE: Final = "RFC 5545 §3.6.5"


@for_component("VTIMEZONE", rule="zone-without-name", severity=BROKEN, reference=_VTIMEZONE)
def _zone_without_name(zone: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if not zone.text("TZID").strip():
        yield zone.line, "The VTIMEZONE has no TZID; some programs refuse the file."


@for_component("VTIMEZONE", rule="zone-without-rules", severity=BROKEN, reference=_VTIMEZONE)
def _zone_without_rules(zone: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if not any(each.name in ("STANDARD", "DAYLIGHT") for each in zone.components):
        yield zone.line, "The VTIMEZONE has neither STANDARD nor DAYLIGHT: it says nothing."


@for_component("STANDARD", "DAYLIGHT", rule="zone-start", severity=WARNING, reference=_VTIMEZONE)
def _start_that_is_not_local(observance: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in observance.all("DTSTART", "RDATE"):
        if values.is_utc(values.moment(line.value.partition(",")[0])):
            yield line.line, f"{line.name} of {observance.name} has to be a local time, without Z."


@for_component("STANDARD", "DAYLIGHT", rule="zone-start-zone", severity=WARNING, reference=_VTIMEZONE, client="Google")
def _start_with_a_zone_of_its_own(observance: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    start = observance.one("DTSTART")
    if start and "TZID" in start.parameters:
        yield start.line, f"DTSTART of {observance.name} has a TZID; Google does not show the events of this zone."


@for_component("STANDARD", "DAYLIGHT", rule="zone-until", severity=WARNING, reference="RFC 5545 §3.3.10")
def _until_that_is_not_utc(observance: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in observance.all("RRULE"):
        until = line.value.upper().partition("UNTIL=")[2].partition(";")[0]
        if until and not until.endswith("Z"):
            yield line.line, f"UNTIL of {observance.name} has to be in UTC and end in Z."


@for_calendar(rule="zone-twice", severity=WARNING, reference="RFC 5545 §3.8.3.1")
def _zone_twice(calendar: Calendar) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for zone in calendar.zones:
        if zone.tzid in seen:
            yield zone.line, f"The VTIMEZONE {quoted(zone.tzid)} stands in line {seen[zone.tzid]} already."
        seen.setdefault(zone.tzid, zone.line)


@for_calendar(rule="zone-undefined", severity=WARNING, reference="RFC 5545 §3.2.19", client="Outlook")
def _zone_that_is_known_by_its_name_only(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for tzid, line in _undefined(calendar):
        if _is_known(tzid) and tzid[:1] != "/":
            yield line, f"The zone {quoted(tzid)} has no VTIMEZONE; Outlook takes its times for those of the computer."


@for_calendar(rule="zone-unknown", severity=WARNING, reference="RFC 5545 §3.2.19", client="Outlook, Apple, khal")
def _zone_that_nobody_knows(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for tzid, line in _undefined(calendar):
        if not _is_known(tzid):
            what = f"The zone {quoted(tzid)} has no VTIMEZONE and is no name that programs know"
            yield line, f"{what}: Outlook and khal take that of the computer, Apple may refuse the file."


def _is_known(tzid: str) -> bool:
    """Tell whether programs know a zone by its name: IANA's, Windows', or one in a path (§3.2.19: with a slash)."""
    if tzid[:1] == "/":
        return any(known_zone("/".join(tzid.split("/")[-parts:])) for parts in (2, 3))
    return known_zone(tzid) is not None or is_windows_zone(tzid)


def _undefined(calendar: Calendar) -> Iterator[tuple[str, int]]:
    defined = {zone.tzid for zone in calendar.zones}
    for tzid, use in calendar.uses.items():
        if tzid not in defined and tzid.upper() not in ("UTC", "ETC/UTC"):
            yield tzid, use.line


@for_calendar(rule="zone-unused", severity=NOTE, reference=_VTIMEZONE)
def _zone_that_nothing_names(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for zone in calendar.zones:
        if zone.tzid not in calendar.uses:
            yield zone.line, f"No time names the VTIMEZONE {quoted(zone.tzid)}."


@for_calendar(rule="zone-contradicts", severity=WARNING, reference=_VTIMEZONE)
def _zone_that_is_not_what_its_name_says(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for zone in _zones(calendar):
        differences = sorted(_differences(zone, calendar))
        if differences:
            line, said, known = differences[0]
            more = f", as do {len(differences) - 1:,} other times" if len(differences) > 1 else ""
            what = f"By its VTIMEZONE {quoted(zone.tzid)} is {said} from UTC here{more}; by its name it is {known}"
            yield line, f"{what}. Which one holds depends on the program."


def _zones(calendar: Calendar) -> Iterable[Zone]:
    """Return the zones, of those that stand twice the first."""
    return {zone.tzid: zone for zone in reversed(calendar.zones)}.values()


def _differences(zone: Zone, calendar: Calendar) -> Iterator[tuple[int, str, str]]:
    """Yield the lines whose offset is another by the VTIMEZONE than by its name."""
    known, use = known_zone(zone.tzid), calendar.uses.get(zone.tzid)
    if known is None or use is None or zone.observances is None:
        return
    for local, line in use.times.items():
        said, meant = zone.offset(local), local.replace(tzinfo=known).utcoffset()
        if said is not None and meant is not None and said != meant and not problem_of(local, known):
            yield line, _written(said), _written(meant)


def _written(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}" + (
        f":{seconds:02}" if seconds else ""
    )


@for_calendar(rule="zone-begins-late", severity=WARNING, reference=_VTIMEZONE)
def _time_before_the_zone_begins(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for zone in _zones(calendar):
        use = calendar.uses.get(zone.tzid)
        if use is None or zone.observances is None:
            continue
        early = [line for local, line in use.times.items() if zone.offset(local) is None]
        if early:
            yield min(early), f"The time is before the VTIMEZONE {quoted(zone.tzid)} begins to say an offset."


@for_calendar(rule="time-skipped", severity=WARNING, reference="RFC 5545 §3.3.5")
def _time_that_does_not_exist(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for local, line, tzid in _doubtful(calendar, "gap"):
        yield (
            line,
            f"{local:%Y-%m-%d %H:%M} does not exist in {tzid}: the clocks skip it. Programs show different hours.",
        )


@for_calendar(rule="time-repeated", severity=WARNING, reference="RFC 5545 §3.3.5")
def _time_that_comes_twice(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for local, line, tzid in _doubtful(calendar, "repeated"):
        yield line, f"{local:%Y-%m-%d %H:%M} comes twice in {tzid}. Programs disagree on which is meant; UTC says it."


def _doubtful(calendar: Calendar, problem: str) -> Iterator[tuple[datetime, int, str]]:
    for tzid, use in calendar.uses.items():
        zone = known_zone(tzid)
        for local, line in use.times.items() if zone else ():
            if zone and problem_of(local, zone) == problem:
                yield local, line, tzid
