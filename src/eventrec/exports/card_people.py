"""The cards of people: of each what the book has of the person, written while it is read."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from eventrec.driver_errors import damaged
from eventrec.exports import card_rows
from eventrec.exports.card_rows import BETWEEN
from eventrec.formats.vcard import Card, Point, written
from eventrec.formats.vcard_plain import filled, line_of, person_3, person_4, ways, work
from eventrec.formats.vcard_records import RANKS, in_pairs
from eventrec.localized import Localized, pairs_of
from eventrec.views.dialect import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from eventrec.exports.card_rows import Row
    from eventrec.formats.vcard import Version
    from eventrec.formats.vcard_plain import Ways, Work
    from eventrec.formats.vcard_records import Texts
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

Key = TypeVar("Key")
Value = TypeVar("Value")

_KNOWN: Final = 4_096
_PREFERRED: Final = ("1", "t")
_PARTS: Final = 3
"""Of a way to reach somebody among those that the database joins: value, number and head."""

_NOWHERE: Final[tuple[str, str, list[str]]] = ("", "", [])
_POINTS: Final = """
SELECT {moment modified_at}, value, id, format('%s/%s/%s', kind, preferred, label)
FROM contact_point WHERE contact_id = :contact
"""


class People:
    """Writes people's cards in one version, with names in `both` languages or in one; `main` is put first.

    `tell` is told the number of each whose card is written.
    """

    def __init__(
        self, reader: Reader, version: Version, languages: str, main: str, tell: Callable[[int], object]
    ) -> None:
        self._reader = reader
        self._version: Version = version
        self._languages = languages
        self._main = main
        self._tell = tell
        self._plain = person_3 if version == "3.0" else person_4
        self._shapes: dict[tuple[str, ...], tuple[Ways | None]] = {}
        self._working: dict[tuple[int | None, str | None, str | None], tuple[Work, str]] = {}
        self._filed: dict[tuple[str, str | None], tuple[tuple[str, ...], str]] = {}
        self._agencies = card_rows.agencies(reader)
        self._projects = card_rows.projects(reader)
        self._parties = card_rows.parties(reader)

    def written(self, criteria: Criteria) -> Iterator[tuple[str, str]]:
        """Yield uid and card of each who meets the criteria, by name. Raises DatabaseUnavailable for a damaged one."""
        card = self._card
        try:
            for row in card_rows.people(self._reader, criteria):
                text = card(row)
                self._tell(row[0])
                yield row[1], text
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise damaged(self._reader.connection.address) from error

    def _card(self, row: Row) -> str:
        (
            number, uid, name, family, given, honorific, sex, languages, categories, note, sort_key,
            agency, position, unit, modified, reached, taken,
        ) = row  # fmt: skip
        working, of_agency = self._working.get((agency, position, unit)) or self._work(agency, position, unit)
        of_projects, _, projects = (taken or "").partition(BETWEEN)
        if number in self._parties:
            of_projects, projects = self._with_parts(number, of_projects, projects)
        filed, listed = self._filed.get((projects, categories)) or self._file(projects, categories)
        spoken = _listed(languages) if languages else ()
        of_points, lines, parts = self._reached(number, reached) if reached else _NOWHERE
        revised_at = max(modified, of_agency, of_points, of_projects)
        if lines is not None and not (family or given):
            plain = self._plain(
                uid, name if self._languages == "both" else self._in_one(name), honorific or "", working, lines,
                reached or "", listed, sort_key, note or "", revised_at, self._main, sex, spoken,
            )  # fmt: skip
            if plain is not None:
                return plain
        card = Card(
            uid=uid,
            name=dict(self._named(name)),
            family_name=family or "",
            given_name=given or "",
            honorific=honorific or "",
            organization=dict(self._organization(agency)),
            unit=unit or "",
            position=dict(self._named(position)) if position else {},
            points=_in_order(parts),
            note=note or "",
            sex=sex,
            categories=filed,
            languages=spoken,
            sort_key=sort_key,
            revised_at=revised_at,
        )
        return written(card, self._version, self._main)

    def _named(self, text: str) -> Texts:
        """Return a text in all languages, or in the one that is asked for."""
        if self._languages == "both":
            return pairs_of(text) or in_pairs(Localized.from_json(text))
        return in_pairs(in_languages(Localized.from_json(text), self._languages, self._main))

    def _in_one(self, text: str) -> str:
        """Return a text in the language that is asked for, as the book would keep it."""
        return Localized(self._named(text)).to_json()

    def _work(self, agency: int | None, position: str | None, unit: str | None) -> tuple[Work, str]:
        """Return where and as what a person works, in lines, and when last what the agency has there changed."""
        named = self._named(position) if position else ()
        lines = work(self._organization(agency), unit or "", named, self._version, self._main)
        changed = "" if agency is None else self._agencies[agency][1]
        return _kept(self._working, (agency, position, unit), (lines, changed))

    def _organization(self, agency: int | None) -> Texts:
        if agency is None:
            return ()
        if agency not in self._agencies:  # it was added since they were read
            self._agencies = card_rows.agencies(self._reader)
        return self._named(self._agencies[agency][0])

    def _with_parts(self, person: int, changed: str, projects: str) -> tuple[str, str]:
        """Return when last projects of events and of the person's own parts changed, and the numbers of all of them."""
        of_parts, own = self._parties[person]
        return max(changed, of_parts), ",".join([projects, *own])

    def _file(self, projects: str, categories: str | None) -> tuple[tuple[str, ...], str]:
        """Return codes of projects, from numbers with commas between, and then own categories; and the line of both."""
        numbers = set(filter(None, projects.split(",")))
        if not numbers <= self._projects.keys():  # one was added since they were read
            self._projects = card_rows.projects(self._reader)
        codes = sorted([self._projects[number] for number in numbers])
        filed = tuple(dict.fromkeys([*codes, *(_listed(categories) if categories else ())]))
        return _kept(self._filed, (projects, categories), (filed, line_of(filed)))

    def _reached(self, person: int, joined: str) -> tuple[str, str | None, list[str]]:
        """Return when the ways to reach a person changed, their lines where these are plain, and all their parts."""
        parts = joined.split(BETWEEN)
        if len(parts) != 2 + _PARTS * int(parts[1]):
            parts = self._read_anew(person)
            return parts[0], None, parts
        heads = tuple(parts[4::_PARTS])
        (shape,) = self._shapes.get(heads) or self._shaped(heads)
        return parts[0], None if shape is None else filled(shape, parts[2::_PARTS]), parts

    def _shaped(self, heads: tuple[str, ...]) -> tuple[Ways | None]:
        """Return the lines for ways with these heads; None where they are not plain."""
        return _kept(self._shapes, heads, (ways([_head(head)[::2] for head in heads], self._version),))

    def _read_anew(self, person: int) -> list[str]:
        """Return the parts of the ways to reach a person of whom a text holds what stands between them."""
        rows = self._reader.rows(render(_POINTS, self._reader.dialect), {"contact": person})
        return [max(row[0] for row in rows), str(len(rows)), *(str(part) for _, *parts in rows for part in parts)]


def _kept(known: dict[Key, Value], key: Key, value: Value) -> Value:
    """Remember a value, and forget the others when they have become many."""
    if len(known) >= _KNOWN:
        known.clear()
    known[key] = value
    return value


def _head(head: str) -> tuple[Any, bool, str]:
    """Return kind, preferred or not, and label."""
    kind, preferred, label = head.split("/", 2)
    return kind, preferred in _PREFERRED, label


def _in_order(parts: Sequence[str]) -> list[Point]:
    """Return points in their order in a card: of each kind the preferred first."""
    found = []
    for value, number, head in zip(parts[2::_PARTS], parts[3::_PARTS], parts[4::_PARTS], strict=True):
        kind, preferred, label = _head(head)
        found.append((RANKS[kind], not preferred, int(number), Point(kind, value, label, preferred)))
    return [point for *_, point in sorted(found)]


@lru_cache(_KNOWN)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def in_languages(values: Mapping[str, str] | None, languages: str, main: str) -> dict[str, str]:
    """Return a text in all languages, or in the one that is asked for, else in the one that there is."""
    text = Localized(values or {})
    if languages == "both" or not text:
        return text
    tag = languages if languages in text else main if main in text else min(text)
    return {tag: text[tag]}
