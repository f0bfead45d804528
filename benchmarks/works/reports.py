"""The summary of participants, on both databases."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from benchmarks.ground import WHOLE
from benchmarks.rows import OURS, Differs, Row, at_most, beyond

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.ground import Ground
    from benchmarks.rows import Figures

PLACE: Final = "participant summary, 1,000,000 participations, agency × sex × modality × quarter"
NAIVE: Final = "naive query, no index"
SERVER: Final = "naive query on PostgreSQL"
IDLE: Final = f"{OURS} --version"
BY: Final = ("--by", "agency,sex,modality,quarter")
AGENCY, QUARTER = "AG-15", "2024-Q2"


def summary(ground: Ground) -> Row:
    """`report participants` by four dimensions, out of everything, on SQLite."""
    book, bare = ground.book(), ground.bare()
    sides = [
        ground.eventrec(book, "report", "participants", *BY),
        ground.floor(NAIVE, "summary", bare),
        ground.floor(SERVER, "summary", ground.bare_on_server()),
    ]
    return Row(
        "summary",
        PLACE,
        f"`report participants --by agency,sex,modality,quarter` of {ground.many(WHOLE):,} participations",
        sides,
        [at_most(0.35, NAIVE), at_most(1, SERVER)],
        2,
        _same_figures,
        "The query counts less: no days of events and people, no totals, notes and people in more than one row. "
        "Every number that both have is compared.",
    )


def summary_on_server(ground: Ground) -> Row:
    """Report the same from a book on PostgreSQL."""
    sides = [
        ground.eventrec(ground.server_book(), "report", "participants", *BY),
        ground.floor(SERVER, "summary", ground.bare_on_server()),
    ]
    work = "the same from a book on PostgreSQL"
    return Row("summary-server", PLACE, work, sides, [at_most(1, SERVER)], 2, lambda figures: _same(figures, SERVER))


def part(ground: Ground) -> Row:
    """One agency and one quarter of the same report."""
    book, bare = ground.book(), ground.bare()
    one = f"{NAIVE}, of these alone"
    agency, quarter = (AGENCY, QUARTER) if ground.smaller == 1 else ("AG-5", "2023-Q2")
    sides = [
        ground.eventrec(book, "report", "participants", *BY, "--agency", agency, "--only", "--during", quarter),
        ground.eventrec(book, "--version", name=IDLE),
        ground.floor(NAIVE, "summary", bare, runs=2),
        ground.floor(one, "summary", bare, agency, quarter, runs=2),
        ground.floor("argparse no-op", "nothing"),
    ]
    pairs = ((OURS, IDLE), (NAIVE, "argparse no-op"))
    return Row(
        "summary-part",
        PLACE,
        f"the same of one agency and quarter ({agency}, {quarter})",
        sides,
        [at_most(0.02, NAIVE), beyond(0.02, pairs, "the same, both beyond start-up")],
        7,
        lambda figures: _same(figures, one),
        "The naive query is that of the row above, over everything; the target is a part of its time.",
    )


def _same_figures(figures: Figures) -> str:
    words = _same(figures, NAIVE)
    if SERVER in figures and not figures[SERVER].failure:
        _same(figures, SERVER)
    return words


def _same(figures: Figures, theirs: str) -> str:
    ours, floor = (_table(figures[name].output) for name in (OURS, theirs))
    if ours.keys() != floor.keys():
        raise Differs(
            f"{len(ours):,} and {len(floor):,} rows, not the same ones: {sorted(ours.keys() ^ floor.keys())[:3]}"
        )
    for key, row in floor.items():
        for name, cell in row.items():
            if ours[key][name] != cell:
                raise Differs(f"{key}: {name} is {ours[key][name]} and {cell}")
    return f"The same {len(ours):,} rows, each number that both have."


def _table(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["agency"], row["sex"], row["modality"], row["quarter"]): row for row in rows}


ROWS = {"summary": summary, "summary-server": summary_on_server, "summary-part": part}
