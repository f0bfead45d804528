from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventrec.formats import vcard_plain
from eventrec.formats.content_lines import escape_text, is_plain
from eventrec.formats.vcard import Card, Point, written
from eventrec.formats.vcard_plain import filled, line_of, person_3, person_4, ways, work
from eventrec.formats.vcard_records import in_pairs, is_told_by_scripts, joined, taken_apart
from eventrec.localized import Localized

if TYPE_CHECKING:
    from eventrec.formats.vcard_records import PointKind, Version

UID = "0190d3a0-0000-7000-8000-000000000001"
WORDS = st.sampled_from(
    [
        "Anna",
        "Bakker",
        "Zoë",
        "O'Brien",
        "李娜",
        "翟",
        "Иван",
        "さくら",
        "3",
        "-",
        "a;b",
        "c,d",
        "e\\f",
        "\n",
        "Long" * 20,
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ANY = st.text(max_size=90) | LINES
NAMES = st.dictionaries(st.sampled_from(["en", "zh", "fr", "ru"]), LINES | ANY.filter(bool), min_size=1, max_size=3)
KINDS = st.sampled_from(["email", "phone", "mobile", "address", "url", "wechat"])
POINTS = st.lists(
    st.tuples(KINDS, st.sampled_from(["", "work", "home", "fax", "assistant"]), LINES | st.just("a@example.org")),
    max_size=3,
)


def plainly(card: Card, version: Version, main: str) -> str | None:
    """Return a card as it is written at one go, where it is."""
    kinds: list[tuple[PointKind, str]] = [(point.kind, point.label) for point in card.points]
    shape = ways(kinds, version)
    values = [point.value for point in card.points]
    lines = None if shape is None else filled(shape, values)
    if lines is None:
        return None
    working = work(in_pairs(card.organization), card.unit, in_pairs(card.position), version, main)
    write = person_3 if version == "3.0" else person_4
    return write(
        card.uid, Localized(card.name).to_json(), card.honorific, working, lines, "".join(values),
        line_of(tuple(card.categories)), card.sort_key, card.note, card.revised_at, main, card.sex,
        tuple(card.languages),
    )  # fmt: skip


@given(
    name=NAMES, organization=NAMES | st.just({}), position=NAMES | st.just({}), points=POINTS,
    texts=st.tuples(LINES, ANY, ANY, ANY), sex=st.sampled_from(["female", "other", "not-stated"]),
    words=st.lists(ANY.filter(bool), max_size=2), main=st.sampled_from(["en", "zh", "fr"]),
)  # fmt: skip
@settings(max_examples=150)
def test_a_card_written_at_one_go_is_the_card(name, organization, position, points, texts, sex, words, main) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    honorific, unit, note, sort_key = texts
    made = [Point(kind, value, label) for kind, label, value in points]
    for uid in (UID, "ABC:Person", note):
        card = Card(
            uid, name, honorific=honorific, organization=organization, unit=unit, position=position, points=made,
            note=note, sex=sex, categories=words, languages=["en"], sort_key=sort_key,
            revised_at="2025-01-02T03:04:05Z",
        )  # fmt: skip
        assert plainly(card, "3.0", main) in (None, written(card, "3.0", main))
        assert plainly(card, "4.0", main) in (None, written(card, "4.0", main))


@pytest.mark.parametrize("name", [{"en": "Anna Bakker", "zh": "李娜"}, {"zh": "李娜"}, {"en": "Zoë O'Brien"}])
@pytest.mark.parametrize("main", ["en", "zh"])
def test_what_most_cards_are_is_written_at_one_go(name: dict[str, str], main: str) -> None:
    reached = (Point("email", "anna@example.org"), Point("mobile", "+8613912345678"))
    card = Card(UID, name, points=reached, note="a; b", sort_key="anna", revised_at="2025-01-02T03:04:05Z")
    assert plainly(card, "3.0", main) == written(card, "3.0", main)
    assert plainly(card, "4.0", main) == written(card, "4.0", main)


@given(NAMES, st.booleans(), st.sampled_from(["en", "zh"]))
@example({"en": "Anna", "zh": "李娜"}, True, "zh")
@example({"en": "3 Anna", "zh": "李娜"}, True, "zh")
@example({"en": " Anna", "zh": "李娜"}, True, "zh")
def test_what_the_scripts_tell_is_what_a_reader_takes_apart(name: dict[str, str], person: bool, main: str) -> None:
    values = tuple(name.items())
    printed = joined(values, main, " " if person else " / ")
    assert is_told_by_scripts(values, printed, person=person) == (taken_apart(printed, person=person) == name)


@given(st.text(max_size=60))
@example("a;b")
@example("a,b")
@example("a\\b")
@example("a\u2028b")
@example("a\x7fb")
@example("a\ud800b")
def test_a_plain_text_is_escaped_as_it_is(text: str) -> None:
    slowly = escape_text(text + ";").removesuffix("\\;")
    assert escape_text(text) == slowly
    assert not is_plain(text) or text == slowly


@pytest.mark.parametrize(
    "text", ["A", "Zoë", "O'Brien-Ÿ", "A\u00a0B", "A\u00adB", "A\x7fB", "A;B", "A,B", "AͰ", "×B", "李A"]
)
def test_a_name_that_is_seen_at_one_go_is_plain_and_told_by_its_scripts(text: str) -> None:
    for name in ({"en": text}, {"zh": text}, {"en": text, "zh": "李娜"}, {"en": "Anna", "zh": text}):
        card = Card(UID, name, revised_at="2025-01-02T03:04:05Z")
        assert plainly(card, "3.0", "en") in (None, written(card, "3.0", "en"))


def test_every_character_that_a_name_seen_at_one_go_may_have_is_plain() -> None:
    told = vcard_plain._TOLD.fullmatch
    found = [character for character in map(chr, range(0x3000)) if told(f'{{"en":"A{character}"}}')]
    assert len(found) > 500
    assert is_plain("".join(found))
    assert max(found) < "\u0370"
