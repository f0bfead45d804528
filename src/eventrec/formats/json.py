"""JSON: a table is an array of objects, a report an object with its rule; titles stay objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import jsonable
from eventrec.formats.objects import objects
from eventrec.table import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.registry import Options
    from eventrec.table import Stream, Table

_INDENT: Final = "  "


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:  # noqa: ARG001 (every format takes options)
    """Write a table or a report as indented JSON in UTF-8."""
    if isinstance(table, Report):
        yield (json.dumps(_report(table), ensure_ascii=False, indent=2) + "\n").encode()
        return
    before = b"[\n"
    for rows in objects(table, ",\n", _INDENT):
        yield before + rows
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _report(report: Report) -> dict[str, object]:
    return {
        "report": report.report,
        "criteria": jsonable(report.criteria),
        "rule": report.rule,
        "rows": [jsonable(row) for row in report],
        "total": jsonable(report.total),
        "notes": jsonable(report.notes),
    }
