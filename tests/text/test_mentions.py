from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.text.mentions import ERASED, Mentions

PERSON = Mentions(
    names=("LI Na", "李娜", "Anne-Marie O'Brien"),
    emails=("li.na@example.org",),
    phones=("+8613800001234", "+861065321234;ext=12"),
    others=("lina_1980", "1 Example Road, Beijing"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Opened by Li Na.",
        "opened by NA  LI",
        "(Li, Na)",
        "Li\nNa",
        "主持人李娜",
        "李 娜",
        "anne-marie o'brien and others",
        "mailto:Li.Na@Example.org",
        "<li.na@example.org>",
        "call 138-0000-1234",
        "+86 138 0000 1234",
        "0086 13800001234",
        "(010) 6532 1234",
        "WeChat: lina_1980",
        "1 example road,  beijing",
    ],
)
def test_a_person_is_found_in_any_usual_spelling(text: str) -> None:
    assert PERSON.in_text(text)
    assert not PERSON.in_text(PERSON.without(text))
    assert ERASED in PERSON.without(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lina", "Elina", "Li Nam", "Beli Na", "李", "lili.na@example.org",
        "113800001234", "1380000123", "lina_19801", "",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_not_found(text: str) -> None:
    assert not PERSON.in_text(text)


def test_an_address_is_no_part_of_another_one() -> None:
    assert not Mentions(emails=("na@example.org",)).in_text("li.na@example.org na@example.organisation")


def test_a_name_too_short_is_not_looked_for() -> None:
    assert not Mentions(names=("Li", "李", "A B")).in_text("Li A B 李")


def test_nobody_is_in_no_text() -> None:
    assert Mentions().without("Anything") == "Anything"


def test_values_of_json_are_searched_and_keep_their_keys() -> None:
    value = {"en": "LI Na spoke", "list": [1, None, "李娜"], "LI Na": True}
    assert PERSON.in_value(value)
    assert PERSON.out_of(value) == {"en": f"{ERASED} spoke", "list": [1, None, ERASED], "LI Na": True}


def test_files_are_searched_for_everything_as_it_is_kept_and_as_json_writes_it() -> None:
    octets = Mentions(names=('LI "Lily" Na', "李")).octets()
    assert octets == [b'LI "Lily" Na', b'li "lily" na', b'LI \\"Lily\\" Na', b'li \\"lily\\" na']


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_whatever_is_taken_out_is_gone(name: str, around: str) -> None:
    mentions = Mentions(names=(name,), others=(name,))
    assert not mentions.in_text(mentions.without(f"{around} {name} {around}").replace(ERASED, "\0"))


_WORDS = st.text(st.sampled_from("aBé李娜 .,-·_'@1ß"), min_size=1, max_size=8)
_NUMBERS = st.text(st.sampled_from("0123 ()-./+"), min_size=1, max_size=14)


@given(
    names=st.lists(_WORDS, max_size=3),
    emails=st.lists(st.tuples(_WORDS, _WORDS).map("@".join), max_size=2),
    phones=st.lists(st.sampled_from(["+86138000123", "+3222991111", "+14155550100;ext=3"]), max_size=2),
    others=st.lists(_WORDS, max_size=2),
    around=st.lists(st.one_of(_WORDS, _NUMBERS), max_size=4),
    between=st.sampled_from(["", " ", ", ", "·", "x"]),
)
def test_what_is_tried_by_its_rarest_word_is_found_as_if_all_were_tried(
    names: list[str], emails: list[str], phones: list[str], others: list[str], around: list[str], between: str
) -> None:
    mentions = Mentions(tuple(names), tuple(emails), tuple(phones), tuple(others))
    patterns = mentions._index._patterns
    every = re.compile("|".join(f"(?:{each})" for each in patterns) or "(?!)", re.IGNORECASE)
    for parts in (around, [*around, *names], [*emails, *around], [*phones, *others], [each[1:] for each in phones]):
        text = between.join(parts)
        assert mentions.in_text(text) == bool(every.search(text))
