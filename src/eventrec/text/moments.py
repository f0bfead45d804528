"""A day or a moment of the past, as people type it after `--as-of`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected, UsageError
from eventrec.patterns import late
from eventrec.text.dates import read_bound, say_date

if TYPE_CHECKING:
    from collections.abc import Callable

_MOMENT: Final = late(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)\s*(?P<zone>Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)


@dataclass(frozen=True)
class AsOf:
    """A moment of the past: `moment` in UTC (`YYYY-MM-DDTHH:MM:SSZ`, inclusive), `day` here, in words, and as typed."""

    moment: str
    day: date
    said: str
    typed: str = ""

    @property
    def sentence(self) -> str:
        """What stands under every answer that the history gave."""
        return f"As of {self.said}, from the history."


def read_as_of(text: str, now: datetime, local: Callable[[datetime], datetime]) -> AsOf:
    """Return the moment that is meant: a day, month or year is its end here, today is now.

    `2025-03-01T12:00` is a moment here, and elsewhere with Z or an offset. `now` is the present moment here, and
    `local` gives a naive moment its offset here. Raises Rejected, and UsageError for what is still to come.
    """
    return replace(_meant(text.strip(), now, local), typed=text.strip())


def _meant(text: str, now: datetime, local: Callable[[datetime], datetime]) -> AsOf:
    if found := _MOMENT.fullmatch(text):
        moment = _moment(found, text, local)
        return _past(moment, now, f"{say_date(moment.date())}, {_clock(moment)},")
    day = read_bound(text, now.date(), last=True)
    if day == now.date():
        return _past(now, now, text)
    end = local(datetime.combine(day + timedelta(days=1), time()))
    last = _past(end - timedelta(seconds=1), now, say_date(day)).moment
    return AsOf(last, day, f"{say_date(day)}, 24:00 ({_offset(end)})")


def say_here(moment: str, local: Callable[[datetime], datetime]) -> str:
    """Return a moment in UTC (`YYYY-MM-DDTHH:MM:SSZ`) as the clock here shows it, with its zone: how people read it.

    `local` brings a moment to the zone here. “2026-01-02 11:04 +08:00”; seconds are left out. What is no moment comes
    back as it is: a damaged book, or a backup of somebody else, may hold anything.
    """
    try:
        here = local(datetime.fromisoformat(moment))
    except (ValueError, OverflowError, OSError):
        return moment
    zone = here.strftime("%z")
    return f"{here:%Y-%m-%d %H:%M} {zone[:3]}:{zone[3:5]}"


def _moment(found: re.Match[str], text: str, local: Callable[[datetime], datetime]) -> datetime:
    zone = (found["zone"] or "").upper().replace("Z", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{found['day']}T{found['time']}{zone}")
        return moment if zone else local(moment)
    except (ValueError, OverflowError) as error:
        raise Rejected(f"“{text}” is no moment.", "Write it as 2025-03-01T12:00, or name a day.") from error


def _past(moment: datetime, now: datetime, named: str) -> AsOf:
    if moment > now:
        raise UsageError(
            f"{named} is still to come; it is {say_date(now.date())}, {_clock(now)} now.",
            "Name a day or a moment that is past.",
        )
    said = f"{say_date(moment.date())}, {_clock(moment)}"
    return AsOf(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z", moment.date(), said)


def _clock(moment: datetime) -> str:
    """Return a moment's time of day, with how far its clock is from UTC: "11:45 (UTC+08:00)"."""
    return f"{moment.strftime('%H:%M:%S').removesuffix(':00')} ({_offset(moment)})"


def _offset(moment: datetime) -> str:
    """Return how far a moment's clock is from UTC: "UTC+08:00"."""
    written = moment.strftime("%z")
    return "UTC" if not int(written[1:5]) else f"UTC{written[:3]}:{written[3:5]}"
