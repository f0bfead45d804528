"""Every export and import at one, ten, a hundred thousand and a million rows: how time and memory grow."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from benchmarks.ground import FLOORS
from benchmarks.measure import in_turn
from benchmarks.rows import OURS, Verdict
from benchmarks.works.reports import NAIVE
from benchmarks.works.sheets import ALONE, EXECUTEMANY, SHELL, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.ground import Ground
    from benchmarks.measure import Measured, Side
    from benchmarks.rows import Result

    Sides = Callable[[Ground, int], list[Side]]

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
GROWTH: Final = "growth"
PLACE: Final = "memory of every export and import"
LIMIT: Final = 60.0
"""Seconds that a command may be expected to take; what would take longer with the next size is not tried with it.

One that then takes twice as long is ended.
"""

PATIENCE: Final = 20.0
"""Seconds that a floor or peer may take with the next size, to be asked again."""

MINUTES: Final = 16.0
"""How old the whole run may get; what would not be done by then is not tried."""

FLAT: Final = 1.25
"""How much more memory a million rows may take than ten thousand to be called flat."""

SLACK: Final = 8.0
"""Megabytes that do not matter: how full the caches of SQLite and Python happen to be."""


@dataclass(frozen=True)
class Work:
    """An export or an import: eventrec's side first, then perhaps a floor; `most` rows are tried.

    With so many rows as `row` has it is that row, which is not measured again.
    """

    name: str
    unit: str
    sides: Sides
    most: int = SIZES[-1]
    floor: str = ""
    row: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Point:
    """One work at one size."""

    rows: int
    ours: Measured
    theirs: Measured | None = None

    def expected(self, rows: int) -> float:
        """Return the seconds that eventrec will take with so many rows, if they grow alike."""
        return self.ours.median * rows / self.rows

    def worth_asking(self, rows: int) -> bool:
        """Tell whether the floor or peer is quick enough to be asked with so many rows."""
        theirs = self.theirs
        return theirs is not None and not theirs.failure and theirs.median * rows / self.rows <= PATIENCE


def _export(what: str, *words: object, of: str = "wide") -> Sides:
    """Return how everything of one kind is written to nowhere."""

    def sides(ground: Ground, rows: int) -> list[Side]:
        book = ground.wide(rows) if of == "wide" else ground.book(rows, exactly=True)
        return [ground.eventrec(book, *what.split(), *words)]

    return sides


def _workbook(what: str, of: str) -> Sides:
    def sides(ground: Ground, rows: int) -> list[Side]:
        book = ground.wide(rows) if of == "wide" else ground.book(rows, exactly=True)
        return [ground.eventrec(book, *what.split(), "-o", ground.work / "growth.xlsx", "--force")]

    return sides


def _all(ground: Ground, rows: int) -> list[Side]:
    folder = ground.work / "growth"
    book = ground.book(rows, exactly=True)
    gone = lambda: shutil.rmtree(folder, ignore_errors=True)  # noqa: E731
    return [ground.eventrec(book, "export", "all", "-o", folder, before=gone)]


def _calendar(ground: Ground, rows: int) -> list[Side]:
    book = ground.wide(rows)
    floor = ground.peer(
        "icalendar", "icalendar", lambda programs: [programs / "python", FLOORS / "calendar_write.py", book]
    )
    return [*_export("export calendar", "-o", "-")(ground, rows), *floor]


def _cards(ground: Ground, rows: int) -> list[Side]:
    book = ground.wide(rows)
    words = ["-W", "ignore", FLOORS / "cards_write.py", book]
    floor = ground.peer("vobject", "vobject", lambda programs: [programs / "python", *words])
    return [*_export("export contacts", "-o", "-")(ground, rows), *floor]


def _participants(ground: Ground, rows: int) -> list[Side]:
    book = ground.book(rows, exactly=True)
    floor = shell(book, FLOORS / "participants.sql")
    return [*_export("export participants", "-f", "csv", "-o", "-", of="book")(ground, rows), floor]


def _participants_workbook(ground: Ground, rows: int) -> list[Side]:
    words = (ground.book(rows, exactly=True), FLOORS / "participants.sql", ground.work / "alone.xlsx")
    floor = ground.floor(ALONE, "workbook", *words)
    return [*_workbook("export participants", "book")(ground, rows), floor]


def _summary(ground: Ground, rows: int) -> list[Side]:
    by = ("--by", "agency,sex,modality,quarter")
    floor = ground.floor(NAIVE, "summary", ground.bare(rows, exactly=True))
    return [*_export("report participants", *by, of="book")(ground, rows), floor]


def _into(ground: Ground, file: Path, *words: object) -> Side:
    book = ground.work / "growth.db"
    empty = ground.agencies()
    before = lambda: ground.copy(empty, book.name)  # noqa: E731
    return ground.eventrec(book, "-q", "import", file, *words, before=before)


def _csv_import(ground: Ground, rows: int) -> list[Side]:
    other = ground.work / "growth.floor"
    floor = ground.floor(
        EXECUTEMANY, "contacts_one_table", ground.sheet(rows), other, before=lambda: other.unlink(missing_ok=True)
    )
    return [_into(ground, ground.sheet(rows), "--as", "contacts"), floor]


def _card_import(ground: Ground, rows: int) -> list[Side]:
    return [_into(ground, ground.cards(rows))]


def _calendar_import(ground: Ground, rows: int) -> list[Side]:
    file = ground.calendar(rows)
    floor = ground.peer(
        "icalendar", "icalendar parsing", lambda programs: [programs / "python", FLOORS / "calendar_read.py", file]
    )
    return [_into(ground, file), *floor]


def _participants_from_server(ground: Ground, rows: int) -> list[Side]:
    book = ground.server_book(rows, exactly=True)
    return [ground.eventrec(book, "export", "participants", "-f", "csv", "-o", "-")]


WORKS: Final = (
    Work(
        "export participants, CSV",
        "participations",
        _participants,
        floor=SHELL,
        row=("participants-csv", SIZES[-1]),
    ),
    Work("export participants, CSV, from PostgreSQL", "participations", _participants_from_server),
    Work("participant list, TSV", "participations", _export("participant list", of="book")),
    Work(
        "report participants",
        "participations",
        _summary,
        floor=NAIVE,
        row=("summary", SIZES[-1]),
    ),
    Work("export contacts, vCard", "contacts", _cards, floor="vobject"),
    Work("export contacts, CSV", "contacts", _export("export contacts", "-f", "csv", "-o", "-")),
    Work("export calendar", "events", _calendar, floor="icalendar"),
    Work("export events, CSV", "events", _export("export events", "-f", "csv", "-o", "-")),
    Work(
        "export participants, XLSX",
        "participations",
        _participants_workbook,
        100_000,
        ALONE,
        ("workbook", 100_000),
    ),
    Work("export contacts, XLSX", "contacts", _workbook("export contacts", "wide"), 100_000),
    Work(
        "import contacts, CSV",
        "contacts",
        _csv_import,
        floor=EXECUTEMANY,
        row=("csv-import", 100_000),
    ),
    Work("import contacts, vCard", "contacts", _card_import),
    Work("import calendar", "events", _calendar_import, floor="icalendar parsing"),
    Work("export all", "participations", _all),
    Work(
        "export participants, JSON lines",
        "participations",
        _export("export participants", "-f", "jsonl", "-o", "-", of="book"),
    ),
    Work(
        "export participants, JSON",
        "participations",
        _export("export participants", "-f", "json", "-o", "-", of="book"),
    ),
)


def grown(
    ground: Ground, sizes: tuple[int, ...], rows: Sequence[Result], until: float, runs: int | None = None
) -> dict[str, list[Point]]:
    """Measure each work at each size, the small ones first, until a moment of the monotonic clock.

    What would take too long, or end after that moment, is not tried. `rows` were measured before.
    """
    found: dict[str, list[Point]] = {work.name: [] for work in WORKS}
    for size in sizes:
        print(f"{size:,} rows: ", end="", file=sys.stderr, flush=True)
        for work in WORKS:
            if point := _known(work, size, rows) or _measured(ground, work, size, found[work.name], until, runs or 3):
                found[work.name].append(point)
        print("", file=sys.stderr)
    return found


def _known(work: Work, size: int, rows: Sequence[Result]) -> Point | None:
    for row in rows:
        if (row.row.key, size) == work.row:
            return Point(size, row.figures[OURS], row.figures.get(work.floor))
    return None


def _measured(ground: Ground, work: Work, size: int, before: list[Point], until: float, runs: int) -> Point | None:
    """Measure a work at a size, unless what it took at the size before says that it would take too long."""
    last = before[-1] if before else None
    expected = last.expected(size) if last else 0.0
    if size > work.most or expected > LIMIT or time.monotonic() + expected > until or (last and last.ours.failure):
        return None
    try:
        sides = work.sides(ground, size)
    except subprocess.CalledProcessError as error:
        print(f" could not be prepared: {error}", file=sys.stderr)
        ground.unprepared.append(f"{GROWTH}: {work.name}, {size:,} rows")
        return None
    if last and not last.worth_asking(size):
        sides = sides[:1]
    sides = [replace(side, limit=2 * LIMIT) for side in sides]
    figures = in_turn(sides, 1 if size > 1_000 else runs, ground.work, ground.environment)
    for each in figures.values():
        each.output.unlink(missing_ok=True)
    return Point(size, figures[OURS], figures.get(work.floor))


def verdict(work: str, points: list[Point]) -> Verdict:
    """Judge whether the memory stays the same from ten thousand rows on."""
    known = [point for point in points if point.rows >= 10_000]
    ended = [point.ours.failure for point in points if point.ours.failure]
    if len(known) < 2:
        return Verdict(f"{work}: flat", ended[0] if ended else "not tried with enough rows", False if ended else None)
    first, last = known[0], known[-1]
    low, high = first.ours.megabytes, last.ours.megabytes
    met = high <= low * FLAT + SLACK and not last.ours.failure
    told = f"{low:.0f} MB at {first.rows:,}, {high:.0f} MB at {last.rows:,}"
    return Verdict(f"{work}: flat", f"{told}{f' ({last.ours.failure})' if last.ours.failure else ''}", met)
