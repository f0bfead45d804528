"""What the cards of people print, read in a few questions, however many cards there are.

Categories and revision of a card are those of v_contact (`involved_in`, `revised_at`), which a test holds. That view
tells them of one person at a time; here agencies are read once, and projects of events for some people at a time.
"""

from __future__ import annotations

import json
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from eventrec.localized import pairs_of
from eventrec.views.criteria import of_contacts
from eventrec.views.dialect import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

_BETWEEN: Final = "\x1f"
_PEOPLE: Final = f"""
SELECT id, uid, name, family_name, given_name, honorific, sex, languages, categories, note, sort_key,
    agency_id, position, unit, {{moment modified_at}}, placed_at,
    (
        SELECT max({{moment contact_point.modified_at}}) || '{_BETWEEN}' || count(*) || '{_BETWEEN}' || JOINED(
            format('%s/%s/%s{_BETWEEN}%s{_BETWEEN}%s', contact_point.kind, contact_point.preferred,
                contact_point.label, contact_point.value, contact_point.id), '{_BETWEEN}')
        FROM contact_point WHERE contact_point.contact_id = v_contact.id
    ),
    (
        SELECT max({{moment participation.modified_at}}) || '{_BETWEEN}' || JOINED(CAST(
            CASE WHEN participation.status IN ('attended', {{words EXPECTED_PARTICIPATION_STATUSES}})
            THEN participation.event_id ELSE -participation.event_id END AS TEXT), '{_BETWEEN}')
        FROM participation WHERE participation.contact_id = v_contact.id
    )
FROM (
    SELECT contact.*, affiliation.agency_id, affiliation.position, affiliation.unit,
        {{moment affiliation.modified_at}} AS placed_at
    FROM contact {{place contact}}
) AS v_contact
"""  # noqa: S608
_JOINED: Final = {"sqlite": "group_concat", "postgresql": "string_agg"}
_NAME, _SORT_KEY, _TAKEN = 2, 10, 17

_EVENTS: Final = """
SELECT v_event_project.event_id, project.code, v_event_project.modified_at
FROM v_event_project JOIN project ON project.id = v_event_project.project_id
WHERE v_event_project.event_id IN ({listed :events number})
"""
_PARTIES: Final = """
SELECT project_party.contact_id, project.code, {moment project_party.modified_at}
FROM project_party JOIN project ON project.id = project_party.project_id
WHERE project_party.contact_id IS NOT NULL
"""
_AGENCIES: Final = """
SELECT agency.id, agency.name, {moment agency.modified_at}, reached.modified_at
FROM agency LEFT JOIN (
    SELECT agency_id, max({moment contact_point.modified_at}) AS modified_at
    FROM contact_point WHERE agency_id IS NOT NULL GROUP BY agency_id
) AS reached ON reached.agency_id = agency.id
"""
_KNOWN: Final = 4_096
_AT_ONCE: Final = 500
_REMEMBERED: Final = 32_768
"""Events whose projects are kept in mind, beside those of the people at hand."""

Row = tuple[Any, ...]
Filed = tuple[tuple[str, ...], str]
"""Codes of projects in their order, and when last anything changed that they come from (UTC; empty for never)."""

_NOWHERE: Final[Filed] = ((), "")


def people(reader: Reader, criteria: Criteria, main: str) -> Iterator[Row]:
    """Yield the contacts that meet the criteria, by name, while they are read.

    Number, uid, name, family and given name, honorific, sex, languages, categories, note, sort key, agency, position,
    unit, when the record and its place in an agency changed, and what `points` and `Taken.beside` read.
    """
    where = of_contacts(criteria)
    sql = render(_PEOPLE.replace("JOINED", _JOINED[reader.dialect]), reader.dialect)
    rows = chain.from_iterable(reader.batches(f"{sql}{where.clause()} ORDER BY sort_key, id", where.params))
    for _, same in groupby(rows, itemgetter(_SORT_KEY)):
        alike = list(same)
        if len(alike) > 1:
            alike.sort(key=lambda row: _shown(row[_NAME], main))
        yield from alike


def _shown(name: str, main: str) -> str:
    """Return a name in the main language, else in its first, as `name_any` of the view."""
    texts = dict(pairs_of(name) or json.loads(name))
    return str(texts[main] if main in texts else texts[min(texts)])


def agencies(reader: Reader) -> dict[int, tuple[str, str]]:
    """Return the name of every agency, as JSON, and when last it or a way to reach it changed, by its number."""
    rows = reader.rows(render(_AGENCIES, reader.dialect))
    return {number: (name, max(changed, reached or "")) for number, name, changed, reached in rows}


def points(text: str | None) -> tuple[str, tuple[str, ...], list[str], list[str]] | None:
    """Return when last the points of a person changed, their heads, values and numbers; None where nobody can tell.

    A head is kind, 1 or t if preferred, and label, with a slash between. Nobody can tell where a value or a label
    holds what separates them, which no service lets in.
    """
    if not text:
        return "", (), [], []
    found = text.split(_BETWEEN)
    if len(found) != 2 + 3 * int(found[1]):
        return None
    return found[0], tuple(found[2::3]), found[3::3], found[4::3]


class Taken:
    """What the events that people take part in, and their own parts in projects, add to their cards.

    What events are filed under is looked up for some people at a time, and forgotten when it has become a lot.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._asking = render(_EVENTS, reader.dialect)
        self._of_person = _together(reader.rows(render(_PARTIES, reader.dialect)))
        self._forget()

    def beside(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Filed]]:
        """Yield each of the rows that `people` gives, with what stands for the events of the person, and the parts."""
        rest = iter(rows)
        while some := list(islice(rest, _AT_ONCE)):
            taken = [(row[_TAKEN] or "").split(_BETWEEN) for row in some]
            at = self._at
            together = [frozenset(map(at.get, events)) for _, *events in taken]
            if any(None in each for each in together):
                at = self._look_up({event for _, *events in taken for event in events})
                together = [frozenset(map(at.get, events)) for _, *events in taken]
            for row, (changed, *_), each in zip(some, taken, together, strict=True):
                yield row, self._of(row[0], changed, each)

    def _forget(self) -> None:
        self._at: dict[str, int] = {}
        self._filed: list[Filed] = []
        self._place: dict[Filed, int] = {}
        self._known: dict[frozenset[int | None], Filed] = {}

    def _look_up(self, events: set[str]) -> dict[str, int]:
        """Return where events are filed; one with a minus, in which somebody takes no part, only tells of changes."""
        if len(self._at) >= _REMEMBERED:
            self._forget()
        unknown = [*map(int, events - self._at.keys())]
        given = {"events": json.dumps([[number] for number in {*map(abs, unknown)}])}
        found = _together(self._reader.rows(self._asking, given))
        for number in unknown:
            filed = found.get(abs(number), _NOWHERE)
            self._at[str(number)] = self._put(filed if number > 0 else ((), filed[1]))
        return self._at

    def _put(self, filed: Filed) -> int:
        at = self._place.setdefault(filed, len(self._filed))
        if at == len(self._filed):
            self._filed.append(filed)
        return at

    def _of(self, person: int, changed: str, together: frozenset[int | None]) -> Filed:
        found = self._known.get(together)
        if found is None:
            found = self._find(together)
        if person in self._of_person:
            found = _one([found, self._of_person[person]])
        return (found[0], changed) if changed > found[1] else found

    def _find(self, together: frozenset[int | None]) -> Filed:
        if len(self._known) >= _KNOWN:
            self._known.clear()
        found = self._known[together] = _one([self._filed[at] for at in together if at is not None])
        return found


def _together(rows: Iterable[Row]) -> dict[int, Filed]:
    """Return what is filed under an owner, of rows with the owner, a code and when that changed."""
    found: dict[int, list[Filed]] = {}
    for owner, code, changed in rows:
        found.setdefault(owner, []).append(((code,), changed))
    kept: dict[Filed, Filed] = {}
    return {owner: kept.setdefault(filed, filed) for owner, each in found.items() for filed in [_one(each)]}


def _one(each: list[Filed]) -> Filed:
    codes = {code for codes, _ in each for code in codes}
    return tuple(sorted(codes)), max((changed for _, changed in each), default="")
