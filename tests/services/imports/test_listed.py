from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.formats.participant_list import ParticipantList, ParticipantRow, ParticipantTotal, names, read_unnamed
from eventrec.services import setting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

NOBODY = ParticipantTotal(None, None, None, None, None)


@pytest.fixture
def demo(tmp_path: Path, demo_file: Path) -> str:
    """The demo's book."""
    return str(shutil.copy(demo_file, tmp_path / "eventrec.db"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("event", [1, 4, 5, 7])
def test_the_list_for_donors_comes_back_as_nothing_new(run: Run, demo: str, event: int, language: str) -> None:
    with closing(Book(Settings(demo))) as book, book.writing("a test") as work:
        setting.put(work.session, "language", language)
    assert run("export", "participants", "--event", str(event), "-o", "list.xlsx", address=demo).code == 0
    result = run("import", "list.xlsx", "--event", str(event), "--check", address=demo)
    assert result.code == 0
    assert "0 new, 0 updated" in result.err
    assert "not understood" not in result.err
    assert "people in all" not in result.err
    assert "below the total: women 女" in result.out


def test_a_list_with_somebody_who_was_forgotten_comes_back_as_nothing_new(run: Run, demo: str) -> None:
    assert run("contact", "forget", "5", "-y", address=demo).code == 0
    assert run("export", "participants", "--event", "7", "-o", "list.xlsx", address=demo).code == 0
    result = run("import", "list.xlsx", "--event", "7", address=demo)
    assert result.code == 0
    assert "0 new, 0 updated" in result.err


def test_who_has_moved_to_another_agency_since_is_no_new_contact(run: Run, demo: str) -> None:
    assert run("export", "participants", "--event", "7", "-o", "list.xlsx", address=demo).code == 0
    assert run("contact", "edit", "5", "--agency", "EX-UNI", "--from", "2025-09-01", address=demo).code == 0
    result = run("import", "list.xlsx", "--event", "7", "--check", address=demo)
    assert "0 new, 0 updated" in result.err


@pytest.mark.parametrize(
    "row",
    [
        ParticipantRow(women=1, men=0, other=2, not_stated=0), ParticipantRow(not_stated=6, approximate=True),
        ParticipantRow(women=12, men=1, other=1, not_stated=3), ParticipantRow(), ParticipantRow(men=0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("others", [[], [ParticipantRow(name={"en": "LI Na"})]], ids=["alone", "further"])
def test_what_is_written_of_people_without_a_name_is_read_again(
    row: ParticipantRow, others: list[ParticipantRow]
) -> None:
    listing = ParticipantList({"en": "Workshop"}, "", "", [row, *others], NOBODY)
    for text in names(row, listing).values():
        found = read_unnamed(text)
        assert found is not None
        assert found.approximate == row.approximate
        heads = row.heads
        counts = {name: count for name, count in (heads or {}).items() if count}
        assert found.counts == (counts if heads is not None else None)


def test_a_name_is_a_name() -> None:
    assert read_unnamed("LI Na") is None
    assert read_unnamed("李娜") is None
