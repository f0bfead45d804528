"""The command `eventrec db`, to which each module adds its own."""

from __future__ import annotations

import typer

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
