"""VTIMEZONE from a zone's own rule (RFC 5545, 3.6.5), as every reader understands it.

A zone without daylight saving is one STANDARD block. One with a yearly rule has two blocks with RRULE, open-ended.
History that no rule tells is written as one RDATE a line: lists of dates are read an hour wrong by some.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.formats.content_lines import stamp
from eventrec.formats.ical.tzif import Onset, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.formats.ical.tzif import Footer, YearlyRule, Zone

_WEEKDAYS: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_FIRST: Final = datetime(1, 1, 2, tzinfo=UTC)
"""The first moment that every zone can say."""


def vtimezone(tzid: str, first: date, last: date) -> list[str]:
    """Return the lines of the VTIMEZONE that is right from the year before `first` to the year after `last`."""
    zone = load(tzid)
    start = max(datetime(max(first.year - 1, 1), 1, 1, tzinfo=UTC), _FIRST)
    end = datetime(min(last.year + 2, 9999), 1, 1, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}"]
    for block in _blocks(zone, start, end):
        lines += block
    return [*lines, "END:VTIMEZONE"]


def _blocks(zone: Zone, start: datetime, end: datetime) -> Iterable[list[str]]:
    history = [onset for onset in zone.onsets if start <= onset.moment < end]
    ruled = _ruled(zone, start, end)
    if not (ruled and ruled[0].moment <= start):
        yield _in_force(zone, start)
    rules: list[list[str]] = []
    if ruled and zone.footer is not None:
        written = _by_rule(zone.footer, ruled)
        if written is None:
            history += ruled
        else:
            rules = written
    for onsets in _alike(history):
        # Of a block with RDATEs ical.js takes those alone, so the first onset stands among them too.
        dates = onsets if len(onsets) > 1 else []
        yield _block(onsets[0], [f"RDATE:{stamp(onset.wall)}" for onset in dates])
    yield from rules


def _ruled(zone: Zone, start: datetime, end: datetime) -> list[Onset]:
    """Return the changes by yearly rule of the period and the year before, so that one is in force when it starts."""
    if zone.footer is None or end <= zone.governed_from:
        return []
    years = range(max(start.year - 1, zone.governed_from.year), end.year + 1)
    onsets = [onset for year in years for onset in zone.footer.onsets(year)]
    return [onset for onset in onsets if onset.moment >= zone.governed_from]


def _in_force(zone: Zone, start: datetime) -> list[str]:
    """Return the block of what holds when the period starts."""
    earlier = [onset for onset in zone.onsets if onset.moment < start]
    if earlier:
        return _block(earlier[-1], [])
    offset = zone.first_offset if zone.onsets or zone.footer is None else zone.footer.offset
    name = zone.first_name if zone.onsets or zone.footer is None else zone.footer.name
    known = min(start, datetime(1970, 1, 1, tzinfo=UTC))
    long_ago = known - min(timedelta(days=366), known - _FIRST) - timedelta(seconds=offset)
    return _block(Onset(long_ago, offset, offset, name, daylight=False), [])


def _alike(onsets: list[Onset]) -> Iterable[list[Onset]]:
    """Group onsets of the same change, keeping their order."""
    groups: dict[tuple[int, int, str, bool], list[Onset]] = {}
    for onset in onsets:
        groups.setdefault((onset.before, onset.after, onset.name, onset.daylight), []).append(onset)
    return groups.values()


def _by_rule(footer: Footer, onsets: list[Onset]) -> list[list[str]] | None:
    """Return the two blocks of a yearly rule; None where RRULE cannot say it."""
    if footer.summer is None or footer.winter is None:
        return None
    recurring = [_rrule(footer.summer), _rrule(footer.winter)]
    if None in recurring:
        return None
    blocks = []
    for daylight, rrule in ((True, recurring[0]), (False, recurring[1])):
        first = next(onset for onset in onsets if onset.daylight == daylight)
        blocks.append(_block(first, [str(rrule)]))
    return blocks


def _rrule(rule: YearlyRule) -> str | None:
    """Return the RRULE of a yearly change; None when the hours carry it across the end of a month."""
    days, _ = divmod(rule.seconds, 86400)
    weekday = _WEEKDAYS[(rule.weekday + days) % 7]
    if days == 0:
        week = "-1" if rule.week == 5 else str(rule.week)
        return f"RRULE:FREQ=YEARLY;BYMONTH={rule.month};BYDAY={week}{weekday}"
    lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    length = lengths[rule.month - 1]
    first = (length - 6 if rule.week == 5 else 7 * (rule.week - 1) + 1) + days
    if first < 1 or first + 6 > length or (rule.month == 2 and rule.week == 5):
        return None
    range_ = ",".join(str(day) for day in range(first, first + 7))
    return f"RRULE:FREQ=YEARLY;BYMONTH={rule.month};BYMONTHDAY={range_};BYDAY={weekday}"


def _block(onset: Onset, more: list[str]) -> list[str]:
    kind = "DAYLIGHT" if onset.daylight else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{stamp(onset.wall)}",
        f"TZOFFSETFROM:{_offset(onset.before)}",
        f"TZOFFSETTO:{_offset(onset.after)}",
        *([f"TZNAME:{onset.name}"] if onset.name else []),
        *more,
        f"END:{kind}",
    ]


def _offset(seconds: int) -> str:
    """Write an offset as ±HHMM, with seconds where there are any (RFC 5545, 3.3.14)."""
    sign = "-" if seconds < 0 else "+"
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}" + (f"{rest:02d}" if rest else "")
