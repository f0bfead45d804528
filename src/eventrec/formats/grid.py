"""Texts in aligned columns, fitted to the width of a terminal: titles shrink, numbers and dates never."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import NUMBERS
from eventrec.formats.width import pad, shorten, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventrec.table import Kind

_GAP: Final = "  "
_SHRINKING: Final = (({"localized"}, 16), ({"text", "list", "object"}, 12))
_WIDEST: Final = 400
_LEFT_OUT: Final = "Not shown, because empty or 0: "
_NO_ROOM: Final = "Not shown, for want of room: "


@dataclass(frozen=True)
class Grid:
    """Columns by kind and heading, and the rows' texts; the last row is set apart when it is a total.

    The texts are safe to print and hold no newline. `spare` holds headings that may go when there is no room, the
    first to go first.
    """

    kinds: Sequence[Kind]
    heads: Sequence[str]
    body: Sequence[Sequence[str]]
    has_total: bool = False
    spare: Sequence[str] = ()

    def show(self, room: int | None, color: bool = False) -> str:
        """Return the grid in at most `room` cells, None for as many as it takes.

        What does not fit becomes narrower in this order: headings break at their spaces and texts shrink;
        columns that hold nothing but zeros are left out and named, then spare ones; rows become blocks with one
        cell a line.
        """
        bold = _bold if color else str
        widths = self._natural()
        if room is None or _sum(widths) <= room:
            return self._lines(widths, bold)
        if _sum(widths := self._fitted(room)) <= room:
            return self._lines(widths, bold)
        telling = [any(text not in ("", "0", "≥0") for text in texts) for texts in zip(*self.body, strict=True)]
        fewer, left_out = (
            self._only(telling),
            [h for h, told in zip(self.heads, telling, strict=True) if not told],
        )
        words = f"{wrapped(_LEFT_OUT + ', '.join(left_out) + '.', room)}\n" if left_out else ""
        if _sum(widths := fewer._fitted(room)) <= room:
            return fewer._lines(widths, bold) + words
        narrow, gone = fewer._without_spare(room)
        if _sum(widths := narrow._fitted(room)) <= room:
            return narrow._lines(widths, bold) + words + f"{wrapped(_NO_ROOM + ', '.join(gone) + '.', room)}\n"
        return fewer._blocks(room, bold) + words

    def _without_spare(self, room: int) -> tuple[Grid, list[str]]:
        """Return the grid without as many spare columns as it takes to fit, and their headings."""
        grid, gone = self, []
        for head in self.spare:
            if _sum(grid._fitted(room)) <= room:
                break
            if head in grid.heads:
                grid = grid._only([each != head for each in grid.heads])
                gone.append(head)
        return grid, gone

    def _only(self, keep: Sequence[bool]) -> Grid:
        body = [list(compress(row, keep)) for row in self.body]
        return replace(self, kinds=list(compress(self.kinds, keep)), heads=list(compress(self.heads, keep)), body=body)

    def _natural(self) -> list[int]:
        return [max(map(width, texts)) for texts in zip(self.heads, *self.body, strict=True)]

    def _fitted(self, room: int) -> list[int]:
        words = [max(map(width, head.split(" "))) for head in self.heads]
        texts = [max(map(width, column), default=0) for column in zip(*self.body, strict=True)] or words
        fitted = [min(max(pair), _WIDEST) for pair in zip(words, texts, strict=True)]
        for kinds, floor in _SHRINKING:
            shrinks = [kind in kinds for kind in self.kinds]
            while _sum(fitted) > room:
                able = [i for i, cells in enumerate(fitted) if shrinks[i] and cells > max(floor, words[i])]
                if not able:
                    break
                fitted[max(able, key=fitted.__getitem__)] -= 1
        return fitted

    def _lines(self, widths: Sequence[int], bold: Callable[[str], str]) -> str:
        rule = "─" * _sum(widths)
        body = [self._line(row, widths) for row in self.body]
        if self.has_total:
            body[-1:] = [rule, bold(body[-1])]
        heads = [bold(line) for line in self._head_lines(widths)]
        return "\n".join([*heads, rule, *body]) + "\n"

    def _head_lines(self, widths: Sequence[int]) -> list[str]:
        stacks = [
            [head] if width(head) <= cells else head.split(" ") for head, cells in zip(self.heads, widths, strict=True)
        ]
        height = max(map(len, stacks), default=0)
        filled = [[""] * (height - len(stack)) + stack for stack in stacks]
        return [self._line(texts, widths) for texts in zip(*filled, strict=True)]

    def _line(self, texts: Sequence[str], widths: Sequence[int]) -> str:
        cells = zip(texts, widths, self.kinds, strict=True)
        return _GAP.join(pad(shorten(text, w), w, right=kind in NUMBERS) for text, w, kind in cells).rstrip()

    def _blocks(self, room: int, bold: Callable[[str], str]) -> str:
        margin = max(map(width, self.heads), default=0) + len(_GAP)
        heads = [bold(pad(head, margin)) for head in self.heads]
        blocks = [
            "".join(
                f"{head}{_within(text, kind, room - margin)}\n"
                for head, text, kind in zip(heads, row, self.kinds, strict=True)
                if text
            )
            for row in self.body
        ]
        return "\n".join(blocks)


def _within(text: str, kind: Kind, room: int) -> str:
    shrinks = any(kind in kinds for kinds, _ in _SHRINKING)
    return shorten(text, max(room, 8)) if shrinks else text


def _sum(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if text else text
