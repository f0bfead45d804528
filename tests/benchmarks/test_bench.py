"""That the benchmark measures what the table asks for, and writes down what it found; no time is tested."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from benchmarks.__main__ import GROWTH, ROWS, main
from benchmarks.chart import Line, chart
from benchmarks.data import Size, make_book
from benchmarks.ground import ROOT
from benchmarks.making import multiply
from benchmarks.measure import Measured, Side, in_turn
from benchmarks.rows import OURS, Target, at_most, faster, within

from benchmarks import results
from eventrec.connection import open_for_reading
from eventrec.views.columns import COLUMNS
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

PLACES = (
    "`event list`, `agenda`, `search`, `show` to a pipe",
    "the same as a table on a terminal",
    "`--help`, `--version`, completion",
    "schema check of a healthy book",
    "`event add` (one write, with history)",
    "calendar export, 10,000 events",
    "calendar import, 10,000 events",
    "vCard export, 100,000 contacts",
    "CSV import, 100,000 contacts, checked, matched, with history",
    "the same into PostgreSQL",
    "participant export, 1,000,000 rows to CSV",
    "XLSX export, 100,000 rows",
    "participant summary, 1,000,000 participations, agency × sex × modality × quarter",
    "search in 100,000 contacts, two Chinese characters",
    "memory of every export and import",
)
"""The rows of the table."""

SMALL = Size(40, 20, 20, 400)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "small.db"
    make_book(path, SMALL)
    return path


def test_a_quick_run_measures_two_rows_and_writes_them_down(tmp_path: Path) -> None:
    main(["--quick", "--no-peers", "--runs", "1", "--only", "version", "--only", "list",
          "--out", str(tmp_path), "--data", str(tmp_path / "data")])  # fmt: skip
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "The same 20 rows, byte for byte." in written
    assert re.search(r"\| eventrec \| \d+\.\d+ \| 1\.00× \| \d+\.\d+ \| \d+ \| 1 \|", written)
    assert "khal list was not run" in written
    assert "A run for trying" in written


def test_a_part_of_the_rows_is_never_written_over_the_results_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "version"])
    assert "--out FOLDER" in capsys.readouterr().err


def test_every_row_of_the_table_has_results() -> None:
    written = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    for place in PLACES:
        assert f"\n## {place[0].upper()}{place[1:]}\n" in written, place
    assert set(re.findall(r"\| (met|\*\*not met\*\*|not measured) \|$", written, re.MULTILINE)) >= {"met"}
    for name in re.findall(r"\]\((growth-\w+\.svg)\)", written):
        ElementTree.parse(ROOT / "benchmarks" / name)  # noqa: S314 (a file of ours)


def test_the_readme_quotes_the_results() -> None:
    readme, written = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "benchmarks/RESULTS.md"))
    assert results.QUOTED[0] in readme
    assert results.quote(readme, written) == readme


def test_what_bounds_a_row_belongs_to_a_row_that_there_is() -> None:
    assert set(results._bounds()) <= {*ROWS, GROWTH}


def test_every_view_of_an_invented_book_reads(small: Path) -> None:
    reader = Reader(open_for_reading(str(small)))
    assert [view for view in COLUMNS if not reader.everything(view).rows and view not in NOT_INVENTED] == []


NOT_INVENTED = ("v_event_source", "v_retention")
"""What an invented book has nothing of."""


def assert_whole(book: Path, run: Run) -> None:
    """That nothing is wrong, but that an invented book has no history."""
    found = run("db", "check", address=str(book)).out.splitlines()
    assert [line for line in found if "history" not in line] == []


def test_an_invented_book_is_whole(small: Path, run: Run) -> None:
    assert_whole(small, run)
    checked = run("check", "-f", "json", address=str(small))
    assert checked.code in (0, 1), checked.err


def test_a_book_is_made_larger_by_copies_with_numbers_of_their_own(small: Path, tmp_path: Path, run: Run) -> None:
    large = tmp_path / "large.db"
    with closing(sqlite3.connect(small)) as book, closing(sqlite3.connect(large)) as copy:
        book.backup(copy)
    multiply(large, 3 * SMALL.contacts)
    with closing(sqlite3.connect(large)) as book:
        found = {
            table: book.execute(f"SELECT count(*), count(DISTINCT uid) FROM {table}").fetchone() for table in TIMES
        }
        addresses = book.execute("SELECT count(DISTINCT value) FROM contact_point").fetchone()
    assert found == {table: (times * number, times * number) for table, (number, times) in TIMES.items()}
    assert addresses == (2 * 3 * SMALL.contacts,)
    assert_whole(large, run)


TIMES = {
    "agency": (SMALL.agencies, 1),
    "contact": (SMALL.contacts, 3),
    "event": (SMALL.events, 3),
    "participation": (SMALL.participations, 3),
}


def test_a_command_is_measured_with_its_memory_and_its_children(tmp_path: Path) -> None:
    words = "import subprocess, sys; print(1); subprocess.run([sys.executable, '-c', 'bytearray(90_000_000)'])"
    side = Side(OURS, [sys.executable, "-c", words], piped=True)
    measured = in_turn([side], 1, tmp_path, dict(os.environ))[OURS]
    assert measured.failure == ""
    assert measured.output.read_text() == "1\n"
    assert 90 < measured.megabytes < 200
    assert measured.median > 0


def test_a_terminal_is_a_terminal(tmp_path: Path) -> None:
    words = "import shutil, sys; print(sys.stdout.isatty(), shutil.get_terminal_size().columns)"
    side = Side(OURS, [sys.executable, "-c", words], terminal=True)
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    assert in_turn([side], 1, tmp_path, environment)[OURS].output.read_text().split() == ["True", "120"]


def test_a_command_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    side = Side(OURS, ["/bin/sh", "-c", "sleep 60 | cat"], limit=0.3)
    measured = in_turn([side], 3, tmp_path, dict(os.environ))[OURS]
    assert (measured.ended, len(measured.seconds)) == (True, 1)
    assert measured.median < 10


def test_a_command_that_fails_says_with_which_words(tmp_path: Path) -> None:
    side = Side(OURS, [sys.executable, "-c", "import sys; sys.exit('no such book')"])
    measured = in_turn([side], 3, tmp_path, dict(os.environ))[OURS]
    assert measured.failure == "left with 1: no such book"


def figure(name: str, seconds: float, megabytes: float = 10, failure: str = "") -> tuple[str, Measured]:
    return name, Measured(Side(name, ["true"]), [seconds], [seconds], megabytes, failure)


@pytest.mark.parametrize(
    ("target", "ours", "floor", "reached", "met"),
    [
        (at_most(2, "floor"), 2.0, ("floor", 1.0), "2.00×", True),
        (at_most(2, "floor"), 2.1, ("floor", 1.0), "2.10×", False),
        (faster(20, "floor"), 1.0, ("floor", 20.0), "20.0× faster", True),
        (faster(20, "floor"), 1.0, ("floor", 19.0), "19.0× faster", False),
        (faster(20, "floor"), 1.0, ("floor", 120.0, 1, "ended after 120 s"), "120× faster or better", True),
        (faster(200, "floor"), 1.0, ("floor", 120.0, 1, "ended after 120 s"), "120× faster or better", None),
        (at_most(2, "floor"), 1.0, ("floor", 0.1, 1, "left with 1: no"), "floor left with 1: no", None),
        (at_most(2, "peer"), 1.0, ("floor", 1.0), "peer was not run", None),
        (within(10), 1.0, ("floor", 1.0), "10 MB", True),
        (within(9), 1.0, ("floor", 1.0), "10 MB", False),
    ],
)
def test_a_target_is_met_or_not(
    target: Target, ours: float, floor: tuple[str, float], reached: str, met: bool | None
) -> None:
    verdict = target.verdict(dict([figure(OURS, ours), figure(*floor)]))
    assert (verdict.reached, verdict.met) == (reached, met)


def test_what_eventrec_itself_does_not_do_is_not_met() -> None:
    figures = dict([figure(OURS, 1.0, failure="left with 5: damaged"), figure("floor", 1.0)])
    assert at_most(9, "floor").verdict(figures).met is False


def test_a_chart_shows_every_line_by_name() -> None:
    drawn = chart("Time & more", "rows", "seconds", [Line("a < b", [(1000, 0.2), (10_000, 3)]), Line("none", [])])
    texts = [text.text for text in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert {"Time & more", "a < b", "1,000", "10,000"} <= set(texts)
    assert "none" not in texts


def test_a_floor_prints_what_eventrec_prints(small: Path, run: Run) -> None:
    ground = ROOT / "benchmarks" / "floors"
    for script, words, command in (
        ("listing", ["2023-01-01"], ["event", "list", "--since", "2023-01-01"]),
        ("listing", ["2024-01-01", "2024-12-31", "--not-cancelled"], ["agenda", "--during", "2024"]),
        ("showing", ["7"], ["event", "show", "7"]),
    ):
        done = subprocess.run([sys.executable, ground / f"{script}.py", small, *words], capture_output=True, check=True)
        assert done.stdout == run(*command, address=str(small)).stdout
