from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Run


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("participant", "list", "1"), ("participant list --event 1",)),
        (("visit", "list", "1"), ("visit list --event 1", "visit show 1")),
        (("event", "list", "2024-05"), ("event list --during 2024-05",)),
        (("event", "list", "May", "2024"), ("event list --during 'May 2024'",)),
        (("event", "list", "returns"), ("event list --text returns", "event show returns", "search returns")),
        (("contact", "list", "3"), ("contact list --contact 3", "contact show 3")),
        (("contact", "list", "Li", "Na"), ("contact list --text 'Li Na'", "contact show 'Li Na'", "search 'Li Na'")),
        (("agency", "list", "CN"), ("agency list --agency-country CN", "agency show CN", "search CN")),
        (("project", "list", "x"), ("project list --text x", "project show x", "search x")),
        (("agency", "duplicates", "3"), ("agency show 3",)),
        (("report", "participants", "2024"), ("report participants --during 2024",)),
        (("export", "calendar", "1"), ("export calendar --event 1",)),
        (("export", "calendar", "out.ics"), ("export calendar --output out.ics",)),
        (("event", "list", "may 2024.xlsx"), ("event list --output 'may 2024.xlsx'",)),
        (("participant", "list", "anna"), ("participant list --text anna", "search anna")),
        (("privacy", "due", "5"), ("privacy due --contact 5",)),
        (("agenda", "2025"), ("agenda --during 2025",)),
        (("check", "1"), ("check --event 1",)),
    ],
    ids=str,
)
def test_a_word_without_its_option_is_told_the_option(typed: tuple[str, ...], meant: tuple[str, ...], run: Run) -> None:
    said = run(*typed)
    path = 1 if typed[0] in ("agenda", "check") else 2
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        f"eventrec: “{' '.join(typed[path:])}” needs an option that says what it is.",
        f"  Did you mean: eventrec {meant[0]}",
        *(f"  Or: eventrec {each}" for each in meant[1:]),
    ]


def test_what_is_told_is_a_command_that_works(eventrec: Eventrec) -> None:
    assert eventrec("participant", "list", "--event", 1).code == 0
    assert eventrec("event", "list", "--during", "May 2024").code == 0
    assert eventrec("agency", "list", "--agency-country", "CN").code == 0


@pytest.mark.parametrize(
    "typed", [("status", "x"), ("agenda", "x"), ("privacy", "purge", "3"), ("event", "list", "")], ids=str
)
def test_a_word_that_no_option_takes_is_told_where_the_options_stand(typed: tuple[str, ...], run: Run) -> None:
    said = run(*typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(f"\n  See the options: eventrec {' '.join(typed[:-1])} --help\n")


def test_what_looks_an_option_is_not_told_as_a_name(run: Run) -> None:
    assert run("event", "list", "--", "--kinds").err.endswith("\n  See the options: eventrec event list --help\n")
    assert run("event", "--", "--kinds").err.endswith("\n  See them all: eventrec event --help\n")


def test_a_name_in_several_words_is_told_of_quotes(run: Run) -> None:
    said = run("contact", "show", "Li", "Na")
    assert (said.code, said.err) == (
        2,
        "eventrec: “Na” is too much for eventrec contact show.\n"
        "  A name of several words goes in quotes. What else there is: eventrec contact show --help\n",
    )


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (("evnt",), "Did you mean: eventrec event"),
        (("event", "lst"), "Did you mean: eventrec event list"),
        (("event", "1"), "Did you mean: eventrec event show 1"),
        (("contact", "Li Na"), "Did you mean: eventrec contact show 'Li Na'"),
        (("report", "5"), "See them all: eventrec report --help"),
        (("x",), "See them all: eventrec --help"),
    ],
    ids=str,
)
def test_no_command_is_told_the_nearest_one(typed: tuple[str, ...], hint: str, run: Run) -> None:
    said = run(*typed)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"eventrec: There is no command “{typed[-1]}”.\n  {hint}\n"


def test_what_stands_in_a_stray_word_does_nothing_to_a_screen(run: Run) -> None:
    assert "\x1b" not in run("event", "list", "\x1b[2J").err
    assert "\x1b" not in run("event", "\x1b[2J").err


def test_a_long_stray_text_is_not_repeated_whole(run: Run) -> None:
    for words in (("event", "list"), ("event", "show", "1"), ("event",)):
        said = run(*words, "x" * 100_000)
        assert said.code == 2
        assert f"“{'x' * 59}…”" in said.err
        assert len(said.err) < 300
