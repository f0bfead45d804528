"""Writing a file whole or not at all while its content still comes, with no more of it in hand than a piece."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import files
from eventrec.errors import OutputExists, PartlyWritten, not_written
from eventrec.table import Anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_PIECE: Final = 2**18
_HEAD: Final = 2**16
"""Octets in which a file says whose it is, unless its kind says so at its end."""


class Hashed:
    """Pieces of a content that are hashed as they pass, from the first on whenever they begin anew."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        self._hash = hashlib.sha256()
        for piece in self._pieces:
            self._hash.update(piece)
            yield piece

    @property
    def digest(self) -> str:
        """The SHA-256 of what has passed, in hexadecimal digits."""
        return self._hash.hexdigest()


def save(
    path: Path,
    content: Hashed,
    *,
    force: bool = False,
    ledger: Path | None = None,
    recognised: Callable[[bytes], bool] = lambda _: False,
    before: Callable[[], None] = lambda: None,
) -> bool:
    """Write a file as `files.save` does, a piece at a time; returns False when it held the same bytes already.

    An error while the content comes leaves everything as it was. Raises what `files.save` raises.
    """
    return bool(Several({path: content}, force=force, ledger=ledger, recognised=recognised).save(before))


class Several:
    """Files that are written together, each while its content comes: none is in its place before all are ready."""

    def __init__(
        self,
        contents: Mapping[Path, Hashed],
        *,
        force: bool = False,
        ledger: Path | None = None,
        recognised: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        self._contents = contents
        self._force, self._ledger, self._recognised = force, ledger, recognised
        self._staged: dict[Path, Path] = {}

    def __iter__(self) -> Iterator[bytes]:
        """Yield what is in the files, one after the other by name, once it is on the disk beside their places."""
        for path in sorted(self._staged):
            with files.opened(self._staged[path]) as file:
                yield from iter(partial(file.read, _PIECE), b"")

    def save(self, before: Callable[[], None] = lambda: None) -> Sequence[Path]:
        """Write the files as `files.save` does; returns those that hold something new.

        Nothing is put into its place before all are on the disk. Raises PartlyWritten when one then cannot take its
        place after others did.
        """
        path, fresh, placed = Path(), list[Path](), list[Path]()
        try:
            for path, content in self._contents.items():
                files.check_path(path)
                fresh += [path] if self._stage(path, content) else []
            before()
            for path in fresh:
                self._staged[path].replace(path)
                del self._staged[path]
                placed.append(path)
                files.remember(self._ledger, path, self._contents[path].digest)
            for folder in {path.parent for path in fresh}:
                files.keep_names(folder)
        except OSError as error:
            why = not_written(path, error)
            raise (PartlyWritten(why, placed) if placed else why) from error
        finally:
            for staged in self._staged.values():
                staged.unlink(missing_ok=True)
        return fresh

    def _stage(self, path: Path, content: Hashed) -> bool:
        """Write a file beside its place; returns whether it differs from what is there. Raises OutputExists."""
        there = digest_of(path)
        if not self._force and there is None and path.is_symlink():
            raise OutputExists(path)
        self._staged[path] = _written(path, content)
        if there == content.digest:
            return False
        known = self._force or there is None or files.is_remembered(self._ledger, path, there)
        if not known and not is_ours(path, self._recognised):
            raise OutputExists(path)
        return True


def _written(path: Path, content: Hashed) -> Path:
    while True:
        try:
            return files.stage(path, content)
        except Anew:
            continue


def digest_of(path: Path) -> str | None:
    """Return the hash of a file that stands in a place; None where nothing does, or a link."""
    if files.size_of(path) is None:
        return None
    found = hashlib.sha256()
    with files.opened(path) as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def is_ours(path: Path, recognised: Callable[[bytes], bool]) -> bool:
    """Tell by the beginning of a file whether eventrec wrote it, where that does not tell, by all of it."""
    with files.opened(path) as file:
        head = file.read(_HEAD)
        return recognised(head) or (len(head) == _HEAD and recognised(head + file.read(files.LARGEST_READ - _HEAD)))
