"""Contact cards of version 4.0 (RFC 6350), with every text in its language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from eventrec.formats.content_lines import escape_text, fold
from eventrec.formats.terminal import strip_controls
from eventrec.formats.vcard_records import (
    KEPT,
    PRODID,
    Point,
    beside_others,
    by_language,
    free_label,
    full_name,
    in_pairs,
    is_uuid,
    machine_of,
    place_of,
    printed_points,
    shown,
    split_language,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.vcard_records import Card, PointKind, Texts

BEGIN: Final = f"BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:{PRODID}"
"""How every card begins; its UID is next."""

GENDERS: Final = {"female": "F", "male": "M", "other": "O"}
"""The sexes that a card tells, by their letter in it."""

_SORTED: Final = re.compile(r"\w+(?: \w+)*")
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def lines(card: Card, main: str) -> list[str]:
    """Return a card's lines, folded, with one N, ORG and TITLE a language, tied together by ALTID (RFC 6350 §5.4).

    FN stands once and holds the name in all languages: sabre/vobject, on which Nextcloud and Baïkal stand,
    faults a second FN even with ALTID, and other programs show only the first. The parser vcard4 refuses a whole
    card for the parameter SORT-AS (RFC 6350 §5.9), whose name it misspells, so it is written as X-SORT-AS.
    """
    full = full_name(card, main)
    found = [BEGIN, _uid(card.uid), f"KIND:{card.kind}", fold(f"FN:{escape_text(full)}")]
    sort_as = sorted_as(card.sort_key)
    if card.kind == "individual":
        found += _names(card, main, sort_as)
        sort_as = ""
    elif card.code:
        found.append(fold(f"NICKNAME:{escape_text(card.code)}"))
    found += work(in_pairs(card.employer), card.unit, in_pairs(card.position), main, sort_as)
    if card.sex in GENDERS and card.kind == "individual":
        found.append(f"GENDER:{GENDERS[card.sex]}")
    found += _points(printed_points(card))
    if card.languages:
        found += spoken_lines(tuple(card.languages))
    if card.categories:
        found.append(listed(tuple(card.categories)))
    if card.note:
        found.append(fold(f"NOTE:{escape_text(card.note)}"))
    if card.revised_at:
        found.append(fold(f"REV:{moment(card.revised_at)}"))
    found.append("END:VCARD")
    return found


def sorted_as(sort_key: str) -> str:
    """Return the parameter by which a name is sorted; none for a text that would need quotes in it."""
    return f";X-SORT-AS={sort_key}" if _SORTED.fullmatch(sort_key) else ""


def moment(text: str) -> str:
    """Return a moment in digits, `20241017T010203Z` (RFC 6350 §4.3.5)."""
    return text.replace("-", "").replace(":", "")


def _uid(uid: str) -> str:
    return fold(f"UID:urn:uuid:{uid}" if is_uuid(uid) else f"UID;VALUE=text:{escape_text(uid)}")


def _names(card: Card, main: str, sort_as: str) -> Iterator[str]:
    """Yield one N a language; only the language that the recorded family and given name are in is split.

    The reader finds the whole of that name in FN, beside the others; where it could not, it is told.
    """
    spoken = split_language(card, main)
    ordered = by_language(in_pairs(card.name), main)
    honorific = escape_text(card.honorific)
    alternative = "ALTID=1;" if len(ordered) > 1 else ""
    for rank, (tag, text) in enumerate(ordered):
        family, given = (card.family_name, card.given_name) if tag == spoken else (text, "")
        prefix = honorific if tag == spoken or rank == 0 else ""
        sorted_as = "" if rank else sort_as
        parts = f"{escape_text(family)};{escape_text(given)};;{prefix};"
        yield fold(f"N;{alternative}LANGUAGE={tag}{sorted_as}:{parts}")
    if spoken is not None:
        at = [tag for tag, _ in ordered].index(spoken)
        texts = [text for _, text in ordered]
        if beside_others(full_name(card, main), texts[:at], texts[at + 1 :]) != card.name[spoken]:
            yield fold(f"X-ALT-FN;LANGUAGE={spoken}:{escape_text(card.name[spoken])}")
    elif card.family_name:
        yield fold(f"X-FAMILY-NAME:{escape_text(card.family_name)}")
    elif card.given_name:
        yield fold(f"X-GIVEN-NAME:{escape_text(card.given_name)}")


@lru_cache(KEPT)
def work(employer: Texts, unit: str, position: Texts, main: str, sort_as: str = "") -> tuple[str, ...]:
    """Return the lines that tell where a person works and as what, one of each a language."""
    part = f";{escape_text(unit)}" if unit else ""
    organizations = [
        fold(f"ORG{_alternative(employer, tag)}{'' if rank else sort_as}:{escape_text(text)}{part}")
        for rank, (tag, text) in enumerate(by_language(employer, main))
    ]
    titles = [
        fold(f"TITLE{_alternative(position, tag)}:{escape_text(text)}") for tag, text in by_language(position, main)
    ]
    return (*organizations, *titles)


@lru_cache(KEPT)
def spoken_lines(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of the languages that a person speaks, the best first."""
    tags = filter(_TAG.fullmatch, languages)
    return tuple(fold(f"LANG;PREF={min(rank, 100)}:{tag}") for rank, tag in enumerate(tags, start=1))


@lru_cache(KEPT)
def listed(categories: tuple[str, ...]) -> str:
    """Return the line of the categories."""
    return fold(f"CATEGORIES:{','.join(map(escape_text, categories))}")


def _points(points: Sequence[tuple[Point, bool]]) -> Iterator[str]:
    labelled = 0
    for point, preferred in points:
        head, tail, label = frame(point.kind, point.label, preferred)
        line = f"{head}{_value(point)}{tail}"
        if label is not None:
            labelled += 1
            yield fold(f"item{labelled}.{line}")
            yield fold(f"item{labelled}.X-ABLabel:{label}")
        else:
            yield fold(line)


def _value(point: Point) -> str:
    if point.kind == "wechat":
        return quote(strip_controls(point.value), safe="")
    return shown(point) if point.kind == "url" else escape_text(shown(point))


@lru_cache(KEPT)
def frame(kind: PointKind, label: str, preferred: bool) -> tuple[str, str, str | None]:
    """Return what stands before and behind the value of a point, and its label where TYPE has no word for it."""
    point = Point(kind, "", label)
    place = place_of(point)
    typed = f";TYPE={place}" if place else ""
    at_work = f";TYPE={place or 'work'}"
    head, tail = {
        "email": (f"EMAIL{at_work}{{}}:", ""),
        "phone": (f"TEL{at_work};TYPE={machine_of(point) or 'voice'}{{}}:", ""),
        "mobile": (f"TEL{typed};TYPE=cell{{}}:", ""),
        "address": (f"ADR{at_work}{{}}:;;", ";;;;"),
        "url": (f"URL{typed}{{}}:", ""),
        "wechat": (f"IMPP;X-SERVICE-TYPE=WeChat{typed}{{}}:weixin:", ""),
    }[kind]
    free = free_label(point)
    return head.format(";PREF=1" if preferred else ""), tail, escape_text(free) if free else None


def _alternative(values: Texts, tag: str) -> str:
    return f";ALTID=1;LANGUAGE={tag}" if len(values) > 1 else f";LANGUAGE={tag}"
