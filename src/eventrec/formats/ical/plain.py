"""Texts of a calendar as the book may hold them: no control characters, which PostgreSQL refuses and screens obey."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from eventrec.formats.ical.incoming import IncomingEvent, IncomingParty
from eventrec.formats.terminal import strip_controls
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NO_OTHERS: Final = (str, int, date)
"""What is looked at with all texts at once, and what holds none."""

_values: Callable[[IncomingEvent], Sequence[Any]] = attrgetter(*(each.name for each in fields(IncomingEvent)))


def plain(incoming: IncomingEvent) -> IncomingEvent:
    """Return an entry without control characters; a title that was nothing else is “Untitled”."""
    values = [value for value in _values(incoming) if value is not None]
    texts = "".join([value for value in values if isinstance(value, str)])
    if _is_plain(texts) and all(_is_plain(value) for value in values if not isinstance(value, _NO_OTHERS)):
        return incoming
    found = _changed(incoming)
    return replace(found, title=found.title or Localized({"en": "Untitled"}))  # type: ignore[no-any-return]


def _is_plain(value: Any) -> bool:  # noqa: ANN401
    """Tell whether a value needs no second look: most have nothing in them that cannot be printed but newlines."""
    if isinstance(value, str):
        return value.isprintable() or value.replace("\n", "").isprintable()
    if isinstance(value, Localized):
        return bool(value) and all(text and _is_plain(text) for text in value.values())
    if isinstance(value, IncomingParty):
        return _is_plain(value.name) and _is_plain(value.email)
    return all(map(_is_plain, value)) if isinstance(value, tuple) else True


def _changed(record: Any) -> Any:  # noqa: ANN401
    """Return a record whose texts are plain, itself where they are."""
    old = {field.name: getattr(record, field.name) for field in fields(record)}
    new = {name: _plain(value) for name, value in old.items()}
    different = {name: value for name, value in new.items() if value != old[name]}
    return replace(record, **different) if different else record


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return strip_controls(value)
    if isinstance(value, Localized):
        texts = ((tag, strip_controls(text)) for tag, text in value.items())
        return Localized({tag: text for tag, text in texts if text}) or None
    if isinstance(value, IncomingParty):
        return _changed(value)
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value
