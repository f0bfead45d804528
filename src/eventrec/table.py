"""Answers as data: a Table of plain cells, and a Report, which is a Table with its rule.

The reading wing makes them, formats write them, the doors hand them out. A cell is str, int, Decimal, bool,
None, list or dict; dates are ISO text (2024-10-17), moments UTC text (2024-10-17T01:00:00Z).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from itertools import chain, islice
from operator import eq
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar, overload

from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

Cell: TypeAlias = "str | int | Decimal | bool | list[Any] | dict[str, Any] | None"
Kind = Literal["text", "integer", "decimal", "boolean", "date", "time", "moment", "localized", "list", "object"]

Part: TypeAlias = "list[Sequence[Cell]]"
"""The columns of some rows that follow one another; there is at least one."""

Lines: TypeAlias = "list[str]"
"""Some rows that follow one another, each as one text; there is at least one."""

Show: TypeAlias = "Callable[[Column], Callable[[Cell], str]]"
"""How a column's cells that are more than a text are shown as one."""

Rows = TypeVar("Rows")

SEPARATOR: Final = "\x1f"
"""Stands between the texts of a row that come as one; hardly a record holds it."""

_PART: Final = 1000


class Column(NamedTuple):
    """A column: its name, which is also its JSON key, and the kind of its cells."""

    name: str
    kind: Kind = "text"


class Piece(NamedTuple):
    """Some columns that follow one another: the different cells that rows have in them, and which of these each has."""

    different: Sequence[tuple[Cell, ...]]
    rows: Sequence[int]


class Joined(Sequence[tuple[Cell, ...]]):
    """Rows that are put together only when they are wanted, of pieces that most have in common with others."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces

    def __len__(self) -> int:
        return len(self.pieces[0].rows)

    @overload
    def __getitem__(self, at: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[Cell, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[Cell, ...] | list[tuple[Cell, ...]]:
        if not isinstance(at, slice):
            return tuple(chain.from_iterable(different[rows[at]] for different, rows in self.pieces))
        pieces = [map(different.__getitem__, rows[at]) for different, rows in self.pieces]
        return list(map(tuple, map(chain.from_iterable, zip(*pieces, strict=True))))

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        for at in range(0, len(self), _PART):
            yield from self[at : at + _PART]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]


class Table:
    """Columns and rows, which nobody changes. Iterating gives each row as a dict: `pandas.DataFrame(table)` works."""

    def __init__(self, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> None:
        self.columns = columns
        self.rows = rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table) or type(other) is not type(self):
            return False
        return {**vars(self), "rows": [*self.rows]} == {**vars(other), "rows": [*other.rows]}

    __hash__ = None  # type: ignore[assignment] # its rows may be lists

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

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

    def parts(self) -> Iterator[Part]:
        """Yield the columns of some rows after the other, from the first on."""
        for at in range(0, len(self.rows), _PART):
            yield list(zip(*self.rows[at : at + _PART], strict=True))

    def pick(self, *names: str) -> Table:
        """Return the named columns only, in the order given."""
        at = [self.names.index(name) for name in names]
        return Table(tuple(self.columns[i] for i in at), [tuple(row[i] for i in at) for row in self.rows])

    def map(self, change: Callable[[Part], Part], columns: Sequence[Column]) -> Table:
        """Return what becomes of the rows when each part of them is changed."""
        changed = copy(self)
        changed.columns = tuple(columns)
        changed.rows = [row for part in map(change, self.parts()) for row in zip(*part, strict=True)]
        return changed

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


class Anew(Exception):
    """What was written of a content until now is void, for it begins anew: something in it was not foreseen."""


class Parts(Generic[Rows]):
    """Rows that are read some at a time, so that few are ever held, and anew whenever they are read again.

    Nothing is asked before the first row is wanted, or whether there is one.
    """

    def __init__(self, ask: Callable[[], Iterator[Rows]]) -> None:
        self._put = ask
        self._begun: tuple[Rows | None, Iterator[Rows]] | None = None
        self._few: Sequence[Rows] | None = None

    def __bool__(self) -> bool:
        while self._begun is None:
            parts = self.parts()
            with suppress(Anew):  # nobody has seen anything yet
                self._begun = next(parts, None), parts
        return self._begun[0] is not None

    def parts(self) -> Iterator[Rows]:
        """Yield some rows after the other, from the first on."""
        first, rest = self._begun or (None, self._read())
        self._begun = None
        return rest if first is None else chain([first], rest)

    def _read(self) -> Iterator[Rows]:
        """Ask, unless there are so few rows that they were kept when they were read before."""
        if self._few is not None:
            yield from self._few
            return
        parts = self._put()
        few = tuple(islice(parts, 2))
        if len(few) < 2:
            self._few = few
        yield from few
        yield from parts


class Stream(Parts[Part]):
    """An answer as Parts: of some rows the columns. A cell may be the same object in several: nobody changes it.

    `ask_lines` is how to ask for the rows as `lines` gives them, where the database can join texts.
    """

    def __init__(
        self,
        columns: tuple[Column, ...],
        ask: Callable[[tuple[Column, ...]], Iterator[Part]],
        ask_lines: Callable[[Show], Iterator[Lines]] | None = None,
    ) -> None:
        super().__init__(lambda: ask(columns))
        self.columns = columns
        self.further: dict[str, set[str]] = {}
        """Languages other than en and zh that localized columns were found to hold."""

        self._ask = ask
        self._ask_lines = ask_lines
        self._lines: Parts[Lines] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, from the first on."""
        return chain.from_iterable(zip(*part, strict=True) for part in self.parts())

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        names = self.names
        for row in self.rows:
            yield dict(zip(names, row, strict=True))

    def lines(self, show: Show) -> Parts[Lines] | None:
        """Return the rows as texts, SEPARATOR between their cells; None where they come, or came already, as cells.

        Cells that are more than a text are shown by `show`; the same one may be shown once for several rows.
        """
        ask = self._ask_lines
        if ask and self._lines is None and self._begun is None and self._few is None:
            self._lines = Parts(lambda: ask(show))
        return self._lines

    def refuse_lines(self) -> None:
        """Let the rows come as cells from now on."""
        self._ask_lines = self._lines = None

    def pick(self, *names: str) -> Stream:
        """Return the named columns only, in the order given; only those are asked for, unless rows came already."""
        picked = tuple(self.columns[self.names.index(name)] for name in names)

        def ask(wanted: tuple[Column, ...]) -> Iterator[Part]:
            if self._begun is None and self._few is None:
                return self._ask(wanted)
            return self.map(list, self.columns)._ask(wanted)

        return Stream(picked, ask)

    def map(self, change: Callable[[Part], Part], columns: Sequence[Column]) -> Stream:
        """Return what becomes of the rows when each part of them is changed as it is read."""
        changed = tuple(columns)

        def ask(wanted: tuple[Column, ...]) -> Iterator[Part]:
            at = [changed.index(column) for column in wanted]
            for part in map(change, self.parts()):
                yield [part[i] for i in at]

        return Stream(changed, ask)


def _take(cell: Cell, tag: str | None) -> Cell:
    if tag is None:
        return cell
    return cell.get(tag) if isinstance(cell, dict) else None


class Report(Table):
    """A Table that answers a question, with the criteria it was asked with and the rule it was counted by.

    `total` has the columns' names as keys. `notes` are sentences that belong under the table: what was left
    out, what is not counted. `chart` names the two columns (label, number) that a bar chart shows.
    """

    def __init__(
        self,
        columns: tuple[Column, ...],
        rows: Sequence[tuple[Cell, ...]],
        *,
        report: str = "",
        heading: str = "",
        criteria: Mapping[str, Any] | None = None,
        rule: str = "",
        total: dict[str, Cell] | None = None,
        notes: tuple[str, ...] = (),
        chart: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(columns, rows)
        self.report = report
        self.heading = heading
        self.criteria = dict(criteria or {})
        self.rule = rule
        self.total = total
        self.notes = notes
        self.chart = chart

    def looking_back(self, moment: str, sentence: str) -> Report:
        """Return the report as one of an earlier moment: `as_of` among its criteria, and said under the table."""
        back = copy(self)
        back.criteria = {**self.criteria, "as_of": moment}
        back.notes = (*self.notes, sentence)
        return back


def show_localized(cell: Cell, main: str, languages: str = "any") -> str:
    """Return a localized cell as one text: `any` for the main language, `both` for all, or one tag."""
    if not isinstance(cell, dict) or not cell:
        return ""
    value = Localized(cell)
    if languages == "any":
        return value.any(main)
    return value.both(main) if languages == "both" else value.get(languages, "")
