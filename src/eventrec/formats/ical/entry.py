"""One event of a calendar, with all that its properties say (RFC 5545 §3.8)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.ical import parties
from eventrec.formats.ical.hypertext import is_html, text_of
from eventrec.formats.ical.incoming import IncomingEvent, short_uid
from eventrec.formats.ical.ours import taken_apart
from eventrec.formats.line_reader import BETWEEN, by_script, components, language_of, named_language
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.incoming import Properties, Times

_STATUSES: Final = ("TENTATIVE", "CONFIRMED", "CANCELLED")
_ONLINE: Final = (
    "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "X-GOOGLE-HANGOUT",
)  # fmt: skip
_MEETING: Final = re.compile(
    r"https://(?:teams\.microsoft\.com/(?:l/meetup-join|meet)/|teams\.live\.com/meet/|[\w.-]{0,253}\bzoom\.(?:us|com\.cn)/[jw]/"
    r"|meet\.google\.com/[a-z]|[\w.-]{1,253}\.webex\.com/|meeting\.tencent\.com/|voovmeeting\.com/|[\w.-]{0,253}\bfeishu\.cn/j/"
    r"|meet\.jit\.si/|[\w.-]{0,253}bigbluebutton[\w.-]{0,253}/)[^\s<>\"]*"
)
_APPLE_PLACE: Final = re.compile(r"geo:(-?[0-9.]{1,20}),(-?[0-9.]{1,20}).*", re.IGNORECASE)
_PLAIN_UTC: Final = re.compile(r"([1-9][0-9]{3})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z")
_LONGEST_LIST: Final = 20_000
_HOURS: Final = {"en": "Hours in the calendar: ", "zh": "日历中的时间："}


class _Texts(NamedTuple):
    """What DESCRIPTION and LOCATION say, sorted."""

    description: Localized | None
    location: str | None
    online_url: str | None
    status_reason: str | None = None
    postponed: bool = False
    removed: bool = False


def event_of(
    said: Properties, when: Times | None, series_day: str | None = None, series: Properties | None = None
) -> IncomingEvent:
    """Return the event that the properties say; `when` are its days, `series_day` which day of a `series` it is.

    Without days it is an event whose date is not known.
    """
    title = _title(said)
    texts = _our_texts(said) if said.calendar.is_ours else _texts(said)
    status = "CANCELLED" if said.calendar.method == "CANCEL" else said.text("STATUS").upper()
    sequence = said.text("SEQUENCE")
    contact = said.line("CONTACT")
    return IncomingEvent(
        said.begin,
        _uid(said, series or said, title),
        title,
        when and when.starts_on,
        when and when.ends_on,
        sequence=int(sequence) if re.fullmatch(r"[0-9]{1,9}", sequence) else 0,
        status=status if status in _STATUSES else None,
        description=_with_hours(texts.description, when.spoken if when else "", title),
        location=texts.location,
        categories=tuple(_categories(said)),
        start_time=when and when.start_time,
        end_time=when and when.end_time,
        timezone=when and when.timezone,
        url=said.text("URL") or None,
        online_url=texts.online_url,
        organizer=parties.organizer(said),
        contact=contact.text.strip() if contact else None,
        contact_party=parties.contact(said),
        attendees=tuple(parties.attendees(said)),
        parent_uid=_parent(said),
        series_day=series_day,
        of_whole_series=series is not None,
        is_ours=said.calendar.is_ours,
        method=said.calendar.method,
        postponed=texts.postponed,
        status_reason=texts.status_reason,
        removed=texts.removed,
        created=_moment_in_utc(said, "CREATED"),
        modified=_moment_in_utc(said, "LAST-MODIFIED") or _moment_in_utc(said, "DTSTAMP"),
        geo=_geo(said),
    )


def _uid(said: Properties, first: Properties, title: Localized) -> str:
    """Return what an event is known by: a text that is the same for the same event in any file.

    Without UID it is the title and the start, of a series that of its `first` entry.
    """
    uid = said.text("UID")
    if not uid:
        first.tell("No UID, so the event is known by its title and time, the event at")
        line = first.line("DTSTART")
        return short_uid(" ".join((title.both(), line.value.strip() if line else "")))
    short = short_uid(uid)
    if short != uid:
        said.tell("A UID of more than 1,000 octets, so the event is known by a shorter one, the event at")
    return short


def _title(said: Properties) -> Localized:
    """Return the title by language; “English / 中文” is two. LANGUAGE is believed where the script allows it."""
    line = said.line("SUMMARY")
    if line and said.calendar.is_ours:
        return by_script(line.text.split(" / "), " / ", "en") or Localized({language_of(line.text): line.text})
    value = " ".join(line.text.split()) if line else ""
    if line is None or not value:
        if said.calendar.method != "CANCEL":  # which need not say it
            said.tell("No title (SUMMARY), the event at")
        return Localized({"en": "Untitled"})
    main = named_language(line).split("-")[0] or "en"
    found = by_script([part.strip() for part in BETWEEN.split(value)], " / ", main)
    return found or Localized({language_of(value, main): value})


def _our_texts(said: Properties) -> _Texts:
    """Return the texts of an event that we wrote, as they were before we did."""
    line, place = said.line("DESCRIPTION"), said.line("LOCATION")
    ours = taken_apart(said, line.text if line else "", said.text("CONFERENCE") or None)
    text = "\n\n".join(ours.paragraphs)
    found = by_script(ours.paragraphs, "\n\n", "en") or Localized({language_of(text): text})
    return _Texts(
        found if text else None,
        place.text if place else None,
        ours.online_url,
        ours.status_reason,
        ours.postponed,
        ours.removed,
    )


def _texts(said: Properties) -> _Texts:
    """Return the texts of anybody else's event; HTML becomes text, a link to a meeting is found where it stands."""
    line = said.line("DESCRIPTION")
    text = line.text.replace("\r\n", "\n").replace("\r", "\n").strip() if line else ""
    other = said.line("X-ALT-DESC")
    if not text and other is not None:
        text = text_of(other.text) if is_html(other.text) else other.text.strip()
    elif is_html(text):
        text = text_of(text)
    location = " ".join(said.text("LOCATION").split())
    online = _online_url(said)
    if online is None and (found := _MEETING.search(location) or _MEETING.search(text)):
        online = found[0].rstrip(".,;)>]")
    if online and location == online:
        location = ""
    main = named_language(line).split("-")[0] if line else ""
    description = Localized({language_of(text, main or "en"): text}) if text else None
    return _Texts(description, location or _apple_place(said), online)


def _with_hours(description: Localized | None, spoken: str | None, title: Localized) -> Localized | None:
    """Add the hours that no column can keep to the description, in each of its languages."""
    if spoken is None:
        return description
    texts = description or Localized(dict.fromkeys(title, ""))
    said = {tag: f"{_HOURS.get(tag.split('-')[0], _HOURS['en'])}{spoken}" for tag in texts}
    return Localized({tag: f"{text}\n\n{said[tag]}".strip() for tag, text in texts.items()})


def _categories(said: Properties) -> Iterator[str]:
    """Yield the categories, each once; of our own calendars as they stand, since the first is the kind."""
    separator = ";" if said.calendar.version == "1.0" else ","
    lines = [line for line in said.lines("CATEGORIES") if len(line.value) <= _LONGEST_LIST]
    words = [word.strip() for line in lines for word in components(line.decoded, separator)]
    yield from filter(None, words if said.calendar.is_ours else dict.fromkeys(words))


def _online_url(said: Properties) -> str | None:
    """Return the link to join by: a CONFERENCE with video before one by phone (RFC 7986 §5.11)."""
    links = [line for name in _ONLINE for line in said.lines(name)]
    links.sort(key=lambda line: (line.value.lower().startswith("tel:"), "VIDEO" not in line.first("FEATURE").upper()))
    return links[0].text.strip() if links else None


def _parent(said: Properties) -> str | None:
    """Return the uid of the event to which this one belongs; PARENT is what RELTYPE is without a word."""
    lines = (line for line in said.lines("RELATED-TO") if line.first("RELTYPE").upper() in ("", "PARENT"))
    return next((short_uid(line.text.strip()) for line in lines), None)


def _apple_place(said: Properties) -> str | None:
    line = said.line("X-APPLE-STRUCTURED-LOCATION")
    if line is None:
        return None
    words = (line.first("X-TITLE"), line.first("X-ADDRESS").replace("\\n", ", ").replace("\n", ", "))
    return ", ".join(dict.fromkeys(" ".join(word.replace("\\,", ",").split()) for word in words if word)) or None


def _moment_in_utc(said: Properties, name: str) -> str | None:
    line = said.line(name)
    return _in_utc(line.value) if line else None


@lru_cache(maxsize=1_000)
def _in_utc(value: str) -> str | None:
    """Return a moment in UTC; many entries of a file have the same."""
    try:
        if found := _PLAIN_UTC.fullmatch(value):
            moment = datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
            return f"{moment.replace(tzinfo=None).isoformat()}Z"
        moment = datetime.strptime(value.strip().upper(), "%Y%m%dT%H%M%S%z")
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment.year >= 1000 else None
    except (ValueError, OverflowError):
        return None


def _geo(said: Properties) -> tuple[Decimal, Decimal] | None:
    line = said.line("X-APPLE-STRUCTURED-LOCATION")
    apple = _APPLE_PLACE.fullmatch(line.value.strip()) if line else None
    text = said.text("GEO") or (f"{apple[1]};{apple[2]}" if apple else "")
    if not text:
        return None
    try:
        latitude, longitude = (Decimal(part.strip()) for part in re.split("[;,]", text))
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    except (ValueError, InvalidOperation):
        pass
    said.tell("A place that is none (GEO), left out, the event at")
    return None
