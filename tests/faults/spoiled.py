"""A book whose every text is hostile, as only a file that somebody else has written to can be."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from typing import Final

EVIL: Final = (
    '=cmd|\'/c calc\'!A1\r\nX-EVIL:1\r\nBEGIN:VALARM\nX-EVIL:2\rX-EVIL:3\u2028X-EVIL:4\u2029X-EVIL:5\x85X-EVIL:6\x0b'
    'X-EVIL:7\x0cX-EVIL:8\x1cX-EVIL:9</title></td><script>alert(1)</script><img src=x onerror=evil()>"\'&;,:\\n^n^\''
    '%s{0}'
    "\x1b[31mred\x1b]0;owned\x07\x9b2J\x7f\u202eabc\u2066\ufeffd\n\nX-EVIL: end\r\n\r\n--boundary\r\n\r\n.\r\n=evil"
)  # fmt: skip
"""Every way out of a cell, a line, a header, a tag and a terminal that we know of."""

_LOCALIZED: Final = {
    "agency": ("name",),
    "contact": ("name",),
    "affiliation": ("position",),
    "project": ("name", "funding_statement"),
    "event": ("title", "description", "results", "venue", "city"),
    "participation": ("label", "agency_name", "position"),
}
_LISTS: Final = {"event": ("topics",), "contact": ("categories",)}
_PLAIN: Final = {
    "agency": ("side", "website", "note", "search_text", "sort_key"),
    "contact": ("family_name", "given_name", "honorific", "note", "search_text", "sort_key"),
    "contact_point": ("label",),
    "affiliation": ("unit",),
    "project": ("contract_number", "note", "search_text"),
    "event": ("date_note", "address", "online_url", "source_url", "note", "search_text", "source_uid"),
    "event_project": ("budget_line",),
    "participation": ("side", "note"),
    "alias": ("name",),
    "change_set": ("actor", "command"),
}
_POINTS: Final = ("phone", "mobile", "wechat", "url", "address")


def spoil(path: str) -> int:
    """Put EVIL into the columns of a SQLite book that take a text, behind the back of all services; return how many."""
    spoiled = 0
    values = (
        (_LOCALIZED, json.dumps({"en": EVIL, "zh": EVIL}, ensure_ascii=False)),
        (_LISTS, json.dumps([EVIL], ensure_ascii=False)),
        (_PLAIN, EVIL),
    )
    with contextlib.closing(sqlite3.connect(path)) as book:
        for columns, value in values:
            spoiled += sum(_put(book, table, name, value) for table, names in columns.items() for name in names)
        with book:
            book.execute("UPDATE event SET status = 'cancelled', status_reason = ? WHERE id = 2", (EVIL,))
            made = "2024-01-01T00:00:00Z"
            for kind in _POINTS:
                book.execute(
                    "INSERT INTO contact_point"
                    " (uid, contact_id, kind, value, label, preferred, created_at, modified_at, version)"
                    " VALUES (?, 1, ?, ?, ?, 0, ?, ?, 1)",
                    (str(uuid.uuid5(uuid.NAMESPACE_DNS, kind)), kind, f"{kind} {EVIL}", EVIL, made, made),
                )
    return spoiled + len(_POINTS)


def _put(book: sqlite3.Connection, table: str, column: str, value: str) -> int:
    """Put a value into every row of a column that a rule of the database lets have it; return whether any did."""
    done = 0
    for (number,) in book.execute(f"SELECT id FROM {table}").fetchall():
        with contextlib.suppress(sqlite3.IntegrityError), book:
            done |= book.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, number)).rowcount
    return done
