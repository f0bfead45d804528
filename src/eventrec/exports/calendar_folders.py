"""Calendars as folders of files: one file an event, and a vdir as khal and vdirsyncer know it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.exports.calendar import Entries

_UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SPLIT: Final = re.compile(r"event-[0-9]+\.ics")
_VDIR: Final = re.compile(rf"{_UUID}\.ics")


def split(entries: Entries) -> Mapping[str, bytes]:
    """Return a file for each event, named by its number."""
    return {f"event-{entry.number}.ics": replace(entries, all=[entry]).calendar() for entry in entries.all}


def belongs_to_split(name: str) -> bool:
    """Tell whether a file of this name is one of `split`."""
    return _SPLIT.fullmatch(name) is not None


def vdir(entries: Entries) -> Mapping[str, bytes]:
    """Return a file for each event, named by its uid; of a removed event there is none, as the vdir wants it.

    https://vdirsyncer.pimutils.org/en/stable/vdir.html
    """
    return {
        f"{entry.event.uid}.ics": replace(entries, all=[entry]).calendar()
        for entry in entries.all
        if not entry.event.removed
    }


def belongs_to_vdir(name: str) -> bool:
    """Tell whether a file of this name is an event of `vdir`."""
    return _VDIR.fullmatch(name) is not None


def about_vdir(entries: Entries) -> Mapping[str, bytes]:
    """Return the two files that say what a vdir is called and its colour."""
    from eventrec.formats.ical.calendar import COLOR_CODE
    from eventrec.formats.ical.texts import in_languages

    return {"displayname": in_languages(entries.options.name, entries.options).encode(), "color": COLOR_CODE.encode()}
