"""From a sheet to rows that mean something: blank lines, repeated headings, totals and footnotes are left out."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.errors import Rejected
from eventrec.services.imports import layout as layouts
from eventrec.services.imports.cells import number_of, text_of
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from eventrec.services.imports.layout import Layout

_TOTAL: Final = re.compile(r"(grand )?(sub)?total\b.*|sum|(合|总|小|共)\s*计.*|总人数.*|合计人数.*")
_FOOTNOTE: Final = re.compile(r"(注|备注|说明|填表|制表|联系人|note|notes|remark|source)\s*[:：.].*|[*※].*", re.DOTALL)
_LONG: Final = 60
_COUNTED: Final = ("women", "men", "other", "not_stated", "count")


class RawRow(NamedTuple):
    """One row of a sheet: its number in the file (from 1), its cells by field, and what nobody understood."""

    sheet: str
    number: int
    cells: Mapping[str, Any]
    extra: Mapping[str, str]


class LeftOut(NamedTuple):
    """A line below the headings that is none of the rows, and what it is."""

    sheet: str
    number: int
    text: str


class Total:
    """What a line of totals at the end of a sheet claims."""

    def __init__(self) -> None:
        self.claims: list[tuple[str, int, int]] = []

    def note(self, sheet: str, row: int, number: int) -> None:
        """Keep one claim: sheet, row and number of people."""
        self.claims.append((sheet, row, number))


def of_sheet(name: str, rows: Iterable[tuple[Any, ...]], found: Layout, total: Total) -> Iterator[RawRow | LeftOut]:
    """Yield the rows below the headings, and what is left out; a total is kept as a claim."""
    fields = {at: field for at, field in found.columns.items() if field not in ("number", "ignored")}
    headings = {at: normalise(text) for at, text in found.headings.items()}
    meant = {**fields, **found.unknown}
    below = False
    for number, row in enumerate(rows, 1):
        if number <= found.head_row + 1:
            continue
        texts = {
            at: cell.strip() if type(cell) is str else text_of(cell).strip()
            for at, cell in enumerate(row)
            if cell is not None
        }
        if not any(text and at in meant for at, text in texts.items()):  # at most a running number
            continue
        if all(normalise(text) == headings.get(at) for at, text in texts.items() if text):
            continue
        why = "below the total" if below else _not_a_row(texts, found)
        if why:
            if why == "total":
                _claim(name, number, row, fields, total)
                below = found.listed
            yield LeftOut(name, number, f"{why}: {' | '.join(filter(None, texts.values()))[:120]}")
            continue
        yield RawRow(
            name,
            number,
            {fields[at]: row[at] for at in texts if at in fields},
            {heading: texts[at] for at, heading in found.unknown.items() if texts.get(at)},
        )


def first_rows(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows among which the headings are looked for, and some below them."""
    return list(islice(rows, layouts.LOOKED_AT * 2))


def _not_a_row(texts: Mapping[int, str], found: Layout) -> str:
    """Say why a line below the headings is not one of the rows; empty for one that is."""
    filled = list(filter(None, texts.values()))
    text = filled[0]
    first = normalise(text)
    if _TOTAL.fullmatch(first):
        return "total"
    if len(filled) == 1 and len(found.columns) > 1 and (_FOOTNOTE.fullmatch(first) or len(text) > _LONG):
        return "footnote"
    return ""


def _claim(sheet: str, number: int, row: tuple[Any, ...], fields: Mapping[int, str], total: Total) -> None:
    claimed = 0
    for at, field in fields.items():
        if field in _COUNTED and at < len(row) and row[at] is not None:
            try:
                claimed += number_of(text_of(row[at]), "people")[0]
            except Rejected:
                return
    if not claimed:
        for cell in row:
            if found := re.fullmatch(r"\D*?(\d{1,6})(?:\.0)?\s*(?:人|名|位|people|persons|pax)?", text_of(cell)):
                claimed = int(found[1])
    if claimed:
        total.note(sheet, number, claimed)
