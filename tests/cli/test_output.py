from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eventrec.cli.context import App
from eventrec.cli.output import chosen, put

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


def test_a_file_that_eventrec_wrote_is_written_anew(here: Eventrec) -> None:
    here("event", "list", "-o", "events.csv")
    here("event", "add", "Another")
    result = here("event", "list", "-o", "events.csv")
    assert (result.code, result.out, result.err) == (0, "", "Written: events.csv\n")
    assert "Another" in Path("events.csv").read_text(encoding="utf-8")


def test_the_same_again_is_said_to_be_up_to_date(here: Eventrec) -> None:
    here("event", "list", "-o", "events.csv")
    assert here("event", "list", "-o", "events.csv").err == "events.csv is up to date.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("event", "list", "-o", "mine.csv"),
        ("export", "events", "-o", "mine.csv"),
        ("export", "calendar", "-o", "mine.ics"),
        ("export", "contacts", "-o", "mine.vcf"),
        ("report", "participants", "-o", "mine.xlsx"),
    ],
    ids=" ".join,
)
def test_a_foreign_file_is_replaced_only_with_force(words: tuple[str, ...], here: Eventrec) -> None:
    mine = Path(words[-1])
    mine.write_text("mine", encoding="utf-8")
    result = here(*words)
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("  Choose another name, or replace it with --force.\n")
    assert mine.read_text(encoding="utf-8") == "mine"
    assert here(*words, "--force").code == 0
    assert mine.read_bytes() != b"mine"


def test_a_folder_that_is_not_there_is_exit_1(here: Eventrec) -> None:
    result = here("event", "list", "-o", "nowhere/events.csv")
    assert (result.code, result.err.splitlines()[0]) == (1, "eventrec: The folder nowhere does not exist.")


def test_a_dash_is_standard_output(here: Eventrec) -> None:
    assert json.loads(here("event", "list", "-f", "json", "-o", "-").out)[0]["id"] == 2


@pytest.mark.parametrize("name", ["table", "tsv", "csv", "json", "jsonl", "xlsx", "markdown"])
def test_every_format_goes_into_a_pipe(name: str, here: Eventrec) -> None:
    result = here("event", "list", "-f", name)
    assert (result.code, result.stderr) == (0, b"")
    assert result.stdout


def test_both_languages_are_shown_when_asked(here: Eventrec) -> None:
    assert "Capital Airport / 首都机场" in here("event", "list", "-f", "table", "--lang", "both").out


def test_one_language_is_shown_when_asked(here: Eventrec) -> None:
    out = here("event", "list", "-f", "table", "--lang", "zh").out
    assert "首都机场" in out
    assert "Capital" not in out


@pytest.fixture
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


@pytest.mark.usefixtures("_at_a_terminal")
def test_a_terminal_gets_a_table() -> None:
    assert chosen({}) == "table"


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize(
    ("color", "variables", "colored"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"TERM": "dumb"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {}, False),
    ],
)
def test_colour_is_asked_for(
    color: str, variables: dict[str, str], colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert App(color=color).colored is colored


def test_a_pipe_has_no_colour(here: Eventrec) -> None:
    assert b"\x1b" not in here("event", "list", "-f", "table").stdout


def test_a_file_has_no_colour_even_when_it_is_always_wanted(here: Eventrec) -> None:
    here("--color", "always", "event", "list", "-o", "events.txt")
    assert b"\x1b" not in Path("events.txt").read_bytes()


def test_what_is_for_programs_does_not_act_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    put("a\tb\u202e\x1b[31m\r\nc\n".encode())
    put(b"\x1b[1mours\x1b[0m\n", is_for_people=True)
    screen.seek(0)
    assert screen.buffer.read().decode() == "a\tb⟨U+202E⟩␛[31m\nc\n\x1b[1mours\x1b[0m\n"
