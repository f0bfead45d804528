from __future__ import annotations

import tracemalloc
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.text.likeness import Person, keys, people
from eventrec.text.likeness.pairs import People, worth_comparing
from eventrec.text.likeness.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORDS = (
    "Li", "Na", "Lina", "Andrei", "Zaitsev", "Zaitsef", "A.", "Jean", "Dupont", "Dupond", "María", "Maria", "Dr.",
    "Lyu", "Lv", "Bu", "Anrui", "Zhai", "Wei", "Wang", "Konstantinopolskaya-Alexandropoulou",
    "Konstantinopolskaia-Alexandropoulo",
)  # fmt: skip
CHINESE = (
    "李娜",
    "李纳",
    "李娜女士",
    "翟安瑞",
    "翟安端",
    "安瑞",
    "吕布",
    "王伟",
    "王维",
    "李",
    "李小娜",
    "李娜 Na",
    "大李小娜",
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join) | st.sampled_from(CHINESE)
PEOPLE = st.builds(
    Person,
    names=st.dictionaries(st.sampled_from(["en", "zh"]), NAMES, min_size=1),
    aliases=st.lists(NAMES, max_size=1).map(tuple),
    emails=st.frozensets(st.sampled_from(["a@example.org", "A@example.org", "b@example.org"]), max_size=1),
    phones=st.frozensets(st.sampled_from(["+1", "+2"]), max_size=1),
    agency=st.sampled_from([None, 1, 2, 3]),
)


def packed(known: Iterable[tuple[int, Person]]) -> People:
    people = People()
    for number, person in known:
        people[number] = person
    return people


@given(st.lists(PEOPLE, min_size=2, max_size=25))
@settings(max_examples=150)
def test_every_likely_pair_is_compared(known: list[Person]) -> None:
    by_number = dict(enumerate(known))
    pairs = worth_comparing(list(by_number), packed(by_number.items()))
    likely = {pair for pair in combinations(by_number, 2) if people(known[pair[0]], known[pair[1]]) is not None}
    assert likely <= pairs
    assert all(one < other for one, other in pairs)


@given(st.lists(PEOPLE, min_size=2, max_size=6))
def test_a_glance_never_hides_a_likely_pair(known: list[Person]) -> None:
    for one, other in combinations(known, 2):
        alone = [Person(each.names, each.aliases, agency=each.agency) for each in (one, other)]
        shared = [
            Person(each.names, each.aliases, phones=frozenset({"+9"}), agency=each.agency) for each in (one, other)
        ]
        fully = people(*shared)  # who shares a number is compared in full
        assert fully is not None or people(*alone) is None


def test_names_that_are_nearly_the_same_share_what_is_strong_in_them() -> None:
    for one, other in (("李娜", "Na Li"), ("李娜", "Lina"), ("欧阳晓明", "Xiaoming Ouyang"), ("Li Na", "Na Li")):
        assert spelled(one).strong & spelled(other).strong


def test_of_a_crowd_of_strangers_hardly_any_are_compared() -> None:
    crowd = {
        at: Person({"en": "Anna Bakker", "zh": f"{chr(0x4E00 + at)}{chr(0x5E00 + at)}"}, agency=at) for at in range(150)
    }
    assert all(keys(person) & keys(crowd[0]) for person in crowd.values())
    assert len(worth_comparing(list(crowd), packed(crowd.items()))) < 500


@given(PEOPLE)
def test_somebody_who_was_packed_is_who_it_was(person: Person) -> None:
    again = Person.unpack(person.pack())
    assert again == person
    assert keys(again) == keys(person)
    for part in ("strong", "sounds", "has_long_name"):
        assert vars(again)[part] == getattr(person, part)  # without finding it out again


def test_somebody_who_waits_to_be_compared_takes_little_memory() -> None:
    def crowd() -> Iterator[tuple[int, Person]]:
        for at in range(500):
            names = {"en": f"Anna Bakker {at:b}", "zh": f"{chr(0x4E00 + at)}{chr(0x5E00 + at)}"}
            yield at, Person(names, (), frozenset({f"p{at}@example.org"}), frozenset({f"+86 10 {at}"}), at)

    packed(crowd())  # fills what is remembered of names
    tracemalloc.start()
    everybody = packed(crowd())
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert everybody[499].agency == 499
    assert taken / 500 < 700
