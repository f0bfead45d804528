"""The cards of people: of each what the book has of the person, written while it is read."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from eventrec.driver_errors import damaged
from eventrec.exports import card_rows
from eventrec.formats.vcard import Card, Point, written
from eventrec.formats.vcard_plain import filled, person_3, person_4, ways, work
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

_KNOWN: Final = 4_096
_PREFERRED: Final = ("1", "t")
_BETWEEN: Final = "\x1f"
_POINTS: Final = """
SELECT {moment modified_at}, format('%s/%s/%s', kind, preferred, label), value, id
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
        self._agencies = card_rows.agencies(reader)
        self._taken = card_rows.Taken(reader)
        self._plain = person_3 if version == "3.0" else person_4
        self._shapes: dict[tuple[str, ...], Ways | None] = {}
        self._working: dict[tuple[int | None, str | None, str | None], tuple[Work, str]] = {}

    def written(self, criteria: Criteria) -> Iterator[tuple[str, str]]:
        """Yield uid and card of each who meets the criteria, by name. Raises DatabaseUnavailable for a damaged one."""
        rows = card_rows.people(self._reader, criteria, self._main)
        card = self._card
        try:
            for row, filed in self._taken.beside(rows):
                text = card(row, *filed)
                self._tell(row[0])
                yield row[1], text
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise damaged(self._reader.connection.address) from error

    def _card(self, row: Row, projects: tuple[str, ...], of_projects: str) -> str:
        (
            number, uid, name, family, given, honorific, sex, languages, categories, note, sort_key,
            agency, position, unit, modified, placed, reached, _,
        ) = row  # fmt: skip
        names = self._named(name)
        working, of_agency = self._work(agency, position, unit)
        of_points, heads, values, numbers = card_rows.points(reached) or self._read_anew(number)
        filed = projects if categories is None else tuple(dict.fromkeys([*projects, *_listed(categories)]))
        spoken = _listed(languages) if languages else ()
        revised_at = max(modified, placed or "", of_agency, of_points, of_projects)
        lines = None if family or given else self._ways(heads, values)
        if lines is not None:
            all_values = "".join(values)
            told = (uid, names, honorific or "", working, lines, all_values, filed, sort_key, note or "", revised_at)
            plain = self._plain(*told, self._main, sex, spoken)
            if plain is not None:
                return plain
        card = Card(
            uid=uid,
            name=dict(names),
            family_name=family or "",
            given_name=given or "",
            honorific=honorific or "",
            organization=dict(self._organization(agency)),
            unit=unit or "",
            position=dict(self._named(position)) if position else {},
            points=_in_order(heads, values, numbers),
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

    def _work(self, agency: int | None, position: str | None, unit: str | None) -> tuple[Work, str]:
        """Return where and as what a person works, in lines, and when last what the agency has there changed."""
        key = (agency, position, unit)
        found = self._working.get(key)
        if found is None:
            if len(self._working) >= _KNOWN:
                self._working.clear()
            named = self._named(position) if position else ()
            lines = work(self._organization(agency), unit or "", named, self._version, self._main)
            changed = "" if agency is None else self._agencies[agency][1]
            found = self._working[key] = lines, changed
        return found

    def _organization(self, agency: int | None) -> Texts:
        if agency is None:
            return ()
        if agency not in self._agencies:  # it was added since they were read
            self._agencies = card_rows.agencies(self._reader)
        return self._named(self._agencies[agency][0])

    def _ways(self, heads: tuple[str, ...], values: list[str]) -> str | None:
        """Return the lines of plain ways to reach a person; None for others."""
        if heads not in self._shapes:
            if len(self._shapes) >= _KNOWN:
                self._shapes.clear()
            self._shapes[heads] = ways([_parts(head)[::2] for head in heads], self._version)
        shape = self._shapes[heads]
        return None if shape is None else filled(shape, values)

    def _read_anew(self, person: int) -> tuple[str, tuple[str, ...], list[str], list[str]]:
        """Return the points of a person with what separates them taken out, which no card would show."""
        rows = self._reader.rows(render(_POINTS, self._reader.dialect), {"contact": person})
        changed = max(str(row[0]) for row in rows)
        heads, values = (tuple(str(row[at]).replace(_BETWEEN, "") for row in rows) for at in (1, 2))
        return changed, heads, list(values), [str(row[3]) for row in rows]


def _parts(head: str) -> tuple[Any, bool, str]:
    """Return kind, preferred or not, and label."""
    kind, preferred, label = head.split("/", 2)
    return kind, preferred in _PREFERRED, label


def _in_order(heads: Sequence[str], values: Sequence[str], numbers: Sequence[str]) -> list[Point]:
    """Return points in their order in a card: of each kind the preferred first."""
    found = []
    for head, value, number in zip(heads, values, numbers, strict=True):
        kind, preferred, label = _parts(head)
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
