"""A time zone's own data: its transitions and the rule after them (RFC 8536), from the package tzdata.

The package is the same on every machine, so a calendar has the same bytes everywhere.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NAME: Final = r"(?:<[^>]+>|[A-Za-z]+)"
_OFFSET: Final = r"([+-]?\d+(?::\d+){0,2})"
_FOOTER: Final = re.compile(rf"({_NAME}){_OFFSET}(?:({_NAME}){_OFFSET}?,([^,]+),([^,]+))?")
_RULE: Final = re.compile(r"M(\d+)\.(\d+)\.(\d+)(?:/([+-]?\d+(?::\d+){0,2}))?")


@dataclass(frozen=True)
class Onset:
    """A moment (UTC) from which another offset holds; offsets are seconds east of Greenwich."""

    moment: datetime
    before: int
    after: int
    name: str
    daylight: bool

    @property
    def wall(self) -> datetime:
        """The moment as the clocks before it showed it (RFC 5545, 3.6.5: an observance's DTSTART)."""
        return self.moment.replace(tzinfo=None) + timedelta(seconds=self.before)


@dataclass(frozen=True)
class YearlyRule:
    """The POSIX form `Mm.w.d/time`: in month m the w-th weekday d (0 is Sunday, w 5 is the last), `seconds` later."""

    month: int
    week: int
    weekday: int
    seconds: int

    def day(self, year: int) -> date:
        """Return that weekday in a year."""
        first = date(year, self.month, 1)
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        return day if day.month == self.month else day - timedelta(days=7)

    def wall(self, year: int) -> datetime:
        """Return the wall-clock time of the change."""
        day = self.day(year)
        return datetime(day.year, day.month, day.day) + timedelta(seconds=self.seconds)  # noqa: DTZ001


@dataclass(frozen=True)
class Footer:
    """What holds after the last transition: one offset for ever, or two with a yearly rule each."""

    offset: int
    name: str
    summer_offset: int = 0
    summer_name: str = ""
    summer: YearlyRule | None = None
    winter: YearlyRule | None = None

    def onsets(self, year: int) -> list[Onset]:
        """Return the two changes of a year, in order."""
        if self.summer is None or self.winter is None:
            return []
        found = []
        for rule, before, after, name, daylight in (
            (self.summer, self.offset, self.summer_offset, self.summer_name, True),
            (self.winter, self.summer_offset, self.offset, self.name, False),
        ):
            moment = (rule.wall(year) - timedelta(seconds=before)).replace(tzinfo=UTC)
            found.append(Onset(moment, before, after, name, daylight))
        return sorted(found, key=lambda onset: onset.moment)


@dataclass(frozen=True)
class Zone:
    """A zone's transitions up to where its yearly rule begins to govern, the offset before them, and the footer.

    `governed_from` is the first moment at which the yearly rule alone tells what happens.
    """

    onsets: tuple[Onset, ...]
    first_offset: int
    first_name: str
    footer: Footer | None
    governed_from: datetime


@lru_cache(maxsize=600)
def clock(tzid: str) -> ZoneInfo:
    """Return the zone as Python's own, from the same data as `load`. Raises LookupError."""
    from zoneinfo import ZoneInfo

    return ZoneInfo.from_file(BytesIO(_bytes(tzid)), key=tzid)


@lru_cache(maxsize=600)
def load(tzid: str) -> Zone:
    """Read a zone. Raises LookupError when there is none of that name."""
    onsets, first_offset, first_name, text, last = _read(_bytes(tzid))
    footer = _footer(text)
    ruled = _ruled(onsets, footer, last)
    governed = onsets[ruled].moment if ruled < len(onsets) else last + timedelta(seconds=1)
    return Zone(tuple(onsets[:ruled]), first_offset, first_name, footer, governed)


def _bytes(tzid: str) -> bytes:
    import tzdata  # type: ignore[import-untyped]

    try:
        found = Path(tzdata.__file__).with_name("zoneinfo").joinpath(*tzid.split("/")).read_bytes()
    except (OSError, ValueError) as error:
        raise LookupError(tzid) from error
    if not found.startswith(b"TZif"):
        raise LookupError(tzid)
    return found


def _read(data: bytes) -> tuple[list[Onset], int, str, str, datetime]:
    """Read the second, 64-bit block (RFC 8536, 3.1), the footer behind it, and the moment of the last transition."""
    header = struct.Struct(">4sc15x6l")
    _, _, *counts = header.unpack_from(data)
    utc, std, leap, times, types, chars = counts
    start = header.size + times * 5 + types * 6 + chars + leap * 8 + std + utc
    _, _, *counts = header.unpack_from(data, start)
    utc, std, leap, times, types, chars = counts
    at = start + header.size
    moments = struct.unpack_from(f">{times}q", data, at)
    kinds = struct.unpack_from(f">{times}B", data, at + times * 8)
    at += times * 9
    infos = [struct.unpack_from(">lbB", data, at + 6 * index) for index in range(types)]
    names = data[at + types * 6 : at + types * 6 + chars]
    footer = data[at + types * 6 + chars + leap * 12 + std + utc :].strip(b"\n").decode()

    def name(index: int) -> str:
        return names[index : names.index(b"\0", index)].decode()

    onsets: list[Onset] = []
    offset, daylight = infos[0][0], bool(infos[0][1])
    for seconds, kind in zip(moments, kinds, strict=True):
        after, is_daylight, index = infos[kind]
        moment = _EPOCH + timedelta(seconds=max(seconds, -(2**36)))
        if moment.year > 1 and (after != offset or bool(is_daylight) != daylight):
            ahead = after > offset and (bool(is_daylight) or daylight)
            onsets.append(Onset(moment, offset, after, name(index), ahead))
        offset, daylight = after, bool(is_daylight)
    last = _EPOCH + timedelta(seconds=moments[-1]) if moments else datetime.min.replace(tzinfo=UTC)
    return onsets, infos[0][0], name(infos[0][2]), footer, last


def _footer(text: str) -> Footer | None:
    found = _FOOTER.fullmatch(text)
    if not found:
        return None
    name, offset, summer_name, summer_offset, starts, ends = found.groups()
    east = -_seconds(offset)
    if not summer_name:
        return Footer(east, _plain(name))
    summer = -_seconds(summer_offset) if summer_offset else east + 3600
    one, other = _rule(starts), _rule(ends)
    if one is None or other is None:
        return None
    if summer < east:  # Ireland's winter time is "daylight saving" of minus one hour: to a calendar it is winter
        return Footer(summer, _plain(summer_name), east, _plain(name), other, one)
    return Footer(east, _plain(name), summer, _plain(summer_name), one, other)


def _plain(name: str) -> str:
    return name.strip("<>")


def _rule(text: str) -> YearlyRule | None:
    found = _RULE.fullmatch(text)
    if not found:
        return None
    month, week, weekday = (int(part) for part in found.groups()[:3])
    return YearlyRule(month, week, weekday, _seconds(found[4]) if found[4] else 7200)


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = [*(int(part) for part in text.lstrip("+-").split(":")), 0, 0][:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)


def _ruled(onsets: list[Onset], footer: Footer | None, last: datetime) -> int:
    """Return the index of the first transition from which on all are those of the yearly rule.

    `last` may be later than any of them: the rule says nothing of a year before it in which the clocks stood still.
    """
    if footer is None or footer.summer is None or not onsets:
        return len(onsets)
    predicted = [
        onset
        for year in range(onsets[0].moment.year, last.year + 1)
        for onset in footer.onsets(year)
        if onset.moment <= last
    ]
    at = len(onsets)
    while at and predicted:
        mine, rule = onsets[at - 1], predicted.pop()
        if (mine.moment, mine.after) != (rule.moment, rule.after) or mine.before != rule.before:
            break
        at -= 1
    return at
