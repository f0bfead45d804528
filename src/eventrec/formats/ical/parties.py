"""Who organizes an event, is to be asked, or takes part (RFC 5545 §3.8.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from eventrec.formats.ical.incoming import IncomingParty
from eventrec.formats.line_reader import by_script, language_of
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.incoming import Properties
    from eventrec.formats.line_reader import Line

_PART: Final = r"[^\s@<>,;:\"]"
_ADDRESS: Final = re.compile(rf"(?<!{_PART}){_PART}++@{_PART}++")  # from where a word begins, or long ones take squares
_ROOMS: Final = ("ROOM", "RESOURCE")
_NO_PERSON: Final = ("@resource.calendar.google.com", "@group.calendar.google.com", "@group.v.calendar.google.com")
_UNKNOWN: Final = ("unknownorganizer@calendar.google.com", "noreply@invalid", "invalid:nomail")


def organizer(said: Properties) -> IncomingParty | None:
    """Return who organizes, by name, e-mail address, or both."""
    line = said.line("ORGANIZER")
    return _party(line, said) if line else None


def attendees(said: Properties) -> Iterator[IncomingParty]:
    """Yield who takes part, people and groups. Rooms and resources are left out and told."""
    for line in said.lines("ATTENDEE"):
        kind = line.first("CUTYPE").upper()
        found = _party(line, said)
        if kind in _ROOMS or _address(line).lower().endswith(_NO_PERSON):
            said.findings.tell("Rooms and resources among those who take part, left out", line.number)
        elif found is None:
            said.findings.tell("Somebody without name and address, left out", line.number)
        else:
            yield IncomingParty(
                found.name,
                found.email,
                role=line.first("ROLE").upper(),
                answer=(line.first("PARTSTAT") or line.first("STATUS")).upper().replace(" ", "-"),
                group=kind == "GROUP",
            )


def contact(said: Properties) -> IncomingParty | None:
    """Return who is to be asked; CONTACT is a text, which ends in an e-mail address where it names one."""
    line = said.line("CONTACT")
    if line is None:
        return None
    text = line.text
    before, comma, after = text.rpartition(", ")
    if comma and _ADDRESS.fullmatch(after):
        return IncomingParty(name_of(before), after)
    found = _ADDRESS.search(text)
    if not found:
        return IncomingParty(name_of(text))
    rest = " ".join((text[: found.start()] + text[found.end() :]).split()).strip(" ,;:<>()-")
    return IncomingParty(name_of(rest.removesuffix("mailto").strip(" ,;:<>()-")), found[0])


def name_of(text: str) -> Localized | None:
    """Return a name by language; “Li Na / 李娜” is two."""
    text = text.strip()
    if not text:
        return None
    return by_script(text.split(" / "), " / ", "en") or Localized({language_of(text): text})


def _party(line: Line, said: Properties) -> IncomingParty | None:
    address = _address(line)
    email = address if _ADDRESS.fullmatch(address) else None
    if email and (email.lower() in _UNKNOWN or email.lower().endswith(_NO_PERSON)):
        email = None
    name = line.first("CN") if said.calendar.is_ours else " ".join(line.first("CN").strip("'\" ").split())
    if address and email is None and name == "" and not address.lower().startswith(("http", "urn", "invalid", "/")):
        name = " ".join(address.partition("<")[0].split())
    if email is None and (inner := _ADDRESS.search(line.text)) and not inner[0].lower().endswith(_NO_PERSON):
        email = inner[0] if "<" in line.text else None
    if name.lower() == (email or "").lower():
        name = ""
    return IncomingParty(name_of(name), email) if name or email else None


def _address(line: Line) -> str:
    """Return the e-mail address that a line gives as mailto, in any case, or as the parameter EMAIL."""
    value = line.text.strip()
    address = re.sub(r"^\s*mailto:\s*", "", value, flags=re.IGNORECASE)
    address = unquote(address)
    if not _ADDRESS.fullmatch(address) and "@" in line.first("EMAIL"):
        return line.first("EMAIL").strip()
    return address
