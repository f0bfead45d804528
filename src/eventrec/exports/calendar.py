"""Calendars of the book's events (RFC 5545), written while they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.driver_errors import damaged
from eventrec.exports.calendar_event import check_zone
from eventrec.exports.calendar_guests import Guests
from eventrec.exports.event_texts import countries
from eventrec.formats.content_lines import folded
from eventrec.formats.ical.calendar import TAIL, head, order
from eventrec.formats.ical.event import EventWriter
from eventrec.formats.ical.programs import ANY, PROGRAMS
from eventrec.formats.ical.records import CalendarOptions, StoredAttendee, StoredEvent
from eventrec.localized import Localized
from eventrec.spool import Spool
from eventrec.views.criteria import ALL, Criteria, of_events
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from eventrec.views.reader import Reader

NAME: Final = {"en": "Events", "zh": "活动"}
"""What a calendar is called that nobody named."""

_COLUMNS: Final = StoredEvent._fields
_COUNTRY, _CITY, _TITLE = (_COLUMNS.index(name) for name in ("country", "city", "title"))
_PIECE: Final = 2**15
"""Characters of events that are held until they are enough to be put away."""


@dataclass(frozen=True)
class CalendarWish:
    """How a calendar is to be: its name per language, `both` languages or one tag, UTC, with the people or without.

    `removed_since` (ISO date, inclusive) leaves out the cancellations of events that were removed before; `program` is
    a word of `formats.ical.programs.PROGRAMS`, or empty for a calendar that suits all.
    """

    name: Mapping[str, str] | None = None
    languages: str = "both"
    utc: bool = False
    attendees: bool = False
    removed_since: str = ""
    program: str = ""


class Entry(NamedTuple):
    """An event of a calendar with those who take part, as far as these are named in it."""

    event: StoredEvent
    guests: Sequence[StoredAttendee] = ()

    @property
    def number(self) -> int:
        """The event's number in the book, which it keeps after it was removed."""
        return self.event.id

    @property
    def is_removed(self) -> bool:
        """Tell whether it is what is left of a removed event: its cancellation."""
        return self.event.status == "removed"

    @property
    def people(self) -> set[int]:
        """The numbers of the contacts whom the entry names."""
        numbers = {self.event.contact_id, *(guest.contact_id for guest in self.guests)}
        return {number for number in numbers if number is not None}


def calendar(reader: Reader, criteria: Criteria = ALL, wish: CalendarWish | None = None) -> bytes:
    """Return the events that meet the criteria as an iCalendar object (RFC 5545); empty when there are none."""
    return b"".join(Calendar(reader, criteria, wish or CalendarWish()).pieces())


class Calendar:
    """The events that meet the criteria, while they are read.

    Cancellations of removed events are among them when all events are asked for: a removed event has no project or
    agency. `undated` are events that are left out for want of a date; `unreachable`, which is known when all is read,
    counts the participants who are left out for want of an e-mail address.
    """

    def __init__(self, reader: Reader, criteria: Criteria, wish: CalendarWish) -> None:
        self.options = _options(reader, wish)
        self.unreachable = 0
        self._reader, self._criteria, self._wish = reader, criteria, wish
        without = reader.table("v_event", ("id", "title"), of_events(criteria) & Where("v_event.starts_on IS NULL"))
        main = self.options.main
        self.undated: Sequence[str] = [f"#{row['id']} {Localized(row['title']).any(main)}" for row in without]  # type: ignore[arg-type]

    def entries(self) -> Iterator[Entry]:
        """Yield the events in the order of a calendar. Raises Rejected for a time zone that is not known here."""
        guests = Guests(self._reader, self._criteria) if self._wish.attendees else None
        for day, on_day in groupby(self._by_day(), _DAY):
            coming = guests.on(day) if guests else {}
            for event in sorted(on_day, key=order):
                there = coming.get(event.id) if event.status != "removed" else None
                if there:  # with its people it changed when the latest of them did
                    event = event._replace(dtstamp=max(event.dtstamp, *(guest.modified for guest in there)))
                yield Entry(event, there or ())
        self.unreachable = guests.unreachable if guests else 0

    def pieces(self, people: set[int] | None = None) -> Iterator[bytes]:
        """Yield the calendar in pieces of whole lines; none when there are no events.

        `people` gets the numbers of the contacts whom it names. The events wait until all zones that they need are
        known, for these stand before them.
        """
        writer, events = EventWriter(self.options), 0
        held, size = list[str](), 0
        with Spool() as body:
            for events, entry in enumerate(self.entries(), 1):  # noqa: B007 (counted)
                held.append(self.written(writer, entry))
                size += len(held[-1])
                if size > _PIECE:
                    body.add(folded("".join(held)))
                    held, size = [], 0
                if people is not None:
                    people |= entry.people
            if events:
                yield head(writer.zones, events, self.options)
                yield from body.pieces()
                yield folded("".join(held)) + TAIL

    def written(self, writer: EventWriter, entry: Entry) -> str:
        """Return an event as lines that are not folded. Raises DatabaseUnavailable for a cell that is none."""
        try:
            return writer.text(entry.event, entry.guests)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise damaged(self._reader.connection.address) from error

    def _by_day(self) -> Iterable[StoredEvent]:
        dated = of_events(self._criteria) & Where("v_event.starts_on IS NOT NULL")
        rows = chain.from_iterable(self._reader.stored("v_event", _COLUMNS, dated, ("starts_on",)))
        if self._criteria != ALL:
            return self._events(rows)
        removed = _removed(self._reader, self._wish.removed_since)
        first = next(removed, None)
        if first is None:
            return self._events(rows)
        return merge(self._events(rows), chain([first], removed), key=_DAY)

    def _events(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[StoredEvent]:
        known: set[str | None] = {None, ""}
        for row in rows:
            cells = list(row)
            if cells[_COUNTRY]:
                cells[_COUNTRY] = _country(cells[_COUNTRY], cells[_CITY] or cells[_TITLE])
            event = StoredEvent._make(cells)
            if event.latitude is not None or event.longitude is not None:
                event = event._replace(latitude=_decimal(event.latitude), longitude=_decimal(event.longitude))
            if event.timezone not in known and event.start_time:
                check_zone(event.id, str(event.timezone))
                known.add(event.timezone)
            yield event


_DAY: Final = attrgetter("starts_on")


def _options(reader: Reader, wish: CalendarWish) -> CalendarOptions:
    return CalendarOptions(
        name=dict(wish.name or NAME),
        languages=wish.languages,
        main=reader.main_language(),
        utc=wish.utc,
        attendees=wish.attendees,
        program=PROGRAMS.get(wish.program, ANY),
    )


@lru_cache(maxsize=1024)
def _country(code: str, texts: str) -> str:
    """Return the name of a country in the languages of texts, in JSON as these are."""
    return json.dumps(countries(code, json.loads(texts), {}), ensure_ascii=False)


def _decimal(number: Any) -> Decimal | None:  # noqa: ANN401
    """Return a coordinate without zeros that say nothing: the same from float and Decimal."""
    from decimal import Decimal

    return None if number is None else Decimal(str(number)).normalize()


def _removed(reader: Reader, since: str) -> Iterator[StoredEvent]:
    """Yield what is left of removed events: their cancellation."""
    for removed in reader.removed_events(since):
        said: Mapping[str, Any] = removed["calendar"]  # type: ignore[assignment]
        plain = ("kind", "days", "start_time", "end_time", "timezone", "address", "starts_on", "ends_on")
        texts = ("title", "venue", "city")
        names = countries(said["country"], said["city"], said["title"])
        cells: dict[str, Any] = (
            dict.fromkeys(_COLUMNS)
            | {name: said[name] for name in plain}
            | {name: json.dumps(said[name]) if said[name] else None for name in texts}
            | {
                "id": removed["id"],
                "uid": removed["uid"],
                "sequence": said["sequence"],
                "created_at": said["created_at"],
                "dtstamp": removed["removed_at"],
                "status": "removed",
                "country": json.dumps(names) if names else None,
            }
        )
        yield StoredEvent(**cells)
