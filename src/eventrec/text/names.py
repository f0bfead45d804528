"""Names and titles: cleaning, languages, what they are searched and sorted by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.localized import Localized
from eventrec.patterns import late
from eventrec.text.typed import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTROL: Final = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_LINE: Final = late(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BLANKS: Final = (
    " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""What may stand around a text and is taken off: blanks, ends of lines, and marks of no width."""

_TAG: Final = late(
    r"([A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[0-9][A-Za-z0-9]{3})*)=(.*)", re.DOTALL
)
_SCRIPTS: Final = {
    "ja": r"[\u3041-\u309f\u30a1-\u30fa]",
    "ko": r"[\u1100-\u11ff\uac00-\ud7a3]",
    "zh": r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
    "ru": r"[\u0400-\u052f]",
    "ar": r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]",
}
_MAY_BE_THEIRS: Final = late("[\u0400-\U0010ffff]")
"""None of these scripts has a character before these."""

_LATIN: Final = late(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_NO_WORD: Final = late(r"[^\w\s]")
_HAN_ALONE: Final = late(r"[\u4e00-\u9fff]+")
_IN_BRACKETS: Final = late(r"\([^()]*\)|\[[^\[\]]*\]")
_WRITTEN_IN: Final = {
    "zh": ("zh", "yue"),
    "ja": ("ja",),
    "ko": ("ko",),
    "ru": ("ru", "be", "bg", "kk", "ky", "mk", "mn", "tg", "uk"),
    "ar": ("ar", "fa", "ps", "ug", "ur"),
}
"""The languages of each script; the first is meant unless the main language is another of them."""

_STROKES: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Letters that NFKD does not take apart, and what people without them type."""

_PART_OF_LETTER: Final = (7, 8, 9)
"""Combining classes of marks that make another letter: nukta, voicing of kana, virama."""

_ANOTHER: Final = {"fr": "en", "zh": "zh-Hant"}
"""The language that a refusal gives as its example, where French would be none."""

SURNAMES: Final = {
    "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "单于": "chanyu", "长孙": "zhangsun", "令狐": "linghu",
    "翟": "zhai", "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao",
    "任": "ren", "盖": "ge", "乐": "yue", "员": "yun", "覃": "qin", "召": "shao", "黑": "he", "洗": "xian",
    "冼": "xian", "薄": "bo", "都": "du", "乜": "nie", "缪": "miao", "秘": "bi", "折": "she", "种": "chong",
    "繁": "po", "逄": "pang", "晟": "cheng", "宓": "mi", "能": "nai", "那": "na", "尹": "yin", "宁": "ning",
    "华": "hua", "燕": "yan", "应": "ying", "纪": "ji", "过": "guo", "葛": "ge", "肖": "xiao", "贾": "jia",
    "石": "shi", "沈": "shen", "车": "che", "卜": "bu", "牟": "mu", "隗": "kui", "郗": "xi", "祭": "zhai",
    "阚": "kan", "句": "gou", "佴": "nai",
}  # fmt: skip
"""Characters that are read in their own way, or could be misread, as a surname; longer ones first."""


def clean(text: str, what: str, limit: int = 500, lines: bool = False) -> str:
    """Return the text without space around it, in Unicode's composed form (NFC).

    Raises Rejected for a text that is empty or invisible, longer than `limit` characters, or holds a control character;
    newlines and tabs, line separators and bidi overrides are allowed only with `lines`.
    """
    text = (text.replace("\r\n", "\n") if lines else text).strip(_BLANKS)
    if not (text and text.isprintable()):  # else there is neither a mark nor a control character in it
        _refuse_unseen(text, what, lines)
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise Rejected(f"The {what} has {len(text):,} characters; {limit:,} are the most.", "Shorten it.")
    return text


def _refuse_unseen(text: str, what: str, lines: bool) -> None:
    if all(unicodedata.category(char) in ("Cf", "Zs") for char in text):
        raise Rejected(f"The {what} is empty.", "Write it out.")
    found = (_CONTROL if lines else _NOT_IN_A_LINE).search(text)
    if found:
        raise Rejected(
            f"The {what} holds the control character U+{ord(found[0]):04X} at position {found.start() + 1}.",
            "Take it out; it may have come along when the text was copied.",
        )


def is_chinese(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return not text.isascii() and _script("zh").search(text) is not None


def is_han(text: str) -> bool:
    """Tell whether a text is of nothing but the usual Chinese characters."""
    return _HAN_ALONE.fullmatch(text) is not None


def is_latin(text: str) -> bool:
    """Tell whether a text holds no character that another script may have: letters, accents, figures, signs."""
    return text.isascii() or not _MAY_BE_THEIRS.search(text)


@cache
def _script(language: str) -> re.Pattern[str]:
    """Return the pattern of a script, made when it is first needed: a range of all its characters takes long."""
    return re.compile(_SCRIPTS[language])


@cache
def _two_scripts() -> re.Pattern[str]:
    han = _SCRIPTS["zh"]
    latin = rf"(?!{han})[^\W\d_](?:(?!{han})[\w\s.,'’\-·])*?"
    chinese = rf"{han}(?:{han}|[·•\s])*?"
    between, behind = r"\s*[/／|、\n(（]?\s*", r"\s*[)）]?"
    return re.compile(
        rf"(?P<latin>{latin}){between}(?P<han>{chinese}){behind}|(?P<han2>{chinese}){between}(?P<latin2>{latin}){behind}"
    )


def language_of(text: str, main: str = "en") -> str:
    """Return the BCP 47 tag that the script tells: Chinese for Han, the main language for Latin.

    Where scripts are mixed the one with more letters decides: a Han character weighs as much as four Latin letters, and
    what stands in brackets counts only where there is nothing else (“Workshop (研讨会)” is not Chinese).
    """
    if is_latin(text) and not _of_another_script(main):
        return main
    if is_han(text):
        return main if main.split("-")[0].lower() in _WRITTEN_IN["zh"] else "zh"
    text = unicodedata.normalize("NFKC", text)
    outside = _IN_BRACKETS.sub(" ", text)
    text = outside if any(map(str.isalpha, outside)) else text
    if not _MAY_BE_THEIRS.search(text):
        counts = dict.fromkeys(_SCRIPTS, 0)
    else:
        counts = {language: len(_script(language).findall(text)) for language in _SCRIPTS}
    latin = len(_LATIN.findall(text))
    best = "ja" if counts["ja"] else max(counts, key=lambda language: counts[language])
    weight = 4 if best in ("ja", "ko", "zh") else 1
    own = main.split("-")[0].lower()
    if counts[best] and (best == "ja" or counts[best] * weight >= latin):
        return main if own in _WRITTEN_IN[best] else best
    return "en" if latin and _of_another_script(main) else main


@cache
def _of_another_script(main: str) -> bool:
    """Tell whether a language is not written in Latin letters."""
    return any(main.split("-")[0].lower() in languages for languages in _WRITTEN_IN.values())


def in_languages(text: str) -> list[str]:
    """Split “LI Na 李娜” into what is written in Latin letters and in Chinese; any other text stays whole."""
    if is_latin(text) or is_han(text):
        return [text]
    found = _two_scripts().fullmatch(text.strip())
    if not found:
        return [text]
    latin, han = found["latin"] or found["latin2"], found["han"] or found["han2"]
    return [latin.strip(" ,"), han.strip()]


def language_tag(text: str) -> str:
    """Return a BCP 47 tag in its usual case: `zh-Hant`. Raises Rejected."""
    found = _TAG.fullmatch(f"{text.strip()}=")
    if not found or found[2]:
        raise Rejected(f"“{shortened(text)}” is no language tag.", "Write it as en, zh, fr or zh-Hant.")
    return _usual_case(found[1])


def read_localized(
    words: Sequence[str], what: str, main: str = "en", limit: int = 500, lines: bool = False
) -> Localized:
    """Return a text in the languages in which it is given, one argument each.

    The script tells the language, or a tag before `=`: `fr=Atelier`. Raises Rejected for two texts in one language.
    """
    found: dict[str, str] = {}
    for word in words:
        tagged = _TAG.fullmatch(word.strip(_BLANKS)) if "=" in word else None
        text = clean(tagged[2] if tagged else word, what, limit, lines)
        language = _usual_case(tagged[1]) if tagged else language_of(text, main)
        if language in found and found[language] != text:
            raise Rejected(
                f"Two texts for the {what} are in the same language ({language}): “{shortened(found[language], 40)}”"
                f" and “{shortened(text, 40)}”.",
                "Put quotation marks around a text of several words, or name the language: "
                f"{_ANOTHER.get(language, 'fr')}={shortened(text, 40)}",
            )
        found[language] = text
    if not found:
        raise Rejected(f"The {what} is empty.", "Give it in at least one language.")
    return Localized(found)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Return the text as search compares it: without case, accents, width, unseen marks, surplus space. Idempotent."""
    if text.isascii():
        return " ".join(text.casefold().split())
    if _simple().fullmatch(text):
        return " ".join(text.translate(_simple_letters()).casefold().split())
    return _normalised(text)


@cache
def _simple_letters() -> dict[int, str]:
    """Return the accented letters that stand for ASCII ones wherever they stand, with those."""
    found = {code: _normalised(chr(code)) for code in range(0xC0, 0x250)}
    return {code: plain for code, plain in found.items() if plain.isascii() and plain.isalpha()}


@cache
def _simple() -> re.Pattern[str]:
    """Return the pattern of texts of ASCII, of such letters, and of plain Chinese ones, which stay as they are."""
    return re.compile(f"[\\x00-\\x7f\\u4e00-\\u9fff{''.join(map(chr, _simple_letters()))}]*")


_STAYS: Final = late("[ -@\\[-~\u4e00-\u9fff\u3001\u3002\u2018\u2019\u201c\u201d]*")
"""What normalising does not change: small ASCII letters, plain Chinese characters, and what stands between them."""


def _normalised(text: str) -> str:
    for _ in range(3):
        folded = unicodedata.normalize("NFKC", text).casefold().translate(_STROKES)
        plain = unicodedata.normalize("NFKD", folded).translate(_SEARCHED)
        text, before = " ".join(unicodedata.normalize("NFKC", plain).split()), text
        if text == before or _STAYS.fullmatch(text):
            break
    return text


def _is_searched(char: str) -> bool:
    """Tell whether people type a character when they search: neither an accent nor a mark that is not seen."""
    if char.isascii():
        return True
    return unicodedata.combining(char) in (0, *_PART_OF_LETTER) and unicodedata.category(char) != "Cf"


class _Searched(dict[int, int | None]):
    """What is kept of each character for `str.translate`, told apart when it is first met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = code if _is_searched(chr(code)) else None
        return self[code]


_SEARCHED: Final = _Searched()


def search_text(*parts: str | Localized | None) -> str:
    """Return all parts as one normalised text, a line each."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, dict):
            texts.extend(part[tag] for tag in sorted(part))
        elif part:
            texts.append(part)
    return "\n".join(dict.fromkeys(map(normalise, texts)))


def sort_key(name: Localized, family_name: str | None = None, *, person: bool = False) -> str:
    """Return what lists are ordered by.

    A name that has a Latin form is ordered by it (“Andrei Zaitsev / 翟安瑞” under A), a person's by the family name
    first where that is recorded (then under Z). A name in Chinese alone is ordered by its pinyin, a person's with the
    reading of surnames (翟 zhái, not dí).
    """
    if len(name) == 1:
        (text,) = name.values()
    else:
        latin = [name[tag] for tag in sorted(name, key=lambda tag: (tag != "en", tag)) if _LATIN.search(name[tag])]
        text = latin[0] if latin else name.any("zh")
    key = _latin(text, person=person)
    if not family_name:
        return key
    family = _latin(family_name, person=person)
    given = f" {key} ".replace(f" {family} ", " ", 1).strip()
    return f"{family} {given}".strip()


def _latin(text: str, *, person: bool) -> str:
    if is_chinese(text):
        text = _pinyin(text, person=person)
    folded = normalise(text)
    if not _NO_WORD.search(folded):
        return folded
    return " ".join(_NO_WORD.sub(" ", folded).split()) or folded


def _pinyin(text: str, *, person: bool) -> str:
    from eventrec.text.pinyin import readings

    surname = next((each for each in SURNAMES if text.startswith(each)), "") if person else ""
    start = [SURNAMES[surname]] if surname else []
    return " ".join([*start, *(ways[0] for ways in readings(text[len(surname) :]))])


def _usual_case(tag: str) -> str:
    first, *rest = tag.split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)])
