"""The whole check, in the order in which a finding explains the next ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from eventrec.db.check import database, derived, history, rules
from eventrec.db.check.finding import Finding
from eventrec.db.check.tables import records, tolerate_any_text
from eventrec.db.progress import silent
from eventrec.driver_errors import translate
from eventrec.errors import NotAllowed, ServerLost
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from eventrec.db.progress import Progress


def check(engine: Engine, *, progress: Progress = silent) -> list[Finding]:
    """Return everything that is wrong; an empty list for a book that is whole.

    With a reading engine nobody is held up. Memory stays flat. Raises DatabaseUnavailable for a book that cannot be
    opened, NotAllowed where the role may not see all of it; damage that is met on the way is a finding like others, and
    the last one.
    """
    found: list[Finding] = []
    with engine.connect() as connection:
        tolerate_any_text(connection)
        try:
            found.extend(_all(engine, connection, progress))
        except DBAPIError as error:
            told = translate(error.orig) if error.orig else None
            if told is None:
                raise
            if isinstance(told, NotAllowed | ServerLost):
                raise told from error
            if not found:
                found.append(Finding("damaged", told.message))
    return found


def _all(engine: Engine, connection: Connection, progress: Progress) -> Iterator[Finding]:
    tables, recorded = Base.metadata.sorted_tables, records()
    steps = 2 + len(tables) + 2 * len(recorded)
    progress("Checking", 0, steps)
    yield from database.of_the_file(connection)
    progress("Checking", 1, steps)
    yield from database.of_the_schema(connection)
    yield from database.of_the_views(engine, connection)
    yield from database.of_the_numbers(connection)
    yield from rules.of_meaning(connection)
    yield from history.of_change_sets(connection)
    for number, table in enumerate(tables):
        progress("Checking", 2 + number, steps)
        yield from rules.findings(connection, table)
    for number, table in enumerate(recorded):
        progress("Checking", 2 + len(tables) + 2 * number, steps)
        yield from history.findings(connection, table)
        yield from derived.findings(connection, table)
