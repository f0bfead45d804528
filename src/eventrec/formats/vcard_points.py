"""E-mail addresses, phones and other points of a card that is read, with their labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from eventrec.formats.vcard_lines import is_preferred
from eventrec.formats.vcard_records import AT_WORK, MACHINES, PLACES, Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.line_reader import Line
    from eventrec.formats.vcard_lines import Properties
    from eventrec.formats.vcard_records import PointKind

_MOBILE: Final = frozenset({"cell", "mobile", "iphone", "pcs", "手机"})
_NOT_TO_TALK: Final = {"fax": "Fax", "传真": "Fax", "pager": "Pager", "modem": "Modem"}
"""Numbers that nobody answers, by a part of their type; of cards that others wrote they are kept in the note."""

_WECHAT: Final = frozenset({"wechat", "weixin", "微信"})
_WITHOUT_MEANING: Final = frozenset(
    {"pref", "internet", "x400", "voice", "text", "msg", "video", "textphone", "other", "main", "bbs", "isdn", "car"}
    | {"dom", "intl", "postal", "parcel", "main-number", "homepage", "uri", "applelink", "smtp", "aol", "x-internet"}
)
"""Words of TYPE that are no label."""

_SCHEME: Final = re.compile(r"(?:mailto|tel|x-apple|wechat|weixin):(?://)?", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"\\?;ext=", re.IGNORECASE)


def read_points(said: Properties) -> tuple[list[Point], list[str]]:
    """Return the points, in our own cards as they stand, else the preferred first; and what a note must keep."""
    notes: list[str] = []
    lines = said.in_order if said.is_ours else said.lines
    bare = str if said.is_ours else _bare
    found = [_point(said, line, "email", bare(said.text(line))) for line in lines("EMAIL")]
    for line in lines("TEL"):
        number = _EXTENSION.sub(" ext. ", bare(said.text(line)))
        words = _words(said, line)
        other = next((name for mark, name in _NOT_TO_TALK.items() if any(mark in word for word in words)), None)
        if other and not said.is_ours:
            notes.append(f"{other}: {number}")
        else:
            found.append(_point(said, line, "mobile" if words & _MOBILE else "phone", number))
    found += [_point(said, line, "address", ", ".join(filter(None, said.parts(line)))) for line in lines("ADR")]
    found += [_point(said, line, "url", said.text(line)) for line in lines("URL")]
    found += [_point(said, line, "wechat", value) for line, value in _wechat(said)]
    return _each_once(found, is_ours=said.is_ours), notes


def _each_once(points: list[Point], *, is_ours: bool) -> list[Point]:
    """Return points with a value, each once; of a kind of which our cards have one, that one is preferred."""
    kept = {(point.kind, point.value): point for point in reversed(points) if point.value}
    found = [point for point in points if kept.get((point.kind, point.value)) is point]
    if not is_ours:
        return found
    number = {point.kind: sum(other.kind == point.kind for other in found) for point in found}
    return [point._replace(preferred=point.preferred or number[point.kind] == 1) for point in found]


def _point(said: Properties, line: Line, kind: PointKind, value: str) -> Point:
    return Point(kind, value, _label(said, line, kind), is_preferred(line))


def _words(said: Properties, line: Line) -> set[str]:
    label = said.label(line).lower()
    return {*line.types, label} if label else set(line.types)


def _label(said: Properties, line: Line, kind: PointKind) -> str:
    """Return what the point is called: "home", or any word; at work is where a point is anyway."""
    label = said.label(line)
    if said.is_ours and label:
        return label
    words = _words(said, line)
    if said.is_ours and kind == "phone" and words & set(MACHINES):
        return next(word for word in MACHINES if word in words)
    place = next((place for place in PLACES if place in words), "")
    if place:
        return "" if place == "work" and kind in AT_WORK else place
    if said.is_ours or kind == "wechat":
        return ""
    known = {*_WITHOUT_MEANING, *_MOBILE, *_WECHAT}
    if label:
        return "" if label.lower() in known else label
    return next((word.removeprefix("x-") for word in sorted(words - known)), "")


def _wechat(said: Properties) -> Iterator[tuple[Line, str]]:
    """Yield WeChat names: of WeChat's own property, or of one for any service whose parameters or scheme say so."""
    for line in said.in_order("X-WECHAT", "X-WEIXIN"):
        yield line, said.text(line) if said.is_ours else _bare(said.text(line))
    for line in said.in_order("IMPP", "X-SOCIALPROFILE"):
        text = said.text(line)
        words = {*line.types, line.first("X-SERVICE-TYPE").lower(), text.partition(":")[0].lower()}
        if words & _WECHAT or said.label(line).lower() in _WECHAT:
            yield line, line.first("X-USER") or unquote(_SCHEME.sub("", text, count=1))


def _bare(text: str) -> str:
    return _SCHEME.sub("", text, count=1)
