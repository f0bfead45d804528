"""JSON: a table is an array of objects, a report an object with its rule; titles stay objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eventrec.formats.cells import jsonable
from eventrec.table import Report

if TYPE_CHECKING:
    from eventrec.formats.registry import Options
    from eventrec.table import Table


def render(table: Table, options: Options) -> bytes:  # noqa: ARG001 (every format takes options)
    """Write a table or a report as indented JSON in UTF-8."""
    content = _report(table) if isinstance(table, Report) else _rows(table)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _report(report: Report) -> dict[str, object]:
    return {
        "report": report.report,
        "criteria": jsonable(report.criteria),
        "rule": report.rule,
        "rows": _rows(report),
        "total": jsonable(report.total),
        "notes": jsonable(report.notes),
    }


def _rows(table: Table) -> list[object]:
    return [jsonable(row) for row in table]
