"""Archives as older versions wrote them: the schema of their day, the first format, no seal."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Numeric

from eventrec.db import upgrade as upgrading
from eventrec.models import Base
from eventrec.models.base import JsonText, LocalizedText

if TYPE_CHECKING:
    from pathlib import Path

NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"


def book(address: str, revision: str, path: Path) -> Path:
    """A copy of a book in a file, with the schema of an older version, and a history that knows no newer column."""
    with contextlib.closing(sqlite3.connect(address)) as there, contextlib.closing(sqlite3.connect(path)) as copy:
        there.backup(copy)
    upgrading.downgrade(str(path), revision)
    with contextlib.closing(sqlite3.connect(path)) as opened, opened:
        columns = {table: names(opened, table) for (table,) in opened.execute(NAMES).fetchall()}
        changes = opened.execute("SELECT id, table_name, before, after FROM change").fetchall()
        for number, table, *states in changes:
            known = [state and json.dumps(only(json.loads(state), columns[table])) for state in states]
            opened.execute("UPDATE change SET before = ?, after = ? WHERE id = ?", (*known, number))
        opened.commit()
        opened.execute("PRAGMA journal_mode=DELETE")
    return path


def only(row: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in columns}


def names(opened: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in opened.execute(f"PRAGMA table_info({table})")]


def archive(address: str, revision: str, path: Path) -> Path:
    """The archive that the version of that schema wrote of a book in a file."""
    old = book(address, revision, path.with_suffix(".db"))
    manifest: dict[str, Any] = {"format": "eventrec backup 1", "revision": revision, "tables": {}}
    with contextlib.closing(sqlite3.connect(old)) as opened, zipfile.ZipFile(path, "w") as zipped:
        for (table,) in opened.execute(NAMES).fetchall():
            columns = names(opened, table)
            rows = opened.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            lines = b"".join(
                json.dumps({n: cell(table, n, v) for n, v in zip(columns, row, strict=True)}).encode() + b"\n"
                for row in rows
            )
            zipped.writestr(f"{table}.jsonl", lines)
            highest = opened.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()[0]
            manifest["tables"][table] = {
                "rows": len(rows), "sha256": hashlib.sha256(lines).hexdigest(), "highest": highest or 0
            }  # fmt: skip
        zipped.writestr("manifest.json", json.dumps(manifest))
    old.unlink()
    return path


def cell(table: str, column: str, value: Any) -> Any:
    kind = Base.metadata.tables[table].c[column].type
    if value is None:
        return None
    if isinstance(kind, JsonText | LocalizedText):
        return json.loads(value)
    if isinstance(kind, Boolean):
        return bool(value)
    return format(Decimal(str(value)).normalize(), "f") if isinstance(kind, Numeric) else value


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zipped_again(path: Path, members: dict[str, bytes]) -> Path:
    """Pack members again, with a manifest that agrees with them: what somebody does who knows how."""
    manifest = json.loads(members.pop("manifest.json"))
    manifest["format"] = "eventrec backup 1"
    for name, content in members.items():
        held = manifest["tables"].setdefault(name.removesuffix(".jsonl"), {"highest": 0})
        held |= {"sha256": hashlib.sha256(content).hexdigest(), "rows": content.count(b"\n")}
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            zipped.writestr(name, content)
    return path


def copied(address: str, path: Path) -> str:
    return str(shutil.copy(address, path))
