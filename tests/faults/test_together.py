"""Many at once on one book: nothing is lost, nobody waits for ever, and no rule is broken by two together."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from tests.faults import working
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.services import participation
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.conftest import Survived
    from tests.faults.working import Told

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([working.__name__])


@pytest.fixture(scope="module")
def two() -> Iterator[ProcessPoolExecutor]:
    """Two people, each in a process."""
    with ProcessPoolExecutor(2, PROCESSES) as pool:
        yield pool


def test_many_write_and_read_at_once(address: str, tries: Callable[[int, int], int], tally: Survived) -> None:
    working.prepare(address)
    writers, readers, seconds = tries(3, 8), tries(4, 16), tries(2, 60)
    tasks: list[Any] = [working.write] * (writers - 1) + [working.write_by_command]
    tasks += [working.read] * (readers - 1) + [working.read_by_command]
    with ProcessPoolExecutor(len(tasks), PROCESSES) as pool:
        jobs = [pool.submit(task, address, f"person {at}", float(seconds)) for at, task in enumerate(tasks)]
        told: list[Told] = [job.result(seconds + working.PATIENCE * 10) for job in jobs]
    assert [fault for each in told for fault in each.faults] == []  # a wait beyond PATIENCE is one
    assert all(each.done["read"] for each in told[writers:])

    book = Book(Settings(address))
    titles = sorted(chain.from_iterable(each.titles for each in told))
    more, lines = (sum(each.done[what] for each in told) for what in ("one more", "another line"))
    found = sorted(str(row["title_en"]) for row in book.reader.events().flat(keep=True) if row["id"] not in (1, 2))
    head, note = book.reader.participation(1)["women"], str(book.reader.event(2)["note"])
    history = len(book.reader.history())
    book.close()
    lost = abs(int(str(head)) - more) + len(set(titles) ^ set(found)) + abs(note.count("\n") - lines)
    lost += abs(history - 1 - more - len(titles) - lines)
    assert check(engine(address)) == []
    assert titles
    assert more
    assert lines + sum(each.done["refused"] for each in told)
    saved = more + len(titles) + lines
    kind = "PostgreSQL" if address.startswith("postgresql") else "one SQLite file"
    tally(f"{writers} write and {readers} read for {seconds} s: {kind}", tries=saved, survived=saved - lost, lost=lost)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ("head", "Rejected: That delegation has no unnamed head-count"),
        ("cycle", "Rejected: Agency"),
        ("twice", "AlreadyThere: "),
        ("code", "AlreadyThere: "),
    ],
)
def test_two_never_break_a_rule_together(
    what: str,
    refusal: str,
    address: str,
    two: ProcessPoolExecutor,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    with Book(Settings(address), actor="tester").writing("a test") as work:
        for code in ("A", "B"):
            make.agency(work.session, code)
        for name in ("LI Na", "WANG Wei"):
            make.contact(work.session, name, sex="female")
        make.event(work.session)
    number, kept = tries(3, 50), 0
    for _ in range(number):
        moment = time.time() + 0.03
        _start_again(address, head=what == "head")
        said = [two.submit(working.at, moment, what, address, who) for who in (1, 2)]
        outcome = sorted(each.result() for each in said)
        kept += outcome[1] == "saved" and outcome[0].startswith(refusal)
        if outcome[1] != "saved" or not outcome[0].startswith(refusal):
            print(outcome)  # noqa: T201 - shown when the test fails
    tally(f"two break a rule together ({what})", tries=number, survived=kept)


def _start_again(address: str, *, head: bool) -> None:
    """Take back what the last try did: nobody takes part but for one further woman, no agency stands above another."""
    with Book(Settings(address), actor="tester").writing("start again") as work:
        rows = [row.id for row in participation.of_event(work.session, 1)]
        participation.remove(work.session, rows)
        if head:
            participation.add(work.session, event_id=1, agency_id=1, counts=HeadCount(women=1))
        for number in (1, 2):
            working.agency.edit(work.session, number, {"parent_id": None})
        for there in work.reader.rows("SELECT id FROM agency WHERE id > 2"):
            working.agency.remove(work.session, there[0])
