"""What a check finds, counted in full and kept in part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT: Final = 20
"""Findings of one rule that are kept; the others are only counted."""

_LONGEST: Final = 60


class Severity(StrEnum):
    """How bad a finding is.

    BROKEN: a program refuses the file, leaves the entry out or reads something else than is meant. WARNING: a rule is
    broken that programs forgive, or a named program does something unexpected. NOTE: worth knowing, nothing is wrong.
    """

    BROKEN = "broken"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Rule:
    """A rule by its name, with the paragraph of the standard and the programs that it is about, if any."""

    name: str
    severity: Severity
    reference: str = ""
    client: str = ""


@dataclass(frozen=True)
class Finding:
    """What is wrong in a line of the file, from 1."""

    line: int
    rule: Rule
    message: str


@dataclass(frozen=True)
class Checked:
    """What was found in a file: counts of everything, and the findings kept, by line.

    `more` says of a rule how many findings were counted and not kept.
    """

    events: int
    findings: Sequence[Finding]
    counts: Counter[Severity]
    more: dict[str, int]

    @property
    def broken(self) -> int:
        """How many findings are BROKEN, those that were not kept too."""
        return self.counts[Severity.BROKEN]

    @property
    def warnings(self) -> int:
        """How many findings are WARNINGs, those that were not kept too."""
        return self.counts[Severity.WARNING]

    @property
    def notes(self) -> int:
        """How many findings are NOTEs, those that were not kept too."""
        return self.counts[Severity.NOTE]


@dataclass
class Findings:
    """Findings as they come in."""

    number: int = 0
    _kept: list[Finding] = field(default_factory=list)
    _by_rule: Counter[Rule] = field(default_factory=Counter)

    def add(self, rule: Rule, line: int, message: str) -> None:
        """Count a finding, and keep it if it is among the first of its rule."""
        self.number += 1
        self._by_rule[rule] += 1
        if self._by_rule[rule] <= KEPT:
            self._kept.append(Finding(line, rule, message))

    def checked(self, events: int) -> Checked:
        """Return everything found, by line."""
        counts: Counter[Severity] = Counter()
        for rule, number in self._by_rule.items():
            counts[rule.severity] += number
        more = {rule.name: number - KEPT for rule, number in self._by_rule.items() if number > KEPT}
        return Checked(events, sorted(self._kept, key=lambda finding: finding.line), counts, more)


def quoted(text: str) -> str:
    """Return a piece of the file as a message shows it, in quotes and shortened."""
    return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else f"“{text}”"
