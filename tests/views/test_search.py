from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.views.book import Book
    from tests.views.conftest import Planned


@pytest.mark.parametrize("needle", ["workshop 7", "李", "nowhere"])
def test_a_search_reads_the_texts_of_people_and_events_and_no_whole_record(planned: Planned, needle: str) -> None:
    planned.search(needle)
    scans = [step for step in planned.steps if step.startswith(("SCAN event", "SCAN contact"))]
    assert scans == [
        "SCAN event USING INDEX ix_event_search_text",
        "SCAN contact USING COVERING INDEX ix_contact_search_text",
    ]


def test_a_text_of_any_length_is_kept_and_found(book: Book) -> None:
    text = "".join(f"{number:x} " for number in range(20_000))
    number = book.event("x", search_text=text)
    assert [row["id"] for row in book.reader.search("4e1f")] == [number]
