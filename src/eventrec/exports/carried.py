"""Whose personal data an export carries: the numbers of the contacts that its bytes name, for each kind of export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from eventrec.exports.invitation import Invitations
    from eventrec.formats.participant_list import ParticipantList
    from eventrec.formats.sign_in import SignInSheet
    from eventrec.table import Part, Stream

_PERSON: Final = {"events": "contact_id", "contacts": "id", "participants": "contact_id"}
"""The column of a sheet that names a person; a sheet of agencies has none."""


def sheet(what: str, table: Stream) -> tuple[Stream, Collection[int]]:
    """Return a sheet of `events`, `agencies`, `contacts` or `participants`, and whom it names, once it was read."""
    people: set[int] = set()
    return _noted(table, _PERSON.get(what, ""), people), people


def whole_book(tables: Mapping[str, Stream]) -> tuple[dict[str, Stream], Collection[int]]:
    """Return the views of the whole book by name, and whom they name, once all of them were read."""
    people: set[int] = set()
    persons = {view: "id" if view == "v_contact" else "contact_id" for view in tables}
    return {view: _noted(table, persons[view], people) for view, table in tables.items()}, people


def _noted(table: Stream, column: str, people: set[int]) -> Stream:
    """Return the table; while it is read, `people` takes in the numbers of a column, if it has that one."""
    if column not in table.names:
        return table
    at = table.names.index(column)

    def note(part: Part) -> Part:
        people.update(_numbers(part[at]))
        return part

    return table.map(note, table.columns)


def participant_list(listing: ParticipantList) -> list[int]:
    """Return who stands by name on the list that a donor files."""
    return _numbers(row.contact_id for row in listing.rows)


def sign_in(sheet: SignInSheet) -> list[int]:
    """Return who stands on a sheet to sign."""
    return _numbers(signer.contact_id for signer in sheet.people)


def invitations(made: Invitations) -> list[int]:
    """Return who is invited, who invites and who is named as the one to ask."""
    return _numbers(number for message in made.messages for number in message.people)


def _numbers(found: Iterable[Any]) -> list[int]:
    return sorted({int(number) for number in found if number is not None})
