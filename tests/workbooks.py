"""Reading workbooks for the tests, with a reader that nobody here wrote."""

from __future__ import annotations

import io
from typing import Any

import openpyxl


def cells(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return the cells of every sheet, row by row."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
