"""From options as typed to the fields of records. An option that was not given leaves its field alone.

The command line gives them as they were typed; a script's values are made to look like that (`edits.given`).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, Protocol

from eventrec.errors import ChoiceNeeded, Rejected, UsageError
from eventrec.retention import LONGEST
from eventrec.text.names import clean, read_localized
from eventrec.vocabulary import AGENCY_PARTY_ROLES, CONTACT_PARTY_ROLES, PARTY_ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from eventrec.book import Work
    from eventrec.localized import Localized
    from eventrec.services.affiliation import Place
    from eventrec.services.event import ProjectShare
    from eventrec.services.points import Point
    from eventrec.services.project import Party

NONE: Final = "none"


class Asking(Protocol):
    """Who gives the options: what day it is there, and how to tell what was understood."""

    @property
    def today(self) -> date:
        """The day there."""

    def say(self, text: str) -> None:
        """Tell something."""


_LONG: Final = 20_000
_LOCALIZED: Final = {
    "title": ("title", 500),
    "name": ("name", 300),
    "city": ("city", 100),
    "venue": ("venue", 300),
    "description": ("description", _LONG),
    "results": ("results", _LONG),
    "funding": ("funding_statement", 1000),
    "position": ("position", 300),
    "label": ("label", 300),
}
_PLAIN: Final = {
    "date_note": 200,
    "address": 500,
    "online_url": 2000,
    "source_url": 2000,
    "website": 2000,
    "contract_number": 100,
    "side": 50,
    "family_name": 100,
    "given_name": 100,
    "honorific": 50,
    "reason": 500,
    "code": 31,
}
_WORDS: Final = ("kind", "status", "modality", "days", "sex", "role", "source")


def fields(options: Mapping[str, Any], main: str) -> dict[str, Any]:
    """Return the columns that are the same in every record: names, texts, words; an empty text empties its column."""
    found: dict[str, Any] = {name: options[name] for name in _WORDS if options.get(name) is not None}
    for option, (column, limit) in _LOCALIZED.items():
        if options.get(option):
            lines = limit == _LONG
            found[column] = localized(options[option], option.replace("_", " "), main, limit, lines=lines)
    for option, limit in _PLAIN.items():
        text = options.get(option)
        if text is not None:
            found[option] = clean(text, option.replace("_", " "), limit) if text.strip() else None
    if options.get("note") is not None:
        found["note"] = clean(options["note"], "note", _LONG, lines=True) if options["note"].strip() else None
    for option in ("online_url", "source_url", "website"):
        if found.get(option):
            _check_url(found[option], option)
    return found


def localized(words: Sequence[str], what: str, main: str, limit: int, *, lines: bool = False) -> Localized | None:
    """Return a text in its languages; one that is given as empty is none."""
    if not any(word.strip() for word in words):
        if what in ("title", "name"):
            raise Rejected(f"The {what} is empty.", "Give it in at least one language.")
        return None
    return read_localized(words, what, main, limit, lines=lines)


def event_fields(asking: Asking, options: Mapping[str, Any], main: str) -> dict[str, Any]:
    """Return the columns of an event or a site visit."""
    found = fields(options, main)
    found |= _dates(asking, options)
    if options.get("time"):
        from eventrec.text.times import read_hours

        hours = (None, None) if options["time"] == NONE else read_hours(options["time"])
        found["start_time"], found["end_time"] = hours
    if options.get("timezone"):
        from eventrec.text.times import read_timezone

        found["timezone"], translated = read_timezone(options["timezone"])
        if translated:
            asking.say(translated)
    if options.get("country") is not None:
        found["country"] = country(options["country"])
    if options.get("at"):
        found["latitude"], found["longitude"] = _coordinates(options["at"])
    if options.get("topic"):
        found["topics"] = [clean(topic, "topic", 100) for topic in options["topic"]]
    if "reason" in found:
        found["status_reason"] = found.pop("reason")
    return found


def _dates(asking: Asking, options: Mapping[str, Any]) -> dict[str, Any]:
    if options.get("date") is None:
        return {}
    if options["date"].strip().lower() == NONE:
        return {"starts_on": None, "ends_on": None}
    from eventrec.text.dates import read_dates

    first, last = read_dates(options["date"], asking.today)
    return {"starts_on": first, "ends_on": last}


def country(text: str) -> str | None:
    """Return the ISO code of a country in English or Chinese; an empty text is none."""
    from eventrec.text.places import read_country

    return read_country(text) if text.strip() else None


def _coordinates(text: str) -> tuple[Decimal | None, Decimal | None]:
    if text == NONE:
        return None, None
    try:
        latitude, longitude = (Decimal(part.strip()) for part in text.split(","))
    except (ValueError, InvalidOperation) as error:
        raise Rejected(f"“{text}” is no latitude and longitude.", "Write it as 39.9042,116.4074.") from error
    if not (latitude.is_finite() and longitude.is_finite() and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Rejected(
            f"“{text}” is no place on Earth: latitude is -90 to 90, longitude -180 to 180.",
            "Write latitude first: 39.9042,116.4074.",
        )
    return latitude, longitude


def _check_url(text: str, what: str) -> None:
    if not text.startswith(("http://", "https://")) or " " in text or len(text) < 10:
        raise Rejected(f"“{text}” is no web address ({what.replace('_', ' ')}).", "It starts with https://")


def share(text: str) -> tuple[str, Decimal | None]:
    """Split `CODE=60` into the reference and the share in per cent."""
    reference, equals, number = text.rpartition("=")
    if not equals:
        return text, None
    try:
        value = Decimal(number.strip().rstrip("%"))
    except InvalidOperation as error:
        raise Rejected(f"“{number}” is no share of “{reference}”.", "Write it as MMSP-III=60.") from error
    if not value.is_finite() or not 0 <= value <= 100:
        raise Rejected(f"A share lies between 0 and 100 per cent, not {number}.", f"Write it as {reference}=60.")
    return reference, value


def shares(work: Work, options: Mapping[str, Any]) -> list[ProjectShare]:
    """Return the projects that pay, with their shares."""
    from eventrec.services.event import ProjectShare

    split = [share(text) for text in options.get("project") or ()]
    return [ProjectShare(work.find("project", reference).id, percent) for reference, percent in split]


def parties(work: Work, options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return role and agency of all that organize the event."""
    roles = ("organizer", "co-organizer", "host", "facilitator")
    return [
        (role, work.find("agency", reference).id)
        for role in roles
        for reference in options.get(role.replace("-", "_")) or ()
    ]


def linked(work: Work, options: Mapping[str, Any], **columns: str) -> dict[str, Any]:
    """Return the numbers of records that options refer to: `contact="contact_id"`; “none” empties the column."""
    found: dict[str, Any] = {}
    for option, column in columns.items():
        text = options.get(option)
        if text is not None:
            noun = {"parent": column.split(":")[0], "successor": "agency"}.get(option, option)
            found[column.split(":")[-1]] = None if text.lower() in ("", NONE) else work.find(noun, text).id
    return found


def points(options: Mapping[str, Any], country_code: str | None) -> list[Point]:
    """Return the ways to reach somebody: e-mail, phone, mobile, WeChat, web address, postal address."""
    from eventrec.services.points import Point

    found: list[Point] = []
    if options.get("email"):
        from eventrec.text.emails import read_email

        found += [Point("email", read_email(text)) for text in options["email"]]
    for kind in ("phone", "mobile"):
        if options.get(kind):
            from eventrec.text.phones import read_phone

            found += [Point(kind, read_phone(text, country_code)) for text in options[kind]]
    for kind, limit in (("wechat", 100), ("url", 2000), ("postal", 500)):
        named = "address" if kind == "postal" else kind
        found += [Point(named, clean(text, kind, limit)) for text in options.get(kind) or ()]
    return found


def project_dates(asking: Asking, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return first and last day of a project."""
    return _dates(asking, options)


def project_parties(work: Work, options: Mapping[str, Any]) -> list[Party]:
    """Return the agencies and contacts with a role in a project."""
    from eventrec.services.project import Party

    found = []
    for role in AGENCY_PARTY_ROLES:
        for text in options.get(role) or ():
            reference, percent = share(text)
            found.append(Party(role, agency_id=work.find("agency", reference).id, share=percent))
    for role in CONTACT_PARTY_ROLES:
        option = "manager" if role == "programme-manager" else role.replace("-", "_")
        found += [Party(role, contact_id=work.find("contact", text).id) for text in options.get(option) or ()]
    return found


def no_parties(work: Work, texts: Sequence[str]) -> list[Party]:
    """Return the parties that `ROLE=WHO` names."""
    from eventrec.services.project import Party

    found = []
    for text in texts:
        role, _, who = text.partition("=")
        if role in AGENCY_PARTY_ROLES:
            found.append(Party(role, agency_id=work.find("agency", who).id))
        elif role in CONTACT_PARTY_ROLES:
            found.append(Party(role, contact_id=work.find("contact", who).id))
        else:
            raise UsageError(f"“{text}” is no ROLE=WHO.", "Roles: " + ", ".join(PARTY_ROLES) + ".")
    return found


def day(asking: Asking, text: str | None) -> date | None:
    """Return one day."""
    if text is None:
        return None
    from eventrec.text.dates import read_date

    return read_date(text, asking.today)


def read_months(text: str, what: str) -> int:
    """Return a number of months of retention, at most a hundred years of them."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= LONGEST):
        raise UsageError(f"{what} {text} is no number of months.", f"Write 0 to {LONGEST}, such as 60 for five years.")
    return int(text)


def renaming_day(asking: Asking, options: Mapping[str, Any], name: str) -> date | None:
    """Return since when a new name is used; refuses a new name without --from or --correct."""
    if options.get("from_") and options.get("correct"):
        raise UsageError("--from keeps the old one, --correct overwrites it.", "Leave out one of them.")
    if options.get(name) and not (options.get("from_") or options.get("correct")):
        raise ChoiceNeeded(
            "Is this a new name, or was the old one a mistake?",
            "Say --from DATE to keep the old name for the time before, or --correct to overwrite it.",
        )
    return day(asking, options.get("from_"))


def place(asking: Asking, work: Work, options: Mapping[str, Any]) -> Place | None:
    """Return the agency and position that a contact gets; none when neither is given."""
    from eventrec.services.affiliation import Place

    agency, position = options.get("agency"), options.get("position")
    if not (agency or position or options.get("unit")):
        return None
    return Place(
        agency_id=work.find("agency", agency).id if agency else None,
        position=read_localized(position, "position", work.reader.main_language(), 300) if position else None,
        unit=clean(options["unit"], "unit", 300) if options.get("unit") else None,
        starts_on=day(asking, options.get("from_")),
        correct=bool(options.get("correct")),
    )


def agency_country(work: Work, options: Mapping[str, Any]) -> str | None:
    """Return the country whose national phone numbers are meant: the agency's, else the book's."""
    if options.get("agency"):
        own = work.reader.agency(work.find("agency", options["agency"]).id)["country"]
        if isinstance(own, str):
            return own
    return work.reader.setting("country")  # type: ignore[no-any-return]


def allow(work: Work, *, again: bool) -> None:
    """Let people who were forgotten come back in this transaction, if `again` was said."""
    if again:
        from eventrec.services.forget.again import allow

        allow(work.session)
