"""Is it the book? Asked when a command has stumbled over something that no book should hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from eventrec.db.engine import reading_engine
from eventrec.driver_errors import damaged, translate
from eventrec.errors import EventrecError
from eventrec.models import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


def damage(address: str) -> EventrecError | None:
    """Return the error that says that a book is damaged; None for one in which every cell is what it should be.

    It reads all of the book. A book that cannot be asked now, since it is locked or gone, is not damaged.
    """
    try:
        with reading_engine(address).connect() as opened:
            whole = _is_whole(opened) and all(_is_readable(opened, table) for table in Base.metadata.sorted_tables)
    except EventrecError:
        return None
    except Exception as error:
        told = translate(error)
        return damaged(address) if told is None or told.message == damaged().message else None
    return None if whole else damaged(address)


def _is_whole(opened: Connection) -> bool:
    if opened.dialect.name != "sqlite":
        return True
    return opened.execute(text("PRAGMA quick_check(1)")).scalar() == "ok"


def _is_readable(opened: Connection, table: Table) -> bool:
    """Tell whether a table has a value where there must be one; values that are no such thing raise an error."""
    required = [place for place, column in enumerate(table.columns) if not column.nullable]
    return all(row[place] is not None for row in opened.execute(select(table)) for place in required)
