"""Contact cards of version 3.0 (RFC 2426), which Outlook, Apple, Google, Thunderbird and phones take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats.content_lines import escape_text
from eventrec.formats.vcard_records import (
    PRODID,
    by_language,
    free_label,
    full_name,
    joined,
    machine_of,
    place_of,
    printed_points,
    repeated,
    shown,
    split_language,
    taken_apart,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.formats.vcard_records import Card, Point


def lines(card: Card, main: str) -> Iterator[str]:
    """Yield a card's lines.

    FN holds the name in all languages. N has five components always. Where family and given name are not both
    recorded, N's family name holds the name in all languages: Apple's Contacts shows N and not FN, Outlook
    sorts by it. Where they are recorded, the names in other languages go into NICKNAME, which both show and
    search. A label that TYPE has no word for stands beside its line as Apple and Google write it (X-ABLabel), and
    with the value in NOTE, where every program shows it; WeChat likewise.
    """
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"PRODID:{PRODID}", f"UID:{escape_text(card.uid)}")
    full = full_name(card, main)
    yield f"FN:{escape_text(full)}"
    yield from _name(card, full, main)
    if card.employer:
        unit = f";{escape_text(card.unit)}" if card.unit else ""
        yield f"ORG:{escape_text(joined(card.employer, main))}{unit}"
    if card.kind == "org":
        yield "X-ABShowAs:COMPANY"
    if card.position:
        yield f"TITLE:{escape_text(joined(card.position, main))}"
    yield from _points(card)
    if card.categories:
        yield f"CATEGORIES:{','.join(map(escape_text, card.categories))}"
    if card.sort_key:
        yield f"SORT-STRING:{escape_text(card.sort_key)}"
    note = "\n".join(filter(None, (card.note, *repeated([point for point, _ in printed_points(card)]))))
    if note:
        yield f"NOTE:{escape_text(note)}"
    yield from _languages(card, main)
    if card.revised_at:
        yield f"REV:{card.revised_at}"
    yield "END:VCARD"


def _name(card: Card, full: str, main: str) -> Iterator[str]:
    if card.kind == "org":
        yield "N:;;;;"
        if card.code:
            yield f"NICKNAME:{escape_text(card.code)}"
        return
    family, given = (card.family_name, card.given_name) if card.is_split else (full, "")
    yield f"N:{';'.join(map(escape_text, (family, given, '', card.honorific, '')))}"
    if card.is_split:
        spoken = split_language(card, main)
        others = [text for tag, text in by_language(card.name, main) if tag != spoken]
        if others:
            yield f"NICKNAME:{','.join(map(escape_text, dict.fromkeys(others)))}"
    elif card.family_name:
        yield f"X-FAMILY-NAME:{escape_text(card.family_name)}"
    elif card.given_name:
        yield f"X-GIVEN-NAME:{escape_text(card.given_name)}"


def _points(card: Card) -> Iterator[str]:
    labelled = 0
    for point, preferred in printed_points(card):
        line = _point(point, preferred)
        label = free_label(point, places=point.kind not in ("url", "wechat"))
        labelled += bool(label)
        yield f"item{labelled}.{line}" if label else line
        if label:
            yield f"item{labelled}.X-ABLabel:{escape_text(label)}"


def _point(point: Point, preferred: bool) -> str:
    value = escape_text(shown(point))
    place = place_of(point)
    if point.kind == "email":
        return f"EMAIL{_types(('internet', place or 'work'), preferred)}:{value}"
    if point.kind == "phone":
        return f"TEL{_types((place or 'work', machine_of(point) or 'voice'), preferred)}:{value}"
    if point.kind == "mobile":
        return f"TEL{_types((place, 'cell'), preferred)}:{value}"
    if point.kind == "address":
        return f"ADR{_types((place or 'work',), preferred)}:;;{value};;;;"
    if point.kind == "url":
        return f"URL{_types((), preferred)}:{shown(point)}"
    return f"X-WECHAT{_types((), preferred)}:{value}"


def _types(words: Sequence[str], preferred: bool) -> str:
    found = [word for word in (*words, "pref" if preferred else "") if word]
    return f";TYPE={','.join(found).upper()}" if found else ""


def _languages(card: Card, main: str) -> Iterator[str]:
    """Yield the texts one by one where the scripts do not tell their languages, for the way back into a book."""
    texts: tuple[tuple[str, Mapping[str, str], str], ...] = (
        ("FN", card.name, full_name(card, main)),
        ("ORG", card.organization, joined(card.organization, main)),
        ("TITLE", card.position, joined(card.position, main)),
    )
    for name, values, printed in texts:
        person = name == "FN" and card.kind == "individual"
        if values and taken_apart(printed, person=person) != dict(values):
            for tag, text in by_language(values, main):
                yield f"X-ALT-{name};LANGUAGE={tag}:{escape_text(text)}"
