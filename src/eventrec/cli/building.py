"""From the page of a noun to its commands: each is built only when it is called, completed or described."""

from __future__ import annotations

from collections import UserDict
from copy import copy
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import CommandInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHOLE: Final = 1_000
"""More letters than any first sentence has; Typer would cut them off at the end of the line."""


def built(page: typer.Typer) -> Any:  # noqa: ANN401 - what Typer makes of it, a class that it does not name
    """Return the command that a page is, or the group of commands that stand on it."""
    if len(page.registered_commands) == 1 and page.registered_callback is None:
        return _command(page.registered_commands[0])
    cover = copy(page)
    cover.registered_commands = []
    cover.info = copy(page.info)
    cover.info.cls = Page
    group = typer.main.get_group(cover)
    group.commands = Commands(page.registered_commands)
    return group


def _command(info: CommandInfo) -> Any:  # noqa: ANN401 - see `built`
    info.cls = Command
    return typer.main.get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)


class Command(TyperCommand):
    """A command that says of a word too many what was likely meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - see `built`
        """Read the options and arguments into the context. Raises UsageError when words are left over."""
        ctx.allow_extra_args = True
        left: list[str] = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            from eventrec.cli.stray import refused

            raise refused(ctx, left)
        return left


class Page(TyperGroup):
    """The commands of a noun, known by name: to complete one, no other is built."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002, ANN401
        """Return all commands in the order of the help."""
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - see `built`
        """Return a command. Raises UsageError with the nearest one when there is no such command."""
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing:
            from eventrec.cli.stray import no_command

            raise no_command(cmd_name, self.commands, ctx.command_path)
        return found

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002, ANN401
        """List the commands, each with the whole first sentence about it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(limit=_WHOLE)) for name, each in self.commands.items()])


class Commands(UserDict[str, Any]):
    """The commands of a noun by name, in the order of the help."""

    def __init__(self, registered: Sequence[CommandInfo]) -> None:
        super().__init__({_name(each): each for each in registered})

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - see `built`
        found = self.data[name]
        if isinstance(found, CommandInfo):
            found = self.data[name] = _command(found)
        return found


def _name(command: CommandInfo) -> str:
    return command.name or typer.main.get_command_name(getattr(command.callback, "__name__", ""))
