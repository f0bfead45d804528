"""Everybody whom a question is about, read from the book in one pass and told apart by line of the report."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from eventrec.reports.digits import LARGEST, OF_SEX, OF_WORDS, WORDS, Digits, bits, place
from eventrec.reports.everybody import Everybody
from eventrec.reports.heads import head_counts
from eventrec.reports.unnamed import Different, Unnamed
from eventrec.views.dialect import quoted, render
from eventrec.vocabulary import EVIDENCE_SOURCES, PARTICIPATION_MODALITIES, SEXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from eventrec.reports.counting import Counting
    from eventrec.reports.digits import Numbers
    from eventrec.reports.split import Split
    from eventrec.reports.taking import Takings
    from eventrec.views.where import Where

OWN_STAFF: Final = "own staff"


class Shape:
    """How a head is one number: line, person, sex, own days and event, from the highest digit on.

    Own days and event are the taking that `Takings` reads. Of a head-count all between line and event is its number in
    `Crowd.different`, and 0 where nobody is in the line, but the event alone.
    """

    def __init__(self, digits: Digits, takings: Takings) -> None:
        self.events = takings.events
        self.taking = digits.own * self.events
        self.person = OF_SEX * self.taking
        self.line = digits.low * self.events


class Crowd:
    """All heads that count, by line, and how many people were left out."""

    def __init__(self, counting: Counting, split: Split, takings: Takings, *, evidence: bool) -> None:
        self._counting, self._split = counting, split
        self._events = list(counting.events.values())
        self._evidenced = f"CASE WHEN taken.source IN ({quoted(EVIDENCE_SOURCES)}) THEN 1 ELSE 0 END"
        if not evidence:
            self._evidenced = "0"
        self._digits = Digits(counting.highest, takings.longest, max(map(abs, counting.parties)))
        self.shape = Shape(self._digits, takings)
        self.everybody = Everybody(self.shape, takings)
        """Those who have a name."""
        self.named: dict[int, Numbers] = defaultdict(self._heads)
        """The heads that have a name, by the place of the first dimension; their lines are without it."""
        self.others: dict[int, Numbers] = defaultdict(self._heads)
        """The head-counts likewise, and the events without anybody."""
        self.different = Different()
        """The different head-counts."""
        self.all_counts: list[int] = []
        """All head-counts as if there was one line."""
        self._parties: dict[int, set[int]] = defaultdict(set)
        """By line the parties in it, unless the line tells how many agencies they are."""
        self._all_parties: set[int] = set()
        """The parties in any line."""
        self.left_out: Counter[str] = Counter()
        """How many people were left out, by role or as own staff."""
        staff = {event.project_ids: counting.staff(event.project_ids) for event in self._events}
        self._staff = [staff[event.project_ids] for event in self._events]
        width = self.shape.line
        self._here = [[line * width + at for line in lines] for at, lines in enumerate(split.of_events)]
        """What each event adds to heads in it: one number, or one for each of its projects."""
        self._of_party = {party: line * width for party, line in split.of_parties.items()}
        """What each party adds to heads."""
        self._of_word = {word: split.of_words(*words) * width for word, words in WORDS.items()}
        """What the words of a named person add to heads."""
        self._counted = {word for word, (role, _, _) in WORDS.items() if role in counting.roles}
        """The words of those who count, unless they are own staff."""

    def _heads(self) -> Numbers:
        return array("q") if self._split.first * self.shape.line <= LARGEST else []

    def read(self) -> None:
        """Read everybody from the book."""
        if self._split.of_event_alone:
            for here in self._here:
                self._put(self.others, here)
        self._read_named()
        self._read_counts()

    def agencies(self, lines: Iterable[int]) -> list[int]:
        """Return how many different agencies are in each line."""
        if self._split.tells_agency:
            return self._split.agencies(lines)
        return [self._agencies(self._parties.get(line, ())) for line in lines]

    def all_agencies(self) -> int:
        """Return how many different agencies are in any line."""
        return self._agencies(self._all_parties)

    def _agencies(self, parties: Iterable[int]) -> int:
        return len({self._counting.parties[party].agency for party in parties} - {0})

    def _put(self, where: dict[int, Numbers], heads: Iterable[int]) -> None:
        width = self._split.first * self.shape.line
        first, rest = bits(width), width - 1
        for head in heads:
            where[head >> first].append(head & rest)

    def _read_named(self) -> None:
        own, person = self._digits.person, self._digits.people - 1
        people, twice = set[int](), []
        numbers = dict(self._named(range(len(self._events)), alone=False))
        for at, them in numbers.items():
            who = {one >> own & person for one in them}
            people |= who
            if len(who) < len(them):
                twice.append(at)
        numbers |= self._named(twice, alone=True) if twice else ()
        sexes = self._sexes(people)
        for at in sorted(numbers):
            self._take(at, [one + sexes[one >> own & person] for one in numbers.pop(at)])

    def _named(self, places: Collection[int], *, alone: bool) -> Iterator[tuple[int, Numbers]]:
        """Yield the place of each event with the numbers of its named people; alone, each person once."""
        rule = self._counting.rule(self._counting.measure)
        told = self._digits.sql(self._counting.party(rule), self._evidenced)
        for at, numbers in self._asked(places, rule.by_event("contact_id", told, alone=alone)):
            if numbers:
                yield at, self._digits.numbers(numbers)

    def _sexes(self, people: Iterable[int]) -> dict[int, int]:
        """Return what the sex of people adds to their numbers.

        It is no part of the question for these: one look-up for each row takes longer than all the rest of it.
        """
        sexes = dict.fromkeys(people, SEXES.index("not-stated") * self._digits.sex)
        sql = render(
            f"""WITH chosen AS MATERIALIZED ({{listed :chosen id}})
            SELECT {{joined contact.id || ',' || {place("contact.sex", SEXES)}}}
            FROM contact WHERE contact.id IN (SELECT chosen.id FROM chosen)""",  # noqa: S608
            self._counting.reader.dialect,
        )
        ((told,),) = self._counting.reader.rows(sql, {"chosen": json.dumps([[person] for person in sexes])})
        found = json.loads(f"[{told or ''}]")
        for person, sex in zip(found[::2], found[1::2], strict=True):
            sexes[person] = sex * self._digits.sex
        return sexes

    def _asked(self, places: Collection[int], heads: Where) -> Iterator[tuple[Any, ...]]:
        counting = self._counting
        tables = counting.tables(counting.rule(counting.measure), places)
        sql = render(f"{tables.sql} {heads.sql}", counting.reader.dialect)
        for rows in counting.reader.batches(sql, {**tables.params, **heads.params}):
            yield from rows

    def _take(self, at: int, numbers: list[int]) -> None:
        """Put the named people of an event where they count."""
        party, words, word = self._digits.party, self._digits.words, OF_WORDS - 1
        staff, roles, is_visit = self._staff[at], self._counted, self._events[at].is_visit
        counted = [one for one in numbers if one >> party not in staff and one >> words & word in roles]
        if len(counted) < len(numbers) and not is_visit:
            self._leave_out(at, set(numbers).difference(counted))
        of_party, of_word = self._of_party, self._of_word
        lines = [of_party[one >> party] + of_word[one >> words & word] for one in counted]
        if is_visit:
            for here in self._here[at]:
                self._put(self.others, {line + here for line in lines})
            return
        people, events = self._digits.low - 1, bits(self.shape.events)
        lows = [one & people for one in counted]
        self.everybody.add(at, lows)
        parties = [one >> party for one in counted]
        self._all_parties.update(parties)
        for here in self._here[at]:
            self._put(self.named, [line + (low << events) + here for line, low in zip(lines, lows, strict=True)])
            if not self._split.tells_agency:
                self._note_parties([line + here for line in lines], parties)

    def _note_parties(self, heads: Iterable[int], parties: Iterable[int]) -> None:
        line = bits(self.shape.line)
        for head, party in zip(heads, parties, strict=True):
            self._parties[head >> line].add(party)

    def _leave_out(self, at: int, numbers: Iterable[int]) -> None:
        for number in numbers:
            role, _, _ = WORDS[number >> self._digits.words & (OF_WORDS - 1)]
            self.left_out[self._why_not(at, number >> self._digits.party, role)] += 1

    def _why_not(self, at: int, party: int, role: str) -> str:
        """Return why somebody is left out at an event, or nothing."""
        if party in self._staff[at]:
            return OWN_STAFF
        return "" if role in self._counting.roles else role

    def _read_counts(self) -> None:
        rule = self._counting.rule(self._counting.measure)
        told = _Told(self, self._split)
        for person in self._counting.unnamed:
            counts = head_counts(rule, person, self._counting.party(rule), self._evidenced)
            for row in self._asked(range(len(self._events)), counts):
                self._take_count(row[0], row[1], row[2], *told[row[2:]])

    def _take_count(self, at: int, party: int, role: str, number: int, heads: Sequence[int]) -> None:
        """Put a head-count where it counts: its heads are one, or one for each sex."""
        is_visit, events = self._events[at].is_visit, self.shape.events
        if why := self._why_not(at, party, role):
            self.left_out[why] += 0 if is_visit else self.different.counts[number].people or 0
            return
        if is_visit:
            heads = [head - head % self.shape.line for head in heads]
        else:
            self.all_counts.append(number * events + at)
            self._all_parties.add(party)
        for here in self._here[at]:
            added = self._of_party[party] + here
            self._put(self.others, [head + added for head in heads])
            if not (is_visit or self._split.tells_agency):
                self._note_parties([head + added for head in heads], [party] * len(heads))


class _Told(dict[tuple[Any, ...], tuple[int, list[int]]]):
    """The number of a head-count, and its heads but for party and event, by role, modality and the other columns.

    Of a question by sex there is a head for each sex that it has people of.
    """

    def __init__(self, crowd: Crowd, split: Split) -> None:
        self._crowd, self._split = crowd, split

    def __missing__(self, told: tuple[Any, ...]) -> tuple[int, list[int]]:
        role, modality, *columns = told
        count, different, shape = Unnamed(*columns), self._crowd.different, self._crowd.shape
        place = PARTICIPATION_MODALITIES.index(modality)
        self[told] = (
            different.number(count),
            [
                self._split.of_words(role, place, sex) * shape.line + different.number(one) * shape.events
                for sex, one in (count.by_sex() if self._split.by_sex else [(0, count)])
            ],
        )
        return self[told]
