"""People at work at the same time, each in a process of their own: what they do, and what they were told.

These functions are called in other processes, so they stand in a module that can be imported there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg  # noqa: F401 - loaded before the processes part, like all that is imported here
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db import transaction  # noqa: F401
from eventrec.errors import ChangedSince, Conflict, DatabaseUnavailable, EventrecError
from eventrec.models import Event
from eventrec.reports.participants import participants
from eventrec.services import agency, event, participation, rows
from eventrec.services.headcount import HeadCount
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 20.0
"""Seconds that a reader waits at most before it says that the book is locked."""

_REFUSALS = {1: "at the same moment; nothing was saved", 5: "Another program is writing"}
"""What the command line may answer by exit code when others were faster, or write for too long."""

_GLANCE = 0.05
"""Seconds between two looks of a reader: without any, readers would only take the processor from those who write."""


@dataclass
class Told:
    """What somebody was told while working: how often each thing was saved or refused, and what was a fault."""

    done: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def prepare(address: str) -> None:
    """Make what everybody works on: event 1 with a head-count in row 1, and event 2 whose note is changed."""
    with Book(Settings(address), actor="first").writing("the beginning") as work:
        made = make.agency(work.session)
        for title in ("Counted", "Noted"):
            make.event(work.session, title, status="held")
        participation.add(work.session, event_id=1, agency_id=made.id, counts=HeadCount())


def write(address: str, who: str, seconds: float) -> Told:
    """Add people to the one head-count, events to the list and lines to the one note, as fast as it goes.

    However busy the machine is, each is done twice at least.
    """
    book, told = Book(Settings(address), actor=who), Told()
    steps: list[Callable[[Book, Told, str], None]] = [_one_more, _another_event, _one_more, _another_line]
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until or number < 2 * len(steps):
        step = steps[number % len(steps)]
        number += 1
        try:
            step(book, told, f"{who} {number}")
        except Conflict:
            told.done["gave up"] += 1
        except ChangedSince as error:
            told.done["refused"] += 1
            if "Event 2 was changed by" not in error.message:
                told.faults.append(error.message)
        except DatabaseUnavailable as error:
            told.done["gave up"] += 1
            if "Another program is writing" not in error.message:
                told.faults.append(error.message)
        except Exception as error:
            told.faults.append(f"{type(error).__name__}: {error}")
    return told


def _one_more(book: Book, told: Told, _: str) -> None:
    def work() -> None:
        with book.writing("one more") as opened:
            row = participation.one(opened.session, 1)
            participation.edit(opened.session, 1, [1], {}, counts=HeadCount(women=(row.women or 0) + 1))

    book.repeated(work)
    told.done["one more"] += 1


def _another_event(book: Book, told: Told, title: str) -> None:
    def work() -> None:
        with book.writing("another event") as opened:
            make.event(opened.session, title)

    book.repeated(work)
    told.titles.append(title)


def _another_line(book: Book, told: Told, line: str) -> None:
    """Read, think, and save with the version that was read: refused when somebody was faster."""
    before = book.reader.event(2)
    time.sleep(0.001)

    def work() -> None:
        with book.writing("another line") as opened:
            event.edit(opened.session, 2, {"note": f"{before['note']}\n{line}"}, if_version=int(str(before["version"])))

    book.repeated(work)
    told.done["another line"] += 1


def write_by_command(address: str, who: str, seconds: float) -> Told:
    """Add events with the command line."""
    told, until, number = Told(), time.monotonic() + seconds, 0
    while time.monotonic() < until or not number:
        number += 1
        title = f"{who} {number}"
        done = _command(address, "event", "add", title, "--date", "2024-10-17")
        if done.returncode == 0:
            told.titles.append(title)
        elif done.returncode in _REFUSALS and _REFUSALS[done.returncode] in done.stderr:
            told.done["gave up"] += 1
        else:
            told.faults.append(done.stderr)
    return told


def read(address: str, _who: str, seconds: float) -> Told:
    """Read lists and reports, which must never run backwards, wait too long or contradict themselves."""
    book, told = Book(Settings(address), timeout=PATIENCE), Told()
    until, most = time.monotonic() + seconds, 0
    while time.monotonic() < until or not (most or told.faults):
        try:
            count = len(book.reader.events())
            total = participants(book.reader, ALL, [], today="2026-01-02").total or {}
        except Exception as error:
            told.faults.append(f"{type(error).__name__}: {error}")
            continue
        told.done["read"] += 1
        if count < most or total.get("women") != total.get("participations"):
            told.faults.append(f"{count} events after {most}; {total}")
        most = count
        time.sleep(_GLANCE)
    return told


def read_by_command(address: str, _who: str, seconds: float) -> Told:
    """Read the report with the command line."""
    told, until = Told(), time.monotonic() + seconds
    while time.monotonic() < until or not told.done["read"]:
        done = _command(address, "report", "participants", "-f", "json")
        if done.returncode or "Traceback" in done.stderr:
            told.faults.append(done.stderr)
        told.done["read"] += 1
    return told


def _command(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eventrec.cli.main", *words]
    environment = {**os.environ, "EVENTREC_DATABASE": address}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def at(moment: float, what: str, address: str, who: int) -> str:
    """Do one thing at the moment (seconds since the epoch), and return what came of it: `saved` or the refusal."""
    work: Callable[[Book, int], Any] = {"head": _take, "cycle": _parent, "twice": _take_part, "code": _code}[what]
    book = Book(Settings(address), actor=f"person {who}")
    while time.time() < moment:
        pass
    try:
        book.repeated(lambda: work(book, who))
    except EventrecError as error:
        return f"{type(error).__name__}: {error.message}"
    return "saved"


def _take(book: Book, who: int) -> None:
    """Name the last one of a head-count."""
    with book.writing("take") as opened:
        participation.add(opened.session, event_id=1, contact_id=who, agency_id=1, from_headcount=True)


def _parent(book: Book, who: int) -> None:
    """Put agency 1 under 2, or 2 under 1."""
    with book.writing("parent") as opened:
        agency.edit(opened.session, who, {"parent_id": 3 - who})


def _take_part(book: Book, _who: int) -> None:
    with book.writing("take part") as opened:
        participation.add(opened.session, event_id=1, contact_id=1)


def _code(book: Book, who: int) -> None:
    with book.writing("code") as opened:
        rows.get(opened.session, Event, 1)
        agency.add(opened.session, name=make.name(f"Name {who}"), code="same" if who == 1 else "SAME")
