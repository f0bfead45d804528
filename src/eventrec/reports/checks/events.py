"""Findings about events themselves: dates, status, projects and their shares, hosts."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from eventrec.reports.checks.asked import named
from eventrec.reports.notes import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.reports.checks.asked import Asked, Finding


def two_projects(asked: Asked) -> Iterator[Finding]:
    """Find events reported under two projects of which neither is part of the other."""
    found = asked.rows("""
        WITH RECURSIVE above (project_id, whole_id) AS (
            SELECT project.id, project.parent_id FROM project WHERE project.parent_id IS NOT NULL
            UNION
            SELECT above.project_id, project.parent_id
            FROM above
            JOIN project ON project.id = above.whole_id
            WHERE project.parent_id IS NOT NULL
        )
        SELECT event.id, project.code, second.code
        FROM event
        JOIN event_project AS one ON one.event_id = event.id
        JOIN event_project AS two ON two.event_id = event.id AND two.project_id > one.project_id
        JOIN project ON project.id = one.project_id
        JOIN project AS second ON second.id = two.project_id
        WHERE event.status NOT IN ('cancelled', 'postponed') AND event.id IN {events}
            AND NOT EXISTS (
                SELECT 1 FROM above
                WHERE (above.project_id = one.project_id AND above.whole_id = two.project_id)
                    OR (above.project_id = two.project_id AND above.whole_id = one.project_id)
            )
        ORDER BY event.id, one.id, two.id""")
    for event, pairs in groupby(found, key=lambda cells: cells[0]):
        codes = list(dict.fromkeys(code for _, *codes in pairs for code in codes))
        yield asked.on(
            "two-projects",
            event,
            f"It is reported whole under {named(codes)}: whoever adds these reports up counts it twice.",
            f"{{edit}} --no-project {codes[-1]}",
        )


def shares(asked: Asked) -> Iterator[Finding]:
    """Find events whose projects' shares of the cost are given and are not 100 % together."""
    found = asked.rows("""
        SELECT event.id, project.code, event_project.share
        FROM event
        JOIN event_project ON event_project.event_id = event.id
        JOIN project ON project.id = event_project.project_id
        WHERE event.status NOT IN ('cancelled', 'postponed') AND event.id IN {events}
            AND EXISTS (
                SELECT 1 FROM event_project AS given WHERE given.event_id = event.id AND given.share IS NOT NULL
            )
        ORDER BY event.id, event_project.id""")
    for event, projects in groupby(found, key=lambda cells: cells[0]):
        given = [(code, None if share is None else _percent(share)) for _, code, share in projects]
        together = sum((share for _, share in given if share is not None), Decimal(0))
        if together != 100:
            told = named([f"{code} {'no share' if share is None else f'{share:f} %'}" for code, share in given])
            yield asked.on(
                "shares-not-100",
                event,
                f"The shares of its projects are {together:f} % together, not 100: {told}.",
                f"{{edit}} --project {given[0][0]}=SHARE",
            )


def _percent(share: object) -> Decimal:
    """Return a share exactly as recorded: SQLite gives 33.3 for 33.30."""
    percent = Decimal(str(share))
    return percent.quantize(Decimal(1)) if percent == percent.to_integral_value() else percent.normalize()


def outside_project(asked: Asked) -> Iterator[Finding]:
    """Find events that begin before a project of theirs begins, or end after it ends."""
    for event, code, *days in asked.rows("""
        SELECT event.id, project.code, event.starts_on, event.ends_on, project.starts_on, project.ends_on
        FROM event
        JOIN v_event_project AS reported ON reported.event_id = event.id
        JOIN project ON project.id = reported.project_id
        WHERE event.status NOT IN ('cancelled', 'postponed') AND event.id IN {events}
            AND (event.starts_on < project.starts_on OR event.ends_on > project.ends_on)
        ORDER BY event.id, project.code"""):
        first, last, begins, ends = ("…" if day is None else str(day) for day in days)
        yield asked.on(
            "outside-project",
            event,
            f"It is on {_span(first, last)}, outside {code} ({_span(begins, ends)}).",
            f"{{edit}} --date DATE, or eventrec project edit {code} --date DATES",
        )


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def without_host(asked: Asked) -> Iterator[Finding]:
    """Find site visits without a host; a facilitator is none."""
    for event, facilitated in asked.rows("""
        SELECT event.id, EXISTS (
            SELECT 1 FROM participation AS taking WHERE taking.event_id = event.id AND taking.role = 'facilitator'
        )
        FROM event
        WHERE event.kind = 'site-visit' AND event.status NOT IN ('cancelled', 'postponed') AND event.id IN {events}
            AND NOT EXISTS (
                SELECT 1 FROM participation AS taking
                WHERE taking.event_id = event.id AND taking.role = 'host'
                    AND taking.status NOT IN ('declined', 'cancelled', 'no-show')
            )
        ORDER BY event.id"""):
        yield asked.on(
            "without-host",
            event,
            "It has a facilitator, but no host." if facilitated else "It has no host.",
            "{edit} --host AGENCY",
        )


def held_in_the_future(asked: Asked) -> Iterator[Finding]:
    """Find events that are marked held and have not begun."""
    for event, day in asked.rows("""
        SELECT event.id, event.starts_on FROM event
        WHERE event.status = 'held' AND event.starts_on > :today AND event.id IN {events}
        ORDER BY event.id"""):
        yield asked.on(
            "held-in-the-future",
            event,
            f"It is marked held, and begins on {day}.",
            "{edit} --status confirmed, or {edit} --date DATE",
        )


def not_marked_held(asked: Asked) -> Iterator[Finding]:
    """Find events that are past and still planned, tentative or confirmed; undated visits go by their event."""
    for event, status, last in asked.rows("""
        SELECT event.id, event.status, event.ends_on
        FROM event
        LEFT JOIN event AS parent ON parent.id = event.parent_id
        WHERE event.status IN ({words EXPECTED_EVENT_STATUSES}) AND event.id IN {events}
            AND (event.ends_on < :today
                OR (event.ends_on IS NULL AND parent.status = 'held' AND parent.ends_on < :today))
        ORDER BY event.id"""):
        if last is None:
            what, options = (
                f"It has no date and is still {status}, and its event was held.",
                "--date DATE --status held",
            )
        else:
            what, options = f"It ended on {last} and is still {status}: not counted.", "--status held"
        yield asked.on("not-marked-held", event, what, f"{{edit}} {options}")


def attendance_outside(asked: Asked) -> Iterator[Finding]:
    """Find events with people marked present on a day that is none of the event's."""
    # The plus signs make SQLite begin with the attendance: by event it would try every row for each of them.
    found = asked.rows("""
        SELECT taking.event_id, attendance.day, count(*)
        FROM attendance
        JOIN participation AS taking ON taking.id = attendance.participation_id
        JOIN event ON event.id = taking.event_id
        WHERE (event.starts_on IS NULL OR attendance.day < event.starts_on OR attendance.day > event.ends_on)
            AND +taking.event_id IN {events} AND +taking.id IN {rows}
        GROUP BY taking.event_id, attendance.day
        ORDER BY taking.event_id, attendance.day""")
    for event, days in groupby(found, key=lambda cells: cells[0]):
        told = [f"{day} ({number(people, 'person')})" for _, day, people in days]
        yield asked.on(
            "attendance-outside",
            event,
            f"People are marked present on days that are none of its own: {named(told)}.",
            "{edit} --date DATE",
        )
