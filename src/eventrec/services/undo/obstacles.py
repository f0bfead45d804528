"""Why a change set cannot go back as things stand: rows that refer to what would go, lack what went, or clash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import UniqueConstraint, and_, literal, literal_column, select, text, union_all

from eventrec.models import Base
from eventrec.services.undo.reversal import chunks
from eventrec.vocabulary import ROW_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ForeignKey, Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.undo.reversal import Key, Reversal

    After = dict[Key, Row | None]

_ROWS: Final = 50
"""Rows that are compared with a table at a time: their values are parameters of one statement."""


class Obstacle(NamedTuple):
    """A row that stands in the way, and why in words."""

    key: Key
    why: str


def word(key: Key) -> str:
    """Return what people call a row: "participant 3", "contact point 7"."""
    return f"{ROW_WORDS.get(key[0], key[0].replace('_', ' '))} {key[1]}"


def changed(reversal: Reversal) -> list[Obstacle]:
    """Return the rows that are not as the change set left them."""
    return [Obstacle(key, f"{word(key)} was changed since") for key in reversal.changed_since()]


def in_the_way(session: Session, reversal: Reversal) -> list[Obstacle]:
    """Return the rows because of which the database refused what the change set would leave."""
    after = {key: row for key, row in reversal.after().items() if key[0] != "tombstone"}
    found = [*_that_refer(session, after), *_that_are_gone(session, after)]
    kept: dict[str, list[Row]] = {}
    for (name, _), row in after.items():
        if row is not None:
            kept.setdefault(name, []).append(row)
    for name, rows in kept.items():
        found += _that_clash(session, Base.metadata.tables[name], rows, after)
    return found


def _that_refer(session: Session, after: After) -> Iterator[Obstacle]:
    """Yield rows that stay and refer to rows that would go."""
    for name, numbers in chunks(key for key, row in after.items() if row is None):
        for key in _references_to(Base.metadata.tables[name]):
            other, column = key.parent.table, key.parent
            query = select(other.c.id, column).where(column.in_(numbers)).order_by(other.c.id)
            for number, owner in session.connection().execute(query):
                there = (str(other.name), int(number))
                if there not in after or (after[there] or {}).get(column.name) == owner:
                    yield Obstacle(there, f"{word(there)} refers to {word((name, owner))}")


def _references_to(table: Table) -> Iterator[ForeignKey]:
    for other in Base.metadata.sorted_tables:
        yield from (key for key in _foreign_keys(other) if key.column.table is table)


def _foreign_keys(table: Table) -> Iterator[ForeignKey]:
    for column in table.columns:
        yield from column.foreign_keys


def _that_are_gone(session: Session, after: After) -> Iterator[Obstacle]:
    """Yield rows that rows to come back refer to, and that are not there any more."""
    needed: dict[Key, Key] = {}
    for (name, number), row in after.items():
        for key in _foreign_keys(Base.metadata.tables[name]):
            if row is not None and (owner := row[key.parent.name]) is not None:
                needed.setdefault((str(key.column.table.name), int(owner)), (name, number))
    there = {key for key, row in after.items() if row is not None}
    for name, numbers in chunks(key for key in needed if key not in after):
        table = Base.metadata.tables[name]
        found = session.connection().execute(select(table.c.id).where(table.c.id.in_(numbers))).scalars()
        there |= {(name, number) for number in found}
    for owner_key, by in needed.items():
        if owner_key not in there:
            yield Obstacle(owner_key, f"{word(owner_key)}, which {word(by)} needs, was removed since")


def _that_clash(session: Session, table: Table, rows: list[Row], after: After) -> Iterator[Obstacle]:
    """Yield rows that have what rows to come back had, and that only one may have."""
    for expressions, where in _unique(session, table):
        keys: list[Any] = [literal_column(expression).label(f"key_{at}") for at, expression in enumerate(expressions)]
        held = _narrowed(select(table.c.id, *keys).select_from(table), where).subquery("held")
        for at in range(0, len(rows), _ROWS):
            values = union_all(*(_literal(table, row) for row in rows[at : at + _ROWS])).subquery("row")
            wanted = _narrowed(select(values.c.id, *keys).select_from(values), where).subquery("wanted")
            same = and_(*(held.c[key.name] == wanted.c[key.name] for key in keys), held.c.id != wanted.c.id)
            for number, mine in session.connection().execute(select(held.c.id, wanted.c.id).join(wanted, same)):
                there = (table.name, int(number))
                if there not in after:
                    yield Obstacle(there, f"{word(there)} has taken the place of {word((table.name, mine))}")


def _literal(table: Table, row: Row) -> Any:  # noqa: ANN401
    return select(*(literal(row[column.name], column.type).label(column.name) for column in table.columns))


def _narrowed(query: Any, where: str) -> Any:  # noqa: ANN401
    return query.where(text(where)) if where else query


def _unique(session: Session, table: Table) -> Iterator[tuple[list[str], str]]:
    """Yield what no two rows may have in common, as SQL expressions, and which rows that is asked of."""
    dialect = session.connection().dialect
    compiler = dialect.ddl_compiler(dialect, None).sql_compiler  # type: ignore[arg-type]
    for index in table.indexes:
        if index.unique:
            columns: Iterable[Any] = index.expressions
            expressions = [compiler.process(each, include_table=False, literal_binds=True) for each in columns]
            where = index.info.get("where")
            yield expressions, "" if where is None else str(where)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns], ""
