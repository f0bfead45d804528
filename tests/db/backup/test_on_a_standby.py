from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tests.db.backup.older import unzipped
from tests.db.backup.test_making import on_the_path
from tests.postgres import binaries
from tests.services import make
from tests.standby import pair

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db import server
from eventrec.db.backup import backup, verify
from eventrec.db.check import check
from eventrec.db.engine import reading_engine
from eventrec.db.upgrade import create

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_standby_is_backed_up_checked_and_described_like_its_primary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_path(monkeypatch, binaries())
    with pair(synchronous=False) as (first, second):
        primary = first.create("events")
        create(primary)
        with Book(Settings(primary)).writing("add") as work:
            make.agency(work.session)
        second.catch_up()
        standby = second.url("events")
        assert check(reading_engine(standby)) == []
        one, two = (
            backup(address, tmp_path / f"{n}.eventrec.zip").path for n, address in enumerate((primary, standby))
        )
        here, there = unzipped(one), unzipped(two)
        assert here.pop("manifest.json") != there.pop("manifest.json")  # a standby knows of numbers given out ahead
        assert here == there
        assert verify(backup(standby, tmp_path / "book.dump").path).rows["agency"] == 1
        facts = []
        for address in (primary, standby):
            with contextlib.closing(connection.open_for_reading(address)) as opened:
                facts.append(server.facts(opened))
        assert [each["standby"] for each in facts] == [False, True]
        assert (facts[0]["standbys"], facts[1]["lag_seconds"]) == (1, 0)
