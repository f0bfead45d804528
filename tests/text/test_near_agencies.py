from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.text.likeness import Organisation, agencies
from eventrec.text.likeness.near_agencies import NearAgencies

WORDS = (
    "Ministry", "of", "the", "Interior", "National", "Immigration", "Imigration", "Immigrations", "Administration",
    "NIA", "N.I.A.", "Border", "Office", "1", "2", "12", "France", "Agency", "Agencies", "and", "Affairs", "Affair",
    "é", "-",
)  # fmt: skip
CHINESE = (
    "国家移民管理局",
    "移民管理局",
    "国家移民管理所",
    "国家移民管局",
    "外交部",
    "公安部",
    "流动部2",
    "NIA 国家移民管理局",
    "北京国家移民管理局",
)
NAMES = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
    | st.sampled_from(CHINESE)
    | st.text(max_size=12)
)
AGENCIES = st.builds(
    Organisation,
    names=st.dictionaries(st.sampled_from(["en", "zh"]), NAMES, min_size=1),
    code=st.none() | st.sampled_from(["NIA", "MOI", "A-1"]),
    aliases=st.lists(NAMES, max_size=1).map(tuple),
    country=st.sampled_from([None, None, "FR"]),
)


@given(st.lists(AGENCIES, min_size=2, max_size=12))
@settings(max_examples=100)
def test_whoever_is_likely_is_near(known: list[Organisation]) -> None:
    index = NearAgencies()
    for number, agency in enumerate(known):
        index.add(number, agency)
    for agency in known:
        likely = {number for number, other in enumerate(known) if agencies(agency, other) is not None}
        assert likely <= index.near(agency)


@pytest.mark.parametrize("letters", range(8))
def test_a_name_with_slips_is_near_as_long_as_it_is_likely(letters: int) -> None:
    chance = random.Random(letters)  # noqa: S311 (the same slips every time)
    name = "delegation of the european union for the further development of provincial migration management"
    for _ in range(50):
        slipped = list(name)
        for _ in range(letters):
            slipped[chance.randrange(len(slipped))] = chance.choice(["", "x", "ab", " "])
        one, other = Organisation({"en": name}), Organisation({"en": "".join(slipped)})
        index = NearAgencies()
        index.add(1, other)
        assert agencies(one, other) is None or index.near(one) == {1}


def test_few_of_many_are_near() -> None:
    index = NearAgencies()
    known = [Organisation({"en": f"Institute of {word} Studies"}) for word in _many_words()]
    for number, agency in enumerate(known):
        index.add(number, agency)
    assert sum(len(index.near(agency)) for agency in known) < 3 * len(known)


def _many_words() -> list[str]:
    chance = random.Random(1)  # noqa: S311 (the same words every time)
    return ["".join(chance.choices("abcdefghijklmnop", k=9)) for _ in range(300)]
