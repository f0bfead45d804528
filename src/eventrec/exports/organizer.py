"""Who invites: the address that an invitation comes from and is answered to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventrec.errors import Rejected
from eventrec.views.invited import managers, owners_of, revised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.formats.ical.records import Party
    from eventrec.views.reader import Reader


@dataclass(frozen=True)
class Organizer:
    """The organizer of an invitation with its address; `modified` is when a contact's name or address last changed.

    `contact_id` is who it is, when it is a person.
    """

    party: Party
    email: str
    modified: str = ""
    contact_id: int | None = None


def organizer_of(reader: Reader, event: Mapping[str, Any], address: str = "") -> Organizer:
    """Return whom an invitation names as organizer, which it must (RFC 5546 §3.2.2).

    The address that is given, else that of the organizing agency (of a site visit that has none: its event's), of the
    event's contact, or of a programme manager of its projects. Raises Rejected when none of them has one.
    """
    if address:
        return _given(reader, event, address)
    if event["organizer_email"]:
        return _organizer(event["organizer"], event["organizer_email"])
    parent: Any = reader.event(event["parent"]) if event["parent"] else {"organizer_email": None}
    if parent["organizer_email"]:
        return _organizer(parent["organizer"], parent["organizer_email"], parent["dtstamp"])
    if event["contact_email"]:
        return _organizer(event["contact"], event["contact_email"], contact_id=event["contact_id"])
    for manager in managers(reader, event["id"]):
        if manager["email"]:
            return _person(reader, manager, str(manager["email"]))
    raise Rejected(
        f"Event {event['id']} has no organizer that can be answered: no agency, contact or programme manager with an"
        " e-mail address.",
        "Say whose it is: --organizer ADDRESS",
    )


def _given(reader: Reader, event: Mapping[str, Any], address: str) -> Organizer:
    """Return the owner of an address; one that nobody has speaks for the organizing agency."""
    for owner in owners_of(reader, address):
        return _person(reader, owner, address)
    return _organizer(event["organizer"] or {}, address)


def _person(reader: Reader, person: Mapping[str, Any], email: str) -> Organizer:
    return _organizer(person["name"], email, revised(reader, person["id"]), person["id"])


def _organizer(name: Mapping[str, str], email: str, modified: str = "", contact_id: int | None = None) -> Organizer:
    from eventrec.formats.ical.records import Party

    return Organizer(Party(name, email), email, modified, contact_id)
