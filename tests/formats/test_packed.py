from __future__ import annotations

import tracemalloc

import pytest

from eventrec.formats.packed import Merged, Packed, Repeated
from eventrec.formats.vcard_reader import Card
from eventrec.localized import Localized


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 1_000])
def test_records_come_back_in_their_order_as_often_as_asked(count: int) -> None:
    records = [Card(number, names=Localized({"zh": f"李娜{number}"})) for number in range(count)]
    packed = Packed(records)
    assert len(packed) == count
    assert list(packed) == list(packed) == records


def test_a_record_that_somebody_changes_comes_back_as_it_was_added() -> None:
    packed = Packed([Card(1)])
    for card in packed:
        card.uid = "another"
    assert Card(1) in packed
    assert Card(2) not in packed


def test_records_take_little_room() -> None:
    tracemalloc.start()
    packed = Packed(Card(number, uid=f"{number:036}", note=f"Invented note {number}") for number in range(5_000))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(packed) == 5_000
    assert held < 2**20 + 5_000 * 60


def test_two_may_go_through_the_records_side_by_side() -> None:
    packed = Packed(range(1_000))
    assert all(one == other for one, other in zip(packed, packed, strict=True))


def test_parts_in_order_are_one_collection_in_order() -> None:
    merged = Merged(([1, 4], Packed([2, 5]), []), int)
    assert list(merged) == list(merged) == [1, 2, 4, 5]
    assert len(merged) == 4
    assert 5 in merged
    assert 3 not in merged


def test_keys_that_came_once_are_not_repeated() -> None:
    repeated = Repeated()
    for key in ("a", "b"):
        repeated.add(key)
    assert not repeated
    repeated.add("a")
    assert repeated
    assert "a" in repeated
    assert "b" not in repeated
