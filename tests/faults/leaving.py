"""All that can leave a book, as bytes, and its rows as the history leads to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from eventrec.db.as_of import built
from eventrec.exports.calendar import CalendarWish, calendar
from eventrec.exports.cards import CardWish, cards
from eventrec.exports.sheets import VIEWS, sheet, summary
from eventrec.formats import registry
from eventrec.reports.contacts import contacts
from eventrec.reports.events import events
from eventrec.reports.participants import participants
from eventrec.views.columns import COLUMNS
from eventrec.views.criteria import ALL
from eventrec.views.dialect import rendered
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = "2026-01-01"
DIMENSIONS = ("event", "project", "agency", "side", "country", "kind", "modality", "role", "sex", "month")


def views(reader: Reader) -> dict[str, bytes]:
    """What `export all` writes, and the views below those."""
    assert set(VIEWS) <= set(COLUMNS)
    return {f"{view}.csv": registry.render(reader.everything(view), "csv", registry.Options()) for view in COLUMNS}


def leaving(reader: Reader) -> dict[str, bytes]:
    """Every export and every report."""
    found = views(reader)
    for attendees in (False, True):
        found[f"calendar {attendees}.ics"] = calendar(reader, ALL, CalendarWish(attendees=attendees))
    for what in ("contacts", "agencies"):
        found |= {f"{what} {version}.vcf": cards(reader, what, ALL, CardWish(version)) for version in ("3.0", "4.0")}  # type: ignore[arg-type]
    for what in ("events", "agencies", "contacts", "participants"):
        found[f"{what}.json"] = registry.render(sheet(reader, what), "json", registry.Options())
    for name, report in reports(reader):
        found[f"{name}.json"] = registry.render(report, "json", registry.Options())
        found[f"{name}.md"] = registry.render(report, "markdown", registry.Options(languages="both"))
    found["summary.md"] = summary(reader, TODAY)
    found["search.json"] = registry.render(reader.search("a"), "json", registry.Options())
    return found


def reports(reader: Reader) -> Iterator[tuple[str, Any]]:
    yield "events", events(reader, ALL, today=TODAY)
    yield "contacts", contacts(reader, ALL)
    yield "expected", participants(reader, ALL, ["event"], expected=True, today=TODAY)
    yield "with own staff", participants(reader, ALL, ["agency"], with_own_staff=True, roles=["interpreter", "trainer"])
    for roll_up in ("successors", "parents"):
        yield f"rolled up to {roll_up}", participants(reader, ALL, ["agency"], roll_up=roll_up, today=TODAY)
    for dimension in DIMENSIONS:
        yield f"by {dimension}", participants(reader, ALL, [dimension], today=TODAY)


def replayed(reader: Reader, number: int | None = None) -> Reader:
    """The book made again from its history, up to a change set, or to the last one."""
    if number is None:
        number = int(reader.rows("SELECT coalesce(max(id), 0) FROM change_set")[0][0])
    return Reader(built(reader.rows, number, rendered("sqlite")))


def broken_links(reader: Reader) -> list[str]:
    """Where a change does not begin with what the change before it left, from the empty book to the rows of today."""
    wrong, rows = [], dict[tuple[str, int], Any]()
    sql = "SELECT table_name, row_id, before, after FROM change ORDER BY id"
    for table, number, before, after in reader.rows(sql):
        key = (table, number)
        if rows.get(key) != (json.loads(before) if before else None):
            wrong.append(f"{table} {number} does not begin with what it was")
        rows[key] = json.loads(after) if after else None
    for table in {table for table, _ in rows}:
        there = {number for (number,) in reader.rows(f"SELECT id FROM {table}")}
        left = {number for (each, number), row in rows.items() if each == table and row}
        wrong += [f"{table} {number}" for number in there ^ left]
    return wrong
