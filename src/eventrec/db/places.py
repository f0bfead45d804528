"""What to beware of where a book's file lies: who may read it, and what kind of disk or folder that is."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOUNTS: Final = Path("/proc/mounts")
_NETWORK: Final = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "davfs", "vboxsf",
    "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.smbnetfs",
    "fuse.s3fs",
)  # fmt: skip
"""Types of file systems, as the mount table names them, on which a lock may not be one for another machine."""

_SYNCHRONISED: Final = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "mobile documents", "cloudstorage",
    "nextcloud", "owncloud", "seafile", "syncthing", "pcloud", "box sync", "sharepoint", "yandex.disk", "nutstore",
    "坚果云", "baidunetdisk", "baidusyncdisk", "百度网盘", "百度云", "weiyun", "微云", "wpsdrive", "wps云盘",
    "阿里云盘", "aliyundrive", "天翼云盘", "和彩云",
)  # fmt: skip
"""How the names of folders begin that a program keeps equal with a server, in small letters."""

_LEFT_THERE: Final = (
    ".stfolder",
    ".dropbox",
    ".dropbox.cache",
    ".nextcloudsync.log",
    ".owncloudsync.log",
    ".sync_nutstore",
)
_OCTAL: Final = re.compile(r"\\(\d{3})")
_ROOM: Final = 100 * 2**20


def warnings(book: Path) -> Iterator[str]:
    """Yield what to beware of, each with what to do; call it before the book is opened, which makes files beside it."""
    place = book.resolve()
    yield from _who_may(place)
    if kind := network(place):
        yield f"It lies on a network share ({kind}), where SQLite cannot lock it: for a team use PostgreSQL."
    if name := synchronised(place):
        yield f"It lies in a synchronised folder ({name}), which can damage it: keep only backups there."
    yield from _left_behind(place)
    yield from _room(place)


def network(place: Path, mounts: str | None = None) -> str:
    """Return the kind of network share that a path lies on, or nothing; `mounts` is the text of the mount table."""
    if str(place).startswith(("\\\\", "//")):
        return "UNC"
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return "Volumes" if place.is_relative_to("/Volumes") else ""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[1]))
        if place.is_relative_to(point) and len(point.parts) >= depth:  # the later of two hides the earlier
            found, depth = fields[2], len(point.parts)
    return found if found in _NETWORK else ""


def synchronised(place: Path) -> str:
    """Return the name of the synchronised folder that a path lies in, or nothing."""
    for folder in place.parents:
        if folder.name.lower().startswith(_SYNCHRONISED):
            return folder.name
        with contextlib.suppress(OSError):
            if any((folder / name).exists() for name in _LEFT_THERE):
                return folder.name or str(folder)
    return ""


def size(book: Path) -> int:
    """Return the bytes of a book with what stands beside it and belongs to it."""
    total = 0
    for ending in ("", "-wal", "-journal"):
        with contextlib.suppress(OSError):
            total += Path(f"{book}{ending}").stat().st_size
    return total


def _who_may(place: Path) -> Iterator[str]:
    if os.name == "nt":  # what these bits say there is not who may read
        return
    with contextlib.suppress(OSError):
        if place.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield f"Others on this machine may read it: chmod 600 {place}"
        mode = place.parent.stat().st_mode
        if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
            yield f"Others on this machine may replace it: chmod go-w {place.parent}"


def _left_behind(place: Path) -> Iterator[str]:
    beside = {ending: Path(f"{place}{ending}") for ending in ("-wal", "-journal")}
    with contextlib.suppress(OSError):
        if beside["-journal"].exists():
            yield f"A change was broken off; what takes it back is in {beside['-journal']}: keep both files together."
        if beside["-wal"].exists() and beside["-wal"].stat().st_size:
            yield f"Part of it is in {beside['-wal']}: never copy the file alone, but with: eventrec db backup"


def _room(place: Path) -> Iterator[str]:
    with contextlib.suppress(OSError):
        free, needed = shutil.disk_usage(place.parent).free, max(_ROOM, 3 * size(place))
        if free < needed:
            yield f"The disk has only {free // 2**20:,} MB left; a backup before an upgrade may not fit. Make room."
