"""In which encoding a text is: by its mark, else the one that reads the whole of it and makes sense.

Windows-1252 reads nearly everything, and GB18030 a good deal of what is not Chinese; hence a look at what they give.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Opened = Callable[[], BinaryIO]

_CHUNK: Final = 2**20
_SAMPLE: Final = 64 * 1024
_MOST_FOREIGN: Final = 256 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)
_FEW: Final = 8
"""So few characters prove nothing: Chinese ones may all be rare, as in names."""

_HIGH: Final = re.compile(rb"[\x80-\xff]")
_ALONE: Final = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_FOREIGN_LINE: Final = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_SEPARATOR: Final = re.compile(r"[\t\r\n,;]")
_SEPARATOR_BYTE: Final = re.compile(rb"[\t\r\n,;]")
_HANZI: Final = re.compile(r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff]")


class NoText(Exception):
    """The octets are no text in an encoding that is known here."""


class Binary(NoText):
    """They are no text at all."""


class GoesOnOtherwise(NoText):
    """They begin in one encoding, which is `told`, and do not keep to it."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def encoding_of(opened: Opened) -> tuple[str, str]:
    """Return the encoding of a text, and its name for people where it is not UTF-8. Raises NoText.

    The text is opened anew for each look at it. It may begin with a byte order mark, which reading it in this encoding
    may leave as its first character.
    """
    with opened() as file:
        beginning = file.read(_SAMPLE)
    for mark, encoding, told in _MARKS:
        if beginning.startswith(mark):
            if _decodes(opened, encoding):
                return encoding, told
            raise GoesOnOtherwise(told or "UTF-8")
    if b"\x00" in beginning and (wide := _wide(beginning)) and _decodes(opened, wide):
        return wide, "UTF-16"
    controls = len(_CONTROL.findall(beginning))
    if controls > _FEW and 50 * controls > len(beginning):
        raise Binary
    if _decodes(opened, "utf-8"):
        return "utf-8", ""
    return _old(opened)


def _wide(beginning: bytes) -> str:
    """Return which UTF-16 a file without a mark is in: where separators and line ends have a zero byte beside them.

    Read the wrong way round they are characters that nobody writes.
    """
    even = beginning[: len(beginning) // 2 * 2]
    found = {each: len(_SEPARATOR.findall(even.decode(each, "replace"))) for each in ("utf-16-le", "utf-16-be")}
    best = max(found, key=lambda each: found[each])
    return best if found[best] * 2 > len(_SEPARATOR_BYTE.findall(beginning)) else ""


def _old(opened: Opened) -> tuple[str, str]:
    """Tell GB18030 from Windows-1252: Chinese stands in pairs of bytes, accented letters stand alone."""
    foreign = _foreign(opened)
    alone, high = len(_ALONE.findall(foreign)), len(_HIGH.findall(foreign))
    if alone > 0.6 * high and _decodes(opened, "cp1252"):
        return "cp1252", "Windows-1252 (Western European)"
    if alone <= 0.6 * high and _decodes(opened, "gb18030") and _is_chinese(foreign.decode("gb18030", "ignore")):
        return "gb18030", "GB18030"
    raise NoText


def _foreign(opened: Opened) -> bytes:
    """Return the first lines that are not plain ASCII."""
    found: list[bytes] = []
    size = 0
    with opened() as file:
        while size < _MOST_FOREIGN and (chunk := file.read(_CHUNK)):
            lines = _FOREIGN_LINE.findall(chunk + file.readline(_SAMPLE))
            found += lines
            size += sum(map(len, lines))
    return b"".join(found)[:_MOST_FOREIGN]


def _is_chinese(text: str) -> bool:
    """Tell whether at least half of the characters are common ones (GB 2312 level 1, Big5 level 1), none private."""
    hanzi = _HANZI.findall(text)
    if 20 * len(_PRIVATE.findall(text)) > len(hanzi):
        return False
    return len(hanzi) < _FEW or sum(map(_is_common, hanzi)) * 2 >= len(hanzi)


def _is_common(character: str) -> bool:
    for encoding, last in (("gb2312", b"\xd7\xff"), ("big5", b"\xc6\x7e")):
        try:
            if character.encode(encoding) <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _decodes(opened: Opened, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with opened() as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True
