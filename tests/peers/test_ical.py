"""The package `ical`, on which the calendars of Home Assistant stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.peers import environments, same

if TYPE_CHECKING:
    from tests.peers.exported import Exported


def test_ical_reads_every_calendar_as_it_is_meant(exported: Exported) -> None:
    read = environments.read("ical", exported.folder, exported.calendars)
    assert len(read) == len(exported.calendars) > 50
    wrong = [line for name, told in read.items() for line in same.differences(exported, name, told["events"])]
    assert [line for line in wrong if ": categories: " not in line] == []


def test_ical_reads_the_categories(exported: Exported) -> None:
    """It cuts them at every comma, also an escaped one: the words are compared without commas and backslashes."""
    read = environments.read("ical", exported.folder, ["both.ics"])

    def bare(words: list[str]) -> str:
        return ",".join(words).replace("\\", "")

    found = {event["uid"]: bare(event["categories"]) for event in read["both.ics"]["events"]}
    parts: dict[str, Any] = exported.events("both.ics")
    assert found == {uid: bare(same.event(part, exported.entries[uid])["categories"]) for uid, part in parts.items()}


def test_ical_reads_the_name_in_every_language(exported: Exported) -> None:
    """RFC 7986, 5.1."""
    read = environments.read("ical", exported.folder, ["named.ics"])
    assert read["named.ics"]["name"] == ["Example", "示例"]
