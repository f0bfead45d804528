"""Lines joined to paragraphs: a line that was broken for its width goes on in the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.page import sentences
from eventrec.draft.page.furniture import stamps
from eventrec.draft.page.scripts import HAN
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NARROWEST: Final = 40
_WIDEST: Final = 110
"""Columns of a text that somebody broke into lines; Chinese characters take two."""

_SLACK: Final = 3
_OPEN: Final = late(
    r"(?:[,(“‘«–—-]|\b(?:and|or|of|the|a|an|in|on|at|by|for|from|to|with|under|between|as|its|their|this|&))$", re.I
)
"""How a line ends that cannot be the end of a paragraph."""

_CLOSED: Final = late(r"[.!?。！？…:：;；][\"'”’)）」』]{0,3}$")
_MARK: Final = late(r"(?:[•·▪●◦*‣►○■◆\uf0b7-]|#{1,6})\s+(?=\S)|(?:>\s?){1,5}(?=\S)")
_NUMBER: Final = late(r"(?:\d{1,2}[.)、]|[(（]?[一二三四五六七八九十]{1,2}[、)）])\s?(?=\D)")
_LOOKED_AT: Final = 40
_ADDRESS: Final = late(r"\S{1,80}@|https?:|www\.")
_FIRST: Final = late(r"\S{1,60}")


@dataclass(frozen=True)
class Line:
    """A line, or several that belong together, without blanks around; `apart` when an empty line precedes."""

    start: int
    end: int
    apart: bool
    bullet: bool = False


def lines(text: str) -> list[Line]:
    """Return the lines that are not empty, without the bullet or the mark of a heading or a quotation."""
    found = []
    at, apart = 0, True
    for whole in text.split("\n"):
        words = whole.strip()
        if words:
            start = at + len(whole) - len(whole.lstrip())
            mark = _MARK.match(words)
            item = (mark is not None and mark[0][0] != ">") or _NUMBER.match(words) is not None
            found.append(Line(start + (mark.end() if mark else 0), at + len(whole.rstrip()), apart, item))
        apart = not words
        at += len(whole) + 1
    return found


def goes_on(text: str, before: Line, line: Line) -> bool:
    """Tell whether a line cannot begin anything: it goes on in small letters, or the one before ends with “of the”."""
    if line.apart or line.bullet:
        return False
    end = text[before.start : before.end][-_LOOKED_AT:]
    if before.end - before.start < _NARROWEST or _CLOSED.search(end):
        return False
    small = text[line.start].islower() and not _ADDRESS.match(text, line.start, line.end)
    return small or _OPEN.search(end) is not None


def joined(text: str, found: Sequence[Line], kept_apart: Sequence[bool]) -> Iterator[Line]:
    """Return the paragraphs; a line marked as kept apart is none of the text and is joined with nothing."""
    width = _width(text, found, kept_apart)
    current: Line | None = None
    last = Line(0, 0, apart=True)
    for line, alone in zip(found, kept_apart, strict=True):
        if current and not alone and _goes_on(text, current, last, line, width):
            current = Line(current.start, line.end, current.apart, current.bullet)
        else:
            if current:
                yield current
            current = None if alone else line
            if alone:
                yield line
        last = line
    if current:
        yield current


def _goes_on(text: str, paragraph: Line, before: Line, line: Line, width: int) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    end = text[before.start : before.end][-_LOOKED_AT:]
    if line.bullet or (_CLOSED.search(end) and not sentences.abbreviated(text, before.start, before.end)):
        return False
    first = text[line.start]
    if first.islower() and not _ADDRESS.match(text, line.start, line.end):
        return not line.apart or before.end - before.start >= _NARROWEST
    if line.apart:
        return False
    if _OPEN.search(end) and not (first in "-–—" or paragraph.bullet):
        return True
    if first not in "-–—" and _is_open(text, paragraph):
        return True
    size = columns(text, before)
    if _in_the_middle(text, paragraph, before, line) or _in_a_name(text, paragraph, before, line, width):
        return True
    if not width or not _NARROWEST - 15 <= size <= width + _SLACK:
        return False
    if HAN.match(first):
        return size >= width - 4
    word = _FIRST.match(text, line.start, line.end)
    return size + 1 + len(word[0] if word else "") > width


def _is_open(text: str, paragraph: Line) -> bool:
    """Tell whether a quotation or a bracket that a paragraph begins is not ended in it."""
    inside = text[max(paragraph.start, paragraph.end - _QUOTED) : paragraph.end]
    for opening, closing in ("“”", "（）", "()", "《》"):
        if inside.rfind(opening) > inside.rfind(closing):
            return True
    return inside.count('"') % 2 == 1 and paragraph.end - paragraph.start <= _QUOTED


_QUOTED: Final = 300
_FACT: Final = late(r"[\w -]{2,24}\s?[:：]|[A-Z][\w.,' -]{1,40}\s[–—-]{1,2}\s")
_SMALL: Final = late(r"\b[a-z]")
_FIRST_LETTER: Final = late(r"\b[^\W\d_]")
_SURE: Final = 100
"""Characters of a paragraph that is no headline any more."""


def _in_the_middle(text: str, paragraph: Line, before: Line, line: Line) -> bool:
    """Tell whether a paragraph of several broken lines goes on, whatever the length of its last one.

    It is long, and in small letters as no headline is; what follows is no fact, no dateline and no address.
    """
    if before.start == paragraph.start or paragraph.end - paragraph.start < _SURE or before.end - before.start < 15:
        return False
    if HAN.match(text, line.start) or _FACT.match(text, line.start, line.end):
        return False
    inside = text[max(paragraph.start, paragraph.end - _QUOTED) : paragraph.end]
    return 2 * len(_SMALL.findall(inside)) > len(_FIRST_LETTER.findall(inside))


_HALF: Final = late(
    r"\b(?:the|and|of|from|by|with|its|between|to|for|&)\s(?:[A-Z][\w'’-]{1,30}\s){0,3}"
    r"(?:[A-Z][a-z]{2,12}(?:ian|ese|ish|ean|can|nch|rman|wiss|utch|reek|hai|zech|raqi|akh|jik|men|zbek|urdish|rgyz)"
    r"|National|International|Federal|Royal|Central|General|State|United|Foreign|Deputy|Prime|Regional|Provincial|Joint)$"
)
"""How a line ends that breaks off before the noun: “from the Ruritanian”, “and the General”."""

_LED: Final = late(r"[A-Z][\w.'()/]{1,20}(?:[,\s]{1,2}[A-Z(\d][\w.'()/]{0,20}){0,7}\s[–—-]{1,2}\s(?=[A-Z“\"])")
"""A dateline with the first words of a sentence after it."""

_BEGINNING: Final = late(
    r"(?:The|This|These|It|He|She|They|We|In|On|At|An?|As|For|From|During|Since|Under|With|Participants|All|Both|Over"
    r"|About|After|Before|Following|More|Some|To|By|Today|Yesterday|Held|Organi[sz]ed|Photo|Source|Contact|Tel|E-?mail)\b"
)
_ASKS: Final = late(r"\b(?:contact|information|enquiries|inquiries|write\sto|e-?mail)\b", re.I)
_LAST: Final = late(r"\b[A-Z][\w'’-]{1,30}$")


def _in_a_name(text: str, paragraph: Line, before: Line, line: Line, width: int) -> bool:
    """Tell whether a line breaks off in the middle of a name, however short it is: “the Ruritanian / Border Agency”.

    A headline in capitals is no such line; neither does a fact, a label or the beginning of a sentence go on.
    """
    first = text[line.start]
    if not first.isupper() or _FACT.match(text, line.start, line.end) or _ADDRESS.match(text, line.start, line.end):
        return False
    if _BEGINNING.match(text, line.start, line.end) or stamps.is_dateline(text[line.start : line.end]):
        return False
    inside = text[max(paragraph.start, paragraph.end - _QUOTED) : paragraph.end]
    if _HALF.search(inside[-_LOOKED_AT:]):
        return True
    size = paragraph.end - paragraph.start
    sentence = _LED.match(text, paragraph.start, paragraph.end) if size >= 60 else None
    sentence = sentence or (_BEGINNING.match(text, paragraph.start) if size >= _NARROWEST else None)
    if not (sentence or (width and size >= _SURE)) or before.end - before.start < 15:
        return False
    small = 2 * len(_SMALL.findall(inside)) > len(_FIRST_LETTER.findall(inside))
    return small and bool(_LAST.search(inside[-_LOOKED_AT:])) and not _ASKS.search(inside)


def _width(text: str, found: Sequence[Line], kept_apart: Sequence[bool]) -> int:
    """Return the columns to which the text was broken, or 0 where it was not."""
    broken = []
    for index in range(1, len(found)):
        before, line = found[index - 1], found[index]
        if kept_apart[index - 1] or kept_apart[index] or line.apart or line.bullet:
            continue
        size = columns(text, before)
        if not _NARROWEST <= size <= _WIDEST or _CLOSED.search(text[before.start : before.end][-8:]):
            continue
        if text[line.start].islower() or (HAN.match(text, line.start) and HAN.match(text, before.end - 1)):
            broken.append(size)
    return max(broken) if len(broken) >= 2 else 0


def columns(text: str, line: Line) -> int:
    """Return how wide a line is; of one far too wide only that it is."""
    size = line.end - line.start
    return size if size > _WIDEST else size + len(HAN.findall(text, line.start, line.end))
