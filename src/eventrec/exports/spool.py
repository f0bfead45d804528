"""What must wait until what stands before it is known: a little of it in memory, more in a file without a name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from eventrec.errors import not_written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_HELD: Final = 2**20
"""Octets that wait in memory."""


class Spool:
    """Pieces that come back in their order, each as it was; nothing is left of them afterwards."""

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._sizes: list[int] = []
        self._left = _HELD

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, piece: bytes) -> None:
        """Let a piece wait. Raises EventrecError when the disk refuses."""
        self._sizes.append(len(piece))
        self._left -= len(piece)
        if self._left < 0 and isinstance(self._file, BytesIO):
            self._to_disk(self._file)
        try:
            self._file.write(piece)
        except OSError as error:
            raise _refused(error) from error

    def pieces(self) -> Iterator[bytes]:
        """Yield all pieces, from the first on."""
        self._file.seek(0)
        yield from map(self._file.read, self._sizes)

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
