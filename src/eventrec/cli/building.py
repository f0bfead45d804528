"""From the page of a noun to its commands: each is built only when it is called, completed or described."""

from __future__ import annotations

from collections import UserDict
from copy import copy
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.models import CommandInfo

if TYPE_CHECKING:
    from collections.abc import Sequence


def built(page: typer.Typer) -> Any:  # noqa: ANN401 - what Typer makes of it, a class that it does not name
    """Return the command that a page is, or the group of commands that stand on it."""
    if len(page.registered_commands) == 1 and page.registered_callback is None:
        return typer.main.get_command(page)
    cover = copy(page)
    cover.registered_commands = []
    cover.info = copy(page.info)
    cover.info.cls = Page
    group = typer.main.get_group(cover)
    group.commands = Commands(page.registered_commands)
    return group


class Page(TyperGroup):
    """The commands of a noun, known by name: to complete one, no other is built."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002, ANN401
        """Return all commands in the order of the help."""
        return list(self.commands)


class Commands(UserDict[str, Any]):
    """The commands of a noun by name, in the order of the help."""

    def __init__(self, registered: Sequence[CommandInfo]) -> None:
        super().__init__({_name(each): each for each in registered})

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - see `built`
        found = self.data[name]
        if isinstance(found, CommandInfo):
            found = typer.main.get_command_from_info(found, pretty_exceptions_short=True, rich_markup_mode=None)
            self.data[name] = found
        return found


def _name(command: CommandInfo) -> str:
    return command.name or typer.main.get_command_name(getattr(command.callback, "__name__", ""))
