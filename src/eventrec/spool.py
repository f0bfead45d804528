"""What must wait until what stands before it is known: a little of it in memory, more in a file without a name."""

from __future__ import annotations

from array import array
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from eventrec.errors import not_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

_HELD: Final = 2**20
"""Octets that wait in memory."""


class Spool:
    """Pieces that come back in their order, each as it was; nothing is left of them afterwards."""

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._ends = array("q", [0])
        self._left = _HELD

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what waits."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, piece: bytes) -> None:
        """Let a piece wait. Raises EventrecError when the disk refuses."""
        self._ends.append(self._ends[-1] + len(piece))
        self._left -= len(piece)
        if self._left < 0 and isinstance(self._file, BytesIO):
            self._to_disk(self._file)
        try:
            self._file.write(piece)
        except OSError as error:
            raise _refused(error) from error

    def pieces(self, numbers: Iterable[int] | None = None) -> Iterator[bytes]:
        """Yield all pieces, from the first on, or those with these numbers; the first has 0."""
        for number in range(len(self)) if numbers is None else numbers:
            start, end = self._ends[number], self._ends[number + 1]
            if self._file.tell() != start:
                self._file.seek(start)
            yield self._file.read(end - start)

    def _to_disk(self, held: BytesIO) -> None:
        from tempfile import TemporaryFile

        try:
            self._file = TemporaryFile()  # noqa: SIM115 (closed at the end)
            self._file.write(held.getbuffer())
        except OSError as error:
            raise _refused(error) from error


def _refused(error: OSError) -> Exception:
    from tempfile import gettempdir

    return not_written(Path(gettempdir(), "a temporary file"), error)
