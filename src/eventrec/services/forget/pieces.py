"""Many rows at a time and never all of them: memory stays flat however long the history is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AT_ONCE: Final = 500
"""Rows that are read, or asked for by number, at a time."""

_Each = TypeVar("_Each")


def pieces(values: Sequence[_Each]) -> Iterator[Sequence[_Each]]:
    """Yield the values, `AT_ONCE` at a time."""
    for at in range(0, len(values), AT_ONCE):
        yield values[at : at + AT_ONCE]
