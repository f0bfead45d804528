"""Chinese names of organisations that only stand in quotation marks: 智库“山水之友”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_QUOTED: Final = r"[“「](?P<name>[\u3400-\u9fff]{2,10})[”」]"
_TOLD_WHAT: Final = late(rf"(?:智库|民间组织|非政府组织|社会组织|公益组织|公益机构|研究机构|慈善机构|基金会){_QUOTED}")
_BESIDE: Final = late(rf"(?<=[由与和、及]){_QUOTED}(?=[和与及、][^。；;“”「」]{{2,40}}?(?:主办|举办|承办|协办|合办))")
_NO_BODIES: Final = late(r"(?:项目|论坛|活动|行动|计划|倡议|会议|大会|系列|平台|课程|培训|工程|专项|[日周月年节])$")
"""What ends the quoted name of a thing that is no organisation."""


def sightings(page: Page) -> Iterator[Sighting]:
    """Return the names in quotation marks that stand behind what they are, or beside another that organizes."""
    for pattern, belief in ((_TOLD_WHAT, 85), (_BESIDE, 80)):
        for match in page.search(pattern, "zh"):
            if not _NO_BODIES.search(match["name"]):
                span = Span(match.start(), match.end())
                yield Sighting(span, "zh", match["name"], "stands in quotation marks", "组织", belief=belief)
