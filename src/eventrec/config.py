"""Where the book is: option, environment, `eventrec.toml` here, the user's own configuration, the default."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE: Final = "eventrec.toml"
KEYS: Final = ("database", "read_database", "automatic_backups")
"""What a configuration file may say."""

AUTOMATIC_BACKUPS: Final = 7
"""How many automatic backups of a book in a file are kept when nobody says otherwise."""

MOST_BACKUPS: Final = 36500
"""A hundred years of days; more is a slip of the hand."""

_FILE_SCHEME: Final = "sqlite:///"
_XDG: Final = (
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_STATE_HOME", ".local/state"),
)
"""Where the user's data, configuration and state are on Linux: who says so, and where below the home otherwise."""


class Folders(NamedTuple):
    """The user's folders for data, configuration and state."""

    data: Path
    config: Path
    state: Path


class Settings(NamedTuple):
    """What was decided before anything is opened.

    `source` says in words who named the database. Only the default one may be made by the first `add`
    (`may_be_made`): a mistyped path must not become an empty book. `ledger` remembers the files eventrec wrote.
    Of a book in a file as many `automatic_backups` are kept, one a day; 0 makes none.
    `read_source` says who named the database to read from.
    """

    database: str
    read_database: str | None = None
    source: str = "the default"
    may_be_made: bool = False
    ledger: Path | None = None
    automatic_backups: int = 0
    read_source: str = "EVENTREC_READ_DATABASE"


def user_folders(environ: Mapping[str, str]) -> Folders:
    """Return the system's usual folders (XDG Base Directory Specification on Linux)."""
    home = environ.get("HOME", "")
    if sys.platform == "linux" and home.startswith("/") and "ANDROID_ROOT" not in environ:
        return Folders(*(_by_xdg(environ, name, f"{home}/{usual}") for name, usual in _XDG))
    import platformdirs  # it knows every system and case, and takes as long as opening the book

    return Folders(
        data=platformdirs.user_data_path("eventrec", appauthor=False),
        config=platformdirs.user_config_path("eventrec", appauthor=False),
        state=platformdirs.user_state_path("eventrec", appauthor=False),
    )


def _by_xdg(environ: Mapping[str, str], name: str, usual: str) -> Path:
    said = environ.get(name, "")
    return Path(said if said.startswith("/") else usual, "eventrec")  # a relative path counts as none


def load(option: str | None, environ: Mapping[str, str], cwd: Path, folders: Folders) -> Settings:
    """Decide where the book is; the first of option, EVENTREC_DATABASE, ./eventrec.toml, the user's own, default.

    A standby to read from (EVENTREC_READ_DATABASE, else the file that named the database) belongs to the team's book:
    it is left alone when the option names another one, and an empty variable switches it off. Raises UsageError for a
    configuration file that is wrong.
    """
    places = (cwd / FILE, folders.config / FILE)
    try:
        files = [(file, _read(file)) for file in places]
    except UsageError:
        if not option:
            raise
        files = []  # whoever names the book needs no file to
    kept = _automatic_backups(environ, [said for _, said in files])
    rest: dict[str, Any] = {"ledger": folders.state / "written.json", "automatic_backups": kept}
    if option:
        return Settings(option, source="--database", **rest)
    read = environ.get("EVENTREC_READ_DATABASE") or None
    if environ.get("EVENTREC_DATABASE"):
        return Settings(environ["EVENTREC_DATABASE"], read, "EVENTREC_DATABASE", **rest)
    for file, said in files:
        if "database" in said:
            if "EVENTREC_READ_DATABASE" in environ or "read_database" not in said:
                return Settings(said["database"], read, str(file), **rest)
            source = f"read_database in {file}"
            return Settings(said["database"], said["read_database"], str(file), **rest, read_source=source)
    return Settings(str(folders.data / "eventrec.db"), read, may_be_made=True, **rest)


def _automatic_backups(environ: Mapping[str, str], files: Sequence[Mapping[str, Any]]) -> int:
    """Return how many automatic backups are kept: EVENTREC_AUTOMATIC_BACKUPS, the files, or the default."""
    said = environ.get("EVENTREC_AUTOMATIC_BACKUPS")
    if said:
        digits = said.lstrip("0") or "0"
        if not said.isascii() or not said.isdigit():
            raise UsageError(
                f"EVENTREC_AUTOMATIC_BACKUPS is “{said}”, which is no whole number of 0 or more.",
                "Say how many to keep; 0 for none.",
            )
        if len(digits) > len(str(MOST_BACKUPS)) or int(digits) > MOST_BACKUPS:
            raise UsageError("EVENTREC_AUTOMATIC_BACKUPS is too large.", f"Keep at most {MOST_BACKUPS}; 0 for none.")
        return int(digits)
    return next((int(each["automatic_backups"]) for each in files if "automatic_backups" in each), AUTOMATIC_BACKUPS)


def _read(file: Path) -> dict[str, Any]:
    """Return what a configuration file says, its paths made whole."""
    try:
        text = file.read_text(encoding="utf-8")
        import tomllib  # now and not before: most books have no such file

        said = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}.", "Correct the file, or name the book with --database."
        ) from error
    return {key: _value(file, key, value) for key, value in said.items()}


def _value(file: Path, key: str, value: object) -> str | int:
    """Return one setting of a file. Raises UsageError for one that is unknown or of the wrong kind."""
    if key not in KEYS:
        raise UsageError(f"{file}: “{key}” is no setting.", f"It may hold: {', '.join(KEYS)}")
    if key == "automatic_backups":
        if type(value) is not int or value < 0:
            raise UsageError(f"{file}: {key} is no number.", f"Write it as: {key} = 7, or 0 for none")
        if value > MOST_BACKUPS:
            raise UsageError(f"{file}: {key} is too large.", f"Keep at most {MOST_BACKUPS}; 0 for none.")
        return value
    if not isinstance(value, str) or not value:
        raise UsageError(f"{file}: {key} is no text.", f'Write it as: {key} = "events.db"')
    return _beside(file, value)


def _beside(file: Path, address: str) -> str:
    """Return an address whose path, when it is relative, starts in the folder of the configuration file."""
    path = address.removeprefix(_FILE_SCHEME)
    return address if "://" in path else str(file.parent / Path(path).expanduser())
