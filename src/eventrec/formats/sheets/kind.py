"""What a file is by its content; its name only decides between text tables."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from eventrec.formats.sheets.records import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOKED_AT: Final = 64 * 1024
_AT_ONCE: Final = 200 * 2**20
_LARGEST: Final = 500 * 2**20
_RATIO: Final = 100
_SMALL: Final = 2**20
"""Members up to this size may be packed as tightly as they like."""

_ENDINGS: Final = {
    "xlsx": "Excel workbook",
    "xls": "old Excel workbook",
    "ods": "OpenDocument sheet",
    "docx": "Word document",
}
_NOT_A_TABLE: Final = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF text",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x1f\x8b": "a compressed file",
}


def kind_of(path: Path) -> str:
    """Return xlsx, xls, ods, docx, csv or tsv. Raises Unreadable for everything else, in words."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(f"{path} is empty.", "Save it again from where it was made.")
    if size > _LARGEST:
        raise Unreadable(f"{path} is larger than 500 MB.", "Split it and import the parts.")
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
    for mark, what in _NOT_A_TABLE.items():
        if beginning.startswith(mark):
            raise Unreadable(f"{path} is {what}, not a sheet.", "Save the table as XLSX or CSV and import that.")
    if beginning.startswith(_OLE):
        return _ole(path)
    if beginning.startswith(b"PK"):
        return _zip(path)
    return _text(path, beginning)


def _ole(path: Path) -> str:
    """Tell an old workbook from a new one under a password and from an old Word document, by their streams' names."""
    with path.open("rb") as file:
        content = file.read(_AT_ONCE)
    if any(name.encode("utf-16-le") in content for name in ("EncryptedPackage", "EncryptionInfo")):
        raise _locked(path)
    if "WordDocument".encode("utf-16-le") in content:
        raise Unreadable(f"{path} is an old Word document.", "Save it as DOCX, or its table as XLSX, and import that.")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise Unreadable(f"{path} is no workbook.", "Save the table as XLSX or CSV and import that.")


def _locked(path: Path) -> Unreadable:
    return Unreadable(f"{path} is protected with a password.", "Open it, save it without one, and import that.")


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename.replace("\\", "/").lower() for member in members}
            _refuse_a_bomb(path, archive, members)
            locked = any(member.flag_bits & 1 for member in members)
            if "meta-inf/manifest.xml" in names:
                locked = locked or b"manifest:encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Unreadable(
            f"{path} is damaged: its parts cannot be unpacked.", "Save it again where it was made."
        ) from error
    if locked:
        raise _locked(path)
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names:
        return "ods"
    raise Unreadable(f"{path} is an archive without a sheet in it.", "Unpack it, and import the workbook inside.")


def _refuse_a_bomb(path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to too much; the sizes that the file claims are checked by unpacking."""
    told = Unreadable(
        f"{path} unpacks to far more than a sheet holds.", "Copy the cells into a new workbook and import that."
    )
    if len(members) > 10_000 or sum(member.file_size for member in members) > _AT_ONCE:
        raise told
    left = _AT_ONCE
    for member in members:
        if member.file_size > _SMALL and member.file_size > _RATIO * max(member.compress_size, 1):
            raise told
        if member.flag_bits & 1 or member.is_dir():
            continue
        with archive.open(member) as part:
            while chunk := part.read(_SMALL):
                left -= len(chunk)
                if left < 0:
                    raise told


def _text(path: Path, beginning: bytes) -> str:
    plain = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:200].lower()
    if plain.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise Unreadable(f"{path} is a web page, whatever its name says.", "Open it in Excel and save it as XLSX.")
    if plain.startswith(b"<"):
        raise Unreadable(f"{path} is XML, not a sheet.", "Open it in Excel and save it as XLSX.")
    return "tsv" if path.suffix.lower() in (".tsv", ".tab") else "csv"
