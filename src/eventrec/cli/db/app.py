"""The command `eventrec db`, to which each module adds its own."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from eventrec.cli.context import App

db_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""The database: info, upgrade, check, backup, verify, restore, grant.

\b
  eventrec db info
  eventrec db backup
""",
)


def command_for(app: App) -> str:
    """Return how a command on the book of this run begins: with its name, when that was how it was found."""
    named = app.settings.source == "--database"
    return f"eventrec --database {shlex.quote(app.settings.database)}" if named else "eventrec"
