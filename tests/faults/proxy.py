"""A proxy of our own between a book and its PostgreSQL server, which cuts the line at the worst moment.

It listens on a socket in a folder, as a server does, and hands on every byte, until a client sends COMMIT: what then
happens is the `Cut`. Connections after that go through again, unless the proxy is told to `refuse` some.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from enum import Enum
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote

from tests.postgres import USER

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_NAME: Final = ".s.PGSQL.5432"
_COMMIT: Final = b"COMMIT"
_CHUNK: Final = 1 << 16
_ON_ITS_WAY: Final = 0.3
"""Seconds that a COMMIT takes which is late."""


class Cut(Enum):
    """When the line is cut, seen from the server."""

    NEVER = "never"
    BEFORE = "before COMMIT arrives"
    AFTER = "when COMMIT was carried out, before the answer"
    AT_ONCE = "when COMMIT was handed on, carried out or not"
    LATE = "while COMMIT is on its way, and arrives later"
    IN_WORK = "in the middle of the work, at the first INSERT"


class Proxy:
    """Use it in a `with` statement; `address` leads through it to the database behind `folder` (the server's)."""

    def __init__(self, folder: Path, server: Path) -> None:
        self._server = str(server / _NAME)
        self._listening = socket.socket(socket.AF_UNIX)
        self._place = folder
        self._listening.bind(str(folder / _NAME))
        self._listening.listen(64)
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self.cut = Cut.NEVER
        self.refuse = 0
        """How many of the next connections are refused; -1 for all."""

        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, database: str) -> str:
        """Return the address of a database through the proxy."""
        return f"postgresql://{USER}@/{quote(database, safe='')}?host={quote(str(self._place), safe='')}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
        for pair in list(self._pairs):
            _close(*pair)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.refuse:
                    self.refuse -= self.refuse > 0
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._pairs.append((client, server))
                state = _State()
                threading.Thread(target=self._forth, args=(client, server, state), daemon=True).start()
                threading.Thread(target=self._back, args=(client, server, state), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket, state: _State) -> None:
        """Hand on what the client sends."""
        with contextlib.suppress(OSError):
            while data := client.recv(_CHUNK):
                if self._taken(data):
                    self._cut_at(data, client, server, state)
                    return
                server.sendall(data)
        _close(client, server)

    def _taken(self, data: bytes) -> bool:
        """Tell whether the line is cut now; once for each time that `cut` was set."""
        word = b"INSERT" if self.cut is Cut.IN_WORK else _COMMIT
        with self._lock:
            if self.cut is Cut.NEVER or word not in data:
                return False
            self.cuts += 1
            return True

    def _cut_at(self, data: bytes, client: socket.socket, server: socket.socket, state: _State) -> None:
        how, self.cut = self.cut, Cut.NEVER
        if how in (Cut.AFTER, Cut.LATE):
            state.silent.set()
        if how is Cut.AFTER:
            server.sendall(data)
            state.answered.wait(30)
        elif how is Cut.LATE:
            _close(client)
            time.sleep(_ON_ITS_WAY)
            server.sendall(data)
            state.answered.wait(30)
        elif how is Cut.AT_ONCE:
            state.silent.set()
            server.sendall(data)
        _close(client, server)

    def _back(self, client: socket.socket, server: socket.socket, state: _State) -> None:
        """Hand on what the server answers; not the answer to a COMMIT that is to be lost."""
        with contextlib.suppress(OSError):
            while data := server.recv(_CHUNK):
                if state.silent.is_set():
                    state.answered.set()
                    return
                client.sendall(data)
        _close(client, server)


class _State:
    """What the two directions of a line know of each other."""

    def __init__(self) -> None:
        self.silent = threading.Event()
        self.answered = threading.Event()


def _close(*sockets: socket.socket) -> None:
    for each in sockets:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
