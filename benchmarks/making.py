"""Makes one book or file, in a process of its own, so that its memory is nobody else's.

python -m benchmarks.making book|wide|sheet|agencies PATH ROWS
python -m benchmarks.making wide PATH ROWS SMALLER        copies of a smaller wide book
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
from pathlib import Path

from benchmarks.data import Size, make_book, of, write_contacts


def main() -> None:
    """Make what the words ask for."""
    kind, path, rows = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    if kind == "book":
        make_book(path, of(rows))
    elif kind == "wide" and len(sys.argv) > 4:
        shutil.copyfile(sys.argv[4], path)
        multiply(path, rows)
    elif kind == "wide":
        make_book(path, Size(rows, min(max(rows // 50, 20), 2_000), rows, rows))
    elif kind == "agencies":
        make_book(path, Size(0, 2_000, 0, 0))
    else:
        write_contacts(path, rows)


def multiply(path: Path, rows: int) -> None:
    """Copy the contacts and events of a book, with all that is theirs, under further numbers, to so many rows each."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("PRAGMA synchronous = OFF")
        book.execute("PRAGMA cache_size = -200000")
        book.execute("BEGIN")
        people, events = _most(book, "contact"), _most(book, "event")
        times = rows // people
        for table, changed in _CHANGED.items():
            columns = [row[1] for row in book.execute(f"PRAGMA table_info({table})")]
            most = _most(book, table)
            picked = ", ".join(changed.get(name, _OF_EVERY_ROW.get(name, name)) for name in columns)
            for at in range(1, times):
                book.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {picked} FROM {table} WHERE id <= :most",  # noqa: S608
                    {"most": most, "more": at * most, "people": at * people, "events": at * events},
                )
        book.execute("COMMIT")
        book.execute("ANALYZE")
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _most(book: sqlite3.Connection, table: str) -> int:
    """Return the greatest number that a table has."""
    return int(book.execute(f"SELECT max(id) FROM {table}").fetchone()[0])  # noqa: S608


_OF_EVERY_ROW = {
    "id": "id + :more",
    "uid": "substr(uid, 1, 24) || printf('%012x', id + :more)",
    "contact_id": "contact_id + :people",
    "event_id": "event_id + :events",
}
_CHANGED: dict[str, dict[str, str]] = {
    "contact": {
        "search_text": "replace(replace(search_text, 'person' || id || '@', 'person' || (id + :people) || '@'),"
        " '+8610' || (60000000 + id), '+8610' || (60000000 + id + :people))",
    },
    "contact_point": {
        "value": "CASE kind WHEN 'email' THEN 'person' || (contact_id + :people) || substr(value, instr(value, '@'))"
        " ELSE '+8610' || (60000000 + contact_id + :people) END",
    },
    "affiliation": {},
    "event": {},
    "event_project": {},
    "participation": {},
}

if __name__ == "__main__":
    main()
