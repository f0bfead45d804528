"""Rows into PostgreSQL by COPY, over SQLAlchemy's own connection and within its transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

_SPECIAL: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
"""What COPY's text format writes otherwise."""

_IS_SPECIAL: Final = re.compile(r"[\\\n\r\t]").search
NULL: Final = "\\N"


def copy_rows(connection: Connection, table: str, names: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
    """Add rows to a table, column by column in COPY's text format. Raises what `execute` of the connection raises."""
    import psycopg

    block = "\n".join(map("\t".join, zip(*columns, strict=True)))
    statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(f"{block}\n")
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error, dialect=connection.dialect) from error


def copied_texts(values: Sequence[str | None]) -> list[str]:
    """Return texts as COPY takes them in its text format."""
    return [NULL if value is None else value.translate(_SPECIAL) if _IS_SPECIAL(value) else value for value in values]
