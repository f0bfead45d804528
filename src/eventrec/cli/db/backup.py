"""Backups, and back from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrec import connection
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from eventrec.cli.context import App


@db_app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="book.db, or book.eventrec.zip.")] = None,
    force: opt.Force = False,
) -> None:
    """Write a backup while others go on working: a SQLite file, or with .eventrec.zip a portable archive.

    \b
      eventrec db backup
      eventrec db backup book.eventrec.zip          restores into SQLite and PostgreSQL
    """
    from eventrec.db.backup import backup as write

    app = app_of(ctx)
    made = write(app.settings.database, file or _own_name(app, "backup"), force=force)
    app.say(f"Backup: {made.path} ({counted(sum(made.rows.values()), 'row')})")
    app.say(f"  Back again: eventrec --database NEW.db db restore {made.path}")


@db_app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what is in the book, after a backup of it.")
    ] = False,
    yes: opt.Yes = False,
) -> None:
    """Fill a new or empty book from a backup.

    \b
      eventrec --database new.db db restore book.eventrec.zip
      eventrec db restore book.eventrec.zip --replace
    """
    from eventrec.db.backup import restore as fill

    app = app_of(ctx)
    kept = _own_name(app, "before-restore") if replace else None
    if replace:
        app.confirm(f"Everything in {connection.shown(app.settings.database)} will be replaced. Go on?", yes=yes)
    done = fill(app.settings.database, file, replace=kept)
    if kept is not None and kept.exists():
        app.say(f"The book as it was: {kept}")
    app.say(f"Restored {counted(sum(done.rows.values()), 'row')} from {done.path}.")


def _own_name(app: App, what: str) -> Path:
    """Return a name beside the book that nothing has yet; for a server's book, here."""
    address = app.settings.database
    on_server = connection.is_postgresql(address)
    path = Path("eventrec.db") if on_server else connection.path_of(address)
    ending = ".eventrec.zip" if on_server else path.suffix or ".db"
    day, number = app.today.isoformat(), 1
    while (named := path.with_name(f"{path.stem}.{what}-{day}-{number}{ending}")).exists():
        number += 1
    return named
