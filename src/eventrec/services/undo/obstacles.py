"""Why a change set cannot go back as things stand: rows that refer to what would go, lack what went, or clash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import UniqueConstraint, and_, literal, literal_column, select, text

from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ForeignKey, Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.undo.reversal import Key, Reversal


class Obstacle(NamedTuple):
    """A row that stands in the way, and why in words."""

    key: Key
    why: str


def word(key: Key) -> str:
    """Return what people call a row: "participant 3", "contact point 7"."""
    name = {"participation": "participant"}.get(key[0], key[0].replace("_", " "))
    return f"{name} {key[1]}"


def changed(reversal: Reversal) -> list[Obstacle]:
    """Return the rows that are not as the change set left them."""
    return [Obstacle(key, f"{word(key)} was changed since") for key in reversal.changed_since()]


def in_the_way(session: Session, reversal: Reversal) -> list[Obstacle]:
    """Return the rows because of which the database refused what the change set would leave."""
    after = reversal.after()
    found: list[Obstacle] = []
    for key, row in after.items():
        table = Base.metadata.tables[key[0]]
        if row is None:
            found += _that_refer(session, table, key, after)
        elif table.name != "tombstone":
            found += _that_are_gone(session, table, row, after)
            found += _that_clash(session, table, row, after)
    return found


def _that_refer(session: Session, table: Table, key: Key, after: dict[Key, Row | None]) -> Iterator[Obstacle]:
    for other, column in _references_to(table):
        query = select(other.c.id).where(other.c[column] == key[1]).order_by(other.c.id)
        for number in session.connection().execute(query).scalars():
            there = (other.name, number)
            if there not in after or (after[there] or {}).get(column) == key[1]:
                yield Obstacle(there, f"{word(there)} refers to {word(key)}")


def _references_to(table: Table) -> Iterator[tuple[Table, str]]:
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                yield other, column.name


def _that_are_gone(session: Session, table: Table, row: Row, after: dict[Key, Row | None]) -> Iterator[Obstacle]:
    for key in _foreign_keys(table):
        number = row[key.parent.name]
        if number is None:
            continue
        other = key.column.table
        there = (str(other.name), int(number))
        is_there = session.connection().execute(select(other.c.id).where(other.c.id == number)).first() is not None
        if after.get(there) is None and not (is_there and there not in after):
            yield Obstacle(there, f"{word(there)}, which {word((table.name, row['id']))} needs, was removed since")


def _foreign_keys(table: Table) -> Iterator[ForeignKey]:
    for column in table.columns:
        yield from column.foreign_keys


def _that_clash(session: Session, table: Table, row: Row, after: dict[Key, Row | None]) -> Iterator[Obstacle]:
    for expressions, where in _unique(session, table):
        keys: list[Any] = [literal_column(expression).label(f"key_{at}") for at, expression in enumerate(expressions)]
        values = (literal(row[column.name], column.type).label(column.name) for column in table.columns)
        wanted = _narrowed(select(*keys).select_from(select(*values).subquery("row")), where).subquery("wanted")
        held = _narrowed(select(table.c.id, *keys).select_from(table), where).subquery("held")
        same = and_(*(held.c[key.name] == wanted.c[key.name] for key in keys))
        query = select(held.c.id).join(wanted, same).where(held.c.id != row["id"])
        for number in session.connection().execute(query).scalars():
            there = (table.name, int(number))
            if there not in after:
                yield Obstacle(there, f"{word(there)} has taken the place of {word((table.name, row['id']))}")


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
            where = index.dialect_options[dialect.name]["where"]
            yield expressions, "" if where is None else str(where)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns], ""
