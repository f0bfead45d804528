from __future__ import annotations

from typing import Annotated

import pytest
import typer

from eventrec.cli.building import built


def page(*names: str) -> typer.Typer:
    made = typer.Typer(help="Pages.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
    for name in names:

        def command(number: Annotated[int, typer.Option("--number", help="A number.")] = 1) -> None:
            """Do it."""
            typer.echo(number)

        made.command(name)(command)
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The commands that were built, in turn."""
    names: list[str | None] = []
    build = typer.main.get_command_from_info
    monkeypatch.setattr(
        typer.main, "get_command_from_info", lambda info, **how: (names.append(info.name), build(info, **how))[1]
    )
    return names


def test_a_command_is_built_when_it_is_asked_for_and_only_once(asked: list[str | None]) -> None:
    group = built(page("add", "list", "show"))
    assert asked == []
    assert group.commands.get("list") is group.commands["list"]
    assert asked == ["list"]


def test_a_word_is_completed_without_building_what_does_not_begin_so(asked: list[str | None]) -> None:
    group = built(page("add", "link", "list", "show"))
    assert [item.value for item in group.shell_complete(typer.Context(group), "l")] == ["link", "list"]
    assert asked == ["link", "list"]


def test_all_commands_are_known_by_name_before_one_is_built() -> None:
    group = built(page("add", "list"))
    assert list(group.commands) == ["add", "list"]
    assert group.commands.get("nosuch") is None
    assert group.list_commands(typer.Context(group)) == ["add", "list"]


def test_a_command_built_late_runs(capsys: pytest.CaptureFixture[str]) -> None:
    built(page("add", "list"))(["list", "--number", "3"], standalone_mode=False)
    assert capsys.readouterr().out == "3\n"


def test_a_page_of_one_command_is_that_command() -> None:
    assert built(page("add")).name == "add"


def test_a_page_keeps_its_commands_for_those_who_build_it_whole() -> None:
    made = page("add", "list")
    built(made)
    assert [each.name for each in made.registered_commands] == ["add", "list"]


def test_the_first_sentence_about_a_command_is_told_whole() -> None:
    made = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
    sentence = "Say where the book is, how large, of which schema, when it was last backed up, and what to beware of."
    made.command("info", help=f"{sentence} More about it.")(lambda: None)
    made.command("other")(lambda: None)
    group = built(made)
    told = " ".join(group.get_help(typer.Context(group)).split())
    assert sentence in told
    assert "More about it." not in told
