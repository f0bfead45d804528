"""What the cards of people print, read in a few questions, however many cards there are.

Categories and revision of a card are those of v_contact (`involved_in`, `revised_at`), which a test holds. That view
tells them of one person at a time; here agencies, projects and parts in projects are read once.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from eventrec.views.criteria import of_contacts
from eventrec.views.dialect import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

BETWEEN: Final = "|"
"""What stands between the parts of a text that the database joins; it needs no escaping in a card."""

_PEOPLE: Final = f"""
SELECT id, uid, name, family_name, given_name, honorific, sex, languages, categories, note, sort_key,
    agency_id, position, unit, {{latest {{moment modified_at}} | placed_at}},
    (
        SELECT {{moment max(contact_point.modified_at)}} || '{BETWEEN}' || count(*) || '{BETWEEN}' || JOINED(
            format('%s{BETWEEN}%s{BETWEEN}%s/%s/%s', contact_point.value, contact_point.id, contact_point.kind,
                contact_point.preferred, contact_point.label), '{BETWEEN}')
        FROM contact_point WHERE contact_point.contact_id = v_contact.id
    ),
    (
        SELECT {{latest {{moment max(participation.modified_at)}} | max(v_event_project.modified_at)}}
            || '{BETWEEN}' || coalesce({{joined DISTINCT CASE
                WHEN participation.status IN ('attended', {{words EXPECTED_PARTICIPATION_STATUSES}})
                THEN v_event_project.project_id END}}, '')
        FROM participation LEFT JOIN v_event_project ON v_event_project.event_id = participation.event_id
        WHERE participation.contact_id = v_contact.id
    )
FROM (
    SELECT contact.*, affiliation.agency_id, affiliation.position, affiliation.unit,
        {{moment affiliation.modified_at}} AS placed_at
    FROM contact {{place contact}}
) AS v_contact
"""  # noqa: S608
_ORDER: Final = "ORDER BY sort_key, {any name}, +id"
"""With the plus SQLite reads people as they are stored: by an index, it would look up scattered all that it finds."""

_JOINED: Final = {"sqlite": "group_concat", "postgresql": "string_agg"}

_PARTIES: Final = """
SELECT project_party.contact_id, project_party.project_id, {moment project_party.modified_at}
FROM project_party
WHERE project_party.contact_id IS NOT NULL
"""
_AGENCIES: Final = """
SELECT agency.id, agency.name, {moment agency.modified_at}, reached.modified_at
FROM agency LEFT JOIN (
    SELECT agency_id, max({moment contact_point.modified_at}) AS modified_at
    FROM contact_point WHERE agency_id IS NOT NULL GROUP BY agency_id
) AS reached ON reached.agency_id = agency.id
"""
Row = tuple[Any, ...]


def people(reader: Reader, criteria: Criteria) -> Iterator[Row]:
    """Return the contacts that meet the criteria, by name, while they are read.

    Number, uid, name, family and given name, honorific, sex, languages, categories, note, sort key, agency, position,
    unit, when the record or its place in an agency changed, and two texts of parts with `BETWEEN` between. The first
    is of points, empty for none: when last they changed, their count, and of each its value, its number, and kind, 1
    or t if preferred, and label with a slash between. The second is of events, empty for none: when last they or what
    they are filed under changed, and the numbers of the projects with commas between.
    """
    where = of_contacts(criteria)
    found = render(_PEOPLE.replace("JOINED", _JOINED[reader.dialect]), reader.dialect)
    in_order = render(_ORDER, reader.dialect)
    return chain.from_iterable(reader.batches(f"{found}{where.clause()} {in_order}", where.params))


def agencies(reader: Reader) -> dict[int, tuple[str, str]]:
    """Return the name of every agency, as JSON, and when last it or a way to reach it changed, by its number."""
    rows = reader.rows(render(_AGENCIES, reader.dialect))
    return {number: (name, max(changed, reached or "")) for number, name, changed, reached in rows}


def projects(reader: Reader) -> dict[str, str]:
    """Return the code of every project by its number."""
    return {str(number): code for number, code in reader.rows("SELECT id, code FROM project")}


def parties(reader: Reader) -> dict[int, tuple[str, list[str]]]:
    """Return of everybody who has a part in projects when last that changed, and the numbers of the projects."""
    found: dict[int, tuple[str, list[str]]] = {}
    for person, project, changed in reader.rows(render(_PARTIES, reader.dialect)):
        before, numbers = found.get(person, ("", []))
        found[person] = max(before, changed), [*numbers, str(project)]
    return found
