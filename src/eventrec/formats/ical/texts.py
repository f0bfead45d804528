"""Texts of a calendar entry, in one language or in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.formats.ical.records import CalendarEvent, CalendarOptions

_CANCELLED = {"cancelled": {"en": "Cancelled", "zh": "已取消"}, "postponed": {"en": "Postponed", "zh": "已延期"}}
_JOIN = {"en": "Join online", "zh": "在线参加"}


def in_languages(text: Mapping[str, str] | None, options: CalendarOptions, between: str = " / ") -> str:
    """Return a text in the language asked for, else in the main one; with `both` in all, the main one first."""
    if not text:
        return ""
    value = Localized(text)
    if options.languages != "both":
        return value.get(options.languages) or value.any(options.main)
    return between.join(dict.fromkeys(value[tag] for tag in tags(value, options)))


def tags(text: Mapping[str, str], options: CalendarOptions) -> list[str]:
    """Return a text's languages, the main one first."""
    return sorted(text, key=lambda tag: (tag != options.main, tag))


def description(event: CalendarEvent, options: CalendarOptions) -> str:
    """Return what is known of the event: the text, why it was called off, where to join."""
    parts = [in_languages(event.description, options, "\n\n")]
    if event.status in _CANCELLED and not event.removed:
        word = in_languages(_CANCELLED[event.status], options)
        parts.append(f"{word}: {event.status_reason}" if event.status_reason else word)
    if event.online_url:
        parts.append(f"{in_languages(_JOIN, options)}: {event.online_url}")
    return "\n\n".join(part for part in parts if part)


def location(event: CalendarEvent, options: CalendarOptions) -> str:
    """Return venue, address, city and country."""
    return place((event.venue, event.address, event.city, event.country), options)


def place(parts: Sequence[Mapping[str, str] | str | None], options: CalendarOptions) -> str:
    """Join the parts of a place that are known: texts as they are, others in the languages asked for."""
    written = (part if isinstance(part, str) else in_languages(part, options) for part in parts)
    return ", ".join(filter(None, written))
