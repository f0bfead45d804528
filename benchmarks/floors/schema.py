"""How long a healthy book's schema takes to be checked, in this process, beside one PRAGMA.

    python schema.py pragma|eventrec BOOK

It prints the microseconds of one check: the median of 2,000.
"""

import statistics
import sys
import time

from eventrec import connection


def main() -> None:
    how, book = sys.argv[1:]
    opened = connection.open_for_reading(book)
    checks = {
        "pragma": lambda: opened.raw.execute("PRAGMA user_version").fetchone(),
        "eventrec": lambda: connection._checked(opened, book),
    }
    check = checks[how]
    taken = []
    for _ in range(2_000):
        start = time.perf_counter_ns()
        check()
        taken.append(time.perf_counter_ns() - start)
    print(statistics.median(taken) / 1000)


main()
