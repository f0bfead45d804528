"""What an entry of a calendar says, as columns of an event."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.errors import Rejected
from eventrec.formats.ical.records import CalendarOptions
from eventrec.formats.ical.texts import place
from eventrec.formats.line_reader import BETWEEN, by_script, language_of
from eventrec.localized import Localized
from eventrec.text.places import country_name, find_city, read_country
from eventrec.vocabulary import EVENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Container

    from eventrec.formats.ical.incoming import IncomingEvent

_SIXTH: Final = Decimal("0.000001")
"""As exact as the book keeps a place: 10 cm."""

_STATUS: Final = {"TENTATIVE": "tentative", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}


_LINK: Final = re.compile(r"https?://\S*", re.IGNORECASE)
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_MEETING: Final = r"(?:meeting|conference|call|session|event|link|besprechung|会议|會議)"
_ONE: Final = (
    r"(?:réunion )?(?:(?:by|via|on|par|通过|使用) ?)?"
    r"(?:(?:microsoft |ms )?teams|skype(?: for business)?|zoom(?: us)?|google ?meet|google hangouts?"
    r"|(?:cisco )?webex|voov|tencent|(?:jitsi|lark|big ?blue ?button|go ?to)(?: meet)?"
    r"|on ?line|virtual(?:ly)?|remote(?:ly)?|video|web|webinar|videokonferenz|visioconférence|en ligne|en línea"
    r"|在线|在線|线上|線上|网上|網上|远程|遠程|视频|視頻|腾讯|騰訊|飞书|飛書|钉钉|釘釘|企业微信)"
    rf"(?: ?{_MEETING}){{0,2}}"
)
_ONLINE: Final = re.compile(f"{_ONE}(?: {_ONE})*")
_LONGEST: Final = 200


def says_only_online(location: str) -> bool:
    """Tell whether LOCATION names no place: it is empty, or only says that the event is online, and with what."""
    if len(location) > _LONGEST:
        return False
    words = _BETWEEN_WORDS.sub(" ", _LINK.sub(" ", location)).strip().casefold()
    return not words or _ONLINE.fullmatch(words) is not None


class Categories(NamedTuple):
    """What CATEGORIES say: one of our kinds, codes of the book's projects, and other words."""

    kind: str | None
    projects: list[str]
    topics: list[str]


class Place(NamedTuple):
    """Where an event is."""

    venue: Localized | None = None
    address: str | None = None
    city: Localized | None = None
    country: str | None = None


def categories(incoming: IncomingEvent, codes: Container[str]) -> Categories:
    """Sort the words of CATEGORIES. Our own calendars have the kind first; in others any word may be one."""
    words = list(incoming.categories)
    if incoming.is_ours and words and words[0] in EVENT_KINDS:
        kind: str | None = words[0]
        others = words[1:]
    else:
        kind = next((word for word in words if word in EVENT_KINDS), None)
        others = [word for word in words if word not in EVENT_KINDS]
    return Categories(kind, [word for word in others if word in codes], [word for word in others if word not in codes])


def columns(incoming: IncomingEvent, main: str) -> dict[str, Any]:
    """Return what an entry says but its title and categories, as columns of `Event`; None for what it does not."""
    latitude, longitude = (each.quantize(_SIXTH) for each in incoming.geo) if incoming.geo else (None, None)
    return {
        "description": incoming.description,
        "starts_on": incoming.starts_on,
        "ends_on": incoming.ends_on,
        "start_time": incoming.start_time,
        "end_time": incoming.end_time,
        "timezone": incoming.timezone,
        "source_url": incoming.url,
        "online_url": incoming.online_url,
        "modality": "online" if incoming.online_url and says_only_online(incoming.location or "") else None,
        "latitude": latitude,
        "longitude": longitude,
        "status": status(incoming),
        "status_reason": incoming.status_reason if incoming.status == "CANCELLED" else None,
        **where(incoming, main)._asdict(),
    }


def status(incoming: IncomingEvent) -> str | None:
    """Return the status that an entry says; what has no date yet is not certain, whatever it says."""
    if incoming.postponed and incoming.status == "CANCELLED":
        return "postponed"
    found = _STATUS.get(incoming.status or "")
    return None if found == "confirmed" and incoming.starts_on is None else found


def where(incoming: IncomingEvent, main: str) -> Place:
    """Return the place: of our own calendars taken apart where that is certain, else LOCATION as an address."""
    found = apart(incoming.location, main) if incoming.is_ours and incoming.location else None
    return found or Place(address=incoming.location)


@lru_cache(maxsize=10_000)
def apart(text: str, main: str) -> Place | None:
    """Take “venue, address, city, country” apart.

    None unless country and city are known and the parts, put together again, give the same text.
    """
    *rest, city_text, country_text = ["", "", *text.split(", ")]
    try:
        codes = {read_country(name) for name in BETWEEN.split(country_text)}
    except Rejected:
        return None
    country = codes.pop()
    if codes:
        return None
    city = _in_languages(city_text, main)
    if not any(find_city(name, country) for name in city.values() if name):
        return None
    venue, *address = [part for part in rest if part] or [""]
    found = Place(_in_languages(venue, main) if venue else None, ", ".join(address) or None, city, country)
    return found if written(found, main, "both") == text else None


def written(where: Place, main: str, languages: str) -> str:
    """Return the place as LOCATION has it, in `both` languages or in one."""
    country = {tag: country_name(str(where.country), tag) for tag in where.city or (main,)} if where.country else None
    options = CalendarOptions({}, languages=languages, main=main)
    return place((where.venue, where.address, where.city, country), options)


def _in_languages(text: str, main: str) -> Localized:
    """Return a text by language; “Beijing / 北京” is two."""
    return by_script(BETWEEN.split(text), " / ", main) or Localized({language_of(text, main): text})
