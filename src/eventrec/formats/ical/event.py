"""One event as a VEVENT (RFC 5545, 3.6.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from eventrec.formats.content_lines import escape_text, parameter
from eventrec.formats.ical.texts import CALLED_OFF, called_off, joining, paragraphs, place, read, speaker
from eventrec.formats.ical.times import Zones, has_hours, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.formats.ical.records import CalendarOptions, StoredAttendee, StoredEvent

_STATUS: Final = {
    "planned": "TENTATIVE",
    "tentative": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
    "removed": "CANCELLED",
}
_PARTSTAT: Final = {
    "registered": "TENTATIVE",
    "confirmed": "ACCEPTED",
    "attended": "ACCEPTED",
    "declined": "DECLINED",
    "cancelled": "DECLINED",
    "no-show": "DECLINED",
}
_ROLES: Final = {
    "chair": "CHAIR",
    "staff": "NON-PARTICIPANT",
    "donor": "NON-PARTICIPANT",
}
_KEPT: Final = 1024
"""How many places, names and lists are remembered as they were written: they come again and again."""

_PLAIN_ADDRESS: Final = re.compile(r"[A-Za-z0-9@!$&'*+/=~\-._]*")
_PLAIN_URI: Final = re.compile(r"[A-Za-z0-9%:/?#\[\]@!$&'()*+,;=~\-._]*")


class EventWriter:
    """Writes events for one calendar, each as its lines with CRLF, not folded; notes the zones that they need."""

    def __init__(self, options: CalendarOptions) -> None:
        self.zones = Zones()
        self._options = options
        self._say = speaker(options)
        self._location = lru_cache(_KEPT)(self._where)
        self._categories = lru_cache(_KEPT)(_categories)
        self._contact = lru_cache(_KEPT)(self._reached)
        self._organizer = lru_cache(_KEPT)(self._invited)
        self._join = joining(options)

    def text(self, event: StoredEvent, attendees: Sequence[StoredAttendee] = ()) -> str:
        """Return one VEVENT. DTSTAMP is LAST-MODIFIED: without METHOD by 3.8.7.2, with one as no clock is."""
        created, modified, options = event.created_at, event.dtstamp, self._options
        moment, status = _moment(modified), _STATUS[event.status]
        busy = status != "CANCELLED" and has_hours(event)  # nothing that is called off does (3.8.2.7)
        # who is called off from an event that takes place must not read a STATUS (RFC 5546 §3.2.5)
        said = "" if options.method == "CANCEL" and status != "CANCELLED" else f"STATUS:{status}\r\n"
        contact, organizer = event.contact, event.organizer if event.organizer_email else None
        return (
            f"BEGIN:VEVENT\r\nUID:{event.uid}\r\nDTSTAMP:{moment}\r\n"
            f"CREATED:{moment if created >= modified else _moment(created)}\r\nLAST-MODIFIED:{moment}\r\n"
            f"SEQUENCE:{event.sequence:d}\r\n{said}{times(event, self.zones, utc=options.utc)}"
            f"SUMMARY:{escape_text(self._say(read(event.title)))}\r\n{self._description(event)}"
            f"{self._location(event.venue, event.address, event.city, event.country)}"
            f"{self._categories(event.kind, event.projects, event.topics)}"
            f"{_links(event)}{self._on_a_map(event) if options.program.on_a_map else ''}"
            f"{self._contact(contact, event.contact_email) if contact else ''}"
            f"{self._organizer(organizer, event.organizer_email) if organizer else ''}"
            f"{self._attendees(attendees) if attendees and options.attendees else ''}"
            f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}\r\n"
            f"{_busy_status(busy, status) if options.program.busy_status else ''}END:VEVENT\r\n"
        )

    def _description(self, event: StoredEvent) -> str:
        text = self._say(read(event.description), "\n\n") if event.description else ""
        if event.status in CALLED_OFF:
            text = paragraphs(text, called_off(event.status, event.status_reason, self._options))
        if event.online_url:
            text = paragraphs(text, self._join + event.online_url)
        return f"DESCRIPTION:{escape_text(text)}\r\n" if text else ""

    def _where(self, venue: str | None, address: str | None, city: str | None, country: str | None) -> str:
        text = self._place(venue, address, city, country)
        return f"LOCATION:{escape_text(text)}\r\n" if text else ""

    def _place(self, venue: str | None, address: str | None, city: str | None, country: str | None) -> str:
        said, in_city, in_country = (text and read(text) for text in (venue, city, country))
        return place((said, address, in_city, in_country), self._options)

    def _on_a_map(self, event: StoredEvent) -> str:
        """Return the place with its coordinates as Apple's Calendar shows it on a map."""
        if event.latitude is None or event.longitude is None:
            return ""
        location = self._place(event.venue, event.address, event.city, event.country)
        title = parameter(location or self._say(read(event.title)))
        where = f"geo:{event.latitude:f},{event.longitude:f}"
        return f"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE={title}:{where}\r\n"

    def _reached(self, name: str, email: str | None) -> str:
        said = self._say(read(name))
        return f"CONTACT:{escape_text(f'{said}, {email}' if email else said)}\r\n"

    def _invited(self, name: str, email: str) -> str:
        said = self._say(read(name))
        return f"ORGANIZER{f';CN={parameter(said)}' if said else ''}:{_mailto(email)}\r\n"

    def _attendees(self, attendees: Sequence[StoredAttendee]) -> str:
        """Return them by name: the same people give the same lines whatever their records' order."""
        return "".join([f"{line}\r\n" for line in sorted(map(self._attendee, attendees))])

    def _attendee(self, attendee: StoredAttendee) -> str:
        kind = ";CUTYPE=GROUP" if attendee.group else ";CUTYPE=INDIVIDUAL" if self._options.method else ""
        role = _ROLES.get(attendee.role, "REQ-PARTICIPANT")
        answer = attendee.answer or _PARTSTAT.get(attendee.status, "NEEDS-ACTION")
        reply = ";RSVP=TRUE" if attendee.asked else ""
        name = f";CN={parameter(self._say(read(attendee.name)))}"
        return f"ATTENDEE{name}{kind};ROLE={role};PARTSTAT={answer}{reply}:{_mailto(attendee.email)}"


def _busy_status(busy: bool, status: str) -> str:
    word = "FREE" if not busy else "TENTATIVE" if status == "TENTATIVE" else "BUSY"
    return f"X-MICROSOFT-CDO-BUSYSTATUS:{word}\r\n"


def _categories(kind: str, projects: str | None, topics: str | None) -> str:
    words = (kind, *read(projects or "[]"), *read(topics or "[]"))
    return f"CATEGORIES:{','.join(map(escape_text, words))}\r\n"


def _links(event: StoredEvent) -> str:
    text = ""
    if event.latitude is not None and event.longitude is not None:
        text = f"GEO:{event.latitude:f};{event.longitude:f}\r\n"
    if event.source_url:
        text += f"URL:{_uri(event.source_url)}\r\n"
    if event.online_url:  # RFC 7986, 5.11
        link = _uri(event.online_url).replace(",", "%2C").replace(";", "%3B")  # vobject and Radicale end it there
        text += f"CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Online:{link}\r\n"
    if event.parent_uid:
        text += f"RELATED-TO;RELTYPE=PARENT:{event.parent_uid}\r\n"
    return text


def _uri(text: str) -> str:
    """Return an address with everything but URI characters percent-encoded (RFC 3986)."""
    return text if _PLAIN_URI.fullmatch(text) else quote(text, safe="%:/?#[]@!$&'()*+,;=~-._")


def _mailto(email: str) -> str:
    """Return an address as a URI; what would end it there is encoded too (RFC 6068)."""
    return f"mailto:{email}" if _PLAIN_ADDRESS.fullmatch(email) else "mailto:" + quote(email, safe="@!$&'*+/=~-._")


def _moment(text: str) -> str:
    return text.replace("-", "").replace(":", "")
