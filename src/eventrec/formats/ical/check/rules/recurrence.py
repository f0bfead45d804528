"""How an entry repeats (RFC 5545 §3.3.10, §3.8.5)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import BROKEN, WARNING, for_component, for_property
from eventrec.formats.ical.check.rules.types import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property

_RULE: Final = "RFC 5545 §3.3.10"
_FREQUENCIES: Final = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UP_TO: Final = {"BYSECOND": (0, 60), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTH": (1, 12)}
_FROM_THE_END: Final = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_PARTS: Final = ("FREQ", "UNTIL", "COUNT", "INTERVAL", "BYDAY", "WKST", *_UP_TO, *_FROM_THE_END, "RSCALE", "SKIP")
_BYDAY: Final = re.compile(r"(?:[+-]?(?:0?[1-9]|[1-4][0-9]|5[0-3]))?(?:SU|MO|TU|WE|TH|FR|SA)")
_NUMBERED: Final = re.compile(r"[+-]?[0-9]")
_BY: Final = ("BYDAY", *_UP_TO, *(name for name in _FROM_THE_END if name != "BYSETPOS"))


def parts(line: Property) -> dict[str, str]:
    """Return the parts of a rule by their names, in capitals."""
    pairs = (each.partition("=") for each in line.value.upper().split(";"))
    return {name: value for name, _, value in pairs}


@for_property("RRULE", "EXRULE", rule="recurrence-rule", severity=BROKEN, reference=_RULE)
def _rule_that_is_none(line: Property, _: Component) -> Iterator[str]:
    said = parts(line)
    if said.get("FREQ") not in _FREQUENCIES:
        yield f"{line.name} has no FREQ that is one of {', '.join(_FREQUENCIES)}."
    for name in ("COUNT", "INTERVAL"):
        if name in said and not (re.fullmatch("[0-9]{1,9}", said[name]) and int(said[name]) > 0):
            yield f"{line.name}: {name} is {quoted(said[name])}; it is a number from 1."
    for name in said:
        if name and name not in _PARTS and not name.startswith("X-"):
            yield f"{line.name} has the part {quoted(name)}, which is none; programs repeat without it."
    if "UNTIL" in said and values.moment(said["UNTIL"]) is None:
        yield f"{line.name}: UNTIL is {quoted(said['UNTIL'])}, which is no date."
    yield from _numbers(line.name, said)


def _numbers(property_: str, said: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with the lists of a rule."""
    for name, (lowest, highest) in _UP_TO.items():
        for each in said[name].split(",") if name in said else ():
            month = each.removesuffix("L") if name == "BYMONTH" else each  # RFC 7529 §4: leap months
            if not (re.fullmatch("[0-9]{1,2}", month) and lowest <= int(month) <= highest):
                yield f"{property_}: {name} is {quoted(each)}; it goes from {lowest} to {highest}."
    for name, most in _FROM_THE_END.items():
        for each in said[name].split(",") if name in said else ():
            if not (re.fullmatch("[+-]?[0-9]{1,3}", each) and 1 <= abs(int(each)) <= most):
                yield f"{property_}: {name} is {quoted(each)}; it goes from 1 to {most}, or from -{most} to -1."
    for each in said["BYDAY"].split(",") if "BYDAY" in said else ():
        if not _BYDAY.fullmatch(each):
            yield f"{property_}: BYDAY is {quoted(each)}; it is written MO or, for the second Monday, 2MO."
    if said.get("WKST", "MO") not in _WEEKDAYS:
        yield f"{property_}: WKST is {quoted(said['WKST'])}; it is one of {', '.join(_WEEKDAYS)}."


@for_property("RRULE", "EXRULE", rule="recurrence-part", severity=WARNING, reference=_RULE)
def _part_that_does_not_fit(line: Property, _: Component) -> Iterator[str]:
    said, frequency = parts(line), parts(line).get("FREQ", "")
    if "" in said:
        yield f"{line.name} has an empty part."
    if len(said) < line.value.count(";") + 1 and "" not in said:
        yield f"{line.name} has a part twice."
    if "COUNT" in said and "UNTIL" in said:
        yield f"{line.name} has COUNT and UNTIL; only one of them may stand."
    if _NUMBERED.match(said.get("BYDAY", "")) and (frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in said):
        yield f"{line.name}: a number in BYDAY means something for months and years only."
    if "BYSETPOS" in said and not any(name in said for name in _BY):
        yield f"{line.name}: BYSETPOS chooses among other BY… parts, and there is none."
    for name, only in (("BYWEEKNO", ("YEARLY",)), ("BYMONTHDAY", None), ("BYYEARDAY", None)):
        if name in said and (frequency not in only if only else _is_never(name, frequency)):
            yield f"{line.name}: {name} does not go with FREQ={frequency}."


def _is_never(name: str, frequency: str) -> bool:
    return frequency == "WEEKLY" if name == "BYMONTHDAY" else frequency in ("DAILY", "WEEKLY", "MONTHLY")


@for_component("VEVENT", "VTODO", "VJOURNAL", rule="until-type", severity=WARNING, reference=_RULE)
def _until_of_another_type(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    start = entry.one("DTSTART")
    first = values.moment(start.value) if start else None
    for line in entry.all("RRULE", "EXRULE"):
        until = values.moment(parts(line).get("UNTIL", ""))
        if first is None or until is None or start is None:
            continue
        if isinstance(first, datetime) != isinstance(until, datetime):
            which = "a day and DTSTART has a time" if isinstance(first, datetime) else "a time and DTSTART is a day"
            yield line.line, f"UNTIL is {which}; some programs lose the last day."
        elif isinstance(first, datetime):
            zoned = values.is_utc(first) or "TZID" in start.parameters
            if zoned != values.is_utc(until):
                want = (
                    "has to be in UTC, as DTSTART has a zone" if zoned else "must not be in UTC, as DTSTART has no zone"
                )
                yield line.line, f"UNTIL {want}."


@for_component("VEVENT", "VTODO", "VJOURNAL", rule="no-occurrence", severity=WARNING, reference=_RULE, client="khal")
def _until_before_start(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    first = values.moment(entry.text("DTSTART"))
    for line in entry.all("RRULE"):
        until = values.moment(parts(line).get("UNTIL", ""))
        # Less than a day may be the difference between two zones.
        if first is not None and until is not None and until.toordinal() < first.toordinal() - 1:
            yield line.line, "UNTIL is before DTSTART: the rule gives no day, and khal leaves the entry out."


@for_component("VEVENT", "VTODO", "VJOURNAL", rule="rules-several", severity=WARNING, reference="RFC 5545 §3.6.1")
def _several_rules(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    lines = entry.all("RRULE")
    if len(lines) > 1:
        yield lines[1].line, "The entry has more than one RRULE; most programs follow one of them."


@for_component(
    "VEVENT", "VTODO", "VJOURNAL", rule="rule-without-start", severity=WARNING, reference="RFC 5545 §3.8.5.3"
)
def _rule_without_start(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if "RRULE" in entry.properties and "DTSTART" not in entry.properties:
        yield entry.properties["RRULE"][0].line, "RRULE needs a DTSTART to count from."


@for_property("EXRULE", rule="exrule", severity=WARNING, reference="RFC 5545 §8.3.2")
def _rule_of_exceptions(_line: Property, _: Component) -> Iterator[str]:
    yield "EXRULE was withdrawn; programs show the days that it takes out."


@for_component(
    "VEVENT", "VTODO", "VJOURNAL", rule="recurrence-id-and-rule", severity=WARNING, reference="RFC 5545 §3.8.4.4"
)
def _recurrence_id_beside_a_rule(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if "RECURRENCE-ID" in entry.properties and "RRULE" in entry.properties:
        yield (
            entry.properties["RECURRENCE-ID"][0].line,
            "RECURRENCE-ID stands beside an RRULE: is it one day, or a series?",
        )


@for_component("VEVENT", "VTODO", "VJOURNAL", rule="exception-type", severity=WARNING, reference="RFC 5545 §3.8.5.1")
def _dates_of_another_type(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    first = values.moment(entry.text("DTSTART"))
    if first is None:
        return
    for line in entry.all("EXDATE", "RDATE"):
        for text in parts_of(line):
            found = values.moment(text)
            if found is not None and isinstance(found, datetime) != isinstance(first, datetime):
                kind = "a day, DTSTART has a time" if isinstance(first, datetime) else "a time, DTSTART is a day"
                yield line.line, f"{line.name} is {kind}; programs do not find the day that is meant."
                break
