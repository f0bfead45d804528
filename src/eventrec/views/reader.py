"""Reads the views: conditions in, Tables out, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from eventrec.driver_errors import damaged
from eventrec.errors import NotAllowed, NotFound, Rejected
from eventrec.patterns import late
from eventrec.table import Column, Stream, Table
from eventrec.views import criteria as asked
from eventrec.views.apart import counted_apart, is_counted_apart, parts_counted_apart, relation
from eventrec.views.cells import read_cells
from eventrec.views.columns import COLUMNS, columns_of
from eventrec.views.dialect import render
from eventrec.views.search import search
from eventrec.views.where import Where, among

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from eventrec.dbapi import Connection, Dialect
    from eventrec.table import Cell, Lines, Part, Show
    from eventrec.views.criteria import Criteria

Found = TypeVar("Found")

_PARAMETER: Final = late(r"(?<![:\w]):([a-z_]\w*)")

EVENT_ORDER: Final = ("starts_on", "start_time")
PARTICIPATION_ORDER: Final = ("starts_on", "event", "agency", "contact_id IS NULL", "sort_key")

_RECORDS: Final[dict[str, tuple[str, Callable[[Criteria], Where], Sequence[str]]]] = {
    "events": ("v_event", asked.of_events, EVENT_ORDER),
    "agencies": ("v_agency", asked.of_agencies, ("sort_key", "name_any")),
    "contacts": ("v_contact", asked.of_contacts, ("sort_key", "name_any")),
    "projects": ("v_project", asked.of_projects, ("code",)),
    "participants": ("v_participation", asked.of_participations, PARTICIPATION_ORDER),
}
_FEW: Final = 200
"""Rows of wide views that are held at a time."""

_OWN_ORDER: Final = {
    "v_head": ("event_id", "participation_id", "sex"),
    "v_own_staff": ("project_id", "agency_id"),
    "v_event_project": ("event_id", "project_id"),
    "v_event_source": ("event_id", "id"),
    "v_retention": ("contact_id", "event_id", "project_id", "reason"),
}


def _terms(columns: Sequence[Column], hidden: Collection[str], _dialect: Dialect) -> list[str]:
    """Return what to ask for: the columns; those that are `hidden` are empty."""
    return [f"NULL AS {column.name}" if column.name in hidden else column.name for column in columns]


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
        return [tuple(row) for row in self.connection.execute(*self._put(sql, params)).fetchall()]

    def batches(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[list[tuple[Any, ...]]]:
        """Run one SELECT as `rows` does, at once, and yield its rows some at a time, so that few are ever held."""
        return self.connection.stream(*self._put(sql, params)).batches()

    def _put(self, sql: str, params: Mapping[str, Any] | None) -> tuple[str, dict[str, Any]]:
        """Return a question and its parameters in the driver's own way."""
        for value in (params or {}).values():
            if isinstance(value, str) and "\0" in value:
                raise Rejected("What is looked for holds a NUL character, and no record has one.", "Type it anew.")
        if self.dialect == "postgresql":
            sql = _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
        return sql, dict(params or {})

    def select(self, columns: Sequence[Column], sql: str, params: Mapping[str, Any] | None = None) -> Table:
        """Run one SELECT whose columns are of the kinds given. Raises DatabaseUnavailable for a cell that is not."""
        rows = self.rows(sql, params)
        return Table(tuple(columns), list(zip(*self._cells(columns, rows), strict=True)) if rows else [])

    def _cells(self, columns: Sequence[Column], rows: list[tuple[Any, ...]], *, shared: bool = False) -> Part:
        return self._made(partial(read_cells, columns, shared=shared), rows)

    def _made(self, read: Callable[[list[tuple[Any, ...]]], Found], rows: list[tuple[Any, ...]]) -> Found:
        """Return what is made of rows. Raises DatabaseUnavailable for a cell that is not of its column's kind."""
        try:
            return read(rows)
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise damaged(self.connection.address) from error

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

        def ask(names: Sequence[str]) -> Table:
            return self._read(self.select, view, columns_of(view, tuple(names)), where or Where(), order, limit)

        return counted_apart(self, view, columns_of(view, tuple(columns)), ask)

    def stream(
        self,
        view: str,
        columns: Sequence[str] = (),
        where: Where | None = None,
        order: Sequence[str] = (),
        limit: int | None = None,
    ) -> Stream:
        """Read a view as `table` does, its rows some at a time and only when they are wanted."""

        def ask(names: Sequence[str]) -> Iterator[Part]:
            return self._read(self._parts, view, columns_of(view, tuple(names)), where or Where(), order, limit)

        def put(wanted: Sequence[Column]) -> Iterator[Part]:
            return parts_counted_apart(self, view, wanted, ask)

        def put_lines(show: Show) -> Iterator[Lines]:
            from eventrec.views.lines import terms

            return self._read(partial(self._lines, show), view, picked, where or Where(), order, limit, terms)

        picked = columns_of(view, tuple(columns))
        return Stream(picked, put, None if is_counted_apart(self, view, picked) else put_lines)

    def _parts(self, columns: Sequence[Column], sql: str, params: Mapping[str, Any]) -> Iterator[Part]:
        """Put a question at once, and yield the columns of some rows after the other."""
        batches = self.batches(sql, params)
        return (self._cells(columns, rows, shared=True) for rows in batches)

    def _lines(self, show: Show, columns: Sequence[Column], sql: str, params: Mapping[str, Any]) -> Iterator[Lines]:
        """Put a question for lines at once, and yield some after the other."""
        from eventrec.views.lines import reading

        batches, read = self.batches(sql, params), reading(columns, show)
        return (self._made(read, rows) for rows in batches)

    def stored(
        self, view: str, columns: Sequence[str], where: Where | None = None, order: Sequence[str] = ()
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Read a view as `stream` does, few rows at a time, with cells as the database has them.

        Texts by language and lists are JSON then, and a number with decimals is a float from SQLite.
        """

        def put(_: Sequence[Column], sql: str, params: Mapping[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
            return self.connection.stream(*self._put(sql, params)).batches(_FEW)

        return self._read(put, view, columns_of(view, tuple(columns)), where or Where(), order, None)

    def _read(
        self,
        read: Callable[[Sequence[Column], str, Mapping[str, Any]], Found],
        view: str,
        columns: Sequence[Column],
        where: Where,
        order: Sequence[str],
        limit: int | None,
        terms: Callable[[Sequence[Column], Collection[str], Dialect], list[str]] = _terms,
    ) -> Found:
        """Put the question for a view; where columns of it may not be seen, put it again without them."""

        def put(source: str, hidden: Collection[str] = ()) -> Found:
            asked = terms(columns, hidden, self.dialect)
            return read(columns, _select(view, source, asked, where, order, limit, hidden), where.params)

        names = [column.name for column in columns]
        try:
            return put(relation(self, view, names))
        except NotAllowed:
            hidden = self._hidden(view) if self.connection.may_fail else set()
            if not hidden or hidden >= set(COLUMNS[view]):
                raise
            found = put(view, hidden)
            self.withheld |= hidden.intersection(names)
            return found

    def _hidden(self, view: str) -> set[str]:
        """Return the columns of a view that the role of the database may not see."""
        sql = (
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(:view) AND attnum > 0"
            " AND NOT has_column_privilege(attrelid, attnum, 'SELECT')"
        )
        return {str(name) for (name,) in self.rows(sql, {"view": view})}

    def everything(self, view: str) -> Stream:
        """Return every column of every row, ordered so that the same records give the same rows."""
        return self.stream(view, order=_OWN_ORDER.get(view, ()))

    def records(self, what: str, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Stream:
        """Return `events`, `agencies`, `contacts`, `projects` or `participants` as the methods of these names do."""
        view, where, order = _RECORDS[what]
        return self.stream(view, columns, where(criteria), order)

    def events(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = (), limit: int | None = None) -> Table:
        """Return events by date, those without one last."""
        view, where, order = _RECORDS["events"]
        return self.table(view, columns, where(criteria), order, limit)

    def undated(self, criteria: Criteria) -> Table:
        """Return number and title of the events left out only because they have no date."""
        if not (criteria.since or criteria.until) or self._all_have_dates():
            return Table(columns_of("v_event", ("id", "title")), [])
        where = asked.of_events(criteria.without_period()) & Where("v_event.starts_on IS NULL")
        return self.table("v_event", ("id", "title"), where)

    def _all_have_dates(self) -> bool:
        """Tell whether it is sure that no event lacks a date; a server's role may see the views and not the tables."""
        return self.dialect == "sqlite" and not self.rows("SELECT 1 FROM event WHERE starts_on IS NULL LIMIT 1")

    def agencies(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return agencies by name."""
        view, where, order = _RECORDS["agencies"]
        return self.table(view, columns, where(criteria), order)

    def contacts(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return contacts by name."""
        view, where, order = _RECORDS["contacts"]
        return self.table(view, columns, where(criteria), order)

    def projects(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return projects by code."""
        view, where, order = _RECORDS["projects"]
        return self.table(view, columns, where(criteria), order)

    def participants(self, criteria: Criteria = asked.ALL, columns: Sequence[str] = ()) -> Table:
        """Return participations by event, agency and name; rows without a name come last within an agency."""
        view, where, order = _RECORDS["participants"]
        return self.table(view, columns, where(criteria), order)

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

    def removed_events(self, since: str = "") -> Stream:
        """Return number, uid, moment and last calendar entry of events removed from `since` (ISO date) on, by day."""
        columns = (
            Column("id", "integer"), Column("uid"), Column("removed_at", "moment"), Column("calendar", "object")
        )  # fmt: skip
        sql = render(
            "SELECT row_id, row_uid, {moment removed_at}, calendar FROM tombstone"
            " WHERE table_name = 'event' AND calendar IS NOT NULL AND replaced_by IS NULL"
            " AND {moment removed_at} >= :since ORDER BY {text calendar starts_on}, id",
            self.dialect,
        )

        def ask(_: Sequence[Column]) -> Iterator[Part]:
            return self._parts(columns, sql, {"since": since})

        return Stream(columns, ask)

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
    source: str,
    asked: Sequence[str],
    where: Where,
    order: Sequence[str],
    limit: int | None,
    hidden: Collection[str] = (),
) -> str:
    """Return the question for what is asked of a view, from `source`; columns that are `hidden` order nothing.

    For a last key `id` SQLite takes any index to be a help, and goes through the records in the order of that one.
    """
    sql = f"SELECT {', '.join(asked)} FROM {source}{where.clause()}"  # noqa: S608
    last = "+id" if order else "id"
    keys = [*order, last] if "id" in COLUMNS[view] else [*order]
    if shown := [_order_key(key) for key in keys if key.lstrip("-+") not in hidden]:
        sql += " ORDER BY " + ", ".join(shown)
    return sql if limit is None else f"{sql} LIMIT {int(limit)}"


def _order_key(key: str) -> str:
    return f"{key[1:]} DESC NULLS LAST" if key.startswith("-") else f"{key} NULLS LAST"
