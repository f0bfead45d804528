"""How long an import of contacts takes beside the floor: csv and sqlite3's executemany without a check.

    python benchmarks/imports.py [--rows 100000] [--runs 3]

Both read the same file of invented people, in turn in the same run; a figure is the median of the runs, with the peak
memory of the whole process and its children. The ratio is what counts: times differ from machine to machine.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_FAMILIES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英安瑞晓红志文玉华建国海燕"
_FIRST = (
    "Anna",
    "Eva",
    "Jan",
    "Piet",
    "Noor",
    "Tomas",
    "Ingrid",
    "Marta",
    "Lars",
    "Olga",
    "Ivan",
    "Petra",
    "Hugo",
    "Lena",
)
_LAST = ("Bakker", "Novak", "Lindqvist", "Vermeer", "Horvath", "Jansen", "Weber", "Moreau", "Rossi", "Nielsen", "Costa")

_FLOOR = """
import csv, sqlite3, sys
book = sqlite3.connect(sys.argv[2])
book.execute("CREATE TABLE contact (id INTEGER PRIMARY KEY, name, name_zh, sex, agency, position, email, phone)")
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    with book:
        book.executemany("INSERT INTO contact VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", rows)
"""


def main() -> None:
    """Run both and print a line for each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "contacts.csv"
        _write(sheet, asked.rows)
        floor, ours = [], []
        for run in range(asked.runs):
            floor.append(_timed([sys.executable, "-c", _FLOOR, str(sheet), f"{folder}/floor{run}.db"]))
            book = f"{folder}/book{run}.db"
            _eventrec(book, "init")
            ours.append(_timed(_command(book, "-q", "import", str(sheet), "--as", "contacts")))
        low, high = (statistics.median(each[0] for each in runs) for runs in (floor, ours))
        print(f"{asked.rows:,} contacts from CSV, median of {asked.runs}")
        print(f"  csv + sqlite3 executemany, unchecked  1.0×  {max(each[1] for each in floor):.0f} MB")
        print(f"  eventrec import, checked and matched  {high / low:.0f}×  {max(each[1] for each in ours):.0f} MB")


def _write(path: Path, rows: int) -> None:
    chance = random.Random(1)  # noqa: S311 (the same people every time)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "姓名（中文）", "Sex", "Agency", "Position", "E-mail", "Phone"])
        for number in range(rows):
            chinese = chance.choice(_FAMILIES) + "".join(chance.sample(_GIVEN, 2))
            latin = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            writer.writerow(
                [
                    latin,
                    chinese if number % 2 else "",
                    chance.choice(["F", "M", "女", "男", ""]),
                    f"Agency {number % 2000}",
                    "Officer",
                    f"person{number}@example{number % 50}.org",
                    f"+86 10 {6000_0000 + number}",
                ]
            )


def _command(book: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "eventrec.cli.main", "--database", book, *words]


def _eventrec(book: str, *words: str) -> None:
    subprocess.run(_command(book, *words), check=True, capture_output=True)


def _timed(command: list[str]) -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of a command and its children."""
    measured = (
        "import resource, subprocess, sys, time; start = time.perf_counter();"
        " code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode;"
        " print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, code)"
    )
    time.sleep(0.2)
    told = subprocess.run([sys.executable, "-c", measured, *command], check=True, capture_output=True, text=True).stdout
    seconds, megabytes, code = told.split()
    if code != "0":
        raise SystemExit(f"{' '.join(command)} left with {code}")
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    main()
