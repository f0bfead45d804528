"""Backups, whether they are whole, and back from them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrec import connection
from eventrec.cli import options as opt
from eventrec.cli.context import app_of, command_line
from eventrec.cli.db.app import command_for, db_app
from eventrec.cli.db.progress import shown
from eventrec.cli.output import give_one
from eventrec.cli.telling import HELD, counted, held, here

if TYPE_CHECKING:
    from eventrec.cli.context import App
    from eventrec.db.backup import Verified

_BackupArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A backup of any kind.")]


@db_app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="book.db, book.eventrec.zip, or of a server book.dump or book.sql."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that holds anything else.")] = False,
) -> None:
    """Write a backup while others go on working; the name's ending decides its kind.

    .eventrec.zip is a portable archive, which restores into SQLite and PostgreSQL. Of a book on a server, .dump and
    .sql are written by pg_dump, with an archive of the same moment beside it. Any other name is a SQLite file.

    \b
      eventrec db backup
      eventrec db backup book.eventrec.zip
    """
    from eventrec.db.backup import Kind, is_named_otherwise
    from eventrec.db.backup import backup as write
    from eventrec.db.known_backups import note

    app = app_of(ctx)
    with shown(app) as progress:
        made = write(app.settings.database, file or _own_name(app, "backup"), force=force, progress=progress)
    for path in filter(None, (made.path, made.beside)):
        if not made.damage:  # nobody is to be led to it
            note(app.settings, path, app.book.now())
    told = [f"a {Kind.SQLITE.value}"] if is_named_otherwise(app.settings.database, made.path) else []
    told += [counted(sum(made.rows.values()), "row")] if made.rows else []
    held = f" ({', '.join(told)})" if told else ""
    app.say(f"Backup: {made.path}{held}")
    if made.beside:
        app.say(f"  The same, portable: {made.beside}")
    if made.damage:
        app.warn(f"The book is damaged, and so is this copy of it: {made.damage}.")
        app.warn(f"  Keep older backups. See: {command_for(app)} db check")
        raise typer.Exit(1)
    app.say(f"  Is it whole: eventrec db verify {shlex.quote(str(made.path))}")
    app.say(f"  Back again: eventrec --database NEW.db db restore {shlex.quote(str(made.path))}")


@db_app.command()
def verify(ctx: typer.Context, file: _BackupArgument, format: opt.Format = None) -> None:
    """Say what a backup holds and whether it is whole: its bytes, its rows, and the history behind them.

    Exit 0 when it is whole, 1 when something is wrong, 4 when the file is no backup at all.

    \b
      eventrec db verify book.eventrec.zip
      eventrec db verify book.eventrec.zip -f json
    """
    from eventrec.db.backup import verify as look

    app = app_of(ctx)
    with shown(app) as progress:
        found = look(file, progress=progress)
    if format:
        give_one(app, _table(found), format)
    else:
        _tell(app, file, found)
    if found.findings:
        raise typer.Exit(1)


@db_app.command()
def restore(
    ctx: typer.Context,
    file: _BackupArgument,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what is in the book, after a backup of it.")
    ] = False,
    again: Annotated[
        bool,
        typer.Option("--again", help="Take people back whom this book forgot; they agreed, or will be forgotten anew."),
    ] = False,
    yes: opt.Yes = False,
) -> None:
    """Fill a new or empty book from a backup, or with --replace one that holds something.

    Others may have the book open meanwhile: they read it as it was until all of it is there. A backup that holds
    somebody whom the book forgot since is refused, unless --again.

    \b
      eventrec --database new.db db restore book.eventrec.zip
      eventrec db restore book.eventrec.zip --replace
    """
    from eventrec.db.backup import restore as fill
    from eventrec.db.known_backups import note
    from eventrec.services.forget.returning import Returning

    app = app_of(ctx)
    app.book.make_place_if_default()
    returning = Returning(again)

    def tell_kept(path: Path) -> None:
        note(app.settings, path, app.book.now())
        app.say(f"The book as it was: {path}")

    if replace:
        app.confirm(f"Everything in {connection.shown(app.settings.database)} will be replaced. Go on?", yes=yes)
    with shown(app) as progress:
        done = fill(
            app.settings.database,
            file,
            replace=_own_name(app, "before-restore") if replace else None,
            forgotten=returning,
            journal=app.book.journal(command_line()),
            progress=progress,
            kept=tell_kept,
            saved=app.on_saved,
        )
    app.say(f"Restored {counted(sum(done.rows.values()), 'row')} from {done.path}.")
    app.say("  Look through it: eventrec db check")
    for number in returning.numbers:
        app.warn(f"Contact {number} had been forgotten. If not agreed, once more: eventrec contact forget {number}")


def _tell(app: App, file: Path, found: Verified) -> None:
    schema = f", schema {found.revision}" if found.revision else ""
    app.put(f"{file}: {found.kind.value}{schema}")
    if found.rows:
        app.put(f"Holds: {held(dict.fromkeys(HELD, 0) | found.rows)}")
    if found.last_change:
        app.put(f"Last change: {here(found.last_change)}")
    for finding in found.findings:
        app.put(finding)
    if found.findings:
        app.warn(f"{counted(len(found.findings), 'finding')}. Make another backup, or use an older one.")
    else:
        app.say("It is whole.")


def _table(found: Verified) -> Any:  # noqa: ANN401
    from eventrec.table import Column, Table

    columns = (
        Column("kind"), Column("schema"), Column("last_change", "moment"), Column("rows", "object"),
        Column("findings", "list"),
    )  # fmt: skip
    return Table(
        columns, [(found.kind.name.lower(), found.revision or None, found.last_change, found.rows, found.findings)]
    )


def _own_name(app: App, what: str) -> Path:
    """Return a name beside the book that nothing has yet; for a server's book, here."""
    from eventrec.db.backup.kinds import SQLITE_ENDINGS

    address = app.settings.database
    on_server = connection.is_postgresql(address)
    path = Path("eventrec.db") if on_server else connection.path_of(address)
    ending = ".eventrec.zip" if on_server else path.suffix if path.suffix in SQLITE_ENDINGS else ".db"
    day, number = app.today.isoformat(), 1
    while (named := path.with_name(f"{path.stem}.{what}-{day}-{number}{ending}")).exists():
        number += 1
    return named
