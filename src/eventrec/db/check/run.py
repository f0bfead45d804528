"""The whole check, in the order in which a finding explains the next ones."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from eventrec import connection
from eventrec.db.check import database, derived, history, rules
from eventrec.db.check.finding import Finding
from eventrec.db.check.pages import of_a_file
from eventrec.db.check.tables import records, tolerate_any_text
from eventrec.db.engine import reading_engine
from eventrec.db.progress import silent
from eventrec.driver_errors import is_damage, translate
from eventrec.errors import DatabaseUnavailable, NotAllowed, ServerLost
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from eventrec.db.progress import Progress


def check_book(address: str, *, progress: Progress = silent) -> list[Finding]:
    """Return what `check` finds in the book at an address; of a file too damaged to be opened, what SQLite says of it.

    Raises DatabaseUnavailable for what is no book at all, NotAllowed where the role may not see all of it.
    """
    try:
        return check(reading_engine(address), progress=progress)
    except DatabaseUnavailable as error:
        if not is_damage(error.__cause__):
            raise
        return list(of_a_file(connection.path_of(address))) or [Finding("damaged", error.message)]


def check(engine: Engine, *, progress: Progress = silent) -> list[Finding]:
    """Return everything that is wrong; an empty list for a book that is whole.

    With a reading engine nobody is held up. Memory stays flat. Raises DatabaseUnavailable for a book that cannot be
    opened, NotAllowed where the role may not see all of it; damage that is met on the way is a finding like others, and
    the last one.
    """
    found: list[Finding] = []
    with engine.connect() as opened:
        tolerate_any_text(opened)
        try:
            found.extend(_all(engine, opened, progress))
        except (DBAPIError, sqlite3.Error) as error:
            told = translate(error)
            if told is None:
                raise
            if isinstance(told, NotAllowed | ServerLost):
                raise told from error
            if not found:
                found.append(Finding("damaged", told.message))
    return found


def _all(engine: Engine, opened: Connection, progress: Progress) -> Iterator[Finding]:
    tables, recorded = Base.metadata.sorted_tables, records()
    steps = 2 + len(tables) + 2 * len(recorded)
    progress("Checking", 0, steps)
    yield from database.of_the_file(opened)
    progress("Checking", 1, steps)
    yield from database.of_the_schema(opened)
    yield from database.of_the_views(engine, opened)
    yield from database.of_the_numbers(opened)
    yield from rules.of_meaning(opened)
    yield from history.of_change_sets(opened)
    for number, table in enumerate(tables):
        progress("Checking", 2 + number, steps)
        yield from rules.findings(opened, table)
    for number, table in enumerate(recorded):
        progress("Checking", 2 + len(tables) + 2 * number, steps)
        meddled: set[int] = set()
        yield from history.findings(opened, table, meddled)
        yield from derived.findings(opened, table, meddled)
