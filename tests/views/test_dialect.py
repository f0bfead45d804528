from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from eventrec.models import Setting
from eventrec.views import dialect

if TYPE_CHECKING:
    from tests.views.book import Book

    from eventrec.dbapi import Dialect


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_placeholder_is_left_in_a_rendered_view(database: Dialect) -> None:
    for _, select in dialect.rendered(database):
        assert not re.search(r"\{\w", select)


def test_views_are_rendered_in_an_order_in_which_each_knows_those_before() -> None:
    known: list[str] = []
    for name, select in dialect.rendered("sqlite"):
        assert set(re.findall(r"\bv_\w+", select)) <= {*known, name}
        known.append(name)


def test_every_view_has_a_file_and_every_file_is_a_view() -> None:
    folder = dialect.Path(dialect.__file__).parent
    assert {path.stem for path in folder.glob("*.sql")} == set(dialect.VIEWS)


def test_the_roles_that_count_can_be_others() -> None:
    assert "role IN ('interpreter')" in dialect.body("v_head", "sqlite", ["interpreter"])


@pytest.mark.parametrize(
    ("stored", "main", "shown"),
    [
        ({"en": "Workshop", "zh": "研讨会"}, None, "Workshop"),
        ({"en": "Workshop", "zh": "研讨会"}, "zh", "研讨会"),
        ({"zh": "研讨会", "fr": "Atelier"}, None, "Atelier"),
        ({"zh-Hant": "研討會"}, "zh-Hant", "研討會"),
    ],
)
def test_title_any_is_the_main_language_else_the_first_tag(
    book: Book, stored: dict[str, str], main: str | None, shown: str
) -> None:
    if main:
        book.add(Setting, key="language", value=main)
    book.event(stored)
    assert book.reader.rows("SELECT title_any FROM v_event") == [(shown,)]
