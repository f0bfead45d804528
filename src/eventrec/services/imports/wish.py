"""How an import is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

Mode = Literal["add", "fill", "update"]
MODES: Final[tuple[Mode, ...]] = ("add", "fill", "update")


@dataclass(frozen=True)
class Wish:
    """How an import is to be done; `today` is the day here, for dates without a year.

    `mode` says what happens to records that are known: `add` leaves them, `fill` fills what is empty, `update` takes
    the file's word. `names` says whether people with a name are within a delegation's head-count or come on top.
    """

    today: date
    kind: str | None = None
    event_id: int | None = None
    mode: Mode = "fill"
    names: Literal["included", "further"] | None = None
    source: str | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    """Fields by `heading_key`, of this call and of earlier ones."""

    decisions: Mapping[str, int] = field(default_factory=dict)
    """What a person decided about likely records, by `Likely.key`: the number in the book, or 0 for a new one."""

    with_people: bool = False
    """Add the people of somebody else's calendar who are not in the book."""

    again: bool = False
    """Take in people who were forgotten, since they agreed."""

    minimum_minutes: int | None = None
    minimum_share: int | None = None
    progress: Callable[[int], None] = lambda _: None
    """Told how many rows were read, from time to time."""
