"""Calendars out and in."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from benchmarks.ground import FLOORS
from benchmarks.rows import OURS, Differs, Row, at_most, faster, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.ground import Ground
    from benchmarks.rows import Figures

EVENTS: Final = 10_000
WRITING: Final = "icalendar building and to_ical"
READING: Final = "icalendar parsing"


def exported(ground: Ground) -> Row:
    """`export calendar` of everything."""
    sides = [
        ground.eventrec(ground.book(), "export", "calendar", "-o", "-"),
        *ground.peer(
            "icalendar",
            WRITING,
            lambda programs: [programs / "python", FLOORS / "calendar_write.py", ground.book()],
            runs=2,
        ),
    ]
    return Row(
        "calendar-export",
        "calendar export, 10,000 events",
        f"`export calendar` of {ground.many(EVENTS):,} events, both languages",
        sides,
        [faster(20, WRITING), within(30)],
        5,
        _same(ground),
        "icalendar writes no VTIMEZONE and leaves out what no event of the book has.",
    )


def imported(ground: Ground) -> Row:
    """`import` of a calendar into a book that has nothing of it."""
    rows = ground.many(EVENTS)
    file = ground.calendar(rows)
    empty = ground.agencies()
    book = ground.work / "calendar-import.db"
    sides = [
        ground.eventrec(book, "-q", "import", file, before=lambda: ground.copy(empty, book.name)),
        *ground.peer("icalendar", READING, lambda programs: [programs / "python", FLOORS / "calendar_read.py", file]),
        *ground.peer(
            "ical", "ical parsing", lambda programs: [programs / "python", FLOORS / "calendar_ical.py", file], runs=1
        ),
    ]
    return Row(
        "calendar-import",
        "calendar import, 10,000 events",
        f"`import events.ics` of {rows:,} events, checked, with history",
        sides,
        [at_most(1.2, READING)],
        3,
        note="icalendar parses and looks at titles and days; eventrec also matches, checks and saves.",
    )


def _same(ground: Ground) -> Callable[[Figures], str]:
    def same(figures: Figures) -> str:
        if WRITING not in figures:
            return ""
        outputs = [str(figures[name].output) for name in (OURS, WRITING)]
        judge = ground.peer(
            "icalendar", "judge", lambda programs: [programs / "python", FLOORS / "calendar_same.py", *outputs]
        )
        done = subprocess.run(judge[0].words, env=ground.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Differs(done.stdout.strip()[:500] or done.stderr.strip()[-500:])
        return f"Parsed by icalendar, all {int(done.stdout):,} events are equal, property by property."

    return same


ROWS = {"calendar-export": exported, "calendar-import": imported}
