"""Unions of countries, which are a party only where they are not said of something else: “EU law”, “UN standards”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.evidence import Span
    from eventrec.draft.page import Page

_SAID_OF: Final = late(
    r"(?: ?[-–]|(?: \([A-Z]{2,5}\))? (?!(?:and|or|in|at|to|on|for|of|with|is|was|are|were|has|had|have|will|would|can|"
    r"as|by|that|which|who|both|through|under|from|also|but|the|its|a|an|within|during|since|via|funds|"
    r"provides|supports|remains|attaches|continues|welcomes)\b)[\w'])"
)


def is_said_of(page: Page, span: Span) -> bool:
    """Tell whether a union's name only tells what the word behind it is of."""
    return _SAID_OF.match(page.text, span.end) is not None
