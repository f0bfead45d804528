"""Text tables: comma, semicolon or tab between the cells, in the encodings that Excel and its kin write."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.formats.csv import unguard
from eventrec.formats.sheets.records import MOST_COLUMNS, MOST_ROWS, Sheet, SheetFile, Unreadable, trimmed

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from eventrec.formats.sheets.records import Row

_CHUNK: Final = 2**20
_LONGEST_CELL: Final = 2**20
_SAMPLE: Final = 64 * 1024
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_ACCENTED: Final = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff](?=[A-Za-z ,;'\r\n-])|(?<=[ ,;\n])[\xc0-\xdf](?=[a-z])")
_DOUBLE: Final = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")


def read(path: Path) -> SheetFile:
    """Return the text table as one sheet without a name. Raises Unreadable."""
    encoding, told = _encoding(path)
    sample = _sample(path, encoding)
    separator, skip = _separator(path, sample)
    sentences = (f"{path.name} was read as {told}.",) if told else ()
    kind = "tsv" if separator == "\t" else "csv"
    return SheetFile(kind, (Sheet("", _Rows(path, encoding, separator, skip)),), sentences)


@dataclass(frozen=True)
class _Rows:
    """The rows of a text table, read anew each time."""

    path: Path
    encoding: str
    separator: str
    skip: int

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(_LONGEST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            opened = _Counted(file)
            reader = csv.reader(opened, delimiter=self.separator, strict=False)
            number = 0
            last: Row = ()
            try:
                for number, cells in enumerate(reader, 1):
                    if number <= self.skip:
                        yield ()
                        continue
                    self._check(number, cells)
                    last = trimmed([unguard(cell) for cell in cells])
                    yield last
            except csv.Error as error:
                raise self._broken(number + 1, error, opened.quoted) from error
        if opened.quoted and any("\n" in str(cell) for cell in last):
            raise Unreadable(
                f"{self.path}, row {number}: a quotation mark is opened and never closed.",
                "Mend that row, then import again.",
            )

    def _check(self, number: int, cells: list[str]) -> None:
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                f"{self.path}, row {number}: {len(cells):,} columns are more than a sheet has ({MOST_COLUMNS:,}).",
                "Look what separates the cells; import a sheet with fewer columns.",
            )
        if number > MOST_ROWS:
            raise Unreadable(f"{self.path} has more than {MOST_ROWS:,} rows.", "Split it and import the parts.")
        for column, cell in enumerate(cells, 1):
            if "\x00" in cell:
                raise Unreadable(
                    f"{self.path}, row {number}, column {column} holds a NUL character.",
                    "Save the file again as CSV UTF-8.",
                )

    def _broken(self, number: int, error: csv.Error, quoted: bool) -> Unreadable:
        if "field larger" in str(error):
            why = "a cell holds more than a million characters" + (
                "; a quotation mark may not be closed" if quoted else ""
            )
            return Unreadable(f"{self.path}, row {number}: {why}.", "Mend that row, then import again.")
        return Unreadable(f"{self.path}, row {number}: {error}.", "Mend that row, then import again.")


class _Counted:
    """Lines of a file, with a word on whether the last of them stood inside quotation marks."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self.quoted = False

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            if line.count('"') % 2:
                self.quoted = not self.quoted
            yield line


def _encoding(path: Path) -> tuple[str, str]:
    """Return the encoding and what to tell of it. The first that reads the whole file without fault is taken."""
    with path.open("rb") as file:
        beginning = file.read(_SAMPLE)
    for mark, encoding, told in _BOMS:
        if beginning.startswith(mark):
            if _decodes(path, encoding):
                return encoding, told
            raise Unreadable(
                f"{path} is damaged: it begins as {told or 'UTF-8'} and goes on otherwise.",
                "Save it again as CSV UTF-8.",
            )
    if b"\x00" in beginning:
        return _without_mark(path, beginning)
    if _decodes(path, "utf-8"):
        return "utf-8", ""
    western = len(_ACCENTED.findall(beginning))
    chinese = len(_DOUBLE.findall(beginning))
    if western * 2 > chinese and _decodes(path, "cp1252"):
        return "cp1252", "Windows-1252 (Western European)"
    if _decodes(path, "gb18030"):
        return "gb18030", "GB18030"
    raise Unreadable(f"{path} is in an encoding that is neither UTF-8, UTF-16 nor GB18030.", "Save it as CSV UTF-8.")


def _without_mark(path: Path, beginning: bytes) -> tuple[str, str]:
    """Tell UTF-16 without a mark by where the zero bytes of Latin letters and separators stand."""
    even, odd = beginning[0::2].count(0), beginning[1::2].count(0)
    for encoding, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here > 4 * there and here > 1 and _decodes(path, encoding):
            return encoding, "UTF-16"
    if even == odd or not _decodes(path, "utf-8"):
        raise Unreadable(f"{path} is no text table: it holds bytes that are no text.", "Import an XLSX or CSV file.")
    return "utf-8", ""


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _sample(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        return file.read(_SAMPLE)


def _separator(path: Path, sample: str) -> tuple[str, int]:
    """Return what separates the cells, and how many rows to skip: Excel's `sep=;` line says it, else most rows."""
    said = re.match(r"sep=(.)\r?\n?", sample, re.IGNORECASE)
    if said:
        return said[1], 1
    outside = re.sub(r'"(?:[^"]|"")*"', "", sample)
    lines = [line for line in re.split(r"\r\n|\r|\n", outside) if line.strip()][:200]
    best, points = ",", 0.0
    for separator in (",", ";", "\t"):
        counts = [line.count(separator) for line in lines]
        filled = sorted(count for count in counts if count)
        if not filled:
            continue
        usual = filled[len(filled) // 2]
        score = sum(count == usual for count in counts) + min(usual, 20) / 100
        score += separator == "\t" and path.suffix.lower() in (".tsv", ".tab")
        if score > points:
            best, points = separator, score
    return best, 0
