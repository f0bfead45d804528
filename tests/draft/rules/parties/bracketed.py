"""Sentences whose organisations stand in brackets with what is expected of each: `{Name|role|modality|count}`.

A name alone is background. Recognition is not asked here: the names are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eventrec.draft.evidence import Span
from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.mentions.organisations import Organisation, OrganisationMention
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import modality, participants, parties

_REST = {
    "en": " The weather was fine, as it often is in that part of the year.",
    "zh": "那几天天气很好,这个时节常常如此。",
}
"""A second sentence, so that a short one is not taken for a headline or a caption."""

_NAMED = re.compile(r"\{([^{}|]+)((?:\|[^{}|]*)*)\}")


_HEADS = ("government", "fund", "foundation", "union", "bank", "ministry", "university", "基金会")


def _head(name: str) -> str | None:
    return next((head for head in _HEADS if head in name.lower()), None)


@dataclass
class Bracketed:
    reading: Reading
    expected: dict[str, tuple[str | None, str | None, int | None]]


def read(text: str) -> Bracketed:
    """Take the brackets out; an organisation named twice keeps what is said first of it."""
    plain: list[str] = []
    mentions: dict[str, list[OrganisationMention]] = {}
    expected: dict[str, tuple[str | None, str | None, int | None]] = {}
    at = size = 0
    chinese = re.search(r"[\u4e00-\u9fff]{4}", text) is not None
    for match in _NAMED.finditer(text):
        plain.append(text[at : match.start()])
        size += len(plain[-1])
        name = match[1]
        language = "zh" if chinese or re.search(r"[\u4e00-\u9fff]", name) else "en"
        mentions.setdefault(name, []).append(OrganisationMention(Span(size, size + len(name)), language, name))
        _, role, how, count = (*match[2].split("|"), "", "", "", "")[:4]
        expected.setdefault(name, (role or None, how or None, int(count) if count else None))
        plain.append(name)
        size += len(name)
        at = match.end()
    plain.append(text[at:])
    plain.append(_REST["zh" if chinese else "en"])
    reading = Reading(lay_out("".join(plain)), Gazetteer())
    organisations = tuple(
        Organisation({each[0].language: name}, tuple(each), why="is given", belief=95, head=_head(name))
        for name, each in mentions.items()
    )
    reading.__dict__["organisations"] = organisations
    return Bracketed(reading, expected)


def draft_of(bracketed: Bracketed, **given: object) -> Draft:
    """Return what the rules of these fields say."""
    draft = Draft()
    for name, value in given.items():
        setattr(draft, name, value)
    for field in (parties, modality, participants):
        field.fill(bracketed.reading, Occasion(), draft)
    return draft


def answers(draft: Draft) -> dict[str, tuple[str | None, str | None, int | None]]:
    """Return the agencies that are answers and no questions."""
    return {
        next(iter(party.name.values())): (party.role, party.modality, party.count)
        for at, party in enumerate(draft.agencies)
        if f"agencies[{at}]" not in draft.uncertain
    }


def expected_answers(bracketed: Bracketed) -> dict[str, tuple[str | None, str | None, int | None]]:
    """Return what the brackets ask for, without the background."""
    return {name: expected for name, expected in bracketed.expected.items() if expected[0]}
