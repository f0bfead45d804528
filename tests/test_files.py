from __future__ import annotations

import errno
import io
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from eventrec import files
from eventrec.errors import EventrecError, OutputExists, UsageError
from eventrec.folders import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from eventrec.folders import Done


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


@pytest.mark.parametrize("target", ["real", "nowhere", "folder"])
def test_a_link_is_not_followed_and_with_force_it_is_replaced_itself(tmp_path: Path, target: str) -> None:
    (tmp_path / "real").write_bytes(b"ours")
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / target)
    for write in (lambda force: files.save(link, b"ours", force=force), lambda force: save_in(link, force=force)):
        with pytest.raises(OutputExists):
            write(False)
        assert link.is_symlink()
    files.save(link, b"new", force=True)
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"
    assert (tmp_path / "real").read_bytes() == b"ours"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "link", "real"]
    assert list((tmp_path / "folder").iterdir()) == []


def save_in(path: Path, *, force: bool) -> None:
    save_all(path.parent, {path.name: b"ours"}, force=force)


def test_with_force_the_link_in_a_folder_is_replaced_itself(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"theirs")
    (tmp_path / "a.ics").symlink_to(tmp_path / "real")
    save_in(tmp_path / "a.ics", force=True)
    assert not (tmp_path / "a.ics").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"theirs"


def test_the_other_name_of_a_file_keeps_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "a.csv").hardlink_to(tmp_path / "theirs")
    files.save(tmp_path / "a.csv", b"ours", force=True)
    assert (tmp_path / "theirs").read_bytes() == b"theirs"


@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_and_a_device_are_no_files(tmp_path: Path, force: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    (tmp_path / "out").symlink_to("/proc/self/fd/1")
    for name in ("pipe", "link", "out"):
        with pytest.raises(EventrecError, match=r"is a pipe or a device, not a file"):
            files.save(tmp_path / name, b"ours", force=force)
        assert (tmp_path / name).lstat()
    with pytest.raises(EventrecError, match=r"is a pipe or a device, not a file"):
        save_all(tmp_path, {"pipe": b"ours"}, force=force)


def test_a_file_that_is_too_large_to_compare_is_somebody_elses(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(files.LARGEST_READ + 1)
    with pytest.raises(OutputExists):
        files.save(tmp_path / "a.csv", b"ours")
    files.save(tmp_path / "a.csv", b"ours", force=True)
    assert (tmp_path / "a.csv").read_bytes() == b"ours"


def test_the_file_and_then_its_folder_are_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, rename = os.fsync, type(tmp_path).replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def renamed(path: Path, target: Path) -> Path:
        done.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(type(tmp_path), "replace", renamed)
    files.save(tmp_path / "a.csv", b"a")
    assert done == ["file", "rename", "folder"]
    done.clear()
    save_all(tmp_path, {"a.ics": b"a"})
    assert done == ["file", "rename", "file", "rename", "folder"]


def test_the_file_beside_it_cannot_be_planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    make = os.open

    def opened(path: str, flags: int, mode: int = 0o777, **more: int) -> int:
        if str(path).endswith(".tmp"):
            made.append(flags & (os.O_EXCL | os.O_NOFOLLOW | os.O_CREAT))
        return make(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", opened)
    files.save(tmp_path / "a.csv", b"a")
    assert made == [os.O_EXCL | os.O_NOFOLLOW | os.O_CREAT]


def test_a_ledger_that_is_a_link_says_nothing_and_is_replaced_itself(tmp_path: Path) -> None:
    path, ledger, theirs = tmp_path / "a.csv", tmp_path / "ledger", tmp_path / "theirs"
    files.save(path, b"one", ledger=theirs)
    said = theirs.read_bytes()
    ledger.symlink_to(theirs)
    with pytest.raises(OutputExists):
        files.save(path, b"two", ledger=ledger)
    files.save(path, b"two", ledger=ledger, force=True)
    assert not ledger.is_symlink()
    assert theirs.read_bytes() == said
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


@pytest.mark.parametrize("said", [b"[" * 100_000, b'{"a.ics": 7}', b"\xff", b"null", b'{"a.ics": {"a": 1}}'])
def test_a_ledger_that_is_none_says_nothing(tmp_path: Path, said: bytes) -> None:
    (tmp_path / ".eventrec.json").write_bytes(said)
    (tmp_path / "a.ics").write_bytes(b"theirs")
    with pytest.raises(OutputExists):
        save_all(tmp_path, {"a.ics": b"ours"})
    save_all(tmp_path, {"a.ics": b"ours"}, force=True)
    save_all(tmp_path, {"a.ics": b"ours 2"})
    assert (tmp_path / "a.ics").read_bytes() == b"ours 2"


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../a", "a/b", "a\\b", "/a", "C:a", "a\x00", "a\nb", "a\x1b[2J", "a\x7f", "a.", "a ", " a",
        "CON", "nul", "Aux.ics", "com1.csv", "LPT9", "con .txt", "a" * 256, "字" * 86, "a\u202eb", "a\udc80",
        "a?", "a*", 'a"', "a|b", "<a>",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_no_name_of_a_file(tmp_path: Path, name: str) -> None:
    assert not files.is_plain_name(name)
    with pytest.raises(EventrecError, match="cannot be the name of a file"):
        save_all(tmp_path / "folder", {"a.ics": b"ours", name: b"ours"})
    assert not (tmp_path / "folder").exists()


@pytest.mark.parametrize("name", ["event-1.ics", "字.vcf", "a" * 255, ".color", "console.ics", "com.ics", "a..b"])
def test_any_other_name_is_one(name: str) -> None:
    assert files.is_plain_name(name)


def test_a_name_with_control_characters_is_refused(tmp_path: Path) -> None:
    for write in (lambda path: files.save(path, b"a"), lambda path: save_all(path, {"a": b"a"})):
        for name in ("a\nb", "a\x1b[2J", "a\x00b"):
            with pytest.raises(EventrecError, match="There are control characters in the name"):
                write(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shared", [False, True])
def test_nobody_else_may_write_whatever_the_umask_is(tmp_path: Path, shared: bool) -> None:
    mask = os.umask(0)
    try:
        files.save(tmp_path / "a.csv", b"a", ledger=tmp_path / "state" / "deep" / "ledger")
        save_all(tmp_path / "new" / "deep", {"a.ics": b"ours"}, shared=shared)
    finally:
        os.umask(mask)
    modes = {str(path.relative_to(tmp_path)): stat.S_IMODE(path.stat().st_mode) for path in sorted(tmp_path.rglob("*"))}
    folder, file = (0o755, 0o644) if shared else (0o700, 0o600)
    assert modes == {
        "a.csv": 0o600,
        "new": folder,
        "new/deep": folder,
        "new/deep/.eventrec.json": 0o600,
        "new/deep/a.ics": file,
        "state": 0o700,
        "state/deep": 0o700,
        "state/deep/ledger": 0o600,
    }


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


def save_all(
    folder: Path, contents: Mapping[str, bytes], before: Callable[[], None] = lambda: None, **how: Any
) -> Done:
    return Folder(folder, [(name, [content]) for name, content in contents.items()], **how).save(before)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".eventrec.json")


def calendars(name: str) -> bool:
    return name.endswith(".ics")


def ours(content: bytes) -> bool:
    return content.startswith(b"ours")


def test_a_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    save_all(tmp_path / "new", {"a.ics": b"ours"})
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "a.ics").stat().st_mode) == 0o600


def test_a_shared_folder_can_be_read_by_others(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        save_all(tmp_path / "new", {"a.ics": b"ours"}, shared=True)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "new" / "a.ics").stat().st_mode) == 0o644


def test_only_what_changed_in_a_folder_is_written(tmp_path: Path) -> None:
    save_all(tmp_path, {"a.ics": b"ours 1", "b.ics": b"ours 1"})
    before = (tmp_path / "a.ics").stat()
    done = save_all(tmp_path, {"a.ics": b"ours 1", "b.ics": b"ours 2"}, recognised=ours)
    assert (done.written, done.same, done.removed) == (1, 1, 0)
    after = (tmp_path / "a.ics").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (tmp_path / "b.ics").read_bytes() == b"ours 2"


def test_what_belongs_to_a_folder_and_is_no_longer_there_is_removed(tmp_path: Path) -> None:
    for name, content in (("gone.ics", b"ours"), ("theirs.ics", b"theirs"), ("notes.txt", b"ours")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "real").write_bytes(b"ours")
    (tmp_path / "link.ics").symlink_to(tmp_path / "real")
    done = save_all(tmp_path, {"a.ics": b"ours"}, belongs=calendars, recognised=ours)
    assert done.removed == 1
    assert names(tmp_path) == ["a.ics", "link.ics", "notes.txt", "real", "theirs.ics"]


def test_a_strange_file_in_a_folder_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "b.ics").write_bytes(b"theirs")
    (tmp_path / "old.ics").write_bytes(b"ours")
    with pytest.raises(OutputExists, match=r"b\.ics exists"):
        save_all(tmp_path, {"a.ics": b"ours", "b.ics": b"ours"}, belongs=calendars, recognised=ours)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.ics", "old.ics"]
    save_all(tmp_path, {"b.ics": b"ours"}, force=True)
    assert (tmp_path / "b.ics").read_bytes() == b"ours"


def test_what_somebody_changed_since_is_left_alone(tmp_path: Path) -> None:
    save_all(tmp_path, {"a.ics": b"ours 1", "b.ics": b"ours 1"}, recognised=ours)
    (tmp_path / "a.ics").write_bytes(b"ours, edited by hand")
    with pytest.raises(OutputExists, match=r"a\.ics was changed since eventrec wrote it"):
        save_all(tmp_path, {"a.ics": b"ours 2", "b.ics": b"ours 2"}, recognised=ours)
    assert (tmp_path / "b.ics").read_bytes() == b"ours 1"
    done = save_all(tmp_path, {"b.ics": b"ours 2"}, belongs=calendars, recognised=ours)
    assert (done.removed, names(tmp_path)) == (0, ["a.ics", "b.ics"])


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="is a file"):
        save_all(tmp_path / "file", {"a.ics": b"ours"})


def test_a_disk_that_is_full_is_told_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EventrecError, match=r"The disk is full; .*a\.ics was not written"):
        save_all(tmp_path, {"a.ics": b"ours"})
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


def test_what_comes_before_a_file_takes_its_place_can_stop_it(tmp_path: Path) -> None:
    def refuse() -> None:
        assert [each.suffix for each in tmp_path.iterdir()] == [".tmp"]
        raise EventrecError("No.")

    with pytest.raises(EventrecError, match="No"):
        files.save(tmp_path / "a.csv", b"a", before=refuse)
    assert list(tmp_path.iterdir()) == []


def test_what_comes_before_a_folder_is_filled_can_stop_it(tmp_path: Path) -> None:
    def refuse() -> None:
        raise EventrecError("No.")

    with pytest.raises(EventrecError, match="No"):
        save_all(tmp_path, {"a.vcf": b"a", "b.vcf": b"b"}, before=refuse)
    assert list(tmp_path.iterdir()) == []
