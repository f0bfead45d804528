"""Whose personal data an export carries: the numbers of the contacts that its bytes name, for each kind of export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from eventrec.exports.feeds import Feeds
    from eventrec.exports.invitation import Invitations
    from eventrec.formats.participant_list import ParticipantList
    from eventrec.formats.sign_in import SignInSheet
    from eventrec.table import Part, Stream
    from eventrec.views.reader import Reader

_PERSON: Final = {"events": "contact_id", "contacts": "id", "participants": "contact_id"}
"""The column of a sheet that names a person; a sheet of agencies has none."""


def feeds(found: Feeds) -> list[int]:
    """Return whom calendars to publish name, and whose own calendars are among them, under the uid."""
    return _numbers(
        number
        for feed in found.all
        for number in (feed.contact_id, *(person for event in feed.events for person in event.people))
    )


def sheet(what: str, table: Stream) -> tuple[Stream, Collection[int]]:
    """Return a sheet of `events`, `agencies`, `contacts` or `participants`, and whom it names, once it was read."""
    people: set[int] = set()
    if what not in _PERSON:
        return table, people
    at = table.names.index(_PERSON[what])

    def note(part: Part) -> Part:
        people.update(_numbers(part[at]))
        return part

    return table.map(note, table.columns), people


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
