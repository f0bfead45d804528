from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.reports.counting import Counting
from eventrec.reports.digits import LARGEST
from eventrec.reports.figures import Counts
from eventrec.reports.participants import participants
from eventrec.views.criteria import ALL
from eventrec.vocabulary import PARTICIPATION_MODALITIES, ROLES, SEXES

if TYPE_CHECKING:
    from tests.views.book import Book


def test_heads_take_eight_octets_each(sqlite_book: Book) -> None:
    sqlite_book.event("E", "2024-01-01", status="held")
    contact = sqlite_book.contact("C", sex="female")
    sqlite_book.named(1, contact, status="attended")
    counts = Counts(Counting(sqlite_book.reader, ALL, ("agency", "sex")))
    assert {(part.typecode, len(part)) for part in counts._crowd.named.values()} == {("q", 1)}
    sqlite_book.clear()


def test_lines_too_many_for_a_machine_number_are_counted_all_the_same(sqlite_book: Book) -> None:
    by = ("sex", "event", "project", "agency", "side", "country", "kind", "role", "year", "quarter", "month")
    for at in range(40):
        agency = sqlite_book.agency(code=f"A{at}", side=f"S{at}", country="CN")
        sqlite_book.event("E", f"{2000 + at}-01-01..{2001 + at}-12-31", status="held")
        sqlite_book.unnamed(at + 1, 1, 2, 0, 0, agency_id=agency, status="attended")
    found = participants(sqlite_book.reader, ALL, by)
    assert [row["participations"] for row in found] == [1] * 40 + [2] * 40
    assert found.total
    assert found.total["participations"] == 120
    sqlite_book.clear()


def test_every_word_of_the_vocabulary_is_told_apart(sqlite_book: Book) -> None:
    sqlite_book.event("E", "2024-01-01", status="held")
    for sex in SEXES:
        for role in ROLES:
            for modality in PARTICIPATION_MODALITIES:
                contact = sqlite_book.contact("C", sex=sex)
                sqlite_book.named(1, contact, status="attended", role=role, modality=modality)
    found = participants(sqlite_book.reader, ALL, ("sex", "role", "modality"), roles=ROLES)
    keys = [(row["sex"], row["role"], row["modality"]) for row in found]
    assert keys == [(sex, role, modality) for sex in SEXES for role in ROLES for modality in PARTICIPATION_MODALITIES]
    assert {row["people"] for row in found} == {1}
    sqlite_book.clear()


def test_a_side_is_counted_however_high_the_number_of_its_row(book: Book) -> None:
    book.event("E", "2024-01-01..2026-12-31", status="held")
    for at in range(2):
        book.named(1, book.contact("C"), status="attended", side="Visitors", id=10_000_000 + at)
    found = participants(book.reader, ALL, ("side",))
    assert [(row["side"], row["people"], row["participations"]) for row in found] == [("Visitors", 2, 2)]


def test_numbers_too_large_for_a_database_are_counted_all_the_same(book: Book) -> None:
    agency = book.agency("A", id=2_000_000_000)
    book.event("E", "2024-01-01..9999-12-31", status="held")
    for at in range(2):
        contact = book.contact("C", sex=SEXES[at], id=2_000_000_000 + at)
        book.named(1, contact, status="attended", agency_id=agency, days=3 + at)
    found = participants(book.reader, ALL, ("agency", "sex"))
    told = [(row["sex"], row["people"], row["participations"], row["person_days"]) for row in found]
    assert told == [(SEXES[0], 1, 1, 3), (SEXES[1], 1, 1, 4)]


def test_the_highest_numbers_that_a_record_can_have_are_counted_all_the_same(sqlite_book: Book) -> None:
    highest = LARGEST - 1
    agency = sqlite_book.agency("A", id=highest)
    sqlite_book.event("E", "2024-01-01", status="held")
    for at, sex in enumerate(SEXES[:2]):
        contact = sqlite_book.contact("C", sex=sex, id=highest + at)
        sqlite_book.named(1, contact, status="attended", agency_id=agency, id=highest + at)
    found = participants(sqlite_book.reader, ALL, ("agency", "sex"))
    assert [(row["agency"], row["sex"], row["people"]) for row in found] == [("A", sex, 1) for sex in SEXES[:2]]
    sqlite_book.clear()
