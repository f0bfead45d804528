"""How a rule is written down: a function that yields what it found for a field, with its reason and weight above it.

A field's rules stand in its module of `rules`. A rule is asked once for a release; nothing else needs to know of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eventrec.draft.evidence import Found
    from eventrec.draft.reading import Reading

    Asked = Callable[[Reading], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule for a field: its name is that of its function, its weight (1 to 99) how far it is believed alone."""

    name: str
    field: str
    reason: str
    weight: int
    ask: Asked


RULES: Final[dict[str, list[Rule]]] = {}
"""The rules by field, in the order they were written down."""


def rule(field: str, *, weight: int, reason: str) -> Callable[[Asked], Asked]:
    """Write a rule down. `reason` completes “read from these words: …” for a person: “the city after ‘in’”."""

    def note(function: Asked) -> Asked:
        RULES.setdefault(field, []).append(Rule(function.__name__.lstrip("_"), field, reason, weight, function))
        return function

    return note
