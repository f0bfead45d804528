"""Where the book is, and what to beware of."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from eventrec import connection
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app
from eventrec.cli.output import give_one
from eventrec.cli.telling import counted, held, here
from eventrec.errors import NotAllowed

if TYPE_CHECKING:
    from eventrec.cli.context import App

_TABLES = ("event", "agency", "project", "contact", "participation", "change_set")


@dataclass
class _Info:
    """What is said of a book, by key, and what to beware of."""

    said: dict[str, Any]
    warnings: list[str] = field(default_factory=list)


@db_app.command()
def info(ctx: typer.Context, format: opt.Format = None) -> None:
    """Say where the book is, how large, of which schema, when it was last backed up, and what to beware of.

    \b
      eventrec db info
      eventrec db info -f json
    """
    app = app_of(ctx)
    found = _Info({"book": connection.shown(app.settings.database), "named_by": app.settings.source})
    if connection.is_postgresql(app.settings.database):
        _of_the_server(app, found)
    else:
        _of_the_file(app, found)
    _of_the_records(app, found)
    _of_the_backups(app, found)
    if format:
        _give(app, found, format)
        return
    _tell(app, found.said)
    for warning in found.warnings:
        app.warn(warning)


def _of_the_file(app: App, found: _Info) -> None:
    import sqlite3

    from eventrec.db import places

    path = connection.path_of(app.settings.database)
    if path.exists():
        found.warnings += places.warnings(path)
        found.said |= {"size": places.size(path)}
    found.said |= {"database": f"SQLite {sqlite3.sqlite_version}"}


def _of_the_server(app: App, found: _Info) -> None:
    from eventrec.db import server

    with contextlib.closing(connection.open_for_reading(app.settings.database)) as opened:
        facts = server.facts(opened)
    found.said |= {"database": f"PostgreSQL {facts.pop('server')}"} | facts
    found.warnings += server.warnings(found.said)
    if app.settings.read_database:
        with contextlib.closing(connection.open_for_reading(app.settings.read_database)) as opened:
            facts = server.facts(opened)
        found.said |= {"read_database": connection.shown(app.settings.read_database), "read_standby": facts["standby"]}
        found.said |= {"read_lag_seconds": facts.get("lag_seconds")}


def _of_the_records(app: App, found: _Info) -> None:
    reader = app.reader
    counts: dict[str, int] = {}
    found.said |= {"schema": connection.REVISIONS[-1], "rows": counts}
    with contextlib.suppress(NotAllowed):  # the history comes last: a reader of the book is told the rest
        for table in _TABLES:
            counts[table] = reader.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608
        for row in reader.history(1):
            found.said |= {"last_change": row["moment"], "last_change_by": row["actor"], "last_command": row["command"]}
    if reader.connection.warning:
        found.warnings.append(reader.connection.warning)


def _of_the_backups(app: App, found: _Info) -> None:
    from eventrec.db.known_backups import known

    backups = known(app.settings)
    there = [each for each in backups if each.exists]
    found.said |= {"backups": len(there), "last_backup": None, "last_backup_at": None, "last_backup_there": None}
    if not backups:
        found.warnings.append("There is no backup that is known of here: eventrec db backup")
        return
    last = there[-1] if there else backups[-1]
    found.said |= {"last_backup": str(last.path), "last_backup_at": last.moment, "last_backup_there": last.exists}
    if not there:
        found.warnings.append(f"No backup is where it was put; the last was {last.path}. Make one: eventrec db backup")


def _tell(app: App, said: dict[str, Any]) -> None:
    app.put(f"Book: {said['book']} ({said['named_by']})")
    app.put(f"Database: {said['database']}, schema {said['schema']}")
    if said["rows"]:
        app.put(f"Holds: {held(said['rows'])}")
    if "size" in said:
        app.put(f"Size: {said['size']:,} bytes")
    if "role" in said:
        kind = (
            f"standby, {said.get('lag_seconds') or 0} s behind"
            if said["standby"]
            else f"primary, {said['standbys']} standbys"
        )
        app.put(f"Server: {kind}; role {said['role']}; {'encrypted' if said['ssl'] else 'not encrypted'}")
    if "read_database" in said:
        app.put(f"Read from: {said['read_database']} ({'standby' if said['read_standby'] else 'primary'})")
    if "last_change" in said:
        app.put(f"Last change: {here(said['last_change'])} by {said['last_change_by']}")
    if said["last_backup"]:
        there = "" if said["last_backup_there"] else " (gone)"
        kept = counted(said["backups"], "backup is kept", "backups are kept")
        app.put(f"Last backup: {here(said['last_backup_at'])}, {said['last_backup']}{there}; {kept}")


def _give(app: App, found: _Info, format: str) -> None:
    from eventrec.table import Column, Table

    kinds = {bool: "boolean", int: "integer", dict: "object", list: "list"}
    said = found.said | {"warnings": found.warnings}
    columns = tuple(Column(name, kinds.get(type(value), "text")) for name, value in said.items())  # type: ignore[arg-type]
    give_one(app, Table(columns, [tuple(said.values())]), format)
