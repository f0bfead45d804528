"""What a report can be split by: each dimension with the values that its rows show, and every row told by a number."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from eventrec.reports.digits import room
from eventrec.vocabulary import EVENT_KINDS, PARTICIPATION_MODALITIES, ROLES, SEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from eventrec.reports.counting import Counting, Happened, Party

Key = tuple[Any, ...]
"""The values of the columns that the dimensions put in front of the figures."""

DIMENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "event": ("event", "title"),
    "project": ("project",),
    "agency": ("agency", "agency_name"),
    "side": ("side",),
    "country": ("country",),
    "kind": ("kind",),
    "modality": ("modality",),
    "role": ("role",),
    "sex": ("sex",),
    "year": ("year",),
    "quarter": ("quarter",),
    "month": ("month",),
}
"""What a report can be split by, and the columns of each."""

LOCALIZED: Final = frozenset({"title", "agency_name"})

OF_EVENT: Final[dict[str, Callable[[Happened], Sequence[Key]]]] = {
    "event": lambda event: [(event.shown_id, event.shown_title)],
    "project": lambda event: [(code,) for code in event.projects] or [(None,)],
    "kind": lambda event: [(event.shown_kind,)],
    "year": lambda event: [(event.starts_on and event.starts_on[:4],)],
    "quarter": lambda event: [(event.starts_on and _quarter(event.starts_on),)],
    "month": lambda event: [(event.starts_on and event.starts_on[:7],)],
}
"""The dimensions of the event, each with what an event is in it: one row, or one for each of its projects."""

OF_PARTY: Final[dict[str, Callable[[Party], Key]]] = {
    "agency": lambda party: (party.code, party.name),
    "side": lambda party: (party.side or None,),
    "country": lambda party: (party.country or None,),
}
"""The dimensions of whom somebody came from."""

_WORDS: Final = {"modality": PARTICIPATION_MODALITIES, "role": ROLES, "sex": SEXES}
UNKNOWN_SEX: Final = len(SEXES)
"""The place of the sex of a delegation that nobody counted."""


class Split:
    """A question split by dimensions. A line of the report is a number; lines sort as the rows of the report do.

    It is the sum of what the event, the party and the words of a head add to it.
    """

    def __init__(self, counting: Counting, by: Sequence[str]) -> None:
        self._by = by
        events, parties = list(counting.events.values()), counting.parties
        self._values: dict[str, list[Key]] = {}
        for name in by:
            if name in OF_EVENT:
                self._values[name] = _ordered(name, {key for event in events for key in OF_EVENT[name](event)})
            elif name in OF_PARTY:
                self._values[name] = _ordered(name, {OF_PARTY[name](party) for party in parties.values()})
            else:
                self._values[name] = [*((word,) for word in _WORDS[name]), (None,)]
        self._cells: dict[tuple[str, int], Key] = {}
        self._worth: dict[str, int] = {}
        worth = 1
        for name in reversed(by):
            self._worth[name] = worth if name != by[0] else room(worth)
            worth *= max(len(self._values[name]), 1)
        self.first = self._worth[by[0]] if by else 1
        """What a line is divided by for the place of its first dimension; it is a power of two."""
        self.of_event_alone = all(name in OF_EVENT for name in by)
        """Whether a row is a matter of the event alone, so that one with nobody recorded is in it too."""
        self.of_events = self._of_events(events)
        """What each event adds to a line: one number, or one for each of its projects."""
        self.of_parties = self._of_parties(parties)
        """What each party adds to a line."""
        self.by_sex = "sex" in by
        self._agencies = self._of_agencies(parties)
        self.tells_agency = bool(self._agencies) and max(self._agencies) < 2
        """Whether a line is of one agency at most."""
        self._word = {name: self._worth[name] for name in by if name in _WORDS}

    def _places(self, name: str) -> dict[Key, int]:
        """Return by value what it adds to a line."""
        return {key: at * self._worth[name] for at, key in enumerate(self._values[name])}

    def _of_events(self, events: Sequence[Happened]) -> list[list[int]]:
        places = [(OF_EVENT[name], self._places(name)) for name in self._by if name in OF_EVENT]
        return [
            [sum(each) for each in product(*([place[key] for key in of(event)] for of, place in places))]
            for event in events
        ]

    def _of_parties(self, parties: Mapping[int, Party]) -> dict[int, int]:
        places = [(OF_PARTY[name], self._places(name)) for name in self._by if name in OF_PARTY]
        return {number: sum(place[of(party)] for of, place in places) for number, party in parties.items()}

    def _of_agencies(self, parties: Mapping[int, Party]) -> list[int]:
        """Return how many agencies there are at each place; nothing when the question is not split by them."""
        if "agency" not in self._by:
            return []
        place = {key: at for at, key in enumerate(self._values["agency"])}
        found: list[set[int]] = [set() for _ in place]
        for party in parties.values():
            found[place[OF_PARTY["agency"](party)]] |= {party.agency} - {0}
        return list(map(len, found))

    def agencies(self, lines: Iterable[int]) -> list[int]:
        """Return of how many agencies each line is, which tells that."""
        worth, many = self._worth["agency"], self._agencies
        if self._by[0] == "agency":
            return [many[line // worth] for line in lines]
        return [many[line % self.first // worth % len(many)] for line in lines]

    def of_words(self, role: str, modality: int, sex: int) -> int:
        """Return what the words of a head add to a line."""
        at = {"role": ROLES.index(role), "modality": modality, "sex": sex}
        return sum(worth * at[name] for name, worth in self._word.items())

    def key(self, line: int, *, first: bool) -> Key:
        """Return what the rows of a line show: of the first dimension, or of those after it."""
        key: Key = ()
        for name in self._by[:1] if first else self._by[1:]:
            at = line // self._worth[name] % len(self._values[name])
            if (name, at) not in self._cells:
                self._cells[name, at] = _cells(name, self._values[name][at])
            key += self._cells[name, at]
        return key


def _ordered(name: str, found: Iterable[Key]) -> list[Key]:
    """Return values in the order of the report: those without one last, kinds as the vocabulary has them."""
    if name == "kind":
        return sorted(found, key=lambda key: EVENT_KINDS.index(key[0]))
    return sorted(found, key=lambda key: [(part is None, part) for part in key])


def _cells(name: str, key: Key) -> Key:
    """Return a value as cells: Localized ones are objects."""
    return tuple(
        as_object(part) if column in LOCALIZED else part for column, part in zip(DIMENSIONS[name], key, strict=True)
    )


def as_object(text: str | None) -> dict[str, Any] | None:
    """Return a Localized value as the database gives it."""
    return None if text is None else json.loads(text)


def _quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def columns_by(by: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns that the dimensions put in front of the figures."""
    return tuple(name for dimension in by for name in DIMENSIONS[dimension])
