"""A release names people; who is forgotten is taken out of it, and it keeps the hash of what is left."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Text, cast, select
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.models import Base, Change, Contact, EventSource
from eventrec.services import contact as contacts
from eventrec.services import planning, source
from eventrec.services.forget.forget import forget, forget_all
from eventrec.services.forget.sources import without
from eventrec.services.points import Point
from eventrec.text.digests import digest_of
from eventrec.text.mentions import Mentions

if TYPE_CHECKING:
    from eventrec.book import Book

TEXT = (
    "“Returns matter,” said Andrea Lindqvist, Programme Manager. Mr Lindqvist thanked all.\n\n"
    "安德烈（Andrea\nLindqvist）说，……林女士 。林达文主任致辞，林主任感谢各方。\n"
    "Contact: LINDQVIST Andrea, a.lindqvist@example.org, tel. +86 138 0000 1234, or WANG Wei.\n"
)
HELD = ("ndrea", "indqvist", "INDQVIST", "0000 1234", "00001234", "林达文", "林主任", "林女士")
_CHANCE = Random(7)  # noqa: S311


def octets() -> str:
    return _CHANCE.randbytes(32).hex()


def write(book: Book) -> int:
    """Write an event that was drafted from a release, with the person of it; returns the person's number."""
    with book.writing("a test") as work:
        points = [Point("email", "a.lindqvist@example.org"), Point("mobile", "+8613800001234")]
        row = make.contact(work.session, "Andrea Lindqvist", points_of=points)
        contacts.edit(work.session, row.id, {"name": row.name | {"zh": "林达文"}})
        number = row.id
        make.event(work.session)
        url = "https://example.org/andrea-lindqvist"
        source.add(work.session, 1, text=TEXT, name="Andrea Lindqvist.txt", url=url)
    return number


def gone(book: Book, *numbers: int) -> Any:
    with book.writing("eventrec contact forget 1") as work:
        return forget_all(work.session, numbers, chance=octets)


def row(book: Book) -> EventSource:
    with book.writing("a look", keep=False) as work:
        found = work.session.scalars(select(EventSource)).one()
        work.session.expunge(found)
        return found


def dump(book: Book) -> str:
    with engine(book.settings.database).connect() as opened:
        return "\n".join(
            str(list(each))
            for table in Base.metadata.sorted_tables
            for each in opened.execute(select(*(cast(column, Text) for column in table.columns)))
        )


def test_a_person_is_taken_out_of_text_name_and_address_and_the_hash_is_of_what_is_left(book: Book) -> None:
    number = write(book)
    assert all(word in dump(book) for word in HELD)
    done = gone(book, number)
    left = row(book)
    assert not [word for word in HELD if word in dump(book)]
    assert (left.sha256, left.name, left.url) == (digest_of(left.text), "[…].txt", "https://example.org/[…]")
    assert "Programme Manager. Mr […] thanked all." in left.text
    assert "or WANG Wei." in left.text
    assert (done.rows["event_source"], list(done.texts)) == (1, [])
    assert check(engine(book.settings.database)) == []


def test_the_history_of_a_release_is_cleaned_too_also_of_one_that_was_removed(book: Book) -> None:
    number = write(book)
    with book.writing("event remove 1") as work:
        planning.remove(work.session, 1)
    gone(book, number)
    assert not [word for word in HELD if word in dump(book)]
    with book.writing("a look", keep=False) as work:
        states = work.session.scalars(select(Change.before).where(Change.table_name == "event_source"))
        assert [digest_of(state["text"]) == state["sha256"] for state in states if state] == [True]


def test_a_release_without_the_person_stays_as_it_is(book: Book) -> None:
    with book.writing("a test") as work:
        number = make.contact(work.session, "Andrea Lindqvist").id
        make.event(work.session)
        source.add(work.session, 1, text="A workshop was held. May Lind spoke.")
    done = gone(book, number)
    assert (row(book).text, row(book).version) == ("A workshop was held. May Lind spoke.", 1)
    assert "event_source" not in done.rows


def test_two_releases_that_say_the_same_without_the_person_become_one(book: Book) -> None:
    with book.writing("a test") as work:
        number = make.contact(work.session, "Andrea Lindqvist").id
        make.event(work.session)
        source.add(work.session, 1, text="Andrea Lindqvist spoke.")
        source.add(work.session, 1, text="Lindqvist Andrea spoke.")
    gone(book, number)
    assert row(book).text == "[…] spoke."
    assert check(engine(book.settings.database)) == []


def test_parts_of_names_go_only_where_the_whole_name_stands(book: Book) -> None:
    with book.writing("a test") as work:
        numbers = [make.contact(work.session, name).id for name in ("Anna Gruen", "Boris Stone")]
        make.event(work.session)
        source.add(work.session, 1, text="Anna Gruen spoke. Then Gruen sat on a stone, and Boris came.")
    gone(book, *numbers)
    assert row(book).text == "[…] spoke. Then […] sat on a stone, and Boris came."


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("LI Na", "LI Na spoke. Ms. Li thanked; lithium did not.", "[…] spoke. […] thanked; lithium did not."),
        ("欧阳小明", "欧阳小明致辞。欧阳副局长感谢。欧洲代表发言。", "[…]致辞。[…]感谢。欧洲代表发言。"),
        ("王伟", "王伟致辞。王先生感谢。国王先来。", "[…]致辞。[…]感谢。国王先来。"),
    ],
)
def test_a_short_family_name_goes_with_what_somebody_is_called(name: str, text: str, left: str) -> None:
    cleaned = without({"text": text, "url": None, "name": None, "sha256": ""}, Mentions((name,)))
    assert cleaned == {"text": left, "url": None, "name": None, "sha256": digest_of(left)}


def test_the_person_is_gone_from_the_book_as_well(book: Book) -> None:
    number = write(book)
    with book.writing("eventrec contact forget 1") as work:
        forget(work.session, number, chance=octets)
    with book.writing("a look", keep=False) as work:
        assert work.session.get(Contact, number) is None
