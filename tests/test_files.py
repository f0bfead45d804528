from __future__ import annotations

import errno
import io
import os
import stat
from typing import TYPE_CHECKING

import pytest

from eventrec import files
from eventrec.errors import EventrecError, OutputExists, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    files.save(tmp_path / "a.csv", b"a")
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"theirs")
    with pytest.raises(OutputExists, match="was not written by eventrec"):
        files.save(path, b"ours", ledger=tmp_path / "ledger")
    assert path.read_bytes() == b"theirs"


def test_force_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"theirs")
    files.save(path, b"ours", force=True)
    assert path.read_bytes() == b"ours"


def test_what_eventrec_wrote_is_replaced_until_somebody_changes_it(tmp_path: Path) -> None:
    path, ledger = tmp_path / "a.csv", tmp_path / "state" / "ledger"
    files.save(path, b"one", ledger=ledger)
    assert files.save(path, b"two", ledger=ledger)
    path.write_bytes(b"two, edited by hand")
    with pytest.raises(OutputExists):
        files.save(path, b"three", ledger=ledger)


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"same")
    before = path.stat().st_mtime_ns
    assert not files.save(path, b"same")
    assert path.stat().st_mtime_ns == before


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OutputExists):
        files.save(tmp_path / "link", b"ours", force=True)
    assert (tmp_path / "real").read_bytes() == b"real"


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(EventrecError, match=r"The folder .*nowhere does not exist"):
        files.save(tmp_path / "nowhere" / "a.csv", b"a")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(EventrecError, match="is a folder"):
        files.save(tmp_path, b"a")


def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EventrecError, match="The disk is full"):
        files.save(path, b"new", force=True)
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_bytes() == b"old"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".eventrec.json")


def calendars(name: str) -> bool:
    return name.endswith(".ics")


def ours(content: bytes) -> bool:
    return content.startswith(b"ours")


def test_a_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    files.save_all(tmp_path / "new", {"a.ics": b"ours"})
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "a.ics").stat().st_mode) == 0o600


def test_a_shared_folder_can_be_read_by_others(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        files.save_all(tmp_path / "new", {"a.ics": b"ours"}, shared=True)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "new" / "a.ics").stat().st_mode) == 0o644


def test_only_what_changed_in_a_folder_is_written(tmp_path: Path) -> None:
    files.save_all(tmp_path, {"a.ics": b"ours 1", "b.ics": b"ours 1"})
    before = (tmp_path / "a.ics").stat()
    done = files.save_all(tmp_path, {"a.ics": b"ours 1", "b.ics": b"ours 2"}, recognised=ours)
    assert (done.written, done.same, done.removed) == (1, 1, 0)
    after = (tmp_path / "a.ics").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (tmp_path / "b.ics").read_bytes() == b"ours 2"


def test_what_belongs_to_a_folder_and_is_no_longer_there_is_removed(tmp_path: Path) -> None:
    for name, content in (("gone.ics", b"ours"), ("theirs.ics", b"theirs"), ("notes.txt", b"ours")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "real").write_bytes(b"ours")
    (tmp_path / "link.ics").symlink_to(tmp_path / "real")
    done = files.save_all(tmp_path, {"a.ics": b"ours"}, belongs=calendars, recognised=ours)
    assert done.removed == 1
    assert names(tmp_path) == ["a.ics", "link.ics", "notes.txt", "real", "theirs.ics"]


def test_a_strange_file_in_a_folder_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "b.ics").write_bytes(b"theirs")
    (tmp_path / "old.ics").write_bytes(b"ours")
    with pytest.raises(OutputExists, match=r"b\.ics exists"):
        files.save_all(tmp_path, {"a.ics": b"ours", "b.ics": b"ours"}, belongs=calendars, recognised=ours)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.ics", "old.ics"]
    files.save_all(tmp_path, {"b.ics": b"ours"}, force=True)
    assert (tmp_path / "b.ics").read_bytes() == b"ours"


def test_what_somebody_changed_since_is_left_alone(tmp_path: Path) -> None:
    files.save_all(tmp_path, {"a.ics": b"ours 1", "b.ics": b"ours 1"}, recognised=ours)
    (tmp_path / "a.ics").write_bytes(b"ours, edited by hand")
    with pytest.raises(OutputExists, match=r"a\.ics was changed since eventrec wrote it"):
        files.save_all(tmp_path, {"a.ics": b"ours 2", "b.ics": b"ours 2"}, recognised=ours)
    assert (tmp_path / "b.ics").read_bytes() == b"ours 1"
    done = files.save_all(tmp_path, {"b.ics": b"ours 2"}, belongs=calendars, recognised=ours)
    assert (done.removed, names(tmp_path)) == (0, ["a.ics", "b.ics"])


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="is a file"):
        files.save_all(tmp_path / "file", {"a.ics": b"ours"})


def test_a_disk_that_is_full_is_told_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EventrecError, match=r"The disk is full; .*a\.ics was not written"):
        files.save_all(tmp_path, {"a.ics": b"ours"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(b"a\r\n")
    assert files.read(tmp_path / "a.ics") == b"a\r\n"
    assert files.read(io.BytesIO(b"typed")) == b"typed"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none.ics", "There is no file"), (tmp_path, "is a folder")):
        with pytest.raises(EventrecError, match=told):
            files.require(path)
        with pytest.raises(EventrecError, match=told):
            files.read(path)


def test_a_file_larger_than_can_be_held_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_READ", 3)
    (tmp_path / "a.ics").write_bytes(b"four")
    with pytest.raises(EventrecError, match="larger than 200 MB"):
        files.read(tmp_path / "a.ics")
    assert files.read(io.BytesIO(b"abc")) == b"abc"
