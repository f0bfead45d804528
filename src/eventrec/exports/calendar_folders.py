"""Calendars as folders of files: one file an event, and a vdir as khal and vdirsyncer know it."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from eventrec.formats.content_lines import folded
from eventrec.formats.ical.calendar import TAIL, head
from eventrec.formats.ical.event import EventWriter
from eventrec.formats.ical.times import Zones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eventrec.exports.calendar import Calendar, Entry
    from eventrec.formats.ical.records import CalendarOptions

_UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SPLIT: Final = re.compile(r"event-[0-9]+\.ics")
_VDIR: Final = re.compile(rf"{_UUID}\.ics")


class Folder:
    """A calendar as a file for each event, while it is read; true when there are events, be they named or not.

    `people` gets the numbers of the contacts whom the files name.
    """

    def __init__(self, calendar: Calendar, named: Callable[[Entry], str]) -> None:
        self.people: set[int] = set()
        self._calendar, self._named = calendar, named
        self._entries = calendar.entries()
        self._first = next(self._entries, None)

    def __bool__(self) -> bool:
        return self._first is not None

    def files(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield once the files of the events that have a name."""
        writer, options = EventWriter(self._calendar.options), self._calendar.options
        for entry in chain([self._first] if self._first else [], self._entries):
            self.people |= entry.people
            if name := self._named(entry):
                writer.zones = Zones()
                text = folded(self._calendar.written(writer, entry))
                yield name, [head(writer.zones, 1, options) + text + TAIL]


def split(calendar: Calendar) -> Folder:
    """Return a file for each event, named by its number."""
    return Folder(calendar, lambda entry: f"event-{entry.number}.ics")


def vdir(calendar: Calendar) -> Folder:
    """Return a file for each event, named by its uid; of a removed event there is none.

    https://vdirsyncer.pimutils.org/en/stable/vdir.html
    """
    return Folder(calendar, lambda entry: "" if entry.is_removed else f"{entry.event.uid}.ics")


def belongs_to_split(name: str) -> bool:
    """Tell whether a file of this name is one of `split`."""
    return _SPLIT.fullmatch(name) is not None


def belongs_to_vdir(name: str) -> bool:
    """Tell whether a file of this name is an event of `vdir`."""
    return _VDIR.fullmatch(name) is not None


def about_vdir(options: CalendarOptions) -> dict[str, bytes]:
    """Return the two files that say what a vdir is called and its colour."""
    from eventrec.formats.ical.calendar import COLOR_CODE
    from eventrec.formats.ical.texts import in_languages

    return {"displayname": in_languages(options.name, options).encode(), "color": COLOR_CODE.encode()}
