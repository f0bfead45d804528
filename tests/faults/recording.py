"""What a command does to the files of one folder, as strace saw it: every write, sync and new name, in order."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CALLS: Final = (
    "openat,open,creat,pwrite64,write,pwritev,writev,lseek,close,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "sync_file_range,rename,renameat,renameat2,link,linkat,symlink,unlink,unlinkat,mkdir,mkdirat,rmdir,copy_file_range,"
    "sendfile"
)
_LINE: Final = re.compile(r"\d+ +(\w+)\((.*)\) += +(-?\d+)(?:<[^>]*>)?")
_FD: Final = re.compile(r"(\d+)<([^>]*)>")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Write:
    """Bytes that went into a file."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file that was made shorter or longer."""

    name: str
    size: int


@dataclass(frozen=True)
class Sync:
    """A file, or with an empty name the folder, that is on the disk when the call has returned."""

    name: str


@dataclass(frozen=True)
class Made:
    """A new name."""

    name: str


@dataclass(frozen=True)
class Renamed:
    """A name that was given to another file."""

    name: str
    to: str


@dataclass(frozen=True)
class Linked:
    """A second name for a file."""

    name: str
    to: str


@dataclass(frozen=True)
class Gone:
    """A name that was taken away."""

    name: str


@dataclass(frozen=True)
class Said:
    """The command told the user something: what it says was done must be there from now on."""

    text: bytes


Step = Write | Cut | Sync | Made | Renamed | Linked | Gone | Said


def options(log: Path) -> list[str]:
    """Return the options of strace for a recording."""
    return ["-f", "-y", "-xx", "-s", "100000000", "-o", str(log), "-e", f"trace={CALLS}"]


def steps(log: Path, folder: Path, there: set[str]) -> list[Step]:
    """Return the steps in a recording that touch files of the folder, in which those `there` were before."""
    return list(_Recording(folder, there).steps(log))


class _Recording:
    def __init__(self, folder: Path, there: set[str]) -> None:
        self._folder = os.fsencode(folder)
        self._there = set(there)
        self._offsets: dict[int, int] = {}

    def steps(self, log: Path) -> Iterator[Step]:
        with log.open(encoding="latin-1") as lines:
            for line in lines:
                found = _LINE.match(line)
                if found is None:
                    continue
                call, arguments, result = found[1], found[2], int(found[3])
                if result >= 0:
                    yield from self._step(call, arguments, result)

    def _step(self, call: str, arguments: str, result: int) -> Iterator[Step]:
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        descriptor = _FD.match(arguments)
        number = int(descriptor[1]) if descriptor else -1
        on = self._within(_path(descriptor[2])) if descriptor else None
        if call == "openat":
            yield from self._opened(self._within(self._whole(texts[0])), arguments, result)
        elif call in ("unlink", "unlinkat") and (name := self._within(self._whole(texts[0]))):
            self._there.discard(name)
            yield Gone(name)
        elif call.startswith("rename"):
            yield from self._renamed(*(self._within(self._whole(text)) for text in texts[:2]))
        elif call in ("link", "linkat"):
            name, to = (self._within(self._whole(text)) for text in texts[:2])
            if name and to:
                self._there.add(to)
                yield Linked(name, to)
        elif call == "write" and number == 2:
            yield Said(texts[0])
        elif on is None:
            return
        elif call in ("fsync", "fdatasync"):
            yield Sync(on)
        elif call == "pwrite64":
            yield Write(on, int(arguments.rsplit(", ", 1)[1]), texts[0][:result])
        elif call == "write":
            offset = self._offsets.get(number, 0)
            self._offsets[number] = offset + result
            yield Write(on, offset, texts[0][:result])
        elif call == "lseek":
            self._offsets[number] = result
        elif call == "ftruncate":
            yield Cut(on, int(arguments.rsplit(", ", 1)[1]))
        elif call != "close":
            raise NotImplementedError(f"a recording holds {call}, which is not understood")

    def _opened(self, name: str | None, arguments: str, result: int) -> Iterator[Step]:
        if not name or not ({"O_WRONLY", "O_RDWR"} & set(re.split(r"[|, ]", arguments))):
            return
        self._offsets[result] = 0
        if name not in self._there:
            self._there.add(name)
            yield Made(name)
        elif "O_TRUNC" in arguments:
            yield Cut(name, 0)

    def _renamed(self, name: str | None, to: str | None) -> Iterator[Step]:
        if name and to:
            self._there.discard(name)
            self._there.add(to)
            yield Renamed(name, to)

    def _whole(self, path: bytes) -> bytes:
        return path if path.startswith(b"/") else self._folder + b"/" + path

    def _within(self, path: bytes) -> str | None:
        """Return the name of a file in the folder, empty for the folder itself, None for anything elsewhere."""
        if path == self._folder:
            return ""
        head, name = os.path.split(path)
        return os.fsdecode(name) if head == self._folder else None


def _path(text: str) -> bytes:
    """Return the path that strace shows for a descriptor."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else os.fsencode(text)
