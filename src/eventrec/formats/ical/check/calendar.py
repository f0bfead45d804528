"""What is remembered of a calendar while it is read: little, so that a large file needs no large memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.zone import Use, Zone, zone_of

if TYPE_CHECKING:
    from eventrec.formats.ical.check.tree import Component, Property

_MOST_ZONES: Final = 1_000
_MOST_TIMES: Final = 10_000
_MOST_DAYS: Final = 100_000
_LONGEST_METHOD: Final = 40

ENTRIES: Final = ("VEVENT", "VTODO", "VJOURNAL")


@dataclass
class Calendar:
    """A calendar: its own properties, its zones and where they are named, and which identities it holds.

    `number` counts the calendars of the file, from 1. `identities` has the line of every entry by the hash of its
    kind, UID and RECURRENCE-ID. By the hash of the UID alone, `families` has the line of the first entry, where there
    is a METHOD; `series` tells whether a whole series starts at a time or on a day; and `days` what the RECURRENCE-ID
    of single ones is, with its line. `times` counts those in `uses`. `without_organizer` is the line of the first
    event that has none.
    """

    root: Component
    number: int = 1
    components: Counter[str] = field(default_factory=Counter)
    zones: list[Zone] = field(default_factory=list)
    uses: dict[str, Use] = field(default_factory=dict)
    identities: dict[int, int] = field(default_factory=dict)
    families: dict[int, int] = field(default_factory=dict)
    series: dict[int, bool] = field(default_factory=dict)
    days: list[tuple[int, int, bool]] = field(default_factory=list)
    times: int = 0
    without_organizer: int = 0

    @property
    def method(self) -> str:
        """The METHOD in capitals, no more of it than a METHOD has; empty where there is none."""
        return self.root.text("METHOD")[:_LONGEST_METHOD].strip().upper()

    def note_zone_use(self, line: Property) -> None:
        """Remember that a line names a zone, and the local times that it holds."""
        for tzid in line.parameters["TZID"]:
            use = self.uses.get(tzid)
            if use is None:
                if len(self.uses) >= _MOST_ZONES:
                    return
                use = self.uses[tzid] = Use(line.line)
            for text in line.value.split(",", 100)[:100]:
                local = values.moment(text)
                if self.times < _MOST_TIMES and isinstance(local, datetime) and local.tzinfo is None:
                    self.times += local not in use.times
                    use.times.setdefault(local, line.line)

    def note(self, component: Component) -> None:
        """Remember of a component what other components are held against."""
        self.components[component.name] += 1
        if component.name == "VTIMEZONE" and len(self.zones) < _MOST_ZONES:
            self.zones.append(zone_of(component))
        if component.name == "VEVENT" and "ORGANIZER" not in component.properties:
            self.without_organizer = self.without_organizer or component.line
        if component.name in ENTRIES and (uid := component.text("UID")):
            self.identities.setdefault(identity(component), component.line)
            if self.method:
                self.families.setdefault(hash(uid), component.line)
            self._note_series(hash(uid), component)

    def _note_series(self, family: int, component: Component) -> None:
        day = component.one("RECURRENCE-ID")
        if day is None:
            start = values.moment(component.text("DTSTART"))
            if start is not None and "RRULE" in component.properties:
                self.series[family] = isinstance(start, datetime)
        elif len(self.days) < _MOST_DAYS and (moment := values.moment(day.value)) is not None:
            self.days.append((family, day.line, isinstance(moment, datetime)))


def identity(component: Component) -> int:
    """Return what an entry is known by, as a hash: kind, UID, and which one of a series it is."""
    return hash((component.name, component.text("UID"), component.text("RECURRENCE-ID")))
