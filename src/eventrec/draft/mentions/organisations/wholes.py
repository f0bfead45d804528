"""Departments that are named apart from the ministry or organisation that they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations.sighting import Sighting

_PARTS: Final = frozenset(("department", "directorate", "division", "section", "sector", "bureau", "unit"))
_WHOLES: Final = frozenset(
    (
        "ministry",
        "league",
        "organization",
        "organisation",
        "agency",
        "administration",
        "authority",
        "commission",
        "council",
        "university",
        "secretariat",
        "government",
        "police",
        "service",
    )
)
_BELONGS: Final = late(
    r"(?: \([A-Z][\w&-]{1,11}\))?(?:,? and (?P<more>[A-Z][a-z]+))?(?: of the|,? (?:at|within|under|in) the) "
    r"(?:[A-Z][a-z]+ )?"
)
"""Between a part and its whole: “Department of Law and Treaties of the”, “Visa Department, at the”."""

_BESIDE: Final = late(r"(?: \([A-Z][\w&-]{1,11}\))?(?:,|,? and)(?: the)? ")
_FARTHEST: Final = 60


def with_wholes(text: str, found: Sequence[Sighting]) -> list[Sighting]:
    """Return the names of a sentence, each part with the whole named right behind it or behind those listed with it."""
    kept: list[Sighting] = []
    for each in found:
        before = kept[-1] if kept else None
        belongs = _belongs(text, before, each) if before else None
        if before is None or belongs is None:
            kept.append(each)
            continue
        more = f" and {belongs['more']}" if belongs["more"] else ""
        kept[-1] = _joined(before, each, before.name + more, each.span.end)
        at = len(kept) - 1
        while at and _is_beside(text, kept[at - 1], kept[at]):
            at -= 1
            kept[at] = _joined(kept[at], each, kept[at].name, kept[at].span.end)
    return kept


def _joined(part: Sighting, whole: Sighting, name: str, end: int) -> Sighting:
    return replace(
        part,
        span=Span(part.span.start, end),
        name=f"{name}, {whole.name}",
        parent=whole.name,
        parent_code=whole.code,
        country=part.country or whole.country,
    )


def _is_part(each: Sighting) -> bool:
    return each.head in _PARTS and not (each.parent or each.owner or each.group or each.country)


def _belongs(text: str, part: Sighting, whole: Sighting) -> re.Match[str] | None:
    """Return the words by which a part belongs to what is named behind it."""
    if not _is_part(part) or whole.head not in _WHOLES or whole.parent or whole.owner or whole.group:
        return None
    if whole.span.start - part.span.end > _FARTHEST:
        return None
    return _BELONGS.fullmatch(text, part.span.end, whole.span.start)


def _is_beside(text: str, one: Sighting, other: Sighting) -> bool:
    """Tell whether a part is listed right before another that has its whole."""
    return _is_part(one) and _BESIDE.fullmatch(text, one.span.end, other.span.start) is not None
