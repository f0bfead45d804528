from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from eventrec.db import places

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/maria/local ext4 rw 0 0
//server/share /mnt/our\\040share cifs rw 0 0
maria@server:/ /mnt/remote fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
tmpfs /mnt/remote/memory tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/book.db", ""),
        ("/home/maria/book.db", "nfs4"),
        ("/home/maria/local/book.db", ""),
        ("/homework/book.db", ""),
        ("/mnt/our share/events/book.db", "cifs"),
        ("/mnt/remote/book.db", "fuse.sshfs"),
        ("/mnt/remote/memory/book.db", ""),
        ("/mnt/c/Users/maria/book.db", "9p"),
        ("//server/share/book.db", "UNC"),
        ("\\\\server\\share\\book.db", "UNC"),
    ],
)
def test_a_network_share_is_known_by_the_mount_table(place: str, kind: str) -> None:
    assert places.network(Path(place), MOUNTS) == kind


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/home/maria/OneDrive - IOM/book.db", "OneDrive - IOM"),
        ("/home/maria/Dropbox/events/2024/book.db", "Dropbox"),
        ("/Users/maria/Library/Mobile Documents/book.db", "Mobile Documents"),
        ("/home/maria/Nextcloud/book.db", "Nextcloud"),
        ("/home/maria/坚果云/book.db", "坚果云"),
        ("/home/maria/百度网盘同步/book.db", "百度网盘同步"),
        ("/home/maria/documents/book.db", ""),
        ("/home/maria/documents/dropbox-list.db", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(place: str, name: str) -> None:
    assert places.synchronised(Path(place)) == name


def test_a_synchronised_folder_is_known_by_what_its_program_leaves(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    assert places.synchronised(tmp_path / "shared" / "book.db") == ""
    (tmp_path / "shared" / ".stfolder").mkdir()
    assert places.synchronised(tmp_path / "shared" / "book.db") == "shared"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "book.db"
    path.parent.mkdir(mode=0o755)
    path.touch(mode=0o600)
    return path


def test_a_book_that_nobody_else_may_read_needs_no_warning(book: Path) -> None:
    assert list(places.warnings(book)) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_book_that_others_may_read_is_warned_of(book: Path, mode: int) -> None:
    book.chmod(mode)
    assert list(places.warnings(book)) == [f"Others on this machine may read it: chmod 600 {book}"]


def test_a_folder_in_which_others_may_replace_the_book_is_warned_of(book: Path) -> None:
    book.parent.chmod(0o777)
    assert list(places.warnings(book)) == [f"Others on this machine may replace it: chmod go-w {book.parent}"]
    book.parent.chmod(0o1777)
    assert list(places.warnings(book)) == []


def test_what_a_broken_off_change_left_is_told(book: Path) -> None:
    for ending in ("-journal", "-wal"):
        Path(f"{book}{ending}").write_bytes(b"x" * 100)
    first, second = places.warnings(book)
    assert f"{book}-journal" in first
    assert "never copy the file alone" in second
    assert places.size(book) == 200


def test_a_disk_that_is_nearly_full_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 90, 10 * 2**20))
    (warning,) = places.warnings(book)
    assert "only 10 MB left" in warning
