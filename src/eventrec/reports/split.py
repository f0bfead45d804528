"""What a report can be split by: each dimension as columns of the question and as the values that its rows show."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from eventrec.reports.heads import places
from eventrec.vocabulary import EVENT_KINDS, PARTICIPATION_MODALITIES, ROLES, SEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from eventrec.reports.counting import Counting, Happened

Key = tuple[Any, ...]
"""The values of the columns that the dimensions put in front of the figures; Localized ones as stored."""
Place = tuple[Any, ...]
"""Where a row stands: places sort as the rows of the report do."""

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

OF_EVENT: Final[dict[str, Callable[[Happened], Sequence[Key]]]] = {
    "event": lambda event: [(event.shown_id, event.shown_title)],
    "project": lambda event: [(code,) for code in event.projects] or [(None,)],
    "kind": lambda event: [(event.shown_kind,)],
    "year": lambda event: [(event.starts_on and event.starts_on[:4],)],
    "quarter": lambda event: [(event.starts_on and _quarter(event.starts_on),)],
    "month": lambda event: [(event.starts_on and event.starts_on[:7],)],
}
"""The dimensions of the event, each with what an event is in it: one row, or one for each of its projects."""

_OF_AGENCY: Final = {"agency", "side", "country"}
_WORDS: Final = {"modality": PARTICIPATION_MODALITIES, "role": ROLES, "sex": SEXES}
LAST: Final = "\U0010ffff"
"""Stands for an empty text, and sorts after every other."""


class Split:
    """A question split by dimensions."""

    def __init__(self, counting: Counting, by: Sequence[str]) -> None:
        self._by = by
        self._events = list(counting.events.values())
        of_event = [name for name in self._by if name in OF_EVENT]
        self._values: dict[str, list[Key]] = {name: self._values_of(name) for name in of_event}
        self._values |= {name: [*((word,) for word in words), (None,)] for name, words in _WORDS.items()}
        self.of_event_alone = len(of_event) == len(self._by)
        """Whether a row is a matter of the event alone, so that one with nobody recorded is in it too."""
        self.places = [(name, self._places_of(name)) for name in of_event]
        """By dimension of the event the places of each event there."""
        self.by_agency = not _OF_AGENCY.isdisjoint(self._by)
        """Whether a row is a matter of the agency, whose number is then the first of the columns."""
        self._agencies = counting.agencies if self.by_agency else {}
        self._names = sorted({(one.agency_code, one.agency_name) for one in self._agencies.values()})
        place = {key: at for at, key in enumerate(self._names)}
        self._place_of_agency = {
            number: place[one.agency_code, one.agency_name] for number, one in self._agencies.items()
        }

    def _values_of(self, name: str) -> list[Key]:
        """Return the different values of a dimension of the event in order: kinds as the vocabulary has them."""
        found = {key for event in self._events for key in OF_EVENT[name](event)}
        return sorted(found, key=lambda key: (key[0] is None, EVENT_KINDS.index(key[0]) if name == "kind" else key))

    def _places_of(self, name: str) -> list[list[int]]:
        place = {key: at for at, key in enumerate(self._values[name])}
        return [[place[key] for key in OF_EVENT[name](event)] for event in self._events]

    def events_by_place(self) -> dict[Place, list[int]]:
        """Return by place in the report which events are there, given by their own place among all."""
        found: dict[Place, list[int]] = {}
        for at in range(len(self._events)):
            for place in product(*(values[at] for _, values in self.places)):
                found.setdefault(place, []).append(at)
        return found

    def columns(self, agency: str) -> dict[str, str]:
        """Return the columns that heads are split by, none of them empty; `agency` is the agency of a row `taken`."""
        columns = {"agency": f"coalesce({agency}, 0)"} if self.by_agency else {}
        for name in self._by:
            if name == "agency":
                columns["label"] = f"CASE WHEN {agency} IS NULL THEN {_told('label')} ELSE '' END"
            elif name == "side":
                columns["side"] = f"CASE WHEN {agency} IS NULL THEN {_told('side')} ELSE :last END"
            elif name != "country":
                columns[name] = self._column(name)
        return columns

    def _column(self, name: str) -> str:
        return f"chosen.{name}" if name in OF_EVENT else places(f"taken.{name}", _WORDS[name])

    def place(self, cells: tuple[Any, ...]) -> Place:
        """Return where heads stand that have these cells in `columns`."""
        if not self.by_agency:
            return cells
        number, *rest = cells
        agency, others = self._agencies.get(number), iter(rest)
        place: list[Any] = []
        for name in self._by:
            if name == "agency":
                place += [self._place_of_agency.get(number, len(self._names)), next(others)]
            elif name == "side":
                own = next(others)
                place.append((agency.side if agency else None) or own)
            elif name == "country":
                place.append((agency.country if agency else None) or LAST)
            else:
                place.append(next(others))
        return tuple(place)

    def key(self, place: Place) -> Key:
        """Return what a row shows that stands at a place."""
        cells = iter(place)
        key: Key = ()
        for name in self._by:
            if name == "agency":
                agency, label = next(cells), next(cells)
                key += self._names[agency] if agency < len(self._names) else (None, _shown(label))
            elif name in _OF_AGENCY:
                key += (_shown(next(cells)),)
            else:
                key += self._values[name][next(cells)]
        return key


def _told(column: str) -> str:
    """Return a text of a row without an agency; it alone is looked up, so that an index has all of the others."""
    return f"coalesce((SELECT told.{column} FROM participation AS told WHERE told.id = taken.id), :last)"  # noqa: S608


def _shown(text: str) -> str | None:
    return None if text == LAST else text


def _quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def columns_by(by: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns that the dimensions put in front of the figures."""
    return tuple(name for dimension in by for name in DIMENSIONS[dimension])
