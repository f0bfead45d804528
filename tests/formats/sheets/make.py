"""Files for the tests of reading sheets, made byte by byte where no library would make them."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter

from eventrec.formats import sheets

if TYPE_CHECKING:
    from pathlib import Path

_SECTOR = 512
_NONE = 0xFFFFFFFF
_END = 0xFFFFFFFE


def rows(path: Path, sheet: int = 0) -> list[sheets.Row]:
    return list(sheets.read(path).sheets[sheet].rows)


def kept_at_once(sheet: sheets.Sheet) -> int:
    """Go through the rows of a sheet, and return the most bytes that were held for it at a time."""
    tracemalloc.start()
    for _ in sheet.rows:
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def workbook(path: Path, *content: tuple[Any, ...], name: str = "Sheet1") -> Path:
    """Write a workbook of one sheet, row by row."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(name)
        for number, row in enumerate(content):
            page.write_row(number, 0, row)
    return path


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """Write an OLE compound file (MS-CFB, version 3): a FAT, a directory, and the streams one after another."""
    sectors = [-(-len(content.ljust(4096)) // _SECTOR) for content in streams.values()]
    directory = (len(streams) + 1 + 3) // 4
    fat = [0xFFFFFFFD, *_chain(1, directory)]
    entries = [_entry("Root Entry", 5, right=_NONE, child=1, start=_END, size=0)]
    for number, (name, count) in enumerate(zip(streams, sectors, strict=True), 1):
        right = number + 1 if number < len(streams) else _NONE
        entries.append(_entry(name, 2, right=right, child=_NONE, start=len(fat), size=count * _SECTOR))
        fat += _chain(len(fat), count)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_NONE] * 108)
    table = struct.pack("<128I", *fat, *[_NONE] * (128 - len(fat)))
    body = b"".join(
        content.ljust(count * _SECTOR, b"\x00") for content, count in zip(streams.values(), sectors, strict=True)
    )
    path.write_bytes(header + table + b"".join(entries).ljust(directory * _SECTOR, b"\x00") + body)
    return path


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _entry(name: str, kind: int, *, right: int, child: int, start: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    links = struct.pack("<HBBIII", len(text), kind, 1, _NONE, right, child)
    return text.ljust(64, b"\x00") + links + bytes(36) + struct.pack("<IQ", start, size)


def old_workbook(*, password: bool = False) -> bytes:
    """Return the Workbook stream (MS-XLS) of a sheet with `Name` in A1 and 2.5 in B2."""
    beginning = _record(0x809, struct.pack("<4HII", 0x600, 5, 0, 0, 0, 0))
    if password:
        beginning += _record(0x2F, struct.pack("<H52x", 1))
    end = _record(0x0A, b"")
    at = len(beginning + _bound_sheet(0) + end)
    cells = _record(0x204, struct.pack("<4HB4s", 0, 0, 0, 4, 0, b"Name")) + _record(
        0x203, struct.pack("<3Hd", 1, 1, 0, 2.5)
    )
    page = _record(0x809, struct.pack("<4HII", 0x600, 0x10, 0, 0, 0, 0)) + cells + end
    return beginning + _bound_sheet(at) + end + page


def _bound_sheet(at: int) -> bytes:
    return _record(0x85, struct.pack("<IBBBB4s", at, 0, 0, 4, 0, b"List"))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
