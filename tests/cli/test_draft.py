from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from eventrec.cli.context import App
from eventrec.cli.draft import asking, drafting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Eventrec
    from tests.conftest import Result, Run

RELEASE = """Example Institute Holds Workshop on Ferry Tickets

Beijing, 14 March 2031 – The Example Institute (EXI) held a workshop on ferry tickets in Beijing
on 12 and 13 March 2031.
The workshop was attended by 24 officials from the National Ferry Administration (NFA).

For more information, please contact Ms. Anna Vermeer, a.vermeer@example.org.
"""
WITHOUT_YEAR = RELEASE.replace("14 March 2031 – ", "").replace(" 2031", "")


@pytest.fixture
def here(run: Run, sqlite_address: str) -> Eventrec:
    """Runs a command line on an empty book."""

    def eventrec(*arguments: object, typed: str = "") -> Result:
        return run(*arguments, address=sqlite_address, typed=typed)

    return eventrec


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(RELEASE, "utf-8")
    return path


def test_a_release_is_shown_field_by_field_with_its_words(here: Eventrec, release: Path) -> None:
    shown = here("draft", release)
    assert shown.code == 0
    assert "Wednesday 12 – Thursday 13 March 2031" in shown.out
    assert "“12 and 13 March 2031” (line 4)" in shown.out
    assert "○ National Ferry Administration (NFA), participant" in shown.out
    assert "+ Ms. Anna Vermeer, a.vermeer@example.org" in shown.out
    assert "Nothing was saved." in shown.err
    assert json.loads(here("event", "list", "-f", "json").out) == []


def test_an_agency_that_is_to_be_added_is_marked_so(here: Eventrec, release: Path) -> None:
    assert "+ National Ferry Administration (NFA)" in here("draft", release, "--add-new").out


def test_a_release_that_the_book_has_is_told(here: Eventrec, release: Path) -> None:
    assert here("draft", release, "--save", "--add-new").code == 0
    told = "This release is in the book already: event 1 was drafted from it."
    assert told in here("draft", release).err
    assert here("draft", release, "--save").code == 4


def test_saving_quietly_gives_only_numbers(here: Eventrec, release: Path) -> None:
    saved = here("--quiet", "draft", release, "--save", "--add-new")
    assert saved.code == 0
    assert all(line.isdigit() for line in saved.out.split())
    assert "1" in saved.out.split()


def test_a_long_text_is_said_to_take_a_while(here: Eventrec) -> None:
    assert "takes a while" not in here("draft", "-", typed=RELEASE).err
    long = RELEASE + "\n" + "The sea was calm.\n" * 3_000
    assert "characters; a release has some thousands, so this takes a while" in here("draft", "-", typed=long).err


def test_what_the_book_knows_has_its_number(here: Eventrec, release: Path) -> None:
    here("agency", "add", "National Ferry Administration", "--code", "NFA")
    assert "✓ 1 National Ferry Administration (NFA)" in here("draft", release).out


def test_the_json_has_every_field_and_quotes_the_text(here: Eventrec) -> None:
    given = here("draft", "-", "-f", "json", typed=RELEASE)
    assert given.code == 0
    (event,) = json.loads(given.out)["events"]
    assert (event["starts_on"], event["ends_on"], event["city"], event["country"]) == (
        "2031-03-12", "2031-03-13", "Beijing", "CN",
    )  # fmt: skip
    assert json.loads(given.out)["text"] == RELEASE
    for quoted in event["evidence"].values():
        for each in quoted:
            assert RELEASE[each["start"] : each["end"]] == each["text"]


def test_a_project_has_one_name_and_its_names_by_language(here: Eventrec) -> None:
    text = RELEASE.replace(
        "The workshop was", "It was held under the Ferries for All Project (FAP), funded by the EU. It was"
    )
    (event,) = json.loads(here("draft", "-", "-f", "json", typed=text).out)["events"]
    assert event["project"] == {
        "name": "Ferries for All Project", "names": {"en": "Ferries for All Project"}, "code": "FAP", "phase": None,
        "known": None,
    }  # fmt: skip


def test_a_proposal_is_written_mended_and_added(here: Eventrec, release: Path, tmp_path: Path) -> None:
    proposal = tmp_path / "proposal.toml"
    written = here("draft", release, "-o", proposal)
    assert written.code == 0
    assert f"eventrec event add --from {proposal}" in written.err
    added = here("event", "add", "--from", proposal)
    assert added.code == 0, added.err
    shown = json.loads(here("event", "show", "1", "-f", "json").out)[0]
    assert shown["starts_on"] == "2031-03-12"
    assert here("undo").code == 0
    assert here("event", "show", "1").code == 3


def test_what_is_open_is_told_when_the_proposal_is_written(here: Eventrec, tmp_path: Path) -> None:
    written = here("draft", "-", "-o", tmp_path / "p.toml", typed=WITHOUT_YEAR)
    assert "1 question left open in it:" in written.err
    assert "Which year was it?" in written.err


def test_it_is_saved_at_once_when_nothing_is_open(here: Eventrec, release: Path) -> None:
    saved = here("draft", release, "--save", "--add-new")
    assert saved.code == 0, saved.err
    agencies = json.loads(here("agency", "list", "-f", "json").out)
    assert [each["code"] for each in agencies] == ["EXI", "NFA"]


def test_it_is_not_saved_while_an_agency_is_unknown(here: Eventrec, release: Path) -> None:
    refused = here("draft", release, "--save")
    assert refused.code == 4
    assert "“NFA” is not in the book. Say --add-new to add it." in refused.err
    assert here("event", "show", "1").code == 3


def test_it_is_not_saved_while_the_year_is_missing(here: Eventrec) -> None:
    refused = here("draft", "-", "--save", "--add-new", typed=WITHOUT_YEAR)
    assert refused.code == 4
    assert "Which year was it?" in refused.err
    assert here("event", "show", "1").code == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("", "Standard input holds no text.", id="nothing"),
        pytest.param(
            "Boil the rice for twelve minutes.\nAdd salt.\n", "No event was found in standard input.", id="rice"
        ),
    ],
)
def test_what_is_no_release_is_refused(here: Eventrec, typed: str, sentence: str) -> None:
    refused = here("draft", "-", typed=typed)
    assert refused.code == 4
    assert sentence in refused.err
    assert refused.out == ""


def test_a_program_is_refused(here: Eventrec) -> None:
    refused = here("draft", sys.executable)
    assert refused.code == 4
    assert "is a program, not a text" in refused.err


@pytest.mark.parametrize(
    "options", [("--save", "-o", "p.toml"), ("--save", "-f", "json"), ("-o", "p.toml", "-f", "json")]
)
def test_options_that_ask_for_two_things_are_refused(here: Eventrec, release: Path, options: tuple[str, ...]) -> None:
    assert here("draft", release, *options).code == 2


@pytest.mark.parametrize("option", ["--again", "--twice"])
@pytest.mark.parametrize("given", [("-o", "p.toml"), ("-f", "json")])
def test_what_is_for_saving_is_refused_without_it(
    here: Eventrec, release: Path, option: str, given: tuple[str, ...]
) -> None:
    refused = here("draft", release, option, *given)
    assert refused.code == 2
    assert f"{option} is for saving." in refused.err


def test_a_proposal_is_toml(here: Eventrec, release: Path, tmp_path: Path) -> None:
    refused = here("draft", release, "-o", tmp_path / "p.xlsx")
    assert refused.code == 2
    assert "does not end in .toml" in refused.err


def test_without_a_book_everything_is_new(run: Run, release: Path) -> None:
    shown = run("draft", release)
    assert shown.code == 0
    assert "There is no record book yet" in shown.err


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "can_ask", property(lambda _: True))
    monkeypatch.setattr(drafting, "on_a_screen", lambda: True)


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_saves(here: Eventrec, release: Path) -> None:
    saved = here("draft", release, typed="s\n")
    assert saved.code == 0, saved.err
    assert "Event 1 was added." in saved.err


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("typed", ["q\n", "", "what\nq\n"])
def test_a_person_quits(here: Eventrec, release: Path, typed: str) -> None:
    left = here("draft", release, typed=typed)
    assert left.code == 0
    assert "Nothing was saved." in left.err
    assert here("event", "show", "1").code == 3


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize(("answer", "events"), [("y", 1), ("n", 0)])
def test_a_person_is_asked_before_saving_without_what_is_open(
    here: Eventrec, tmp_path: Path, answer: str, events: int
) -> None:
    path = tmp_path / "open.txt"
    path.write_text(RELEASE.replace("(NFA).", "(NFA). Two experts of the Harbour Guild joined online."), "utf-8")
    asked = here("draft", path, typed=f"s\n{answer}\nq\n")
    assert "Save without these?" in asked.err
    assert len(json.loads(here("event", "list", "-f", "json").out)) == events


@pytest.mark.usefixtures("at_a_terminal")
def test_nobody_is_asked_about_what_came_from_standard_input(here: Eventrec) -> None:
    assert "Save, edit or quit?" not in here("draft", "-", typed=RELEASE).err


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize(
    ("does", "told"),
    [
        pytest.param("p.unlink()", "the file that it was given is gone", id="takes the file away"),
        pytest.param("sys.exit(3)", "it ended with 3", id="fails"),
        pytest.param("p.write_text('event = 1')", "Edit it again, or quit.", id="leaves nonsense"),
    ],
)
def test_what_an_editor_does_wrong_is_told_and_the_question_asked_again(
    here: Eventrec, release: Path, monkeypatch: pytest.MonkeyPatch, does: str, told: str
) -> None:
    program = f"import sys, pathlib; p = pathlib.Path(sys.argv[1]); {does}"
    monkeypatch.setenv("VISUAL", f'{shlex.quote(sys.executable)} -c "{program}"')
    left = here("draft", release, typed="e\nq\n")
    assert left.code == 0, left.err
    assert told in left.err
    assert left.err.count("Save, edit or quit?") == 2


@pytest.mark.usefixtures("at_a_terminal")
def test_a_person_mends_what_is_missing_in_the_editor(
    here: Eventrec, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "without-year.txt"
    path.write_text(WITHOUT_YEAR, "utf-8")
    mend = (
        "import sys, pathlib; path = pathlib.Path(sys.argv[1]);"
        " path.write_text(path.read_text('utf-8').replace('????', '2031'), 'utf-8')"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'{shlex.quote(sys.executable)} -c "{mend}"')
    saved = here("draft", path, typed="s\ny\ne\ns\n")
    assert saved.code == 0
    assert "????" in saved.err
    assert "Event 1 was added." in saved.err
    assert json.loads(here("event", "show", "1", "-f", "json").out)[0]["starts_on"] == "2031-03-12"


@pytest.mark.usefixtures("at_a_terminal")
def test_an_editor_that_is_not_there_is_told_and_the_question_asked_again(
    here: Eventrec, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/nowhere/editor")
    left = here("draft", release, typed="e\nq\n")
    assert left.code == 0
    assert "The editor “/nowhere/editor” could not be used" in left.err


def test_the_usual_editor_is_used_where_none_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.run", lambda words, **_: started.append(words))
    assert asking._edited("text") == "text"
    assert started[0][0] == asking._USUAL
