"""Text tables: comma, semicolon or tab between the cells, in the encodings that Excel and its kin write."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.formats.csv import unguard
from eventrec.formats.sheets.encodings import encoding_of
from eventrec.formats.sheets.records import MOST_COLUMNS, MOST_ROWS, Sheet, SheetFile, Unreadable, trimmed

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from eventrec.formats.sheets.records import Row

_LONGEST_ROW: Final = 2**22
"""Characters; more are held in memory at once only by a file that is no table."""
_SAMPLE: Final = 64 * 1024
_MOST_LINES: Final = 200
_MEND: Final = "Mend that row, then import again."
_NAMED: Final = (".csv", ".tsv", ".tab", ".txt", ".dat", "")


def read(path: Path) -> SheetFile:
    """Return the text table as one sheet without a name. Raises Unreadable.

    Rows are numbered as Excel numbers them: one whose cell goes over several lines counts once.
    """
    encoding, told = encoding_of(path)
    sample = _sample(path, encoding)
    said = re.match(r'"?sep=([^\s"])"?\s*?(?:\r\n|\r|\n|$)', sample, re.IGNORECASE)
    separator = said[1] if said else _separator(path, sample)
    sentences = [f"{path.name} was read as {told}."] if told else []
    if path.suffix.lower() not in _NAMED:
        sentences.insert(0, f"{path.name} is a text table, whatever its name says, and was read as one.")
    kind = "tsv" if separator == "\t" else "csv"
    return SheetFile(kind, (Sheet("", _Rows(path, encoding, separator, bool(said))),), tuple(sentences))


@dataclass(frozen=True)
class _Rows:
    """The rows of a text table, read anew each time; `said` tells that the first is Excel's `sep=;`."""

    path: Path
    encoding: str
    separator: str
    said: bool

    def __iter__(self) -> Iterator[Row]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            number, blank = 0, 0
            while (cells := self._next(reader, lines, number + 1)) is not None:
                number += 1
                self._check(number, cells, lines)
                row = (
                    ()
                    if self.said and number == 1
                    else trimmed([unguard(cell) if cell[:1] == "'" else cell for cell in cells])
                )
                if not row:
                    blank += 1
                    continue
                for _ in range(blank):
                    yield ()
                blank = 0
                yield row

    def _next(self, reader: Iterator[list[str]], lines: _Lines, number: int) -> list[str] | None:
        """Return the cells of the next row, None after the last."""
        begun = lines.begin_row()
        try:
            cells = next(reader)
        except csv.Error as error:
            raise self._unclosed(number, begun) if lines.ended else self._broken(number, begun, error) from error
        except UnicodeError as error:
            raise self._refused(number, f"it holds bytes that are not {self.encoding}") from error
        return None if lines.ended else cells

    def _check(self, number: int, cells: list[str], lines: _Lines) -> None:
        if len(cells) > MOST_COLUMNS:
            raise self._too_wide(number)
        if number > MOST_ROWS:
            raise Unreadable(
                f"{self.path}, row {number}: a sheet has no more than {MOST_ROWS:,} rows.",
                "Split the file and import the parts.",
            )
        if lines.nul:
            column = next((at for at, cell in enumerate(cells, 1) if "\x00" in cell), 1)
            raise Unreadable(
                f"{self.path}, row {number}, column {column}: there is a NUL character.",
                "Open the file in Excel, save it as CSV UTF-8 and import that.",
            )

    def _broken(self, number: int, begun: int, error: csv.Error) -> Unreadable:
        if isinstance(error, _TooLong):
            return (
                self._too_wide(number) if error.line.count(self.separator) >= MOST_COLUMNS else self._too_long(number)
            )
        if "field larger" in str(error):
            return self._unclosed(
                number, begun, f"a cell holds more than {csv.field_size_limit():,} characters; perhaps "
            )
        return self._refused(number, "text follows a closing quotation mark; one within a cell is written twice")

    def _unclosed(self, number: int, begun: int, before: str = "") -> Unreadable:
        line = f" (line {begun} of the file)" if begun != number else ""
        return self._refused(number, f"{before}a quotation mark is opened and never closed", line)

    def _too_wide(self, number: int) -> Unreadable:
        return Unreadable(
            f"{self.path}, row {number}: there are more than the {MOST_COLUMNS:,} columns that a sheet has.",
            "Look what separates the cells, and leave out the columns that are not needed.",
        )

    def _too_long(self, number: int) -> Unreadable:
        return self._refused(number, f"it is longer than {_LONGEST_ROW:,} characters")

    def _refused(self, number: int, why: str, place: str = "") -> Unreadable:
        return Unreadable(f"{self.path}, row {number}{place}: {why}.", _MEND)


class _TooLong(csv.Error):
    def __init__(self, line: str) -> None:
        super().__init__("line too long")
        self.line = line


class _Lines:
    """Lines of a file for the csv reader, and after them an empty-handed one, which stands alone unless in quotes."""

    _LAST: Final = "end"

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._size = 0
        self.count = 0
        self.nul = False
        self.ended = False

    def begin_row(self) -> int:
        """Start to measure a row, and return the number of its first line."""
        self._size = 0
        return self.count + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_ROW + 1)
        self._size += len(line)
        if self._size > _LONGEST_ROW:
            raise _TooLong(line)
        self.count += 1
        if not line:
            if self.ended:
                raise StopIteration
            self.ended = True
            return self._LAST
        if "\x00" in line:
            self.nul = True
        return line.removeprefix("\ufeff") if self.count == 1 else line


def _sample(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        return file.read(_SAMPLE).removeprefix("\ufeff")


def _separator(path: Path, sample: str) -> str:
    """Return what separates the cells: what most rows hold the same number of times, outside quotation marks."""
    lines = _lines_outside_quotes(sample)
    best, points = ",", 0.0
    for separator in (",", ";", "\t"):
        counts = [line.count(separator) for line in lines]
        filled = sorted(count for count in counts if count)
        if not filled:
            continue
        usual = filled[len(filled) // 2]
        score = counts.count(usual) + min(usual, 20) / 100
        score += separator == "\t" and path.suffix.lower() in (".tsv", ".tab")
        if score > points:
            best, points = separator, score
    return best


def _lines_outside_quotes(sample: str) -> list[str]:
    outside = re.sub(r'"(?:[^"]|"")*"', "", sample)
    lines = [line for line in re.split(r"\r\n|\r|\n", outside) if line.strip()]
    if len(lines) > 1 and len(sample) == _SAMPLE:
        lines.pop()
    return lines[:_MOST_LINES]
