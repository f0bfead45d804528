"""What names of organisations are compared by: spelling, country, “the” and order of words do not tell them apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from eventrec.draft.mentions.organisations import nations
from eventrec.patterns import late
from eventrec.text.names import normalise

_SPELLED: Final = (
    (late(r"\borganis"), "organiz"),
    (late(r"\bcentre"), "center"),
    (late(r"\blabor\b"), "labour"),
    (late(r"\bdefense\b"), "defence"),
    (late(r"\bprogram\b"), "programme"),
    (late(r"\bco-operation\b"), "cooperation"),
    (late(r"&"), " and "),
    (late(r"\b(?:the|directorate-general)\b"), lambda found: "" if found[0] == "the" else "directorate general"),
    (late(r"[^\w\s]+"), " "),
)  # fmt: skip
_OWN: Final = late(
    r"^(?:中国|中华人民共和国)(?=.{2})(?!政府|银行|科学院|人民|残疾人|国际|驻|妇女|红十字|警察|社会|劳动|东盟|标准|移民管理警察)"
)
_DIPLOMATIC: Final = late(
    r"(?:(?P<by>.+?) )?(?P<head>Embassy|Delegation|Consulate[ -]General|Permanent Mission)(?: of (?:the )?(?P<of>.+?))?"
    r"(?: (?:to|in) (?:the )?(?P<to>.+))?"
)
_DIPLOMATIC_ZH: Final = late(r"(?P<by>.+?)(?:驻(?P<to>.+?))?(?P<head>大使馆|使馆|代表团|总领事馆|总领馆)")
_HERE: Final = {
    "华": "CN",
    "俄": "RU",
    "美": "US",
    "日": "JP",
    "泰": "TH",
    "越": "VN",
    "德": "DE",
    "法": "FR",
    "英": "GB",
    "韩": "KR",
}


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """Return what a name is compared by."""
    text = normalise(name)
    if not text.isascii() and re.search(r"[\u3400-\u9fff]", text):
        return re.sub(r"\s+", "", _OWN.sub("", text))
    for pattern, plain in _SPELLED:
        text = pattern.sub(plain, text)
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def diplomatic(name: str) -> tuple[str, str, str | None] | None:
    """Return kind, sender and place of an embassy or delegation: ("embassy", "JP", "TM"); None for anything else."""
    found = _DIPLOMATIC.fullmatch(name)
    if found:
        sender = _party(found["of"] or found["by"] or "")
        return (found["head"].lower().replace("-", " "), sender, _place(found["to"])) if sender else None
    found = _DIPLOMATIC_ZH.fullmatch(name)
    if not found:
        return None
    sender = _party_zh(found["by"])
    head = {"代表团": "delegation", "总领事馆": "consulate general", "总领馆": "consulate general"}.get(
        found["head"], "embassy"
    )
    return (head, sender, _place_zh(found["to"])) if sender else None


def _party(text: str) -> str | None:
    if text in nations.UNIONS:
        return nations.UNIONS[text][0]
    return nations.country(text) or nations.adjectives().get(text)


def _party_zh(text: str) -> str | None:
    if text in nations.UNIONS:
        return nations.UNIONS[text][0]
    found = nations.nation_at(text)
    return found.code if found and found.end == len(text) else None


def _place(text: str | None) -> str | None:
    if not text:
        return None
    return nations.country(text) or nations.city(text)


def _place_zh(text: str | None) -> str | None:
    if not text:
        return None
    found = nations.nation_at(text)
    return _HERE.get(text) or (found.code if found else None)


def is_short_for(short: str, long: str) -> bool:
    """Tell whether a Chinese name is short for another: “移民局” for “国家移民管理局”."""
    if len(short) < 3 or len(short) >= len(long) or short[-1] != long[-1]:
        return False
    if short[-1] == "委" and short[-2:] != long[-2:]:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)
