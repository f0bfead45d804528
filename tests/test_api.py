from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.workbooks import cells

import eventrec
from eventrec.errors import EventrecError, NotFound, OutputExists, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path, demo_file: Path) -> Iterator[eventrec.Book]:
    """The demo's book."""
    shutil.copy(demo_file, tmp_path / "demo.db")
    with eventrec.open(str(tmp_path / "demo.db")) as opened:
        yield opened


def test_the_public_names_are_those_of_all() -> None:
    assert eventrec.__all__ == ["Answer", "Book", "EventrecError", "open"]
    assert all(hasattr(eventrec, name) for name in eventrec.__all__)
    with pytest.raises(AttributeError):
        eventrec.nothing  # noqa: B018


def test_the_example_of_the_documentation(book: eventrec.Book, tmp_path: Path) -> None:
    found = [
        (event["starts_on"], event["title"], event["participants"])
        for event in book.events(project="MMSP-III", since="2024-01-01")
    ]
    assert [row[0] for row in found] == ["2024-10-17"]
    summary = book.report("participants", project="EXAMPLE", by=["agency", "sex"])
    summary.save(tmp_path / "participants.xlsx")
    assert cells((tmp_path / "participants.xlsx").read_bytes())
    book.export("calendar", tmp_path / "mmsp-iii.ics", project="MMSP-III")
    assert (tmp_path / "mmsp-iii.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_rows_have_flat_titles_beside_the_object(book: eventrec.Book) -> None:
    """The documentation's first example prints `event["title_en"]`."""
    (event,) = book.events(project="MMSP-III", since="2024-01-01")
    assert event["title_en"] == "Workshop on Practical Cooperation on Returns and Readmissions"
    assert event["title_zh"] == "返回和重新接纳务实合作研讨会"


def test_a_report_adds_up(book: eventrec.Book) -> None:
    total = book.report("participants", project="EXAMPLE", by=["sex"]).total
    assert total is not None
    assert total["participations"] == total["named"] + total["unnamed"] == 32  # type: ignore[operator]
    assert sum(total[name] for name in ("women", "men", "other", "not_stated")) == 32  # type: ignore[misc]


def test_a_report_is_a_list_of_rows(book: eventrec.Book) -> None:
    assert {row["side"] for row in book.report("participants", by=["side"])} == {"China", "EU", None}


@pytest.mark.parametrize("name", ["events", "contacts"])
def test_the_other_reports_are_there_too(book: eventrec.Book, name: str) -> None:
    assert len(book.report(name))


def test_a_saved_report_is_what_the_command_line_writes(book: eventrec.Book, tmp_path: Path) -> None:
    book.report("participants", by=["project"]).save(tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["report"] == "participants"


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("contacts", "c.vcf"),
        ("agencies", "a.vcf"),
        ("contacts", "c.csv"),
        ("events", "e.xlsx"),
        ("agencies", "a.json"),
        ("participants", "p.tsv"),
    ],
)
def test_everything_can_be_exported(book: eventrec.Book, tmp_path: Path, what: str, name: str) -> None:
    assert book.export(what, tmp_path / name).stat().st_size > 0


def test_faults_are_said_as_on_the_command_line(book: eventrec.Book, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        book.events(project="MMSP-IX")
    with pytest.raises(UsageError, match="no report"):
        book.report("nothing")
    with pytest.raises(UsageError, match="“colour” is no criterion"):
        book.events(colour="blue")
    with pytest.raises(UsageError, match="cannot be exported"):
        book.export("money", tmp_path / "money.csv")
    with pytest.raises(EventrecError, match="nothing to write"):
        book.export("calendar", tmp_path / "none.ics", since="2090-01-01")
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(OutputExists):
        book.export("events", tmp_path / "mine.csv")


def test_the_book_as_it_was_answers_like_the_book_of_today(book: eventrec.Book, tmp_path: Path) -> None:
    with eventrec.open(str(tmp_path / "demo.db"), as_of="today") as then:
        assert list(then.events()) == list(book.events())
        past = then.report("participants", by=["agency"])
    present = book.report("participants", by=["agency"])
    assert (past.rows, past.total) == (present.rows, present.total)
    assert past.criteria["as_of"].endswith("Z")
    assert book.report("participants", by=["agency"], as_of="today").rows == present.rows


def test_before_the_first_change_there_is_no_book_to_open(book: eventrec.Book, tmp_path: Path) -> None:  # noqa: ARG001
    with pytest.raises(NotFound, match="nothing in the book"):
        eventrec.open(str(tmp_path / "demo.db"), as_of="1999-12-31")


def test_what_is_public_is_listed() -> None:
    assert set(eventrec.__all__) <= set(dir(eventrec))
