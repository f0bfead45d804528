"""Reading files of a size that can be held, writing them whole or not at all and never over somebody else's work."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from eventrec.errors import EventrecError, OutputExists, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_REMEMBERED: Final = 500
_PRIVATE: Final = 0o600
_READABLE: Final = 0o666
"""Mode of a shared file, less what the system's umask takes away."""

_LEDGER: Final = ".eventrec.json"

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


@dataclass(frozen=True)
class Folder:
    """What was done to the files of a folder: how many were written anew, were the same, or went."""

    written: int = 0
    same: int = 0
    removed: int = 0


def save_all(
    folder: Path,
    contents: Mapping[str, bytes],
    *,
    belongs: Callable[[str], bool] = lambda _: False,
    force: bool = False,
    recognised: Callable[[bytes], bool] = lambda _: False,
    shared: bool = False,
) -> Folder:
    """Write files into a folder, each in one step; those that hold the same bytes already are left alone.

    A file whose name `belongs` among these and that is no longer among the `contents` is removed. A file that is not
    as eventrec wrote it (`.eventrec.json` in the folder remembers how; else it must be `recognised`) is neither removed
    nor, without `force`, replaced: then nothing is written at all. The files are readable by their owner only or, when
    `shared`, by whoever the system lets. Raises OutputExists, UsageError for a file where the folder should be, and
    EventrecError when the folder or the disk refuses.
    """
    path, ledger = folder, folder / _LEDGER
    try:
        folder.mkdir(mode=0o777 if shared else 0o700, parents=True, exist_ok=True)
        known = _read(ledger)

        def is_ours(name: str, there: bytes) -> bool:
            return known[name] == _digest(there) if name in known else recognised(there)

        fresh = []
        for name, data in contents.items():
            path = folder / name
            there = _content(path)
            if there is not None and there != data and not (force or is_ours(name, there)):
                raise OutputExists(path, changed=name in known)
            fresh += [name] if there != data else []
        for name in fresh:
            path = folder / name
            _replace(path, contents[name], mode=_READABLE if shared else _PRIVATE)
        others = [path for path in folder.iterdir() if path.name not in contents and belongs(path.name)]
        gone = [each for each in others if _is_plain(each) and is_ours(each.name, each.read_bytes())]
        for path in gone:
            path.unlink()
        _remember_all(ledger, known, contents, gone)
    except FileExistsError as error:
        raise UsageError(f"{folder} is a file.", "Name a folder.") from error
    except OSError as error:
        raise _told(path, error) from error
    return Folder(len(fresh), len(contents) - len(fresh), len(gone))


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _remember_all(ledger: Path, known: dict[str, str], contents: Mapping[str, bytes], gone: Sequence[Path]) -> None:
    now = known | {name: _digest(data) for name, data in contents.items()}
    for path in gone:
        now.pop(path.name, None)
    if now != known:
        _replace(ledger, json.dumps(now, indent=0, sort_keys=True).encode())


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


def _replace(path: Path, data: bytes, mode: int = _PRIVATE) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode != _PRIVATE:
            temporary.chmod(mode & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return what the system takes from the mode of a new file; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


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
