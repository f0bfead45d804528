"""Which records may be one: pairs with a score and its reasons, for a person to judge."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from eventrec.table import Column, Table
from eventrec.text.likeness import Organisation, Person, keys, people
from eventrec.text.likeness import agencies as agencies_alike
from eventrec.text.likeness.near_agencies import NearAgencies
from eventrec.text.likeness.pairs import worth_comparing
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.text.likeness import Likeness
    from eventrec.views.reader import Reader

COLUMNS: Final = (
    Column("score", "integer"),
    Column("reasons", "list"),
    Column("first", "integer"),
    Column("first_name", "localized"),
    Column("first_agency"),
    Column("second", "integer"),
    Column("second_name", "localized"),
    Column("second_agency"),
)
_CROWDED: Final = 200
"""People who share one key of a common name; beyond this only e-mail and phone bring them together."""

_ROOM: Final = 64
_NUMBER: Final = (1 << _ROOM - 1) - 1
"""Bits of a key's mark that are not its hash, and those of them that are the number of whose it is."""


def contacts(reader: Reader) -> Table:
    """Return pairs of contacts that may be one person, the likeliest first, without those that were told apart."""
    known = _people(reader)
    apart = _apart(reader, "contact")
    found = []
    for one, other in _pairs(known):
        like = people(known[one][1], known[other][1])
        if like is not None and frozenset((known[one][0], known[other][0])) not in apart:
            found.append((like, one, other))
    shown = reader.by_number("v_contact", ("name", "agency"), {number for _, *pair in found for number in pair})
    return _table(found, shown, "agency")


def agencies(reader: Reader) -> Table:
    """Return pairs of agencies that may be one; a part and its whole are none."""
    known = _organisations(reader)
    apart = _apart(reader, "agency")
    found = []
    for one, other in _near(known):
        if frozenset((known[one][0], known[other][0])) in apart:
            continue
        like = agencies_alike(known[one][1], known[other][1])
        if like is not None:
            found.append((like, one, other))
    shown = reader.by_number("v_agency", ("name", "code"), {number for _, *pair in found for number in pair})
    return _table(found, shown, "code")


def _table(found: Iterable[tuple[Likeness, int, int]], shown: dict[int, dict[str, Any]], beside: str) -> Table:
    ordered = sorted(found, key=lambda each: (-each[0].score, each[1], each[2]))
    rows: list[tuple[Any, ...]] = []
    for like, one, other in ordered:
        first, second = ((number, shown[number]["name"], shown[number][beside]) for number in (one, other))
        rows.append((like.score, list(like.reasons), *first, *second))
    return Table(COLUMNS, rows)


def _apart(reader: Reader, table_name: str) -> set[frozenset[str]]:
    sql = "SELECT first_uid, second_uid FROM not_same WHERE table_name = :table"
    return {frozenset(row) for row in reader.rows(sql, {"table": table_name})}


def _people(reader: Reader) -> dict[int, tuple[str, Person]]:
    """Return every contact's uid and what it is compared by."""
    emails, phones, aliases = _many(), _many(), _many()
    for number, kind, value in reader.rows(
        "SELECT contact_id, kind, value FROM contact_point WHERE contact_id IS NOT NULL"
    ):
        if kind == "email":
            emails[number].append(value)
        elif kind in ("phone", "mobile"):
            phones[number].append(value)
    for number, name in reader.rows("SELECT contact_id, name FROM alias WHERE contact_id IS NOT NULL"):
        aliases[number].append(name)
    sql = "SELECT contact_id, agency_id FROM affiliation WHERE is_primary AND ends_on IS NULL"
    agency_of: dict[int, int] = {row[0]: row[1] for row in reader.rows(sql)}
    return {
        number: (
            uid,
            Person(
                json.loads(name),
                tuple(aliases[number]),
                frozenset(emails[number]),
                frozenset(phones[number]),
                agency_of.get(number),
            ),
        )
        for number, uid, name in reader.rows("SELECT id, uid, name FROM contact ORDER BY id")
    }


def _organisations(reader: Reader) -> dict[int, tuple[str, Organisation]]:
    aliases = _many()
    for number, name in reader.rows("SELECT agency_id, name FROM alias WHERE agency_id IS NOT NULL"):
        aliases[number].append(name)
    sql = "SELECT id, uid, code, name, country, kind, parent_id FROM agency ORDER BY id"
    return {
        number: (uid, Organisation(json.loads(name), code, tuple(aliases[number]), country, kind, parent, number))
        for number, uid, code, name, country, kind, parent in reader.rows(sql)
    }


def _near(known: dict[int, tuple[str, Organisation]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of agencies worth comparing, each once."""
    index = NearAgencies()
    for number, (_, agency) in known.items():
        yield from ((other, number) for other in sorted(index.near(agency)))
        index.add(number, agency)


def _many() -> defaultdict[int, list[str]]:
    return defaultdict(list)


def _pairs(known: dict[int, tuple[str, Person]]) -> Iterator[tuple[int, int]]:
    """Yield pairs worth comparing, each once: of those that share a key."""
    seen: set[tuple[int, int]] = set()
    everybody = {number: person for number, (_, person) in known.items()}
    for is_name, numbers in _blocks(everybody):
        if len(numbers) > _CROWDED and is_name:
            numbers = _same_names(known, numbers)
        for pair in worth_comparing(numbers[:_CROWDED], everybody):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _blocks(everybody: dict[int, Person]) -> Iterator[tuple[bool, list[int]]]:
    """Yield those who share a key, in the order of their numbers, and whether it is one of their names.

    Most keys belong to one person alone: each is but a number, of its hash and of whose it is, until they are sorted.
    """
    marks = sorted(_mark(key, number) for number, person in everybody.items() for key in keys(person))
    for (is_name, _), block in groupby(marks, key=lambda mark: (mark & 1, mark >> _ROOM)):
        numbers = [mark >> 1 & _NUMBER for mark in block]
        if len(numbers) > 1:
            yield bool(is_name), numbers


def _mark(key: str, number: int) -> int:
    return hash(key) << _ROOM | number << 1 | (key[0] not in "@+")


def _same_names(known: dict[int, tuple[str, Person]], numbers: list[int]) -> list[int]:
    """Return of a crowded block those whose very name somebody else has too."""
    by_name: dict[str, list[int]] = {}
    for number in numbers:
        for name in known[number][1].names.values():
            by_name.setdefault(normalise(name), []).append(number)
    return sorted({number for each in by_name.values() if len(each) > 1 for number in each})
