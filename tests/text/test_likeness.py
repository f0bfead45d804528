from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from eventrec.text.likeness import LIKELY, Organisation, Person, agencies, keys, people
from eventrec.text.likeness.people import _nearly
from eventrec.text.likeness.spelling import Spelled


def person(*names: str, **more: Any) -> Person:
    return Person({str(at): name for at, name in enumerate(names)}, **more)


def organisation(*names: str, **more: Any) -> Organisation:
    return Organisation({str(at): name for at, name in enumerate(names)}, **more)


ALIKE = [
    ("LI Na", "李娜", "李娜 reads LI Na"),
    ("Na LI", "李娜", "李娜 reads Na LI"),
    ("Lina", "李娜", "李娜 reads Lina"),
    ("ZHAI Anrui", "翟安瑞", "翟安瑞 reads ZHAI Anrui"),
    ("SHAN Lei", "单磊", "单磊 reads SHAN Lei"),
    ("ZENG Qiang", "曾强", "曾强 reads ZENG Qiang"),
    ("Ouyang Xiaoming", "欧阳晓明", "欧阳晓明 reads Ouyang Xiaoming"),
    ("LYU Bu", "吕布", "吕布 reads LYU Bu"),
    ("Andrei Zaitsev", "Zaitsev, Andrei", "the same words in another order"),
    ("A. Zaitsev", "Andrei Zaitsev", "an initial for a name"),
    ("Dr. María García", "Maria Garcia", "same name"),
    ("Jean Dupont", "Jean Dupond", "one letter differs"),
    ("Li Na", "LiNa", "the same letters, spaced otherwise"),
    ("Maria Garcia Lopez", "Maria Garcia", "a part of the name is left out"),
    ("李娜", "李纳", "李娜 and 李纳 sound alike"),
    ("李娜女士", "李娜", "same name"),
]


@pytest.mark.parametrize(("one", "other", "reason"), ALIKE)
def test_names_that_may_be_one(one: str, other: str, reason: str) -> None:
    for a, b in ((one, other), (other, one)):
        found = people(person(a), person(b))
        assert found is not None
        assert found.score >= LIKELY
    assert reason in (people(person(one), person(other)) or found).reasons


@pytest.mark.parametrize(("one", "other", "_"), ALIKE)
def test_who_may_be_one_shares_a_key(one: str, other: str, _: str) -> None:
    assert keys(person(one)) & keys(person(other))


@pytest.mark.parametrize(
    ("one", "other"), [("LI Na", "LI Wei"), ("李娜", "王娜"), ("LI Na", "王伟"), ("Ana Li", "Bo Li"), ("Jan", "Jon")]
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert people(person(one), person(other)) is None


def test_a_name_alone_scores_less_than_with_the_agency() -> None:
    alone, together = (people(person("LI Na", agency=a), person("Li Na", agency=b)) for a, b in ((None, 1), (1, 1)))
    assert alone is not None
    assert together is not None
    assert (alone.score, together.score) == (80, 100)


def test_the_same_name_elsewhere_is_barely_worth_a_look_and_a_typo_is_not() -> None:
    same = people(person("LI Na", agency=1), person("Li Na", agency=2))
    assert same is not None
    assert same.reasons == ("same name", "another agency")
    assert people(person("Jean Dupont", agency=1), person("Jean Dupond", agency=2)) is None


def test_one_e_mail_of_two_names_may_be_a_shared_mailbox() -> None:
    mail = frozenset({"office@example.org"})
    found = people(person("LI Na", emails=mail), person("Wang Wei", emails=mail))
    assert found is not None
    assert (found.score, found.reasons) == (70, ("same e-mail, different names",))


def test_another_chinese_name_weighs_against_the_same_pinyin() -> None:
    assert people(person("LI Na", "李娜"), person("LI Na", "李强")) is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared_both_ways(one: str, other: str) -> None:
    here, there = people(person(one), person(other)), people(person(other), person(one))
    assert (here and here.score) == (there and there.score)
    assert here is None or LIKELY <= here.score <= 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NIA", "National Immigration Administration"),
        ("国家移民管理局", "移民管理局"),
        ("Ministry of Foreign Affairs", "Ministry of Foreign Affair"),
        ("Ministry of the Interior of France", "Ministry of Interior, France"),
        ("National Imigration Administration", "National Immigration Administration"),
    ],
)
def test_agencies_that_may_be_one(one: str, other: str) -> None:
    assert agencies(organisation(one), organisation(other)) is not None
    assert agencies(organisation(other), organisation(one)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("European Union", "Delegation of the European Union to China"),
        ("Embassy of France", "Embassy of Greece"),
        ("Ministry of Interior", "Ministry of Justice"),
        ("Agency 1", "Agency 2"),
        ("外交部", "公安部"),
    ],
)
def test_agencies_that_are_two(one: str, other: str) -> None:
    assert agencies(organisation(one), organisation(other)) is None


def test_a_part_is_not_its_whole_and_countries_keep_apart() -> None:
    whole, part = organisation("Border Office", id=1), organisation("Border Office", id=2, parent=1)
    assert agencies(whole, part) is None
    assert agencies(organisation("Border Office", country="FR"), organisation("Border Office", country="DE")) is None


def _nearly_at_length(one: Spelled, other: Spelled) -> int:
    """The score of two names whose slips are counted whatever they look like."""
    distance = DamerauLevenshtein.distance(one.ordered, other.ordered)
    if distance <= 2 and min(len(one.joined), len(other.joined)) >= 4 + 3 * distance:
        return 80 if distance == 1 else 76
    ratio = fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words))
    return int(ratio) - 15 if ratio >= 90 and len(one.joined) > 8 else 0


NAMES = st.text("abc ", min_size=7, max_size=13) | st.text("abcdefgh ", min_size=9, max_size=30)
SLIPS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["", "x", "yx", " "])), max_size=4)


@given(NAMES, SLIPS)
@example("abcdefg", [(0, "x")])
@example("abcdefghij", [(0, "x"), (5, "x")])
@example("abcde fghij", [(4, "yx"), (9, "")])
def test_no_slip_is_overlooked_at_the_first_look(name: str, slips: list[tuple[int, str]]) -> None:
    wrong = name
    for at, letters in slips:
        wrong = wrong[:at] + letters + wrong[at + 1 :]
    one, other = Spelled(name), Spelled(wrong)
    if one.ordered != other.ordered:  # else they are the same, and nobody counts
        assert _nearly(one, other)[0] == _nearly_at_length(one, other)


def test_slips_are_counted_only_in_names_that_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    monkeypatch.setattr(DamerauLevenshtein, "distance", lambda *names, **_: counted.append(names) or 0)
    people(person("Alexandra Maria Papadopoulou"), person("Konstantin Maria Zaitsev-Dupon"))
    people(person("Jean Dupont"), person("Jean Dupond"))
    assert counted == [("dupont jean", "dupond jean")]
