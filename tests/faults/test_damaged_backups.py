"""Backups that were damaged on their way: every one is found out, or is the same book; none ends in a traceback."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from eventrec.db.backup import backup, restore, verify
from eventrec.errors import EventrecError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Survived

    Damage = Callable[[random.Random, bytearray], None]


@pytest.fixture(scope="module")
def backups(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("backups")
    shutil.copy(demo_file, folder / "book.db")
    return {name: backup(str(folder / "book.db"), folder / f"whole{name}").path for name in (".eventrec.zip", ".db")}


def _bit(chance: random.Random, data: bytearray) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _byte(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    data[at] = (data[at] + chance.randrange(1, 256)) % 256


def _cut(chance: random.Random, data: bytearray) -> None:
    del data[chance.randrange(len(data)) :]


def _hole(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 5000)]


def _noise(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    part = chance.randbytes(chance.randrange(1, 5000))
    data[at : at + len(part)] = part


def _more(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.randbytes(chance.randrange(1, 500))


def _ends(chance: random.Random, data: bytearray) -> None:
    """Change where an archive lists its members."""
    for _ in range(3):
        data[-chance.randrange(1, min(len(data), 2500))] = chance.randrange(256)


DAMAGES: dict[str, Damage] = {
    "a bit is flipped": _bit,
    "a byte is changed": _byte,
    "the end is cut off": _cut,
    "a piece is missing": _hole,
    "a piece is noise": _noise,
    "something is put in": _more,
    "the list of members is changed": _ends,
}


@pytest.mark.parametrize("fault", DAMAGES)
def test_no_damage_to_an_archive_goes_unnoticed(
    fault: str,
    backups: dict[str, Path],
    tmp_path: Path,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    whole = backups[".eventrec.zip"].read_bytes()
    count, noticed, lost = tries(25, 2000), 0, 0
    for seed in range(count):
        data = bytearray(whole)
        DAMAGES[fault](random.Random(f"{fault} {seed}"), data)  # noqa: S311
        path = tmp_path / "damaged.eventrec.zip"
        path.write_bytes(data)
        noticed += data == whole or _is_told(path)
    tally(f"archive: {fault}", tries=count, survived=noticed, lost=lost)


def _is_told(path: Path) -> bool:
    """Tell whether a sentence says what is wrong; anything but a sentence fails the test."""
    try:
        return bool(verify(path).findings)
    except EventrecError:
        return True


@pytest.mark.parametrize("kind", [".eventrec.zip", ".db"])
def test_what_is_restored_from_a_damaged_backup_is_the_book_or_nothing(
    kind: str,
    backups: dict[str, Path],
    tmp_path: Path,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    whole = backups[kind].read_bytes()
    reference = tmp_path / "reference.db"
    restore(str(reference), backups[kind])
    wanted = _everything(reference)
    count, survived, lost = tries(7, 140), 0, 0
    for seed in range(count):
        data = bytearray(whole)
        list(DAMAGES.values())[seed % len(DAMAGES)](random.Random(f"{kind} {seed}"), data)  # noqa: S311
        path, target = tmp_path / f"damaged{kind}", tmp_path / "new" / "new.db"
        path.write_bytes(data)
        try:
            restore(str(target), path)
        except EventrecError:
            survived += not target.exists()
        else:
            right = _everything(target) == wanted
            survived += right or kind == ".db"  # a SQLite file has no sums: a letter changed in a name is a name
            lost += not right and kind != ".db"
        shutil.rmtree(target.parent, ignore_errors=True)
    tally(f"restore from a damaged {kind}", tries=count, survived=survived, lost=lost)


def _everything(path: Path) -> bytes:
    made = backup(str(path), path.with_name("everything.eventrec.zip"), force=True).path
    content = made.read_bytes()
    made.unlink()
    return content
