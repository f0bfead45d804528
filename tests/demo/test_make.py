from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.workbooks import cells

from eventrec.demo.make import contents, make, record
from eventrec.errors import EventrecError

if TYPE_CHECKING:
    from tests.conftest import Run

EXPORTS = Path(__file__).parents[2] / "exports"
NAMES = ("calendar.ics", "contacts.vcf", "contacts.csv", "participants.csv", "participants.xlsx", "summary.md")


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where nothing is yet."""
    if request.param == "sqlite":
        return str(tmp_path / "demo.db")
    postgres = request.getfixturevalue("postgres")
    postgres.drop("demo")
    return str(postgres.create("demo"))


def test_the_folder_exports_holds_what_the_demo_writes_on_either_database(nowhere: str) -> None:
    book = record(nowhere)
    for name, content in zip(NAMES, contents(book), strict=True):
        there = (EXPORTS / name).read_bytes()
        if name.endswith(".xlsx"):
            assert cells(content) == cells(there)
        else:
            assert content == there, f"{name}: make demo, then copy eventrec-demo/exports"
    book.close()


def test_the_demo_writes_six_files_and_shows_agenda_and_summary(run: Run, tmp_path: Path) -> None:
    done = run("demo")
    assert done.code == 0, done.err
    assert sorted(path.name for path in (tmp_path / "eventrec-demo" / "exports").iterdir()) == sorted(NAMES)
    assert "Workshop on Practical Cooperation on Returns and Readmissions" in done.out
    assert "EXAMPLE" in done.out
    assert len([line for line in done.out.splitlines() if line.startswith("  eventrec --database")]) == 4


def test_the_commands_it_proposes_work(run: Run) -> None:
    import shlex

    proposed = [line.strip() for line in run("demo").out.splitlines() if line.startswith("  eventrec --database")]
    for command in proposed:
        assert run(*shlex.split(command)[1:]).code == 0, command


def test_the_demo_is_made_anew(tmp_path: Path) -> None:
    make(tmp_path / "demo")
    before = (tmp_path / "demo" / "exports" / "calendar.ics").read_bytes()
    make(tmp_path / "demo")
    assert (tmp_path / "demo" / "exports" / "calendar.ics").read_bytes() == before


@pytest.mark.parametrize("strange", ["letter.txt", "exports/letter.txt"])
def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, strange: str) -> None:
    made = make(tmp_path / "demo")
    (made.folder / strange).write_text("mine")
    with pytest.raises(EventrecError, match=r"letter\.txt"):
        make(made.folder)
    assert (made.folder / strange).read_text() == "mine"
    assert made.database.exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "eventrec.db").write_text("mine")
    with pytest.raises(EventrecError, match="only replaces a folder that it made itself"):
        make(tmp_path / "demo")
    assert (tmp_path / "demo" / "eventrec.db").read_text() == "mine"


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    assert make(tmp_path / "demo").database.exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    made = make(tmp_path / "demo")
    shutil.move(made.folder, tmp_path / "real")
    (tmp_path / "demo").symlink_to(tmp_path / "real")
    with pytest.raises(EventrecError, match="is no folder"):
        make(tmp_path / "demo")
