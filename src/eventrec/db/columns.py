"""Values of one column, a whole batch at a time: as the database takes them, and as the history writes them in JSON.

A loop over a column costs a fraction of a loop over the cells of a row, which is what makes long imports bearable.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Integer, Text

from eventrec.db.journal import stored_value
from eventrec.localized import Localized
from eventrec.models.base import JsonText, LocalizedText, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Column
    from sqlalchemy.engine import Dialect

_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:  # noqa: ANN401
    """Return a value as the history has it: JSON with sorted keys and no spaces."""
    return _CANONICAL(value)


def _json(value: Any) -> str:  # noqa: ANN401
    """Return what `canonical` does; of a text in its languages without making an encoder for each."""
    if type(value) is Localized:
        cells = [f"{encode_basestring(language)}:{encode_basestring(value[language])}" for language in sorted(value)]
        return f"{{{','.join(cells)}}}"
    return canonical(value)


class ColumnWriter:
    """Writes the values of one column; `values` below are Python values, None where the cell is empty."""

    def __init__(self, column: Column[Any], dialect: Dialect) -> None:
        self.name = column.name
        self._bound: Callable[[Any], Any] | None = stored_value
        if dialect.name != "postgresql":
            self._bound = column.type.dialect_impl(dialect).bind_processor(dialect)
        self._is_json = isinstance(column.type, JsonText | LocalizedText)
        self._is_text = isinstance(column.type, Text | Moment) and not self._is_json
        self._is_number = isinstance(column.type, Integer)
        self._is_flag = isinstance(column.type, Boolean)
        if self._is_text or self._is_number or self._is_flag:
            self._bound = None

    def both(self, values: Sequence[Any]) -> tuple[Sequence[Any], list[str]]:
        """Return the values as `copying.inserter` takes them, and as JSON texts."""
        texts = self.texts(values)
        if self._is_json:
            return [None if value is None else text for value, text in zip(values, texts, strict=True)], texts
        if self._bound is None:
            return values, texts
        bound = self._bound
        return [None if value is None else bound(value) for value in values], texts

    def texts(self, values: Sequence[Any]) -> list[str]:
        """Return the values as JSON texts."""
        if values[0] is values[-1] and len(set(map(id, values))) == 1:
            return self._texts(values[:1]) * len(values)
        return self._texts(values)

    def _texts(self, values: Sequence[Any]) -> list[str]:
        if self._is_text:
            if None in values:
                return ["null" if value is None else encode_basestring(value) for value in values]
            return list(map(encode_basestring, values))
        if self._is_number:
            return ["null" if value is None else str(value) for value in values]
        if self._is_flag:
            return ["null" if value is None else "true" if value else "false" for value in values]
        if self._is_json:
            known: dict[int, str] = {}  # one object stands in many rows
            return [known.get(id(value)) or known.setdefault(id(value), _json(value)) for value in values]
        return [_CANONICAL(stored_value(value)) for value in values]
