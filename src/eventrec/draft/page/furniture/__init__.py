"""What stands on the page and not in the release, told by how a line is written."""

from __future__ import annotations

import re
from typing import Final

from eventrec.draft.page.furniture import about, captions, facts, site, stamps, words
from eventrec.draft.page.furniture.words import Furniture
from eventrec.patterns import late

__all__ = ["Furniture", "about", "captions", "facts", "of_line", "site", "stamps", "words"]

_ADDRESS: Final = late(r"(?:(?:url|link|网址|链接|原文(?:链接|地址)?)\s?[:：]\s?)?(?:https?://|www\.)\S+$", re.I)
_LONGEST: Final = 600


def of_line(line: str) -> Furniture | None:
    """Return what a line is when its own words say that it is no text, or nothing."""
    if len(line) > _LONGEST:
        return None
    if _ADDRESS.match(line):
        return words.ADDRESS
    found = stamps.of_line(line) or site.of_line(line)
    if found or not captions.is_one(line):
        return found
    return words.PICTURE
