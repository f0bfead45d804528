"""Counts what came of the tries of one fault, and says of each that went wrong how to try it again."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.conftest import Survived


@dataclass
class Score:
    """The tries of one fault."""

    fault: str
    tries: int = 0
    survived: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, about: str, problems: list[str], *, lost: bool = False) -> None:
        """Count a try; `about` is its seed and moment, `problems` what was wrong, `lost` that something saved went."""
        self.tries += 1
        self.survived += not problems
        self.lost += lost
        self.wrong += [f"{self.fault}, {about}: {problem}" for problem in problems]

    def settle(self, tally: Survived) -> None:
        """Note the row of the table; fails the test when anything was wrong."""
        for line in self.wrong[:20]:
            sys.stderr.write(f"{line}\n")
        tally(self.fault, tries=self.tries, survived=self.survived, lost=self.lost)
