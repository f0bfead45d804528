"""What is measured and what is to be reached: the rows of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.measure import Measured, Side

    Figures = Mapping[str, Measured]

OURS: Final = "eventrec"


@dataclass(frozen=True)
class Verdict:
    """What a target came to. `met` is None when it could not be measured."""

    target: str
    reached: str
    met: bool | None


@dataclass(frozen=True)
class Target:
    """Something to be reached, in words, and how it is seen in the figures."""

    words: str
    needs: tuple[str, ...]
    judged: Callable[[Figures], tuple[str, bool]]

    def verdict(self, figures: Figures) -> Verdict:
        """Judge; of a side that failed or was not there nothing can be said, unless it is eventrec: that is not met."""
        for name in self.needs:
            if name not in figures or not figures[name].seconds:
                return Verdict(self.words, f"{name} was not run", None)
        for each in [figures[name] for name in self.needs if figures[name].failure]:
            told = f"{each.side.name} {each.failure}"
            if each.side.name.startswith(OURS):
                return Verdict(self.words, told, False)
            if not each.ended:
                return Verdict(self.words, told, None)
        told, met = self.judged(figures)
        if any(figures[name].ended for name in self.needs):
            return Verdict(self.words, f"{told} or better", met or None)
        return Verdict(self.words, told, met)


@dataclass(frozen=True)
class Row:
    """One work, done by eventrec and by others in turn.

    `place` is the row of the table that it belongs to. `checked` looks at what was written, says in words what is the
    same, and raises Differs.
    """

    key: str
    place: str
    work: str
    sides: Sequence[Side]
    targets: Sequence[Target] = ()
    runs: int = 5
    checked: Callable[[Figures], str] | None = None
    note: str = ""


@dataclass
class Result:
    """A row with its figures."""

    row: Row
    figures: Figures
    same: str = ""
    verdicts: list[Verdict] = field(default_factory=list)


class Differs(Exception):
    """Those who should have done the same work did not."""


def at_most(most: float, theirs: str, ours: str = OURS) -> Target:
    """So many times the seconds of a floor, at most."""

    def judged(figures: Figures) -> tuple[str, bool]:
        ratio = figures[ours].median / figures[theirs].median
        return f"{shown(ratio)}×", ratio <= most

    return Target(f"≤ {most:g}× of {theirs}", (ours, theirs), judged)


def faster(least: float, theirs: str, ours: str = OURS) -> Target:
    """So many times faster than a peer, at least."""

    def judged(figures: Figures) -> tuple[str, bool]:
        ratio = figures[theirs].median / figures[ours].median
        return f"{shown(ratio)}× faster", ratio >= least

    return Target(f"≥ {least:g}× faster than {theirs}", (ours, theirs), judged)


def within(megabytes: float, ours: str = OURS) -> Target:
    """So much memory at the peak, at most."""

    def judged(figures: Figures) -> tuple[str, bool]:
        peak = figures[ours].megabytes
        return f"{peak:.0f} MB", peak <= megabytes

    return Target(f"≤ {megabytes:g} MB", (ours,), judged)


def beyond(most: float, pairs: tuple[tuple[str, str], tuple[str, str]], words: str) -> Target:
    """So many times a floor, at most, when both are without what the same command takes with as good as no records."""
    (ours, ours_idle), (theirs, theirs_idle) = pairs

    def judged(figures: Figures) -> tuple[str, bool]:
        own = max(figures[ours].median - figures[ours_idle].median, 0.0)
        other = max(figures[theirs].median - figures[theirs_idle].median, 1e-6)
        return f"{shown(own / other)}×", own / other <= most

    return Target(words, (ours, ours_idle, theirs, theirs_idle), judged)


def shown(ratio: float) -> str:
    """Return a ratio with as many figures as mean something."""
    if ratio >= 100:
        return f"{ratio:.0f}"
    return f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"
