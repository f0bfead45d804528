"""Names that the text carries on with beyond what was recognised: 北港大学 in 北港大学医学院."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.rules.parties.english.words import PEOPLE, TITLE
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.draft.mentions.organisations import Organisation, OrganisationMention

_GOES_ON: Final = late(
    r"(?!驻)(?:(?![和与及并为在于由将以对向的])[\u4e00-\u9fff]){0,8}?(?:学院|研究院|研究所|中心|医院|司|处|局|厅|支队|总队|办公室)(?!副?[司局处院所厅队]?[长主])"
)
"""Behind a Chinese name: a unit of it that no person is the head of; offices abroad (驻) stand for the whole."""

_BEGAN: Final = late(rf"(?<! of )\b(?!(?i:{TITLE}|{PEOPLE})\b)[A-Z][a-z]*[a-rt-z] of $")
"""Before an English name: what may be its beginning, “Port of”, and is no title and no people."""

_PERSON: Final = late(rf"\b(?i:{TITLE})\.?(?:\s+[A-Z][\w.'’-]*){{1,3}}\s+of\s+(?:the\s+)?$")
"""Before an English name: somebody of it, “Dr. Kim Lee of”."""


def is_cut_off(text: str, organisation: Organisation, places: Iterable[OrganisationMention]) -> bool:
    """Tell whether these places that name an organisation all seem to name more than was recognised.

    In the text all names are covered, so that the next one is not taken for more of this one.
    """
    if organisation.known or organisation.group or len(organisation.names) > 1:
        return False
    return all(_is_cut_off(text, mention) for mention in places)


def is_of_each(text: str, places: Iterable[OrganisationMention]) -> bool:
    """Tell whether these places speak of one in every province or country, 各省公安厅, which names none of them."""
    return all(text[max(0, place.span.start - 1) : place.span.start] == "各" for place in places)


def _is_cut_off(text: str, mention: OrganisationMention) -> bool:
    span = mention.span
    if mention.language == "zh":
        return mention.part is None and _GOES_ON.match(text, span.end, span.end + 12) is not None
    left = max(0, span.start - 40)
    return _BEGAN.search(text, left, span.start) is not None and not _PERSON.search(text, left, span.start)
