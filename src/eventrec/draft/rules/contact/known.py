"""The contact of a release in the book: found by e-mail or phone, else by name and agency; what differs is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.gazetteer import KnownContact
    from eventrec.draft.proposal import Draft, Person
    from eventrec.draft.reading import Reading


def recognise(reading: Reading, draft: Draft) -> None:
    """Note the number of the contact in the book, or ask whether it is somebody whom the book knows."""
    person = draft.contact
    if person is None:
        return
    points = [] if "contact.email" in draft.uncertain else [person.email]
    points += [] if "contact.phone" in draft.uncertain else [person.phone]
    reached = reading.gazetteer.contacts_reached_by(*(point for point in points if point))
    same = [each for each in reached if not person.name or _named(each, person)]
    called = () if same else reading.gazetteer.contacts_called(*person.name.values())
    near = [each for each in called if _works_there(reading, each, person)]
    if (len(same) == 1 and person.name) or len(near) == 1:
        known = (same or near)[0]
        draft.contact = replace(person, known=known.id)
        draft.disagreements += _differences(known, person)
    elif asked := [*same, *near, *called, *reached]:
        draft.uncertain["contact.known"] = f"Is it {_shown(asked[0])} of the book?"


def _named(known: KnownContact, person: Person) -> bool:
    called = {normalise(name) for name in known.called()}
    return any(normalise(name) in called for name in person.name.values())


def _works_there(reading: Reading, known: KnownContact, person: Person) -> bool:
    """Tell whether somebody of that name is at the agency that the release names, or has an address beside it."""
    domains = {email.rpartition("@")[2] for email in known.emails}
    if person.email and person.email.rpartition("@")[2].lower() in domains:
        return True
    agency = reading.gazetteer.agencies_by_id.get(known.agency) if known.agency else None
    if agency is None or not person.office:
        return False
    office = f" {normalise(person.office)} "
    return any(f" {normalise(name)} " in office or normalise(name) == office.strip() for name in agency.called())


def _differences(known: KnownContact, person: Person) -> Iterator[str]:
    shown = _shown(known)[0].upper() + _shown(known)[1:]
    if person.email and person.email.lower() not in known.emails:
        yield f"{shown} has {_listed(known.emails)} in the book, the release says {person.email}."
    if person.phone and person.phone not in known.phones:
        yield f"{shown} has {_listed(known.phones)} in the book, the release says {person.phone}."
    for tag, position in person.position.items():
        recorded = known.position.get(tag)
        if recorded and normalise(recorded) != normalise(position):
            yield f"{shown} is {recorded} in the book, the release says {position}."
    for tag, name in person.name.items():
        recorded = known.names.get(tag)
        if recorded and normalise(name) not in {normalise(each) for each in known.called()}:
            yield f"{shown} is called {recorded} in the book, the release says {name}."


def _listed(points: tuple[str, ...]) -> str:
    return ", ".join(points) if points else "nothing"


def _shown(known: KnownContact) -> str:
    return f"contact {known.id}, {' / '.join(known.names.values())},"
