"""Organisations that only a person's title names: “Ambassador of Japan to Turkmenistan” is of the embassy there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_COUNTRY: Final = r"[A-Z][\w'.]{1,30}(?:(?: of| and| the|-)? ?[A-Z][\w'.]{1,30}){0,4}"
_AMBASSADOR: Final = late(
    rf"(?:(?<!\w)(?:The )?(?P<by>(?!The )[A-Z][\w.]{{1,30}}(?: [A-Z][a-z]{{1,20}})?)(?:'s)? )?"
    r"\bAmbassador(?: Extraordinary and Plenipotentiary)?"
    rf"(?: of (?:the )?(?P<of>{_COUNTRY}))?(?:,? (?:to|in) (?:the )?(?P<to>{_COUNTRY}))?"
)
_ENVOY: Final = late(
    r"(?P<of>[\u4e00-\u9fff]{2,10}?)(?P<to>驻(?:(?!代表|使团|使馆|办事|领事|领馆)[\u4e00-\u9fff]){1,8}?)(?:特命全权)?(?P<head>大使|总领事)(?!馆)"
)


def sightings(page: Page) -> Iterator[Sighting]:
    """Return the embassies and delegations whose head is named by title."""
    for match in page.search(_AMBASSADOR, "en"):
        yield from _english(match)
    for match in page.search(_ENVOY, "zh"):
        yield from _chinese(match)


def _english(match: re.Match[str]) -> Iterator[Sighting]:
    to = _country(match["to"])
    by, of = match["by"], match["of"]
    code = (_country(of) or _country(by) or nations.adjectives().get(by or "")) if of or by else None
    start = match.start() if by and not of and code else match.start() + match[0].index("Ambassador")
    span = Span(start, match.end())
    where = f" to {nations.english_name(to)}" if to else ""
    if (by or of) in ("EU", "European Union"):
        yield _sighting(span, f"Delegation of the European Union{where}", "delegation", None)
    elif code:
        where = f" in {nations.english_name(to)}" if to else ""
        yield _sighting(span, f"Embassy of {nations.english_name(code)}{where}", "embassy", code)


def _country(text: str | None) -> str | None:
    """Return the country of words that may go on over it: “Turkmenistan”, “the Republic of Korea Mr”."""
    words = (text or "").split()
    for length in range(len(words), 0, -1):
        found = nations.country(" ".join(words[:length]).rstrip("."))
        if found:
            return found
    return None


def _sighting(span: Span, name: str, head: str, country: str | None) -> Sighting:
    return Sighting(span, "en", name, "is the office of an ambassador", head, country=country, belief=82)


def _chinese(match: re.Match[str]) -> Iterator[Sighting]:
    nation = list(nations.nations_in(match.string, match.start("of"), match.end("of")))
    union = re.search(r"欧盟$", match["of"])
    if nation and nation[-1].end == match.end("of"):
        start, code = nation[-1].start, nation[-1].code
        head = "大使馆" if match["head"] == "大使" else "总领事馆"
        name = f"{match.string[start : nation[-1].end]}{match['to']}{head}"
        yield Sighting(
            Span(start, match.end()), "zh", name, "is the office of an ambassador", head, country=code, belief=82
        )
    elif union and match["head"] == "大使":
        start = match.start("of") + union.start()
        yield Sighting(
            Span(start, match.end()),
            "zh",
            f"欧盟{match['to']}代表团",
            "is the office of an ambassador",
            "代表团",
            belief=82,
        )
