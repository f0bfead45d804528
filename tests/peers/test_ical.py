"""The package `ical`, on which the calendars of Home Assistant stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.peers import environments, same

if TYPE_CHECKING:
    from tests.peers.exported import Exported


def alike(name: str, value: Any) -> Any:
    """It cuts categories at every comma, also an escaped one: compare them without commas and backslashes."""
    return "".join(value).translate(str.maketrans("", "", ",\\")) if name == "categories" else value


def test_ical_reads_every_calendar_as_it_is_meant(exported: Exported) -> None:
    read = environments.read("ical", exported.folder, exported.calendars)
    assert len(read) == len(exported.calendars) > 50
    wrong = [line for name, told in read.items() for line in same.differences(exported, name, told["events"], alike)]
    assert wrong == []
    assert read["named.ics"]["name"] == ["Example", "示例"]  # RFC 7986, 5.1
