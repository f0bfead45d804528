"""Which of the people who share a key need to be compared: all of them but those who cannot be one at a glance."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Final

from eventrec.text.likeness.records import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence


_FEW: Final = 6
"""People of whom each two are compared sooner than they are sorted."""

_AT_HAND: Final = 2_000
"""People who are at hand at a time: more than ever share a key of whom each two are looked at."""

Pair = tuple[int, int]


class People:
    """People by number, each packed until it is asked for: a book has very many."""

    def __init__(self) -> None:
        self._packed: dict[int, bytes] = {}
        self._unpacked: Callable[[int], Person] = lru_cache(_AT_HAND)(self._unpack)

    def __setitem__(self, number: int, person: Person) -> None:
        self._packed[number] = person.pack()

    def __getitem__(self, number: int) -> Person:
        return self._unpacked(number)

    def _unpack(self, number: int) -> Person:
        return Person.unpack(self._packed[number])


def worth_comparing(numbers: Sequence[int], known: People) -> set[Pair]:
    """Return pairs of numbers, the lower first, among them every pair that `people` finds likely."""
    if len(numbers) <= _FEW:
        return set(combinations(sorted(numbers), 2))
    people = {number: known[number] for number in numbers}
    together = _by((number, [*person.addresses, *person.phones]) for number, person in people.items())
    colleagues = _by((number, [person.agency]) for number, person in people.items() if person.agency is not None)
    found = set(chain.from_iterable(map(_each_two, (*together.values(), *colleagues.values()))))
    for sounding_alike in _by((number, person.sounds) for number, person in people.items()).values():
        found |= _strangers(sounding_alike, known)
    without = {number for number, person in people.items() if not person.sounds}
    if without:
        found |= {pair for pair in _strangers(numbers, known) if not without.isdisjoint(pair)}
    return found


def _strangers(numbers: Sequence[int], known: People) -> set[Pair]:
    """Return pairs of those who may be one though they share no agency: of no agency, or with nearly the same name."""
    if len(numbers) <= _FEW:
        return set(_each_two(numbers))
    nowhere = [number for number in numbers if known[number].agency is None]
    pairs = chain(
        ((min(pair), max(pair)) for pair in product(nowhere, numbers) if pair[0] != pair[1]),
        _each_two([number for number in numbers if known[number].has_long_name]),
        *map(_each_two, _by((number, known[number].strong) for number in numbers).values()),
    )
    return set(pairs)


def _each_two(numbers: Iterable[int]) -> Iterator[Pair]:
    return combinations(sorted(numbers), 2)


def _by(each: Iterable[tuple[int, Iterable[Hashable]]]) -> dict[Hashable, list[int]]:
    """Return by what they share those who share it."""
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, shared in each:
        for key in shared:
            found[key].append(number)
    return {key: numbers for key, numbers in found.items() if len(numbers) > 1}
