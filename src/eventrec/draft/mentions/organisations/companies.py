"""Companies and charities, by what the law has them put behind their names or what they call for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_COMPANY: Final = late(
    r"\b(?P<name>(?:[A-Z][\w&'-]{0,40}(?: \([A-Z]\w{1,20}\))? ){1,6})"
    r"(?:Co\.?,? ?(?:Ltd|Limited)\b\.?|Ltd\b\.?|Inc\b\.?|GmbH\b|LLC\b|Pte\.? Ltd\b\.?|S\.A\.|PLC\b|plc\b|AG\b)"
)
_CALL: Final = late(
    r"\b(?:Save|Protect|Feed) the [A-Z]\w{2,20}(?: (?:International|Fund|Foundation|Alliance))?(?= (?!\w+ing\b)|[,.;)])"
)
"""Charities that are named by what they call for: “Save the Rivers”."""


_INTERNATIONAL: Final = late(
    r"(?:(?P<by>\b(?:by|with|from|and)) )?\b(?P<name>(?!The |In |An? )[A-Z][a-z]{2,20} International)\b"
    r"(?! (?:[A-Z]|airport|hotel|trade|law))(?=(?P<acts>(?:,[^,.]{2,60},)? (?:has |have |is |jointly |also |and )?"
    r"(?:organi[sz]|host|train|conduct|held|deliver|provid|facilitat|support|launch|partner)\w*)?)"
)
"""A body that calls itself “… International”."""


def sightings(page: Page) -> Iterator[Sighting]:
    """Return every company, and every charity named by a call, in English sentences."""
    for match in page.search(_CALL, "en"):
        yield Sighting(Span(match.start(), match.end()), "en", match[0], "is named by a call", "charity", belief=76)
    for match in page.search(_INTERNATIONAL, "en"):
        span = Span(match.start("name"), match.end("name"))
        belief = 76 if match["acts"] else 60 if match["by"] else 45
        yield Sighting(span, "en", match["name"], "is named “International”", "organization", belief=belief)
    for match in page.search(_COMPANY, "en"):
        text = " ".join(match[0].split())
        yield Sighting(Span(match.start(), match.end()), "en", text, "is named like a company", "company", belief=85)
