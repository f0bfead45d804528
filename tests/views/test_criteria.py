from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from eventrec.errors import NotFound, Rejected, UsageError
from eventrec.localized import Localized
from eventrec.models import Alias, ProjectParty
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from tests.views.book import Book


@pytest.fixture
def filled(book: Book) -> Book:
    """Two events: one in Beijing in 2024 with NIA and LI Na, one undated and empty under another project."""
    eu = book.agency("EU", side="EU")
    book.agency("EC", parent_id=eu)
    nia = book.agency("NIA", side="China", country="CN")
    programme = book.project("MMSP")
    phase = book.project("MMSP-III", parent_id=programme)
    person = book.contact("LI Na", agency=nia)
    asked = book.contact("Andrei", agency=eu)
    book.add(ProjectParty, project_id=phase, contact_id=asked, role="finance")
    city = Localized({"en": "Beijing", "zh": "北京"})
    book.add(Alias, city="Beijing", name="Peking")
    event = book.event(
        "Workshop", "2024-10-17..2024-10-19", projects=(phase,), contact_id=asked, city=city, country="CN"
    )
    book.named(event, person, agency_id=nia, role="speaker", modality="online", source="online-log")
    book.unnamed(event, 2, agency_id=2, status="registered")
    book.event("Meeting", kind="meeting", modality="online", projects=(book.project("OTHER"),))
    book.visit(event, "Airport", "2024-10-16", status="confirmed", modality="in-person")
    return book


def ids(book: Book, noun: str, **options: Any) -> list[Any]:
    return sorted(row["id"] for row in getattr(book.reader, noun)(resolve(book.reader, **options)))  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("options", "events"),
    [
        ({}, [1, 2, 3]),
        ({"event": "1"}, [1, 3]),
        ({"project": "MMSP"}, [1, 3]),
        ({"project": "MMSP", "only": True}, []),
        ({"project": ("MMSP", "OTHER")}, [1, 2, 3]),
        ({"agency": "EU"}, [1]),
        ({"agency": "EU", "only": True}, []),
        ({"agency": "NIA", "role": "speaker"}, [1]),
        ({"agency": "EC", "role": "speaker"}, []),
        ({"side": "china"}, [1]),
        ({"agency_country": "CN"}, [1]),
        ({"contact": "LI Na"}, [1]),
        ({"contact": "Andrei"}, [1, 3]),
        ({"kind": "meeting"}, [2]),
        ({"city": "BEIJING"}, [1]),
        ({"city": "北京"}, [1]),
        ({"city": "peking"}, [1]),
        ({"city": "Paris"}, []),
        ({"country": "CN"}, [1]),
        ({"since": "2024-10-19"}, [1]),
        ({"since": "2024-10-20"}, []),
        ({"until": "2024-10-16"}, [3]),
        ({"until": "2024-10-17"}, [1, 3]),
        ({"text": "WORK"}, [1]),
        ({"event_status": "held"}, [1]),
        ({"event_modality": "online"}, [2]),
        ({"modality": "online"}, [1]),
        ({"status": "registered"}, [1]),
        ({"source": "online-log"}, [1]),
    ],
)
def test_events(filled: Book, options: dict[str, Any], events: list[int]) -> None:
    assert ids(filled, "events", **options) == events


@pytest.mark.parametrize(
    ("noun", "options", "numbers"),
    [
        ("agencies", {"project": "MMSP"}, [2, 3]),
        ("agencies", {"side": "EU"}, [1, 2]),
        ("agencies", {"agency": "EU"}, [1, 2]),
        ("agencies", {"event_status": "held", "status": "attended"}, [3]),
        ("agencies", {"contact": "LI Na"}, [3]),
        ("contacts", {"project": "MMSP"}, [1, 2]),
        ("contacts", {"agency": "NIA"}, [1]),
        ("contacts", {"side": "EU"}, [2]),
        ("contacts", {"role": "speaker"}, [1]),
        ("contacts", {"city": "Beijing"}, [1, 2]),
        ("projects", {"contact": "Andrei"}, [2]),
        ("projects", {"city": "Beijing"}, [2]),
        ("projects", {"side": "China"}, [2]),
        ("projects", {"project": "MMSP"}, [1, 2]),
        ("participants", {"project": "MMSP"}, [1, 2]),
        ("participants", {"agency": "EU"}, [2]),
        ("participants", {"text": "li na"}, [1]),
        ("participants", {"text": "workshop"}, [1, 2]),
        ("participants", {"status": "registered"}, [2]),
        ("participants", {"event": "2"}, []),
        ("participants", {"contact": "LI Na", "since": "2024-10-18"}, [1]),
    ],
)
def test_other_nouns(filled: Book, noun: str, options: dict[str, Any], numbers: list[int]) -> None:
    assert ids(filled, noun, **options) == numbers


def test_undated_events_are_named_when_a_period_left_them_out(filled: Book) -> None:
    reader = filled.reader
    assert list(reader.undated(resolve(reader, since="2024-01-01"))) == [{"id": 2, "title": {"en": "Meeting"}}]
    assert len(reader.undated(resolve(reader, since="2024-01-01", project="MMSP"))) == 0
    assert len(reader.undated(resolve(reader))) == 0


def test_criteria_are_described_as_they_were_typed(filled: Book) -> None:
    criteria = resolve(
        filled.reader, project="mmsp", since="2024-01-01", agency_country="CN", kind=("meeting", "other")
    )
    assert criteria.describe() == "project mmsp, kind meeting or other, agency-country CN, since 2024-01-01"


def test_a_word_outside_the_vocabulary_is_refused(filled: Book) -> None:
    with pytest.raises(UsageError, match="“party” is no kind"):
        resolve(filled.reader, kind="party")


@pytest.mark.parametrize("option", ["text", "city", "side"])
def test_a_text_with_a_nul_is_refused_in_words(filled: Book, option: str) -> None:
    with pytest.raises(Rejected, match="NUL"):
        filled.reader.events(resolve(filled.reader, **{option: "W\0"}))


def test_a_search_for_a_nul_is_refused_in_words(filled: Book) -> None:
    with pytest.raises(Rejected, match="NUL"):
        filled.reader.search("W\0")


def test_an_unknown_project_is_not_found(filled: Book) -> None:
    with pytest.raises(NotFound):
        resolve(filled.reader, project="nothing")
