"""Names of people in Chinese text, and what stands around them: “国际移民组织驻华代表处项目经理翟安瑞先生”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.rules.contact.phrases.latin import Phrase, is_name, words
from eventrec.draft.rules.contact.phrases.words import (
    ACRONYMS,
    HAN,
    HONORIFIC_ZH,
    LETTER,
    OFFICE_ZH,
    POSITION_ZH,
    SURNAME_ZH,
    SURNAMES_ZH,
    UPPER,
    is_surname,
)
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Collection

LATIN_NAME: Final = rf"[{UPPER}][{LETTER}'’.\-]{{0,30}}(?:\s[{LETTER}][{LETTER}'’.\-]{{0,30}}){{1,4}}"
"""A name in Latin letters within Chinese text, for a pattern."""

_LATIN: Final = late(LATIN_NAME)
_LEAD: Final = late(r"(?:请联系|联系|请|敬请|与|和|同|跟|向|我们的|我处|我办|我方|本项目|该项目|其|由|致|:|：|\s)+")
_TRAIL: Final = late(r"(?:取得)?(?:联系|联络|咨询|索取|了解|洽询)\s*$")
_HONORIFIC: Final = late(rf"\s*({HONORIFIC_ZH})\s*$")
_POSITION_END: Final = late(rf"(?:{POSITION_ZH})(?=[\s:：]*)")
_POSITION: Final = late(rf"^(?:[^\W\d_]|[（）()/\s·\-]){{0,30}}(?:{POSITION_ZH})$")
_OFFICE_END: Final = late(rf"(?:{OFFICE_ZH})(?!长)")
_DOT: Final = late("[·•・‧]")
_GIVEN: Final = late(rf"{HAN}{{1,2}}")
_FOREIGN: Final = late(rf"{HAN}{{1,8}}(?:[·•・‧][^\W\d_]{{1,10}}){{1,4}}")
_NO_GIVEN: Final = late(r"(?:部|局|司|处|署|院|所|会|国|省|市|区|县|人|们|等|的|了|在|和|与)$")


def is_chinese_name(text: str) -> bool:
    """Tell whether a text can be the full name of a person: a surname with one or two characters, or with a dot."""
    if _FOREIGN.fullmatch(text):
        return True
    given = _given(text)
    return given is not None and bool(_GIVEN.fullmatch(given)) and not _NO_GIVEN.search(given)


def _given(text: str) -> str | None:
    """Return what follows the surname."""
    for surname in SURNAMES_ZH.split("|"):
        if text.startswith(surname):
            return text[len(surname) :] or None
    return text[1:] if text[:1] in SURNAME_ZH else None


def read_chinese_phrase(text: str, acronyms: Collection[str] = ACRONYMS) -> Phrase:
    """Return what a phrase of a Chinese contact block tells: a name, a position, an office, or several of them."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    trail = _TRAIL.search(text, start)
    end = trail.start() if trail else len(text.rstrip())
    titled = _HONORIFIC.search(text, start, end)
    name_end = titled.start() if titled else end
    name = _name(text, start, name_end, titled is not None, acronyms)
    before = name[0] if name else end
    position, office = _around(text, start, before) if before > start else (None, None)
    return Phrase(name, titled[1] if titled and name else None, position, office)


def _name(text: str, start: int, end: int, titled: bool, acronyms: Collection[str]) -> tuple[int, int] | None:
    """Return the name at the end of a phrase: the whole of it, after a position, or after an office."""
    for latin in _LATIN.finditer(text, start, end):
        if latin.end() == end and is_name(words(text, latin.start(), latin.end()), acronyms):
            return latin.start(), end
    begins = [start]
    begins += [match.end() for match in _POSITION_END.finditer(text, start, end)]
    begins += [match.end() for match in _OFFICE_END.finditer(text, start, end)] if titled or len(begins) == 1 else []
    dot = _DOT.search(text, start, end)
    for at in sorted((each for each in dict.fromkeys(begins) if not dot or each < dot.start()), reverse=True):
        begin = at + len(text[at:end]) - len(text[at:end].lstrip(" :："))
        if is_chinese_name(text[begin:end]) or (titled and is_surname(text[begin:end])):
            return begin, end
    return None


def _around(text: str, start: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return position and office of what stands before a name, or of a phrase without one."""
    phrase = text[start:end].rstrip(" :：")
    if _POSITION.match(phrase):
        office_end = 0
        last = max(match.start() for match in _POSITION_END.finditer(phrase))
        for match in _OFFICE_END.finditer(phrase, 0, last):
            if match.end() <= last or match.end() < len(phrase):
                office_end = match.end()
        office_end = 0 if office_end >= len(phrase) else office_end
        position = phrase[office_end:].lstrip(" 的")
        begin = start + len(phrase) - len(position)
        return (begin, start + len(phrase)), (start, start + office_end) if office_end else None
    if any(match.end() == len(phrase) for match in _OFFICE_END.finditer(phrase)) and len(phrase) > 2:
        return None, (start, start + len(phrase))
    return None, None
