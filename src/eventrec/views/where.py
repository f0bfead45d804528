"""Pieces of a WHERE clause with their parameters, named so that they can be joined."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Where(NamedTuple):
    """A condition with `:name` parameters. An empty `sql` is true of every row."""

    sql: str = ""
    params: Mapping[str, Any] = MappingProxyType({})

    def __bool__(self) -> bool:
        return bool(self.sql)

    def __and__(self, other: Where) -> Where:
        return every((self, other))

    def clause(self, word: str = "WHERE") -> str:
        """Return the condition after `WHERE` or `AND`, or nothing when there is none."""
        return f" {word} {self.sql}" if self.sql else ""


def every(conditions: Iterable[Where]) -> Where:
    """Join conditions that must all be true."""
    given = [condition for condition in conditions if condition]
    params = {name: value for condition in given for name, value in condition.params.items()}
    return Where(" AND ".join(condition.sql for condition in given), params)


def among(column: str, values: Iterable[Any], name: str) -> Where:
    """Return `column IN (…)`, or no condition when there are no values."""
    params = {f"{name}_{at}": value for at, value in enumerate(values)}
    if not params:
        return Where()
    return Where(f"{column} IN ({', '.join(f':{key}' for key in params)})", params)


def containing(columns: Iterable[str], text: str, name: str) -> Where:
    """Return a condition that one of the columns contains the text, taken literally; none when it is empty."""
    if not text:
        return Where()
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql = " OR ".join(f"{column} LIKE :{name} ESCAPE '\\'" for column in columns)
    return Where(f"({sql})", {name: f"%{escaped}%"})
