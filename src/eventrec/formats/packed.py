"""Records of a long file that wait until all of it was read, with little of them in memory."""

from __future__ import annotations

import pickle
import weakref
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from heapq import merge
from typing import Final, TypeVar

from eventrec.spool import Spool

T = TypeVar("T")

_IN_ONE: Final = 256
"""Records in a parcel: fewer pack worse, more are in hand at once."""


class Packed(Collection[T]):
    """Records in their order; whoever goes through them has each anew, as it was added."""

    def __init__(self, records: Iterable[T] = ()) -> None:
        self._parcels = Spool()
        weakref.finalize(self, self._parcels.close)
        self._loose: list[T] = []
        for record in records:
            self.add(record)

    def __len__(self) -> int:
        return len(self._parcels) * _IN_ONE + len(self._loose)

    def __iter__(self) -> Iterator[T]:
        for parcel in self._parcels.pieces():
            yield from _opened(parcel)
        yield from _opened(_closed(self._loose))

    def __contains__(self, record: object) -> bool:
        return any(each == record for each in self)

    def add(self, record: T) -> None:
        """Add a record at the end. Raises EventrecError when the disk refuses."""
        self._loose.append(record)
        if len(self._loose) == _IN_ONE:
            self._parcels.add(_closed(self._loose))
            self._loose.clear()


class Merged(Collection[T]):
    """Records of several collections, each in order, in one order."""

    def __init__(self, parts: Sequence[Collection[T]], key: Callable[[T], int]) -> None:
        self._parts = parts
        self._key = key

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[T]:
        return merge(*self._parts, key=self._key)

    def __contains__(self, record: object) -> bool:
        return any(record in part for part in self._parts)


class Repeated:
    """Keys that were added more than once, and perhaps a few others: two keys may share a hash."""

    def __init__(self) -> None:
        self._once = set[int]()
        self._again = set[int]()

    def __bool__(self) -> bool:
        return bool(self._again)

    def __contains__(self, key: Hashable) -> bool:
        return hash(key) in self._again

    def add(self, key: Hashable) -> None:
        """Note that a key came."""
        known = hash(key)
        (self._again if known in self._once else self._once).add(known)


def _closed(records: list[T]) -> bytes:
    return pickle.dumps(records, pickle.HIGHEST_PROTOCOL)


def _opened(parcel: bytes) -> list[T]:
    records: list[T] = pickle.loads(parcel)  # noqa: S301 (packed by ourselves, in a file that nobody else can open)
    return records
