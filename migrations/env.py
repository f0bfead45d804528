"""Runs the migrations in one transaction, with the views taken down before and put up again after.

The order matters. SQLite: foreign keys are switched off before the transaction (a batch operation copies a table and
drops the old one: with them on, rows that refer to it are lost or the drop fails), the write lock is taken, views that
look at a table are dropped before the table changes. At the end every foreign key is checked, the schema mark is
written, and only then all of it is committed. Views that somebody added of their own are put up again too, and so are
the rights of others, also on single columns; who had the rights of a level (`db.rights`) has those of the new schema.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from alembic import context
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from eventrec.connection import APPLICATION_ID, REVISIONS
from eventrec.db import grants
from eventrec.db.engine import engine
from eventrec.db.upgrade import computed_mark
from eventrec.errors import DatabaseUnavailable
from eventrec.models import Base
from eventrec.models.base import is_of
from eventrec.views.dialect import VIEWS, rendered

if TYPE_CHECKING:
    from sqlalchemy import Connection

Views = list[tuple[str, str]]
"""Name and CREATE VIEW, in the order of their creation."""

_VIEWS: Final = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid",
    "postgresql": "SELECT relname, 'CREATE VIEW ' || quote_ident(relname) || ' AS ' || pg_get_viewdef(oid)"
    " FROM pg_class WHERE relkind = 'v' AND relnamespace = to_regnamespace(quote_ident(current_schema()))"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY oid",
}
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table'"


def run() -> None:
    """Bring the book named by the configuration, or by EVENTREC_DATABASE, to the revision asked for."""
    address = context.config.attributes.get("address") or os.environ["EVENTREC_DATABASE"]
    with engine(address, check=False).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        known = not sqlite and connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is not None
        connection.rollback()
        if sqlite:
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=_is_ours,
            render_as_batch=sqlite,
            transactional_ddl=True,
            transaction_per_migration=False,
        )
        with connection.begin():
            if known:  # before anything is read: whoever upgrades at the same moment waits, and then finds it done
                connection.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
            _migrate(connection)


def _migrate(connection: Connection) -> None:
    numbers, ask = _numbers(connection), partial(_run, connection)
    server = connection.dialect.name == "postgresql"
    rights, levels = (grants.held(ask), grants.levels(ask)) if server else ([], {})
    before = _drop_views(connection)
    context.run_migrations()
    _never_again(connection, numbers)
    revision = context.get_context().get_current_revision()
    if revision == REVISIONS[-1]:
        _create_views(connection, before)
        for sql in [*grants.again(ask, rights), *grants.renewed(ask, levels)] if server else ():
            ask(sql)
    _check_foreign_keys(connection)
    _write_mark(connection, revision)


def _run(connection: Connection, sql: str) -> Any:  # noqa: ANN401
    """Run SQL as it stands: a per cent sign in a view is no parameter."""
    return connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def _is_ours(found: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:  # noqa: ANN401
    return not (kind == "table" and name == "schema_mark") and is_of(found, context.get_context().dialect.name)


def _drop_views(connection: Connection) -> Views:
    """Drop all views, dependent ones first, and return them."""
    there = [(str(row[0]), str(row[1])) for row in _run(connection, _VIEWS[connection.dialect.name])]
    quoted = connection.dialect.identifier_preparer.quote_identifier
    for name, _ in reversed(there):
        _run(connection, f"DROP VIEW {quoted(name)}")
    return there


def _create_views(connection: Connection, before: Views) -> None:
    for name, body in rendered(connection.dialect.name):  # type: ignore[arg-type]
        _run(connection, f"CREATE VIEW {name} AS {body}")
    for name, sql in before:
        if name in VIEWS:
            continue
        try:
            _run(connection, sql)
        except ProgrammingError as error:
            raise DatabaseUnavailable(
                f"The view {name}, which is none of eventrec's, does not fit the new schema; nothing was changed.",
                "Drop it, upgrade, and make it again.",
            ) from error


def _numbers(connection: Connection) -> dict[str, int]:
    """Return the highest number that each table of a SQLite file ever gave out."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"
    if connection.dialect.name != "sqlite" or not _run(connection, known).fetchone():
        return {}
    return {str(row[0]): int(row[1]) for row in _run(connection, "SELECT name, seq FROM sqlite_sequence")}


def _never_again(connection: Connection, numbers: dict[str, int]) -> None:
    """Let a table go on behind its highest number: the copy that a batch operation makes knows only its rows."""
    now = _numbers(connection)
    there = {str(row[0]) for row in _run(connection, _TABLES)} if numbers else set()
    for name, highest in numbers.items():
        if name in there and now.get(name, 0) < highest:
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, highest))


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = _run(connection, "PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise DatabaseUnavailable(
            f"{len(broken)} rows refer to records that are gone ({tables}); nothing was changed.",
            "See which: eventrec db check",
        )


def _write_mark(connection: Connection, revision: str | None) -> None:
    """Write the mark that every start compares; a book without a schema has none."""
    mark = computed_mark(revision) if revision else 0
    if connection.dialect.name == "sqlite":
        _run(connection, f"PRAGMA application_id = {APPLICATION_ID}")
        _run(connection, f"PRAGMA user_version = {mark}")
        return
    _run(connection, "CREATE TABLE IF NOT EXISTS schema_mark (mark integer NOT NULL)")  # keeps its GRANTs
    _run(connection, "DELETE FROM schema_mark")
    _run(connection, f"INSERT INTO schema_mark VALUES ({mark})")  # noqa: S608


run()
