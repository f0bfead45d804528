"""Calendars as folders of files: one file an event, and a vdir as khal and vdirsyncer know it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.formats.content_lines import folded
from eventrec.formats.ical.calendar import TAIL, head
from eventrec.formats.ical.event import EventWriter
from eventrec.formats.ical.times import Zones

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eventrec.exports.calendar import Calendar, Entry
    from eventrec.formats.ical.records import CalendarOptions

_UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SPLIT: Final = re.compile(r"event-[0-9]+\.ics")
_VDIR: Final = re.compile(rf"{_UUID}\.ics")


@dataclass(frozen=True)
class Folder:
    """A calendar as a file for each event; `people` are the numbers of the contacts whom the files name.

    Of a removed event there is no file in a vdir, as it wants it: there `events` may be more than files.
    """

    files: Mapping[str, bytes]
    events: int
    people: frozenset[int]


def split(calendar: Calendar) -> Folder:
    """Return a file for each event, named by its number."""
    return _folder(calendar, lambda entry: f"event-{entry.number}.ics")


def vdir(calendar: Calendar) -> Folder:
    """Return a file for each event, named by its uid; of a removed event there is none.

    https://vdirsyncer.pimutils.org/en/stable/vdir.html
    """
    return _folder(calendar, lambda entry: "" if entry.is_removed else f"{entry.event.uid}.ics")


def _folder(calendar: Calendar, named: Callable[[Entry], str]) -> Folder:
    """Return the files that have a name."""
    files: dict[str, bytes] = {}
    people: set[int] = set()
    writer, events = EventWriter(calendar.options), 0
    for entry in calendar.entries():
        events += 1
        people |= entry.people
        if name := named(entry):
            writer.zones = Zones()
            text = folded(calendar.written(writer, entry))
            files[name] = head(writer.zones, 1, calendar.options) + text + TAIL
    return Folder(files, events, frozenset(people))


def belongs_to_split(name: str) -> bool:
    """Tell whether a file of this name is one of `split`."""
    return _SPLIT.fullmatch(name) is not None


def belongs_to_vdir(name: str) -> bool:
    """Tell whether a file of this name is an event of `vdir`."""
    return _VDIR.fullmatch(name) is not None


def about_vdir(options: CalendarOptions) -> Mapping[str, bytes]:
    """Return the two files that say what a vdir is called and its colour."""
    from eventrec.formats.ical.calendar import COLOR_CODE
    from eventrec.formats.ical.texts import in_languages

    return {"displayname": in_languages(options.name, options).encode(), "color": COLOR_CODE.encode()}
