"""Measures eventrec beside floors and peers, in turn in one run, and writes RESULTS.md with its charts.

    python -m benchmarks                        everything, into benchmarks/ (and the lines that README quotes)
    python -m benchmarks --only list --only add --out build/speed
    python -m benchmarks --quick --out build/speed

What it makes for itself stays in benchmarks/.data for the next time; `make clean` removes it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import machine, results
from benchmarks.ground import HERE, QUICK, ROOT, Ground
from benchmarks.measure import in_turn
from benchmarks.rows import Differs, Result, Verdict
from benchmarks.works import calendars, cards, growth, reports, sheets, start_up, writing
from benchmarks.works.growth import GROWTH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.rows import Row
    from benchmarks.works.growth import Point

ROWS: dict[str, Callable[[Ground], Row]] = {
    **start_up.ROWS,
    **writing.ROWS,
    **calendars.ROWS,
    **cards.ROWS,
    **sheets.ROWS,
    **reports.ROWS,
    **start_up.SEARCH,
}


def main(words: Sequence[str] | None = None) -> None:
    """Measure what is asked for and write it down."""
    asked = _asked(words)
    out: Path = asked.out or HERE
    out.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="eventrec-bench-") as folder:
        smaller = QUICK if asked.quick else asked.smaller
        ground = Ground(Path(folder), asked.data or HERE / ".data", smaller, peers=not asked.no_peers)
        try:
            found, grown = _measured(ground, asked.only or [*ROWS, GROWTH], start + 60 * growth.MINUTES, asked.runs)
        finally:
            ground.close()
        run = results.Run(
            day=machine.today(),
            machine=machine.kind(),
            versions=machine.versions(),
            minutes=(time.monotonic() - start) / 60,
            places={f"{ground.data}/": "", f"{folder}/": "", f"{ROOT}/": "", f"{Path(sys.executable).parent}/": ""},
            missing=[*sorted(set(ground.missing)), *(f"row {key}" for key in ground.unprepared)],
            smaller=smaller,
        )
    written = results.page(run, found, grown)
    (out / "RESULTS.md").write_text(written, encoding="utf-8")
    for name, drawing in results.charts(grown).items() if grown else ():
        (out / name).write_text(drawing, encoding="utf-8")
    if out == HERE:
        readme = ROOT / "README.md"
        readme.write_text(results.quote(readme.read_text(encoding="utf-8"), written), encoding="utf-8")
    print(f"Written: {out / 'RESULTS.md'}", file=sys.stderr)


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", choices=[*ROWS, GROWTH], help="This row; may be repeated.")
    parser.add_argument("--quick", action="store_true", help="Everything 500 times smaller: to see that it works.")
    parser.add_argument("--smaller", type=int, default=1, metavar="N", help="Everything N times smaller.")
    parser.add_argument("--runs", type=int, help="How often, instead of what is set for each row.")
    parser.add_argument("--out", type=Path, help="The folder to write to, else benchmarks.")
    parser.add_argument("--data", type=Path, help="The folder that keeps books and files, else benchmarks/.data.")
    parser.add_argument("--no-peers", action="store_true", help="Leave out what is not in eventrec's environment.")
    asked = parser.parse_args(words)
    if asked.out is None and (asked.only or asked.quick or asked.runs or asked.smaller > 1):
        parser.error("A part of the rows, or a quick run, needs --out FOLDER: RESULTS.md is of whole runs.")
    return asked


def _measured(
    ground: Ground, keys: Sequence[str], until: float, runs: int | None
) -> tuple[list[Result], dict[str, list[Point]]]:
    rows = [_row(ground, ROWS[key], key, runs) for key in keys if key != GROWTH]
    found = [row for row in rows if row]
    if GROWTH not in keys:
        return found, {}
    sizes = tuple(sorted({ground.many(size) for size in growth.SIZES}))
    return found, growth.grown(ground, sizes, found, until, runs)


def _row(ground: Ground, make: Callable[[Ground], Row], key: str, runs: int | None) -> Result | None:
    """Measure a row; a difference in what was written is told in its place, and no target is met with it."""
    print(f"{key}: ", end="", file=sys.stderr, flush=True)
    start = time.monotonic()
    try:
        row = make(ground)
        figures = in_turn(row.sides, runs or row.runs, ground.work, ground.environment)
    except subprocess.CalledProcessError as error:
        print(f" could not be prepared: {error}", file=sys.stderr)
        ground.unprepared.append(key)
        return None
    result = Result(row, figures, verdicts=[target.verdict(figures) for target in row.targets])
    whole = not any(each.failure for each in figures.values())
    try:
        result.same = row.checked(figures) if row.checked and whole else ""
    except Differs as difference:
        result.same = f"**Not the same:** {difference}."
        result.verdicts = [Verdict(each.target, f"{each.reached}, but not the same", False) for each in result.verdicts]
    for each in figures.values():
        each.output.unlink(missing_ok=True)
    told = ", ".join(f"{each.target}: {each.reached}" for each in result.verdicts)
    print(f" {time.monotonic() - start:.0f} s. {told} {result.same}", file=sys.stderr)
    return result


if __name__ == "__main__":
    main()
