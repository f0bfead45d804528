"""Runs the migrations in one transaction, with the views taken down before and put up again after.

The order matters. SQLite: foreign keys are switched off before the transaction (a batch operation copies a table and
drops the old one: with them on, rows that refer to it are lost or the drop fails), the write lock is taken, views that
look at a table are dropped before the table changes. At the end every foreign key is checked, the schema mark is
written, and only then all of it is committed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from alembic import context
from sqlalchemy import text

from eventrec.connection import APPLICATION_ID
from eventrec.db.engine import engine
from eventrec.db.upgrade import computed_mark
from eventrec.errors import DatabaseUnavailable
from eventrec.models import Base
from eventrec.views.dialect import VIEWS, rendered

if TYPE_CHECKING:
    from sqlalchemy import Connection

Grants = list[tuple[str, str, str]]


def run() -> None:
    """Bring the book named by the configuration, or by EVENTREC_DATABASE, to the revision asked for."""
    address = context.config.attributes.get("address") or os.environ["EVENTREC_DATABASE"]
    made = engine(address, check=False)
    with made.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=_is_ours,
            render_as_batch=sqlite,
            transactional_ddl=True,
            transaction_per_migration=False,
        )
        with connection.begin():
            grants = _drop_views(connection)
            context.run_migrations()
            revision = context.get_context().get_current_revision()
            if revision is not None:
                _create_views(connection, grants)
            _check_foreign_keys(connection)
            _write_mark(connection, revision)


def _is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:  # noqa: ANN401
    return not (kind == "table" and name == "schema_mark")


def _drop_views(connection: Connection) -> Grants:
    """Drop all views, dependent ones first, and return who might read them (PostgreSQL)."""
    grants: Grants = []
    if connection.dialect.name == "postgresql":
        rows = connection.execute(
            text(
                "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
                " WHERE table_schema = current_schema() AND table_name IN"
                " (SELECT viewname FROM pg_views WHERE schemaname = current_schema()) AND grantee <> current_user"
            )
        )
        grants = [(str(row[0]), str(row[1]), str(row[2])) for row in rows]
        there = connection.execute(text("SELECT viewname FROM pg_views WHERE schemaname = current_schema()"))
    else:
        there = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'view'"))
    names = {str(row[0]) for row in there}
    for name in sorted(names, key=lambda name: -VIEWS.index(name) if name in VIEWS else 1):
        cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f'DROP VIEW IF EXISTS "{name}"{cascade}'))
    return grants


def _create_views(connection: Connection, grants: Grants) -> None:
    made = rendered(connection.dialect.name)  # type: ignore[arg-type]
    for name, body in made:
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {body}")
    names = {name for name, _ in made}
    for name, grantee, privilege in grants:
        if name in names:
            who = "PUBLIC" if grantee == "PUBLIC" else f'"{grantee}"'
            connection.execute(text(f'GRANT {privilege} ON "{name}" TO {who}'))


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
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
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
        connection.execute(text(f"PRAGMA user_version = {mark}"))
        return
    connection.execute(text("DROP TABLE IF EXISTS schema_mark"))
    if revision:
        connection.execute(text(f"CREATE TABLE schema_mark AS SELECT {mark} AS mark"))


run()
