from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from eventrec.formats.json_stream import Growing, array, lines

HEAD: dict[str, Any] = {
    "id": 1,
    "command": "a “quoted”\ttext\nin two lines",
    "rows": ["event 1", "event 2"],
    "none": None,
}
ITEM: dict[str, Any] = {"what": "changed", "fields": {"city": [{"zh": "北京"}, None], "days": [[], {}]}}
BOOKS = {
    "nothing": [],
    "no changes": [(HEAD, [])],
    "one change": [(HEAD, [ITEM])],
    "several": [(HEAD, [ITEM, ITEM, {}]), (HEAD, []), ({"id": 2}, [ITEM])],
}


def whole(book: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    return [head | {"changes": items} for head, items in book]


@pytest.mark.parametrize("name", BOOKS)
def test_the_bytes_are_those_of_the_whole(name: str) -> None:
    book = BOOKS[name]
    pieces = array(Growing(head, "changes", iter(items)) for head, items in book)
    assert b"".join(pieces).decode() == json.dumps(whole(book), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", BOOKS)
def test_the_lines_are_those_of_the_whole(name: str) -> None:
    book = BOOKS[name]
    pieces = lines(Growing(head, "changes", iter(items)) for head, items in book)
    expected = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in whole(book))
    assert b"".join(pieces).decode() == expected


def test_what_no_writer_lets_out_is_left_out() -> None:
    (told,) = json.loads(b"".join(array([Growing({"command": "a\x1bb", "n": Decimal("1.50")}, "changes", [])])))
    assert told == {"command": "ab", "n": 1.5, "changes": []}
