"""The package `ical`, on which Home Assistant's calendars stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.peers import environments
from tests.peers.exported import CALENDARS
from tests.peers.same import differences

if TYPE_CHECKING:
    from tests.peers.exported import Exported


def test_ical_reads_every_calendar_as_it_is_meant(exported: Exported) -> None:
    read = environments.read("ical", *exported.paths(CALENDARS))
    assert [line for name in CALENDARS for line in differences(exported, name, read[name]["events"])] == []
