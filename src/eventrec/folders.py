"""Writing the files of a folder, all or none, with no more of them in hand than a piece of one."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec import files
from eventrec.errors import EventrecError, OutputExists, UsageError, not_written
from eventrec.streamed import Hashed, digest_of, is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PIECE: Final = 2**18
_READABLE: Final = 0o644
"""Mode of a shared file, less what the system's umask takes away; never one that others may write to."""


class Done(NamedTuple):
    """What was done to the files of a folder: how many were written anew, were the same, or went."""

    written: int = 0
    same: int = 0
    removed: int = 0


class Folder:
    """Files of a folder that are written together, each while it comes.

    Its `contents` are files by name, each with pieces that can be gone through more than once.
    A file whose name `belongs` among these and that is no longer among the `contents` is removed. A file that is not
    as eventrec wrote it (`.eventrec.json` in the folder remembers how; else it must be `recognised`) is neither removed
    nor, without `force`, replaced: then nothing is written at all. The files are readable by their owner only or, when
    `shared`, by whoever the system lets. The folder may be a link to one, since it was named; a file may not, as in
    `files.save`. The `ledger` notes the folder, so that its files are found later.
    """

    def __init__(
        self,
        folder: Path,
        contents: Iterable[tuple[str, Iterable[bytes]]],
        *,
        belongs: Callable[[str], bool] = lambda _: False,
        force: bool = False,
        ledger: Path | None = None,
        recognised: Callable[[bytes], bool] = lambda _: False,
        shared: bool = False,
    ) -> None:
        self._folder, self._contents, self._shared = folder, contents, shared
        self._belongs, self._force, self._ledger, self._recognised = belongs, force, ledger, recognised
        self._known: dict[str, str] = {}
        self._beside: Path | None = None
        self._fresh: list[str] = []
        self.digests: dict[str, str] = {}
        """The SHA-256 of each file by its name, as far as they have come."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield what is in the files, one after the other by name, once all of them are on the disk."""
        fresh = set(self._fresh)
        for name in sorted(self.digests):
            folder = self._beside if self._beside and name in fresh else self._folder
            with files.opened(folder / name) as file:
                yield from iter(partial(file.read, _PIECE), b"")

    def save(self, before: Callable[[], None] = lambda: None) -> Done:
        """Write the files; those that hold the same bytes already are left alone.

        Each takes its place in one step, and none does before all are written. `before` is called then, and when it
        raises nothing is changed; neither when a file cannot come. Raises OutputExists, UsageError for a file where the
        folder should be, and EventrecError when the folder or the disk refuses, or for a name that is given twice or is
        no plain one (`files.is_plain_name`).
        """
        try:
            made = files.make_folder(self._folder, shared=self._shared)
        except FileExistsError as error:
            raise UsageError(f"{self._folder} is a file.", "Name a folder.") from error
        except OSError as error:
            raise not_written(self._folder, error) from error
        try:
            return self._save(before)
        finally:
            for folder in reversed(made):  # goes only while nothing is in it
                with suppress(OSError):
                    folder.rmdir()

    def _save(self, before: Callable[[], None]) -> Done:
        ledger = self._folder / files.LEDGER
        try:
            self._known = files.noted(ledger)
            try:
                for name, content in self._contents:
                    self._stage(name, content)
                before()
                self._place()
            finally:
                if self._beside:
                    shutil.rmtree(self._beside, ignore_errors=True)
            gone = self._remove()
            now = {name: digest for name, digest in self._known.items() if name not in gone} | self.digests
            if now != self._known:
                pieces = json.JSONEncoder(indent=0, sort_keys=True).iterencode(now)
                files.replace(ledger, (piece.encode() for piece in pieces))
            files.keep_names(self._folder)
        except OSError as error:
            raise not_written(self._folder, error) from error
        files.remember(self._ledger, self._folder, files.digest(b""))
        return Done(len(self._fresh), len(self.digests) - len(self._fresh), len(gone))

    def _stage(self, name: str, content: Iterable[bytes]) -> None:
        """Write a file beside its place unless it is there already. Raises OutputExists."""
        if not files.is_plain_name(name):
            raise EventrecError(f"“{name}” cannot be the name of a file; nothing was written.")
        if name in self.digests:
            raise EventrecError(f"Two files would have the name “{name}”; nothing was written.")
        path, hashed = self._folder / name, Hashed(content)
        try:
            there = digest_of(path)
            if there is None and path.is_symlink() and not self._force:
                raise OutputExists(path)
            if there is not None and self._is_same(there, hashed):
                self.digests[name] = there
                return
            if there is not None and not (self._force or self._is_ours(path, there)):
                raise OutputExists(path, changed=name in self._known)
            self._write(name, hashed)
        except OSError as error:
            raise not_written(path, error) from error
        self.digests[name] = hashed.digest
        self._fresh.append(name)

    @staticmethod
    def _is_same(there: str, hashed: Hashed) -> bool:
        for _ in hashed:
            pass
        return there == hashed.digest

    def _write(self, name: str, content: Iterable[bytes]) -> None:
        if self._beside is None:
            self._beside = Path(tempfile.mkdtemp(dir=self._folder, prefix=".eventrec.", suffix=".tmp"))
        files.fill(os.open(self._beside / name, files.NEW, files.PRIVATE), content)
        if self._shared:
            (self._beside / name).chmod(_READABLE & ~files.umask())

    def _place(self) -> None:
        for name in self._fresh:
            path = self._folder / name
            try:
                (self._beside or self._folder).joinpath(name).replace(path)
            except OSError as error:
                raise not_written(path, error) from error

    def _is_ours(self, path: Path, there: str) -> bool:
        """Tell whether a file of the folder is as eventrec wrote it."""
        return self._known[path.name] == there if path.name in self._known else is_ours(path, self._recognised)

    def _remove(self) -> set[str]:
        """Remove the files that belong there no more and are as eventrec wrote them; returns which."""
        others = [path for path in self._folder.iterdir() if path.name not in self.digests and self._belongs(path.name)]
        gone = [
            path
            for path in others
            if path.is_file() and not path.is_symlink() and self._is_ours(path, digest_of(path) or "")
        ]
        for path in gone:
            try:
                path.unlink()
            except OSError as error:
                raise not_written(path, error) from error
        return {path.name for path in gone}
