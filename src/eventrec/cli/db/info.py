"""Where the book is, and what to beware of."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import typer

from eventrec import connection
from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app

if TYPE_CHECKING:
    from pathlib import Path

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
