"""`eventrec db`: the database behind the book."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventrec import connection
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from eventrec.cli.context import App

db_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""The database: info, upgrade, check, backup, restore.

\b
  eventrec db info
  eventrec db backup
""",
)

_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "坚果云", "nutstore")


@db_app.command()
def info(ctx: typer.Context) -> None:
    """Say where the book is, how large, of which schema, and what to beware of.

    \b
      eventrec db info
    """
    app = app_of(ctx)
    address = app.settings.database
    reader = app.reader
    app.put(f"Book: {connection.shown(address)} ({app.settings.source})")
    app.put(f"Database: {reader.dialect}, schema {connection.REVISIONS[-1]}")
    for table in ("event", "agency", "project", "contact", "participation", "change_set"):
        app.put(f"  {table}: {reader.rows(f'SELECT count(*) FROM {table}')[0][0]}")  # noqa: S608
    if not connection.is_postgresql(address):
        path = connection.path_of(address)
        app.put(f"Size: {path.stat().st_size:,} bytes")
        for warning in _warnings(path):
            app.warn(warning)
    if reader.connection.warning:
        app.warn(reader.connection.warning)


def _warnings(path: Path) -> list[str]:
    found = []
    if path.stat().st_mode & (stat.S_IROTH | stat.S_IRGRP):
        found.append(f"Others on this machine may read it: chmod 600 {path}")
    place = str(path.resolve()).lower()
    if any(word in place for word in _SYNCHRONISED):
        found.append(
            "It lies in a synchronised folder, which can damage it: keep it elsewhere, and only backups there."
        )
    if place.startswith(("\\\\", "//", "/net/", "/mnt/smb", "/volumes/")):
        found.append("It may lie on a network share, where SQLite cannot lock it: for a team use PostgreSQL.")
    return found


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
