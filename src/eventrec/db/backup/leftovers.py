"""What a killed backup or restore left half done: it holds people's data, so the next one in the folder removes it.

Whoever is at work holds a lock on its temporary file. The system drops it with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GRACE: Final = 60.0
"""Seconds in which a new temporary file may not have its lock yet."""


@contextlib.contextmanager
def claimed(file: Path) -> Iterator[bool]:
    """Hold the lock of a temporary file; tells whether nobody else had it. Windows has no such lock: always False."""
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    with file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def sweep(folder: Path, start: str, end: str, lock: str = "") -> None:
    """Remove the temporary files, or folders with a file named `lock`, of which nobody holds the lock any more."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(start) and path.name.endswith(end) and not path.is_symlink():
                with contextlib.suppress(OSError):
                    _remove(path, path / lock if lock else path)


def _remove(path: Path, lock: Path) -> None:
    if time.time() - path.stat().st_mtime < _GRACE:
        return
    with claimed(lock) as ours:
        if ours and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif ours:
            path.unlink(missing_ok=True)
