from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from eventrec import connection
from eventrec.cli import context
from eventrec.cli.main import PAGES, app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Eventrec
    from tests.conftest import Run

EVENTREC = (sys.executable, "-m", "eventrec.cli.main")


def commands(group: Any = None, *words: str) -> Iterator[tuple[str, ...]]:
    group = group or typer.main.get_command(app)
    yield words
    if hasattr(group, "list_commands"):
        within = typer.Context(group)
        for name in group.list_commands(within):
            yield from commands(group.get_command(within, name), *words, name)


COMMANDS = list(commands())


def test_every_page_is_walked() -> None:
    assert {words[0] for words in COMMANDS if words} == {name for pages in PAGES.values() for name in pages}


def test_eventrec_alone_shows_a_screen_of_examples(run: Run) -> None:
    result = run()
    assert (result.code, result.err) == (0, "")
    assert result.out.count("\n  eventrec ") > 5
    assert len(result.out.splitlines()) < 24


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_has_examples_before_the_options(words: tuple[str, ...], run: Run) -> None:
    result = run(*words, "--help")
    assert (result.code, result.err) == (0, "")
    before, options, _ = result.out.partition("\nOptions:")
    examples = [line.strip() for line in before.splitlines() if line.strip().startswith("eventrec ")]
    assert options
    assert any(line.startswith(" ".join(("eventrec", *words))) for line in examples)


@pytest.mark.parametrize("words", [(), ("event",), ("event", "add"), ("agenda",)], ids=" ".join)
def test_the_short_form_of_help_is_the_same(words: tuple[str, ...], run: Run) -> None:
    assert run(*words, "-h").out == run(*words, "--help").out


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out.startswith("eventrec 0.")


@pytest.mark.parametrize("words", [("nosuch",), ("event", "nosuch"), ("event", "list", "--nosuch"), ("event", "add")])
def test_a_command_line_that_makes_no_sense_is_exit_2(words: tuple[str, ...], run: Run) -> None:
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err


def test_a_mistyped_command_is_told_the_nearest(run: Run) -> None:
    assert "Did you mean: eventrec event\n" in run("evnt", "list").err


def test_a_mistyped_verb_is_told_the_nearest(run: Run) -> None:
    assert "Did you mean: eventrec event list\n" in run("event", "lsit").err


@pytest.mark.parametrize("words", [("event", "edit", "1", "--days"), ("import", "people.csv", "--minimum-share")])
def test_a_word_where_a_number_belongs_is_told_without_words_of_programmers(words: tuple[str, ...], run: Run) -> None:
    result = run(*words, "three")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"Error: Invalid value for '{words[-1]}': 'three' is no whole number.\n")


def test_ctrl_c_is_exit_130_and_says_that_nothing_was_saved(here: Eventrec, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(context.App, "today", property(interrupted))
    result = here("event", "add", "Workshop", "--date", "tomorrow")
    assert (result.code, result.out, result.err) == (130, "", "\nStopped; nothing was saved.\n")


ASKED_TO_END = """
import os, signal, sys
from eventrec import streamed
from eventrec.cli.main import main

def ended(self):
    yield b"BEGIN:VCARD"
    os.kill(os.getpid(), signal.SIGTERM)
    yield b"END:VCARD"

streamed.Hashed.__iter__ = ended
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_an_export_that_is_asked_to_end_leaves_nothing_half_written(sqlite_programme: str, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    words = ("--database", sqlite_programme, "export", "contacts", "-o", str(folder / "people.vcf"))
    done = subprocess.run([sys.executable, "-c", ASKED_TO_END, *words], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (130, "\nStopped; nothing was saved.\n")
    assert list(folder.iterdir()) == []


STOPPED_AT_THE_START = """
import sys
from eventrec.cli import run

class Stopping:
    def find_spec(name, *_):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stopping)
run()
"""


def test_whoever_stops_it_while_it_starts_reads_nothing_of_python() -> None:
    done = subprocess.run([sys.executable, "-c", STOPPED_AT_THE_START], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


COLLECTED = """
import gc
from atexit import register
from eventrec.cli import run

def collected():
    return sum(each["collections"] for each in gc.get_stats())

before = collected()
register(lambda: print(collected() - before, gc.isenabled()))
run()
"""


@pytest.mark.parametrize("words", [("event", "show", "1"), ("--help",)])
def test_what_a_command_is_made_of_is_not_looked_through_for_garbage(
    words: tuple[str, ...], sqlite_programme: str
) -> None:
    command = [sys.executable, "-c", COLLECTED, "--database", sqlite_programme, *words]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == "0 True"


def test_a_fault_of_ours_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    from eventrec.cli import main

    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(main, "app", faulty)
    with pytest.raises(ZeroDivisionError):
        main.main(["status"])


def start(*words: str, **options: Any) -> subprocess.Popen[bytes]:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.Popen([*EVENTREC, *words], stderr=subprocess.PIPE, env=buffered, **options)


def test_a_reader_that_goes_away_is_no_error(sqlite_programme: str) -> None:
    read, write = os.pipe()
    os.close(read)
    with start("--database", sqlite_programme, "event", "list", stdout=write) as process:
        os.close(write)
        assert (process.communicate()[1], process.returncode) == (b"", 0)


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes them")
@pytest.mark.parametrize(
    ("closed", "words", "code", "told"),
    [
        (">&-", "contact list -f json", 1, "eventrec: Standard output is closed; nothing was done.\n"),
        (">&-", "event add Ferries --date 2031-05-03", 1, "eventrec: Standard output is closed; nothing was done.\n"),
        ("<&-", "event remove 1", 6, "--yes"),
        ("2>&-", "event show 99999", 3, ""),
        ("<&- >&- 2>&-", "status", 1, ""),
    ],
)
def test_a_closed_stream_is_no_fault_of_the_book(
    closed: str, words: str, code: int, told: str, sqlite_programme: str
) -> None:
    line = f"{shlex.join(EVENTREC)} --database {shlex.quote(sqlite_programme)} {words} {closed}"
    done = subprocess.run(line, shell=True, capture_output=True, check=False, text=True)  # noqa: S602
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "damaged" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_output_on_a_full_disk_is_exit_1_in_words(sqlite_programme: str) -> None:
    with Path("/dev/full").open("wb") as full, start("--database", sqlite_programme, "status", stdout=full) as process:
        err = process.communicate()[1].decode()
    assert process.returncode == 1
    assert err.startswith("eventrec: The disk is full")
    assert "Traceback" not in err


def completed(words: str, shell: str = "bash", **environment: str) -> list[str]:
    typed = {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_EVENTREC_COMPLETE": f"complete_{shell}",
    }
    done = subprocess.run(EVENTREC, env={**os.environ, **typed, **environment}, capture_output=True, check=False)
    assert done.stderr == b""
    return done.stdout.decode().split()


def test_the_shell_completes_commands() -> None:
    assert completed("eventrec ev") == ["event"]


def test_the_shell_completes_words() -> None:
    assert completed("eventrec event add --kind w") == ["workshop"]


def test_the_shell_completes_codes_of_the_book(sqlite_programme: str) -> None:
    assert completed("eventrec agency show ", EVENTREC_DATABASE=sqlite_programme) == ["EU", "IOM", "NIA"]


def test_the_shell_completes_codes_of_the_book_that_is_named(sqlite_programme: str) -> None:
    assert completed(f"eventrec --database {sqlite_programme} project show M") == ["MMSP-III"]


def test_completion_without_a_book_offers_nothing() -> None:
    assert completed("eventrec agency show ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_shown(shell: str) -> None:
    environment = {**os.environ, "_EVENTREC_COMPLETE": f"source_{shell}"}
    done = subprocess.run(EVENTREC, env=environment, capture_output=True, check=False)
    assert b"_EVENTREC_COMPLETE" in done.stdout


def meddle(address: str, sql: str) -> None:
    """Change the book behind the back of everything."""
    with closing(connection.open_for_writing(address)) as opened:
        opened.execute(sql)
        if opened.dialect == "sqlite":
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize("line", [("event", "list", "-f", "json"), ("event", "edit", "1", "--city", "Bern")])
def test_a_value_that_no_book_should_hold_is_told_as_damage(
    eventrec: Eventrec, programme: str, line: tuple[str, ...]
) -> None:
    meddle(programme, "UPDATE event SET title = '[1'")
    result = eventrec(*line)
    assert result.code == 5
    assert "is damaged.\n  See what: eventrec " in result.err
    assert "db check. Leave it as it is" in result.err


def test_a_value_that_cannot_be_written_again_is_told_as_damage(run: Run, sqlite_programme: str) -> None:
    """On PostgreSQL there is no way to put it there."""
    with closing(connection.open_for_writing(sqlite_programme)) as opened:
        opened.execute("PRAGMA ignore_check_constraints=ON")
        opened.execute("UPDATE event SET end_time = X'FFFE00' WHERE id = 2")
    result = run("--database", sqlite_programme, "event", "remove", "2", "--yes")
    assert (result.code, "is damaged." in result.err) == (5, True)


def test_a_view_that_was_garbled_is_told_as_damage(run: Run, sqlite_programme: str) -> None:
    with closing(connection.open_for_writing(sqlite_programme)) as opened:
        opened.execute("DROP VIEW v_agency")
        opened.execute("CREATE VIEW v_agency AS SELECT id FROM agency")
    result = run("--database", sqlite_programme, "agency", "list")
    assert (result.code, "is damaged." in result.err) == (5, True)


def test_a_fault_of_ours_in_a_whole_book_keeps_its_traceback(
    eventrec: Eventrec, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("eventrec.services.event.add", broken)
    with pytest.raises(ValueError, match="a fault of ours"):
        eventrec("event", "add", "Talk", "--date", "2025-01-01")
