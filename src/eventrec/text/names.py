"""Names and titles: cleaning, languages, what they are searched and sorted by."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_LINE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_TAG: Final = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?)=(.*)", re.DOTALL)
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    ("ru", re.compile(r"[\u0400-\u052f]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
)
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OWN_SCRIPT: Final = {language for language, _ in _SCRIPTS}

_SURNAMES: Final = {
    "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "单于": "chanyu", "长孙": "zhangsun", "令狐": "linghu",
    "翟": "zhai", "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao",
    "任": "ren", "盖": "ge", "乐": "yue", "员": "yun", "覃": "qin", "召": "shao", "黑": "he", "洗": "xian",
    "冼": "xian", "缪": "miao", "秘": "bi", "折": "she", "种": "chong", "繁": "po", "逄": "pang", "晟": "cheng",
    "宓": "mi", "能": "nai", "那": "na", "尹": "yin", "宁": "ning", "华": "hua", "燕": "yan", "应": "ying",
    "纪": "ji", "过": "guo", "葛": "ge", "肖": "xiao", "贾": "jia", "石": "shi", "沈": "shen", "车": "che",
    "卜": "bu", "牟": "mu", "隗": "kui", "郗": "xi", "祭": "zhai", "阚": "kan", "句": "gou", "佴": "nai",
}  # fmt: skip
"""Characters that are read in their own way, or could be misread, as a surname; longer ones first."""


def clean(text: str, what: str, limit: int = 500, lines: bool = False) -> str:
    """Return the text without space around it, in Unicode's composed form (NFC).

    Raises Rejected for a text that is empty, longer than `limit` characters, or holds a control character; newlines
    and tabs, line separators and bidi overrides are allowed only with `lines`.
    """
    text = text.strip()
    if not text:
        raise Rejected(f"The {what} is empty.", "Give it in at least one language.")
    found = (_CONTROL if lines else _NOT_IN_A_LINE).search(text)
    if found:
        raise Rejected(
            f"The {what} holds the control character U+{ord(found[0]):04X} at position {found.start() + 1}.",
            "Take it out; it may have come along when the text was copied.",
        )
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise Rejected(f"The {what} has {len(text):,} characters; {limit:,} are the most.", "Shorten it.")
    return text


def language_of(text: str, main: str = "en") -> str:
    """Return the BCP 47 tag that the script tells: Chinese for Han, the main language for Latin.

    Where scripts are mixed the one with more letters decides; a Han character weighs as much as three Latin letters.
    """
    counts = {language: len(script.findall(text)) for language, script in _SCRIPTS}
    if counts["ja"]:
        return "ja"
    latin = len(_LATIN.findall(text))
    best = max(counts, key=lambda language: counts[language])
    weight = 3 if best in ("zh", "ko") else 1
    if counts[best] and counts[best] * weight >= latin:
        return best
    return "en" if main.split("-")[0] in _OWN_SCRIPT else main


def language_tag(text: str) -> str:
    """Return a BCP 47 tag in its usual case: `zh-Hant`. Raises Rejected."""
    found = _TAG.fullmatch(f"{text.strip()}=")
    if not found:
        raise Rejected(f"“{text}” is no language tag.", "Write it as en, zh, fr or zh-Hant.")
    return _usual_case(found[1])


def read_localized(
    words: Sequence[str], what: str, main: str = "en", limit: int = 500, lines: bool = False
) -> Localized:
    """Return a text in the languages in which it is given, one argument each.

    The script tells the language, or a tag before `=`: `fr=Atelier`. Raises Rejected for two texts in one language.
    """
    found: dict[str, str] = {}
    for word in words:
        tagged = _TAG.fullmatch(word.strip())
        text = clean(tagged[2] if tagged else word, what, limit, lines)
        language = _usual_case(tagged[1]) if tagged else language_of(text, main)
        if language in found and found[language] != text:
            raise Rejected(
                f"Two texts for the {what} are in the same language ({language}): “{_short(found[language])}” and"
                f" “{_short(text)}”.",
                f"Put quotation marks around a text of several words, or name the language: fr={_short(text)}",
            )
        found[language] = text
    if not found:
        raise Rejected(f"The {what} is empty.", "Give it in at least one language.")
    return Localized(found)


def normalise(text: str) -> str:
    """Return the text as search compares it: without case, accents, width and surplus space. Idempotent."""
    for _ in range(3):
        folded = unicodedata.normalize("NFKC", text).casefold()
        plain = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
        text, before = " ".join(unicodedata.normalize("NFKC", plain).split()), text
        if text == before:
            break
    return text


def search_text(*parts: str | Localized | None) -> str:
    """Return all parts as one normalised text, a line each."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, dict):
            texts.extend(part[tag] for tag in sorted(part))
        elif part:
            texts.append(part)
    return "\n".join(dict.fromkeys(normalise(text) for text in texts))


def sort_key(name: Localized, family_name: str | None = None, *, person: bool = False) -> str:
    """Return what lists are ordered by.

    A name that has a Latin form is ordered by it, a person's by the family name where that is recorded. A name in
    Chinese alone is ordered by its pinyin, a person's with the reading of surnames (翟 zhái, not dí).
    """
    if family_name:
        return _latin(f"{family_name} {_plain_name(name)}", person=person)
    return _latin(_plain_name(name), person=person)


def _plain_name(name: Localized) -> str:
    latin = [name[tag] for tag in sorted(name, key=lambda tag: (tag != "en", tag)) if _LATIN.search(name[tag])]
    return latin[0] if latin else name.any("zh")


def _latin(text: str, *, person: bool) -> str:
    if dict(_SCRIPTS)["zh"].search(text):
        text = _pinyin(text, person=person)
    folded = normalise(text)
    return " ".join(re.sub(r"[^\w\s]", " ", folded).split()) or folded


def _pinyin(text: str, *, person: bool) -> str:
    from pypinyin import lazy_pinyin

    surname = next((each for each in _SURNAMES if text.startswith(each)), "") if person else ""
    start = [_SURNAMES[surname]] if surname else []
    return " ".join([*start, *lazy_pinyin(text[len(surname) :])])


def _usual_case(tag: str) -> str:
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
