"""What stands under a report: what was left out, what is not counted, and which events that concerns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from eventrec.reports.crowd import OWN_STAFF
from eventrec.table import Table, show_localized
from eventrec.views.columns import columns_of
from eventrec.views.criteria import within_period
from eventrec.views.dialect import quoted
from eventrec.views.where import Where, among, every
from eventrec.vocabulary import EXPECTED_EVENT_STATUSES, EXPECTED_PARTICIPATION_STATUSES, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.reports.counting import Counting
    from eventrec.reports.figures import Counts

_MANY: Final = {"staff": "staff", OWN_STAFF: OWN_STAFF, "person": "people"}
_LISTED: Final = 10


def of(counting: Counting, counts: Counts, today: str, *, by_project: bool) -> tuple[str, ...]:
    """Return the sentences under a report; `today` is an ISO date or empty."""
    total = counts.total
    notes = [left_out(counts.left_out)]
    if not counting.expected:
        notes.append(_not_marked_attended(counting))
    if total.uncounted:
        notes.append(f"Read “at least”: {number(total.uncounted, 'delegation')} without a number.")
    if total.approximate:
        notes.append("Some head-counts are approximate.")
    if by_project and total.shared:
        notes.append(_shared(counting))
    notes += _not_in_it(counting, today)
    return tuple(note for note in notes if note)


def left_out(people: Mapping[str, int]) -> str:
    """Return how many people the rule left out: "Not counted: 2 interpreters, 5 own staff."."""
    told = [number(people[why], why) for why in (*ROLES, OWN_STAFF) if people.get(why)]
    return f"Not counted: {', '.join(told)}." if told else ""


def _not_marked_attended(counting: Counting) -> str:
    rule = counting.rule("")
    tables = counting.tables(rule, [at for at, event in enumerate(counting.events.values()) if not event.is_visit])
    people = (
        "CASE WHEN taken.contact_id IS NULL THEN taken.women + taken.men + taken.other + taken.not_stated ELSE 1 END"
    )
    waiting = f"taken.status IN ({quoted(EXPECTED_PARTICIPATION_STATUSES)}) AND {rule.counts('taken')}"
    found = 0
    for person in ("contact_id", *counting.unnamed):
        rows = rule.rows(person, waiting)
        sql = f"{tables.sql} SELECT sum({people}) {rows.sql}"
        ((many,),) = counting.reader.rows(sql, {**tables.params, **rows.params})
        found += many or 0
    return f"Not counted: {number(found, 'person')} registered or confirmed, not marked attended." if found else ""


def _shared(counting: Counting) -> str:
    shared = [event.id for event in counting.events.values() if len(event.projects) > 1 and not event.is_visit]
    events = counting.reader.table("v_event", ("id", "title", "projects"), among("id", shared, "id"), ("starts_on",))
    main = counting.reader.main_language()
    told = [f"#{row['id']} {_title(row, main)} ({', '.join(row['projects'])})" for row in events]  # type: ignore[arg-type]
    return _listed("Reported whole under several projects", told)


def _not_in_it(counting: Counting, today: str) -> list[str]:
    """Name the events that match the question and are planned, tentative or confirmed, by what keeps them out."""
    visits, undated, past = [], [], []
    main = counting.reader.main_language()
    for row in _still_open(counting):
        told = f"#{row['id']} {_title(row, main)}" + (f" ({row['starts_on']})" if row["starts_on"] else "")
        if row["kind"] == "site-visit" and not counting.with_visits:
            if row["starts_on"] or row["parent"] in counting.events:
                visits.append(told)
        elif not row["starts_on"]:
            undated.append(told)
        elif str(row["ends_on"]) < today:
            past.append(told)
    if not counting.expected:
        return [
            _listed("Past and not marked held, so not counted", past),
            _listed("Without a date, so not counted", undated),
            _listed("Site visits not marked held", visits),
        ]
    period = counting.criteria.since or counting.criteria.until
    return [
        _listed("Past and not marked held", past),
        _listed("Without a date, so in no period" if period else "Without a date, so without person-days", undated),
    ]


def _still_open(counting: Counting) -> Table:
    criteria = counting.criteria
    matching = replace(counting, criteria=criteria.without_period()).matching()
    period = within_period(criteria, "event", "start")
    dated = Where(f"(event.starts_on IS NULL OR ({period.sql}))", period.params) if period else period
    where = every((among("event.status", EXPECTED_EVENT_STATUSES, "open"), matching, dated))
    sql = (
        "SELECT event.id, event.title, event.kind, event.starts_on, event.ends_on, event.parent_id FROM event"  # noqa: S608
        f" LEFT JOIN event AS parent ON parent.id = event.parent_id{where.clause()}"
        " ORDER BY event.starts_on NULLS LAST, event.id"
    )
    columns = columns_of("v_event", ("id", "title", "kind", "starts_on", "ends_on", "parent"))
    return counting.reader.select(columns, sql, where.params)


def _title(row: Mapping[str, Any], main: str) -> str:
    return show_localized(row["title"], main)


def number(many: int, word: str) -> str:
    """Return a number with its noun, given for one: "1 person", "2 people", "2 rows"."""
    return f"{many} {word if many == 1 else _MANY.get(word, word + 's')}"


def _listed(heading: str, told: Sequence[str]) -> str:
    if not told:
        return ""
    further = f"; and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
    return f"{heading}: {'; '.join(told[:_LISTED])}{further}."
