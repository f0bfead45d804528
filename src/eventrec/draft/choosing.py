"""From what the rules found to candidates, ranked: reasons that agree strengthen each other, others weaken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.draft.evidence import SURE, Candidate, Evidence
from eventrec.draft.rule import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from eventrec.draft.evidence import Found
    from eventrec.draft.reading import Reading
    from eventrec.draft.rule import Rule

_NEAR: Final = 25
"""A second value this near in score makes the first a question."""


def candidates(reading: Reading, field: str, same: Callable[[Any], Hashable] = lambda value: value) -> list[Candidate]:
    """Return what the rules of a field found, the best first; values with the same key are one candidate."""
    found: dict[Hashable, list[tuple[Rule, Found]]] = {}
    for rule in RULES.get(field, ()):
        for each in rule.ask(reading):
            found.setdefault(same(each.value), []).append((rule, each))
    made = [_candidate(reading, each) for each in found.values()]
    return sorted(made, key=lambda one: (-one.score, one.evidence[0].start if one.evidence else 0))


def best(found: Iterable[Candidate]) -> tuple[Candidate | None, bool]:
    """Return the best candidate, and whether it is an answer: sure, and no other value nearly as good."""
    ranked = list(found)
    if not ranked:
        return None, False
    rival = ranked[1].score if len(ranked) > 1 else 0
    return ranked[0], ranked[0].score >= SURE and ranked[0].score - rival >= _NEAR


def evidence(reading: Reading, found: Found, reason: str) -> tuple[Evidence, ...]:
    """Return the quoted words of one find."""
    return tuple(Evidence(reading.page.quoted(span), span.start, span.end, reason) for span in found.spans)


def _candidate(reading: Reading, found: list[tuple[Rule, Found]]) -> Candidate:
    """Join finds of one value; the same rule twice counts once, another rule or language adds to it."""
    weights: dict[tuple[str, str | None], int] = {}
    quoted: dict[Evidence, None] = {}
    for rule, each in found:
        weight = rule.weight if each.weight is None else each.weight
        key = (rule.name, each.language)
        weights[key] = max(weights.get(key, 0), weight)
        quoted |= dict.fromkeys(evidence(reading, each, rule.reason))
    doubt = 1.0
    for weight in weights.values():
        doubt *= 1 - weight / 100
    first = max(found, key=lambda pair: pair[0].weight if pair[1].weight is None else pair[1].weight)
    languages = frozenset(each.language for _, each in found if each.language)
    return Candidate(first[1].value, tuple(quoted), round(100 * (1 - doubt)), languages)
