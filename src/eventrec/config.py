"""Where the book is: option, environment, `eventrec.toml` here, the user's own configuration, the default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventrec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "eventrec.toml"


@dataclass(frozen=True)
class Folders:
    """The user's folders for data, configuration and state."""

    data: Path
    config: Path
    state: Path


@dataclass(frozen=True)
class Settings:
    """What was decided before anything is opened.

    `source` says in words who named the database. Only the default one may be made by the first `add`
    (`may_be_made`): a mistyped path must not become an empty book. `ledger` remembers the files eventrec wrote.
    """

    database: str
    read_database: str | None = None
    source: str = "the default"
    may_be_made: bool = False
    ledger: Path | None = None


def user_folders() -> Folders:
    """Return the system's usual folders; for the doors."""
    import platformdirs

    return Folders(
        data=platformdirs.user_data_path("eventrec", appauthor=False),
        config=platformdirs.user_config_path("eventrec", appauthor=False),
        state=platformdirs.user_state_path("eventrec", appauthor=False),
    )


def load(option: str | None, environ: Mapping[str, str], cwd: Path, folders: Folders) -> Settings:
    """Decide where the book is; the first of option, EVENTREC_DATABASE, ./eventrec.toml, the user's own, default.

    Raises UsageError for a configuration file that cannot be read.
    """
    named = _named(option, environ, cwd, folders)
    read = environ.get("EVENTREC_READ_DATABASE") or None
    ledger = folders.state / "written.json"
    if named is not None:
        database, source = named
        return Settings(database, read, source, ledger=ledger)
    default = str(folders.data / "eventrec.db")
    return Settings(default, read, may_be_made=True, ledger=ledger)


def _named(option: str | None, environ: Mapping[str, str], cwd: Path, folders: Folders) -> tuple[str, str] | None:
    if option:
        return option, "--database"
    if environ.get("EVENTREC_DATABASE"):
        return environ["EVENTREC_DATABASE"], "EVENTREC_DATABASE"
    for file in (cwd / FILE, folders.config / FILE):
        database = _read(file).get("database")
        if database is None:
            continue
        if not isinstance(database, str) or not database:
            raise UsageError(f"{file}: database is no text.", 'Write it as: database = "events.db"')
        return (database if "://" in database else str(file.parent / database)), str(file)
    return None


def _read(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}.", "Correct the file, or name the book with --database."
        ) from error
