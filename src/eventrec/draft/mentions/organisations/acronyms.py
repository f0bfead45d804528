"""Acronyms without their long form: which of them are organisations, by what the text says of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations import english
from eventrec.draft.mentions.organisations.unions import is_said_of
from eventrec.draft.mentions.organisations.words import NOT_ACRONYMS
from eventrec.draft.page import Kind
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations.sighting import Sighting
    from eventrec.draft.page import Page

_ACTS: Final = late(
    r"(?:,[^.,]{0,60},)?(?: (?:(?:last|this|earlier this) (?:week|month|year)|yesterday)(?: \([^()]{1,40}\))?)?"
    r" (?:(?:has|have|had|is|are|was|were|will|jointly|also|recently|today|successfully|this week|in"
    r" \w+) ){0,3}(?:co-?)?(?:organi[sz]|host|held|hold|conduct|facilitat|train|launch|conven|support|deliver|provid|"
    r"implement|present|welcom|express|said|emphasi|highlight|assist|cooperat|collaborat|attend|participat|joined|work|"
    r"help|sign|bring|brought|develop|commit|play|aim|agree|announc|share|discuss|met|visit|plan|prepar|began|begin|"
    r"begun|start|continu|address|strengthen|contribut|promot|led|lead|shar|inform|offer|deploy|donat|hand)(?:\w*)\b"
)
_BELONGS: Final = late(
    r"(?:'s)? (?:and \w+ )?(?:international |regional |country |technical |senior |local |national )?"
    r"(?:expert|official|staff|offic|mission|representative|delegat|colleague|"
    r"trainer|team|specialist|personnel|Chief|Country|Regional|Headquarters|Representative|Mission|Office|Director|secretariat)"
)
_GIVEN: Final = late(
    r"(?:\bby|\bfrom|\bwith|\bto|\bbetween|\band|\bof|\bof both|\bat|,|\bthanks?|\bjoined|\bthanked) (?:the |both )?$"
)
_DONE_BY: Final = late(r"-(?:implemented|led|run|organi[sz]ed|hosted|convened|facilitated)\b")
"""Behind an acronym: that it does something, “ABC-led”."""

_SIDE_BY_SIDE: Final = late(
    r"(?:\bby|\bfrom|\bbetween|\bof|\bjoined by|\bpartnership with|\bcooperation with) (?:the |both )?$"
)
_TOGETHER: Final = late(
    r", (?:in (?:close |joint |full )?(?:coordination|cooperation|partnership|collaboration|conjunction)|together|"
    r"jointly|with the support|with support|alongside)\b"
)
_NOT_ONE: Final = late(
    r"(?:-(?!(?:implemented|led|run|organi[sz]ed|hosted|convened|facilitated)\b)[A-Za-z]|"
    r" (?:Phase|project|Project|programme|program|system|pandemic|infection|tool|platform))"
)
_AND: Final = late(
    r"(?: \([^()]{2,12}\))?,? (?:and |as well as |together with |in partnership with |jointly with )?"
    r"(?:the |[A-Z]\w+'s )?|(?:/|、|和|与|及|以及|联合)"
)
_NEAR: Final = 45
_LISTED: Final = 60
_NAMED: Final = 75
_READ_APART: Final = (Kind.OTHER, Kind.MENU, Kind.CAPTION)
"""Passages that are not read but may say what an acronym means."""

_GLUED: Final = late(r"^.{0,40}?[A-Za-z]The (?=[A-Z])")
"""A heading of a menu that stands before its text without a blank: “ABOUT USThe”."""

_LONGEST_APART: Final = 20_000
_DEFINED: Final = late(r"(?<!\d )(?<!\d)\(['\"“]?(?P<code>[A-Z][A-Za-z0-9&-]{1,11})['\"”]?\)")


def judged(page: Page, found: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings without acronyms that name no organisation, others believed as the text has it."""
    explained = {each.code for each in found if each.code and each.head}
    explained |= {each.owner for each in found if each.owner and each.head}
    shorts = [each for each in found if each.head is None and each.code]
    wholes = {each.parent_code: each.parent for each in found if each.parent_code and each.parent}
    explained |= wholes.keys()
    explained |= {each.code for each in shorts if each.also and each.code}
    apart = _defined_apart(page, {each.code for each in shorts if each.code} - explained)
    explained |= apart.keys()
    other_things = {match["code"] for match in page.search(_DEFINED)} - explained
    support = _support(page, shorts, [each for each in found if each.head and each.belief >= _NAMED])
    kept = []
    for each in found:
        if each.head == "union" and is_said_of(page, each.span):
            continue
        if each.head is None and each.code:
            if (
                each.code in other_things
                or each.code.upper() in NOT_ACRONYMS
                or each.code not in explained | support.keys()
            ):
                continue
            belief = 90 if each.code in explained else min(90, support[each.code])
            kept.append(replace(each, belief=belief, name=wholes.get(each.code) or apart.get(each.code) or each.name))
        else:
            kept.append(each)
    return kept


def _defined_apart(page: Page, codes: set[str]) -> dict[str, str]:
    """Return the names of acronyms that only a menu or a paragraph about the organisation spells out."""
    if not codes:
        return {}
    found: dict[str, str] = {}
    for passage in page.passages_of(*_READ_APART):
        text = page.text[passage.span.start : passage.span.end]
        if passage.language == "zh" or len(text) > _LONGEST_APART or not any(f"({code})" in text for code in codes):
            continue
        for each in english.in_stretch(page.text, passage.span.start, passage.span.end):
            if each.code in codes and each.head and not each.owner:
                found.setdefault(each.code, _GLUED.sub("", each.name))
    return found


def acts(text: str, at: int) -> bool:
    """Tell whether what stands before a place does what only an organisation does: “… organized a workshop”."""
    return _ACTS.match(text, at) is not None


def _beside(page: Page, short: Sighting, named: Sequence[Sighting]) -> bool:
    """Tell whether an acronym stands in a list with an organisation that has a name."""
    return any(
        _AND.fullmatch(page.text, min(short.span.end, each.span.end), max(short.span.start, each.span.start))
        for each in named
        if abs(each.span.start - short.span.end) < _NEAR or abs(short.span.start - each.span.end) < _NEAR
    )


def _support(page: Page, shorts: Sequence[Sighting], named: Sequence[Sighting]) -> dict[str, int]:
    """Return how far each acronym is supported by the words around it; those that nothing supports are left out."""
    weights: dict[str, list[int]] = defaultdict(list)
    for each in shorts:
        after = page.text[each.span.end : each.span.end + 120]
        before = page.text[max(0, each.span.start - 40) : each.span.start]
        if _NOT_ONE.match(after):
            weights[each.code or ""].append(-60)
        elif each.owner:
            weights[each.code or ""].append(60)
        elif any(each.match(after) for each in (_ACTS, _BELONGS, _TOGETHER, _DONE_BY)):
            weights[each.code or ""].append(75)
        elif _beside(page, each, named):
            weights[each.code or ""].append(70)
        elif _SIDE_BY_SIDE.search(before):
            weights[each.code or ""].append(60)
        elif _GIVEN.search(before):
            weights[each.code or ""].append(45)
    _lean_on_each_other(page, shorts, weights)
    return {
        code: _together(each) for code, each in weights.items() if (max(each) > 0 and min(each) > -60) or len(each) > 3
    }


def _lean_on_each_other(page: Page, shorts: Sequence[Sighting], weights: dict[str, list[int]]) -> None:
    """Let an acronym that is an organisation speak for those that it is listed with."""
    sure = {code for code, each in weights.items() if max(each) >= _LISTED}
    beside = [(a, b) for a, b in pairwise(shorts) if _AND.fullmatch(page.text, a.span.end, b.span.start)]
    for one, other in (*beside, *((b, a) for a, b in reversed(beside))):
        if one.code in sure and other.code and other.code not in sure:
            sure.add(other.code)
            weights[other.code].append(_LISTED)


def _together(weights: Sequence[int]) -> int:
    doubt = 1.0
    for weight in sorted(weights, reverse=True)[:3]:
        doubt *= 1 - max(weight, 0) / 100
    return round(100 * (1 - doubt))
