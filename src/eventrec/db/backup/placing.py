"""Putting a finished backup into its place: whole or not at all, on the disk before it has its name."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from eventrec.db.backup.leftovers import claimed, sweep
from eventrec.errors import EventrecError, OutputExists, not_written
from eventrec.files import keep_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def placed(path: Path, *, force: bool = False, ours: Callable[[Path], bool] = lambda _: False) -> Iterator[Path]:
    """Give an empty file beside `path`, for its owner only, which takes its place when the block ends well.

    A file that is there is replaced when it is `ours` or with `force`; a symbolic link only with `force`, and then the
    link, not what it leads to. Raises OutputExists, and EventrecError when the folder or the disk refuses.
    """
    with _in_words(path):
        there = path.is_symlink() or path.exists()
        if path.is_dir() and not path.is_symlink():
            raise EventrecError(f"{path} is a folder.", "Name a file in it.")
        if there and not force and (path.is_symlink() or not path.is_file() or not ours(path)):
            raise OutputExists(path)
        start = f".{path.name[:40]}."
        sweep(path.parent, start, ".tmp")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=start, suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        try:
            with claimed(temporary):
                yield temporary
            settle(temporary)
            if there:
                temporary.replace(path)
            else:
                _take_free_name(temporary, path)
            keep_names(path.parent)
        finally:
            for ending in ("", "-journal", "-wal", "-shm"):
                Path(f"{temporary}{ending}").unlink(missing_ok=True)


def _take_free_name(temporary: Path, path: Path) -> None:
    """Give the file its name, unless somebody took it meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise OutputExists(path) from error
    except OSError:  # a disk without hard links
        if path.exists():
            raise OutputExists(path) from None
        temporary.replace(path)


def settle(path: Path) -> None:
    """Wait until the disk has the whole file."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(path, error) from error
