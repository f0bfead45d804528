from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select
from tests.services import make

from eventrec.models import Forgotten
from eventrec.services import contact as contacts
from eventrec.services.forget import again, hashes
from eventrec.services.forget.again import CameBack
from eventrec.services.forget.forget import forget
from eventrec.services.forget.hashes import Trait, hashed
from eventrec.services.points import Point

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.book import Book, Work

SALT = "ab" * 32


@pytest.fixture
def forgotten(work: Work) -> Session:
    """A book that forgot LI Na."""
    row = make.contact(
        work.session, "LI Na", points_of=[Point("email", "li.na@example.org"), Point("mobile", "+8613800001234")]
    )
    forget(work.session, row.id, chance=lambda: SALT, reason="request of 3 May 2025")
    return work.session


def test_each_trait_alone_is_known_again(forgotten: Session) -> None:
    for names, point in (
        (["li  NA"], None), (["X"], ("email", "Li.Na@EXAMPLE.org")), (["X"], ("phone", "+8613800001234")),
    ):  # fmt: skip
        with pytest.raises(CameBack, match="request of 3 May 2025"):
            again.check(forgotten, names=names, points=[point] if point else [])


def test_others_are_let_in(forgotten: Session) -> None:
    again.check(
        forgotten, uid="x", names=["WANG Wei"], points=[("email", "wang@example.org"), ("url", "https://x.example")]
    )


def test_a_namesake_is_let_in_but_not_with_the_same_address(forgotten: Session) -> None:
    again.check(forgotten, names=["LI Na"], namesake=True)
    with pytest.raises(CameBack):
        again.check(forgotten, names=["LI Na"], points=[("email", "li.na@example.org")], namesake=True)


def test_who_agreed_is_not_forgotten_any_more(forgotten: Session) -> None:
    again.allow(forgotten)
    make.contact(forgotten, "LI Na", points_of=[Point("email", "li.na@example.org")])
    assert forgotten.scalar(select(func.count(Forgotten.id))) == 0


def test_somebody_mentioned_with_another_address_may_be_another_one(forgotten: Session) -> None:
    assert again.knows(forgotten, names=["LI Na"])
    assert again.knows(forgotten, names=["Li"], points=[("email", "li.na@example.org")])
    assert not again.knows(forgotten, names=["LI Na"], points=[("email", "another@example.org")])


def test_a_book_that_forgot_nobody_is_asked_once(book: Book) -> None:
    asked: list[str] = []
    with book.writing("a test") as work:
        connection = work.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *words: asked.append(words[2]))
        for number in range(5):
            row = make.contact(work.session, f"Person {number}")
            contacts.points.add(work.session, row, [Point("email", f"p{number}@example.org")])
    assert len([sql for sql in asked if "forgotten" in sql and "FROM forgotten" in sql]) == 1


def test_a_hash_needs_the_salt_and_the_kind() -> None:
    trait = Trait("email", "li.na@example.org")
    assert hashed(trait, SALT) == hashed(trait, SALT)
    assert hashed(trait, SALT) != hashed(trait, "cd" * 32)
    assert hashed(trait, SALT) != hashed(trait._replace(kind="wechat"), SALT)
    assert len(hashed(trait, SALT)) == 64


@pytest.mark.parametrize("name", ["Na LI", "Ms. LI Na", "NA, Li", "Dr LI Na"])
def test_a_name_is_known_again_in_any_order_and_with_a_title(forgotten: Session, name: str) -> None:
    with pytest.raises(CameBack):
        again.check(forgotten, names=[name])


def test_a_chinese_name_is_known_again_with_a_title_behind_it(work: Work) -> None:
    row = make.contact(work.session, "韩梅")
    forget(work.session, row.id, chance=lambda: SALT)
    for name in ("韩梅女士", "韩 梅", "韩梅"):
        with pytest.raises(CameBack):
            again.check(work.session, names=[name])
    again.check(work.session, names=["韩梅花"])


def test_a_hash_of_the_name_as_it_was_written_is_still_known(work: Work) -> None:
    made = hashes.made_salt(work.session, lambda: SALT)
    old = hashed(Trait("name", "li na"), made)
    work.session.add(Forgotten(kind="name", hash=old, person="x", forgotten_at="2025-05-03T00:00:00.000000Z"))
    work.session.flush()
    with pytest.raises(CameBack):
        again.check(work.session, names=["Ms. LI Na"])


def test_a_number_that_is_gone_says_so(forgotten: Session) -> None:
    assert again.gone(forgotten, 1).startswith("Contact 1 was forgotten on ")
    assert again.gone(forgotten, 1, names=["LI Na"]).endswith("(request of 3 May 2025).")
    assert again.gone(forgotten, 99) == "There is no contact 99."
