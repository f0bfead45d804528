from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proposals.making import TODAY, full, proposal, source

from eventrec.errors import Rejected
from eventrec.proposals import read_toml, to_toml

EVENT = '[[event]]\ntitle = "Workshop"\n'


def refused(text: str) -> str:
    with pytest.raises(Rejected) as told:
        read_toml(text, "p.toml")
    assert told.value.hint
    return told.value.message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('colour = "red"', "line 3 (event 1): “colour” is not known here."),
        ('kind = "party"', "line 3 (event 1): kind: “party” is none of: workshop, "),
        ("date = 5", "date is a text in quotation marks, not 5."),
        ('participants = "33"', 'participants is a whole number from 0 to 1,000,000, not "33".'),
        ("participants = -1", "not -1."),
        ("participants = true", "not true."),
        ("participants = 1e9", "not 1000000000.0."),
        ('about = "yes"', 'about is true or false, without quotation marks, not "yes".'),
        ('topics = "returns"', "topics is a list of texts"),
        ("topics = [1]", "topics is a text in quotation marks, not 1."),
        ("city = {}", "city is a text, or one for each language"),
        ('city.english = "x"', "“english” is no language tag."),
        ('city = ""', "The city is empty."),
        ('venue.en = "a\\u0007b"', "The venue holds the control character U+0007 at position 2."),
        ('date = "????-11-03..04"', "“????-11-03..04” does not say its year."),
        ('date = "--11-03"', "does not say its year."),
        ('open = "city"', "open is a list of fields"),
        ('open = ["ctiy"]', "open names “ctiy”, which is no field."),
        ('open = ["kind.en"]', "open names “kind.en”, which is no field."),
        ('open = ["title"]', "the title is open."),
        ("open = true", "the title is open."),
        ("date = [1]", "date is a text in quotation marks, not a list."),
        ("kind = {a = 1}", "kind: a table is none of: workshop, "),
        ("kind = 5", "kind: 5 is none of: workshop, "),
        ("participants = 2024-10-17", "not 2024-10-17."),
        ("agency = 1", "agency is written as [[event.agency]]"),
        ("project = 1", "project is written as [event.project]"),
    ],
)
def test_a_wrong_line_is_refused_by_file_line_and_key(line: str, message: str) -> None:
    told = refused(f"{EVENT}{line}\n")
    assert (
        told.startswith("p.toml, line 3 (event 1): ") or "title" in line or 'open = ["title"]' in line or "true" in line
    )
    assert message in told


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[event.project]\nphase = \"III\"", "(project of event 1): has no name."),
        ("[[event.agency]]\nname = \"A\"\nrole = \"boss\"", "line 5 (agency 1 of event 1): role: “boss” is none of:"),
        ("[[event.agency]]\nname = \"A\"\n[[event.agency]]\nname = \"B\"\nknown = 1.5",
         "line 7 (agency 2 of event 1): known is a number of the book"),
        ("[[event.visit]]\nfacilitators = []", "line 3 (site visit 1 of event 1): has no title."),
        ("[[event.visit]]\ntitle = \"A\"\nkind = \"workshop\"", "“kind” is not known here."),
        ("[event.contact]\nname = \"A\"\nphone = 5", "line 5 (contact of event 1): phone is a text"),
        ("[event.contact.name]\nen = \"A\"\n[event.contact.wife]\nen = \"A\"", "“wife” is not known here."),
        ("[source]\nsha256 = \"x\"", "(source): has no text."),
        ("[source]\ntext = \"a\"\nsha256 = \"b\"", "line 4 (source): is not the text that was read"),
        ("[sauce]\ntext = \"a\"", "“sauce” is not known here"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_by_its_place(table: str, message: str) -> None:
    assert message in refused(f"{EVENT}{table}\n")


def test_the_line_is_that_of_the_second_event() -> None:
    text = f'{EVENT}[[event.agency]]\nname = "A"\n{EVENT}[[event.agency]]\nname = "A"\nrole = "boss"\n'
    assert "p.toml, line 9 (agency 1 of event 2)" in refused(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "p.toml holds no [[event]]."),
        ("event = []", "p.toml holds no [[event]]."),
        ("title = 1\n", "“title” is not known here"),
        ("[[event]]\n", "p.toml, line 1 (event 1): has no title."),
        ("[[event]\n", "p.toml is no TOML: "),
        ("x = 1\nx = 2\n", "p.toml is no TOML: "),
        ("\x00", "p.toml is no TOML: "),
        ("source = 1\n" + EVENT, "p.toml, line 1: source is written as [source], once for the file."),
        (f"{EVENT}a{'.a' * 60} = 1", "p.toml cannot be read: it is nested too deeply"),
        (f"{EVENT}a{' . a' * 60}\t= 1", "p.toml cannot be read: it is nested too deeply"),
        (f'{EVENT}"a"{".b" * 50_000} = 1', "p.toml cannot be read: it is nested too deeply"),
        (f"[a{'.a' * 50_000}]", "p.toml cannot be read: it is nested too deeply"),
        ("a" + ".a" * 1_000_000, "p.toml cannot be read: it is nested too deeply"),
        (f"x = {'{a=' * 50_000}", "p.toml cannot be read: it is nested too deeply"),
        (f"x = {'[' * 50_000}", "p.toml cannot be read: it is nested too deeply"),
        (f"{EVENT}x = {'9' * 10_000}", "p.toml cannot be read"),
        ("#" * 4_000_001, "p.toml has more than 4,000,000 characters"),
        (EVENT * 51, "event is there 51 times; 50 are the most."),
        (EVENT + '[[event.agency]]\nname = "A"\n' * 301, "agency is there 301 times; 300 are the most."),
        (f'[[event]]\ntitle = "{"x" * 20_001}"\n', "The title has 20,001 characters"),
    ],
)
def test_what_is_no_proposal_is_refused_in_words(text: str, message: str) -> None:
    assert message in refused(text)


@pytest.mark.parametrize("text", ["x" * 90 + " = 1 1", "x = 1\n" * 2, '[[event]]\ntitle = "a\n', "x = 1\n[x]\n"])
def test_a_slip_is_told_with_its_line_and_column(text: str) -> None:
    assert re.search(r"\(line \d+, column \d+\)\.$", refused(text))


def test_dots_in_the_text_of_a_release_are_no_keys() -> None:
    kept = source("www" + ".a" * 60 + " and = more")
    assert read_toml(to_toml(proposal(), kept, TODAY), "p.toml").source == kept


def test_an_address_that_is_none_of_the_web_is_told_when_it_is_left_out() -> None:
    form = read_toml(f'{EVENT}[source]\nurl = "javascript:alert(1)"\ntext = "A text."\n', "p")
    assert form.source is not None
    assert form.source.url is None
    assert form.told == ("The address of the release is none of the web and was left out: javascript:alert(1).",)


def test_a_field_that_is_open_is_left_out_and_said() -> None:
    form = read_toml(
        f'{EVENT}kind = "workshop"\ncity.en = "A"\ncity.zh = "甲"\nopen = ["kind", "city.zh", "venue"]\n', "p"
    )
    (event,) = form.events
    assert ("kind" in event.values, event.values["city"]) == (False, {"en": "A"})
    assert form.left_open == ("kind of event 1", "city.zh of event 1")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ('date = "????-05-16"\nopen = ["date"]', "date of event 1"),
        ('participants = "many"\nopen = ["participants"]', "participants of event 1"),
        ('city.zh = ""\nopen = ["city.zh"]', "city.zh of event 1"),
        ('city.en = 5\nopen = ["city"]', "city of event 1"),
        ('[event.contact]\nname = "A"\nphone = 5\nopen = true', "contact of event 1 (A)"),
        ("[[event.visit]]\ntitle.zh = 5\nopen = true", "site visit 1 of event 1 (no name)"),
    ],
)
def test_a_value_that_is_open_need_not_be_right_yet(lines: str, left: str) -> None:
    form = read_toml(f"{EVENT}{lines}\n", "p")
    assert form.left_open == (left,)
    assert set(form.events[0].values) == {"title"}
    assert (form.events[0].contact, form.events[0].visits) == (None, ())


def test_a_key_that_is_not_known_is_refused_in_a_table_that_is_open_too() -> None:
    assert "“wife” is not known here" in refused(f'{EVENT}[event.contact]\nname = "A"\nwife = "B"\nopen = true\n')


def test_an_agency_whose_role_is_open_would_count_as_something_else_and_is_left_out() -> None:
    form = read_toml(f'{EVENT}[[event.agency]]\nname = "A"\nrole = "observer"\nopen = ["role"]\n', "p")
    assert form.events[0].agencies == ()
    assert form.left_open == ("role of agency 1 of event 1", "agency 1 of event 1 (A)")


def test_a_part_that_is_open_as_a_whole_is_left_out() -> None:
    form = read_toml(
        f'{EVENT}[event.contact]\nname = "A"\nopen = true\n[[event.visit]]\ntitle = "B"\nopen = ["title"]\n', "p"
    )
    assert (form.events[0].contact, form.events[0].visits) == (None, ())
    assert form.left_open == ("contact of event 1 (A)", "site visit 1 of event 1 (B)")


def test_a_date_without_quotation_marks_is_one_too() -> None:
    assert read_toml(f"{EVENT}date = 2024-10-17\n", "p").events[0].values["date"] == "2024-10-17"


def test_a_text_that_was_changed_is_taken_without_its_old_hash() -> None:
    file = to_toml(proposal(), source(), TODAY).replace("33 officials", "34 officials")
    assert "its hash is another one" in refused(file)
    form = read_toml(re.sub(r"sha256 = .*\n", "", file), "p.toml")
    assert form.source is not None
    assert "34 officials" in form.source.text


@settings(max_examples=50)
@given(st.data())
def test_a_spoiled_file_is_read_or_refused_in_words(data: st.DataObject) -> None:
    file = to_toml(proposal(full(uncertain={"city": "?"})), source(), TODAY)
    at = data.draw(st.integers(0, len(file)))
    end = min(len(file), at + data.draw(st.integers(0, 40)))
    spoiled = file[:at] + data.draw(st.text(max_size=8)) + file[end:]
    try:
        read_toml(spoiled, "p.toml")
    except Rejected as error:
        assert error.message.startswith("p.toml")  # noqa: PT017
