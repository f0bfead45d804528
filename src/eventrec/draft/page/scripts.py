"""English and Chinese told apart, also within one line: a stretch belongs to the script that carries its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.page import sentences
from eventrec.draft.page.plain import trimmed
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.evidence import Span

HAN: Final = late(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
NO_LATIN: Final = r"[^\W\d_A-Za-zÀ-ɏ]"
"""A letter that is not Latin, where it is known to be Chinese; made at once, unlike the range of all characters."""

_LATIN: Final = late(r"[A-Za-zÀ-ɏ]")
_ADDRESS: Final = late(r"[\w.+-]{1,64}@[\w.-]{1,255}|https?://\S+|www\.\S+")
_WEIGHT: Final = 3
"""A Chinese character says as much as about three letters."""

_LEAST_HAN: Final = 6
_LEAST_WORDS: Final = 3


def language(text: str) -> str:
    """Return "zh" where Chinese characters carry a text, else "en"; addresses of mail and web do not count."""
    han = len(HAN.findall(text))
    if not han:
        return "en"
    return "zh" if han * _WEIGHT >= len(_LATIN.findall(_ADDRESS.sub("", text))) else "en"


def split(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    """Return the stretches of a paragraph, each in one language, in order."""
    inside = text[span.start : span.end]
    if not HAN.search(inside) or not _LATIN.search(inside):
        yield span, language(inside)
        return
    start, spoken = span.start, ""
    for at, piece in _pieces(text, span):
        if spoken and piece != spoken:
            yield trimmed(text, start, at), spoken
            start = at
        spoken = piece
    if spoken:
        yield trimmed(text, start, span.end), spoken


def _pieces(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """Return where each piece begins and its language; a piece without letters has that of the one before."""
    at, spoken = span.start, ""
    for end in (*sentences.ends(text, span), span.end):
        for start, stop in _halves(text, at, end):
            inside = text[start:stop]
            if HAN.search(inside) or _LATIN.search(_ADDRESS.sub("", inside)):
                spoken = language(inside)
            yield start, spoken or language(inside)
        at = end


_BETWEEN: Final = late(
    rf"(?:(?<={NO_LATIN})|(?<=[）》”。…]))[\s/|]++(?=[“\"'(]?[A-Za-z])|(?<=[A-Za-z)”\".])[\s/|]++(?=[“《（]?{NO_LATIN})"
)


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a piece where one language stops for good and the other begins, without a full stop between them."""
    found = list(_BETWEEN.finditer(text, start, end))
    if len(found) != 1:
        return [(start, end)] if end > start else []
    at = found[0].end()
    left, right = text[start:at], text[at:end]
    for one, other in ((left, right), (right, left)):
        if (
            len(HAN.findall(one)) >= _LEAST_HAN
            and not HAN.search(other)
            and len(other.split()) >= _LEAST_WORDS
            and len(_LATIN.findall(one)) <= len(HAN.findall(one))
        ):
            return [(start, at), (at, end)]
    return [(start, end)]


_LETTER: Final = late(r"[^\W\d_]")
_WORD: Final = late(r"[^\W\d_]+")
_ENGLISH: Final = frozenset((
    "the", "of", "and", "to", "in", "for", "on", "with", "by", "from", "a", "an", "is", "was", "were", "at",
    "as", "that", "this", "are", "has", "have", "had", "be", "it", "its", "will",
))  # fmt: skip
_OTHERS: Final = frozenset((
    "de", "la", "le", "les", "des", "et", "du", "el", "los", "las", "y", "del", "en", "une", "un", "der", "die",
    "das", "und", "von", "mit", "den", "di", "il", "della", "e", "o", "do", "da", "dos", "para", "con", "por",
    "que", "của", "và", "các", "trong", "dan", "yang", "untuk", "dengan", "pada", "et", "van", "het", "een",
    "og", "att", "för", "och", "som",
))  # fmt: skip
_LEAST: Final = 12
_LOOKED_AT: Final = 3000


def is_foreign(text: str) -> bool:
    """Tell whether a text is in a third language: in another script, or with the small words of another."""
    text = text[:_LOOKED_AT]
    letters = len(_LETTER.findall(text))
    if 2 * (len(HAN.findall(text)) * _WEIGHT + len(_LATIN.findall(text))) < letters:
        return letters >= _LEAST
    found = [word.lower() for word in _WORD.findall(text)]
    if len(found) < _LEAST or HAN.search(text):
        return False
    english, others = sum(word in _ENGLISH for word in found), sum(word in _OTHERS for word in found)
    return others * 8 > len(found) and others > 3 * english
