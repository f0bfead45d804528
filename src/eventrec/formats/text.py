"""A table for people: for a terminal, and for a report with its heading, total, rule, notes and bar chart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import criteria_text, heading, shown_in_report, shown_rows, shown_total
from eventrec.formats.chart import bars
from eventrec.formats.grid import Grid
from eventrec.formats.terminal import visible
from eventrec.formats.width import wrapped
from eventrec.table import Report

if TYPE_CHECKING:
    from eventrec.formats.registry import Options
    from eventrec.table import Table

_PAPER: Final = 80


def render(table: Table, options: Options) -> bytes:
    """Write a table or a report in UTF-8, for reading."""
    return show(table, options).encode()


def show(table: Table, options: Options) -> str:
    """Return a table or a report as people read it, no wider than `options.width`; no rows are no text."""
    if isinstance(table, Report):
        return _report(table, options)
    return _grid(table, None, options) if len(table) else ""


def _report(report: Report, options: Options) -> str:
    total = None if report.total is None else shown_total(report, options)
    title = wrapped(visible(options.title or report.heading), options.width)
    bold = f"\x1b[1m{title}\x1b[0m" if options.color else title
    grid = _grid(report, total, options) if len(report) else "Nothing to count.\n"
    parts = [f"{bold}\n" if title else "", grid, _footnotes(report, options)]
    if report.chart and len(report):
        parts.append(_chart(report, report.chart, options))
    return "\n".join(part for part in parts if part)


def _grid(table: Table, total: list[str] | None, options: Options) -> str:
    body = shown_rows(table, options) + ([] if total is None else [total])
    grid = Grid(
        kinds=[column.kind for column in table.columns],
        heads=[visible(heading(column.name)) for column in table.columns],
        body=[[visible(text) for text in row] for row in body],
        has_total=total is not None,
        spare=[heading(name) for name in options.spare],
    )
    return grid.show(options.width, options.color)


def _footnotes(report: Report, options: Options) -> str:
    asked = criteria_text(report)
    sentences = [f"Asked with: {asked}." if asked else "", report.rule, *report.notes]
    return "".join(f"{wrapped(visible(text), options.width)}\n" for text in sentences if text)


def _chart(report: Report, chart: tuple[str, str], options: Options) -> str:
    label, value = (report.columns[report.names.index(name)] for name in chart)
    rows = list(report)
    pairs = [(shown_in_report(row, label, options), _number(row[value.name])) for row in rows]
    return bars(pairs, options.width or _PAPER, shown=[shown_in_report(row, value, options) for row in rows])


def _number(cell: object) -> int | Decimal | None:
    return cell if isinstance(cell, (int, Decimal)) else None
