"""How those who pay are called in English: where a list of names ends, and where one of it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_LONGEST: Final = 40
"""Words of a list of donors that are looked at."""
_PEOPLE: Final = late(r"(?:the )?[A-Z]\w+ people,? (?:through|via) (?:the )?")
"""Who pays is the agency that a people pays through."""
_TOKEN: Final = late(r"\S+")
_CAPITAL: Final = late(r"[A-Z\u00c0-\u00de][\w.&'’/-]*")
_ORGANISATION: Final = late(
    r"\b(?:Governments?|Ministry|Ministries|Union|Commission|Embassy|Agency|Funds?|Bank|Office|Department|Foundation"
    r"|Organi[sz]ation|Bureau"
    r"|Cooperation|Corporation|Council|Programme|Kingdom|States|Republic|Institute|Authority|Secretariat"
    r"|Confederation|Service|Administration"
    r"|Delegation|Directorate|Federation|Trust|Facility|Instrument|University|Federal|[A-Z]{2,})\b"
)
_OPEN: Final = late(
    r"\b(?:Ministry|Department|Bureau|Directorate|Office|Secretariat|Agency|Administration|Division|Centre|Center"
    r"|Institute|Committee|Commission|Council|Fund|Service|Authority) (?:of|for|on) (?:(?!of )[\w'&-]+,? ?){1,8}$"
)
"""A name that may go on behind “and”: “Ministry of Rivers and Harbour Service”."""
_BEGINS: Final = late(
    r"(?:Government|Ministry|Embassy|European|Kingdom|Federal|Royal|UK|US|U\.S\.|UN|United|EU|Delegation|Republic"
    r"|World|[A-Z]\w+(?:ian|ish|ese|can|ean) |[A-Z]{2,}\b|[A-Z]\w+'s )"
)
"""What begins a name of its own behind “and”, also without an article."""
_MISSION: Final = late(r"Embass|Delegation|Consulate|Mission$|Representation")
"""What stands “in” or “to” a country."""
_GOING_ON: Final = late(
    r"\s(?:will|is|are|was|were|has|have|had|can|held|began|ran|brought|took|met|gave|(?:jointly |successfully |today "
    r"|recently )?\w{3,}(?:ed|izes|ises|ize|ise)"
    r"|conducts?|hosts?|holds?|launch(?:es)?|delivers?|trains?|starts?|convenes?|provides?|facilitates?|aims?|seeks?"
    r"|supports?|implements?)\b"
)
_INSTRUMENT: Final = (
    r"(?P<instrument>(?:[A-Z][\w-]+ ){0,5}(?:Instrument|Facility|Fund|Programme|Budget Line)"
    r"(?: (?:for|on|in) [A-Z][\w-]*(?:(?: and)? [A-Z][\w-]*){0,4})?)"
)
_OF: Final = late(rf"^{_INSTRUMENT}(?: \([\w-]+\))? of (?:the )?(?P<owner>(?:EU\b|European )[A-Z]?.*)$")
_OWN: Final = late(rf"^(?P<owner>[A-Z].+?)'s? {_INSTRUMENT}(?: \([\w-]+\))?$")
_ACRONYM: Final = late(r"\s*\([A-Z][\w/&-]*\)")
_UP_TO_ACRONYM: Final = late(
    r" (?:to|on|in|against|for)(?: (?:[A-Z][\w'-]*|of|to|on|in|and|the|for|against)){1,12}(?= \([A-Z])"
)
"""The rest of a name that an acronym closes: “Office to Monitor and Combat Trafficking in Persons (J/TIP)”."""
_OFFICE_TO: Final = late(r" to [A-Z][\w'-]*(?:(?: and| of| in)? [A-Z][\w'-]*){0,8}")
"""What an office is for: “Office to Monitor Trafficking”."""

_NOBODY: Final = late(
    r"[A-Z]\w+(?:ian|ish|ese|can|ean|gian)$|.*'s?$|(?:State|Government|Self|Private|Privately|Publicly|Fully|Partly|Jointly|Well|Crowd|Externally)$"
    r"|(?:USD|EUR|GBP|CNY|RMB|JPY|AUD|CAD|CHF|US|[A-Z]{3})?\s?[€$£¥\d]|(?:USD|EUR|GBP|CNY|RMB|JPY|AUD|CAD|CHF)\b"
)
_ABSTRACT: Final = late(
    r"^(?:Foreign|Home|Trade|Development|Economic|Border|Borders|Culture|Education|Cooperation|Commerce|Affairs"
    r"|Security|Migration"
    r"|Immigration|Justice|Health|Labour|Labor|Energy|Environment|Innovation|Citizenship|Crime|Drugs|Technology"
    r"|Science|Tourism|Sport"
    r"|Fund|Trust|Refugees|Asylum|Integration|Policy|Reconstruction|Agriculture|Industry|Finance|Communities"
    r"|Employment)$"
)
"""One word that is no donor by itself."""


def named(reading: Reading, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the names of a list that begins at a place."""
    name, start = _names(reading.page.text, start, end)
    if name:
        yield from split(reading, name, start)


def _names(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the capital words that stand at a place, with commas and small words between, and where they begin."""
    if people := _PEOPLE.match(text, start, end):
        start = people.end()
    tokens: list[re.Match[str]] = []
    skipped = True
    for token in _TOKEN.finditer(text, start, min(end, start + 400)):
        word = token[0]
        if skipped and word.lower() in ("the", "a", "an", "its", "both", "donors", "donor", "from"):
            continue
        if not _goes_on(tokens, word) or len(tokens) > _LONGEST:
            break
        skipped = False
        tokens.append(token)
        if word[-1] in ';:”"':
            break
    while tokens and tokens[-1][0].strip(",").lower() in ("and", "of", "the", "for", "&", "by"):
        tokens.pop()
    if not tokens:
        return "", start
    first, last = tokens[0].start(), tokens[-1].end()
    if _ORGANISATION.search(tokens[-1][0]) and (rest := _UP_TO_ACRONYM.match(text, last, end)):
        last = rest.end()
    if tokens[-1][0] == "Office" and (rest := _OFFICE_TO.match(text, last, end)):
        last = rest.end()
    name = text[first:last]
    return _without_next_clause(name, text[last : min(end, last + 40)]), first


def _goes_on(tokens: list[re.Match[str]], word: str) -> bool:
    """Tell whether a word belongs to names that have been read so far."""
    before = tokens[-1][0] if tokens else ""
    if _CAPITAL.match(word) or word.lower().strip(",.") in ("government", "governments"):
        return True
    if not tokens:
        return False
    if word in ("of", "and", "&") or re.match(r"\([A-Z]", word):
        return True
    if word in ("in", "to"):
        return any(_MISSION.match(token[0]) for token in tokens[-4:])
    if word == "for":
        return bool(_ORGANISATION.search(before)) and not before.isupper() and before != "States"
    return word in ("the", "people") and before.lower() in ("of", "and")


def _without_next_clause(name: str, after: str) -> str:
    """Cut names before those that are the subject of what follows: “funded by the EU, IOM held …”."""
    name = name.rstrip()
    if _GOING_ON.match(after) and not name.endswith(","):
        cut = name.find("), ") + 1 or name.find(", ")
        cut = cut if cut > 0 else name.rfind(" and ")
        return name[:cut] if cut > 0 else name
    if ", " in name and " and " not in name[name.index(", ") :]:
        return name[: name.index(", ")]
    return name.rstrip(' ,.;:”"')


def split(reading: Reading, name: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield each donor of a list by itself, with the place where it stands."""
    name = name.rstrip(' ,.;:”"')
    at = 0
    parts: list[tuple[int, int]] = []
    for cut in re.finditer(r", and |,? and |, | & ", name):
        left, right = name[at : cut.start()], name[cut.end() :]
        whole = _complete(reading, left, start + at) and _complete(reading, right, start + cut.end())
        whole = whole or (_closed(reading, left, start + cut.start()) and " " in right)
        if (whole and not (_OPEN.search(left) and not _BEGINS.match(right))) or right.startswith("the "):
            parts.append((at, cut.start()))
            at = cut.end()
    parts.append((at, len(name)))
    several = False
    for first, last in parts:
        shown = _shown(name[first:last])
        several = several or bool(re.match(r"[Gg]overnments of ", shown))
        if several:
            shown = f"Government of {re.sub('^[Gg]overnments of (the )?', '', shown)}"
        if shown and not _NOBODY.match(shown):
            yield shown, Span(start + first, start + last)


def _closed(reading: Reading, left: str, end: int) -> bool:
    """Tell whether a name ends before “and”: with a country behind “of”, or with its acronym."""
    if left.endswith(")"):
        return True
    place = next((each.span for each in reading.places if each.span.end == end), None)
    return place is not None and bool(re.search(r" of (?:the )?$", left[: len(left) - (place.end - place.start)]))


def _complete(reading: Reading, name: str, start: int) -> bool:
    """Tell whether words are a donor by themselves: an organisation, a country, one word."""
    first = re.split(r",? and |, ", _ACRONYM.sub("", name))[0].strip()
    bare = first.removeprefix("the ").removeprefix("Governments of ")
    if _ABSTRACT.match(bare) or not bare:
        return False
    if _ORGANISATION.search(first) or " " not in bare:
        return True
    where = start + name.index(bare)
    return any(place.span == Span(where, where + len(bare)) for place in reading.places)


def _shown(name: str) -> str:
    """Return how a donor is written: without article and acronym, an instrument in brackets behind who owns it."""
    name = re.sub(r"^(?:the|The) ", "", name.strip(' ,.;:”"'))
    name = re.sub(r"\b[Gg]overnment and [Pp]eople of ", "Government of ", name)
    name = re.sub(r"^government of ", "Government of ", name)
    for pattern in (_OF, _OWN):
        if found := pattern.match(name):
            return f"{_plain(found['owner'])} ({found['instrument']})"
    return _plain(name)


def _plain(name: str) -> str:
    name = re.sub(r"^(?:the|The) ", "", _ACRONYM.sub("", name)).strip(" ,.'")
    return "European Union" if name in ("EU", "E.U") else name
