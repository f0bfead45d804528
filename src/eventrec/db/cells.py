"""The values of a row on their way into a SQLite book: checked against their column before they are stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Date, Integer, Numeric, Text

from eventrec.localized import Localized
from eventrec.models import Base
from eventrec.models.base import JsonText, LocalizedText, Moment

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

Reader = Callable[[Any], Any]
"""Takes a cell and returns what SQLite stores; raises ValueError."""

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def from_json(table: str, column: str) -> Reader:
    """Return what turns a cell of an archive into SQLite's own value; it raises ValueError when it does not fit."""
    return _reader(_type(table, column), _FROM_JSON)


def from_sqlite(table: str, column: str) -> Reader:
    """Return what tells whether SQLite's own value fits its column; it raises ValueError for one that does not."""
    return _reader(_type(table, column), _FROM_SQLITE)


def from_copy(table: str, column: str) -> Reader:
    """Return what turns a cell of a server's dump, as COPY writes it, into SQLite's own value."""
    return _reader(_type(table, column), _FROM_COPY)


def _type(table: str, column: str) -> TypeEngine[Any] | None:
    """Return today's type of a column; None for one that today's schema does not have any more."""
    known = Base.metadata.tables.get(table)
    return None if known is None or column not in known.c else known.c[column].type


def _reader(kind: TypeEngine[Any] | None, readers: dict[Any, Reader]) -> Reader:
    read = next((read for types, read in readers.items() if isinstance(kind, types)), _plain)

    def cell(value: Any) -> Any:  # noqa: ANN401
        return None if value is None else read(value)

    return cell


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a text as it is; of a column that is gone, whatever it held."""
    if isinstance(value, dict | list):
        return _canonical(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return _integer(value)
    return _text(value)


def _text(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no text")
    value.encode()
    return value


def _localized(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, dict):
        raise ValueError("no names by language")
    return Localized({_text(tag): _text(name) for tag, name in value.items()}).to_json()


def _canonical(value: Any) -> str:  # noqa: ANN401
    return _text(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False))


def _moment(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("no moment")
    datetime.fromisoformat(value)
    return value


def _day(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("no day")
    return date.fromisoformat(value).isoformat()


def _decimal(value: Any) -> float:  # noqa: ANN401
    try:
        number = Decimal(_text(value))
    except InvalidOperation as error:
        raise ValueError("no number") from error
    if not number.is_finite():
        raise ValueError("no number")
    return float(number)


def _integer(value: Any) -> int:  # noqa: ANN401
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError("no whole number")
    return value


def _boolean(value: Any) -> int:  # noqa: ANN401
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return int(value)


def _stored_boolean(value: Any) -> int:  # noqa: ANN401
    if value not in (0, 1):
        raise ValueError("neither true nor false")
    return int(value)


def _stored_decimal(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        raise ValueError("no number")
    return value


def _stored_json(value: Any) -> str:  # noqa: ANN401
    try:
        json.loads(_text(value))
    except RecursionError as error:
        raise ValueError("no JSON") from error
    return str(value)


def _stored_localized(value: Any) -> str:  # noqa: ANN401
    _localized(json.loads(_text(value)))
    return str(value)


def _copied_moment(value: str) -> str:
    return datetime.fromisoformat(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _copied_boolean(value: str) -> int:
    if value not in ("t", "f"):
        raise ValueError("neither true nor false")
    return int(value == "t")


_FROM_JSON: Final[dict[Any, Reader]] = {
    LocalizedText: _localized,
    JsonText: _canonical,
    Moment: _moment,
    Date: _day,
    Numeric: _decimal,
    Boolean: _boolean,
    Integer: _integer,
    Text: _text,
    object: _plain,
}
_FROM_SQLITE: Final[dict[Any, Reader]] = {
    LocalizedText: _stored_localized,
    JsonText: _stored_json,
    Moment: _moment,
    Date: _day,
    Numeric: _stored_decimal,
    Boolean: _stored_boolean,
    Integer: _integer,
    object: _text,
}
_FROM_COPY: Final[dict[Any, Reader]] = {
    LocalizedText: _stored_localized,
    JsonText: _stored_json,
    Moment: _copied_moment,
    Date: _day,
    Numeric: _decimal,
    Boolean: _copied_boolean,
    Integer: int,
    object: _text,
}
