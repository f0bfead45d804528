"""Bringing the book to the schema of this version."""

from __future__ import annotations

import typer

from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app


@db_app.command()
def upgrade(ctx: typer.Context) -> None:
    """Bring the book to the schema of this version; a SQLite file is copied first.

    \b
      eventrec db upgrade
    """
    from eventrec.db.upgrade import upgrade as bring_up_to_date

    app = app_of(ctx)
    done = bring_up_to_date(app.settings.database)
    if done.backup:
        app.say(f"The book as it was: {done.backup}")
    app.say(
        f"The book has schema {done.after}" + (" already." if done.before == done.after else f", from {done.before}.")
    )
