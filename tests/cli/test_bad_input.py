from __future__ import annotations

import contextlib
import os
import resource
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eventrec import connection, driver_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Eventrec
    from tests.conftest import Result, Run


def told(result: Result, code: int) -> str:
    """Return the sentence of a refusal, after looking at its form."""
    assert (result.code, result.out) == (code, ""), result.err
    assert "Traceback" not in result.err
    sentence, _, hint = result.err.partition("\n")
    assert sentence.startswith("eventrec: ")
    assert sentence.endswith((".", "?"))
    assert hint.startswith("  "), f"{sentence} … says not what to do now"
    assert "please" not in result.err.lower()
    return sentence


REFUSED = {
    "an impossible date": (4, ("event", "add", "W", "--date", "2024-02-30"), "February 2024 has 29 days"),
    "an ambiguous date": (4, ("event", "add", "W", "--date", "06/02/2025"), "2 June 2025 or as 6 February 2025"),
    "no date": (4, ("event", "add", "W", "--date", "soonish"), "not understood"),
    "an end before the start": (4, ("event", "add", "W", "--date", "2024-10-18..2024-10-17"), "before it starts"),
    "hours that end before they start": (
        4,
        ("event", "add", "W", "--date", "2024-10-17", "--time", "17:00-09:00"),
        "17:00",
    ),
    "an empty title": (4, ("event", "add", ""), "title is empty"),
    "a title of blanks": (4, ("event", "edit", "1", "  "), "title is empty"),
    "a long title": (4, ("event", "add", "x" * 10_000), "10,000 characters"),
    "a terminal escape in a title": (4, ("event", "add", "red \x1b[31m"), "control character U+001B"),
    "a bell in a title": (4, ("event", "add", "ding \x07"), "control character U+0007"),
    "a bidi override in a name": (4, ("agency", "add", "abc \u202e def"), "U+202E"),
    "a control character in a reason": (4, ("event", "cancel", "1", "-y", "--reason", "a\x9bb"), "U+009B"),
    "a bad e-mail": (4, ("contact", "add", "X", "--email", "nobody@"), "no e-mail address"),
    "a bad phone": (4, ("contact", "add", "X", "--phone", "12"), "“12”"),
    "an unknown country": (4, ("agency", "add", "X", "--country", "Atlantis"), "Atlantis"),
    "an unknown time zone": (4, ("event", "add", "W", "--timezone", "Moon/Crater"), "Moon/Crater"),
    "a code that exists": (4, ("agency", "add", "Another", "--code", "nia"), "taken by agency 2"),
    "a project's code that exists": (4, ("project", "add", "Another", "--code", "mmsp-iii"), "MMSP-III"),
    "a name that exists": (4, ("agency", "add", "European Union", "欧盟"), "taken by agency 3"),
    "a negative head-count": (4, ("participant", "add", "1", "--agency", "EU", "--women", "-1"), "cannot be negative"),
    "a second identical participation": (4, ("participant", "add", "1", "--agency", "NIA", "--men", "2"), "row 2"),
    "a share above 100": (4, ("event", "add", "W", "--project", "MMSP-III=160"), "between 0 and 100"),
    "a share that is no number": (4, ("event", "add", "W", "--project", "MMSP-III=half"), "half"),
    "coordinates off the Earth": (4, ("event", "add", "W", "--at", "91,0"), "no place on Earth"),
    "a web address without http": (4, ("event", "add", "W", "--online-url", "example"), "no web address"),
    "held without a date": (4, ("event", "add", "W", "--status", "held"), "date"),
    "more days than there are": (4, ("event", "edit", "1", "--days", "3"), "3"),
    "a visit of a visit": (4, ("visit", "add", "2", "Another"), "visit"),
    "its own parent": (4, ("agency", "edit", "NIA", "--parent", "NIA"), "above itself"),
    "removing who is referred to": (4, ("agency", "remove", "NIA", "-y"), "still in use"),
    "an unknown event": (3, ("event", "show", "77"), "no event “77”"),
    "an unknown agency": (3, ("event", "add", "W", "--organizer", "NAI"), "Nearest: "),
    "an unknown visit": (3, ("visit", "edit", "1", "--status", "held"), "no visit"),
    "an ambiguous contact": (3, ("contact", "show", "i"), "i"),
    "somebody who is not there": (3, ("participant", "edit", "1", "Zaitsev", "--status", "attended"), "Zaitsev"),
    "an unknown word": (2, ("report", "participants", "--by", "colour"), "no dimension"),
    "a period that ends first": (2, ("event", "list", "--since", "2025", "--until", "2024"), "before it starts"),
    "two periods": (2, ("event", "list", "--since", "2025", "--during", "2024"), "--during"),
    "a format and a file that disagree": (2, ("event", "list", "-f", "csv", "-o", "x.json"), "disagree"),
    "an ending of no format": (2, ("event", "list", "-o", "x.docx"), "no format"),
    "a calendar named as a sheet": (2, ("export", "calendar", "-o", "x.csv"), ".ics"),
    "a colour that is none": (2, ("--color", "pink", "status"), "pink"),
    "nobody": (2, ("participant", "add", "1"), "Who"),
    "a person with a number": (2, ("participant", "add", "1", "LI Na", "--women", "2"), "one person"),
    "both ways at once": (2, ("participant", "add", "1", "李娜", "--further", "--from-headcount"), "exclude"),
    "nothing to change": (2, ("participant", "edit", "1"), "Nothing was given"),
    "a question in a script": (6, ("event", "remove", "1"), "Go on?"),
    "a person of a counted delegation": (6, ("participant", "add", "1", "李娜"), "head-count"),
    "a new name of an agency": (6, ("agency", "edit", "NIA", "Immigration Service"), "new name"),
    "another version": (1, ("event", "edit", "1", "--status", "held", "--if-version", "9"), "version"),
    "nothing to do again": (3, ("redo",), "nothing"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_is_refused_in_words_and_nothing_is_saved(why: str, eventrec: Eventrec, untouched: Callable[[], bool]) -> None:
    code, words, fragment = REFUSED[why]
    result = eventrec(*words)
    assert fragment in told(result, code) + result.err
    assert untouched()


@pytest.mark.parametrize("words", [("event", "list", "--kind", "party"), ("event", "edit", "1", "--days", "many")])
def test_a_value_that_an_option_cannot_have_is_exit_2(words: tuple[str, ...], here: Eventrec) -> None:
    result = here(*words)
    assert (result.code, result.out) == (2, "")
    assert "Invalid value for '--" in result.err


def test_an_ambiguous_reference_names_the_candidates(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Workshop on visas")
    result = eventrec("event", "edit", "Workshop on", "--kind", "meeting")
    assert "#1 Workshop on returns" in told(result, 3)
    assert "#3 Workshop on visas" in told(result, 3)


ESCAPES = "\x1b[31mred\x1b]0;owned\x07\u202e\x9b"


def _spoil(address: str) -> None:
    with contextlib.closing(sqlite3.connect(address)) as book, book:
        for table, column in (("event", "title"), ("agency", "name"), ("contact", "name"), ("project", "name")):
            book.execute(f"UPDATE {table} SET {column} = json_object('en', ?)", (ESCAPES,))
        book.execute("UPDATE change_set SET command = ?", (ESCAPES,))


@pytest.mark.parametrize(
    "words",
    [
        *[(noun, verb) for noun in ("event", "agency", "contact", "project") for verb in ("list", "show")],
        ("participant", "list"),
        ("participant", "show"),
        ("agenda", "--since", "2000"),
        ("search", "red"),
        ("log",),
        ("status",),
        ("report", "participants", "--by", "event"),
        ("report", "events"),
        ("report", "contacts"),
        ("event", "cancel", "1", "-y"),
        ("event", "edit", "1", "--status", "held"),
        ("participant", "edit", "1", "--status", "attended"),
        ("event", "show", "nowhere"),
        ("agency", "add", "欧盟", "--code", "NIA"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("shape", ["table", "tsv"])
def test_text_from_records_never_reaches_the_terminal_alive(
    words: tuple[str, ...], shape: str, here: Eventrec, sqlite_programme: str
) -> None:
    _spoil(sqlite_programme)
    reading = words[-1] in ("list", "show") or words[0] in ("agenda", "search", "log", "report")
    given = ("1",) if words[-1] == "show" else ()
    result = here(*words, *given, *(("-f", shape) if reading else ()))
    live = set(result.out + result.err) & set(ESCAPES)
    assert live.isdisjoint("\x1b\x07\x9b\u202e" if shape == "table" or not reading else "\x1b\x07\x9b")


@pytest.fixture
def missing(tmp_path: Path) -> Iterator[str]:
    place = tmp_path / "mistyped.db"
    yield str(place)
    assert not place.exists()


@pytest.mark.parametrize(
    "words", [("event", "list"), ("event", "add", "W"), ("undo",), ("db", "check"), ("db", "upgrade")]
)
def test_a_mistyped_database_is_exit_5_and_never_made(words: tuple[str, ...], missing: str, run: Run) -> None:
    assert missing in told(run("--database", missing, *words), 5)


def test_a_missing_database_names_the_command_that_makes_it(missing: str, run: Run) -> None:
    assert f"eventrec --database {missing} init" in run("--database", missing, "status").err


def test_a_database_that_the_server_does_not_have_is_exit_5(postgresql_programme: str, run: Run) -> None:
    elsewhere = postgresql_programme.replace("/programme_", "/nowhere_")
    told(run("status", address=elsewhere), 5)


def test_a_server_that_is_not_there_is_exit_5(run: Run, tmp_path: Path) -> None:
    told(run("status", address=f"postgresql://nobody:secret@/x?host={tmp_path}"), 5)


def test_a_password_is_never_shown(run: Run, tmp_path: Path) -> None:
    assert "secret" not in run("status", address=f"postgresql://nobody:secret@/x?host={tmp_path}").err


@pytest.mark.parametrize("words", [("event", "list"), ("event", "add", "W"), ("init",)])
def test_a_file_of_another_kind_is_exit_5_and_stays_as_it_is(words: tuple[str, ...], run: Run) -> None:
    Path("letter.db").write_text("Dear all, this is no database but a letter." * 20, encoding="utf-8")
    before = Path("letter.db").read_bytes()
    told(run("--database", "letter.db", *words), 5)
    assert Path("letter.db").read_bytes() == before


@pytest.mark.parametrize("words", [("event", "list"), ("event", "add", "W"), ("init",), ("db", "upgrade")])
def test_a_database_of_another_program_is_exit_5_and_stays_as_it_is(words: tuple[str, ...], run: Run) -> None:
    with contextlib.closing(sqlite3.connect("other.db")) as other, other:
        other.execute("CREATE TABLE photo (id INTEGER)")
    before = Path("other.db").read_bytes()
    assert "another program" in told(run("--database", "other.db", *words), 5)
    assert Path("other.db").read_bytes() == before


def _mark(address: str, revision: str) -> None:
    with contextlib.closing(sqlite3.connect(address)) as book, book:
        book.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        book.execute("PRAGMA user_version = 7")


@pytest.mark.parametrize("words", [("event", "list"), ("event", "add", "W"), ("db", "info")])
def test_a_newer_book_is_exit_5(words: tuple[str, ...], here: Eventrec, sqlite_programme: str) -> None:
    _mark(sqlite_programme, "9999")
    assert "newer eventrec" in told(here(*words), 5)


@pytest.mark.parametrize("words", [("event", "list"), ("event", "add", "W")])
def test_an_older_book_is_exit_5_and_names_the_upgrade(
    words: tuple[str, ...], here: Eventrec, sqlite_programme: str
) -> None:
    _mark(sqlite_programme, "0001")
    result = here(*words)
    assert "older eventrec" in told(result, 5)
    assert "eventrec db upgrade" in result.err


def test_a_locked_book_is_exit_5(here: Eventrec, sqlite_programme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(driver_errors, "BUSY_SECONDS", 0.05)
    with contextlib.closing(sqlite3.connect(sqlite_programme, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "Another program is writing" in told(here("event", "add", "W"), 5)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_change_of_a_read_only_book_is_exit_5(here: Eventrec, sqlite_programme: str) -> None:
    Path(sqlite_programme).chmod(stat.S_IRUSR)
    assert "may only be read" in told(here("event", "add", "W"), 5)
    assert here("event", "list").code == 0


def test_a_change_on_a_read_only_server_is_exit_5(postgresql_programme: str, run: Run) -> None:
    address = f"{postgresql_programme}&options=-c%20default_transaction_read_only%3Don"
    assert "may only be read" in told(run("event", "add", "W", address=address), 5)
    assert run("event", "list", address=address).code == 0


def limited(address: str, *words: str, size: int) -> subprocess.CompletedProcess[bytes]:
    """Run a command that may not write more than so many bytes into any file, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-m", "eventrec.cli.main", "--database", address, *words],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )


def test_a_change_on_a_full_disk_saves_nothing(sqlite_programme: str) -> None:
    done = limited(sqlite_programme, "event", "add", "W", "--description", "x" * 20_000, size=20_000)
    assert done.returncode in (1, 5), done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    with contextlib.closing(connection.open_for_reading(sqlite_programme)) as book:
        assert book.execute("SELECT count(*) FROM event").fetchone()[0] == 2


def test_a_file_on_a_full_disk_is_not_written_in_part(sqlite_programme: str, run: Run) -> None:
    for field in ("--description", "--results"):
        run("event", "edit", "1", field, "x" * 20_000, address=sqlite_programme)
    done = limited(sqlite_programme, "export", "events", "-o", "events.csv", size=36_000)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"The disk is full; events.csv was not written." in done.stderr
    assert not Path("events.csv").exists()
