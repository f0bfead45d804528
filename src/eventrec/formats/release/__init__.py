"""Reading a news release out of a file: its text, and what the file itself says of it.

What a file is, its content says and not its name. Nothing is fetched: a saved web page is read as it was saved.
"""

from __future__ import annotations

from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.release.kind import kind_of
from eventrec.formats.release.parts import LARGEST, MOST_TEXT, Release, called, too_large, without_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Release", "read", "read_bytes"]

_LONE: Final = dict.fromkeys(range(55296, 57344), "�")


def read(path: Path) -> Release:
    """Return what a file holds as text. Raises Rejected, naming the file, and UsageError where a library is missing."""
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            raise Rejected(f"{path} is a folder.", "Name a file in it.")
        if not S_ISREG(mode):
            raise Rejected(f"{path} is no ordinary file.", "Lead what it gives into: eventrec draft -")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise Rejected(f"There is no file {path}.", "Check its name and folder.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Rejected(f"{path} cannot be read: {why}.", "Check who may read it.") from error
    return read_bytes(content, str(path))


def read_bytes(content: bytes, name: str) -> Release:
    """Return what octets hold as text; `name` is the file's, or “-” for standard input.

    The text has line feeds at the ends of its lines. Raises Rejected and UsageError as `read`.
    """
    if len(content) > LARGEST:
        raise too_large(name, f"{LARGEST // 2**20} MB")
    if not content:
        raise without_text(name)
    release = _read(content, name)
    text = release.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").translate(_LONE)
    if not any(character.isalnum() for character in text):
        raise without_text(name)
    if len(text) > MOST_TEXT:
        raise too_large(name, f"{MOST_TEXT:,} characters of text")
    return Release(text, called(name), release.told, release.published, release.url, release.ignored)


def _read(content: bytes, name: str) -> Release:
    kind = kind_of(content, name)
    if kind == "docx":
        from eventrec.formats.release import word

        return word.read(content, name)
    if kind == "mail":
        from eventrec.formats.release import mail

        return mail.read(content, name)
    from eventrec.formats.release import plain

    text, told = plain.decoded(content, name, web=kind == "html")
    if kind == "html":
        from eventrec.formats.release import web

        return web.read(text, name, told)
    return plain.read(text, name, told, marked=kind == "markdown")
