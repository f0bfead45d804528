"""What an OLE compound file holds, from its directory (MS-CFB): an old workbook, a locked new one, or another thing."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from eventrec.formats.sheets.records import Unreadable, damaged, locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRY: Final = 128
_END: Final = 0xFFFFFFFA
"""From here on a number is no sector: end of chain, free, FAT, DIFAT."""
_MOST_ENTRIES: Final = 10_000
_FILEPASS: Final = 0x2F
_SMALL: Final = 4096
"""Smaller streams lie elsewhere, in the stream of small ones."""

_OTHERS: Final = {
    "worddocument": "an old Word document",
    "powerpoint document": "a PowerPoint presentation",
    "visiodocument": "a Visio drawing",
    "__properties_version1.0": "an Outlook message",
}
_FROM_OUTLOOK: Final = "An answer to an invitation: save it from Outlook on the web, or the new Outlook, as .eml."


@dataclass(frozen=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


def kind(path: Path) -> str:
    """Return xls. Raises Unreadable for a workbook under a password, damage, and every other compound file."""
    with path.open("rb") as file:
        try:
            compound = _Compound(file)
            streams = compound.streams()
            book = streams.get("workbook") or streams.get("book")
            first = compound.sector(book.start) if book and book.size >= _SMALL else b""
        except (struct.error, IndexError, ValueError, OverflowError) as error:
            raise damaged(path, "its directory cannot be read") from error
    if streams.keys() & {"encryptedpackage", "encryptioninfo"} or _has_password(first):
        raise locked(path)
    if book is not None:
        return "xls"
    for name, what in _OTHERS.items():
        if name in streams:
            hint = _FROM_OUTLOOK if what == "an Outlook message" else "Save its table as XLSX or CSV and import that."
            raise Unreadable(f"{path} is {what}, not a sheet.", hint)
    raise Unreadable(f"{path} is no workbook.", "Save the table as XLSX or CSV and import that.")


def holds(content: bytes) -> frozenset[str]:
    """Return the names, in small letters, of what lies directly in a compound file; none in one that is damaged."""
    try:
        return frozenset(_Compound(io.BytesIO(content)).streams())
    except (struct.error, IndexError, ValueError, OverflowError):
        return frozenset()


class _Compound:
    """The directory of a compound file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        header = file.read(512)
        self._size = 1 << min(struct.unpack_from("<H", header, 0x1E)[0], 12)
        self._directory, more = struct.unpack_from("<I", header, 0x30)[0], struct.unpack_from("<I", header, 0x44)[0]
        self._fat = list(struct.unpack_from("<109I", header, 0x4C))
        seen = set()
        while more < _END and more not in seen:
            seen.add(more)
            numbers = struct.unpack(f"<{self._size // 4}I", self.sector(more))
            self._fat += numbers[:-1]
            more = numbers[-1]

    def sector(self, number: int) -> bytes:
        """Return one sector. Raises ValueError where the file ends before it."""
        self._file.seek((number + 1) * self._size)
        content = self._file.read(self._size)
        if not content:
            raise ValueError(number)
        return content.ljust(self._size, b"\x00")

    def streams(self) -> dict[str, _Entry]:
        """Return what lies directly under the root, by name in small letters: not what other objects hold within."""
        entries = list(self._entries())
        found: dict[str, _Entry] = {}
        waiting, seen = [entries[0].child], set()
        while waiting:
            number = waiting.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            entry = entries[number]
            found[entry.name.lower()] = entry
            waiting += [entry.left, entry.right]
        return found

    def _entries(self) -> Iterator[_Entry]:
        number, left = self._directory, _MOST_ENTRIES
        while number < _END and left > 0:
            content = self.sector(number)
            for at in range(0, self._size, _ENTRY):
                length = struct.unpack_from("<H", content, at + 0x40)[0]
                name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                left_one, right_one, child = struct.unpack_from("<III", content, at + 0x44)
                yield _Entry(name, left_one, right_one, child, *struct.unpack_from("<II", content, at + 0x74))
            left -= self._size // _ENTRY
            table = self.sector(self._fat[number // (self._size // 4)])
            number = struct.unpack_from("<I", table, number % (self._size // 4) * 4)[0]


def _has_password(beginning: bytes) -> bool:
    """Tell whether a workbook's first records hold a FILEPASS (MS-XLS 2.4.117)."""
    at = 0
    while at + 4 <= len(beginning):
        record, length = struct.unpack_from("<HH", beginning, at)
        if record == _FILEPASS:
            return True
        if record == 0:
            return False
        at += 4 + length
    return False
