"""What every record has: the naming of constraints, the column types, the common columns."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, MetaData, Text, event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

from eventrec.localized import Localized

PlainText = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by code point on both databases."""


class LocalizedText(TypeDecorator[Localized]):
    """A `Localized` value as canonical JSON text; SQL NULL when absent."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Any) -> str | None:  # noqa: ARG002, ANN401
        """Write canonical JSON."""
        return None if value is None else Localized(value).to_json()

    def process_result_value(self, value: str | None, dialect: Any) -> Localized | None:  # noqa: ARG002, ANN401
        """Read it back."""
        return None if value is None else Localized.from_json(value)


class JsonText(TypeDecorator[Any]):
    """A list or an object as canonical JSON text; SQL NULL when absent."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002, ANN401
        """Write canonical JSON."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002, ANN401
        """Read it back."""
        return None if value is None else json.loads(value)


class Moment(TypeDecorator[str]):
    """A moment in UTC, to the second: `YYYY-MM-DDTHH:MM:SSZ` in Python and SQLite, timestamptz on PostgreSQL."""

    impl = PlainText
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:  # noqa: ANN401
        """Choose the database's own type where it has one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))  # type: ignore[no-any-return]
        return dialect.type_descriptor(Text())  # type: ignore[no-any-return]

    def process_bind_param(self, value: str | None, dialect: Any) -> Any:  # noqa: ANN401
        """Write the moment."""
        if value is None or dialect.name != "postgresql":
            return value
        return datetime.fromisoformat(value)

    def process_result_value(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002, ANN401
        """Read it back as text."""
        if isinstance(value, datetime):
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return value  # type: ignore[no-any-return]


class Base(DeclarativeBase):
    """All tables, with constraints named by one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


@event.listens_for(Base.metadata, "before_create")
def _where_on_postgresql(metadata: MetaData, connection: Any, **_: Any) -> None:  # noqa: ANN401
    """Tell PostgreSQL's own option of what stands in `info`, see `only_where`, before tables are made from here."""
    for index in (index for table in metadata.tables.values() for index in table.indexes if "where" in index.info):
        if connection.dialect.name == "postgresql":
            index.dialect_options["postgresql"]["where"] = index.info["where"]


class Record(Base):
    """The columns that every record has. History is kept of all that inherits from here."""

    __abstract__ = True

    #: The number people type. Never used again after a removal.
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    #: The identity that leaves the house (UUID, lower-case); never used again.
    uid: Mapped[str] = mapped_column(PlainText, unique=True, sort_order=-1)
    #: When the row was first written, UTC.
    created_at: Mapped[str] = mapped_column(Moment, sort_order=1)
    #: When the row was last written, UTC.
    modified_at: Mapped[str] = mapped_column(Moment, sort_order=1)
    #: Counts the writes; an update that expects another version is refused (optimistic lock).
    version: Mapped[int] = mapped_column(sort_order=1)


@event.listens_for(Record, "instrument_class", propagate=True)
def _lock_by_version(mapper: Any, _class: Any) -> None:  # noqa: ANN401
    """Give every record the optimistic lock without repeating it in each class."""
    mapper.version_id_col = mapper.local_table.c.version


def only_where(condition: str) -> dict[str, Any]:
    """Return how an index is told that it holds only the rows for which a condition is true.

    For PostgreSQL it stands in `info`: to know an option of a dialect SQLAlchemy loads all that it has for that
    database, which takes as long as all else that a change needs.
    """
    return {"sqlite_where": text(condition), "info": {"where": text(condition)}}


def searched_by(name: str, *columns: str) -> Index:
    """Return an index that a search reads instead of the records, of SQLite alone.

    A B-tree of PostgreSQL refuses a text of some pages.
    """
    return Index(name, *columns, info={"dialect": "sqlite"}).ddl_if(dialect="sqlite")


def is_of(found: SchemaItem, dialect: str) -> bool:
    """Tell whether a database of that kind has it; all but the indexes of one kind alone (`info`) is of both."""
    return bool(found.info.get("dialect", dialect) == dialect)


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """Let the database refuse a word that is not in the vocabulary."""
    quoted = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)


def ordered_dates(first: str = "starts_on", last: str = "ends_on", name: str = "dates") -> CheckConstraint:
    """Let the database refuse a last day before the first; either may be open."""
    return CheckConstraint(f"{last} >= {first}", name=name)


def is_country(column: str = "country") -> CheckConstraint:
    """ISO 3166-1 alpha-2: two capitals."""
    capitals = " AND ".join(f"substr({column}, {i}, 1) BETWEEN 'A' AND 'Z'" for i in (1, 2))
    return CheckConstraint(f"length({column}) = 2 AND {capitals}", name=column)


def is_time(column: str) -> CheckConstraint:
    """HH:MM, 00:00 to 23:59."""
    return CheckConstraint(
        f"length({column}) = 5 AND trim({column}, '0123456789') = ':' AND substr({column}, 3, 1) = ':'"
        f" AND {column} <= '23:59' AND substr({column}, 4) <= '59'",
        name=column,
    )


def is_code(column: str = "code") -> CheckConstraint:
    """Keep a code apart from a number, a uid (36 characters, 32 without hyphens) and a share (`CODE=60`)."""
    return CheckConstraint(
        f"length({column}) BETWEEN 1 AND 31 AND trim({column}, '0123456789') <> '' AND {column} NOT LIKE '%=%'"
        f" AND trim({column}) = {column}",
        name=column,
    )


def not_empty(column: str) -> CheckConstraint:
    """Refuse a Localized value without any language."""
    return CheckConstraint(f"{column} <> '{{}}'", name=f"{column}_not_empty")


def a_share(column: str = "share") -> CheckConstraint:
    """Per cent, 0 to 100."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 100", name=column)
