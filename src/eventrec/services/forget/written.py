"""Files that eventrec remembers writing, by themselves or into a folder, and whether they hold a person."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PIECE: Final = 2**20
_LARGEST: Final = 2 * 2**30
"""Octets of a packed file that are looked at; a bomb ends there."""

_LARGEST_READ_WHOLE: Final = 64 * 2**20
"""Octets of a calendar, cards or a mail that are put together again to be searched; we write none as large."""

_PACKED: Final = b"PK\x03\x04"
_ENDINGS: Final = (".csv", ".tsv", ".json", ".jsonl", ".md", ".txt", ".vcf", ".ics", ".xlsx", ".docx", ".html", ".eml")
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_ESCAPED: Final = re.compile(rb"\\([,;\\])")
_DEEPEST: Final = 20


def written_files(ledger: Path | None) -> list[Path]:
    """Return the files that eventrec remembers writing and that are still there, those in folders included."""
    found: dict[Path, None] = {}
    for path in map(Path, files.known(ledger) if ledger else ()):
        with suppress(OSError, ValueError):  # a folder that is closed to us, a name that is none
            inside = [path / name for name in files.known_in(path)] if path.is_dir() else [path]
            found |= dict.fromkeys(each for each in inside if each.suffix.lower() in _ENDINGS and each.is_file())
    return list(found)


def written_holds(path: Path, octets: Sequence[bytes]) -> bool:
    """Tell whether a file holds any of the octets, also folded, in base64 or packed; one that cannot be read does not.

    Lines of calendars and cards are put together, mails are decoded.
    """
    if not octets:
        return False
    with suppress(OSError, ValueError, zipfile.BadZipFile):
        with path.open("rb") as file:
            packed = file.read(4) == _PACKED
        if packed:
            return any(stream_holds(pieces, octets) for pieces in members(path))
        whole = _WHOLE.get(path.suffix.lower())
        if whole is not None and path.stat().st_size <= _LARGEST_READ_WHOLE:
            return any(each in text for text in whole(path.read_bytes()) for each in octets)
        return plain_holds(path, octets)
    return False


def members(path: Path) -> Iterator[Iterator[bytes]]:
    """Yield the files in an archive, piece by piece. Raises BadZipFile."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                yield iter(lambda: member.read(_PIECE), b"")


def plain_holds(path: Path, octets: Sequence[bytes]) -> bool:
    """Tell whether a file holds any of the octets as they are. Raises OSError, and ValueError for a bomb."""
    with path.open("rb") as file:
        return stream_holds(iter(lambda: file.read(_PIECE), b""), octets)


def stream_holds(pieces: Iterable[bytes], octets: Sequence[bytes]) -> bool:
    """Tell whether pieces of a file hold any of the octets. Raises ValueError for a bomb."""
    longest, kept, read = max(map(len, octets), default=1), b"", 0
    for piece in pieces:
        window = kept + piece
        if any(each in window for each in octets):
            return True
        kept, read = window[-longest:], read + len(piece)
        if read > _LARGEST:
            raise ValueError("larger than anything that eventrec writes")
    return False


def _unfolded(content: bytes) -> Iterator[bytes]:
    """Yield calendars and cards as they are, with their lines whole, and with what they escape as it is meant."""
    whole = _FOLD.sub(b"", content)
    yield from (content, whole, _ESCAPED.sub(rb"\1", whole))


def _mail(content: bytes) -> Iterator[bytes]:
    """Yield a mail as it is, the words of its fields, and what its parts hold."""
    yield content
    yield from _parts(message_from_bytes(content), 0)


def _parts(message: Message, depth: int) -> Iterator[bytes]:
    for name, field in message.items():
        with suppress(MessageError, LookupError, ValueError):
            yield f"{name}: {make_header(decode_header(str(field)))}".encode("utf-8", "replace")
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload if depth < _DEEPEST else ():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)
        return
    decoded = message.get_payload(decode=True)
    if isinstance(decoded, bytes):
        yield from _unfolded(decoded)


_WHOLE: Final[dict[str, Callable[[bytes], Iterator[bytes]]]] = {".ics": _unfolded, ".vcf": _unfolded, ".eml": _mail}
"""How a file is read whole, by its ending."""
