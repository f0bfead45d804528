"""Where two records say different things, and what somebody decides about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import ChoiceNeeded, UsageError
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

KEEP, OTHER, SUM = "keep", "other", "sum"
ALL: Final = "*"
"""The key of a preference for everything that has none of its own."""


@dataclass(frozen=True)
class Clash:
    """One thing that the two records say differently; `choices` are words for `--prefer`."""

    key: str
    keep: str
    other: str
    choices: Sequence[str] = (KEEP, OTHER)

    def __str__(self) -> str:
        return f"{self.key}: “{self.keep}” or “{self.other}”"


class Clashes(ChoiceNeeded):
    """The two records clash and nobody said which is right."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = clashes
        listed = "; ".join(map(str, clashes))
        example = f"--prefer “{clashes[0].key}=other”"
        super().__init__(
            f"The two say different things. {listed}.",
            f"Say --prefer keep or --prefer other for all of them, or for each: {example}.",
        )


@dataclass
class Merged:
    """What a merge did: how many rows of each kind moved, and which sentences went because only one can be true."""

    moved: dict[str, int] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """Note rows that moved."""
        if number:
            self.moved[what] = self.moved.get(what, 0) + number


class Decisions:
    """Collects clashes, or returns what was decided about them."""

    def __init__(self, prefer: Mapping[str, str]) -> None:
        self._prefer = prefer
        self._known: set[str] = set()
        self.open: list[Clash] = []

    def of(self, clash: Clash) -> str:
        """Return what was decided; an undecided clash is noted, and counts as kept until `settle` refuses."""
        self._known.add(clash.key)
        decided = self._prefer.get(clash.key) or self._prefer.get(ALL)
        if decided is None or decided not in clash.choices:
            self.open.append(clash)
            return KEEP
        return decided

    def settle(self) -> None:
        """Refuse what is open, and preferences for what does not clash. Raises Clashes, UsageError."""
        if self.open:
            raise Clashes(self.open)
        unknown = set(self._prefer) - self._known - {ALL}
        if unknown:
            named = ", ".join(sorted(unknown))
            raise UsageError(f"“{named}” does not clash.", "Leave out that --prefer.")


def fill(
    keep: Any,  # noqa: ANN401
    other: Any,  # noqa: ANN401
    names: Iterable[str],
    decisions: Decisions,
    empty: Mapping[str, Any],
    prefix: str = "",
    show: Callable[[Any], str] | None = None,
) -> dict[str, str]:
    """Fill empty fields of one row from another one and settle those that clash; returns what was dropped, in words.

    `show` says what a number of another record stands for.
    """
    dropped = {}
    for name in names:
        mine, theirs = getattr(keep, name), getattr(other, name)
        nothing: tuple[Any, ...] = (None, "", [], empty.get(name))
        if theirs in nothing or mine == theirs:
            continue
        if mine in nothing:
            setattr(keep, name, theirs)
            continue
        word = f"{prefix}{name.removesuffix('_id').replace('_', ' ')}"
        words = [show(value) if show and name.endswith("_id") else shown(value) for value in (mine, theirs)]
        if decisions.of(Clash(word, *words)) == OTHER:
            setattr(keep, name, theirs)
            words.reverse()
        dropped[word] = words[1]
    return dropped


def shown(value: Any) -> str:  # noqa: ANN401
    """Return a value as a sentence shows it."""
    if isinstance(value, Localized):
        return value.both()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def joined(*notes: str | None) -> str | None:
    """Return notes one under the other, each once."""
    return "\n".join(dict.fromkeys(note for note in notes if note)) or None
