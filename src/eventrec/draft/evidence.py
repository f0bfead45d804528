"""What a rule found: a value, the words it was read from, and the reason.

Characters are counted from 0, ends exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

SURE: Final = 80
"""From this score on a value is an answer; below it is a question."""

WORTH_ASKING: Final = 40
"""Below this score a value is not even a question."""


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the release, from `start` up to and without `end`."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Tell whether both have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Evidence:
    """Words of the release as they stand there, and why they were believed."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Found:
    """What one rule found in one place; several spans where the value was put together from several words."""

    value: Any
    spans: tuple[Span, ...]
    language: str | None = None
    """The language of the words ("en", "zh"), for the check of one language against the other."""

    weight: int | None = None
    """How far this find is believed, where it is not the rule's own weight."""


@dataclass(frozen=True)
class Candidate:
    """A value that rules found for a field, all of their evidence together, and how far it is believed (0 to 100)."""

    value: Any
    evidence: tuple[Evidence, ...]
    score: int
    languages: frozenset[str] = field(default=frozenset())

    @property
    def sure(self) -> bool:
        """Tell whether it is an answer."""
        return self.score >= SURE
