from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = ("sqlalchemy", "alembic", "icalendar", "xlsxwriter", "babel", "phonenumbers", "email_validator")
PROGRAM = """
import sys
from eventrec.cli.lazy import Lazy
import typer
first = set(sys.modules)
put_off = {name for name, module in sys.modules.items() if type(module) is Lazy}
from eventrec.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    read = {name for name in put_off if type(sys.modules[name]) is not Lazy}
    print(left.code, *sorted(set(sys.modules) - first | read), file=sys.stderr)
"""

BEYOND_A_LIST = (
    "alembic",
    "calendar",
    "decimal",
    "eventrec.api",
    "eventrec.db",
    "eventrec.edits",
    "eventrec.files",
    "eventrec.models",
    "eventrec.reports",
    "eventrec.services",
    "eventrec.text.dates",
    "eventrec.values",
    "getpass",
    "hashlib",
    "importlib.metadata",
    "ipaddress",
    "platformdirs",
    "random",
    "rich",
    "sqlalchemy",
    "subprocess",
    "tempfile",
    "tokenize",
    "tomllib",
    "zipfile",
)
"""What a command that lists or finds must do without: only files, dates in words and changes need it."""


def modules(*words: str) -> set[str]:
    """Return what a command line imports beside Typer and what that imports."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, check=True)
    code, *names = done.stderr.decode().splitlines()[-1].split()
    assert code == "0", done.stderr.decode()
    return set(names)


def imported(*words: str) -> set[str]:
    return {name.split(".")[0] for name in modules(*words)}.intersection(WATCHED)


@pytest.mark.parametrize(
    "words",
    [
        ("event", "list"),
        ("event", "list", "-f", "json"),
        ("event", "show", "1"),
        ("visit", "list"),
        ("agency", "list", "--side", "China"),
        ("agency", "show", "NIA"),
        ("project", "list"),
        ("contact", "list"),
        ("contact", "show", "李娜"),
        ("participant", "list", "--event", "1"),
        ("participant", "show", "1"),
        ("agenda",),
        ("search", "移民"),
        ("log",),
        ("status",),
        ("db", "info"),
        ("report", "participants", "--by", "agency"),
        ("report", "events"),
        ("report", "contacts"),
        ("export", "all", "-o", "book"),
        ("export", "invitation", "1", "--all-participants", "-o", "mail"),
    ],
    ids=" ".join,
)
def test_reading_waits_for_no_library_of_writing(words: tuple[str, ...], sqlite_programme: str) -> None:
    assert imported("--database", sqlite_programme, *words).isdisjoint({"sqlalchemy", "alembic", "icalendar"})


@pytest.mark.parametrize(
    "words",
    [
        ("event", "list", "--since", "2020-01-01"),
        ("event", "list", "--during", "2024-01-01..2024-12-31", "-f", "json"),
        ("visit", "list"),
        ("agency", "list", "--side", "China"),
        ("project", "list"),
        ("contact", "list", "-f", "table"),
        ("participant", "list", "--event", "1"),
        ("agenda",),
        ("search", "移民"),
    ],
    ids=" ".join,
)
def test_a_list_imports_little_beside_typer(words: tuple[str, ...], sqlite_programme: str) -> None:
    found = modules("--database", sqlite_programme, *words)
    in_words = ("calendar", "eventrec.text.dates") if "--during" in words else ()
    beyond = {name for name in BEYOND_A_LIST if name not in in_words and (name != "platformdirs" or _is_linux())}
    assert not {name for name in found for each in beyond if name == each or name.startswith(f"{each}.")}
    assert len(found) <= 64
    assert words[0] not in ("agenda", "search") or "eventrec.cli.fields" not in found, "those of changes"


@pytest.mark.parametrize(
    "words", [("event", "show", "1"), ("agency", "show", "NIA"), ("contact", "show", "李娜"), ("log",), ("status",)]
)
def test_showing_imports_little_more_than_a_list(words: tuple[str, ...], sqlite_programme: str) -> None:
    found = modules("--database", sqlite_programme, *words)
    assert found.isdisjoint({"tempfile", "zipfile", "hashlib", "eventrec.files", "eventrec.values", "eventrec.edits"})
    assert len(found) <= 70


@pytest.mark.parametrize(("words", "most"), [(("export", "calendar"), 90), (("export", "contacts"), 84)])
def test_an_export_to_standard_output_waits_for_nothing_that_files_need(
    words: tuple[str, ...], most: int, sqlite_programme: str
) -> None:
    found = modules("--database", sqlite_programme, *words)
    assert found.isdisjoint({"hashlib", "tempfile", "shutil", "zipfile", "eventrec.folders", "eventrec.values"})
    assert len(found) <= most, sorted(found)


def test_a_command_is_completed_without_opening_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_EVENTREC_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "eventrec event l")
    monkeypatch.setenv("COMP_CWORD", "2")
    found = modules()
    assert found.isdisjoint({"sqlite3", "sqlalchemy", "rich", "eventrec.views.references", "eventrec.cli.completion"})
    assert found.isdisjoint({"eventrec.book", "eventrec.connection", "eventrec.config", "dataclasses"})
    assert len(found) <= 35


def test_a_change_imports_only_the_database_and_the_rules_that_it_needs(sqlite_programme: str) -> None:
    words = ("event", "add", "Workshop on ferries", "渡轮研讨会", "--date", "2031-10-17", "--city", "Beijing", "-n")
    found = modules("--database", sqlite_programme, *words)
    beyond = ("alembic", "babel", "icalendar", "sqlalchemy.dialects.postgresql", "sqlalchemy.ext", "eventrec.db.check")
    assert not {name for name in found for each in beyond if name == each or name.startswith(f"{each}.")}
    assert len({name for name in found if name.startswith("eventrec")}) <= 70
    mapped = {name.removeprefix("eventrec.models.") for name in found if name.startswith("eventrec.models.")}
    assert mapped == {"base", "change", "change_set", "contact", "event"}, "each takes as long as an INSERT"
    assert found.isdisjoint({"zoneinfo", "eventrec.services.participation", "eventrec.db.changed_since"})
    assert found.isdisjoint({"importlib.metadata", "ipaddress", "tokenize"}), "put off, and not needed"


def test_a_release_is_read_without_libraries_of_writing_and_of_every_country(
    sqlite_programme: str, tmp_path: Path
) -> None:
    release = tmp_path / "release.txt"
    release.write_text(
        "Workshop on ferries\n\nThe Example Institute held a workshop in Beijing on 3 May 2031.\n", "utf-8"
    )
    assert imported("--database", sqlite_programme, "draft", str(release)) == set()


@pytest.mark.parametrize("words", [(), ("event",), ("event", "add"), ("export",), ("export", "calendar"), ("report",)])
def test_help_waits_for_no_library(words: tuple[str, ...]) -> None:
    assert imported(*words, "--help") == set()


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_import_no_command_and_nothing_of_a_book(word: str) -> None:
    found = modules(word)
    pages = {name for name in found if name.startswith("eventrec.cli.")}
    assert pages == {"eventrec.cli.asking", "eventrec.cli.building", "eventrec.cli.main"}
    assert found.isdisjoint({"sqlite3", "json", "dataclasses", "eventrec.book", "eventrec.connection"})
    assert len(found) <= 16


def _is_linux() -> bool:
    return sys.platform == "linux"
