"""How much of a folder of releases `eventrec draft` reads, field by field, with an empty book or a given one.

    python -m benchmarks.drafting FOLDER [--database PATH | --book demo] [--verbose] [--only NN]

The folder holds a text (`NN.txt`) and the facts of it (`NN.json`) for each release. The last two columns: of the
values asked for, and where the text says nothing, how many are right; of a list's certain items, how many.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.drafting.fields import ABSENT, RIGHT, SURELY_WRONG, VERDICTS, Outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.gazetteer import Gazetteer


def main() -> None:
    """Read the releases, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--database", help="a book whose records are known")
    parser.add_argument("--book", choices=["demo"], help="the records of `eventrec demo` are known")
    parser.add_argument("--only", action="append", metavar="NN", help="this release, may be given again")
    parser.add_argument("--verbose", action="store_true", help="print each value that is not right")
    options = parser.parse_args()
    book = known(options.database, options.book)
    found: dict[str, list[Outcome]] = {}
    times = []
    for name, text, facts in releases(options.folder, options.only):
        events, seconds = drafted(name, text, book)
        times.append(seconds)
        found[name] = list(outcomes(facts, events))
    if not found:
        sys.exit(f"No release was found in {options.folder}.")
    if options.verbose:
        tell_misses(found)
    tell_table([each for of_release in found.values() for each in of_release])
    print(
        f"\n{len(found)} releases; a reading takes the processor {statistics.median(times) * 1000:.0f} ms (median),",
        end=" ",
    )
    print(f"{max(times) * 1000:.0f} ms (longest).")


def releases(folder: Path, only: Sequence[str] | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return name, text and facts of each release of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        if not only or path.stem in only:
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield path.stem, text, json.loads(path.read_text(encoding="utf-8"))


def known(database: str | None, book: str | None) -> Gazetteer:
    """Return what a book knows; nothing without one."""
    from eventrec.draft.gazetteer import Gazetteer

    if book == "demo":
        from eventrec.demo.make import record

        with tempfile.TemporaryDirectory() as folder:
            database = str(Path(folder) / "events.db")
            record(database).close()
            return _of_book(database)
    return _of_book(database) if database else Gazetteer()


def _of_book(database: str) -> Gazetteer:
    from eventrec.book import Book
    from eventrec.config import Settings
    from eventrec.draft import gazetteer

    return gazetteer.of_book(Book(Settings(database)).reader)


def drafted(name: str, text: str, book: Gazetteer) -> tuple[list[dict[str, Any]], float]:
    """Return the events proposed for a release, none where reading fails, and the seconds its second reading takes."""
    from eventrec.draft.proposal import as_json
    from eventrec.draft.read import read

    try:
        read(text, book)
        began = process_time()
        proposal = read(text, book)
        return as_json(proposal)["events"], process_time() - began
    except Exception:  # one release that cannot be read leaves the others their score
        print(f"{name} could not be read:", file=sys.stderr)
        traceback.print_exc()
        return [], 0.0


def tell_misses(found: dict[str, list[Outcome]]) -> None:
    """Print each value that is not right, with what was expected and given."""
    for name, of_release in found.items():
        print(f"== {name}")
        for each in of_release:
            if each.verdict not in (RIGHT, ABSENT):
                print(f"  {each.verdict:13}{each.field:20}{each.expected!r}  <-  {each.given!r}")


def tell_table(found: Sequence[Outcome]) -> None:
    """Print the count of each verdict by field, and shares."""
    heads = [*VERDICTS, "right %", "precision %"]
    print(f"{'field':20}" + "".join(f"{each:>13}" for each in heads))
    fields = dict.fromkeys(each.field for each in found)
    for field in fields:
        print(_line(field, [each for each in found if each.field == field]))
    print(_line("total", found))


def _line(head: str, found: Sequence[Outcome]) -> str:
    counted = Counter(each.verdict for each in found)
    listed = bool(found) and all(each.listed for each in found)
    asked_for = [each for each in found if not (each.listed and each.expected is None and each.verdict != ABSENT)]
    good = counted[RIGHT] + (counted[ABSENT] if not listed else 0)
    of = len(asked_for) - (counted[ABSENT] if listed else 0)
    given = counted[RIGHT] + counted[SURELY_WRONG]
    cells = [f"{counted[each]:13}" for each in VERDICTS]
    cells.append(_share(good, of))
    cells.append(_share(counted[RIGHT], given) if listed else f"{'':13}")
    return f"{head:20}" + "".join(cells)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:13.1f}" if whole else f"{'-':>13}"


if __name__ == "__main__":
    main()
