"""Everybody whom a question is about, read from the book in one pass and told apart by line of the report."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.reports.digits import LARGEST, Digits, bits, room
from eventrec.reports.everybody import Everybody
from eventrec.reports.heads import head_counts
from eventrec.reports.split import UNKNOWN_SEX
from eventrec.views.dialect import quoted, render
from eventrec.vocabulary import EVIDENCE_SOURCES, PARTICIPATION_MODALITIES, SEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from eventrec.reports.counting import Counting
    from eventrec.reports.split import Split
    from eventrec.reports.taking import Takings
    from eventrec.views.where import Where

OWN_STAFF: Final = "own staff"
_HEAD_COUNTS: Final = 1 + len(SEXES)
"""A row may be as many different head-counts: the whole one, and that of each sex."""


class Unnamed(NamedTuple):
    """A delegation, or somebody who was forgotten, as counted in one event."""

    women: int | None
    men: int | None
    other: int | None
    not_stated: int | None
    approximate: int
    evidenced: int
    days: int | None
    """Own days."""
    forgotten: int
    """The number of the one person that it is, or 0."""

    @property
    def people(self) -> int | None:
        """How many there are; None when nobody counted them."""
        return None if self.women is None else self.women + self.men + self.other + self.not_stated  # type: ignore[operator]

    def by_sex(self) -> list[tuple[int, Unnamed]]:
        """Return a head-count for each sex that it has people of, with the place of that sex."""
        if self.women is None:
            return [(UNKNOWN_SEX, self)]
        alone = (
            self._replace(men=0, other=0, not_stated=0),
            self._replace(women=0, other=0, not_stated=0),
            self._replace(women=0, men=0, not_stated=0),
            self._replace(women=0, men=0, other=0),
        )
        return [(sex, one) for sex, one in enumerate(alone) if one.people]


class Shape:
    """How a head is one number: line, sex, person, own days and event, from the highest digit on.

    Person 0 is nobody: the event alone is in the line. Of a head-count, which has no sex, the person is its place in a
    list of different ones. Sex and person are who it is, own days and event the taking that `Takings` reads.
    """

    def __init__(self, digits: Digits, events: int) -> None:
        self.events = events
        self.taking = digits.own * events
        self.person = digits.people
        self.sex = self.person * self.taking
        self.counts = len(SEXES) * self.sex
        self.line = room(len(SEXES) + _HEAD_COUNTS) * self.sex


class _Way(NamedTuple):
    """Where heads go whose numbers have the same upper digits."""

    add: Callable[[int], None]
    code: int
    line: int
    """What they add to a line."""


class Crowd:
    """All heads that count, by line, and how many people were left out."""

    def __init__(self, counting: Counting, split: Split, takings: Takings, *, evidence: bool) -> None:
        self._counting, self._split = counting, split
        self._events = list(counting.events.values())
        self._evidenced = f"CASE WHEN taken.source IN ({quoted(EVIDENCE_SOURCES)}) THEN 1 ELSE 0 END"
        if not evidence:
            self._evidenced = "0"
        self._digits = Digits(counting.highest, takings.longest, max(map(abs, counting.parties)))
        self.shape = Shape(self._digits, takings.events)
        self.everybody = Everybody(self.shape, takings)
        """Those of them who have a name."""
        self.parts: dict[int, Any] = defaultdict(self._part)
        """The heads by the place of the first dimension; their lines are without it."""
        self.agencies: dict[int, set[int]] = defaultdict(set)
        """By line the agencies in it, as what they count, unless the line tells them."""
        self.all_agencies: set[int] = set()
        """The agencies in any line, as what they count."""
        self.counts: list[Unnamed] = []
        """The different head-counts."""
        self.all_counts: list[int] = []
        """The heads of all head-counts, as if there was one line."""
        self.left_out: Counter[str] = Counter()
        """How many people were left out, by role or as own staff."""
        staff = {event.project_ids: counting.staff(event.project_ids) for event in self._events}
        self._staff = [staff[event.project_ids] for event in self._events]
        self._all_staff = frozenset().union(*staff.values())
        self._ways: dict[int, _Ways] = {}
        self._here = [
            [(line // split.first, line % split.first * self.shape.line + at) for line in lines]
            for at, lines in enumerate(split.of_events)
        ]
        """By event the places of the first dimension, with the event's number there."""
        if split.of_event_alone:
            self._read_events()
        self._read_named()
        self._read_counts()

    def _part(self) -> Any:  # noqa: ANN401
        """Return what holds numbers: an array, of a fifth of the room of a list, unless a line is too large for it."""
        return array("q") if self._split.first * self.shape.line <= LARGEST else []

    def _read_events(self) -> None:
        for places in self._here:
            for place, here in places:
                self.parts[place].append(here)

    def _read_named(self) -> None:
        twice, plain, kinds = [], set[int](), set[int]()
        people, own = self._digits.who - 1, bits(self._digits.own)
        for at, numbers in self._named(range(len(self._events)), alone=False):
            if len({(number & people) >> own for number in numbers}) < len(numbers):
                twice.append(at)
            else:
                kinds |= self._take(at, numbers, plain)
        for at, numbers in self._named(twice, alone=True) if twice else ():
            kinds |= self._take(at, numbers, plain)
        self._add_agencies({Digits.read(kind).party for kind in kinds})

    def _add_agencies(self, parties: Iterable[int]) -> None:
        self.all_agencies |= {self._counting.parties[party].agency for party in parties} - {0}

    def _named(self, places: Collection[int], *, alone: bool) -> Iterator[tuple[int, list[int]]]:
        """Yield the place of each event with the numbers of its named people; alone, each person once."""
        rule = self._counting.rule(self._counting.measure)
        told = self._digits.sql(self._counting.party(rule), self._evidenced)
        for at, numbers in self._asked(places, rule.by_event("contact_id", told, alone=alone)):
            if numbers:
                yield at, self._digits.numbers(numbers)

    def _asked(self, places: Collection[int], heads: Where) -> Iterator[tuple[Any, ...]]:
        counting = self._counting
        tables = counting.tables(counting.rule(counting.measure), places)
        sql = render(f"{tables.sql} {heads.sql}", counting.reader.dialect)
        for rows in counting.reader.batches(sql, {**tables.params, **heads.params}):
            yield from rows

    def _take(self, at: int, numbers: list[int], plain: set[int]) -> set[int]:
        """Put the named people of an event where they count, and return which kinds of them add to the total.

        Those of `plain` kinds count at every event.
        """
        upper, lower, events = bits(self._digits.top), self._digits.top - 1, bits(self.shape.events)
        kinds = {number >> upper for number in numbers}
        if not kinds <= plain:
            out = self._left_out(at, kinds - plain, numbers, plain)
            if out:
                kinds -= out
                numbers = [number for number in numbers if number >> upper not in out]
        for place, here in self._here[at]:
            if place not in self._ways:
                self._ways[place] = _Ways(self, self._split, place)
            ways = self._ways[place]
            if self._events[at].is_visit:
                ways.add_nobody(kinds, here)
                continue
            for number in numbers:
                add, code, _ = ways[number >> upper]
                add(code + ((number & lower) << events) + here)
        if self._events[at].is_visit:
            return set()
        who, own = self._digits.who - 1, bits(self._digits.own)
        people = [number & who for number in numbers]
        self.everybody.add(at, [number >> own for number in people], people)
        for kind in () if self._split.tells_agency else kinds:
            self._note_agency(at, ways[kind].line, Digits.read(kind).party)
        return kinds

    def _left_out(self, at: int, kinds: set[int], numbers: list[int], plain: set[int]) -> set[int]:
        """Return which kinds of heads do not count at an event, and note how many there are."""
        out, event = {}, self._events[at]
        for kind in kinds:
            party, role, _, _ = Digits.read(kind)
            if why := self._why_not(at, party, role):
                out[kind] = why
            elif party not in self._all_staff:
                plain.add(kind)
        if out and not event.is_visit:
            upper = bits(self._digits.top)
            self.left_out.update(out[kind] for number in numbers if (kind := number >> upper) in out)
        return set(out)

    def _why_not(self, at: int, party: int, role: str) -> str:
        """Return why somebody is left out at an event, or nothing."""
        if party in self._staff[at]:
            return OWN_STAFF
        return "" if role in self._counting.roles else role

    def _note_agency(self, at: int, line: int, party: int) -> None:
        if agency := self._counting.parties[party].agency:
            for of_event in self._split.of_events[at]:
                self.agencies[line + of_event].add(agency)

    def _read_counts(self) -> None:
        rule = self._counting.rule(self._counting.measure)
        heads = head_counts(rule, self._counting.party(rule), self._evidenced)
        told, lines, parties = _Told(self), _Lines(self._split, self.shape), set[int]()
        for row in self._asked(range(len(self._events)), heads):
            at, kind, visit = row[0], row[1:4], self._events[row[0]].is_visit
            code, by_sex = told[row[4:]]
            if why := self._why_not(at, kind[0], kind[1]):
                self.left_out[why] += 0 if visit else Unnamed(*row[4:]).people or 0
                continue
            for sex, head in by_sex if self._split.by_sex else ((0, code),):
                line, further, low = lines[kind][sex]
                for place, here in self._here[at]:
                    self.parts[place + further].append(low + here if visit else low + here + head)
                if not visit and not self._split.tells_agency:
                    self._note_agency(at, line, kind[0])
            if not visit:
                self.all_counts.append(code + at)
                parties.add(kind[0])
        self._add_agencies(parties)

    def code(self, count: Unnamed) -> int:
        """Return the number of a head-count, but for its line and its event."""
        self.counts.append(count)
        return self.shape.counts + (len(self.counts) - 1) * self.shape.taking


class _Ways(dict[int, _Way]):
    """Where heads go by the upper digits of their numbers, of events at one place of the first dimension."""

    def __init__(self, crowd: Crowd, split: Split, place: int) -> None:
        self._crowd, self._split, self._place = crowd, split, place

    def __missing__(self, kind: int) -> _Way:
        party, role, modality, sex = Digits.read(kind)
        line = self._split.of_parties[party] + self._split.of_words(role, modality, sex)
        place, rest = divmod(line, self._split.first)
        shape = self._crowd.shape
        add = self._crowd.parts[self._place + place].append
        self[kind] = _Way(add, rest * shape.line + sex * shape.sex, line)
        return self[kind]

    def add_nobody(self, kinds: Iterable[int], here: int) -> None:
        """Put an event alone where its heads would be."""
        for kind in kinds:
            add, code, _ = self[kind]
            add(code - code % self._crowd.shape.line + here)


class _Lines(dict[tuple[int, str, str], list[tuple[int, int, int]]]):
    """What head-counts add to a line, by party, role and modality, for each sex.

    It is told at once, and apart for the place of the first dimension and for the number of a head.
    """

    def __init__(self, split: Split, shape: Shape) -> None:
        self._split, self._shape = split, shape

    def __missing__(self, kind: tuple[int, str, str]) -> list[tuple[int, int, int]]:
        party, role, modality = kind
        place, of_party, first = (
            PARTICIPATION_MODALITIES.index(modality),
            self._split.of_parties[party],
            self._split.first,
        )
        lines = [of_party + self._split.of_words(role, place, sex) for sex in range(UNKNOWN_SEX + 1)]
        self[kind] = [(line, line // first, line % first * self._shape.line) for line in lines]
        return self[kind]


class _Told(dict[tuple[Any, ...], tuple[int, list[tuple[int, int]]]]):
    """The number of each different head-count, and that of each sex of it with the place of that sex."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd

    def __missing__(self, told: tuple[Any, ...]) -> tuple[int, list[tuple[int, int]]]:
        count = Unnamed(*told)
        self[told] = self._crowd.code(count), [(sex, self._crowd.code(one)) for sex, one in count.by_sex()]
        return self[told]
