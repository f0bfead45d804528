"""JSON lines: one object a row; a report's total and notes are not among its rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eventrec.formats.cells import jsonable

if TYPE_CHECKING:
    from eventrec.formats.registry import Options
    from eventrec.table import Table


def render(table: Table, options: Options) -> bytes:  # noqa: ARG001 (every format takes options)
    """Write a table as one JSON object a line, in UTF-8."""
    return "".join(json.dumps(jsonable(row), ensure_ascii=False) + "\n" for row in table).encode()
