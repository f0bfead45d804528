"""One record is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.rows import Row, at_most

if TYPE_CHECKING:
    from benchmarks.ground import Ground

FLOOR: Final = "Typer + SQLAlchemy Core"


def adding(ground: Ground) -> Row:
    """`event add`, beside a single INSERT."""
    ours, theirs = (ground.copy(ground.book(100_000), f"add-{name}.db") for name in ("ours", "theirs"))
    titles = ("Workshop on returns", "返回研讨会")
    sides = [
        ground.eventrec(ours, "event", "add", *titles, "--date", "2026-03-04", "--city", "Beijing", piped=True),
        ground.floor(FLOOR, "adding", theirs, *titles, "2026-03-04", "Beijing", piped=True),
    ]
    return Row(
        "add",
        "`event add` (one write, with history)",
        "`event add` with two titles, a day and a city",
        sides,
        [at_most(1.3, FLOOR)],
        11,
        note="A book of 1,000 events. The first change of a day, which copies the book, is the warm-up.",
    )


ROWS = {"add": adding}
