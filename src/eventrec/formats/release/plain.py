"""Plain text and Markdown, in the encodings that Windows, macOS and Chinese programs write."""

from __future__ import annotations

import codecs
import io
import re
from datetime import date
from typing import Final

from eventrec.formats import encodings
from eventrec.formats.release.parts import Release, called, refused, was_read

_META: Final = re.compile(rb"<meta\b[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LOOKED_AT: Final = 8192
_MOST_LOST: Final = 0.01
"""A web page may have so large a share of its characters wrong and still be read."""


def decoded(content: bytes, name: str, *, web: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return a text, and what a person should know of its encoding. Raises Rejected for octets that are no text.

    A web page may say its own encoding, and is read in it.
    """
    if web and (found := _as_it_says(content)):
        return found[0], was_read(name, found[1])
    try:
        encoding, told = encodings.encoding_of(lambda: io.BytesIO(content))
    except encodings.GoesOnOtherwise as error:
        raise refused(name, f"is damaged: it begins as {error.told} and goes on otherwise") from error
    except encodings.Binary as error:
        raise refused(name, "is no text", "Give a news release: eventrec draft FILE") from error
    except encodings.NoText as error:
        raise refused(
            name, "is in an encoding that is neither UTF-8, UTF-16 nor GB18030", "Save it as UTF-8, and give that."
        ) from error
    return content.decode(encoding).removeprefix("\ufeff"), was_read(name, told)


def _as_it_says(content: bytes) -> tuple[str, str] | None:
    """Return a web page in the encoding that it names, and that encoding's name where it is not UTF-8."""
    said = _META.search(content[:_LOOKED_AT])
    if said is None or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return None
    try:
        encoding = codecs.lookup(said[1].decode()).name
        if encoding.startswith(("utf-16", "utf-32", "utf-7")):  # what can read this word is none of them
            return None
        if encoding in ("gb2312", "gbk", "hz"):
            encoding = "gb18030"
        text = content.decode(encoding, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    if not isinstance(text, str) or text.count("\ufffd") > _MOST_LOST * len(text):
        return None
    return text, "" if encoding in ("utf-8", "ascii") else encoding.upper()


_FRONT: Final = re.compile(r"---[ \t]*\r?\n((?:(?!---)[^\n]{0,2000}\n){0,60}?)---[ \t]*\r?\n")
_FIELD: Final = re.compile(r"^(title|date)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)
_PICTURE: Final = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)")
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,500})\]\(<?([^()\s<>]{0,2000})>?(?:\s\"[^\"\n]{0,300}\")?\)")
_AUTOMATIC: Final = re.compile(r"<((?:https?://|mailto:)?[^\s<>]{3,500}[.@/][^\s<>]{1,300})>")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1")
_EMPHASIS: Final = re.compile(
    r"(?<![\w*])\*(?=\S)([^*\n]{1,1000})(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]{1,1000})(?<=\S)_(?![\w_])"
)
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_UNDERLINED: Final = re.compile(r"(?m)^(?=\S)([^\n]{1,400})\n(?:={3,}|-{3,})[ \t]*$")


def read(text: str, name: str, told: tuple[str, ...] = (), *, marked: bool = False) -> Release:
    """Return the release that a text is; one in Markdown loses its marks, but for those of headings and lists."""
    if not marked:
        return Release(text, called(name), told)
    published, title = None, ""
    front = _FRONT.match(text)
    if front:
        fields = {each[0].lower(): each[1] for each in _FIELD.findall(front[1])}
        text, title, published = text[front.end() :], fields.get("title", ""), _day(fields.get("date", ""))
    text = _bare(text.replace("\r\n", "\n"))
    if title and title not in text[:2000]:
        text = f"# {title}\n\n{text}"
    return Release(text, called(name), told, published)


def _bare(text: str) -> str:
    """Return Markdown without the marks of links and emphasis; of addresses only those of mails are kept."""
    text = _UNDERLINED.sub(r"# \1", text)
    text = _PICTURE.sub("", text)
    text = _LINK.sub(lambda link: _linked(link[1], link[2]), text)
    text = _AUTOMATIC.sub(lambda link: link[1].removeprefix("mailto:"), text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _ESCAPED.sub(r"\1", text)


def _linked(words: str, address: str) -> str:
    mail = address.removeprefix("mailto:").partition("?")[0]
    return f"{words} {mail}" if address.startswith("mailto:") and mail not in words else words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
