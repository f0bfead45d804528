"""What an attendance report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PLATFORMS: Final = {"zoom": "Zoom", "teams": "Microsoft Teams", "tencent": "Tencent Meeting"}
"""The platforms whose reports are recognised, and what people call them."""


@dataclass(frozen=True)
class Layout:
    """A report as it was understood: the row of its headings (from 0) and the column of each field."""

    platform: str
    head_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    """By field: what stands above its column."""

    detailed: bool
    """A row for each time that somebody joined; else one row for each person."""

    seconds: int | None = None
    """How long the meeting was, as the report's summary says."""


@dataclass(frozen=True)
class Entry:
    """Somebody's time in the meeting. `joined` and `left` are local as printed, without a zone.

    `left` is empty for somebody who was still there when the report was made. `seconds` is the duration that the report
    states, else the time between the two, 0 when it cannot be known. A row for a person and not for each time may have
    fewer `seconds` than lie between `joined` and `left`.
    """

    row: int
    name: str
    email: str
    joined: datetime | None
    left: datetime | None
    seconds: int
    guest: bool | None = None
    role: str = ""
    agency: str = ""
    """The company or unit that the report prints beside the name."""


@dataclass(frozen=True)
class LogProblem:
    """A row (from 1) that cannot be taken; `column` is its heading, empty where the whole row is meant."""

    row: int
    column: str
    message: str
