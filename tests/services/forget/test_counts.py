from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.services.forget.rich_book import Rich, answers, everything_around, questions

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.services.forget.forget import forget

if TYPE_CHECKING:
    from collections.abc import Callable

    from eventrec.book import Book

BOOKS = (1, 2)
"""Books in which events meet, so that who counts once and who twice is seen."""


def words(seed: int) -> Callable[[], str]:
    """Return a source of random octets that is the same in every run."""
    chance = Random(f"chance {seed}")  # noqa: S311
    return lambda: chance.randbytes(32).hex()


@pytest.mark.parametrize("seed", BOOKS)
def test_every_report_counts_a_forgotten_person_as_it_counted_the_named_one(book: Book, seed: int) -> None:
    with book.writing("a test", keep=False) as work:
        rich = Rich(work.session, Random(seed))  # noqa: S311
        contact_id = rich.write()
        everything_around(work.session, contact_id, rich.people[1])
        asked = questions(rich.projects, rich.agencies)
        before = answers(work.reader, asked)
        forget(work.session, contact_id, chance=words(seed))
        after = answers(work.reader, asked)
    for question, was, now in zip(asked, before, after, strict=True):
        assert now == was, question


def test_a_book_is_whole_after_everybody_was_forgotten(book: Book) -> None:
    with book.writing("a test") as work:
        rich = Rich(work.session, Random(1))  # noqa: S311
        everything_around(work.session, rich.write(), rich.people[1])
        asked = questions(rich.projects, rich.agencies)
        before = answers(work.reader, asked)
    for person in rich.people:
        with book.writing("a test") as work:
            forget(work.session, person, chance=words(person))
    assert answers(book.reader, asked) == before
    assert check(engine(book.settings.database)) == []
