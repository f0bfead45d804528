"""Which records may be one: pairs with a score and its reasons, for a person to judge."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from eventrec.reports.one_state import of_one_state
from eventrec.table import Column, Stream
from eventrec.text.likeness import Organisation, Person, keys, people
from eventrec.text.likeness import agencies as agencies_alike
from eventrec.text.likeness.near_agencies import NearAgencies
from eventrec.text.likeness.pairs import People, worth_comparing
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.table import Part
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

_SHELVES: Final = 64
"""Parts in which the keys of all people are kept, and each part is sorted for itself."""

_SHOWN: Final = 1_000
_SOME: Final = "SELECT id, name FROM contact WHERE id > :last ORDER BY id LIMIT 1000"
_POINTS: Final = """
    SELECT contact_id, kind, value FROM contact_point
    WHERE contact_id BETWEEN :first AND :last AND kind IN ('email', 'phone', 'mobile')"""
_ALIASES: Final = "SELECT contact_id, name FROM alias WHERE contact_id BETWEEN :first AND :last"
_PLACES: Final = """
    SELECT contact_id, agency_id FROM affiliation
    WHERE contact_id BETWEEN :first AND :last AND is_primary AND ends_on IS NULL"""


@of_one_state
def contacts(reader: Reader) -> Stream:
    """Return pairs of contacts that may be one person, the likeliest first, without those that were told apart."""
    apart = _apart(reader, "contact")
    known, blocks = People(), _Blocks()
    for number, person in _people(reader):
        known[number] = person
        blocks.add(number, keys(person))
    alike = ((people(known[one], known[other]), one, other) for one, other in _pairs(known, blocks, apart))
    return _stream(reader, alike, "contact", "agency")


@of_one_state
def agencies(reader: Reader) -> Stream:
    """Return pairs of agencies that may be one; a part and its whole are none."""
    apart = _apart(reader, "agency")
    known = _organisations(reader)
    pairs = (pair for pair in _near(known) if pair not in apart)
    alike = ((agencies_alike(known[one], known[other]), one, other) for one, other in pairs)
    return _stream(reader, alike, "agency", "code")


def _stream(reader: Reader, alike: Iterable[tuple[Likeness | None, int, int]], noun: str, beside: str) -> Stream:
    """Return those who are alike, the likeliest first; what is shown of them is read when it is wanted."""
    likes: dict[Likeness, Likeness] = {}
    found = [(likes.setdefault(like, like), one, other) for like, one, other in alike if like is not None]
    found.sort(key=lambda each: (-each[0].score, *each[1:]))

    def ask(wanted: tuple[Column, ...]) -> Iterator[Part]:
        at = [COLUMNS.index(column) for column in wanted]
        for start in range(0, len(found), _SHOWN):
            part = found[start : start + _SHOWN]
            shown = reader.by_number(f"v_{noun}", ("name", beside), {number for _, *pair in part for number in pair})
            named = {number: (number, row["name"], row[beside]) for number, row in shown.items()}
            if rows := [
                (like.score, list(like.reasons), *named[one], *named[other])
                for like, one, other in part
                if one in named and other in named  # else one of them was removed meanwhile
            ]:
                columns: Part = list(zip(*rows, strict=True))
                yield [columns[i] for i in at]

    return Stream(COLUMNS, ask)


def _apart(reader: Reader, table_name: str) -> set[tuple[int, int]]:
    """Return the pairs that somebody told apart, the lower number first."""
    sql = f"""
        SELECT one.id, other.id
        FROM not_same
        JOIN {table_name} AS one ON one.uid = not_same.first_uid
        JOIN {table_name} AS other ON other.uid = not_same.second_uid
        WHERE not_same.table_name = :table"""  # noqa: S608  (one of two names)
    return {(min(pair), max(pair)) for pair in reader.rows(sql, {"table": table_name})}


def _people(reader: Reader) -> Iterator[tuple[int, Person]]:
    """Yield every contact's number and what it is compared by, some read at a time."""
    some = reader.rows(_SOME, {"last": 0})
    while some:
        emails, phones, aliases = _many(), _many(), _many()
        between = {"first": some[0][0], "last": some[-1][0]}
        for number, kind, value in reader.rows(_POINTS, between):
            (emails if kind == "email" else phones)[number].append(value)
        for number, name in reader.rows(_ALIASES, between):
            aliases[number].append(name)
        agency_of: dict[int, int] = dict(reader.rows(_PLACES, between))
        for number, name in some:
            yield (
                number,
                Person(
                    json.loads(name),
                    tuple(aliases[number]),
                    frozenset(emails[number]),
                    frozenset(phones[number]),
                    agency_of.get(number),
                ),
            )
        some = reader.rows(_SOME, {"last": between["last"]})


def _organisations(reader: Reader) -> dict[int, Organisation]:
    aliases = _many()
    for number, name in reader.rows("SELECT agency_id, name FROM alias WHERE agency_id IS NOT NULL"):
        aliases[number].append(name)
    sql = "SELECT id, code, name, country, kind, parent_id FROM agency ORDER BY id"
    return {
        number: Organisation(json.loads(name), code, tuple(aliases[number]), country, kind, parent, number)
        for number, code, name, country, kind, parent in reader.rows(sql)
    }


def _near(known: dict[int, Organisation]) -> Iterator[tuple[int, int]]:
    """Yield pairs of agencies worth comparing, each once."""
    index = NearAgencies()
    for number, agency in known.items():
        yield from ((other, number) for other in sorted(index.near(agency)))
        index.add(number, agency)


def _many() -> defaultdict[int, list[str]]:
    return defaultdict(list)


class _Blocks:
    """Those who share a key.

    Most keys belong to one person alone: each is but two numbers, its hash, which is odd for a name, and whose it is,
    until all are sorted.
    """

    def __init__(self) -> None:
        self._shelves = [array("q") for _ in range(_SHELVES)]

    def add(self, number: int, keys: Iterable[str]) -> None:
        """Know the keys of somebody."""
        for key in keys:
            known = hash(key) & ~1 | (key[0] not in "@+")
            self._shelves[known % _SHELVES].extend((known, number))

    def __iter__(self) -> Iterator[tuple[bool, list[int]]]:
        """Yield those who share a key, in the order of their numbers, and whether it is one of their names."""
        for shelf in self._shelves:
            marks = sorted(zip(shelf[::2], shelf[1::2], strict=True))
            for known, block in groupby(marks, key=itemgetter(0)):
                numbers = [number for _, number in block]
                if len(numbers) > 1:
                    yield bool(known & 1), numbers


def _pairs(known: People, blocks: _Blocks, apart: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs worth comparing, each once: of those that share a key, and nobody told apart."""
    seen = {_as_one(pair) for pair in apart}
    for is_name, numbers in blocks:
        if len(numbers) > _CROWDED and is_name:
            numbers = _same_names(known, numbers)
        for pair in worth_comparing(numbers[:_CROWDED], known):
            if _as_one(pair) not in seen:
                seen.add(_as_one(pair))
                yield pair


def _as_one(pair: tuple[int, int]) -> int:
    """Return a pair as one number, which takes a third of the room."""
    return pair[0] << 64 | pair[1]


def _same_names(known: People, numbers: list[int]) -> list[int]:
    """Return of a crowded block those whose very name somebody else has too."""
    by_name: dict[str, list[int]] = {}
    for number in numbers:
        for name in known[number].names.values():
            by_name.setdefault(normalise(name), []).append(number)
    return sorted({number for each in by_name.values() if len(each) > 1 for number in each})
