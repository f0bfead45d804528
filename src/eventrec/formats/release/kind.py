"""What a file is by its content; its name only tells Markdown from plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path, PurePath
from typing import Final

from eventrec.errors import Rejected
from eventrec.formats import mail_reader
from eventrec.formats.release.parts import PASTE, refused, shown
from eventrec.formats.sheets import archive, ole
from eventrec.formats.sheets.records import Unreadable

_LOOKED_AT: Final = 64 * 1024
_AS_WORD: Final = "Save it as .docx or as plain text, and give that."
_NO_RELEASE: Final = {
    b"%PDF-": ("is a PDF", PASTE),
    b"\x89PNG": ("is a picture", PASTE),
    b"\xff\xd8\xff": ("is a picture", PASTE),
    b"GIF87a": ("is a picture", PASTE),
    b"GIF89a": ("is a picture", PASTE),
    b"RIFF": ("is a picture or a recording", PASTE),
    b"II*\x00": ("is a picture", PASTE),
    b"MM\x00*": ("is a picture", PASTE),
    b"BM": ("is a picture", PASTE),
    b"{\\rtf": ("is an RTF text", _AS_WORD),
    b"\x7fELF": ("is a program, not a text", "Give a news release: eventrec draft FILE"),
    b"MZ": ("is a program, not a text", "Give a news release: eventrec draft FILE"),
    b"SQLite format 3\x00": ("is a database", "Give a news release: eventrec draft FILE"),
    b"7z\xbc\xaf": ("is a packed archive", "Unpack it, and give the release inside."),
    b"Rar!\x1a": ("is a packed archive", "Unpack it, and give the release inside."),
    b"\x1f\x8b": ("is a packed file", "Unpack it, and give the release inside."),
}
_SHORT_MARKS: Final = (b"BM", b"MZ")
"""Marks that a text may begin with too; a file has them only where octets follow that no text has."""

_WEB: Final = re.compile(
    rb"(?:<\?xml[^<>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+){0,5}<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMED_WEB: Final = (".html", ".htm", ".xhtml", ".shtml")
_NAMED_MARKDOWN: Final = (".md", ".markdown")
_SAVED_PAGE: Final = re.compile(rb"^(?:snapshot-content-location|content-type:\s*multipart/related)\b", re.I | re.M)
_MIME: Final = re.compile(rb"^mime-version:", re.I | re.M)
_OF_ZIP: Final = (
    ("xl/", "is a workbook, not a news release", "Give a news release: eventrec draft FILE"),
    ("ppt/", "is a PowerPoint presentation", PASTE),
    ("content.xml", "is an OpenDocument file", _AS_WORD),
    ("index/", "is a Pages document", _AS_WORD),
)


def kind_of(content: bytes, name: str) -> str:
    """Return docx, mail, html, markdown or text. Raises Rejected for what is none of them."""
    for mark, (why, hint) in _NO_RELEASE.items():
        if content.startswith(mark) and (mark not in _SHORT_MARKS or b"\x00" in content[:64]):
            raise refused(name, why, hint)
    if content[4:8] == b"ftyp":
        raise refused(name, "is a picture or a recording")
    if content.startswith(ole.MARK):
        raise _compound(content, name)
    if content.startswith(archive.MARKS):
        _check_word(content, name)
        return "docx"
    return _text(content[:_LOOKED_AT], name)


def _text(beginning: bytes, name: str) -> str:
    """Tell kinds of text apart; the zero octets of UTF-16 are not looked at."""
    plain = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\x84\x31\x95\x33 \t\r\n")
    ending = PurePath(name).suffix.lower()
    if mail_reader.is_message(beginning) or (_MIME.search(plain[:4096]) and _SAVED_PAGE.search(plain[:4096])):
        return "mail"
    if _WEB.match(plain) or (ending in _NAMED_WEB and b"<" in plain):
        return "html"
    return "markdown" if ending in _NAMED_MARKDOWN else "text"


def _compound(content: bytes, name: str) -> Rejected:
    """Say what an OLE compound file is, which is never read."""
    streams = ole.holds(content)
    if "worddocument" in streams:
        return refused(
            name, "is a Word document of the old kind (.doc)", "Open it in Word, save it as .docx, give that."
        )
    if streams & {"encryptedpackage", "encryptioninfo"}:
        return refused(name, "is protected with a password", "Open it in Word, save it without a password, give that.")
    if any(each.startswith("__properties") for each in streams):
        return refused(
            name, "is a message in Outlook's own form (.msg)", "Save it from Outlook as .eml, and give that."
        )
    return refused(name, "is no text", PASTE)


def _check_word(content: bytes, name: str) -> None:
    """Refuse an archive that is no Word document, or that unpacks to more than one holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            names = {each.replace("\\", "/").lower().lstrip("/") for each in found.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise refused(name, "is damaged: its parts cannot be unpacked", "Save it again where it was made.") from error
    if not any(each.startswith("word/") for each in names):
        for begins, why, hint in _OF_ZIP:
            if any(each.startswith(begins) for each in names):
                raise refused(name, why, hint)
        raise refused(name, "is an archive, not a news release", "Unpack it, and give the release inside.")
    try:
        archive.kind(Path(shown(name)), content)
    except Unreadable as error:
        hint = "Open it in Word, save it without a password, give that." if "password" in error.message else PASTE
        raise Rejected(error.message, hint) from error
