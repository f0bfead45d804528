"""khal, a calendar for the terminal, which reads a vdir."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.peers import environments
from tests.peers.book import DATED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.peers.book import Entry
    from tests.peers.exported import Exported

FIELDS = ("uid", "title", "start-long-full", "end-long-full", "all-day", "status", "location", "description")
CONFIGURATION = """
[calendars]
[[events]]
path = {vdir}
type = calendar

[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {folder}/khal.db
"""


def khal_lists(exported: Exported, folder: Path, zone: str, first: str, last: str) -> list[dict[str, Any]]:
    """Return everything that khal, set to a zone, lists between two days: once for each day that an event is on."""
    configuration = folder / "khal.conf"
    configuration.write_text(CONFIGURATION.format(vdir=exported.vdir, folder=folder, zone=zone))
    fields = [word for name in FIELDS for word in ("--json", name)]
    command = [environments.program("khal", "khal"), "--config", configuration, "list", "--notstarted", *fields]
    lines = environments.run([*command, first, last]).splitlines()
    return [event for line in lines for event in json.loads(line)]


@pytest.fixture(scope="module")
def listed(exported: Exported, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What khal lists in UTC. It knows no daylight saving after 2037, where the tables of pytz end."""
    return khal_lists(exported, tmp_path_factory.mktemp("khal"), "UTC", "1970-01-01", "2037-12-31")


def expected(entry: Entry) -> list[tuple[str, str]]:
    """Return when khal, set to UTC, must show an event: the last day inclusive, hours to the minute.

    A start without an end is one hour long for khal.
    """
    found = []
    for first, last in entry.spans:
        if not isinstance(first, datetime):
            found.append((f"{first} 00:00", f"{last - timedelta(days=1)} 00:00"))
            continue
        end = last if last != first else first + timedelta(hours=1)
        found.append((f"{first:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"))
    return found


def test_khal_lists_every_event_on_its_days_and_hours(exported: Exported, listed: list[dict[str, Any]]) -> None:
    wanted = {
        (exported.uids[entry.name], *when, str(not isinstance(entry.spans[0][0], datetime)))
        for entry in DATED
        if "removed" not in entry.moves and entry.days[1].year < 2038
        for when in expected(entry)
    }
    assert {
        tuple(event[name] for name in ("uid", "start-long-full", "end-long-full", "all-day")) for event in listed
    } == wanted


def test_khal_shows_titles_places_and_status(exported: Exported, listed: list[dict[str, Any]]) -> None:
    """Space around a description is not shown."""
    for event in listed:
        entry = exported.entries[event["uid"]]
        part = exported.events(f"vdir/{event['uid']}.ics")[event["uid"]]
        assert event["title"] == entry.summary("both")
        assert event["status"].strip() == entry.status
        assert event["location"] == part.text("LOCATION")
        assert event["description"] == part.text("DESCRIPTION").strip()


@pytest.mark.parametrize(("zone", "ahead"), [("Asia/Shanghai", 8), ("America/New_York", -4)])
def test_khal_shows_whole_days_as_the_same_days_everywhere(
    exported: Exported, tmp_path: Path, zone: str, ahead: int
) -> None:
    """RFC 5545, 3.3.4: a DATE has no zone."""
    shown = {event["uid"]: event for event in khal_lists(exported, tmp_path, zone, "2024-10-17", "2024-11-30")}
    days = shown[exported.uids["Five whole days"]]
    assert (days["start-long-full"], days["end-long-full"]) == ("2024-11-04 00:00", "2024-11-08 00:00")
    starts = datetime(2024, 10, 18, 1, tzinfo=UTC) + timedelta(hours=ahead)
    assert shown[exported.uids["Hours in Shanghai"]]["start-long-full"] == f"{starts:%Y-%m-%d %H:%M}"


def test_khal_knows_nothing_of_what_was_removed(exported: Exported) -> None:
    removed = [entry for entry in DATED if "removed" in entry.moves]
    assert len(removed) > 1
    assert not [entry for entry in removed if (exported.vdir / f"{exported.uids[entry.name]}.ics").exists()]
