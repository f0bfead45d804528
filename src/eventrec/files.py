"""Reading files of a size that can be held, writing them whole or not at all and never over somebody else's work."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from eventrec.errors import EventrecError, OutputExists, not_written
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_REMEMBERED: Final = 500
PRIVATE: Final = 0o600
LEDGER: Final = ".eventrec.json"
"""The file in a folder that remembers how eventrec wrote the others."""

_LONGEST_LEDGER: Final = 16 * 2**20
_LONGEST_NAME: Final = 255
_NOT_IN_A_NAME: Final = late(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_CONTROL: Final = late(r"[\x00-\x1f\x7f-\x9f]")
_DEVICE: Final = late(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, with any ending."""

NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened that must not be there yet."""

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
        ours = force or there in (None, data) or is_remembered(ledger, path, digest(there or b""))
        if not ours and not recognised(there or b""):
            raise OutputExists(path)
        if there == data:
            before()
            return False
        replace(path, [data], before)
        keep_names(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    remember(ledger, path, digest(data))
    return True


def is_plain_name(name: str) -> bool:
    """Tell whether a text can be the name of a file on any system, in the folder that it is put in and no other."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
        and not _NOT_IN_A_NAME.search(name)
        and not name.endswith((".", " "))
        and not name.startswith(" ")
        and not _DEVICE.fullmatch(name)
    )


def make_folder(folder: Path, *, shared: bool = False) -> list[Path]:
    """Make a folder and those that it lies in, where they are not there; for their owner only unless `shared`.

    Returns those that it made, the outermost first. Raises FileExistsError for a file, OSError, and EventrecError for
    a name with control characters.
    """
    check_path(folder)
    missing = [folder]
    while not missing[-1].parent.exists() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    made = [each for each in reversed(missing) if not each.is_dir()]
    for each in made:
        each.mkdir(mode=0o755 if shared else 0o700, exist_ok=True)
    return made


def check_path(path: Path) -> None:
    """Raise EventrecError for a name with control characters."""
    if _CONTROL.search(str(path)):
        raise EventrecError(f"There are control characters in the name “{path}”.", "Choose another name.")


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
        size = os.fstat(file.fileno()).st_size  # or Python makes room for as much as may come
        return file.read(min(size, LARGEST_READ) + 1)


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


def replace(path: Path, chunks: Iterable[bytes], before: Callable[[], None] = lambda: None) -> None:
    """Put a file into its place: beside it under a name that nobody can foresee, on the disk, then renamed.

    `before` is called when only the renaming is left. Raises OSError.
    """
    temporary = stage(path, chunks)
    try:
        before()
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def stage(path: Path, chunks: Iterable[bytes]) -> Path:
    """Write a file beside its place, on the disk, under a name that nobody can foresee; returns where."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        fill(handle, chunks)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def fill(handle: int, chunks: Iterable[bytes]) -> None:
    """Write an open file, have the disk keep it, and close it."""
    with os.fdopen(handle, "wb") as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())


def umask() -> int:
    """Return what the system takes from the mode of a new file; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def digest(data: bytes) -> str:
    """Return the SHA-256 of octets in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def noted(ledger: Path) -> dict[str, str]:
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
    return list(noted(ledger))


def known_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder that eventrec remembers writing there."""
    return [name for name in noted(folder / LEDGER) if is_plain_name(name)]


def is_remembered(ledger: Path | None, path: Path, digest: str) -> bool:
    """Tell whether a ledger has it that eventrec wrote a file with this SHA-256."""
    return ledger is not None and noted(ledger).get(str(path.resolve())) == digest


def remember(ledger: Path | None, path: Path, digest: str) -> None:
    """Note what was written; a ledger that cannot be kept only means that `--force` is asked for later."""
    if ledger is None:
        return
    known = noted(ledger)
    known.pop(str(path.resolve()), None)
    known[str(path.resolve())] = digest
    newest = dict(list(known.items())[-_REMEMBERED:])
    try:
        make_folder(ledger.parent)
        replace(ledger, [json.dumps(newest, indent=0).encode()])
    except OSError:
        return
