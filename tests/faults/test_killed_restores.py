"""A restore that is killed: the book is exactly as before, or exactly as in the backup."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.backup import backup, restore
from eventrec.db.check import check
from eventrec.db.engine import engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Survived

EVENTREC = Path(sys.executable).with_name("eventrec")


def _everything(address: str, path: Path) -> bytes:
    content = backup(address, path, force=True).path.read_bytes()
    path.unlink()
    return content


def _restore(address: str, archive: Path) -> subprocess.Popen[bytes]:
    command = [EVENTREC, "--database", address, "db", "restore", archive, "--replace", "-y"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_restore_leaves_the_book_before_or_after(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    address = str(request.getfixturevalue(f"{kind}_address"))
    book = Book(Settings(address))
    with book.writing("add") as work:
        for number in range(300):
            make.agency(work.session, f"A-{number}")
    archive = backup(address, tmp_path / "book.eventrec.zip").path
    with book.writing("add") as work:
        make.agency(work.session, "LATER")
    later = backup(address, tmp_path / "later.eventrec.zip").path
    began = time.monotonic()
    assert _restore(address, archive).wait() == 0
    whole = time.monotonic() - began
    possible = {_everything(address, tmp_path / "now.eventrec.zip")}
    restore(address, later, replace=tmp_path / "before.eventrec.zip")
    possible.add(_everything(address, tmp_path / "now.eventrec.zip"))
    count, survived = tries(2, 40), 0
    for number in range(count):
        process = _restore(address, archive)
        time.sleep(random.Random(number).uniform(0.3, 1.1) * whole)  # noqa: S311
        process.kill()
        process.wait()
        now = _everything(address, tmp_path / "now.eventrec.zip")
        survived += now in possible and check(engine(address)) == []
    tally(f"restore killed, {kind}", tries=count, survived=survived, lost=count - survived)
