"""Finding out whether the book is whole."""

from __future__ import annotations

import typer

from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app
from eventrec.cli.telling import counted


@db_app.command()
def check(ctx: typer.Context) -> None:
    """Check the book: the file, the links between records, and that the history leads to what is there.

    \b
      eventrec db check                   exit 0 when all is well, 1 when not
    """
    from eventrec.db.check import check as look
    from eventrec.db.engine import engine

    app = app_of(ctx)
    findings = look(engine(app.settings.database))
    for sentence in findings:
        app.put(sentence)
    if findings:
        app.warn(f"{counted(len(findings), 'finding')}. Keep the book as it is, and restore a backup beside it:")
        app.warn("  eventrec --database NEW.db db restore FILE")
        raise typer.Exit(1)
    app.say("The book is whole.")
