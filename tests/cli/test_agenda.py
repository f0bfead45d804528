from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from eventrec.cli.context import App

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


@pytest.fixture(autouse=True)
def _on_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "today", date(2024, 10, 17))


def numbers(eventrec: Eventrec, *words: str) -> list[int]:
    return [row["id"] for row in json.loads(eventrec("agenda", *words, "-f", "json").out)]


def test_what_is_today_is_coming_up_and_yesterday_is_not(eventrec: Eventrec) -> None:
    assert numbers(eventrec) == [1]


def test_a_period_shows_what_is_past(eventrec: Eventrec) -> None:
    assert numbers(eventrec, "--during", "2024-10") == [2, 1]


def test_what_is_cancelled_is_left_out(eventrec: Eventrec) -> None:
    eventrec("event", "cancel", 1, "-y")
    result = eventrec("agenda", "-f", "json")
    assert (result.code, result.err) == (0, "Nothing is coming up.\n  All events: eventrec event list\n")


def test_what_has_no_date_is_named(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Someday")
    assert "Left out, without a date: #3 Someday.\n" in eventrec("agenda").err
