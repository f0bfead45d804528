"""Reading files of a size that can be held, writing them whole or not at all and never over somebody else's work."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from eventrec.errors import EventrecError, OutputExists

if TYPE_CHECKING:
    from collections.abc import Callable

_REMEMBERED: Final = 500

LARGEST_READ: Final = 200 * 2**20
"""Octets of the largest file that is read whole."""


def save(
    path: Path,
    data: bytes,
    *,
    force: bool = False,
    ledger: Path | None = None,
    recognised: Callable[[bytes], bool] = lambda _: False,
) -> bool:
    """Write a file in one step, readable by its owner only; returns False when it held the same bytes already.

    A file that is there is replaced only if eventrec wrote those very bytes (the `ledger` remembers them), if its
    content is `recognised` as eventrec's own, or with `force`. Raises OutputExists, and EventrecError when the folder
    or the disk refuses.
    """
    try:
        there = _content(path)
        if there == data:
            return False
        if there is not None and not force and not (_remembered(ledger, path, there) or recognised(there)):
            raise OutputExists(path)
        _replace(path, data)
    except OSError as error:
        raise _told(path, error) from error
    _remember(ledger, path, data)
    return True


def require(path: Path) -> None:
    """Raise EventrecError for a file that is not there, or is a folder."""
    if path.is_dir():
        raise EventrecError(f"{path} is a folder.", "Name a file in it.")
    if not path.exists():
        raise EventrecError(f"There is no file {path}.", "Check its name and folder.")


def read(source: Path | BinaryIO) -> bytes:
    """Return what is in a file or comes from standard input, at most 200 MB. Raises EventrecError, naming the file."""
    if not isinstance(source, Path):
        content = source.read(LARGEST_READ + 1)
        name = "The input"
    else:
        require(source)
        try:
            with source.open("rb") as file:
                content = file.read(LARGEST_READ + 1)
        except OSError as error:
            raise EventrecError(f"{source} cannot be read: {error.strerror}.", "Check who may read it.") from error
        name = str(source)
    if len(content) > LARGEST_READ:
        raise EventrecError(f"{name} is larger than 200 MB.", "Split it, and take the parts one by one.")
    return content


def _content(path: Path) -> bytes | None:
    if path.is_symlink():
        raise OutputExists(path)
    if path.is_dir():
        raise EventrecError(f"{path} is a folder.", "Name a file in it.")
    return path.read_bytes() if path.exists() else None


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _told(path: Path, error: OSError) -> EventrecError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EventrecError(f"The disk is full; {path} was not written.", "Make room, then repeat the command.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return EventrecError(f"The folder {path.parent} does not exist.", "Make it first, or name another one.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EventrecError(f"{path} may not be written here.", "Choose another folder.")
    return EventrecError(f"{path} could not be written: {error.strerror or error}.")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(ledger: Path) -> dict[str, str]:
    try:
        known = json.loads(ledger.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remembered(ledger: Path | None, path: Path, there: bytes) -> bool:
    return ledger is not None and _read(ledger).get(str(path.resolve())) == _digest(there)


def _remember(ledger: Path | None, path: Path, data: bytes) -> None:
    """Note what was written; a ledger that cannot be kept only means that `--force` is asked for later."""
    if ledger is None:
        return
    known = _read(ledger)
    known.pop(str(path.resolve()), None)
    known[str(path.resolve())] = _digest(data)
    newest = dict(list(known.items())[-_REMEMBERED:])
    try:
        ledger.parent.mkdir(parents=True, exist_ok=True)
        _replace(ledger, json.dumps(newest, indent=0).encode())
    except OSError:
        return
