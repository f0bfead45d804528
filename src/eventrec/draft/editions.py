"""Earlier editions of an event: in a release on the fifth forum, “The fourth forum was held in” is said of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.holding import EVENT_EN
from eventrec.patterns import late
from eventrec.text.numerals import arabic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_WORDS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENGLISH: Final = late(
    rf"\b(?P<n>{'|'.join(_WORDS)}|\d{{1,2}}(?=st|nd|rd|th))(?:st|nd|rd|th)?\s(?:[\w-]+\s){{0,4}}?(?P<what>{EVENT_EN}|edition)\b",
    re.IGNORECASE,
)
_CHINESE: Final = late(r"第(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<what>届|期)")
_PARTS: Final = ("session", "day", "module", "panel", "round", "class", "lecture", "activit", "exercise", "discussion")
"""What is counted within one event."""


def is_earlier(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence names only editions before the one that the headline or a sentence before it names."""
    known: list[tuple[int, Mapping[str, int]]] | None = reading.__dict__.get("_editions")
    if known is None:
        known = reading.__dict__["_editions"] = [
            (each.span.start, named)
            for each in reading.page.sentences
            if (named := _named(reading.page.of(each.span), each.language))
        ]
    own = next((named for start, named in known if start == sentence.span.start), None)
    if not own:
        return False
    before = [named for start, named in known if start < sentence.span.start]
    return all(any(_of(what, named) > number for named in before) for what, number in own.items())


def _of(what: str, named: Mapping[str, int]) -> int:
    """Return the highest edition of a kind of event; “edition” alone may be of any."""
    return max(named.values()) if what == "edition" else named.get(what, 0)


def _named(text: str, language: str) -> Mapping[str, int]:
    """Return the highest edition that a text names of each kind of event."""
    named: dict[str, int] = {}
    for found in (_CHINESE if language == "zh" else _ENGLISH).finditer(text):
        what = found["what"].lower().rstrip("s")
        if not what.startswith(_PARTS):
            named[what] = max(named.get(what, 0), _number(found["n"].lower()))
    return named


def _number(written: str) -> int:
    if written in _WORDS:
        return _WORDS.index(written) + 1
    figures = arabic(f"{written}年")[:-1]
    return int(figures) if figures.isdecimal() else 0
