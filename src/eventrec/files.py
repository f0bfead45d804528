"""Reading files of a size that can be held, writing them whole or not at all and never over somebody else's work."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from eventrec.errors import EventrecError, OutputExists, UsageError, not_written
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_REMEMBERED: Final = 500
_PRIVATE: Final = 0o600
_READABLE: Final = 0o644
"""Mode of a shared file, less what the system's umask takes away; never one that others may write to."""

_LEDGER: Final = ".eventrec.json"
_A_FOLDER: Final = b""
"""What is noted of a folder in the place of its octets."""

_LONGEST_LEDGER: Final = 16 * 2**20
_LONGEST_NAME: Final = 255
_NOT_IN_A_NAME: Final = late(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_CONTROL: Final = late(r"[\x00-\x1f\x7f-\x9f]")
_DEVICE: Final = late(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, with any ending."""

LARGEST_READ: Final = 200 * 2**20
"""Octets of the largest file that is read whole."""

_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened to see what is in it: not through a link, and without waiting for anybody."""


def save(
    path: Path,
    data: bytes,
    *,
    force: bool = False,
    ledger: Path | None = None,
    recognised: Callable[[bytes], bool] = lambda _: False,
    before: Callable[[], None] = lambda: None,
) -> bool:
    """Write a file in one step, readable by its owner only; returns False when it held the same bytes already.

    A file that is there is replaced only if eventrec wrote those very bytes (the `ledger` remembers them), if its
    content is `recognised` as eventrec's own, or with `force`. A link is never followed: with `force` the file takes
    its place, and what it led to stays. `before` is called when nothing can fail any more but putting the file into
    its place; when it raises, nothing is changed. Raises OutputExists, and EventrecError when the folder or the disk
    refuses, for a name with control characters, and for a pipe or a device.
    """
    try:
        check_path(path)
        there = _content(path, force=force)
        ours = force or there in (None, data) or is_remembered(ledger, path, _digest(there or b""))
        if not ours and not recognised(there or b""):
            raise OutputExists(path)
        _place({path: data} if there != data else {}, before)
        if there == data:
            return False
        keep_names(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    remember(ledger, path, _digest(data))
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
    ledger: Path | None = None,
    recognised: Callable[[bytes], bool] = lambda _: False,
    shared: bool = False,
    before: Callable[[], None] = lambda: None,
) -> Folder:
    """Write files into a folder; those that hold the same bytes already are left alone.

    Each takes its place in one step, and none does before all are written. `before` is called then, and when it raises
    nothing is changed.

    A file whose name `belongs` among these and that is no longer among the `contents` is removed. A file that is not
    as eventrec wrote it (`.eventrec.json` in the folder remembers how; else it must be `recognised`) is neither removed
    nor, without `force`, replaced: then nothing is written at all. The files are readable by their owner only or, when
    `shared`, by whoever the system lets. The folder may be a link to one, since it was named; a file may not, as in
    `save`. The `ledger` notes the folder, so that its files are found later. Raises OutputExists, UsageError for a file
    where the folder should be, and EventrecError when the folder or the disk refuses, or for a name that is no plain
    one (`is_plain_name`).
    """
    path, own = folder, folder / _LEDGER
    _check_names(contents)
    try:
        make_folder(folder, shared=shared)
        known = _read(own)

        def is_ours(name: str, there: bytes) -> bool:
            return known[name] == _digest(there) if name in known else recognised(there)

        fresh = []
        for name, data in contents.items():
            path = folder / name
            there = _content(path, force=force)
            if there is not None and there != data and not (force or is_ours(name, there)):
                raise OutputExists(path, changed=name in known)
            fresh += [name] if there != data else []
        _place({folder / name: contents[name] for name in fresh}, before, _READABLE if shared else _PRIVATE)
        gone = _remove(folder, lambda name: name not in contents and belongs(name), is_ours)
        _remember_all(own, known, contents, gone)
        keep_names(folder)
    except FileExistsError as error:
        raise UsageError(f"{folder} is a file.", "Name a folder.") from error
    except OSError as error:
        raise not_written(path, error) from error
    remember(ledger, folder, _digest(_A_FOLDER))
    return Folder(len(fresh), len(contents) - len(fresh), len(gone))


def _remove(folder: Path, belongs: Callable[[str], bool], is_ours: Callable[[str, bytes], bool]) -> list[Path]:
    """Remove the files of a folder that belong there no more and are as eventrec wrote them; returns which."""
    plain = [path for path in folder.iterdir() if belongs(path.name) and path.is_file() and not path.is_symlink()]
    gone = [path for path in plain if is_ours(path.name, _read_here(path))]
    for path in gone:
        try:
            path.unlink()
        except OSError as error:
            raise not_written(path, error) from error
    return gone


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if not is_plain_name(name):
            raise EventrecError(f"“{name}” cannot be the name of a file; nothing was written.")


def is_plain_name(name: str) -> bool:
    """Tell whether a text can be the name of a file on any system, in the folder that it is put in and no other."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
        and not _NOT_IN_A_NAME.search(name)
        and not name.endswith((".", " "))
        and not name.startswith(" ")
        and not _DEVICE.fullmatch(name)
    )


def make_folder(folder: Path, *, shared: bool = False) -> None:
    """Make a folder and those that it lies in, where they are not there; for their owner only unless `shared`.

    Raises FileExistsError for a file, OSError, and EventrecError for a name with control characters.
    """
    check_path(folder)
    missing = [folder]
    while not missing[-1].parent.exists() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(mode=0o755 if shared else 0o700, exist_ok=True)


def check_path(path: Path) -> None:
    """Raise EventrecError for a name with control characters."""
    if _CONTROL.search(str(path)):
        raise EventrecError(f"There are control characters in the name “{path}”.", "Choose another name.")


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


def _content(path: Path, *, force: bool = False) -> bytes | None:
    """Return what is in the place of a file; None where nothing is, or with `force` a link or what is too large."""
    size = size_of(path)
    if size is not None and size <= LARGEST_READ:
        return _read_here(path)
    if not force and (size is not None or path.is_symlink()):
        raise OutputExists(path)
    return None


def size_of(path: Path) -> int | None:
    """Return the octets of what is in the place of a file; None where nothing is, or a link to a file or to nothing.

    Raises EventrecError for a folder, a pipe or a device, also behind a link, and OSError.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise EventrecError(f"{path} is a folder.", "Name a file in it.")
    is_link = stat.S_ISLNK(status.st_mode)
    if _leads_out(path) if is_link else not stat.S_ISREG(status.st_mode):
        raise EventrecError(
            f"{path} is a pipe or a device, not a file.", "Write to standard output with -o -, and lead that there."
        )
    return None if is_link else status.st_size


def _leads_out(link: Path) -> bool:
    """Tell whether a link leads to a pipe or a device, as /dev/stdout does, which must never be replaced."""
    try:
        mode = link.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or str(link.readlink()).startswith("/proc/")


def opened(path: Path) -> BinaryIO:
    """Open a file that stands in this very place: not through a link, and never waiting for a pipe. Raises OSError."""
    return os.fdopen(os.open(path, _READ), "rb")


def _read_here(path: Path) -> bytes:
    with opened(path) as file:
        return file.read(LARGEST_READ + 1)


def keep_names(folder: Path) -> None:
    """Have the disk keep which files are in a folder; where a system cannot, it keeps them in its own time.

    Raises OSError when the disk fails.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except PermissionError:  # Windows opens no folder, and one may be written to without being read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EROFS, errno.EBADF):
            raise
    finally:
        os.close(handle)


def _replace(path: Path, data: bytes) -> None:
    """Put a file into its place: beside it under a name that nobody can foresee, on the disk, then renamed."""
    temporary = stage(path, [data])
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def stage(path: Path, chunks: Iterable[bytes], mode: int = _PRIVATE) -> Path:
    """Write a file beside its place, on the disk, under a name that nobody can foresee; returns where."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if mode != _PRIVATE:
            temporary.chmod(mode & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _place(contents: Mapping[Path, bytes], before: Callable[[], None], mode: int = _PRIVATE) -> None:
    """Write files beside their places, call `before`, and put them there; what is left beside them goes on an error."""
    path, staged = Path(), dict[Path, Path]()
    try:
        for path, data in contents.items():
            staged[path] = stage(path, [data], mode)
        before()
        for path in contents:
            staged[path].replace(path)
            del staged[path]
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    """Return what the system takes from the mode of a new file; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _read(ledger: Path) -> dict[str, str]:
    """Return what a ledger says; one that is a link, too large or no ledger says nothing: `--force` is asked for."""
    try:
        if ledger.lstat().st_size > _LONGEST_LEDGER:
            return {}
        known = json.loads(_read_here(ledger))
    except (OSError, ValueError, RecursionError):
        return {}
    return {name: kept for name, kept in known.items() if isinstance(kept, str)} if isinstance(known, dict) else {}


def known(ledger: Path) -> list[str]:
    """Return the files and folders that a ledger remembers, the oldest first."""
    return list(_read(ledger))


def known_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder that eventrec remembers writing there."""
    return [name for name in _read(folder / _LEDGER) if is_plain_name(name)]


def is_remembered(ledger: Path | None, path: Path, digest: str) -> bool:
    """Tell whether a ledger has it that eventrec wrote a file with this SHA-256."""
    return ledger is not None and _read(ledger).get(str(path.resolve())) == digest


def remember(ledger: Path | None, path: Path, digest: str) -> None:
    """Note what was written; a ledger that cannot be kept only means that `--force` is asked for later."""
    if ledger is None:
        return
    known = _read(ledger)
    known.pop(str(path.resolve()), None)
    known[str(path.resolve())] = digest
    newest = dict(list(known.items())[-_REMEMBERED:])
    try:
        make_folder(ledger.parent)
        _replace(ledger, json.dumps(newest, indent=0).encode())
    except OSError:
        return
