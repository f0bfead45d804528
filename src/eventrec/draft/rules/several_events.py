"""Which of several events of a release a number of people belongs to: a number said of all is no answer for each."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from eventrec.draft import occasions
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.evidence import Span
    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_EACH: Final = late(
    r"每一?(?:场|期|次|站|届|个班)[^。；，]{0,20}$|\b[Ee](?:ach|very)\s(?:\w+\s){0,2}?(?:of\s(?:\w+\s){1,3})?(?:workshop|training"
    r"|seminar|course|session|event|meeting|conference|one)s?\b[^.;,]{0,60}$"
)
"""What says a number of every one of the events: “Each workshop gathered”."""


_MOST_NUMBERS: Final = 200
"""Numbers of people that are looked at beside each other; no release has more."""


class Whose(Enum):
    """Of which event a number is."""

    OWN = "this one"
    OTHER = "another one of the release"
    ALL = "all of them together"


class Events:
    """The events of a release, and the one of them that is asked about; `several` says whether there are others."""

    def __init__(self, reading: Reading, occasion: Occasion, numbers: Sequence[Span]) -> None:
        self.several = occasion.days is not None or occasion.place is not None
        self._reading = reading
        self._occasion = occasion
        self._numbers = numbers[:_MOST_NUMBERS]
        self._marked: dict[int, list[tuple[int, int]]] = {}
        self._every: Sequence[Occasion] = occasions.find(reading) if self.several else ()

    def __len__(self) -> int:
        return max(1, len(self._every))

    def whose(self, number: Span) -> Whose:
        """Return of which event a number is: the one whose day or place alone its sentence names, or the nearest."""
        if not self.several:
            return Whose.OWN
        sentence = self._reading.page.sentence_at(number)
        if sentence and _EACH.search(self._reading.page.text, sentence.span.start, number.start):
            return Whose.OWN
        if sentence and self._occasion.name is not None and self._occasion.name in sentence.span:
            return self._in_clause(number)
        marks = self._marks_of(sentence) if sentence else []
        named = {which for _, which in marks}
        if len(named) > 1:
            named = self._beside(number, marks, len(named))
        if len(named) != 1:
            return Whose.ALL
        return Whose.OWN if self._every[named.pop()] == self._occasion else Whose.OTHER

    def _in_clause(self, number: Span) -> Whose:
        """Return of which of the events that a sentence names by itself a number is: the one that begins before it."""
        begun = [each for each in self._every if _start(each) <= number.start]
        if not begun:
            return Whose.ALL
        return Whose.OWN if max(begun, key=_start) == self._occasion else Whose.OTHER

    def _marks_of(self, sentence: Sentence) -> list[tuple[int, int]]:
        if sentence.span.start not in self._marked:
            self._marked[sentence.span.start] = self._marks(sentence)
        return self._marked[sentence.span.start]

    def _marks(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return where the sentence names a day or a city that only one of the events has, in order."""
        found = []
        for at, each in enumerate(self._every):
            others = [one for one in self._every if one is not each]
            found += [
                (day.span.start, at)
                for day in self._reading.days
                if sentence.span.start <= day.span.start < sentence.span.end and _is_day(day, each, others)
            ]
            city = _city(each)
            if city and city not in [_city(one) for one in others]:
                found += [
                    (place.span.start, at)
                    for place in self._reading.places
                    if sentence.span.start <= place.span.start < sentence.span.end and city & set(place.city.values())
                ]
        return sorted(found)

    def _beside(self, number: Span, marks: Sequence[tuple[int, int]], events: int) -> set[int]:
        """Return the event of a number where each event of the sentence has its own, in the same order."""
        first, last = marks[0][0], marks[-1][0]
        near = [each for each in self._numbers if first - 80 <= each.start <= last + 80]
        if number not in near or len(near) != events:
            return set()
        order = list(dict.fromkeys(which for _, which in marks))
        return {order[near.index(number)]}


def _start(occasion: Occasion) -> int:
    spans = [occasion.name, *(each.span for each in (occasion.days, occasion.place) if each)]
    return min(each.start for each in spans if each)


def _is_day(day: DayMention, occasion: Occasion, others: Sequence[Occasion]) -> bool:
    own = occasion.days
    if own is None or (day.first, day.last) != (own.first, own.last):
        return False
    return all(one.days is None or (one.days.first, one.days.last) != (own.first, own.last) for one in others)


def _city(occasion: Occasion) -> set[str]:
    return set(occasion.place.city.values()) if occasion.place else set()
