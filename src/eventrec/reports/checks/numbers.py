"""Findings about numbers of held events: people who do not count yet, nobody at all, sex or modality not stated."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from eventrec.reports.checks.asked import named
from eventrec.reports.notes import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.reports.checks.asked import Asked, Finding


def still_registered(asked: Asked) -> Iterator[Finding]:
    """Find held events with people who are still registered or confirmed, and so do not count.

    An agency that nobody counted, in a role that does not count such as organizer, is not about people.
    """
    for event, rows, people in asked.rows("""
        SELECT taking.event_id, count(*), sum(CASE WHEN taking.contact_id IS NOT NULL THEN 1
            ELSE coalesce(taking.women + taking.men + taking.other + taking.not_stated, 0) END)
        FROM participation AS taking
        JOIN event ON event.id = taking.event_id
        WHERE event.status = 'held' AND taking.status IN ({words EXPECTED_PARTICIPATION_STATUSES})
            AND (taking.contact_id IS NOT NULL OR taking.women IS NOT NULL OR taking.role IN ({roles}))
            AND event.id IN {events} AND taking.id IN {rows}
        GROUP BY taking.event_id
        ORDER BY taking.event_id"""):
        waiting = f"{number(rows, 'row')} with {number(people, 'person')}"
        yield asked.on(
            "still-registered",
            event,
            f"It was held, and {waiting} {'is' if rows == 1 else 'are'} still registered or confirmed: not counted.",
            f"eventrec participant edit {event} --status attended",
        )


def sex_not_stated(asked: Asked) -> Iterator[Finding]:
    """Find events with counted people whose sex is not stated; the named ones by name."""
    found = asked.rows("""
        SELECT head.event_id, head.participation_id, head.contact_id, head.people, {any contact.name}
        FROM v_head AS head
        LEFT JOIN contact ON contact.id = head.contact_id
        WHERE head.sex = 'not-stated' AND head.people > 0 AND head.measure = 'actual' AND head.reason = ''
            AND head.event_id IN {events} AND head.participation_id IN {rows}
        ORDER BY head.event_id, head.contact_id IS NULL, contact.sort_key, head.participation_id""")
    for event, heads in groupby(found, key=lambda cells: cells[0]):
        cells = list(heads)
        names = [f"{name} (contact {contact})" for _, _, contact, _, name in cells if contact]
        unnamed = sum(people for _, _, contact, people, _ in cells if not contact)
        told = [f"{len(names)} named: {named(names)}"] if names else []
        told += [f"{unnamed} without a name"] if unnamed else []
        _, row, contact, *_ = cells[0]
        yield asked.on(
            "sex-not-stated",
            event,
            f"Sex is not stated of {'; and of '.join(told)}.",
            f"eventrec contact edit {contact} --sex SEX"
            if contact
            else f"eventrec participant edit {event} --row {row} --women N --men N --not-stated N",
        )


def modality_not_stated(asked: Asked) -> Iterator[Finding]:
    """Find hybrid events with counted people of whom nobody said whether they were in the room or online."""
    for event, row, rows, people in asked.rows("""
        SELECT head.event_id, min(head.participation_id), count(DISTINCT head.participation_id),
            coalesce(sum(head.people), 0)
        FROM v_head AS head
        JOIN event ON event.id = head.event_id
        WHERE event.modality = 'hybrid' AND head.modality = 'not-stated' AND head.measure = 'actual'
            AND head.reason = '' AND (head.people IS NULL OR head.people > 0)
            AND head.event_id IN {events} AND head.participation_id IN {rows}
        GROUP BY head.event_id
        ORDER BY head.event_id"""):
        yield asked.on(
            "modality-not-stated",
            event,
            f"It is hybrid, and {number(rows, 'row')} with {number(people, 'person')}"
            f" {'does' if rows == 1 else 'do'} not say in person or online.",
            f"eventrec participant edit {event} --row {row} --modality MODALITY",
        )


def nobody_recorded(asked: Asked) -> Iterator[Finding]:
    """Find held events without a row in a role that counts, whether attended, confirmed or registered."""
    for (event,) in asked.rows("""
        SELECT event.id FROM event
        WHERE event.status = 'held' AND event.id IN {events}
            AND NOT EXISTS (
                SELECT 1 FROM participation AS taking
                WHERE taking.event_id = event.id AND taking.role IN ({roles})
                    AND taking.status IN ('registered', 'confirmed', 'attended')
            )
        ORDER BY event.id"""):
        yield asked.on(
            "nobody-recorded",
            event,
            "It was held, and nobody is recorded as taking part.",
            f"eventrec participant add {event} --agency AGENCY --women N --men N",
        )


def uncounted(asked: Asked) -> Iterator[Finding]:
    """Find held events with delegations that count and have no number, so that reports read “at least”."""
    found = asked.rows("""
        SELECT head.event_id, head.participation_id, coalesce(head.agency_code, {any head.label}, '')
        FROM v_head AS head
        WHERE head.people IS NULL AND head.measure = 'actual' AND head.reason = ''
            AND head.event_id IN {events} AND head.participation_id IN {rows}
        ORDER BY head.event_id, head.participation_id""")
    for event, heads in groupby(found, key=lambda cells: cells[0]):
        cells = list(heads)
        yield asked.on(
            "uncounted",
            event,
            f"Its numbers read “at least”, for {number(len(cells), 'delegation')} without a number:"
            f" {named([name for *_, name in cells])}.",
            f"eventrec participant edit {event} --row {cells[0][1]} --women N --men N",
        )
