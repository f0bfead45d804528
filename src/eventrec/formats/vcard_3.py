"""Contact cards of version 3.0 (RFC 2426), which Outlook, Apple, Google, Thunderbird and phones take."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.formats.content_lines import escape_text, fold
from eventrec.formats.vcard_records import (
    KEPT,
    PRODID,
    Point,
    by_language,
    free_label,
    full_name,
    in_pairs,
    is_told_by_scripts,
    joined,
    machine_of,
    place_of,
    printed_points,
    repeated,
    shown,
    split_language,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.vcard_records import Card, PointKind, Texts

BEGIN: Final = f"BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:{PRODID}"
"""How every card begins; its UID is next."""


def lines(card: Card, main: str) -> list[str]:
    """Return a card's lines, folded.

    FN holds the name in all languages. N has five components always. Where family and given name are not both
    recorded, N's family name holds the name in all languages: Apple's Contacts shows N and not FN, Outlook
    sorts by it. Where they are recorded, the names in other languages go into NICKNAME, which both show and
    search. A label that TYPE has no word for stands beside its line as Apple and Google write it (X-ABLabel), and
    with the value in NOTE, where every program shows it; WeChat likewise.
    """
    full = full_name(card, main)
    escaped = escape_text(full)
    found = [BEGIN, fold(f"UID:{escape_text(card.uid)}"), fold(f"FN:{escaped}"), *_name(card, escaped, main)]
    employer, position = in_pairs(card.employer), in_pairs(card.position)
    if card.kind == "org":
        found += [*work(employer, card.unit, (), main), "X-ABShowAs:COMPANY", *work((), "", position, main)]
    else:
        found += work(employer, card.unit, position, main)
    points = printed_points(card)
    found += _points(points)
    if card.categories:
        found.append(listed(tuple(card.categories)))
    if card.sort_key:
        found.append(fold(f"SORT-STRING:{escape_text(card.sort_key)}"))
    note = "\n".join(filter(None, (card.note, *repeated([point for point, _ in points]))))
    if note:
        found.append(fold(f"NOTE:{escape_text(note)}"))
    found += _alternatives("FN", in_pairs(card.name), full, main, person=card.kind == "individual")
    found += alternatives(in_pairs(card.organization), position, main)
    if card.revised_at:
        found.append(fold(f"REV:{card.revised_at}"))
    found.append("END:VCARD")
    return found


def _name(card: Card, full: str, main: str) -> Iterator[str]:
    """Yield N and what goes with it; `full` is escaped."""
    if card.kind == "org":
        yield "N:;;;;"
        if card.code:
            yield fold(f"NICKNAME:{escape_text(card.code)}")
        return
    honorific = escape_text(card.honorific)
    if not card.is_split:
        yield fold(f"N:{full};;;{honorific};")
        if card.family_name:
            yield fold(f"X-FAMILY-NAME:{escape_text(card.family_name)}")
        elif card.given_name:
            yield fold(f"X-GIVEN-NAME:{escape_text(card.given_name)}")
        return
    yield fold(f"N:{escape_text(card.family_name)};{escape_text(card.given_name)};;{honorific};")
    spoken = split_language(card, main)
    others = [text for tag, text in by_language(in_pairs(card.name), main) if tag != spoken]
    if others:
        yield fold(f"NICKNAME:{','.join(map(escape_text, dict.fromkeys(others)))}")


@lru_cache(KEPT)
def work(employer: Texts, unit: str, position: Texts, main: str) -> tuple[str, ...]:
    """Return the lines that tell where a person works and as what."""
    part = f";{escape_text(unit)}" if unit else ""
    organization = [fold(f"ORG:{escape_text(joined(employer, main))}{part}")] if employer else []
    title = [fold(f"TITLE:{escape_text(joined(position, main))}")] if position else []
    return (*organization, *title)


@lru_cache(KEPT)
def alternatives(organization: Texts, position: Texts, main: str) -> tuple[str, ...]:
    """Return what goes with `work` further down, where the scripts do not tell the languages."""
    return (
        *_alternatives("ORG", organization, joined(organization, main), main, person=False),
        *_alternatives("TITLE", position, joined(position, main), main, person=False),
    )


@lru_cache(KEPT)
def listed(categories: tuple[str, ...]) -> str:
    """Return the line of the categories."""
    return fold(f"CATEGORIES:{','.join(map(escape_text, categories))}")


def _points(points: Sequence[tuple[Point, bool]]) -> Iterator[str]:
    labelled = 0
    for point, preferred in points:
        head, tail, label = frame(point.kind, point.label, preferred)
        value = shown(point)
        line = f"{head}{value if point.kind == 'url' else escape_text(value)}{tail}"
        if label is not None:
            labelled += 1
            yield fold(f"item{labelled}.{line}")
            yield fold(f"item{labelled}.X-ABLabel:{label}")
        else:
            yield fold(line)


@lru_cache(KEPT)
def frame(kind: PointKind, label: str, preferred: bool) -> tuple[str, str, str | None]:
    """Return what stands before and behind the value of a point, and its label where TYPE has no word for it."""
    point = Point(kind, "", label)
    place, free = place_of(point), free_label(point, places=kind not in ("url", "wechat"))
    name, words, tail = {
        "email": ("EMAIL", ("internet", place or "work"), ""),
        "phone": ("TEL", (place or "work", machine_of(point) or "voice"), ""),
        "mobile": ("TEL", (place, "cell"), ""),
        "address": ("ADR", (place or "work",), ";;;;"),
        "url": ("URL", (), ""),
        "wechat": ("X-WECHAT", (), ""),
    }[kind]
    found = ",".join(filter(None, (*words, "pref" if preferred else ""))).upper()
    typed = f";TYPE={found}" if found else ""
    return f"{name}{typed}:{';;' if kind == 'address' else ''}", tail, escape_text(free) if free else None


def _alternatives(name: str, values: Texts, printed: str, main: str, *, person: bool) -> tuple[str, ...]:
    """Return the texts one by one where the scripts do not tell their languages, for the way back into a book."""
    if not values or is_told_by_scripts(values, printed, person=person):
        return ()
    return tuple(fold(f"X-ALT-{name};LANGUAGE={tag}:{escape_text(text)}") for tag, text in by_language(values, main))
