"""Write docs/commands.md from the commands themselves.

Run: .venv/bin/python docs/make_commands.py
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from eventrec.cli.main import PAGES, app

if TYPE_CHECKING:
    from collections.abc import Iterator

Command = TyperCommand | TyperGroup
Parameter = TyperOption | TyperArgument

PAGE: Final = Path(__file__).with_name("commands.md")
PREFACE: Final = """\
# Commands

Made by `python docs/make_commands.py` from the commands themselves; change the commands, not this page.
The same text is shown by `--help`: `eventrec event add --help`.

An option marked \\* must be given; one with … may be given again for each value: `--city Beijing --city 北京`.
What the words `actual`, `counted` and `person days` mean stands in [counting.md](counting.md), the exit codes in the
[README](../README.md#exit-codes).
"""


def page() -> str:
    """Return the whole page."""
    parts = [PREFACE, _contents()]
    for words, command in walk():
        parts += _command(words, command, "## " if len(words) < 3 else "### ")
    return "\n".join(parts)


def walk() -> Iterator[tuple[tuple[str, ...], Command]]:
    """Yield every command with the words that call it, the groups too."""
    root = typer.main.get_command(app)
    if not isinstance(root, TyperGroup):
        raise TypeError("eventrec is no group of commands")
    yield ("eventrec",), root
    for name in verbs(root):
        command = child(root, name)
        yield ("eventrec", name), command
        for verb in verbs(command):
            yield ("eventrec", name, verb), child(command, verb)


def verbs(command: Command) -> list[str]:
    """Return the names of the commands below a group, none below a command."""
    return list(command.list_commands(typer.Context(command))) if isinstance(command, TyperGroup) else []


def child(group: Command, name: str) -> Command:
    """Return a command below a group."""
    found = group.get_command(typer.Context(group), name) if isinstance(group, TyperGroup) else None
    if not isinstance(found, Command):
        raise TypeError(f"{group.name} has no command {name}")
    return found


def _contents() -> str:
    lines = []
    for heading, pages in PAGES.items():
        links = " · ".join(f"[{name}](#eventrec-{name})" for name in pages)
        lines.append(f"- {heading}: {links}")
    return "\n".join(lines) + "\n"


def _command(words: tuple[str, ...], command: Command, heading: str) -> list[str]:
    text, examples = _help(command)
    parts = [f"{heading}{' '.join(words)}\n", f"{text}\n"]
    if words == ("eventrec",) or not isinstance(command, TyperGroup):
        parts.append(f"`{_usage(words, command)}`\n")
    if examples:
        parts.append(f"```text\n{examples}\n```\n")
    rows = [row for parameter in command.params if isinstance(parameter, Parameter) and (row := _row(parameter))]
    if rows:
        parts.append("\n".join(["| | |", "|---|---|", *rows]) + "\n")
    return parts


def _help(command: Command) -> tuple[str, str]:
    """Return what a command does, and its examples: the part of the docstring that keeps its lines."""
    text, _, examples = inspect.cleandoc(command.help or "").partition("\b\n")
    return " ".join(text.split()), inspect.cleandoc(examples)


def _usage(words: tuple[str, ...], command: Command) -> str:
    return " ".join([*words, *command.collect_usage_pieces(typer.Context(command))])


def _row(parameter: Parameter) -> str:
    """Return the line of an option or argument; empty for what every command has."""
    if parameter.name in ("help", "install_completion", "show_completion"):
        return ""
    shown, text = _shown(parameter), " ".join((getattr(parameter, "help", "") or "").split())
    star = "\\*" if parameter.required and parameter.param_type_name == "option" else ""
    return f"| {shown}{star} | {_escaped(text)}{_default(parameter)} |"


def _shown(parameter: Parameter) -> str:
    value = parameter.metavar or ""
    if parameter.param_type_name == "argument":
        return f"`{value}`"
    names = ", ".join(parameter.opts)
    if parameter.secondary_opts:
        names += " / " + ", ".join(parameter.secondary_opts)
    again = " …" if isinstance(parameter, TyperOption) and parameter.multiple else ""
    return _escaped(f"`{names}`" if _is_flag(parameter) or not value else f"`{names} {value}`{again}")


def _default(parameter: Parameter) -> str:
    value = parameter.default
    if isinstance(parameter, TyperArgument) or parameter.is_flag or value in (None, "", ()) or callable(value):
        return ""
    return f" Without it: {value}."


def _is_flag(parameter: Parameter) -> bool:
    return isinstance(parameter, TyperOption) and bool(parameter.is_flag)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
