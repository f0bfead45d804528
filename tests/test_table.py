from __future__ import annotations

from array import array

from eventrec.table import Joined, Piece

ROWS = [("A", None, 1), ("A", None, 2), ("B", "b", 1)]


def in_pieces() -> Joined:
    return Joined((Piece([("A", None), ("B", "b")], array("I", [0, 0, 1])), Piece([(1,), (2,)], array("I", [0, 1, 0]))))


def test_rows_of_pieces_are_a_sequence_of_rows() -> None:
    pieces = in_pieces()
    assert list(pieces) == ROWS
    assert len(pieces) == 3
    assert pieces[-1] == ROWS[-1]
    assert pieces[1:] == ROWS[1:]
    assert pieces[::-1] == ROWS[::-1]
    assert ("B", "b", 1) in pieces
    assert pieces == ROWS
    assert pieces != ROWS[:2]
    assert pieces != [*ROWS[:2], ROWS[0]]


def test_many_rows_of_pieces_are_gone_through_in_order() -> None:
    numbers = range(2_500)
    many = Joined((Piece([(number,) for number in numbers], array("I", numbers)),))
    assert list(many) == [(number,) for number in numbers]
