"""Every export and import at one, ten, a hundred thousand and a million rows: how time and memory grow."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from benchmarks.ground import FLOORS
from benchmarks.measure import in_turn
from benchmarks.rows import OURS, Verdict
from benchmarks.works.sheets import shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.ground import Ground
    from benchmarks.measure import Measured, Side

    Sides = Callable[[Ground, int], list[Side]]

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
GROWTH: Final = "growth"
PLACE: Final = "memory of every export and import"
LIMIT: Final = 60.0
"""Seconds that a command may take here; a floor or peer that took more than `PATIENCE` is not asked for ten times."""

PATIENCE: Final = 6.0

FLAT: Final = 1.25
"""How much more memory a million rows may take than ten thousand to be called flat."""

SLACK: Final = 8.0
"""Megabytes that do not matter: how full the caches of SQLite and Python happen to be."""


@dataclass(frozen=True)
class Work:
    """An export or an import: eventrec's side first, then perhaps a floor; `most` rows are tried."""

    name: str
    unit: str
    sides: Sides
    most: int = SIZES[-1]
    floor: str = ""


@dataclass(frozen=True)
class Point:
    """One work at one size."""

    rows: int
    ours: Measured
    theirs: Measured | None = None


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
    floor = ground.floor("XlsxWriter", "workbook", *words)
    return [*_workbook("export participants", "book")(ground, rows), floor]


def _summary(ground: Ground, rows: int) -> list[Side]:
    by = ("--by", "agency,sex,modality,quarter")
    floor = ground.floor("naive query", "summary", ground.bare(rows, exactly=True))
    return [*_export("report participants", *by, of="book")(ground, rows), floor]


def _into(ground: Ground, file: Path, *words: object) -> Side:
    book = ground.work / "growth.db"
    empty = ground.agencies()
    before = lambda: ground.copy(empty, book.name)  # noqa: E731
    return ground.eventrec(book, "-q", "import", file, *words, before=before)


def _csv_import(ground: Ground, rows: int) -> list[Side]:
    other = ground.work / "growth.floor"
    floor = ground.floor(
        "executemany", "contacts_one_table", ground.sheet(rows), other, before=lambda: other.unlink(missing_ok=True)
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


WORKS: Final = (
    Work("export participants, CSV", "participations", _participants, floor="sqlite3 shell"),
    Work(
        "export participants, JSON",
        "participations",
        _export("export participants", "-f", "json", "-o", "-", of="book"),
    ),
    Work(
        "export participants, JSON lines",
        "participations",
        _export("export participants", "-f", "jsonl", "-o", "-", of="book"),
    ),
    Work("participant list, TSV", "participations", _export("participant list", of="book")),
    Work("export participants, XLSX", "participations", _participants_workbook, 100_000, "XlsxWriter"),
    Work("export all", "participations", _all),
    Work("report participants", "participations", _summary, floor="naive query"),
    Work("export contacts, vCard", "contacts", _cards, floor="vobject"),
    Work("export contacts, CSV", "contacts", _export("export contacts", "-f", "csv", "-o", "-")),
    Work("export contacts, XLSX", "contacts", _workbook("export contacts", "wide"), 100_000),
    Work("export calendar", "events", _calendar, floor="icalendar"),
    Work("export events, CSV", "events", _export("export events", "-f", "csv", "-o", "-")),
    Work("import contacts, CSV", "contacts", _csv_import, floor="executemany"),
    Work("import contacts, vCard", "contacts", _card_import),
    Work("import calendar", "events", _calendar_import, floor="icalendar parsing"),
)


def grown(ground: Ground, sizes: tuple[int, ...], runs: int | None = None) -> dict[str, list[Point]]:
    """Measure each work at each size; what took too long is not tried with ten times as much."""
    found: dict[str, list[Point]] = {}
    for work in WORKS:
        print(f"{work.name}: ", end="", file=sys.stderr, flush=True)
        found[work.name] = _points(ground, work, sizes, runs or 3)
        print("", file=sys.stderr)
    return found


def _points(ground: Ground, work: Work, sizes: tuple[int, ...], runs: int) -> list[Point]:
    points: list[Point] = []
    slow: set[str] = set()
    for rows in [size for size in sizes if size <= work.most]:
        try:
            all_sides = work.sides(ground, rows)
        except subprocess.CalledProcessError as error:
            print(f" could not be prepared: {error}", file=sys.stderr)
            ground.unprepared.append(f"{GROWTH}: {work.name}, {rows:,} rows")
            break
        sides = [replace(side, limit=LIMIT) for side in all_sides if side.name not in slow]
        if not any(side.name == OURS for side in sides):
            break
        figures = in_turn(sides, 1 if rows > 10_000 else runs, ground.work, ground.environment)
        points.append(Point(rows, figures[OURS], figures.get(work.floor)))
        patience = {name: LIMIT if name == OURS else PATIENCE for name in figures}
        slow |= {name for name, each in figures.items() if each.failure or each.median > patience[name]}
        for each in figures.values():
            each.output.unlink(missing_ok=True)
    return points


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
