"""Contact cards of version 4.0 (RFC 6350), with every text in its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from eventrec.formats.content_lines import escape_text
from eventrec.formats.terminal import strip_controls
from eventrec.formats.vcard_records import (
    PRODID,
    beside_others,
    by_language,
    free_label,
    full_name,
    is_uuid,
    machine_of,
    place_of,
    printed_points,
    shown,
    split_language,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from eventrec.formats.vcard_records import Card, Point

_GENDERS: Final = {"female": "F", "male": "M", "other": "O"}
_SORTED: Final = re.compile(r"\w+(?: \w+)*")
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def lines(card: Card, main: str) -> Iterator[str]:
    """Yield a card's lines with one N, ORG and TITLE a language, tied together by ALTID (RFC 6350 §5.4).

    FN stands once and holds the name in all languages: sabre/vobject, on which Nextcloud and Baïkal stand,
    faults a second FN even with ALTID, and other programs show only the first. The parser vcard4 refuses a whole
    card for the parameter SORT-AS (RFC 6350 §5.9), whose name it misspells, so it is written as X-SORT-AS.
    """
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"PRODID:{PRODID}", _uid(card))
    yield f"KIND:{card.kind}"
    full = full_name(card, main)
    yield f"FN:{escape_text(full)}"
    sort_as = f";X-SORT-AS={card.sort_key}" if _SORTED.fullmatch(card.sort_key) else ""
    if card.kind == "individual":
        yield from _names(card, main, sort_as)
        sort_as = ""
    elif card.code:
        yield f"NICKNAME:{escape_text(card.code)}"
    unit = f";{escape_text(card.unit)}" if card.unit else ""
    for rank, (tag, text) in enumerate(by_language(card.employer, main)):
        named = _alternative(card.employer, tag)
        yield f"ORG{named}{'' if rank else sort_as}:{escape_text(text)}{unit}"
    for tag, text in by_language(card.position, main):
        yield f"TITLE{_alternative(card.position, tag)}:{escape_text(text)}"
    if card.sex in _GENDERS and card.kind == "individual":
        yield f"GENDER:{_GENDERS[card.sex]}"
    yield from _points(card)
    for rank, tag in enumerate(filter(_TAG.fullmatch, card.languages), start=1):
        yield f"LANG;PREF={min(rank, 100)}:{tag}"
    if card.categories:
        yield f"CATEGORIES:{','.join(map(escape_text, card.categories))}"
    if card.note:
        yield f"NOTE:{escape_text(card.note)}"
    if card.revised_at:
        yield f"REV:{card.revised_at.replace('-', '').replace(':', '')}"
    yield "END:VCARD"


def _uid(card: Card) -> str:
    if is_uuid(card.uid):
        return f"UID:urn:uuid:{card.uid}"
    return f"UID;VALUE=text:{escape_text(card.uid)}"


def _names(card: Card, main: str, sort_as: str) -> Iterator[str]:
    """Yield one N a language; only the language that the recorded family and given name are in is split.

    The reader finds the whole of that name in FN, beside the others; where it could not, it is told.
    """
    spoken = split_language(card, main)
    ordered = by_language(card.name, main)
    for rank, (tag, text) in enumerate(ordered):
        family, given = (card.family_name, card.given_name) if tag == spoken else (text, "")
        honorific = card.honorific if tag == spoken or rank == 0 else ""
        parts = ";".join(map(escape_text, (family, given, "", honorific, "")))
        yield f"N{_alternative(card.name, tag)}{'' if rank else sort_as}:{parts}"
    if spoken is not None:
        at = [tag for tag, _ in ordered].index(spoken)
        texts = [text for _, text in ordered]
        if beside_others(full_name(card, main), texts[:at], texts[at + 1 :]) != card.name[spoken]:
            yield f"X-ALT-FN;LANGUAGE={spoken}:{escape_text(card.name[spoken])}"
    elif card.family_name:
        yield f"X-FAMILY-NAME:{escape_text(card.family_name)}"
    elif card.given_name:
        yield f"X-GIVEN-NAME:{escape_text(card.given_name)}"


def _points(card: Card) -> Iterator[str]:
    labelled = 0
    for point, preferred in printed_points(card):
        line = _point(point, ";PREF=1" if preferred else "")
        label = free_label(point)
        labelled += bool(label)
        yield f"item{labelled}.{line}" if label else line
        if label:
            yield f"item{labelled}.X-ABLabel:{escape_text(label)}"


def _point(point: Point, pref: str) -> str:
    value = escape_text(shown(point))
    place = place_of(point)
    typed = f";TYPE={place}" if place else ""
    at_work = f";TYPE={place or 'work'}"
    if point.kind == "email":
        return f"EMAIL{at_work}{pref}:{value}"
    if point.kind == "phone":
        return f"TEL{at_work};TYPE={machine_of(point) or 'voice'}{pref}:{value}"
    if point.kind == "mobile":
        return f"TEL{typed};TYPE=cell{pref}:{value}"
    if point.kind == "address":
        return f"ADR{at_work}{pref}:;;{value};;;;"
    if point.kind == "url":
        return f"URL{typed}{pref}:{shown(point)}"
    return f"IMPP;X-SERVICE-TYPE=WeChat{typed}{pref}:weixin:{quote(strip_controls(point.value), safe='')}"


def _alternative(values: Mapping[str, str], tag: str) -> str:
    return f";ALTID=1;LANGUAGE={tag}" if len(values) > 1 else f";LANGUAGE={tag}"
