from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


def test_add_has_the_place_of_its_event(eventrec: Eventrec) -> None:
    result = eventrec("visit", "add", 1, "Document Centre", "证件中心", "--date", "2024-10-16", "--facilitator", "NIA")
    assert result.err.startswith("Visit 3 was added to event 1.\n  Document Centre / 证件中心\n")
    (found,) = json.loads(eventrec("visit", "show", "证件中心", "-f", "json").out)
    assert (found["parent"], found["city"]["zh"], found["country"]) == (1, "北京", "CN")


def test_list_shows_visits_only(eventrec: Eventrec) -> None:
    assert [row["id"] for row in json.loads(eventrec("visit", "list", "-f", "json").out)] == [2]


def test_list_of_an_event_shows_its_visits(eventrec: Eventrec) -> None:
    assert [row["id"] for row in json.loads(eventrec("visit", "list", "--event", 1, "-f", "json").out)] == [2]


def test_edit_leaves_the_event(eventrec: Eventrec) -> None:
    eventrec("visit", "edit", "Capital Airport", "--date", "2024-10-15", "--status", "held")
    (event,) = json.loads(eventrec("event", "show", 1, "-f", "json").out)
    assert (event["starts_on"], event["status"]) == ("2024-10-17", "confirmed")


def test_remove_leaves_the_event(eventrec: Eventrec) -> None:
    assert eventrec("visit", "remove", 2, "-y").err.startswith("Visit 2 was removed.\n")
    assert eventrec("event", "show", 1).code == 0
