"""How long a list takes from the shell: `event list` beside `khal list` and beside bare Python with sqlite3.

    python benchmarks/start.py [--runs 15]

Each command is a whole process; they run in turn within one run, so that noise falls on all of them alike. Medians
and ratios are printed; absolute times are those of the machine. khal comes from PyPI into an environment of its own
(`benchmarks/.peers`), made on the first run when pip can reach an index; without it its line says so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
EVENTS = 50
FLOOR = """
import argparse, sqlite3
parser = argparse.ArgumentParser()
parser.add_argument("database")
found = sqlite3.connect(parser.parse_args().database).execute(
    "SELECT event.id, starts_on, title, group_concat(agency.code) FROM event"
    " LEFT JOIN participation ON participation.event_id = event.id"
    " LEFT JOIN agency ON agency.id = participation.agency_id GROUP BY event.id ORDER BY starts_on"
)
print("\\n".join("\\t".join(map(str, row)) for row in found))
"""


def main() -> None:
    """Make the book, run the commands in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environment |= {"EVENTREC_DATABASE": str(place / "events.db"), "HOME": folder, "XDG_CONFIG_HOME": folder}
        make_book(place / "events.db")
        commands = commands_of(place, environment)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs + 1):
            for name, command in commands.items():
                times[name].append(timed(command, environment))
    medians = {name: statistics.median(each[1:]) for name, each in times.items()}
    report(medians, runs)


def make_book(path: Path) -> None:
    """Record fifty events, each with an agency, through the public services."""
    from eventrec.book import Book
    from eventrec.config import Settings
    from eventrec.db.upgrade import create
    from eventrec.localized import Localized
    from eventrec.services import agency, event

    create(str(path))
    with Book(Settings(str(path))).writing("benchmark") as work:
        codes = [agency.add(work.session, name=Localized(en=f"Agency {at}"), code=f"AG-{at}").id for at in range(5)]
        for at in range(EVENTS):
            day = date(2030, 1, 1) + timedelta(days=at)
            event.add(
                work.session,
                title=Localized(en=f"Workshop {at}", zh=f"研讨会 {at}"),
                starts_on=day,
                ends_on=day,
                parties=[("organizer", codes[at % 5])],
            )
    with sqlite3.connect(path) as check:
        check.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def commands_of(place: Path, environment: dict[str, str]) -> dict[str, list[str]]:
    """Return the commands by name; khal only when it can be had."""
    (place / "floor.py").write_text(FLOOR, encoding="utf-8")
    eventrec = str(Path(sys.executable).with_name("eventrec"))
    found = {
        "bare Python, argparse and sqlite3": [sys.executable, str(place / "floor.py"), str(place / "events.db")],
        "eventrec event list": [eventrec, "event", "list"],
        "eventrec --help": [eventrec, "--help"],
    }
    khal = peer("khal")
    if khal is not None:
        vdir = place / "calendar"
        vdir.mkdir()
        whole = subprocess.run(
            [eventrec, "export", "calendar", "-o", "-"], env=environment, capture_output=True, check=True
        )
        for at, entry in enumerate(whole.stdout.decode().split("BEGIN:VEVENT")[1:]):
            text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//benchmark//EN\r\nBEGIN:VEVENT{entry}"
            text = text if "END:VCALENDAR" in text else f"{text}END:VCALENDAR\r\n"
            (vdir / f"{at}.ics").write_text(text, encoding="utf-8", newline="")
        settings = place / "khal.conf"
        settings.write_text(
            f"[calendars]\n[[events]]\npath = {vdir}\n[locale]\nlocal_timezone = Asia/Shanghai\n"
            f"timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            f"datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {place}/khal.db\n",
            encoding="utf-8",
        )
        found["khal list"] = [khal, "-c", str(settings), "list", "2030-01-01", "60d"]
    return found


def peer(name: str) -> str | None:
    """Return a program from PyPI in an environment of its own; None when it cannot be installed."""
    program = PEERS / "bin" / name
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        done = subprocess.run([PEERS / "bin" / "pip", "install", "--quiet", name], capture_output=True, check=False)
        if done.returncode or not program.exists():
            shutil.rmtree(PEERS, ignore_errors=True)
            return None
    return str(program)


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Return the seconds that a whole process takes; its output goes into a pipe that is read."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode or not done.stdout:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return seconds


def report(medians: dict[str, float], runs: int) -> None:
    """Print the medians and their ratios to the floor and to the list."""
    floor = medians["bare Python, argparse and sqlite3"]
    ours = medians["eventrec event list"]
    print(f"{EVENTS} events, median of {runs} runs in turn, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print(f"{'command':36}{'ms':>8}{'to floor':>12}{'to event list':>16}")
    for name, median in medians.items():
        print(f"{name:36}{median * 1000:8.0f}{median / floor:11.1f}×{median / ours:15.1f}×")
    if "khal list" not in medians:
        print("khal list: not run, khal could not be installed")
    print(json.dumps({name: round(median, 4) for name, median in medians.items()}))


if __name__ == "__main__":
    main()
