"""Write docs/commands.md from the commands themselves.

Run: .venv/bin/python docs/make_commands.py
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import typer

from eventrec.cli.main import PAGES, app

PAGE: Final = Path(__file__).with_name("commands.md")
PREFACE: Final = """\
# Commands

Made by `python docs/make_commands.py` from the commands themselves; change the commands, not this page.
The same text is shown by `--help`: `eventrec event add --help`.

An option marked * must be given. One that may be repeated is given once for each value: `--city Beijing --city 北京`.
What the words `actual`, `counted` and `person days` mean stands in [counting.md](counting.md), the exit codes in the
[README](../README.md#exit-codes).
"""


def page() -> str:
    """Return the whole page."""
    root = typer.main.get_command(app)
    parts = [PREFACE, _contents(), *_command(("eventrec",), root, "## ")]
    for pages in PAGES.values():
        for name in pages:
            command = child(root, name)
            parts += _command(("eventrec", name), command, "## ")
            for verb in verbs(command):
                parts += _command(("eventrec", name, verb), child(command, verb), "### ")
    return "\n".join(parts)


def walk() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with the words that call it, the groups too."""
    root = typer.main.get_command(app)
    yield ("eventrec",), root
    for name in verbs(root):
        command = child(root, name)
        yield ("eventrec", name), command
        for verb in verbs(command):
            yield ("eventrec", name, verb), child(command, verb)


def verbs(command: Any) -> list[str]:
    """Return the names of the commands below a group, none below a command."""
    return list(command.list_commands(typer.Context(command))) if hasattr(command, "list_commands") else []


def child(group: Any, name: str) -> Any:
    """Return a command below a group."""
    return group.get_command(typer.Context(group), name)


def _contents() -> str:
    lines = []
    for heading, pages in PAGES.items():
        links = " · ".join(f"[{name}](#eventrec-{name})" for name in pages)
        lines.append(f"- {heading}: {links}")
    return "\n".join(lines) + "\n"


def _command(words: tuple[str, ...], command: Any, heading: str) -> list[str]:
    text, examples = _help(command)
    parts = [f"{heading}{' '.join(words)}\n", f"{text}\n"]
    if words == ("eventrec",) or not hasattr(command, "list_commands"):
        parts.append(f"`{_usage(words, command)}`\n")
    if examples:
        parts.append(f"```text\n{examples}\n```\n")
    rows = [row for parameter in command.params if (row := _row(parameter))]
    if rows:
        parts.append("\n".join(["| | |", "|---|---|", *rows]) + "\n")
    return parts


def _help(command: Any) -> tuple[str, str]:
    """Return what a command does, and its examples: the part of the docstring after a \\b, without its indent."""
    text, _, examples = inspect.cleandoc(command.help or "").partition("\b\n")
    return " ".join(text.split()), inspect.cleandoc(examples)


def _usage(words: tuple[str, ...], command: Any) -> str:
    return " ".join([*words, *command.collect_usage_pieces(typer.Context(command))])


def _row(parameter: Any) -> str:
    """Return the line of an option or argument; empty for what every command has."""
    if parameter.name in ("help", "install_completion", "show_completion"):
        return ""
    shown, text = _shown(parameter), " ".join((getattr(parameter, "help", "") or "").split())
    star = "\\*" if parameter.required and parameter.param_type_name == "option" else ""
    return f"| {shown}{star} | {_escaped(text)}{_default(parameter)} |"


def _shown(parameter: Any) -> str:
    value = parameter.metavar or ""
    if parameter.param_type_name == "argument":
        return f"`{value}`"
    names = ", ".join(parameter.opts)
    if parameter.secondary_opts:
        names += " / " + ", ".join(parameter.secondary_opts)
    return _escaped(f"`{names}`" if parameter.is_flag or not value else f"`{names} {value}`")


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.param_type_name == "argument" or parameter.is_flag or value in (None, "", ()) or callable(value):
        return ""
    return f" Without it: {value}."


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
