from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

from eventrec.cli.context import App
from eventrec.cli.db.progress import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def looking(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Let a person look at the screen, with a clock that goes half a second further at every look."""
    ticks: Iterator[float] = (number / 2 for number in range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def test_what_is_done_in_a_moment_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = looking(monkeypatch)
    with shown(App()) as tell:
        tell("Copying", 1, 2)
    assert screen.getvalue() == ""


def test_what_takes_long_is_told_in_one_line_that_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = looking(monkeypatch)
    with shown(App()) as tell:
        for done in range(1, 5):
            tell("Copying", done, 4)
    assert screen.getvalue().startswith("\rCopying: 50 %")
    assert "\n" not in screen.getvalue()
    assert screen.getvalue().endswith(" \r")


def test_without_a_known_end_the_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = looking(monkeypatch)
    with shown(App()) as tell:
        for done in (1000, 2000, 3000):
            tell("Unpacking", done, 0)
    assert "Unpacking: 2,000" in screen.getvalue()


def test_nothing_is_told_with_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = looking(monkeypatch)
    with shown(App(quiet=True)) as tell:
        for done in range(1, 9):
            tell("Copying", done, 8)
    assert screen.getvalue() == ""
