"""Hours of a day and time zones."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from eventrec.errors import Rejected
from eventrec.text.numerals import arabic
from eventrec.text.places import find_city
from eventrec.text.typed import plain, shortened

_PARTS: Final = {
    "am": range(12), "pm": range(12, 24), "凌晨": range(7), "清晨": range(4, 10), "早上": range(4, 12),
    "早晨": range(4, 12), "上午": range(13), "中午": range(11, 15), "下午": range(12, 24), "傍晚": range(16, 21),
    "晚上": range(17, 24),
}  # fmt: skip
"""Parts of a day and the hours they may mean. 上午12点 is noon to most people, and midnight to a telephone."""

_CLOCK: Final = (
    r"(?P<{0}zh>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)?\s*(?P<{0}hour>\d{{1,2}})"
    r"(?P<{0}rest>[:.]\d{{2}}|\s*[点點时時](?:整|半|[13]刻|\d{{1,2}}分?)?)?\s*(?P<{0}en>[ap]\.?m\.?)?"
)
_HOURS: Final = rf"{_CLOCK.format('a')}(?:\s*(?:[-–—~至到]+|\bto\b|\.\.)\s*{_CLOCK.format('b')})?"
_MINUTES: Final = {"": 0, "整": 0, "半": 30, "1刻": 15, "3刻": 45}
_HINT: Final = "Write them as 09:00-17:00."
_BEIJING: Final = ("asia/beijing", "beijing", "北京", "北京时间")


def read_hours(text: str) -> tuple[str, str | None]:
    """Return start and end of each day as HH:MM; the end is None when only a start is given.

    `09:00-17:00`, `9am-5pm`, `9:00至17:00`, `上午9点-下午5点`. Raises Rejected for hours that are impossible, that do
    not end after they start, or that can be read in two ways (`9-5`, `2`).
    """
    written, quoted = arabic(plain(text, "A time of day").lower()), shortened(text)
    found = re.fullmatch(_HOURS, written)
    if not found:
        raise Rejected(f"“{quoted}” is not understood as hours.", _HINT)
    start = _clock(found, "a", quoted)
    if found["bhour"] is None:
        return _only(start, quoted), None
    return _both(start, _clock(found, "b", quoted), quoted)


@dataclass(frozen=True)
class _Clock:
    """A time as it was written: `part` of the day in words, or none; `figure` when it is a mere number."""

    hour: int
    minute: int
    part: str | None
    figure: bool
    by_12: bool

    @property
    def by_24(self) -> str:
        """The time by a clock of 24 hours."""
        return f"{self.hour:02d}:{self.minute:02d}"

    def readings(self, part: str | None) -> list[str]:
        """Return the times that can be meant, in a part of the day or in the whole of it."""
        both = [self.by_24, _later(self.by_24)] if self.by_12 else [self.by_24]
        return [clock for clock in both if part is None or int(clock[:2]) in _PARTS[part]]


def _clock(found: re.Match[str], which: str, text: str) -> _Clock:
    digits, rest = found[f"{which}hour"], found[f"{which}rest"] or ""
    half = (found[f"{which}en"] or "").replace(".", "")
    chinese = found[f"{which}zh"]
    hour, spoken = int(digits), rest.strip().lstrip(":.点點时時").removesuffix("分")
    minute = _MINUTES[spoken] if spoken in _MINUTES else int(spoken)
    if hour > 23 or minute > 59:
        raise Rejected(f"There is no {hour:02d}:{minute:02d} in a day.", "Hours go from 00:00 to 23:59.")
    by_12 = 1 <= hour <= 12 and digits[0] != "0"
    clock = _Clock(hour, minute, half or chinese, figure=by_12 and not rest, by_12=by_12 or bool(half and hour))
    if clock.part and (not clock.readings(clock.part) or (half and chinese) or (half and not 1 <= hour <= 12)):
        raise Rejected(f"“{text}” is no time of day: {hour}, {clock.part}.", "Write it by 24 hours: 14:00.")
    return clock


def _only(clock: _Clock, text: str) -> str:
    readings = clock.readings(clock.part) if clock.part or clock.figure else [clock.by_24]
    if len(readings) > 1:
        raise Rejected(
            f"“{text}” can be read as {readings[0]} or {readings[1]}.", f"Write {readings[0]} or {readings[1]}."
        )
    return readings[0]


def _both(start: _Clock, end: _Clock, text: str) -> tuple[str, str]:
    """Return start and end; where only one names its part of the day, the other takes it over if that can be."""
    if start.part is None and end.part is None:
        return _without_parts(start, end, text)
    starts, ends = (_choices(one, other, text) for one, other in ((start, end), (end, start)))
    for until in ends:
        for since in starts:
            if since < until:
                return since, until
    raise _past_midnight(starts[0], ends[0])


def _choices(clock: _Clock, other: _Clock, text: str) -> list[str]:
    if clock.part:
        return [_only(clock, text)]
    return [*clock.readings(other.part), *clock.readings(None)]


def _without_parts(start: _Clock, end: _Clock, text: str) -> tuple[str, str]:
    since, until = start.by_24, end.by_24
    if start.by_12 and end.by_12 and until <= since:
        later = f"{since}-{_later(until)}"
        raise Rejected(f"“{text}” can be read as {later} or {since}-{until}.", f"Write {later}.")
    if until <= since:
        raise _past_midnight(since, until)
    if start.figure and end.figure and end.hour < 12:
        raise Rejected(
            f"“{text}” can be read as {since}-{until} or {_later(since)}-{_later(until)}.",
            f"Write {since}-{until}, or {_later(since)}-{_later(until)}.",
        )
    return since, until


def _later(clock: str) -> str:
    return f"{(int(clock[:2]) + 12) % 24:02d}{clock[2:]}"


def _past_midnight(since: str, until: str) -> Rejected:
    return Rejected(
        f"The hours end at {until}, which is not after their start at {since}.",
        "They are the hours of each day, and hours past midnight are those of two days: leave the end out.",
    )


def read_timezone(text: str) -> tuple[str, str | None]:
    """Return an IANA name, and a sentence when another name was meant than typed. Raises Rejected.

    Older names that IANA still knows (`PRC`, `Asia/Chongqing`) are kept as typed: they have the same hours.
    """
    wanted = plain(text, "A time zone")
    if wanted.lower() in _BEIJING:
        return "Asia/Shanghai", f"{wanted} is kept as Asia/Shanghai, the name of its time zone."
    known = _timezones().get(wanted.lower().replace(" ", "_"))
    if known is None:
        raise Rejected(f"There is no time zone “{shortened(text)}”.", _nearest_timezones(wanted))
    return known, None


@cache
def _timezones() -> dict[str, str]:
    """Return the names of the package tzdata by their lower case: the same on every machine."""
    names = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {name.lower(): name for name in names if name != "Factory"}


def _nearest_timezones(wanted: str) -> str:
    # Etc/GMT+8 lies west of Greenwich: never offer it to somebody who typed UTC+8.
    by_case = {key: name for key, name in _timezones().items() if "/" in key and not key.startswith("etc/")}
    key = wanted.lower().replace(" ", "_")
    city = find_city(wanted)
    named = [city.timezone] if city else []
    ends = [name for lower, name in by_case.items() if lower.endswith(f"/{key}")]
    close = [by_case[lower] for lower in difflib.get_close_matches(key, by_case, n=3, cutoff=0.6)]
    nearest = list(dict.fromkeys([*named, *ends, *close]))
    if not nearest or re.search(r"[+-]\d", wanted):
        return "Name it by a city in it, as in Asia/Shanghai."
    return f"Nearest: {', '.join(nearest[:3])}."


def local_time_problem(day: date, clock: str, timezone: str) -> str | None:
    """Tell whether a wall-clock time does not exist that day ("gap"), or comes twice ("repeated")."""
    zone = ZoneInfo(timezone)
    wall = datetime.combine(day, time.fromisoformat(clock))
    first, second = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return None
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
    return "repeated" if exists else "gap"
