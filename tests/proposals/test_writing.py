from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proposals.making import AIRPORT, OFFICE, TODAY, draft, full, proposal, source

from eventrec.draft.evidence import Evidence
from eventrec.proposals import Source, of_draft, read_toml, to_toml

if TYPE_CHECKING:
    from eventrec.draft.proposal import Draft


def written(*drafts: Draft, text: str | None = None) -> str:
    return to_toml(proposal(*drafts), source() if text is None else source(text), TODAY)


def event(*drafts: Draft, text: str | None = None) -> dict[str, Any]:
    (found,) = tomllib.loads(written(*drafts, text=text))["event"]
    return dict(found)


def above(file: str, key: str) -> list[str]:
    """Return the comments right above a key."""
    lines = file.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(key))
    first = at
    while lines[first - 1].startswith("#"):
        first -= 1
    return lines[first:at]


def test_what_is_read_again_is_what_the_draft_says() -> None:
    made = proposal(full(), draft(title={"zh": "第二"}), url="https://example.org/news")
    assert read_toml(to_toml(made, source(), TODAY), "p.toml") == of_draft(made, source(), TODAY)


def test_the_file_begins_with_what_to_do() -> None:
    head = written().partition("[[event]]")[0]
    assert all(line.startswith("#") for line in head.splitlines() if line)
    assert "eventrec event add --from FILE" in head


def test_a_field_stands_under_the_words_that_it_was_read_from() -> None:
    assert above(written(), "date = ") == ["# read from: “17th October 2024” (characters 24–41): the date after ‘On’"]
    assert above(written(), "email = ")[-1].endswith("(characters 120–139): the address in brackets")


def test_a_question_stands_above_its_field_which_is_left_open() -> None:
    file = written(full(uncertain={"city": "Is it the city?", "title.zh": "Is it the title?"}))
    assert above(file, "city.en") == ["# ? Is it the city?"]
    assert above(file, "title.zh") == ["# ? Is it the title?"]
    assert tomllib.loads(file)["event"][0]["open"] == ["city", "title.zh"]


@pytest.mark.parametrize("field", ["starts_on", "ends_on", "partial_date"])
def test_an_uncertain_day_leaves_the_date_open_once(field: str) -> None:
    found = event(full(uncertain={field: "When?", "starts_on": "When?"}))
    assert found["open"] == ["date"]
    assert "status" not in found


def test_an_item_that_is_uncertain_is_open_as_a_whole_or_in_a_field() -> None:
    found = event(
        full(uncertain={"agencies[0]": "?", "agencies[1].count": "?", "visits[0]": "?", "contact.phone": "?"})
    )
    assert [each.get("open") for each in found["agency"]] == [True, ["count"]]
    assert (found["visit"][0]["open"], found["contact"]["open"]) == (True, ["phone"])


def test_a_question_about_a_whole_list_leaves_each_of_it_open() -> None:
    assert [each["open"] for each in event(full(uncertain={"agencies": "?"}))["agency"]] == [True, True]


def test_an_uncertain_donor_or_topic_is_asked_and_not_listed() -> None:
    file = written(full(donors=["EU", "UK"], topics=["a", "b"], uncertain={"donors[1]": "UK too?", "topics[0]": "a?"}))
    found = tomllib.loads(file)["event"][0]
    assert (found["project"]["donors"], found["topics"]) == (["EU"], ["b"])
    assert above(file, "donors") == ["# ? UK too?"]


def test_nothing_that_is_not_there_is_left_open() -> None:
    assert "open" not in event(full(venue={}, uncertain={"venue": "Where?"}))


def test_donors_without_a_project_stand_with_the_event() -> None:
    assert event(full(project=None))["donors"] == ["European Union"]


@pytest.mark.parametrize(
    ("partial", "shown"),
    [
        ("--09-08", "????-09-08"),
        ("--11-03/--11-04", "????-11-03..04"),
        ("--11-29/--12-02", "????-11-29..12-02"),
        ("--11-06/--11-06", "????-11-06"),
    ],
)
def test_a_missing_year_is_question_marks(partial: str, shown: str) -> None:
    assert event(full(starts_on=None, ends_on=None, partial_date=partial))["date"] == shown


def test_a_range_is_as_the_option_takes_it() -> None:
    assert event()["date"] == "2024-10-17..2024-10-18"


def test_what_is_missing_and_what_disagrees_stands_above_the_event() -> None:
    file = written(full(missing={"date": "a page stamp says 2016"}, disagreements=["33 here, 34 there"]))
    assert "# The languages disagree: 33 here, 34 there" in file
    assert "# missing: a page stamp says 2016" in file


def test_known_records_have_their_number_and_others_wait_for_a_word() -> None:
    known = replace(OFFICE, known=9)
    first, second = event(full(agencies=[known, OFFICE]))["agency"]
    assert (first["known"], "new" in first) == (9, False)
    assert second["new"] is False
    assert "# not in the book; true adds it" in written()


@pytest.mark.parametrize(
    ("text", "days", "status"),
    [
        ("The workshop was held.", "2024-10-17", "held"),
        ("研讨会在北京举行了。", "2025-12-31", "held"),
        ("The workshop takes place today.", "2026-01-01", None),
        ("The workshop took place today.", "2026-01-01", "held"),
        ("The workshop will be held in Beijing.", "2024-10-17", None),
        ("研讨会将于下周举行。", "2024-10-17", None),
        ("The workshop was held, and the next one will take place in May.", "2024-10-17", None),
        ("The workshop was held.", "2026-01-02", None),
    ],
)
def test_it_was_held_when_it_is_over_and_told_so(text: str, days: str, status: str | None) -> None:
    assert event(full(starts_on=days, ends_on=days), text=text).get("status") == status


def test_evidence_cannot_leave_its_comment() -> None:
    evil = Evidence('x”\n[[event]]\ntitle.en = "evil"\u2028[source]\x1b[31m', 1, 2, "a\nb\r[source]")
    found = tomllib.loads(written(full(evidence={"title": [evil]}, uncertain={"city": "really?\n[source]"})))
    assert len(found["event"]) == 1
    assert set(found) == {"event", "source"}


def test_long_evidence_is_shortened() -> None:
    file = written(full(evidence={"city": [Evidence("x" * 5000, 0, 5000, "why")] * 9}))
    assert max(map(len, file.splitlines())) < 400


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: text.strip()))
def test_any_text_comes_back_as_it_is_kept(text: str) -> None:
    kept = Source.of(text)
    if not kept.text.strip():
        return
    form = read_toml(to_toml(proposal(draft()), kept, TODAY), "p.toml")
    assert form.source == kept


@pytest.mark.parametrize(
    "text", ['ends in "', "ends in '''", "\"\"\" and \\ and '''", "blanks  \n\t\n x　", "\n\n x", "\\", '\\"']
)
def test_marks_and_blanks_of_a_text_survive_the_file(text: str) -> None:
    file = written(full(), text=text)
    assert tomllib.loads(file)["source"]["text"] == text
    stripped = "\n".join(line.rstrip() for line in file.splitlines())
    windows = stripped.replace("\n", "\r\n")
    assert read_toml(windows, "p.toml").source == source(text)


def test_control_characters_of_a_text_are_blanks_in_the_same_place() -> None:
    assert Source.of("a\r\nb\x00c\x85d").text == "a \nb c d"


def test_the_name_of_the_file_is_kept_without_its_place_and_an_odd_address_not_at_all() -> None:
    kept = Source.of("x", name="/home/li/news.txt", url="javascript:alert(1)")
    assert (kept.name, kept.url) == ("news.txt", None)


def test_the_address_that_the_text_says_is_kept_where_none_was_given() -> None:
    found = tomllib.loads(to_toml(proposal(url="https://example.org/news"), source(), TODAY))
    assert found["source"]["url"] == found["event"][0]["source_url"] == "https://example.org/news"


def test_an_airport_is_a_visit_with_who_showed_it() -> None:
    assert event(full(visits=[AIRPORT]))["visit"] == [
        {"title": {"en": "Example Airport", "zh": "示例机场"}, "facilitators": ["NEO"]}
    ]


def test_a_contact_about_whom_is_asked_is_nobody_new() -> None:
    asked = {"contact.known": "Is it contact 7, Anna Lopez, of the book?"}
    file = written(full(uncertain=asked))
    contact = tomllib.loads(file)["event"][0]["contact"]
    assert (contact["known"], contact["open"], "new" in contact) == (7, True, False)
    assert "known = 7 # if it is this person; if not, write new = true in its place" in file
    unknown = event(full(uncertain={"contact.known": "Is it somebody of the book?"}))["contact"]
    assert (unknown["new"], unknown["open"]) == (False, True)
    assert event(full())["contact"]["new"] is True
