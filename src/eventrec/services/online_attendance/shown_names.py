"""Names as people show themselves in a meeting: with agency, former name, device and remarks around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.text.names import is_chinese, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMARK: Final = re.compile(
    r"\s*[(\[（【]\s*(?:guest|external|unverified|host|co-host|me|you|访客|来宾|外部|外部联系人|未验证|未认证|主持人|联席主持人|我)\s*[)\]）】]",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_BETWEEN: Final = re.compile(r"\s*[-–—|｜丨/／_@:：,，、·•]+\s*")
_DEVICE: Final = (
    r"(?:apple )?(?:iphone|ipad|ipod|imac|macbook)(?: ?(?:\d{1,2}|pro|max|air|mini|plus|se|x[sr]?)){0,4}"
    r"|(?:huawei|honor|xiaomi|redmi|oppo|vivo|samsung|galaxy|oneplus|meizu|lenovo|thinkpad|nokia|motorola|realme|pixel"
    r"|mate|android|windows|desktop|laptop|surface|mi|sm|华为|荣耀|小米|红米)"
    r"(?:[ -]?[a-z]{0,6}\d[a-z0-9]{0,12})?"
    r"(?:[ -](?:[a-z]{0,6}\d[a-z0-9]{0,12}|mate|pro|max|note|plus|ultra|phone|pad|pc)){0,4}"
)
_NOBODY: Final = re.compile(
    rf"{_DEVICE}"
    r"|(?:zoom|teams|voov|tencent meeting|wechat|wecom|call-in|phone|mobile)[ _-]?(?:user|rooms?|guest)?[ _-]?\d*"
    r"|(?:unknown|anonymous)(?: (?:user|participant|guest))?|(?:user|guest|participant|attendee|visitor)[ _-]?\d*"
    r"|pc|phone|me|(?:meeting|conference|board) ?room\W{0,3}\w{0,4}|room \d+|手机|电脑|\w{0,6}会议室\w{0,4}"
    r"|(?:腾讯会议|企业微信|微信|手机|电话|网页|匿名|未知|zoom|voov)?(?:用户|访客|游客|来宾)[ _-]?\w{0,8}"
)
_NUMBER: Final = re.compile(r"[+\d][\d*x\s()-]{5,}")
_OWNED: Final = re.compile(rf"(.+?)(?:['’]s?\s+|\s*的\s*)(?:{_DEVICE}|手机|电脑|平板)", re.IGNORECASE)
_SHORTEST_OF_AGENCY: Final = 3
"""Letters or characters from which on an agency may stand before a name without a mark: “LI Na” is a surname first."""

_LONGEST: Final = 200


@dataclass(frozen=True)
class Shown:
    """What a display name says: what may be the person's name, and what may be an agency's."""

    names: tuple[str, ...]
    agencies: tuple[str, ...]


def key_of(name: str) -> str:
    """Return what two times of one person are joined by; empty for a name that is nobody's, such as “iPhone”."""
    text = normalise(_REMARK.sub("", name[:_LONGEST]))
    return "" if _is_nobody(text) else text


def number_of(name: str) -> str:
    """Return the digits of a telephone number that stands for a name, masked ones too, else nothing."""
    text = normalise(name)
    return re.sub(r"[^\d*]", "", text) if _NUMBER.fullmatch(text) else ""


def read(name: str) -> Shown:
    """Return every reading of a display name: `NIA-李娜`, `Li Na | NIA`, `iPhone (Li Na)`, `李娜（国家移民管理局）`."""
    parts = dict.fromkeys(_parts(_REMARK.sub("", name[:_LONGEST])))
    texts = [text for text in parts if text and not _is_nobody(normalise(text))]
    pieces = [piece for text in texts for piece in _pieces(text) if piece]
    names = dict.fromkeys([*texts, *pieces, *(rest for text in pieces for _, rest in _apart(text))])
    agencies = dict.fromkeys([*texts, *pieces, *(first for text in pieces for first, _ in _apart(text))])
    return Shown(tuple(names), tuple(agencies))


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between marks, and what stands before and after each: `Jean-Pierre Dupont @ IOM`."""
    yield from _BETWEEN.split(text)
    for mark in _BETWEEN.finditer(text):
        yield from (text[: mark.start()], text[mark.end() :])


def _parts(name: str) -> Iterator[str]:
    """Yield the name whole, without its brackets, what stands in each, and the owner of a device."""
    for text in (name, _BRACKETS.sub(" ", name), *_BRACKETS.findall(name)):
        text = " ".join(text.split())
        owned = _OWNED.fullmatch(text)
        yield owned[1].strip() if owned else text


def _apart(text: str) -> Iterator[tuple[str, str]]:
    """Yield an agency and a name that stand together without a mark between them, in either order."""
    words = text.split()
    for at in range(1, len(words)):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        for one, other in ((first, last), (last, first)):
            if len(one) >= _SHORTEST_OF_AGENCY and (one.isupper() or is_chinese(one)):
                yield one, other
    if len(words) == 1 and is_chinese(text):
        for at in range(_SHORTEST_OF_AGENCY, len(text)):
            yield text[:at], text[at:]
        for at in range(1, len(text) - _SHORTEST_OF_AGENCY + 1):
            yield text[at:], text[:at]


def _is_nobody(text: str) -> bool:
    return not any(map(str.isalpha, text)) or _NUMBER.fullmatch(text) is not None or bool(_NOBODY.fullmatch(text))
