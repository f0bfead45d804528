"""Texts in aligned columns, fitted to the width of a terminal: titles shrink, numbers and dates never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import NUMBERS
from eventrec.formats.width import pad, shorten, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from eventrec.table import Kind

    Rows = Sequence[Sequence[str]]

_GAP: Final = "  "
_SHRINKING: Final = (({"localized"}, 16), ({"text", "list", "object"}, 12))
_WIDEST: Final = 400
_LEFT_OUT: Final = "Not shown, because empty or 0: "
_NO_ROOM: Final = "Not shown, for want of room: "
_NOTHING: Final = frozenset({"", "0", "≥0"})


@dataclass(frozen=True)
class Grid:
    """Columns by kind and heading, and the rows' texts; a total is a last row that is set apart.

    The texts are safe to print and hold no newline. `parts` gives them some rows at a time: once to see how wide they
    are, and once to show them. `spare` holds headings that may go when there is no room, the first to go first.
    """

    kinds: Sequence[Kind]
    heads: Sequence[str]
    parts: Callable[[], Iterable[Rows]]
    total: Sequence[str] | None = None
    spare: Sequence[str] = ()

    def show(self, room: int | None, color: bool = False) -> Iterator[str]:
        """Yield the grid in at most `room` cells, None for as many as it takes.

        What does not fit becomes narrower in this order: headings break at their spaces and texts shrink;
        columns that hold nothing but zeros are left out and named, then spare ones; rows become blocks with one
        cell a line.
        """
        columns = self._measured()
        bold = _bold if color else str
        if room is None or _sum(_natural(columns)) <= room:
            yield from self._lines(columns, _natural(columns), bold)
        elif _sum(widths := _fitted(columns, room)) <= room:
            yield from self._lines(columns, widths, bold)
        else:
            yield from self._fewer(columns, room, bold)

    def _fewer(self, columns: Sequence[_Column], room: int, bold: Callable[[str], str]) -> Iterator[str]:
        """Yield the grid without columns that tell nothing, and without spare ones where that is not enough."""
        telling = [column for column in columns if column.tells]
        left_out = ", ".join(column.head for column in columns if not column.tells)
        words = f"{wrapped(_LEFT_OUT + left_out + '.', room)}\n" if left_out else ""
        narrow, gone = self._without_spare(telling, room)
        if _sum(widths := _fitted(narrow, room)) > room:
            yield from self._blocks(telling, room, bold)
        else:
            yield from self._lines(narrow, widths, bold)
            words += f"{wrapped(_NO_ROOM + ', '.join(gone) + '.', room)}\n" if gone else ""
        yield words

    def _measured(self) -> list[_Column]:
        """Return the columns with the width of their widest text, and whether one of them tells anything."""
        columns = [_Column(i, kind, head) for i, (kind, head) in enumerate(zip(self.kinds, self.heads, strict=True))]
        for rows in self._all():
            for column, texts in zip(columns, zip(*rows, strict=True), strict=True):
                column.widest = max(column.widest, *map(width, texts))
                column.tells = column.tells or not _NOTHING.issuperset(texts)
        return columns

    def _all(self) -> Iterator[Rows]:
        yield from self.parts()
        if self.total is not None:
            yield [self.total]

    def _without_spare(self, columns: Sequence[_Column], room: int) -> tuple[Sequence[_Column], list[str]]:
        """Return as many of the columns as fit, without the spare ones that must go, and the headings of these."""
        gone = []
        for head in self.spare:
            if _sum(_fitted(columns, room)) <= room:
                break
            fewer = [column for column in columns if column.head != head]
            gone += [head] if len(fewer) < len(columns) else []
            columns = fewer
        return columns, gone

    def _lines(self, columns: Sequence[_Column], widths: Sequence[int], bold: Callable[[str], str]) -> Iterator[str]:
        rule = "─" * _sum(widths)
        for line in _head_lines(columns, widths):
            yield f"{bold(line)}\n"
        yield f"{rule}\n"
        for rows in self.parts():
            yield "".join([f"{_line(columns, row, widths)}\n" for row in rows])
        if self.total is not None:
            yield f"{rule}\n{bold(_line(columns, self.total, widths))}\n"

    def _blocks(self, columns: Sequence[_Column], room: int, bold: Callable[[str], str]) -> Iterator[str]:
        margin = max((width(column.head) for column in columns), default=0) + len(_GAP)
        heads = [bold(pad(column.head, margin)) for column in columns]
        between = ""
        for rows in self._all():
            for row in rows:
                yield between + "".join(
                    f"{head}{_within(row[column.at], column.kind, room - margin)}\n"
                    for head, column in zip(heads, columns, strict=True)
                    if row[column.at]
                )
                between = "\n"


@dataclass
class _Column:
    """A column at its place in the rows, with the width of its widest text."""

    at: int
    kind: Kind
    head: str
    widest: int = 0
    tells: bool = False


def _natural(columns: Sequence[_Column]) -> list[int]:
    return [max(column.widest, width(column.head)) for column in columns]


def _fitted(columns: Sequence[_Column], room: int) -> list[int]:
    words = [max(map(width, column.head.split(" "))) for column in columns]
    fitted = [min(max(column.widest, longest), _WIDEST) for column, longest in zip(columns, words, strict=True)]
    for kinds, floor in _SHRINKING:
        while _sum(fitted) > room:
            able = [i for i, cells in enumerate(fitted) if columns[i].kind in kinds and cells > max(floor, words[i])]
            if not able:
                break
            fitted[max(able, key=fitted.__getitem__)] -= 1
    return fitted


def _head_lines(columns: Sequence[_Column], widths: Sequence[int]) -> list[str]:
    heads = [column.head for column in columns]
    stacks = [[head] if width(head) <= cells else head.split(" ") for head, cells in zip(heads, widths, strict=True)]
    height = max(map(len, stacks), default=0)
    filled = zip(*([""] * (height - len(stack)) + stack for stack in stacks), strict=True)
    return [_joined(texts, columns, widths) for texts in filled]


def _line(columns: Sequence[_Column], row: Sequence[str], widths: Sequence[int]) -> str:
    return _joined([row[column.at] for column in columns], columns, widths)


def _joined(texts: Sequence[str], columns: Sequence[_Column], widths: Sequence[int]) -> str:
    cells = zip(texts, widths, columns, strict=True)
    return _GAP.join(pad(shorten(text, w), w, right=column.kind in NUMBERS) for text, w, column in cells).rstrip()


def _within(text: str, kind: Kind, room: int) -> str:
    shrinks = any(kind in kinds for kinds, _ in _SHRINKING)
    return shorten(text, max(room, 8)) if shrinks else text


def _sum(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if text else text
