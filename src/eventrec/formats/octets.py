"""The octets of calendars and cards: a piece at a time, since a file may be long, and in which encoding they are."""

from __future__ import annotations

import codecs
import re
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

_PIECE: Final = 2**16
_UP_TO_A_CHARACTER: Final = re.compile(rb".*(?=[!-~\xc2-\xf4])", re.DOTALL)
_LONGEST_CUT: Final = 9
"""Octets of a character with a fold within it."""

_CUT_CHARACTER: Final = re.compile(
    rb"([\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})((?:\r\n|\n|\r)[ \t])([\x80-\xbf]{1,3})"
)
DAMAGED: Final = ("The file is damaged: it is not in the encoding that it begins in.", "Export it again.")


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is in a file from its beginning on."""
    file.seek(0)
    return iter(partial(file.read, _PIECE), b"")


def decoded_pieces(octets: Iterable[bytes], encoding: str, errors: str = "strict") -> Iterator[str]:
    """Yield octets that come in pieces as text. Raises UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for piece in octets:
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def are(encoding: str, octets: Iterable[bytes]) -> bool:
    """Tell whether octets that come in pieces are in an encoding throughout."""
    try:
        for _ in decoded_pieces(octets, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def texts(file: BinaryIO) -> tuple[Iterator[str], str]:
    """Return a file's text in pieces, and the encoding to tell of; empty for UTF-8. Raises Rejected.

    The whole file was seen to be in it then. UTF-8 may be folded within a character.
    """
    file.seek(0)
    mark = file.read(3)
    if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not are("utf-16", pieces(file)):
            raise Rejected(*DAMAGED)
        return decoded_pieces(pieces(file), "utf-16"), "UTF-16"
    if are("utf-8", pieces(file)):
        return decoded_pieces(pieces(file), "utf-8-sig"), ""
    if are("utf-8", _mended_pieces(pieces(file))):
        return decoded_pieces(_mended_pieces(pieces(file)), "utf-8-sig"), ""
    if mark == codecs.BOM_UTF8:
        raise Rejected(*DAMAGED)
    if are("gb18030", pieces(file)):
        return decoded_pieces(pieces(file), "gb18030"), "GB18030"
    raise Rejected("The file is neither in UTF-8, UTF-16 nor GB18030.", "Export it again as UTF-8.")


def decode(content: bytes) -> tuple[str, str]:
    """Return a file's text, and the encoding to tell of; empty for UTF-8. Raises Rejected."""
    found, told = texts(BytesIO(content))
    return "".join(found), told


def is_utf_8(content: bytes) -> bool:
    """Tell whether octets are UTF-8 throughout."""
    try:
        codecs.utf_8_decode(content, "strict", True)
    except UnicodeDecodeError:
        return False
    return True


def _mended_pieces(octets: Iterable[bytes]) -> Iterator[bytes]:
    """Yield octets with folds within a character put behind it; pieces end where a character begins."""
    held = b""
    for piece in octets:
        held += piece
        found = _UP_TO_A_CHARACTER.match(held)
        end = found.end() if found and len(held) - found.end() < _LONGEST_CUT else len(held)
        yield _CUT_CHARACTER.sub(rb"\1\3\2", held[:end])
        held = held[end:]
    yield _CUT_CHARACTER.sub(rb"\1\3\2", held)


def mended(content: bytes) -> bytes:
    """Return UTF-8 that was folded within a character with the folds behind it; any other octets as they are."""
    if is_utf_8(content):
        return content
    tried = _CUT_CHARACTER.sub(rb"\1\3\2", content)
    return tried if is_utf_8(tried) else content
