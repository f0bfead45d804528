"""Hours of a day and time zones."""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from eventrec.errors import Rejected

_CLOCK: Final = (
    r"(?:(?P<{0}zh>上午|下午|晚上|中午|早上)\s*)?(?P<{0}hour>[0-9]{{1,2}})"
    r"(?:\s*[:.点時时]\s*(?P<{0}minute>[0-9]{{2}}|半)?\s*分?)?\s*(?P<{0}half>[ap]\.?m\.?)?"
)
_HOURS: Final = re.compile(
    rf"{_CLOCK.format('a')}(?:\s*(?:-|–|—|~|to|至|到|\.\.)\s*{_CLOCK.format('b')})?", re.IGNORECASE
)
_AFTERNOON: Final = ("下午", "晚上")


def read_hours(text: str) -> tuple[str, str | None]:
    """Return start and end of each day as HH:MM; the end is None when only a start is given.

    `09:00-17:00`, `9am-5pm`, `9:00至17:00`, `上午9点-下午5点`. Raises Rejected for hours that are impossible, that end
    before they start, or that can be read in two ways (`9-5`).
    """
    plain = unicodedata.normalize("NFKC", text).strip()[:100]
    found = _HOURS.fullmatch(plain)
    if not found:
        raise Rejected(f"“{text}” is not understood as hours.", "Write them as 09:00-17:00.")
    start = _clock(found, "a", text)
    if found["bhour"] is None:
        return start, None
    end = _clock(found, "b", text)
    if end <= start and found["azh"] in _AFTERNOON and found["bzh"] is None and int(found["bhour"]) < 12:
        end = f"{int(end[:2]) + 12:02d}{end[2:]}"
    bare = all(found[f"{which}{part}"] is None for which in "ab" for part in ("minute", "half", "zh"))
    if end <= start and bare and int(found["bhour"]) < 12 and "点" not in plain:
        late = f"{int(found['bhour']) + 12:02d}:00"
        raise Rejected(f"“{text}” can be read as {start}-{late} or {start}-{end}.", f"Write {start}-{late}.")
    if end <= start:
        raise Rejected(
            f"The hours end ({end}) before they start ({start}).",
            "They are the hours of each day; past midnight begins another day.",
        )
    return start, end


def _clock(found: re.Match[str], which: str, text: str) -> str:
    hour, minute = int(found[f"{which}hour"]), found[f"{which}minute"]
    minutes = 30 if minute == "半" else int(minute or 0)
    half = (found[f"{which}half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        raise Rejected(f"“{text}” is no time of day: {hour} {half}.", "Write it as 14:00.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif found[f"{which}zh"] in _AFTERNOON and hour < 12:
        hour += 12
    if hour > 23 or minutes > 59:
        raise Rejected(f"There is no {hour:02d}:{minutes:02d} in a day.", "Hours go from 00:00 to 23:59.")
    return f"{hour:02d}:{minutes:02d}"


def read_timezone(text: str) -> tuple[str, str | None]:
    """Return an IANA name, and a sentence when another name was meant than typed. Raises Rejected."""
    wanted = text.strip()
    if wanted.lower() in ("asia/beijing", "beijing", "北京", "北京时间"):
        return "Asia/Shanghai", f"{wanted} is kept as Asia/Shanghai, the name of its time zone."
    names = available_timezones()
    by_case = {name.lower(): name for name in names if not name.startswith(("posix/", "right/"))}
    if wanted.lower() in by_case:
        return by_case[wanted.lower()], None
    close = difflib.get_close_matches(wanted.lower(), by_case, n=3, cutoff=0.6)
    ends = [name for name in by_case if name.endswith(f"/{wanted.lower()}")]
    nearest = ", ".join(by_case[name] for name in dict.fromkeys([*ends, *close]))
    raise Rejected(
        f"There is no time zone “{wanted}”.", f"Nearest: {nearest}." if nearest else "Write it as Asia/Shanghai."
    )


def local_time_problem(day: date, clock: str, timezone: str) -> str | None:
    """Tell whether a wall-clock time does not exist that day ("gap"), or comes twice ("repeated")."""
    zone = ZoneInfo(timezone)
    wall = datetime.combine(day, time.fromisoformat(clock))
    first, second = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return None
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
    return "repeated" if exists else "gap"
