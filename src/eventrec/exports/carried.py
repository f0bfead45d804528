"""Whose personal data an export carries: the numbers of the contacts that its bytes name, for each kind of export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.exports.calendar import Entries
    from eventrec.exports.feeds import Feeds
    from eventrec.exports.invitation import Invitations
    from eventrec.formats.participant_list import ParticipantList
    from eventrec.formats.sign_in import SignInSheet
    from eventrec.table import Table
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

_PERSON: Final = {"events": "contact_id", "contacts": "id", "participants": "contact_id"}
"""The column of a sheet that names a person; a sheet of agencies has none."""


def calendar(entries: Entries) -> list[int]:
    """Return whom a calendar names: whom to ask about each event, and those who take part where they are named."""
    return _numbers(number for entry in entries.all for number in entry.people)


def feeds(found: Feeds) -> list[int]:
    """Return whom calendars to publish name, and whose own calendars are among them, under the uid."""
    return _numbers(
        number
        for feed in found.all
        for number in (feed.contact_id, *(person for entry in feed.entries for person in entry.people))
    )


def sheet(what: str, table: Table) -> list[int]:
    """Return whom a sheet of `events`, `agencies`, `contacts` or `participants` names."""
    if what not in _PERSON:
        return []
    at = table.names.index(_PERSON[what])
    return _numbers(row[at] for row in table.rows)


def cards(reader: Reader, what: str, criteria: Criteria) -> list[int]:
    """Return whose cards they are; those of agencies name nobody."""
    return _numbers(row["id"] for row in reader.contacts(criteria, ("id",))) if what == "contacts" else []


def participant_list(listing: ParticipantList) -> list[int]:
    """Return who stands by name on the list that a donor files."""
    return _numbers(row.contact_id for row in listing.rows)


def sign_in(sheet: SignInSheet) -> list[int]:
    """Return who stands on a sheet to sign."""
    return _numbers(signer.contact_id for signer in sheet.people)


def invitations(made: Invitations) -> list[int]:
    """Return who is invited, who invites and who is named as the one to ask."""
    return _numbers(number for message in made.messages for number in message.people)


def everything(reader: Reader) -> list[int]:
    """Return whom the whole book names: everybody."""
    return _numbers(number for (number,) in reader.rows("SELECT id FROM contact"))


def _numbers(found: Iterable[Any]) -> list[int]:
    return sorted({int(number) for number in found if number is not None})
