"""What a cell says as text, and which numbers of a report are only a lower bound."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from eventrec.formats.terminal import strip_controls
from eventrec.table import Report, show_localized

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from eventrec.formats.registry import Options
    from eventrec.table import Cell, Column, Stream, Table

NUMBERS: Final = frozenset({"integer", "decimal"})
_NONE: Final = "(none)"
"""What a row of a report says that stands for no project, agency or the like."""

AT_LEAST: Final = frozenset(
    {
        "participations",
        "participants",
        "unnamed",
        "women",
        "men",
        "other",
        "not_stated",
        "person_days",
    }
)
"""Columns that are a lower bound where delegations are uncounted; named people and events are exact."""


def plain(cell: Cell) -> str:
    """Return a cell as scripts read it: None empty, true and false, lists joined by "; ", objects as JSON."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        return "; ".join(plain(item) for item in cell)
    if isinstance(cell, dict):
        return clean(json.dumps(jsonable(cell), ensure_ascii=False, separators=(",", ":")))
    return number(cell)


def shown(cell: Cell, column: Column, options: Options) -> str:
    """Return a cell as people read it: the chosen language, yes and no, lists joined by ", ".

    Control characters are still in it; the caller makes them visible.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list):
        return ", ".join(shown(item, column, options) for item in cell)
    if isinstance(cell, dict) and column.kind != "object":
        return show_localized(cell, options.main, options.languages)
    return plain(cell)


def shown_in_report(values: Mapping[str, Cell], column: Column, options: Options) -> str:
    """Return a report's cell as people read it; where a delegation is uncounted, a number reads "≥14"."""
    text = shown(values.get(column.name), column, options)
    return f"≥{text}" if text and at_least(values, column) else text


def at_least(values: Mapping[str, Cell], column: Column) -> bool:
    """Tell whether this column's number in a report's row is a lower bound."""
    uncounted = values.get("uncounted")
    return column.name in AT_LEAST and isinstance(uncounted, int) and uncounted > 0


def shown_parts(table: Table | Stream, options: Options) -> Iterator[list[list[str]]]:
    """Yield some rows after the other as people read them."""
    if isinstance(table, Report):
        rows = [[shown_in_report(row, column, options) for column in table.columns] for row in table]
        yield [[texts[0] or _NONE, *texts[1:]] for texts in rows] if table.chart else rows
        return
    for part in table.parts():
        texts = (
            [shown(cell, column, options) for cell in cells] for cells, column in zip(part, table.columns, strict=True)
        )
        yield [list(row) for row in zip(*texts, strict=True)]


def shown_total(report: Report, options: Options) -> list[str]:
    """Return a report's total row as people read it, "Total" in the first column when that has no sum."""
    total = report.total or {}
    texts = [shown_in_report(total, column, options) for column in report.columns]
    return ["Total", *texts[1:]] if texts and not texts[0] else texts


_IN_THE_RULE: Final = ("by", "expected", "roll_up", "roles", "with_own_staff")


def criteria_text(report: Report) -> str:
    """Return which records a report was asked about: "project MMSP-III, since 2024-01-01".

    What the rule below says anyway (`by`, roles and the like) is left to it.
    """
    given = {name: value for name, value in report.criteria.items() if name not in _IN_THE_RULE and value}
    return ", ".join(f"{heading(name)} {plain(value)}" for name, value in given.items())


def heading(name: str) -> str:
    """Return a column's name as people read it."""
    return name.replace("_", " ")


def clean(text: str) -> str:
    """Return text as every writer writes it: newlines of one kind, no other control character but tab."""
    return strip_controls(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)


def number(value: int | Decimal) -> str:
    """Return a number in digits, without an exponent."""
    return str(value) if isinstance(value, int) else format(value, "f")


def jsonable(value: object) -> object:
    """Return a cell, a list or an object as JSON can hold it: Decimals as numbers, texts cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if value is None or isinstance(value, (int, float)):
        return value
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
