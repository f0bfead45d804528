"""The command `eventrec privacy`, to which each module adds its own."""

from __future__ import annotations

import typer

privacy_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Consent, how long people are kept, and who was given their data.

\b
  eventrec privacy consent 李娜 photographs --source "sign-in sheet of event 4"
  eventrec privacy due
  eventrec privacy disclosures
""",
)
