"""Writers as people are: they type commands, look when the outcome is not known, and repeat what was not saved.

A program of its own: it imports everything once and forks, which a process with threads must not do. Each writer adds
events with titles of its own and notes in its file what it was told: `saved`, `found` (after looking), or `denied`
(it was said that nothing was saved, and it was there). Usage: writers.py ADDRESS FOLDER WRITERS WRITES
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from pathlib import Path

from eventrec import connection
from eventrec.cli.main import main
from eventrec.errors import DatabaseUnavailable

PATIENCE = 60.0
NOT_SAVED = "othing was saved"
"""What a refusal says when it is sure; it must be true, whoever looks all the same."""


def typed(*words: str) -> tuple[int, str]:
    """Return the exit code and the words of a command."""
    sys.argv = ["eventrec", *words]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            main(list(words))
        except SystemExit as left:
            return int(left.code or 0), told.getvalue()
    return 0, told.getvalue()


def is_there(address: str, title: str) -> bool:
    """Look for an event, as soon as somebody answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with contextlib.closing(connection.open_for_reading(address)) as opened:
                sql = "SELECT count(*) FROM v_event WHERE title_en = %(title)s"
                return bool(opened.execute(sql, {"title": title}).fetchone()[0])
        except DatabaseUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def write(address: str, title: str) -> str:
    """Add one event, however often it takes; return how it is known to be saved."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        code, told = typed("event", "add", title)
        if code == 0:
            return "saved"
        if is_there(address, title):
            return f"denied {told!r}" if NOT_SAVED in told else "found"
        time.sleep(0.02)
    raise TimeoutError(title)


def writer(address: str, number: int, writes: int, folder: Path) -> None:
    """Write and note."""
    with (folder / f"writer-{number}").open("w", encoding="utf-8") as notes:
        for at in range(writes):
            title = f"Event {number}-{at}"
            notes.write(f"{title}\t{write(address, title)}\n")
            notes.flush()


def all_writers(address: str, folder: Path, writers: int, writes: int) -> int:
    """Fork the writers and wait for them; return how many failed."""
    import eventrec.cli.event
    import eventrec.db.transaction
    import eventrec.services.event  # noqa: F401  (what is imported before a fork is imported once)

    children = []
    for number in range(writers):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                writer(address, number, writes, folder)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


if __name__ == "__main__":
    os.environ["EVENTREC_DATABASE"] = sys.argv[1]
    sys.exit(all_writers(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
