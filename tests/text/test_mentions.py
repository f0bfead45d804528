from __future__ import annotations

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
    assert octets == [b'LI "Lily" Na', b'LI \\"Lily\\" Na']


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_whatever_is_taken_out_is_gone(name: str, around: str) -> None:
    mentions = Mentions(names=(name,), others=(name,))
    assert not mentions.in_text(mentions.without(f"{around} {name} {around}").replace(ERASED, "\0"))
