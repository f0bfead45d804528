"""Making a book, and bringing it to the schema of this version; the only place that imports Alembic."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eventrec import connection
from eventrec.connection import REVISIONS, Standing
from eventrec.driver_errors import translate
from eventrec.errors import DatabaseUnavailable, EventrecError, OutputExists
from eventrec.views.dialect import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did: revisions before and after (equal when only the views changed), and where the backup is."""

    before: str
    after: str
    backup: Path | None = None


def migrations() -> Path:
    """Return the folder of the migrations: beside the source tree's pyproject.toml, else inside the package."""
    root = _PACKAGE.parents[1]
    folder = root / "migrations" if _is_source_tree(root) else _PACKAGE / "migrations"
    if not (folder / "env.py").is_file():
        raise DatabaseUnavailable("The migrations were not installed with eventrec.", "Install eventrec again.")
    return folder


def _is_source_tree(root: Path) -> bool:
    """Tell whether a folder is eventrec's own, and not a project that eventrec was installed into."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(project.get("project", {}).get("name") == "eventrec")


def computed_mark(revision: str = REVISIONS[-1]) -> int:
    """Return the mark of a schema: its revision and both renderings of the views, as 31 bits."""
    digest = hashlib.sha256(revision.encode())
    for name, body in (*rendered("sqlite"), *rendered("postgresql")):
        digest.update(f"\n{name}\n{body}".encode())
    return int.from_bytes(digest.digest()[:4]) & 0x7FFFFFFF


def state(address: str) -> tuple[Standing, str]:
    """Return how the database at an address stands to this version, and its revision. Raises DatabaseUnavailable."""
    with contextlib.closing(connection.open_for_reading(address, check=False)) as opened:
        return connection.standing(opened)


def create(address: str, revision: str = "head") -> None:
    """Make a new book: a SQLite file that only its owner may read, or the tables in an empty database.

    With a `revision` it has the schema of an older version, to be filled from a backup and upgraded.
    Raises DatabaseUnavailable when there is a book, or something else, already.
    """
    new = not connection.exists(address)
    if new:
        connection.make_file(connection.path_of(address))
    try:
        found, before = state(address)
        if found is not Standing.EMPTY:
            raise connection.misfit(found, before, address)
        _run(address, "upgrade", revision)
    except BaseException:
        if new:
            connection.path_of(address).unlink(missing_ok=True)
        raise


def upgrade(address: str, revision: str = "head", *, backup: bool = True) -> Upgrade:
    """Bring a book to this version's schema; a SQLite file is copied first. Nothing changes when it is current.

    All of it happens in one transaction: when it fails or is interrupted, the book is as it was.
    """
    found, before = state(address)
    if found is Standing.CURRENT:
        return Upgrade(before, before)
    if found not in (Standing.OLDER, Standing.OTHER_VIEWS):
        raise connection.misfit(found, before, address)
    kept = _keep(address, before) if backup and not connection.is_postgresql(address) else None
    _run(address, "upgrade", revision)
    return Upgrade(before, state(address)[1], kept)


def downgrade(address: str, revision: str) -> None:
    """Bring a book back to an older schema (`base` for none)."""
    _run(address, "downgrade", revision)


def _run(address: str, direction: str, revision: str) -> None:
    from alembic import command

    with driver_in_words(address):
        getattr(command, direction)(config(address), revision)


@contextlib.contextmanager
def driver_in_words(address: str) -> Iterator[None]:
    """Turn the driver's errors, which SQLAlchemy has wrapped, into sentences."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        told = translate(error.orig, address, connection.BUSY_SECONDS) if error.orig else None
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


def _keep(address: str, revision: str) -> Path:
    """Copy a SQLite file beside itself, consistently, readable by its owner only; its name is given to no half copy."""
    from eventrec.db.backup.copying import copy
    from eventrec.db.backup.placing import placed

    while True:
        kept = _free_name(connection.path_of(address), revision)
        try:
            with placed(kept) as temporary:
                copy(address, temporary, check=False)
        except OutputExists:  # another upgrade of the same book took the name meanwhile
            continue
        except DatabaseUnavailable:
            raise
        except EventrecError as error:
            raise EventrecError(f"{error.message} The book was left as it is.", "Make room beside it.") from error
        return kept


def _free_name(path: Path, revision: str) -> Path:
    """Return the first name for a backup that nothing has."""
    number = 1
    while True:
        kept = path.with_name(f"{path.stem}.before-{revision}-{number}{path.suffix or '.db'}")
        if not os.path.lexists(kept):
            return kept
        number += 1
