"""The words of the standards: properties and their types, where each may stand and how often, and fixed values."""

from __future__ import annotations

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """What a property's values are: its types, the default first; whether several stand in a line."""

    types: tuple[str, ...]
    many: bool = False


def _kinds(types: str, names: str, *, many: bool = False) -> dict[str, Kind]:
    return {name: Kind(tuple(types.split()), many) for name in names.split()}


KINDS: Final[dict[str, Kind]] = {
    **_kinds(
        "TEXT",
        "CALSCALE METHOD PRODID VERSION CLASS COMMENT DESCRIPTION LOCATION STATUS SUMMARY TZID TZNAME TRANSP CONTACT"
        " UID ACTION REQUEST-STATUS NAME COLOR GEO BUSYTYPE PARTICIPANT-TYPE RESOURCE-TYPE PROXIMITY REFID"
        " TZID-ALIAS-OF",
    ),
    **_kinds("TEXT", "CATEGORIES RESOURCES LOCATION-TYPE", many=True),
    **_kinds("URI", "TZURL URL SOURCE CONFERENCE CALENDAR-ADDRESS"),
    **_kinds("URI BINARY", "ATTACH IMAGE"),
    **_kinds("TEXT URI", "STYLED-DESCRIPTION"),
    **_kinds("TEXT URI BINARY", "STRUCTURED-DATA"),
    **_kinds("TEXT URI UID XML-REFERENCE", "LINK"),
    **_kinds("TEXT UID URI", "RELATED-TO"),
    **_kinds("URI", "CONCEPT"),
    **_kinds("CAL-ADDRESS", "ATTENDEE ORGANIZER"),
    **_kinds("INTEGER", "PERCENT-COMPLETE PRIORITY REPEAT SEQUENCE"),
    **_kinds("DATE-TIME", "DTSTAMP CREATED LAST-MODIFIED COMPLETED TZUNTIL ACKNOWLEDGED"),
    **_kinds("DATE-TIME DATE", "DTSTART DTEND DUE RECURRENCE-ID"),
    **_kinds("DATE-TIME DATE", "EXDATE", many=True),
    **_kinds("DATE-TIME DATE PERIOD", "RDATE", many=True),
    **_kinds("PERIOD", "FREEBUSY", many=True),
    **_kinds("DURATION", "DURATION REFRESH-INTERVAL ESTIMATED-DURATION"),
    **_kinds("DURATION DATE-TIME", "TRIGGER"),
    **_kinds("RECUR", "RRULE EXRULE"),
    **_kinds("UTC-OFFSET", "TZOFFSETFROM TZOFFSETTO"),
}
"""What the values of a property are (RFC 5545 §3.7 and §3.8, RFC 7986, RFC 9073, RFC 9074, RFC 9253)."""

UTC_ONLY: Final = {
    "ACKNOWLEDGED": "RFC 9074 §6.1",
    "COMPLETED": "RFC 5545 §3.8.2.1",
    "CREATED": "RFC 5545 §3.8.7.1",
    "DTSTAMP": "RFC 5545 §3.8.7.2",
    "LAST-MODIFIED": "RFC 5545 §3.8.7.3",
    "TZUNTIL": "RFC 7808 §7.1",
}
"""Properties whose value is a moment in UTC, whatever the type would allow, and where that is written."""

PARAMETER_VALUES: Final = {
    "CUTYPE": ("3.2.3", ("INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN")),
    "FBTYPE": ("3.2.9", ("FREE", "BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE")),
    "ENCODING": ("3.2.7", ("8BIT", "BASE64")),
    "PARTSTAT": (
        "3.2.12",
        ("NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED", "COMPLETED", "IN-PROCESS"),
    ),
    "RANGE": ("3.2.13", ("THISANDFUTURE",)),
    "RELATED": ("3.2.14", ("START", "END")),
    "ROLE": ("3.2.16", ("CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT")),
    "RSVP": ("3.2.17", ("TRUE", "FALSE")),
}
"""Parameters with fixed words: their paragraph in RFC 5545, and the words."""

OPEN_PARAMETERS: Final = ("CUTYPE", "FBTYPE", "PARTSTAT", "ROLE")
"""Parameters to whose words others may be added; what is not known reads as the default."""

STATUSES: Final = {
    "VEVENT": ("TENTATIVE", "CONFIRMED", "CANCELLED"),
    "VTODO": ("NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"),
    "VJOURNAL": ("DRAFT", "FINAL", "CANCELLED"),
}
METHODS: Final = ("PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER")

_ENTRY_ONCE: Final = (
    "CLASS CREATED DTSTART LAST-MODIFIED ORGANIZER RECURRENCE-ID SEQUENCE STATUS SUMMARY URL COLOR UID DTSTAMP"
)
_ENTRY_ANY: Final = (
    "ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE EXRULE REQUEST-STATUS RELATED-TO RDATE RRULE IMAGE CONFERENCE"
    " STYLED-DESCRIPTION STRUCTURED-DATA LINK CONCEPT REFID"
)


class Place(NamedTuple):
    """Which properties a component has: needed, at most once, and as often as wanted; and where that is written."""

    paragraph: str
    needed: tuple[str, ...]
    once: tuple[str, ...]
    any: tuple[str, ...]


def _place(paragraph: str, needed: str, once: str, any_: str) -> Place:
    return Place(paragraph, tuple(needed.split()), tuple(f"{needed} {once}".split()), tuple(any_.split()))


PLACES: Final = {
    "VCALENDAR": _place(
        "RFC 5545 §3.6",
        "PRODID VERSION",
        "CALSCALE METHOD UID LAST-MODIFIED URL REFRESH-INTERVAL SOURCE COLOR",
        "NAME DESCRIPTION CATEGORIES IMAGE CONCEPT LINK REFID",
    ),
    "VEVENT": _place(
        "RFC 5545 §3.6.1",
        "UID DTSTAMP",
        f"{_ENTRY_ONCE} DESCRIPTION GEO LOCATION PRIORITY TRANSP DTEND DURATION",
        f"{_ENTRY_ANY} RESOURCES",
    ),
    "VTODO": _place(
        "RFC 5545 §3.6.2",
        "UID DTSTAMP",
        f"{_ENTRY_ONCE} DESCRIPTION GEO LOCATION PRIORITY COMPLETED PERCENT-COMPLETE DUE DURATION ESTIMATED-DURATION",
        f"{_ENTRY_ANY} RESOURCES",
    ),
    "VJOURNAL": _place("RFC 5545 §3.6.3", "UID DTSTAMP", _ENTRY_ONCE, f"{_ENTRY_ANY} DESCRIPTION"),
    "VFREEBUSY": _place(
        "RFC 5545 §3.6.4",
        "UID DTSTAMP",
        "CONTACT DTSTART DTEND DURATION ORGANIZER URL",
        "ATTENDEE COMMENT FREEBUSY REQUEST-STATUS STYLED-DESCRIPTION STRUCTURED-DATA LINK",
    ),
    "VTIMEZONE": _place("RFC 5545 §3.6.5", "TZID", "LAST-MODIFIED TZURL TZUNTIL", "TZID-ALIAS-OF"),
    "STANDARD": _place("RFC 5545 §3.6.5", "DTSTART TZOFFSETTO TZOFFSETFROM", "RRULE", "COMMENT RDATE TZNAME"),
    "DAYLIGHT": _place("RFC 5545 §3.6.5", "DTSTART TZOFFSETTO TZOFFSETFROM", "RRULE", "COMMENT RDATE TZNAME"),
    "VALARM": _place(
        "RFC 5545 §3.6.6",
        "ACTION TRIGGER",
        "DESCRIPTION SUMMARY DURATION REPEAT UID ACKNOWLEDGED PROXIMITY",
        "ATTENDEE ATTACH RELATED-TO STYLED-DESCRIPTION STRUCTURED-DATA",
    ),
    "PARTICIPANT": _place(
        "RFC 9073 §7.1",
        "UID PARTICIPANT-TYPE",
        "CALENDAR-ADDRESS CREATED DESCRIPTION DTSTAMP GEO LAST-MODIFIED PRIORITY SEQUENCE STATUS SUMMARY URL",
        "ATTACH CATEGORIES COMMENT CONTACT LOCATION REQUEST-STATUS RELATED-TO RESOURCES STYLED-DESCRIPTION"
        " STRUCTURED-DATA NAME LINK",
    ),
    "VLOCATION": _place(
        "RFC 9073 §7.2", "UID", "DESCRIPTION GEO LOCATION-TYPE NAME URL", "STRUCTURED-DATA STYLED-DESCRIPTION LINK"
    ),
    "VRESOURCE": _place(
        "RFC 9073 §7.3", "UID", "DESCRIPTION GEO NAME RESOURCE-TYPE", "STRUCTURED-DATA STYLED-DESCRIPTION LINK"
    ),
}  # fmt: skip
"""The properties of every component; others are told as being out of place."""

INSIDE: Final = {
    "VCALENDAR": ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY", "VPOLL"),
    "VEVENT": ("VALARM", "PARTICIPANT", "VLOCATION", "VRESOURCE"),
    "VTODO": ("VALARM", "PARTICIPANT", "VLOCATION", "VRESOURCE"),
    "VJOURNAL": ("PARTICIPANT", "VLOCATION", "VRESOURCE"),
    "VFREEBUSY": ("PARTICIPANT", "VLOCATION", "VRESOURCE"),
    "VTIMEZONE": ("STANDARD", "DAYLIGHT"),
    "STANDARD": (),
    "DAYLIGHT": (),
    "VALARM": ("VLOCATION",),
    "PARTICIPANT": ("VLOCATION", "VRESOURCE"),
    "VLOCATION": (),
    "VRESOURCE": (),
}
"""Which components stand within which (RFC 5545 §3.6, RFC 9073 §7, RFC 7953)."""
