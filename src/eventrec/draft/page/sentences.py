"""Where sentences end, in English and in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_NEVER_LAST: Final = frozenset((
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "messrs", "mme", "mlle", "h.e", "hon", "rev", "fr", "amb",
    "gov", "sen", "rep", "gen", "col", "lt", "maj", "capt", "sgt", "cpt", "adm", "cmdr", "no", "nos", "tel",
    "fax", "ext", "mob", "vol", "fig", "art", "sec", "para", "pp", "ed", "eds", "cf", "vs", "viz", "e.g", "i.e",
    "approx", "ca",
))  # fmt: skip
"""After these a name or a number follows, whatever it begins with."""

_SELDOM_LAST: Final = frozenset((
    "inc", "ltd", "co", "corp", "dept", "div", "univ", "assoc", "bros", "jr", "sr", "al", "etc", "a.m", "p.m",
    "ph.d", "u.s", "u.k", "u.n", "e.u", "d.c", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
))  # fmt: skip
"""After these a sentence may end, where the next word can only begin one."""

_BEGINS: Final = frozenset((
    "The", "This", "These", "Those", "That", "It", "He", "She", "They", "We", "In", "On", "At", "A", "An", "As",
    "For", "During", "Since", "Under", "With", "Participants", "All", "Both", "Over", "About", "After",
    "Before", "Following", "Also", "Their", "His", "Her", "Its", "There", "However", "Moreover", "In",
    "Overall", "Through",
))  # fmt: skip
_END_EN: Final = late(r"[.!?…]['\"”’)\]»]{0,4}\s++(?=[\"'“‘(\[«•¿*–—-]{0,3}\s?(?:[0-9+《【（]|[^\W\d_a-zß-ÿ]))")
_END_ZH: Final = late(r"(?:[。！？!?]|…{2})[”’\"'」』）)》]{0,4}\s*+")
_END_BOTH: Final = late(f"{_END_ZH.pattern}|{_END_EN.pattern}")
_WORD_BEFORE: Final = late(r"[^\W\d_]+(?:\.[^\W\d_]+){0,5}$")
_WORD_AFTER: Final = late(r"\W{0,4}(\w{1,20})")
_LONGEST_ABBREVIATION: Final = 12


def split(text: str, span: Span, language: str) -> Iterator[Span]:
    """Return the sentences of a stretch in one language, each with the blanks after it; all are joined end to end."""
    at = span.start
    for end in ends(text, span, language):
        yield Span(at, end)
        at = end
    if text[at : span.end].strip():
        yield Span(at, span.end)


def ends(text: str, span: Span, language: str | None = None) -> Iterator[int]:
    """Return the places where sentences end, after the blanks that follow; without a language those of both."""
    pattern = {"zh": _END_ZH, "en": _END_EN}.get(language or "", _END_BOTH)
    for found in pattern.finditer(text, span.start, span.end):
        if found[0][0] != "." or not _abbreviated(text, span.start, found):
            yield found.end()


def abbreviated(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends in an abbreviation, so that it goes on."""
    found = _WORD_BEFORE.search(text, max(start, end - 1 - _LONGEST_ABBREVIATION), end - 1)
    return text[end - 1 : end] == "." and bool(found) and _known(found[0] if found else "")


def _abbreviated(text: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to an abbreviation or an initial and does not end the sentence."""
    found = _WORD_BEFORE.search(text, max(start, end.start() - _LONGEST_ABBREVIATION), end.start())
    if found is None or end[0][1:2] in ")]\"'”’":
        return False
    word = found[0]
    if word.lower() in _NEVER_LAST:
        return True
    following = _WORD_AFTER.match(text, end.end())
    return _known(word) and (following is None or following[1] not in _BEGINS)


def _known(word: str) -> bool:
    low = word.lower()
    return low in _NEVER_LAST or low in _SELDOM_LAST or (len(word) == 1 and word.isupper()) or _initials(word)


def _initials(word: str) -> bool:
    """Tell whether it is letters with full stops between them: “H.E”, “U.N.D.P”."""
    return "." in word and all(len(part) == 1 for part in word.split("."))
