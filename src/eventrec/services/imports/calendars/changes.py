"""What a later state of an entry changes in its event."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from eventrec.db.sequence import CALENDAR_STATUS
from eventrec.localized import Localized
from eventrec.services.imports.calendars.said import Place, apart, columns, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.models import Event
    from eventrec.services.imports.calendars.said import Categories

_CALLED_OFF: Final = ("cancelled", "postponed")
GONE: Final = "No longer in the calendar that it came from."
"""Why a day is cancelled that its series has lost; it takes place again when the series has it again."""


class Changes:
    """The columns of an event that an entry has otherwise, and what is kept although the entry has it otherwise."""

    def __init__(self, event: Event, incoming: IncomingEvent, found: Categories, main: str) -> None:
        self._event = event
        self._incoming = incoming
        self._main = main
        self.columns: dict[str, Any] = {}
        self.kept: list[str] = []
        said = columns(incoming, main)
        self._text("title", incoming.title, " / ")
        self._text("description", incoming.description, "\n\n")
        self._when()
        self._where()
        self._status(said)
        self._others(said, found)
        if incoming.sequence > event.sequence:
            self.columns["sequence"] = incoming.sequence

    def _text(self, name: str, new: Localized | None, between: str) -> None:
        old: Localized | None = getattr(self._event, name)
        if new is None:
            if old is not None:
                self.kept.append(f"{name} (the calendar has none)")
        elif old is None or not _says(old, new, between, self._main):
            self.columns[name] = (old or Localized()) | new
            self.kept += [f"{name} in {tag} “{text[:40]}”" for tag, text in (old or {}).items() if tag not in new]

    def _when(self) -> None:
        event, new = self._event, self._incoming
        if new.starts_on is None or new.ends_on is None:
            self.kept += [f"date {event.starts_on} (the calendar has none)"] if event.starts_on else []
            return
        if _same_time(event, new):
            return
        self.columns |= {name: getattr(new, name) for name in ("starts_on", "ends_on", "start_time", "end_time")}
        if new.start_time and new.timezone:
            self.columns["timezone"] = new.timezone
        if event.days is not None and event.days > (new.ends_on - new.starts_on).days + 1:
            self.columns["days"] = None

    def _where(self) -> None:
        event, text = self._event, self._incoming.location
        there = Place(event.venue, event.address, event.city, event.country)
        if text is None:
            if any(there[:3]):
                self.kept.append("place (the calendar has none)")
            return
        if text in {written(there, self._main, languages) for languages in ("both", *_tags(there))}:
            return
        found = apart(text, self._main) if self._incoming.is_ours else None
        if found is not None:
            self.columns |= {**found._asdict(), "timezone": self.columns.get("timezone", event.timezone)}
        elif event.venue or event.city:
            self.kept.append(f"place “{written(there, self._main, 'both')}” (the calendar says “{text}”)")
        else:
            self.columns["address"] = text

    def _status(self, said: Mapping[str, Any]) -> None:
        event, new, reason = self._event, said["status"], said["status_reason"]
        if new is None and (event.status, event.status_reason) == ("cancelled", GONE):
            new = "confirmed"
        if new is None:
            return
        if event.status == "held":
            if new != "confirmed":
                self.kept.append(f"status held (the calendar says {new})")
            return
        off = new in _CALLED_OFF
        if off and event.status in _CALLED_OFF and not self._incoming.is_ours:
            return
        if CALENDAR_STATUS[event.status] != CALENDAR_STATUS[new] or (off and event.status != new):
            self.columns |= {"status": new, "status_reason": reason}
        elif off and reason and reason != event.status_reason:
            self.columns["status_reason"] = reason
        if "starts_on" in self.columns:
            self.columns.setdefault("status", event.status)

    def _others(self, said: Mapping[str, Any], found: Categories) -> None:
        event = self._event
        for name in ("source_url", "online_url"):
            if said[name] and unquote(said[name]) != unquote(getattr(event, name) or ""):
                self.columns[name] = said[name]
        if said["latitude"] is not None and (said["latitude"], said["longitude"]) != (event.latitude, event.longitude):
            self.columns |= {name: said[name] for name in ("latitude", "longitude")}
        if found.kind not in (None, event.kind, "site-visit") and event.kind != "site-visit":
            self.columns["kind"] = found.kind
        if found.topics and found.topics != event.topics:
            self.columns["topics"] = found.topics


def _says(old: Localized, new: Localized, between: str, main: str) -> bool:
    """Tell whether a text says already what the calendar has: the languages told apart, or all of it in one."""
    if all(old.get(tag) == text for tag, text in new.items()):
        return True
    joined = between.join(dict.fromkeys(old[tag] for tag in sorted(old, key=lambda tag: (tag != main, tag))))
    return len(new) == 1 and next(iter(new.values())) in (joined, *old.values())


def _same_time(event: Event, new: IncomingEvent) -> bool:
    """Tell whether the event is at that time already: in another zone, or with fewer days than a calendar shows."""
    if event.starts_on is None or event.ends_on is None or new.starts_on is None or new.ends_on is None:
        return False
    same_days = (event.starts_on, event.ends_on) == (new.starts_on, new.ends_on)
    fewer = event.days is not None and event.days < (event.ends_on - event.starts_on).days + 1
    if new.start_time is None:
        return same_days and (event.start_time is None or fewer)
    if event.start_time is None:
        return False
    if new.timezone is None or event.timezone is None or event.timezone == new.timezone:
        return same_days and (event.start_time, event.end_time) == (new.start_time, new.end_time)
    theirs = _moments(new.starts_on, new.ends_on, new.start_time, new.end_time, new.timezone)
    return _moments(event.starts_on, event.ends_on, event.start_time, event.end_time, event.timezone) == theirs


def _moments(first: date, last: date, starts: str, ends: str | None, zone: str) -> list[float]:
    """Return the instants at which the first and the last day begin and end."""
    return [
        datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone)).timestamp()
        for day in (first, last)
        for hour in (starts, ends)
        if hour is not None
    ]


def _tags(where: Place) -> set[str]:
    return {tag for text in (where.venue, where.city) if text for tag in text}
