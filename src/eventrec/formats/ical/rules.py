"""Rules of repetition (RRULE, RFC 5545 §3.3.10): read strictly, and counted before anybody follows them.

A rule may name days that never come, or seconds without end. So it is tried first: each 400 years the calendar is the
same, and close to the year 9999 a search for a day that never comes is short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from eventrec.errors import Rejected
from eventrec.formats.content_lines import stamp
from eventrec.formats.ical.old_rules import from_version_1
from eventrec.formats.ical.when import in_zone_of, moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.incoming import Properties, Span, Window
    from eventrec.formats.line_reader import Line

_Day = TypeVar("_Day", date, datetime)

MOST_DAYS: Final = 2_000
"""Days of one series that are taken."""

_MOST_TRIED: Final = 100_000
_MOST_LISTED: Final = 400
_MOST_A_DAY: Final = 100
_AT_LEAST: Final = 100
_EXHAUSTED: Final = 300_000
_CYCLE: Final = 400
_BY_CLOCK: Final = ("SECONDLY", "MINUTELY", "HOURLY")
_FREQUENCIES: Final = (*_BY_CLOCK, "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_EFFORT: Final = dict.fromkeys(_FREQUENCIES, 1) | {"MONTHLY": 2, "YEARLY": 20}
_STEPS: Final = {
    "SECONDLY": timedelta(seconds=1), "MINUTELY": timedelta(minutes=1), "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1),
}  # fmt: skip
_DAYS: Final = "(?:MO|TU|WE|TH|FR|SA|SU)"
_LISTS: Final = {
    "BYSECOND": (0, 59), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53), "BYMONTH": (1, 12), "BYSETPOS": (-366, 366),
}  # fmt: skip
_BY_DAY: Final = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS")


@dataclass(frozen=True)
class Rule:
    """A rule that can be followed; `until` is the last moment, inclusive, as the local time of the start."""

    line: int
    parts: dict[str, str]
    count: int | None = None
    until: datetime | None = None

    def text(self, zone: str | None, whole_days: bool) -> str:
        """Return the rule as RRULE says it, UNTIL in the form that DTSTART asks for."""
        parts = dict(self.parts)
        if self.count is not None:
            parts["COUNT"] = str(self.count)
        elif self.until is not None:
            utc = self.until.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if zone else self.until
            parts["UNTIL"] = stamp(self.until.date()) if whole_days else f"{stamp(utc)}{'Z' if zone else ''}"
        return ";".join(f"{name}={value}" for name, value in parts.items())


@dataclass(frozen=True)
class Reach:
    """How far a rule goes: days before the window, in it and the last of these, and how many come after it.

    `after` is None where they have no end; `effort` is what it took to find out, about 5 microseconds each.
    """

    before: int
    within: int
    last: date | None
    after: int | None
    effort: int


def read_rule(line: Line, said: Properties, span: Span) -> Rule:
    """Return the rule that a line says. Raises Rejected for what RFC 5545 does not know or allow."""
    text = line.value.strip().upper()
    if "FREQ=" not in text:
        text = from_version_1(text)
    parts: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not value.strip() or len(value) > 2_000:
            raise _no_rule(line, part)
        if not name.startswith("X-"):
            parts[name.strip()] = value.replace(" ", "")
    _refuse_unknown(line, parts)
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    if _is_of_one_month(parts, span.start):  # the same days, found ten times as fast
        parts |= {"FREQ": "MONTHLY", "INTERVAL": str(12 * int(parts.get("INTERVAL", "1")))}
        parts.pop("BYMONTH", "")
    return Rule(line.number, parts, int(count) if count else None, _until(line, until, said, span) if until else None)


def _is_of_one_month(parts: dict[str, str], start: date) -> bool:
    """Tell whether a yearly rule names days of the month in which it starts and no others."""
    by_day = {name for name in _BY_DAY if name in parts}
    in_month = by_day <= {"BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"} and parts.get("BYMONTH") == str(start.month)
    return parts["FREQ"] == "YEARLY" and (not by_day or in_month)


def _refuse_unknown(line: Line, parts: dict[str, str]) -> None:
    if parts.get("FREQ") not in _FREQUENCIES:
        raise _no_rule(line, f"FREQ={parts.get('FREQ', '')}")
    for name, value in parts.items():
        if name in _LISTS:
            lowest, highest = _LISTS[name]
            numbers = value.split(",")
            good = len(numbers) <= _MOST_LISTED and all(
                re.fullmatch(r"[+-]?[0-9]{1,3}", each) and lowest <= int(each) <= highest for each in numbers
            )
            good = good and not (name not in ("BYSECOND", "BYMINUTE", "BYHOUR") and "0" in numbers)
        elif name in ("COUNT", "INTERVAL"):
            good = re.fullmatch("[0-9]{1,9}", value) is not None and int(value) > 0
        elif name == "BYDAY":
            good = re.fullmatch(rf"(?:[+-]?[0-9]{{0,2}}{_DAYS}(?:,|$))+", value) is not None
        elif name == "WKST":
            good = re.fullmatch(_DAYS, value) is not None
        else:
            good = name in ("FREQ", "UNTIL") or (name, value) == ("RSCALE", "GREGORIAN")
        if not good:
            raise _no_rule(line, f"{name}={value}")
    parts.pop("RSCALE", None)
    times = prod(parts.get(name, "").count(",") + 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if times > _MOST_A_DAY:
        raise Rejected(f"The rule in line {line.number} repeats more than {_MOST_A_DAY} times a day.")
    if parts["FREQ"] in _BY_CLOCK and any(name in parts for name in _BY_DAY):
        raise Rejected(f"The rule in line {line.number} repeats within a day on certain days; such are not taken.")


def _no_rule(line: Line, part: str) -> Rejected:
    return Rejected(f"The rule in line {line.number} ({line.name}) cannot be followed: {part[:40] or 'it is empty'}.")


def _until(line: Line, value: str, said: Properties, span: Span) -> datetime:
    moment, zone = moment_of(line, value, said)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(23, 59, 59))
    local = in_zone_of(moment, zone, span.zone)
    if not isinstance(span.start, datetime):
        return datetime.combine(local, time(23, 59, 59))
    return datetime.combine(local, local.time()) if isinstance(local, datetime) else moment


def reach_of(rule: Rule, start: date, window: Window) -> Reach:
    """Try a rule up to the end of the window, or to the most days that are taken. Raises Rejected for a hostile one."""
    if (start.date() if isinstance(start, datetime) else start) > window.last:
        return Reach(0, 0, None, rule.count, _AT_LEAST)
    cycles = (9999 - window.last.year) // _CYCLE
    first, last = _later(window.first, cycles), _later(window.last, cycles)
    until = _later(rule.until, cycles) if rule.until and rule.until.year + cycles * _CYCLE <= 9999 else None
    before = within = tried = of_day = 0
    day: date | None = None
    after: int | None = 0
    seen: datetime | None = None
    for moment in _moments(rule, start, cycles):
        if (until and moment > until) or tried == rule.count:
            break
        if moment.date() > last or within == MOST_DAYS:
            after = None if rule.count is None else rule.count - tried
            break
        tried += 1
        if tried > _MOST_TRIED:
            raise Rejected(f"The rule in line {rule.line} repeats more than {_MOST_TRIED:,} times.")
        day, of_day = moment.date(), of_day + 1 if moment.date() == day else 1
        if of_day > _MOST_A_DAY:
            raise Rejected(f"The rule in line {rule.line} repeats more than {_MOST_A_DAY} times a day.")
        if moment.date() < first:
            before += 1
        else:
            within, seen = within + 1, moment
    else:
        return _exhausted(rule, Reach(before, within, _sooner(seen, cycles), 0, _EXHAUSTED))
    return Reach(before, within, _sooner(seen, cycles), after, _AT_LEAST + tried * _EFFORT[rule.parts["FREQ"]])


def _exhausted(rule: Rule, reach: Reach) -> Reach:
    """Return how far a rule goes that does not come again for centuries, where it is not too slow to look on."""
    days = reach.before + reach.within
    if days != rule.count and (days == 0 or rule.parts["FREQ"] not in ("MONTHLY", "YEARLY")):
        raise Rejected(f"The rule in line {rule.line} names days that do not come.")
    return reach


def _moments(rule: Rule, start: date, cycles: int) -> Iterator[datetime]:
    """Yield the moments of a rule without its end, in the years where the search is short."""
    from dateutil.rrule import rrulestr

    bare = ";".join(f"{name}={value}" for name, value in rule.parts.items())
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    try:
        found: Any = rrulestr(bare, dtstart=_later(begin, cycles))
        yield from found
    except (ValueError, OverflowError) as error:
        raise Rejected(f"The rule in line {rule.line} names days that do not come.") from error


def moments(rule: Rule, start: date, first: date, last: date) -> list[datetime]:
    """Return the local times of a rule from one day to another, both inclusive. Raises Rejected for too many."""
    found: list[datetime] = []
    for tried, moment in enumerate(_moments(rule, _close_to(rule, start, first), 0)):
        if tried == rule.count or (rule.until is not None and moment > rule.until) or moment.date() > last:
            break
        if tried >= _MOST_TRIED:
            raise Rejected(f"The rule in line {rule.line} repeats more than {_MOST_TRIED:,} times.")
        if moment.date() >= first:
            found.append(moment)
    return found


def _close_to(rule: Rule, start: date, first: date) -> date:
    """Return a later start that a rule without COUNT does not tell from its own before the day `first`."""
    step = _STEPS.get(rule.parts["FREQ"])
    if step is None or rule.count is not None:
        return start
    step *= int(rule.parts.get("INTERVAL", "1"))
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    wanted = datetime.combine(first, time()) - begin - timedelta(weeks=2)
    return begin + wanted // step * step if wanted > step else start


def _later(day: _Day, cycles: int) -> _Day:
    return day.replace(year=day.year + cycles * _CYCLE)


def _sooner(day: datetime | None, cycles: int) -> date | None:
    return day.replace(year=day.year - cycles * _CYCLE).date() if day else None
