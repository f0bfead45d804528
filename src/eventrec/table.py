"""Answers as data: a Table of plain cells, and a Report, which is a Table with its rule.

The reading wing makes them, formats write them, the doors hand them out. A cell is str, int, Decimal, bool,
None, list or dict; dates are ISO text (2024-10-17), moments UTC text (2024-10-17T01:00:00Z).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cell = str | int | Decimal | bool | None | list[Any] | dict[str, Any]
Kind = Literal["text", "integer", "decimal", "boolean", "date", "time", "moment", "localized", "list", "object"]


@dataclass(frozen=True)
class Column:
    """A column: its name, which is also its JSON key, and the kind of its cells."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """Columns and rows. Iterating gives each row as a dict, so `pandas.DataFrame(table)` works."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(column.name for column in self.columns)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        names = self.names
        for row in self.rows:
            yield dict(zip(names, row, strict=True))

    def pick(self, *names: str) -> Table:
        """Return the named columns only, in the order given."""
        at = [self.names.index(name) for name in names]
        return Table(tuple(self.columns[i] for i in at), [tuple(row[i] for i in at) for row in self.rows])

    def flat(self, *, keep: bool = False) -> Table:
        """Return the table with every localized column spread over one column per language, and with `keep` also kept.

        `title` becomes `title_en`, `title_zh` and any further language found in the rows, by alphabet.
        """
        columns: list[Column] = []
        takes: list[tuple[int, str | None]] = []
        for i, column in enumerate(self.columns):
            if keep or column.kind != "localized":
                columns.append(column)
                takes.append((i, None))
            if column.kind != "localized":
                continue
            found = {tag for row in self.rows if isinstance(row[i], dict) for tag in row[i]}  # type: ignore[union-attr]
            for tag in ["en", "zh", *sorted(found - {"en", "zh"})]:
                columns.append(Column(f"{column.name}_{tag.replace('-', '_').lower()}"))
                takes.append((i, tag))
        rows = [tuple(_take(row[i], tag) for i, tag in takes) for row in self.rows]
        return Table(tuple(columns), rows)


def _take(cell: Cell, tag: str | None) -> Cell:
    if tag is None:
        return cell
    return cell.get(tag) if isinstance(cell, dict) else None


@dataclass(frozen=True)
class Report(Table):
    """A Table that answers a question, with the criteria it was asked with and the rule it was counted by.

    `total` has the columns' names as keys. `notes` are sentences that belong under the table: what was left
    out, what is not counted. `chart` names the two columns (label, number) that a bar chart shows.
    """

    report: str = ""
    heading: str = ""
    criteria: dict[str, Any] = field(default_factory=dict)
    rule: str = ""
    total: dict[str, Cell] | None = None
    notes: tuple[str, ...] = ()
    chart: tuple[str, str] | None = None

    def looking_back(self, moment: str, sentence: str) -> Report:
        """Return the report as one of an earlier moment: `as_of` among its criteria, and said under the table."""
        return replace(self, criteria={**self.criteria, "as_of": moment}, notes=(*self.notes, sentence))


def show_localized(cell: Cell, main: str, languages: str = "any") -> str:
    """Return a localized cell as one text: `any` for the main language, `both` for all, or one tag."""
    if not isinstance(cell, dict) or not cell:
        return ""
    value = Localized(cell)
    if languages == "any":
        return value.any(main)
    return value.both(main) if languages == "both" else value.get(languages, "")
