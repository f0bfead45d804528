from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Run


def default() -> Path:
    return platformdirs.user_data_path("eventrec", appauthor=False) / "eventrec.db"


def test_the_first_add_makes_the_default_book_and_says_so(run: Run) -> None:
    result = run("event", "add", "Workshop")
    assert result.code == 0
    assert result.err.startswith(f"A new record book was made: {default()}\nEvent 1 was added.\n")
    assert default().exists()


def test_the_second_add_makes_nothing_anew(run: Run) -> None:
    run("event", "add", "Workshop")
    assert run("event", "add", "Another").err.startswith("Event 2 was added.\n")


@pytest.mark.parametrize("words", [("event", "list"), ("event", "edit", "1", "--status", "held"), ("undo",)])
def test_reading_and_changing_make_no_book(words: tuple[str, ...], run: Run) -> None:
    result = run(*words)
    assert (result.code, result.out) == (5, "")
    assert result.err == (
        "eventrec: There is no record book yet.\n  Make your own: eventrec init, or one to look around: eventrec demo\n"
    )
    assert not default().exists()


def test_init_makes_the_default_book(run: Run) -> None:
    result = run("init", "--timezone", "Asia/Beijing", "--country", "中国", "--language", "zh")
    assert (result.code, result.out) == (0, "")
    assert f"A new record book: {default()}\n" in result.err
    run("event", "add", "Workshop", "--date", "2024-10-17")
    assert "Asia/Shanghai" in run("event", "show", "1").out


def test_init_leaves_a_book_that_is_there(here: Eventrec, sqlite_programme: str) -> None:
    before = Path(sqlite_programme).read_bytes()
    result = here("init")
    assert (result.code, result.out) == (5, "")
    assert "holds a record book already" in result.err
    assert Path(sqlite_programme).read_bytes() == before


def test_a_book_is_for_its_owner_only(run: Run) -> None:
    run("init")
    assert default().stat().st_mode & 0o077 == 0


def test_status_says_what_the_book_holds_and_what_waits(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Someday")
    result = eventrec("status")
    assert (result.code, result.err) == (0, "")
    assert "Holds: 3 events, 3 agencies, 2 contacts, 1 project, 2 participant rows\n" in result.out
    assert "Past, but not marked held: events 1, 2\n" in result.out
    assert "Without a date: event 3\n" in result.out
    assert "by tester: eventrec event add Someday\n" in result.out


def test_status_never_shows_a_password(postgresql_programme: str, run: Run) -> None:
    address = postgresql_programme.replace("eventrec@", "eventrec:secret@")
    result = run("status", address=address)
    assert result.code == 0
    assert "secret" not in result.out


def test_a_configuration_file_here_names_the_book(run: Run, sqlite_programme: str) -> None:
    Path("eventrec.toml").write_text(f'database = "{sqlite_programme}"\n', encoding="utf-8")
    assert sqlite_programme in run("status").out


def test_the_option_goes_before_the_environment(run: Run, sqlite_programme: str) -> None:
    assert run("--database", sqlite_programme, "status", address="elsewhere.db").code == 0


def test_the_command_as_typed_is_in_the_history(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Two words")
    assert "eventrec event add 'Two words'" in eventrec("log").out
