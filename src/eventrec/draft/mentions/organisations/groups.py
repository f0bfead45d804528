"""Parties without a name of their own, in English: “EU Member States”, “Kenyan border agencies”, “European experts”."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.draft.mentions.organisations.words import OPENERS
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_KIND: Final = (
    r"government(?:al)?|state|national|central|federal|provincial|local|municipal|regional|public|border|migration|"
    r"immigration|law[ -]enforcement|consular|diplomatic|security|police|customs|relevant|competent|partner|academic|"
    r"judicial|frontline|labour|labor|health|civil[ -]society|international|inter-?governmental|non-?governmental|"
    r"management|control|line|key|private|and|exit|entry|frontier|inspection|asylum|aviation|airport|visa|other|various|"
    r"service|counter-trafficking|anti-trafficking|prosecution|"
    r"social|community|education(?:al)?|research|media|UN|United Nations"
)
_MANY: Final = (
    r"agencies|authorities|ministries|departments|institutions|organi[sz]ations|bodies|embassies|consulates|missions|"
    r"delegations|experts|counterparts|universities|services|bureaus|offices|companies|enterprises|NGOs|states|countries|"
    r"governments|academia|civil society|police|partners|forces|institutes|associations|think[ -]tanks|troops|guards"
)
_UNION: Final = (
    r"EU|European Union|ASEAN|African Union|AU|UN|United Nations|Schengen|"
    r"SCO|ECOWAS|SADC|CIS|OSCE|BRICS|EFTA|EEA|G20|APEC"
)
_LEAGUE: Final = late(
    rf"\b(?:(?:several |various |some |many |the |all |other |a number of )?"
    r"(?P<of>[Ee]mbassies|[Mm]issions|[Dd]elegations|"
    rf"[Gg]overnments|Embassies and Consulates(?: General)?) of )?(?:the )?"
    rf"(?P<name>(?:{_UNION})(?:[ -](?:Schengen|EU))? (?:and Schengen )?"
    r"(?:[Mm]ember|[Aa]ssociated|[Pp]artner|[Pp]articipating|[Aa]ssociate)(?: and [Aa]ssociated)? ?"
    r"(?:[Ss]tates|[Cc]ountries|[Gg]overnments)?)"
)
_ANCHORED_TAIL: Final = rf"(?P<kind>(?: (?:{_KIND}),?){{0,5}}) (?P<head>{_MANY})(?![\w-])(?! (?:of|for) [A-Z])"
_REGIONS: Final = (
    "European", "African", "Asian", "Central Asian", "Arab", "Latin American", "ASEAN", "EU", "Nordic",
    "Southeast Asian", "South-East Asian", "Western", "Pacific", "Caribbean", "foreign", "Foreign",
)  # fmt: skip
_PLAIN: Final = late(rf"\b(?!and )(?P<kind>(?:(?:{_KIND}),? ){{1,4}})(?P<head>{_MANY})(?![\w-])", re.IGNORECASE)


_MISSIONS: Final = late(
    r"\b(?P<whose>(?:(?!Embass|Consul)[A-Zf][\w-]{1,30}(?:,| and|, and)? (?:[Mm]ember [Ss]tates )?){1,12})"
    r"(?:[Ee]mbassies(?: (?:and|&) [Cc]onsulates(?:[ -][Gg]eneral)?)?|[Cc]onsulates(?:[ -][Gg]eneral)?|"
    r"[Dd]iplomatic [Mm]issions)(?P<in> (?:in|to) (?:the )?[A-Z]\w+)?"
)
_ANCHORED: Final = late(
    r"\b(?P<other>other |relevant |various |key |several )?"
    r"(?P<who>(?:[A-Z][\w-]{1,30}|foreign)(?: [A-Z][\w-]{1,30})?)\b" + _ANCHORED_TAIL
)


_OF_A_PLACE: Final = late(r" (?:municipal|provincial|city|county|prefectural)")
"""What makes of “Wellport municipal authorities” those of a place, whichever that is."""

_GENITIVE: Final = late(r"\b(?P<who>[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,2})['’]s?" + _ANCHORED_TAIL)
_OWNER_WORD: Final = late(r"[\w-]+")
_INSIDE: Final = frozenset(("and", "Member", "States", "member", "states", "Union", "Economic", "Area"))


@cache
def _owners() -> frozenset[str]:
    """Return whose collectives are believed: adjectives of countries and regions."""
    return frozenset((*nations.adjectives(), *_REGIONS, *nations.UNIONS, "European Economic Area", "EEA", "Schengen"))


def sightings(page: Page) -> Iterator[Sighting]:
    """Return every collective that English sentences name; those of a country or a union are believed more."""
    for match in page.search(_LEAGUE, "en"):
        if match["name"].split()[-1].lower() in ("states", "countries", "governments"):
            yield _group(match.start("of") if match["of"] else match.start("name"), match, 85, "states")
    for match in page.search(_ANCHORED, "en"):
        who = match["who"] if match["who"] in _owners() else match["who"].split(" ")[-1]
        if who not in _owners():
            yield from _of_a_place(match)
            continue
        start = (
            match.end("who") - len(who) if who != match["who"] else match.start("other" if match["other"] else "who")
        )
        plain_people = match["head"] in ("experts", "counterparts", "partners", "countries", "states", "police")
        belief = 45 if match["head"] in ("countries", "states") else 60 if plain_people else 80
        yield _group(start, match, belief, match["head"], nations.adjectives().get(who))
    for match in page.search(_GENITIVE, "en"):
        country = nations.country(match["who"])
        if country:
            yield _group(match.start("who"), match, 80, match["head"], country)
    for match in page.search(_PLAIN, "en"):
        yield _group(match.start(), match, 45, match["head"].lower())


def _of_a_place(match: re.Match[str]) -> Iterator[Sighting]:
    """Return the authorities of a town or province; its name may be any, but no word that begins a sentence."""
    first, _, rest = match["who"].partition(" ")
    place = rest if first in OPENERS else match["who"]
    if match["head"] == "authorities" and _OF_A_PLACE.fullmatch(match["kind"]) and place and place not in OPENERS:
        yield _group(match.end("who") - len(place), match, 80, "authorities")


def missions(page: Page) -> Iterator[Sighting]:
    """Return embassies of several countries that are named together: “Nordic Embassies and Consulates in Kenya”."""
    for match in page.search(_MISSIONS, "en"):
        start = _first_owner(match)
        if start is not None:
            yield _group(start, match, 80, "embassies")


def _first_owner(match: re.Match[str]) -> int | None:
    """Return where the countries begin whose missions they are: in “Ministry of X and Nordic Embassies” at “Nordic”."""
    words = list(_OWNER_WORD.finditer(match["whose"]))
    first = None
    for at in range(len(words) - 1, -1, -1):
        named = any(" ".join(word[0] for word in words[at : at + length]) in _owners() for length in (1, 2, 3))
        if not named and words[at][0] not in _INSIDE:
            break
        first = at if named else first
    return match.start() + words[first].start() if first is not None else None


def _group(start: int, match: re.Match[str], belief: int, head: str, country: str | None = None) -> Sighting:
    text = " ".join(match.string[start : match.end()].split())
    return Sighting(
        Span(start, match.end()), "en", text, "is a collective", head, country=country, group=True, belief=belief
    )
