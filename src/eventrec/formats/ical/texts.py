"""Texts of a calendar entry, in one language or in all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from eventrec.formats.ical.records import CalendarEvent, CalendarOptions

_CANCELLED = {"cancelled": {"en": "Cancelled", "zh": "已取消"}, "postponed": {"en": "Postponed", "zh": "已延期"}}
CALLED_OFF: Final = frozenset(_CANCELLED)
_JOIN = {"en": "Join online", "zh": "在线参加"}


_scan: Final = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what `json.loads` ends in


def read(text: str) -> Any:  # noqa: ANN401
    """Return what a text says in JSON, which the database holds without anything around it. Raises ValueError."""
    try:
        value, end = _scan(text, 0)
    except StopIteration as error:
        raise ValueError(text) from error
    if end != len(text):
        raise ValueError(text)
    return value


def in_languages(text: Mapping[str, str] | None, options: CalendarOptions, between: str = " / ") -> str:
    """Return a text in the language asked for, else in the main one; with `both` in all, the main one first."""
    return speaker(options)(text, between) if text else ""


def speaker(options: CalendarOptions) -> Callable[..., str]:
    """Return what says a text, which is not empty, as `in_languages` does, for many of them."""
    main, language = options.main, options.languages

    def say_all(text: Mapping[str, str], between: str = " / ") -> str:
        if len(text) == 2 and main in text:
            one, other = text.values()
            if text[main] is not one:
                one, other = other, one
            return one if one == other else f"{one}{between}{other}"
        return between.join(dict.fromkeys([text[tag] for tag in tags(text, options)]))

    def say_one(text: Mapping[str, str], _between: str = "") -> str:
        return text.get(language) or (Localized(text).any(main) if text else "")

    return say_all if language == "both" else say_one


def tags(text: Mapping[str, str], options: CalendarOptions) -> list[str]:
    """Return a text's languages, the main one first."""
    main = options.main
    return [main, *sorted(tag for tag in text if tag != main)] if main in text else sorted(text)


def called_off(status: str, reason: str | None, options: CalendarOptions) -> str:
    """Return that an event was called off, and why."""
    word = in_languages(_CANCELLED[status], options)
    return f"{word}: {reason}" if reason else word


def joining(options: CalendarOptions) -> str:
    """Return the words before the link to join an event."""
    return f"{in_languages(_JOIN, options)}: "


def paragraphs(text: str, more: str) -> str:
    """Return a text with one more paragraph."""
    return f"{text}\n\n{more}" if text else more


def location(event: CalendarEvent, options: CalendarOptions) -> str:
    """Return venue, address, city and country."""
    return place((event.venue, event.address, event.city, event.country), options)


def place(parts: Sequence[Mapping[str, str] | str | None], options: CalendarOptions) -> str:
    """Join the parts of a place that are known: texts as they are, others in the languages asked for."""
    written = (part if isinstance(part, str) else in_languages(part, options) for part in parts)
    return ", ".join(filter(None, written))
