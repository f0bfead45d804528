"""Numbers of rows that are used up without a row: for what is known only by its tombstone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.orm import Session


def use_up(session: Session, table: Table) -> int:
    """Return a number of the table that no row ever had, and that none will ever have."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        sql = "SELECT nextval(pg_get_serial_sequence(:name, 'id'))"
        return int(connection.execute(text(sql), {"name": table.name}).scalar_one())
    name = {"name": table.name}
    used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), name).scalar()
    number = max(used or 0, connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
    if used is None:
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), name | {"number": number}
        )
    else:
        connection.execute(
            text("UPDATE sqlite_sequence SET seq = :number WHERE name = :name"), name | {"number": number}
        )
    return number
