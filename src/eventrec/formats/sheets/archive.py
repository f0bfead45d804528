"""What a ZIP archive holds, and whether it can be unpacked without harm.

Sizes are checked twice: as the central directory claims them, and by unpacking every member.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from eventrec.formats.sheets.records import Unreadable, damaged, locked

if TYPE_CHECKING:
    from pathlib import Path

MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_AT_ONCE: Final = 200 * 2**20
_WORD_PART: Final = 32 * 2**20
"""The text of a Word document, which is taken apart here and not in a child."""
_RATIO: Final = 100
_SMALL: Final = 2**20
"""Members up to this size may be packed as tightly as they like."""
_CHUNK: Final = 2**18
_MOST_MEMBERS: Final = 10_000
_HEADER: Final = struct.Struct("<4s22xHH")

_OTHERS: Final = (("ppt/", "a PowerPoint presentation"), ("index/", "a Numbers document"))


def kind(path: Path, content: bytes | None = None) -> str:
    """Return xlsx, ods or docx. Raises Unreadable for one that is locked, damaged, oversized or another thing.

    With `content` the file was read already, and `path` is only what it is called.
    """
    try:
        with _opened(path, content) as file, zipfile.ZipFile(file) as archive:
            found = _holds(path, archive)
            _check(path, archive, file, _WORD_PART if found == "docx" else _AT_ONCE)
            if _is_locked(archive):
                raise locked(path)
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, OSError, EOFError, ValueError) as error:
        raise damaged(path, "its parts cannot be unpacked") from error
    except (NotImplementedError, RuntimeError) as error:
        raise damaged(path, "its parts are packed in an unknown way") from error
    return found


def _opened(path: Path, content: bytes | None) -> BinaryIO:
    return path.open("rb") if content is None else io.BytesIO(content)


def _holds(path: Path, archive: zipfile.ZipFile) -> str:
    """Tell by the names of its members what an archive is."""
    names = {name.replace("\\", "/").lower().lstrip("/") for name in archive.namelist()}
    for folder, kind in (("xl/", "xlsx"), ("word/", "docx")):
        if any(name.startswith(folder) for name in names):
            return kind
    if "content.xml" in names:
        if "mimetype" in names and b"spreadsheet" not in _beginning(archive, "mimetype"):
            raise Unreadable(f"{path} is an OpenDocument file without a sheet.", "Save its table as ODS or XLSX.")
        return "ods"
    for folder, what in _OTHERS:
        if any(name.startswith(folder) for name in names):
            raise Unreadable(f"{path} is {what}, not a workbook.", "Save its table as XLSX or CSV and import that.")
    raise Unreadable(f"{path} is an archive without a sheet in it.", "Unpack it, and import the workbook inside.")


def _is_locked(archive: zipfile.ZipFile) -> bool:
    if any(member.flag_bits & 1 for member in archive.infolist()):
        return True
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    return b"encryption-data" in archive.read("META-INF/manifest.xml")


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(200)


def _check(path: Path, archive: zipfile.ZipFile, file: BinaryIO, largest_text: int) -> None:
    """Refuse what unpacks to too much, or whose members lie within one another."""
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    too_much = Unreadable(
        f"{path} unpacks to far more than such a file holds.", "Copy the cells into a new workbook and import that."
    )
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _AT_ONCE:
        raise too_much
    end, left = 0, _AT_ONCE
    for member in members:
        begin = _data(file, member)
        if member.header_offset < end:
            raise damaged(path, "its parts overlap")
        end = begin + member.compress_size
        most = min(left, max(_SMALL, _RATIO * member.compress_size))
        if member.filename.endswith(".xml"):
            most = min(most, largest_text)
        size = _unpacked(file, begin, member, most)
        if size > most:
            raise too_much
        if size != member.file_size:
            raise damaged(path, f"its part {member.filename} is not as large as it says")
        left -= size


def _data(file: BinaryIO, member: zipfile.ZipInfo) -> int:
    """Return where the packed bytes of a member begin."""
    file.seek(member.header_offset)
    mark, name, extra = _HEADER.unpack(file.read(_HEADER.size))
    if mark != MARKS[0]:
        raise zipfile.BadZipFile
    return member.header_offset + _HEADER.size + int(name) + int(extra)


def _unpacked(file: BinaryIO, begin: int, member: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a member unpacks to, or some number over `most`."""
    if member.compress_type == zipfile.ZIP_STORED or member.flag_bits & 1:
        return member.compress_size if not member.flag_bits & 1 else member.file_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    file.seek(begin)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    size, left = 0, member.compress_size
    while left > 0 and not inflate.eof and size <= most:
        packed = file.read(min(left, _CHUNK))
        if not packed:
            raise EOFError
        left -= len(packed)
        while packed and not inflate.eof and size <= most:
            size += len(inflate.decompress(packed, _CHUNK))
            packed = inflate.unconsumed_tail
    while not inflate.eof and size <= most:
        rest = inflate.decompress(b"", _CHUNK)
        if not rest:
            raise EOFError
        size += len(rest)
    return size
