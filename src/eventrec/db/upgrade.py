"""Making a book, and bringing it to the schema of this version; the only place that imports Alembic."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventrec import connection
from eventrec.connection import REVISIONS, SCHEMA_MARK
from eventrec.errors import DatabaseUnavailable
from eventrec.views.dialect import rendered

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did: revisions before and after, and where the backup is."""

    before: str | None
    after: str
    backup: Path | None = None


def migrations() -> Path:
    """Return the folder of the migrations: beside the source tree's pyproject.toml, else inside the package."""
    package = Path(__file__).parents[1]
    for folder in (package.parents[1] / "migrations", package / "migrations"):
        if ((folder / "env.py").is_file() and (folder.parent / "pyproject.toml").is_file()) or folder.parent == package:
            return folder
    raise DatabaseUnavailable("The migrations were not installed with eventrec.", "Install eventrec again.")


def computed_mark(revision: str = REVISIONS[-1]) -> int:
    """Return the mark of a schema: its revision and both renderings of the views, as 31 bits."""
    digest = hashlib.sha256(revision.encode())
    for dialect in ("sqlite", "postgresql"):
        for name, body in rendered(dialect):  # type: ignore[arg-type]
            digest.update(f"\n{name}\n{body}".encode())
    return int.from_bytes(digest.digest()[:4]) & 0x7FFFFFFF


def create(address: str) -> None:
    """Make a new book. Raises DatabaseUnavailable when there is one, or something else, already."""
    if not connection.is_postgresql(address):
        _refuse_what_is_there(connection.path_of(address), address)
    elif _revision(address) is not None:
        raise DatabaseUnavailable(f"{connection.shown(address)} holds a record book already.", "eventrec db info")
    try:
        _run(address, "upgrade", "head")
    except BaseException:
        if not connection.is_postgresql(address):
            connection.path_of(address).unlink(missing_ok=True)
        raise


def upgrade(address: str, revision: str = "head", *, backup: bool = True) -> Upgrade:
    """Bring a book to this version's schema; a SQLite file is copied first. Nothing changes when it is current."""
    before = _revision(address)
    if before is None:
        raise DatabaseUnavailable(f"There is no record book in {connection.shown(address)}.", "Make one: eventrec init")
    if before not in REVISIONS:
        raise DatabaseUnavailable(
            f"{connection.shown(address)} was written by a newer eventrec.", "pip install -U eventrec"
        )
    if before == REVISIONS[-1] and _mark(address) == SCHEMA_MARK and revision == "head":
        return Upgrade(before, before)
    kept = _keep(connection.path_of(address), before) if backup and not connection.is_postgresql(address) else None
    _run(address, "upgrade", revision)
    return Upgrade(before, _revision(address) or "", kept)


def downgrade(address: str, revision: str) -> None:
    """Bring a book back to an older schema (`base` for none)."""
    _run(address, "downgrade", revision)


def _run(address: str, direction: str, revision: str) -> None:
    from alembic import command

    with _patience():
        getattr(command, direction)(config(address), revision)


@contextlib.contextmanager
def _patience() -> Any:  # noqa: ANN401
    """Turn the database's errors into sentences."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        told = connection.translate(error.orig) if error.orig else None
        if told is None:
            raise
        raise told from error


def config(address: str) -> Config:
    """Return Alembic's configuration for a book, silent."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    made.attributes["address"] = address
    return made


def _revision(address: str) -> str | None:
    with contextlib.closing(connection.open_for_writing(address, check=False)) as opened:
        found = opened.execute(_EXISTS[opened.dialect]).fetchone()
        row = opened.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
        return row[0] if row else None


_EXISTS = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}


def _mark(address: str) -> int:
    with contextlib.closing(connection.open_for_writing(address, check=False)) as opened:
        sql = "PRAGMA user_version" if opened.dialect == "sqlite" else "SELECT mark FROM schema_mark"
        return int(opened.execute(sql).fetchone()[0])


def _refuse_what_is_there(path: Path, address: str) -> None:
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return
    with contextlib.closing(connection.open_for_reading(address)):
        raise DatabaseUnavailable(f"There is a record book at {path} already.", "See it: eventrec status")


def _keep(path: Path, revision: str) -> Path:
    """Copy a SQLite file beside itself, consistently, readable by its owner only."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.before-upgrade-from-{revision}-{number}{path.suffix}")).exists():
        number += 1
    kept.touch(mode=0o600)
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(kept)) as target:
        source.backup(target)
    return kept
