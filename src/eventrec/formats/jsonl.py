"""JSON lines: one object a row; a report's total and notes are not among its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats.objects import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.registry import Options
    from eventrec.table import Stream, Table


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:  # noqa: ARG001 (every format takes options)
    """Write a table as one JSON object a line, in UTF-8."""
    for lines in objects(table, "\n"):
        yield lines + b"\n"
