"""A table for people: for a terminal, and for a report with its heading, total, rule, notes and bar chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import criteria_text, heading, shown_in_report, shown_parts, shown_total
from eventrec.formats.grid import Grid
from eventrec.formats.terminal import visible
from eventrec.formats.width import wrapped
from eventrec.table import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from eventrec.formats.registry import Options
    from eventrec.table import Stream, Table

_PAPER: Final = 80


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:
    """Write a table or a report in UTF-8, for reading."""
    return (text.encode() for text in _texts(table, options))


def show(table: Table, options: Options) -> str:
    """Return a table or a report as people read it, no wider than `options.width`; no rows are no text."""
    return "".join(_texts(table, options))


def _texts(table: Table | Stream, options: Options) -> Iterator[str]:
    if isinstance(table, Report):
        yield _report(table, options)
    elif table:
        yield from _grid(table, None, options).show(options.width, options.color)


def _report(report: Report, options: Options) -> str:
    total = None if report.total is None else [visible(text) for text in shown_total(report, options)]
    title = wrapped(visible(options.title or report.heading), options.width)
    bold = f"\x1b[1m{title}\x1b[0m" if options.color else title
    grid = "Nothing to count.\n"
    if len(report):
        grid = "".join(_grid(report, total, options).show(options.width, options.color))
    parts = [f"{bold}\n" if title else "", grid, _footnotes(report, options)]
    if report.chart and len(report):
        parts.append(_chart(report, report.chart, options))
    return "\n".join(part for part in parts if part)


def _grid(table: Table | Stream, total: list[str] | None, options: Options) -> Grid:
    def parts() -> Iterator[list[list[str]]]:
        for rows in shown_parts(table, options):
            yield [[visible(text) for text in row] for row in rows]

    return Grid(
        kinds=[column.kind for column in table.columns],
        heads=[visible(heading(column.name)) for column in table.columns],
        parts=parts,
        total=total,
        spare=[heading(name) for name in options.spare],
    )


def _footnotes(report: Report, options: Options) -> str:
    asked = criteria_text(report)
    sentences = [f"Asked with: {asked}." if asked else "", report.rule, *report.notes]
    return "".join(f"{wrapped(visible(text), options.width)}\n" for text in sentences if text)


def _chart(report: Report, chart: tuple[str, str], options: Options) -> str:
    label, value = (report.columns[report.names.index(name)] for name in chart)
    rows = list(report)
    pairs = [(shown_in_report(row, label, options), _number(row[value.name])) for row in rows]
    from eventrec.formats.chart import bars

    return bars(pairs, options.width or _PAPER, shown=[shown_in_report(row, value, options) for row in rows])


def _number(cell: object) -> int | Decimal | None:
    if cell is None or isinstance(cell, (int, str)):
        return cell if isinstance(cell, int) else None
    from decimal import Decimal

    return cell if isinstance(cell, Decimal) else None
