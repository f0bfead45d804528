"""What a file is by its content; its name only decides between text tables."""

from __future__ import annotations

from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from eventrec.errors import EventrecError
from eventrec.formats.sheets import archive, ole
from eventrec.formats.sheets.records import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

_LOOKED_AT: Final = 64 * 1024
_LARGEST: Final = 500 * 2**20

_NOT_A_TABLE: Final = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF87a": "a picture",
    b"GIF89a": "a picture",
    b"RIFF": "a picture or a recording",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"{\\rtf": "an RTF text",
    b"SQLite format 3\x00": "a database",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!\x1a": "a RAR archive",
    b"\x1f\x8b": "a compressed file",
    b"\x09\x00\x04\x00": "a workbook of an Excel before 1993",
    b"\x09\x02\x06\x00": "a workbook of an Excel before 1993",
    b"\x09\x04\x06\x00": "a workbook of an Excel before 1993",
}
_WEB: Final = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"mime-version:")


def kind_of(path: Path) -> str:
    """Return xlsx (also for XLSM and XLSB), xls, ods, docx, csv or tsv.

    Raises EventrecError for a file that is not there or may not be read, and Unreadable for one that is no sheet.
    """
    beginning = _beginning(path)
    for mark, what in _NOT_A_TABLE.items():
        if beginning.startswith(mark):
            raise Unreadable(f"{path} is {what}, not a sheet.", "Save the table as XLSX or CSV and import that.")
    if beginning.startswith(ole.MARK):
        return ole.kind(path)
    if beginning.startswith(archive.MARKS):
        return archive.kind(path)
    return _text(path, beginning)


def _beginning(path: Path) -> bytes:
    try:
        status = path.stat()
        if not S_ISDIR(status.st_mode) and not S_ISREG(status.st_mode):
            raise EventrecError(f"{path} is no ordinary file.", "Save what it gives into a file, and name that.")
        with path.open("rb") as file:
            size, beginning = status.st_size, file.read(_LOOKED_AT)
    except FileNotFoundError as error:
        raise EventrecError(f"There is no file {path}.", "Check its name and folder.") from error
    except IsADirectoryError as error:
        raise EventrecError(f"{path} is a folder.", "Name a file in it.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise EventrecError(f"{path} cannot be read: {why}.", "Check who may read it.") from error
    if size > _LARGEST:
        raise Unreadable(f"{path} is larger than 500 MB.", "Split it and import the parts.")
    if not beginning:
        raise Unreadable(f"{path} is empty.", "Save it again from where it was made.")
    return beginning


def _text(path: Path, beginning: bytes) -> str:
    plain = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:4096].lower()
    if plain.startswith(_WEB) or (plain.startswith(b"<?xml") and b"<html" in plain):
        raise Unreadable(
            f"{path} is a web page, whatever its name says.", "Open it in Excel, save it as XLSX and import that."
        )
    if plain.startswith((b"<?xml", b"<?mso", b"<workbook", b"<office:")):
        raise Unreadable(f"{path} is XML, not a sheet.", "Open it in Excel, save it as XLSX and import that.")
    return "tsv" if path.suffix.lower() in (".tsv", ".tab") else "csv"
