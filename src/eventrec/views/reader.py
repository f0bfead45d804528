"""Reads the views: conditions in, Tables out, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from eventrec.driver_errors import damaged
from eventrec.errors import NotAllowed, NotFound, Rejected
from eventrec.table import Column, Table
from eventrec.views import criteria as asked
from eventrec.views.columns import COLUMNS, columns_of
from eventrec.views.dialect import render
from eventrec.views.search import search
from eventrec.views.where import Where, among

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from eventrec.dbapi import Connection, Dialect
    from eventrec.table import Cell, Kind
    from eventrec.views.criteria import Criteria

_PARAMETER: Final = re.compile(r"(?<![:\w]):([a-z_]\w*)")

EVENT_ORDER: Final = ("starts_on", "start_time")
PARTICIPATION_ORDER: Final = ("starts_on", "event", "agency", "contact_id IS NULL", "sort_key")

_OWN_ORDER: Final = {
    "v_head": ("event_id", "participation_id", "sex"),
    "v_own_staff": ("project_id", "agency_id"),
    "v_event_project": ("event_id", "project_id"),
    "v_event_source": ("event_id", "id"),
    "v_retention": ("contact_id", "event_id", "project_id", "reason"),
}


class Reader:
    """Answers questions about the records over one DB-API connection."""

    def __init__(self, connection: Connection, as_of: str = "") -> None:
        self.connection = connection
        self.as_of = as_of
        """The day or moment that is asked about, as it was typed; empty for now."""

        self.withheld: set[str] = set()
        """Columns that were left empty because the role of the database may not see them."""

    @property
    def dialect(self) -> Dialect:
        """The database that is read: "sqlite" or "postgresql"."""
        return self.connection.dialect

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one SELECT with `:name` parameters and return its rows as the driver gives them.

        Raises Rejected for a text with a NUL character: no record has one, PostgreSQL takes none, and LIKE of SQLite
        ends at it.
        """
        for value in (params or {}).values():
            if isinstance(value, str) and "\0" in value:
                raise Rejected("What is looked for holds a NUL character, and no record has one.", "Type it anew.")
        if self.dialect == "postgresql":
            sql = _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
        return [tuple(row) for row in self.connection.execute(sql, dict(params or {})).fetchall()]

    def select(self, columns: Sequence[Column], sql: str, params: Mapping[str, Any] | None = None) -> Table:
        """Run one SELECT whose columns are of the kinds given. Raises DatabaseUnavailable for a cell that is not."""
        readers = [_READERS.get(column.kind, str) for column in columns]
        rows = self.rows(sql, params)
        try:
            cells = [
                tuple(None if cell is None else read(cell) for read, cell in zip(readers, row, strict=True))
                for row in rows
            ]
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise damaged(self.connection.address) from error
        return Table(tuple(columns), cells)

    def table(
        self,
        view: str,
        columns: Sequence[str] = (),
        where: Where | None = None,
        order: Sequence[str] = (),
        limit: int | None = None,
    ) -> Table:
        """Read a view: all columns or those named, ordered with empty cells last and then by number.

        A name in `order` that starts with `-` is descending. What the role of the database may not see is empty, and
        noted in `withheld`. Raises NotAllowed when it may see nothing of the view, or not what `where` asks for.
        """
        where = where or Where()
        picked = columns_of(view, tuple(columns))
        try:
            return self.select(picked, _select(view, picked, where, order, limit), where.params)
        except NotAllowed:
            hidden = self._hidden(view) if self.connection.alone else set()
            if not hidden or hidden >= set(COLUMNS[view]):
                raise
            found = self.select(picked, _select(view, picked, where, order, limit, hidden), where.params)
            self.withheld |= hidden & {column.name for column in picked}
            return found

    def _hidden(self, view: str) -> set[str]:
        """Return the columns of a view that the role of the database may not see."""
        sql = (
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(:view) AND attnum > 0"
            " AND NOT has_column_privilege(attrelid, attnum, 'SELECT')"
        )
        return {str(name) for (name,) in self.rows(sql, {"view": view})}

    def everything(self, view: str) -> Table:
        """Return every column of every row, ordered so that the same records give the same table."""
        return self.table(view, order=_OWN_ORDER.get(view, ()))

    def events(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = (), limit: int | None = None) -> Table:
        """Return events by date, those without one last."""
        return self.table("v_event", columns, asked.of_events(criteria), EVENT_ORDER, limit)

    def undated(self, criteria: Criteria) -> Table:
        """Return number and title of the events left out only because they have no date."""
        if not (criteria.since or criteria.until):
            return Table(columns_of("v_event", ("id", "title")), [])
        where = asked.of_events(criteria.without_period()) & Where("v_event.starts_on IS NULL")
        return self.table("v_event", ("id", "title"), where)

    def agencies(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return agencies by name."""
        return self.table("v_agency", columns, asked.of_agencies(criteria), ("sort_key", "name_any"))

    def contacts(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return contacts by name."""
        return self.table("v_contact", columns, asked.of_contacts(criteria), ("sort_key", "name_any"))

    def projects(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return projects by code."""
        return self.table("v_project", columns, asked.of_projects(criteria), ("code",))

    def participants(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return participations by event, agency and name; rows without a name come last within an agency."""
        where = asked.of_participations(criteria)
        return self.table("v_participation", columns, where, PARTICIPATION_ORDER)

    def one(self, view: str, noun: str, number: int, columns: Sequence[str] = ()) -> dict[str, Cell]:
        """Return the row with that number. Raises NotFound."""
        for row in self.table(view, columns, Where("id = :id", {"id": number})):
            return row
        raise NotFound(noun, str(number), as_of=self.as_of)

    def event(self, number: int) -> dict[str, Cell]:
        """Return one event. Raises NotFound."""
        return self.one("v_event", "event", number)

    def agency(self, number: int) -> dict[str, Cell]:
        """Return one agency. Raises NotFound."""
        return self.one("v_agency", "agency", number)

    def contact(self, number: int) -> dict[str, Cell]:
        """Return one contact. Raises NotFound."""
        return self.one("v_contact", "contact", number)

    def project(self, number: int) -> dict[str, Cell]:
        """Return one project. Raises NotFound."""
        return self.one("v_project", "project", number)

    def participation(self, number: int) -> dict[str, Cell]:
        """Return one participation. Raises NotFound."""
        return self.one("v_participation", "participant", number)

    def removed_events(self, since: str = "") -> Table:
        """Return number, uid, moment and last calendar entry of events removed from `since` (ISO date) on."""
        columns = (
            Column("id", "integer"), Column("uid"), Column("removed_at", "moment"), Column("calendar", "object")
        )  # fmt: skip
        sql = render(
            "SELECT row_id, row_uid, {moment removed_at}, calendar FROM tombstone"
            " WHERE table_name = 'event' AND calendar IS NOT NULL AND replaced_by IS NULL"
            " AND {moment removed_at} >= :since ORDER BY id",
            self.dialect,
        )
        return self.select(columns, sql, {"since": since})

    def setting(self, key: str) -> Any:  # noqa: ANN401
        """Return a setting of the book, or None."""
        for (value,) in self.rows("SELECT value FROM setting WHERE key = :key", {"key": key}):
            return json.loads(value)
        return None

    def main_language(self) -> str:
        """Return the tag of the book's main language."""
        return self.setting("language") or "en"

    def search(self, needle: str, limit: int = 200) -> Table:
        """Return the records of every noun that contain the needle, which the caller has normalised."""
        return search(self, needle, limit)

    def history(self, limit: int | None = None, table_name: str = "", row_id: int | None = None) -> Table:
        """Return change sets, newest first: all of them or those that touched one table or one row."""
        from eventrec.views.history import history

        return history(self, limit, table_name, row_id)

    def by_number(self, view: str, columns: Sequence[str], numbers: Iterable[int]) -> dict[int, dict[str, Cell]]:
        """Return rows of a view by their number."""
        wanted = sorted(set(numbers))
        if not wanted:
            return {}
        table = self.table(view, ("id", *columns), among("id", wanted, "id"))
        return {row["id"]: row for row in table}  # type: ignore[misc]


def _select(
    view: str,
    picked: Sequence[Column],
    where: Where,
    order: Sequence[str],
    limit: int | None,
    hidden: Collection[str] = (),
) -> str:
    """Return the question for columns of a view; those that are `hidden` are empty and order nothing."""
    names = ", ".join(f"NULL AS {column.name}" if column.name in hidden else column.name for column in picked)
    sql = f"SELECT {names} FROM {view}{where.clause()}"  # noqa: S608
    keys = [*order, "id"] if "id" in COLUMNS[view] else [*order]
    if shown := [_order_key(key) for key in keys if key.removeprefix("-") not in hidden]:
        sql += " ORDER BY " + ", ".join(shown)
    return sql if limit is None else f"{sql} LIMIT {int(limit)}"


def _order_key(key: str) -> str:
    return f"{key[1:]} DESC NULLS LAST" if key.startswith("-") else f"{key} NULLS LAST"


def _decimal(value: object) -> Decimal:
    """Return the number without trailing zeros: the same from SQLite's REAL and PostgreSQL's NUMERIC."""
    number = Decimal(str(value))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _boolean(value: object) -> bool:
    return value in (True, 1, "t", "1")


def _parsed(value: Any) -> Any:  # noqa: ANN401
    return json.loads(value) if isinstance(value, str) else value


_READERS: Final[dict[Kind, Callable[[Any], Cell]]] = {
    "integer": int,
    "decimal": _decimal,
    "boolean": _boolean,
    "localized": _parsed,
    "list": _parsed,
    "object": _parsed,
}
