"""Drafts of invented releases, as the reading of them would leave them."""

from __future__ import annotations

from datetime import date
from typing import Any

from eventrec.draft.evidence import Evidence
from eventrec.draft.proposal import Draft, Party, Person, ProjectNamed, Proposal, VisitedPlace
from eventrec.proposals import Source

TODAY = date(2026, 1, 1)
TEXT = """Workshop on returns

On 17th October 2024 33 officials met in Beijing.\t
“Returns matter”, said Anna Lopez (a.lopez@example.org).\\n
"""

WORKSHOP: dict[str, Any] = {
    "title": {"en": "Workshop on returns", "zh": "返回研讨会"},
    "kind": "workshop",
    "starts_on": "2024-10-17",
    "ends_on": "2024-10-18",
    "city": "Beijing",
    "city_names": {"en": "Beijing", "zh": "北京"},
    "country": "CN",
    "modality": "hybrid",
}
OFFICE = Party(
    {"en": "National Example Office", "zh": "国家示例局"}, role="organizer", code="NEO", modality="in-person"
)
STATES = Party({"en": "EU Member States"}, group=True, count=20, modality="online")
ANNA = Person(
    {"en": "Anna Lopez"}, "Ms.", {"en": "Programme Manager"}, "National Example Office", "a.lopez@example.org",
    "+8613800001234",
)  # fmt: skip
AIRPORT = VisitedPlace({"en": "Example Airport", "zh": "示例机场"}, ("NEO",))
PROJECT = ProjectNamed({"en": "Example Project"}, code="EXP-3", phase="III")


def draft(**fields: Any) -> Draft:
    return Draft(**{**WORKSHOP, **fields})


def full(**fields: Any) -> Draft:
    """Return a draft with something in every field."""
    given: dict[str, Any] = {
        "venue": {"en": "Example Hotel"},
        "participants": 33,
        "project": PROJECT,
        "donors": ["European Union"],
        "agencies": [OFFICE, STATES],
        "visits": [AIRPORT],
        "contact": ANNA,
        "topics": ["returns"],
        "evidence": {
            "starts_on": [Evidence("17th October\n2024", 24, 41, "the date after ‘On’")],
            "contact.email": [Evidence("a.lopez@example.org", 120, 139, "the address in brackets")],
            "agencies[0]": [Evidence("Office", 1, 7, "ends in ‘Office’")],
        },
    }
    return draft(**{**given, **fields})


def proposal(*drafts: Draft, url: str | None = None) -> Proposal:
    return Proposal(drafts or (full(),), url=url)


def source(text: str = TEXT, **known: Any) -> Source:
    return Source.of(text, **{"name": "news.txt", **known})
