"""What a calendar is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.ical.programs import ANY, Program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal


OWN_ZONE: Final = "X-EVENTREC-TZID"
"""The property that names the zone of hours that are written in UTC (RFC 5545 §3.8.8.2)."""


@dataclass(frozen=True)
class Party:
    """An organizer or a contact: a name in each language, and an e-mail address where there is one."""

    name: Mapping[str, str]
    email: str | None = None


@dataclass(frozen=True)
class Attendee:
    """Somebody who takes part; `group` for an agency. Role and status are words of the vocabulary.

    `modified` is when anything of this changed, UTC, YYYY-MM-DDTHH:MM:SSZ.
    Of somebody who is invited, `answer` is the word of PARTSTAT (RFC 5545 §3.2.12), else the status tells it; `asked`
    tells that a reply is wanted. `contact_id` is the person's number, which is written nowhere.
    """

    name: Mapping[str, str]
    email: str | None
    role: str
    status: str
    group: bool = False
    modified: str = ""
    answer: str = ""
    asked: bool = False
    contact_id: int | None = None


@dataclass(frozen=True)
class CalendarEvent:
    """An event with its dates, both inclusive, and hours of each day (HH:MM) in `timezone`.

    `created` and `modified` are UTC, YYYY-MM-DDTHH:MM:SSZ; `uid` is a UUID. `days` is given when fewer days than from
    first to last are meant. `country` is a name by language. A removed event is what is left of one: its cancellation.
    """

    uid: str
    sequence: int
    created: str
    modified: str
    status: str
    title: Mapping[str, str]
    starts_on: date
    ends_on: date
    status_reason: str | None = None
    description: Mapping[str, str] = field(default_factory=dict)
    kind: str = "other"
    projects: Sequence[str] = ()
    topics: Sequence[str] = ()
    start_time: str | None = None
    end_time: str | None = None
    timezone: str | None = None
    days: int | None = None
    venue: Mapping[str, str] | None = None
    address: str | None = None
    city: Mapping[str, str] | None = None
    country: Mapping[str, str] | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    online_url: str | None = None
    source_url: str | None = None
    parent_uid: str | None = None
    organizer: Party | None = None
    contact: Party | None = None
    attendees: Sequence[Attendee] = ()
    removed: bool = False


class StoredAttendee(NamedTuple):
    """Somebody who takes part, as the book holds it: the name is JSON. See `Attendee`."""

    name: str
    email: str
    role: str
    status: str
    group: bool = False
    modified: str = ""
    contact_id: int | None = None
    answer: str = ""
    asked: bool = False


class StoredEvent(NamedTuple):
    """An event as the book holds it: ISO days, hours HH:MM, moments UTC; texts by language and lists are JSON.

    The names are those of the columns of v_event, but that `country` is a name by language. The status of what is left
    of a removed event is `removed`.
    """

    uid: str
    sequence: int
    created_at: str
    dtstamp: str
    status: str
    status_reason: str | None
    title: str
    description: str | None
    kind: str
    projects: str | None
    topics: str | None
    starts_on: str
    ends_on: str
    start_time: str | None
    end_time: str | None
    timezone: str | None
    days: int | None
    venue: str | None
    address: str | None
    city: str | None
    country: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    online_url: str | None
    source_url: str | None
    parent_uid: str | None
    organizer: str | None
    organizer_email: str | None
    contact: str | None
    contact_email: str | None
    id: int = 0
    contact_id: int | None = None


@dataclass(frozen=True)
class CalendarOptions:
    """The calendar's name in each language, and how texts and hours are written.

    `languages` is `both` or one tag; `main` comes first. With `utc` hours are in UTC, for readers without zones.
    `program` is the one that the calendar is for. One that is `subscribed` to says its name also with a single event.
    `method` makes it a message from the organizer to an attendee (RFC 5546): REQUEST or CANCEL.
    """

    name: Mapping[str, str]
    languages: str = "both"
    main: str = "en"
    utc: bool = False
    attendees: bool = False
    program: Program = ANY
    subscribed: bool = False
    method: str = ""
