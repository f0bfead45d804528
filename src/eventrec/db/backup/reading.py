"""Reading the portable archive, which may have been damaged, or made by somebody who means harm.

Nothing is unpacked to a path: members are read as streams, line by line, each line of a bounded length.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eventrec.connection import REVISIONS
from eventrec.db.backup.archive import FORMAT, LONGEST_LINE, MANIFEST, MEMBER_ENDING, SEAL, Held, digest_before_seal
from eventrec.db.backup.kinds import Damaged, NoBackup
from eventrec.errors import EventrecError, Rejected

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from typing import IO

FORMATS: Final = ("eventrec backup 1", FORMAT)
"""Every format there ever was, oldest first; the first one has no seal."""

_LARGEST_MANIFEST: Final = 2**20
_MOST_MEMBERS: Final = 200
_MOST_FOLD: Final = 200
_SMALL: Final = 64 * 2**20
"""Up to this many bytes a member may unpack to any number of times its size."""

_BLOCK: Final = 1 << 20
_NAME: Final = re.compile(r"[a-z][a-z_]{0,62}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError,
    OverflowError, IndexError, TypeError, MemoryError,
)  # fmt: skip
"""What the reader of ZIP files raises over a damaged one."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    `book` is the uid of the first change set, which tells one book from another, `newest` that of the last one.
    """

    format: str
    revision: str
    book: str | None
    newest: str | None
    last_change: str | None
    tables: dict[str, Held]


class Archive:
    """An archive that is open for reading. Its manifest is well-formed; of the tables nothing is known yet."""

    def __init__(self, path: Path, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._file = file

    def findings(self) -> Iterator[str]:
        """Tell what is wrong with the members and their bytes; rows are not looked into."""
        names = self._file.namelist()
        expected = {MANIFEST, *(f"{table}{MEMBER_ENDING}" for table in self.manifest.tables)}
        yield from (
            f"the member {name[:80]!r} is in it twice" for name in sorted({n for n in names if names.count(n) > 1})
        )
        yield from (f"{name[:80]!r} is none of its members" for name in sorted(set(names) - expected))
        for table, held in self.manifest.tables.items():
            if f"{table}{MEMBER_ENDING}" not in names:
                yield f"the table {table} is missing"
            elif wrong := self._compare(table, held):
                yield f"the table {table} {wrong}"

    def rows(self, table: str) -> Generator[dict[str, Any]]:
        """Yield the rows of a table as they were written. Raises Damaged."""
        number = 0
        with self._open(table) as file:
            while line := self._line(file, table):
                number += 1
                yield self._row(line, f"line {number} of the table {table}")

    def sealed(self) -> bool:
        """Tell whether no byte was changed since the archive was written; one of the first format cannot tell."""
        if self.manifest.format == FORMATS[0]:
            return True
        comment = self._file.comment
        if not comment.startswith(SEAL) or len(comment) != len(SEAL) + 64:
            return False
        digest, said = digest_before_seal(self.path)
        return digest.encode() == said

    def _compare(self, table: str, held: Held) -> str:
        info = self._file.getinfo(f"{table}{MEMBER_ENDING}")
        if info.file_size > max(_SMALL, _MOST_FOLD * info.compress_size):
            return f"unpacks to {info.file_size:,} bytes, which is no table's"
        digest, lines = hashlib.sha256(), 0
        try:
            with self._file.open(info) as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    lines += block.count(b"\n")
        except (*_BROKEN, OSError):
            return "cannot be read"
        if digest.hexdigest() != held.sha256:
            return "is not as it was written (sha256)"
        return "" if lines == held.rows else f"has {lines} rows instead of {held.rows}"

    @contextlib.contextmanager
    def _open(self, table: str) -> Iterator[IO[bytes]]:
        try:
            with self._file.open(f"{table}{MEMBER_ENDING}") as file:
                yield file
        except EventrecError:
            raise
        except (*_BROKEN, OSError) as error:
            raise Damaged(self.path, f"the table {table} cannot be read") from error

    def _line(self, file: IO[bytes], table: str) -> bytes:
        line = file.readline(LONGEST_LINE)
        if line and not line.endswith(b"\n"):
            raise Damaged(self.path, f"the table {table} has a line that is too long, or cut off")
        return line

    def _row(self, line: bytes, where: str) -> dict[str, Any]:
        try:
            row = json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Damaged(self.path, f"{where} is no JSON") from error
        if not isinstance(row, dict):
            raise Damaged(self.path, f"{where} is no row")
        return row


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive. Raises NoBackup, Damaged, and Rejected for one of a newer eventrec."""
    try:
        file = zipfile.ZipFile(path)
    except (*_BROKEN, OSError) as error:
        if not _starts_as_zip(path):
            raise NoBackup(path) from error
        raise Damaged(path, "it is cut off, or its list of members is broken") from error
    with file:
        yield Archive(path, file, _manifest(file, path))


def _starts_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _manifest(file: zipfile.ZipFile, path: Path) -> Manifest:
    said = _said(file, path)
    if said.get("format") not in FORMATS:
        if str(said.get("format")).startswith("eventrec backup "):
            raise Rejected(f"{path} was written by a newer eventrec.", "Update eventrec: pip install -U eventrec")
        raise NoBackup(path)
    if said.get("revision") not in REVISIONS:
        raise Rejected(
            f"{path} holds schema {said.get('revision')!r}; this eventrec restores {REVISIONS[-1]} and older.",
            "Update eventrec: pip install -U eventrec",
        )
    try:
        tables = {name: _held(name, value) for name, value in said["tables"].items()}
        book, newest, last_change = said.get("book"), said.get("newest"), said.get("last_change")
        if not all(uid is None or isinstance(uid, str) for uid in (book, newest)):
            raise ValueError("book")
        if not (last_change is None or _MOMENT.fullmatch(last_change)):
            raise ValueError("last_change")
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Damaged(path, "its manifest is not well-formed") from error
    return Manifest(said["format"], said["revision"], book, newest, last_change, tables)


def _said(file: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    """Return the manifest's JSON, at most one megabyte of it."""
    if len(file.namelist()) > _MOST_MEMBERS:
        raise NoBackup(path)
    if MANIFEST not in file.namelist():
        if any(name.endswith(MEMBER_ENDING) for name in file.namelist()):
            raise Damaged(path, "its manifest is missing")
        raise NoBackup(path)
    try:
        with file.open(MANIFEST) as member:
            said = json.loads(member.read(_LARGEST_MANIFEST))
    except (*_BROKEN, OSError, RecursionError) as error:
        raise Damaged(path, "its manifest cannot be read") from error
    if not isinstance(said, dict):
        raise Damaged(path, "its manifest is not well-formed")
    return said


def _held(name: str, value: dict[str, Any]) -> Held:
    held = Held(**{key: value[key] for key in ("rows", "sha256", "highest")})
    counts = (held.rows, held.highest)
    if not _NAME.fullmatch(name) or not _SHA256.fullmatch(held.sha256):
        raise ValueError(name)
    if any(type(count) is not int or not 0 <= count < 2**63 for count in counts):
        raise ValueError(name)
    return held


def _no_number(word: str) -> Any:  # noqa: ANN401
    raise ValueError(word)
