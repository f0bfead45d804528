"""A book that holds what no book should: wrong JSON, wrong UTF-8, days that do not exist, nothing at all."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from tests.faults.answers import READING, WRITING, Answers
from tests.faults.books import sheet
from tests.faults.score import Score

from eventrec.connection import Standing
from eventrec.db.upgrade import state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Survived
    from tests.faults.running import Commands

SEED: Final = 1848
VALUES: Final = {
    "invalid JSON": '{"en": ',
    "JSON of another kind": "[1, {}]",
    "deep JSON": "[" * 5000,
    "an impossible day": "2024-02-31",
    "a word": "lorem",
    "a huge number": 2**62,
    "a negative number": -1,
    "bytes": b"\xff\xfe\x00",
    "nothing": None,
}
INVALID_UTF8: Final = "X'fffe41'"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    folder = tmp_path_factory.mktemp("values")
    shutil.copy(filled, folder)
    (folder / "people.csv").write_bytes(sheet(20))
    return folder


@pytest.fixture
def answers(template: Path, tmp_path: Path, commands: Commands) -> Answers:
    made = Answers(commands, tmp_path / "work", template)
    shutil.copytree(template, made.folder)
    return made


def columns(book: Path) -> list[tuple[str, str]]:
    """Return the columns of all tables that hold rows, but the numbers of rows."""
    with closing(sqlite3.connect(book)) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            (table, column)
            for table in sorted(tables)
            if table not in ("sqlite_sequence", "alembic_version")
            and opened.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
            for _, column, _, _, _, key in opened.execute(f"PRAGMA table_info({table})").fetchall()
            if not key
        ]


def put(book: Path, table: str, column: str, what: str, chance: Random) -> bool:
    """Put a value into a row behind the back of every rule; tells whether that changed anything."""
    with closing(sqlite3.connect(book, isolation_level=None)) as opened:
        before = opened.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        opened.execute("PRAGMA foreign_keys=OFF")
        opened.execute("PRAGMA ignore_check_constraints=ON")
        opened.execute("PRAGMA writable_schema=ON")
        opened.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL,', ',') WHERE name = ?", (table,))
        version = opened.execute("PRAGMA schema_version").fetchone()[0]
        opened.execute(f"PRAGMA schema_version={version + 1}")
        opened.execute("BEGIN IMMEDIATE")
        row = chance.choice(opened.execute(f"SELECT rowid FROM {table}").fetchall())[0]
        value = f"CAST({INVALID_UTF8} AS TEXT)" if what == "invalid UTF-8" else ":value"
        try:
            changed = opened.execute(
                f"UPDATE {table} SET {column} = {value} WHERE rowid = {row} AND {column} IS NOT {value}",
                {"value": VALUES.get(what)},
            ).rowcount
        except sqlite3.IntegrityError:
            changed = 0
        opened.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", [(sql, name) for name, sql in before])
        opened.execute("COMMIT")
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return bool(changed)


def is_of_the_log_itself(table: str, what: str) -> bool:
    """Tell whether a value stands in the log, where nothing contradicts another text or number."""
    return table == "change_set" or (table == "change" and isinstance(VALUES.get(what), str | int))


def test_a_value_that_no_book_should_hold(
    answers: Answers, template: Path, tries: Callable[[int, int], int], tally: Survived
) -> None:
    chance = Random(SEED)  # noqa: S311
    ways = [(*column, what) for column in columns(template / "book.db") for what in (*VALUES, "invalid UTF-8")]
    chance.shuffle(ways)
    score = Score("impossible value in a column")
    for table, column, what in ways[: tries(2, 150)]:
        shutil.copy(template / "book.db", answers.book)
        if not put(answers.book, table, column, what, chance):
            continue
        assert state(str(answers.book))[0] is Standing.CURRENT
        wrong, found = answers.checking()
        if not found and not is_of_the_log_itself(table, what):
            wrong.append("db check finds nothing.")
        for name in chance.sample(list(READING), 3):
            wrong += answers.reading(name)[0]
        wrong += answers.writing(chance.choice(list(WRITING)))
        score.note(f"{what} in {table}.{column}, seed {SEED}", wrong)
    score.settle(tally)
