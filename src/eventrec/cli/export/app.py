"""The command `eventrec export`, to which each kind of export adds its own."""

from __future__ import annotations

import typer

export_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Calendars, contact cards, sheets.

\b
  eventrec export calendar -o events.ics
  eventrec export participants --event 1 -o list.xlsx
""",
)
