"""Folders of files, written while they come; what they hold of files of others is in test_files."""

from __future__ import annotations

import tracemalloc
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from eventrec.errors import EventrecError
from eventrec.folders import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = b"x" * 50_000


class Pieces:
    """A content of many pieces, which can be gone through more than once."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(20):
            yield b"%d" % self._number + PIECE


def many(files: int) -> Iterator[tuple[str, Pieces]]:
    for number in range(files):
        yield f"{number}.ics", Pieces(number)


def peak(folder: Path, files: int) -> int:
    tracemalloc.start()
    try:
        Folder(folder, many(files)).save()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_no_more_is_held_than_a_piece_of_one_file(tmp_path: Path) -> None:
    peak(tmp_path / "warm", 1)
    few, more = peak(tmp_path / "few", 2), peak(tmp_path / "many", 20)
    assert more < few + len(PIECE)
    assert more < len(PIECE) * 10
    again = peak(tmp_path / "many", 20)
    assert again < few + 2**19, "the files that are there are read in pieces too"


def test_the_same_files_are_left_alone_and_those_that_changed_are_written(tmp_path: Path) -> None:
    assert tuple(Folder(tmp_path, many(3)).save()) == (3, 0, 0)
    (tmp_path / "1.ics").unlink()
    assert tuple(Folder(tmp_path, many(3)).save()) == (1, 2, 0)
    assert (tmp_path / "1.ics").read_bytes() == b"".join(Pieces(1))


def broken() -> Iterator[tuple[str, list[bytes]]]:
    yield "a.ics", [b"new"]
    raise EventrecError("The book is damaged.")


def test_contents_that_break_off_leave_a_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.ics").write_bytes(b"old")
    for folder in (tmp_path / "there", tmp_path / "new" / "deep"):
        with pytest.raises(EventrecError, match="damaged"):
            Folder(folder, broken(), force=True).save()
    assert [path.name for path in tmp_path.rglob("*")] == ["there", "a.ics"]
    assert (tmp_path / "there" / "a.ics").read_bytes() == b"old"


def test_a_folder_can_be_read_in_the_order_of_names_before_its_files_take_their_place(tmp_path: Path) -> None:
    (tmp_path / "b.ics").write_bytes(b"b")
    whole = Folder(tmp_path, [("c.ics", [b"c", b"c"]), ("b.ics", [b"b"]), ("a.ics", [b"a"])])

    def look() -> None:
        assert b"".join(whole) == b"abcc"
        assert not (tmp_path / "c.ics").exists()

    assert tuple(whole.save(look)) == (2, 1, 0)
    assert whole.digests["c.ics"] == sha256(b"cc").hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".eventrec.json", "a.ics", "b.ics", "c.ics"]


def test_of_a_folder_that_is_up_to_date_nothing_is_touched(tmp_path: Path) -> None:
    Folder(tmp_path, [("a.ics", [b"a"])]).save()
    before = tmp_path.stat().st_mtime_ns
    Folder(tmp_path, [("a.ics", [b"a"])]).save()
    assert tmp_path.stat().st_mtime_ns == before


def test_two_files_of_one_name_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(b"a")
    with pytest.raises(EventrecError, match="Two files would have the name"):
        Folder(tmp_path, [("a.ics", [b"a"]), ("a.ics", [b"b"])], force=True).save()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.ics", b"a")]
