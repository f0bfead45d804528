"""A VTIMEZONE of the file, as far as it tells an offset: to be held against the zone of the same name."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.tzif import clock
from eventrec.formats.line_reader import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from eventrec.formats.ical.check.tree import Component

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY: Final = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNDERSTOOD: Final = {"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "INTERVAL", "WKST", "BYHOUR", "BYMINUTE"}
_MOST_DATES: Final = 500
_MOST_OBSERVANCES: Final = 100


@dataclass(frozen=True)
class Observance:
    """STANDARD or DAYLIGHT: from when on, by the clock before it, which offset holds. `dates` are in order."""

    start: datetime
    before: timedelta
    after: timedelta
    rule: dict[str, str]
    dates: tuple[datetime, ...]
    _onsets: dict[int, datetime | None] = field(default_factory=dict, compare=False)

    def latest(self, local: datetime) -> datetime | None:
        """Return the last onset that is not after a local time."""
        if local < self.start:
            return self._date_before(local)
        onsets = [each for each in (self.start, self._date_before(local)) if each]
        if self.rule:
            until = values.moment(self.rule.get("UNTIL", ""))
            last = local if until is None else min(local, self._wall(until))
            for year in range(last.year, max(last.year - 2, self.start.year - 1), -1):
                if year not in self._onsets:
                    self._onsets[year] = self._onset(year)
                onset = self._onsets[year]
                if onset and self.start <= onset <= last:
                    onsets.append(onset)
                    break
        return max(onsets, default=None)

    def _date_before(self, local: datetime) -> datetime | None:
        at = bisect_right(self.dates, local)
        return self.dates[at - 1] if at else None

    def _wall(self, until: date) -> datetime:
        """Return UNTIL by the clock before the change."""
        if not isinstance(until, datetime):
            return datetime.combine(until, time.max)
        try:
            return until.replace(tzinfo=None) + self.before if until.tzinfo else until
        except OverflowError:
            return datetime.combine(date.max, time.max)

    def _onset(self, year: int) -> datetime | None:
        """Return the onset of a year by the rule."""
        month = int(self.rule.get("BYMONTH") or self.start.month)
        days = list(_days(year, month))
        if wanted := self.rule.get("BYMONTHDAY"):
            numbers = {int(each) for each in wanted.split(",")}
            days = [day for day in days if day.day in numbers or day.day - len(days) - 1 in numbers]
        elif "BYDAY" not in self.rule:
            days = [day for day in days if day.day == self.start.day]
        if found := _BYDAY.fullmatch(self.rule.get("BYDAY", "")):
            days = [day for day in days if day.weekday() == _WEEKDAYS.index(found[2])]
            at = int(found[1] or 1)
            days = days[at - 1 : at] if at > 0 else days[at : at + 1 or None]
        return datetime.combine(days[0], self.start.time()) if days else None


@dataclass
class Zone:
    """A VTIMEZONE: where it begins, its name, and its observances; None when one of them is not understood.

    `length` counts its lines, unfolded.
    """

    line: int
    tzid: str
    observances: list[Observance] | None
    length: int = 0

    def offset(self, local: datetime) -> timedelta | None:
        """Return the offset that holds at a local time; None before the first onset and where it is not understood."""
        onsets = [(each.latest(local), each.after) for each in self.observances or ()]
        known = [(onset, after) for onset, after in onsets if onset is not None]
        return max(known, key=lambda each: each[0])[1] if known else None


@dataclass
class Use:
    """Where a zone is named: the first line, and local times with their first lines."""

    line: int
    times: dict[datetime, int] = field(default_factory=dict)


def zone_of(component: Component) -> Zone:
    """Read a VTIMEZONE as far as it can be understood."""
    observances: list[Observance] | None = []
    for each in component.components:
        if each.name in ("STANDARD", "DAYLIGHT"):
            read = _observance(each)
            observances = [*observances, read] if read and observances is not None else None
            if observances is None or len(observances) > _MOST_OBSERVANCES:
                observances = None
                break
    length = sum(2 + sum(map(len, each.properties.values())) for each in component.walk())
    return Zone(component.line, unescape(component.text("TZID")), observances or None, length)


def _observance(component: Component) -> Observance | None:
    start = values.moment(component.text("DTSTART"))
    before, after = values.offset(component.text("TZOFFSETFROM")), values.offset(component.text("TZOFFSETTO"))
    rule = dict(part.upper().partition("=")[::2] for part in component.text("RRULE").split(";") if part)
    dates = [values.moment(each) for line in component.all("RDATE") for each in line.value.split(",")]
    local = [each for each in dates if isinstance(each, datetime) and each.tzinfo is None]
    if not isinstance(start, datetime) or start.tzinfo or before is None or after is None:
        return None
    if len(local) < len(dates) or len(dates) > _MOST_DATES or not _is_yearly(rule):
        return None
    return Observance(start, before, after, rule, tuple(sorted(local)))


def _is_yearly(rule: dict[str, str]) -> bool:
    """Tell whether a rule is none, or of the kind by which clocks are changed."""
    if not rule:
        return True
    numbers = [rule.get("BYMONTH", "1"), rule.get("INTERVAL", "1"), *rule.get("BYMONTHDAY", "1").split(",")]
    return (
        rule.get("FREQ") == "YEARLY"
        and rule.keys() <= _UNDERSTOOD
        and all(re.fullmatch(r"-?[0-9]{1,2}", each) for each in numbers)
        and 1 <= int(numbers[0]) <= 12
        and numbers[1] == "1"
        and ("BYDAY" not in rule or _BYDAY.fullmatch(rule["BYDAY"]) is not None)
    )


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        if day == date.max:
            return
        day += timedelta(days=1)


def known_zone(tzid: str) -> ZoneInfo | None:
    """Return the zone of that name, in the IANA database; None when there is none."""
    try:
        return clock(tzid) if re.fullmatch(r"[A-Za-z0-9_+/-]{1,60}", tzid) else None
    except (LookupError, ValueError):  # the package holds files that are no zones
        return None


def is_windows_zone(tzid: str) -> bool:
    """Tell whether a zone is named as Windows names it."""
    from babel.core import get_global

    return tzid in get_global("windows_zone_mapping")


def problem_of(local: datetime, zone: ZoneInfo) -> str:
    """Tell whether the clocks skip a local time ("gap") or show it twice ("repeated"); empty for any other."""
    first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return ""
    try:
        exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
    except OverflowError:
        return ""
    return "repeated" if exists else "gap"
