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
from eventrec.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    print(left.code, *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported(*words: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, check=True)
    code, *modules = done.stderr.decode().splitlines()[-1].split()
    assert code == "0", done.stderr.decode()
    return set(modules).intersection(WATCHED)


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
