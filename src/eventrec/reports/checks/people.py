"""Findings about people: counted twice, missing from the event, without an agency."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from eventrec.reports.checks.asked import Finding, named
from eventrec.reports.notes import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.reports.checks.asked import Asked


_NAMED_AND_UNNAMED: Final = """
    SELECT unnamed.event_id, unnamed.id, v_agency.label,
        unnamed.women + unnamed.men + unnamed.other + unnamed.not_stated, {any contact.name}
    FROM v_on_the_day AS unnamed
    JOIN participation AS counted ON counted.id = unnamed.id
    JOIN v_on_the_day AS named ON named.event_id = unnamed.event_id AND named.contact_id IS NOT NULL
        AND named.agency_id = unnamed.agency_id AND named.role = unnamed.role AND named.measure = unnamed.measure
        AND (named.modality = unnamed.modality OR 'not-stated' IN (named.modality, unnamed.modality))
    JOIN participation AS entered ON entered.id = named.id
    JOIN contact ON contact.id = named.contact_id
    JOIN v_agency ON v_agency.id = unnamed.agency_id
    WHERE unnamed.contact_id IS NULL AND unnamed.forgotten_as IS NULL
        AND unnamed.women + unnamed.men + unnamed.other + unnamed.not_stated > 0
        AND substr({moment entered.created_at}, 1, 10) <> substr({moment counted.created_at}, 1, 10)
        AND unnamed.event_id IN {events} AND unnamed.id IN {rows}
        AND NOT EXISTS (
            SELECT 1
            FROM change
            JOIN change_set ON change_set.id = change.change_set_id
            WHERE change.table_name = 'participation' AND change.row_id = unnamed.id
                AND change.before IS NOT NULL AND change_set.moment >= entered.created_at
                AND (coalesce({text change.before women}, '') <> coalesce({text change.after women}, '')
                    OR coalesce({text change.before men}, '') <> coalesce({text change.after men}, '')
                    OR coalesce({text change.before other}, '') <> coalesce({text change.after other}, '')
                    OR coalesce({text change.before not_stated}, '') <> coalesce({text change.after not_stated}, ''))
        )
    ORDER BY unnamed.event_id, unnamed.id, contact.sort_key, contact.id"""


def named_and_unnamed(asked: Asked) -> Iterator[Finding]:
    """Find named people whose delegation also has an unnamed head-count that was entered on another day.

    Both are of one event, agency, role and measure, and not of two modalities. Whoever corrects the head-count after
    the names were entered has looked at it: it is then no finding any more. Days are those of UTC.
    """
    found = asked.rows(_NAMED_AND_UNNAMED)
    for (event, row, agency, people), names in groupby(found, key=lambda cells: cells[:4]):
        told = [cells[4] for cells in names]
        yield Finding(
            "named-and-unnamed",
            event,
            "participant",
            row,
            f"{agency} has {number(people, 'person')} without a name and, entered on another day, {named(told)}:"
            " perhaps counted twice.",
            f"eventrec participant edit {event} --row {row} --women N --men N",
        )


def not_at_the_event(asked: Asked) -> Iterator[Finding]:
    """Find named people who count at a site visit and are not on the list of its event."""
    for visit, row, contact, name, event in asked.rows("""
        SELECT head.event_id, head.participation_id, head.contact_id, {any contact.name}, visit.parent_id
        FROM v_head AS head
        JOIN event AS visit ON visit.id = head.event_id
        JOIN event AS parent ON parent.id = visit.parent_id
        JOIN contact ON contact.id = head.contact_id
        WHERE visit.kind = 'site-visit' AND head.measure IS NOT NULL AND head.reason = ''
            AND parent.status NOT IN ('cancelled', 'postponed')
            AND NOT EXISTS (
                SELECT 1 FROM participation AS there
                WHERE there.event_id = visit.parent_id AND there.contact_id = head.contact_id
                    AND there.status IN ('registered', 'confirmed', 'attended')
            )
            AND head.event_id IN {events} AND head.participation_id IN {rows}
        ORDER BY head.event_id, contact.sort_key, contact.id"""):
        yield Finding(
            "not-at-the-event",
            visit,
            "participant",
            row,
            f"{name} is at the site visit, but not at its event {event}.",
            f"eventrec participant add {event} {contact}, or eventrec participant remove {visit} --row {row}",
        )


def same_person_twice(asked: Asked) -> Iterator[Finding]:
    """Find one person with two rows in an event that both count, or that disagree on status or modality.

    Two roles are no finding when only one of them counts. Rows that were declined or cancelled are passed over. A
    third row is told as one more finding.
    """
    found = asked.rows("""
        SELECT one.event_id, {any contact.name},
            one.id, one.role, one.status, one.modality, two.id, two.role, two.status, two.modality
        FROM participation AS one
        JOIN participation AS two ON two.event_id = one.event_id AND two.contact_id = one.contact_id
            AND two.id > one.id
        JOIN contact ON contact.id = one.contact_id
        WHERE one.status NOT IN ('declined', 'cancelled') AND two.status NOT IN ('declined', 'cancelled')
            AND ((one.role IN ({roles}) AND two.role IN ({roles})) OR one.status <> two.status
                OR (one.modality <> two.modality AND 'not-stated' NOT IN (one.modality, two.modality)))
            AND one.event_id IN {events} AND (one.id IN {rows} OR two.id IN {rows})
        ORDER BY one.event_id, contact.sort_key, contact.id, two.id, one.id""")
    for _, pairs in groupby(found, key=lambda cells: cells[6]):
        event, name, *rows = next(pairs)
        yield _twice(event, name, rows[:4], rows[4:])


def _twice(event: int, name: str, one: list[Any], two: list[Any]) -> Finding:
    row = two[0]
    edit = f"eventrec participant edit {event} --row {row}"
    if one[2] != two[2]:
        differing, mend = f"status {one[2]} and {two[2]}", f"{edit} --status {one[2]}"
    elif one[3] != two[3] and "not-stated" not in (one[3], two[3]):
        differing, mend = f"modality {one[3]} and {two[3]}", f"{edit} --modality {one[3]}"
    else:
        differing, mend = "counted once", f"eventrec participant remove {event} --row {row}"
    what = f"{name} is there twice, as {one[1]} (row {one[0]}) and as {two[1]} (row {row}): {differing}."
    return Finding("same-person-twice", event, "participant", row, what, mend)


_ONE_PERSON: Final = """
    WITH mark (kind, contact_id, value) AS (
        SELECT 'name', contact.id, lower({text contact.name en}) FROM contact
        UNION
        SELECT 'name', contact.id, {text contact.name zh} FROM contact
        UNION
        SELECT 'name', contact.id, lower({any contact.name}) FROM contact
        UNION
        SELECT 'e-mail', contact_point.contact_id, contact_point.value FROM contact_point
        WHERE contact_point.kind = 'email' AND contact_point.contact_id IS NOT NULL
    ),
    pair (keep_id, other_id, kind) AS (
        SELECT one.contact_id, two.contact_id, min(one.kind)
        FROM mark AS one
        JOIN mark AS two ON two.value = one.value AND two.kind = one.kind AND two.contact_id > one.contact_id
        GROUP BY one.contact_id, two.contact_id
    )
    SELECT one.event_id, pair.keep_id, {any keep.name}, pair.other_id, {any other.name}, min(pair.kind)
    FROM pair
    JOIN contact AS keep ON keep.id = pair.keep_id
    JOIN contact AS other ON other.id = pair.other_id
    JOIN v_on_the_day AS one ON one.contact_id = pair.keep_id AND one.measure IS NOT NULL
    JOIN v_on_the_day AS two ON two.contact_id = pair.other_id AND two.event_id = one.event_id
        AND two.measure IS NOT NULL
    WHERE (pair.kind = 'e-mail' OR one.agency_id = two.agency_id)
        AND NOT EXISTS (
            SELECT 1 FROM not_same
            WHERE not_same.table_name = 'contact' AND not_same.first_uid IN (keep.uid, other.uid)
                AND not_same.second_uid IN (keep.uid, other.uid)
        )
        AND one.event_id IN {events} AND (one.id IN {rows} OR two.id IN {rows})
    GROUP BY one.event_id, pair.keep_id, keep.name, pair.other_id, other.name
    ORDER BY one.event_id, pair.keep_id, pair.other_id"""


def probably_one_person(asked: Asked) -> Iterator[Finding]:
    """Find two contacts in one event with an e-mail in common, or with a name in common and the same agency.

    Pairs that somebody found to be different are left out.
    """
    found = asked.rows(_ONE_PERSON)
    for event, keep, name, other, other_name, kind in found:
        alike = "one e-mail" if kind == "e-mail" else "one name and one agency"
        yield Finding(
            "probably-one-person",
            event,
            "contact",
            other,
            f"{name} (contact {keep}) and {other_name} (contact {other}) have {alike}: probably one person, counted"
            " twice.",
            f"eventrec contact merge {keep} {other}, or eventrec contact duplicates --not-same {keep} {other}",
        )


def without_agency(asked: Asked) -> Iterator[Finding]:
    """Find named people who count and have no agency on that day: whoever attended has the one kept in the row."""
    for event, row, name in asked.rows("""
        SELECT head.event_id, head.participation_id, {any contact.name}
        FROM participation AS taking
        JOIN v_head AS head ON head.participation_id = taking.id
        JOIN contact ON contact.id = taking.contact_id
        WHERE taking.agency_id IS NULL AND head.measure = 'actual' AND head.reason = ''
            AND head.event_id IN {events} AND head.participation_id IN {rows}
        ORDER BY head.event_id, contact.sort_key, contact.id"""):
        yield Finding(
            "without-agency",
            event,
            "participant",
            row,
            f"{name} has no agency on that day.",
            f"eventrec participant edit {event} --row {row} --agency AGENCY",
        )
