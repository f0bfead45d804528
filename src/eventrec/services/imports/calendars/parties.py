"""Who organizes, is to be asked and takes part: the people and agencies of the book that a calendar means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.models import Agency, Contact, ContactPoint
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import points, rows
from eventrec.services.forget import again
from eventrec.services.points import Point
from eventrec.text.emails import read_email
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import IncomingEvent, IncomingParty
    from eventrec.localized import Localized
    from eventrec.services.imports.known import KnownPerson
    from eventrec.services.imports.people import People

Who = tuple[str, int]
"""A noun, `contact` or `agency`, and its number."""

_STATUS: Final = {
    "ACCEPTED": "confirmed",
    "DECLINED": "declined",
    "DELEGATED": "declined",
    "TENTATIVE": "registered",
}


@dataclass(frozen=True)
class TakesPart:
    """Somebody of the book who takes part, with the words of our vocabulary."""

    who: Who
    role: str
    status: str
    called: Localized | None = None


@dataclass
class Found:
    """What became of the people of one entry: `left` are lines for the note on those who are not in the book.

    `there` is how lines begin that tell of those who are.
    """

    contact_id: int | None = None
    organizer: Who | None = None
    organizer_status: str | None = None
    taking_part: list[TakesPart] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    ours: bool = False


class Parties:
    """Finds the people and agencies of a calendar by e-mail, else by name; those of our own calendars are added.

    People of other calendars are added only `with_people`, since a meeting may have hundreds that nobody knows.
    """

    def __init__(self, session: Session, people: People, *, with_people: bool, events: Sequence[IncomingEvent]) -> None:
        self._session = session
        self._journal = journal_of(session)
        self._agencies = people.agencies
        self._people = dict(people.known.people)
        self._with_people = with_people
        self._by_email: dict[str, list[Who]] = defaultdict(list)
        self._by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        self._reachable: set[Who] = set()
        self._made: dict[tuple[str, ...], Who] = {}
        self._fresh: list[tuple[str, ...]] = []
        self._first_told = _first_told(events)
        self.new: dict[str, list[int]] = {"contact": [], "agency": []}
        self.left: dict[str, set[str]] = {"organizer": set(), "attendee": set()}
        self._load()

    def _load(self) -> None:
        query = select(ContactPoint.value, ContactPoint.contact_id, ContactPoint.agency_id)
        for email, contact_id, agency_id in self._session.execute(query.where(ContactPoint.kind == "email")):
            who = ("contact", contact_id) if contact_id is not None else ("agency", agency_id or 0)
            self._by_email[email.lower()].append(who)
            self._reachable.add(who)
        for person in self._people.values():
            for name in {normalise(text) for text in (*person.names.values(), *person.aliases)}:
                self._by_name[name].append(person)

    def begin(self) -> None:
        """Start with the next entry: what was added for the ones before stays."""
        self._fresh.clear()

    def forget(self) -> None:
        """Forget whom the entry at hand has added, since it is taken back."""
        for key in self._fresh:
            noun, number = self._made.pop(key)
            if number in self.new[noun]:
                self.new[noun].remove(number)
        self._fresh.clear()

    def of(self, incoming: IncomingEvent) -> Found:
        """Return who is meant, added where the calendar or the wish is sure enough."""
        found = Found(ours=incoming.is_ours)
        asked = incoming.contact_party
        if asked is not None:
            contact = self._find("contact", asked, incoming)
            found.contact_id = contact[1] if contact else None
        if incoming.contact:
            known = found.contact_id is not None
            self._tell(found, "organizer", f"Contact: {incoming.contact}", asked, known=known)
        if incoming.organizer is not None:
            found.organizer = self._organizer(incoming.organizer, incoming)
            line = f"Organizer: {_shown(incoming.organizer)}"
            self._tell(found, "organizer", line, incoming.organizer, known=found.organizer is not None)
        for attendee in incoming.attendees:
            self._attendee(found, attendee, incoming)
        return found

    def _tell(self, found: Found, what: str, line: str, party: IncomingParty | None, *, known: bool) -> None:
        """Note who is not in the book, unless that is somebody whom the book was told to forget."""
        if known or (party is not None and self._is_forgotten(party)):
            found.there.append(line)
        else:
            found.left.append(line)
            self.left[what].add(line.partition(": ")[2])

    def _is_forgotten(self, party: IncomingParty) -> bool:
        email = _email(party)
        return again.knows(self._session, names=(party.name or {}).values(), points=[("email", email)] if email else [])

    def _organizer(self, party: IncomingParty, incoming: IncomingEvent) -> Who | None:
        """Return the agency or the person that organizes; in our own calendars it is always an agency."""
        if incoming.is_ours:
            return self._find("agency", party, incoming)
        return self._known("agency", party) or self._find("contact", party, incoming)

    def _attendee(self, found: Found, party: IncomingParty, incoming: IncomingEvent) -> None:
        noun = "agency" if party.group else "contact"
        who = self._find(noun, party, incoming)
        if who is None and not party.group:
            who = self._only_by_email("agency", party)
        answer = f" ({party.answer.lower()})" if who is None and party.answer else ""
        self._tell(found, "attendee", f"Attendee: {_shown(party)}{answer}", party, known=who is not None)
        if who is None:
            return
        if who[0] == "agency" and who == found.organizer and _role(party, incoming) == "participant":
            found.organizer_status = _STATUS.get(party.answer, "invited")
        else:
            called = party.name if who[0] == "agency" and incoming.is_ours else None
            found.taking_part.append(
                TakesPart(who, _role(party, incoming), _STATUS.get(party.answer, "invited"), called)
            )

    def _find(self, noun: str, party: IncomingParty, incoming: IncomingEvent) -> Who | None:
        """Return who is meant; one of our own calendars who is not known is added."""
        made = next((self._made[key] for key in _keys(noun, party) if key in self._made), None)
        known = made or self._known(noun, party)
        if known is not None or party.name is None:
            return known
        if incoming.is_ours:
            with self._journal.as_of(self._first_told.get(_keys(noun, party)[0])):
                return self._add(noun, party, party.name)
        if self._with_people and noun == "contact" and not party.group and _email(party):
            return self._add(noun, party, party.name)
        return None

    def _known(self, noun: str, party: IncomingParty) -> Who | None:
        """Return who is in the book: with that e-mail, else the only one of that name and no other e-mail."""
        found = self._only_by_email(noun, party)
        if found is not None or party.name is None:
            return found
        if noun == "agency":
            numbers = self._agencies.same(list(party.name.values()))
            return self._reached(("agency", numbers[0]), party) if len(numbers) == 1 else None
        named = {
            person.id: person
            for name in party.name.values()
            for person in self._by_name.get(normalise(name), ())
            if _fits(party.name, person) and not (_email(party) and person.emails)
        }
        exactly = [number for number, person in named.items() if person.names == party.name and not person.emails]
        alike = exactly if len(exactly) == 1 else list(named)
        return self._reached(("contact", alike[0]), party) if len(alike) == 1 else None

    def _only_by_email(self, noun: str, party: IncomingParty) -> Who | None:
        there = [who for who in self._by_email.get((_email(party) or "").lower(), ()) if who[0] == noun]
        if len(there) > 1 and noun == "contact" and party.name:
            there = [who for who in there if _fits(party.name, self._people[who[1]])][:1]
        return there[0] if len(there) == 1 else None

    def _reached(self, who: Who, party: IncomingParty) -> Who:
        """Note the e-mail of a known one who has none; of one who was in the book before, as of now.

        Otherwise events that tell of them already would change without a later DTSTAMP.
        """
        email = _email(party)
        if email and who not in self._reachable:
            self._reachable.add(who)
            moment = None if who in self._made.values() else self._journal.moment
            model: type[Agency | Contact] = Agency if who[0] == "agency" else Contact
            points.add(self._session, rows.get(self._session, model, who[1]), [Point("email", email)], moment)
        return who

    def _add(self, noun: str, party: IncomingParty, name: Localized) -> Who:
        email = _email(party)
        reached = [Point("email", email)] if email else []
        if noun == "agency":
            number = agencies.add(self._session, name=name, points_of=reached).id
        else:
            number = contacts.add(self._session, name=name, points_of=reached, namesake=True).id
        for key in _keys(noun, party):
            if key not in self._made:
                self._made[key] = (noun, number)
                self._fresh.append(key)
        self.new[noun].append(number)
        return noun, number


def _keys(noun: str, party: IncomingParty) -> list[tuple[str, ...]]:
    """Return under what somebody added is found again: a person by name and e-mail, an agency by each of its names."""
    if party.name is None:
        return [(noun, (_email(party) or "").lower())]
    if noun == "contact":
        return [(noun, party.name.to_json(), _email(party) or "")]
    return [(noun, tag, text) for tag, text in party.name.items()]


def _first_told(events: Iterable[IncomingEvent]) -> dict[tuple[str, ...], str]:
    """Return since when our own calendars may tell of somebody: no event shall look changed by who is new here."""
    found: dict[tuple[str, ...], str] = {}
    for event in events:
        if event.is_ours and event.modified:
            for noun, party in _parties(event):
                key = _keys(noun, party)[0]
                found[key] = min(found.get(key, event.modified), event.modified)
    return found


def _parties(event: IncomingEvent) -> Iterator[tuple[str, IncomingParty]]:
    if event.organizer is not None:
        yield "agency", event.organizer
    if event.contact_party is not None:
        yield "contact", event.contact_party
    for attendee in event.attendees:
        yield ("agency" if attendee.group else "contact"), attendee


def _role(party: IncomingParty, incoming: IncomingEvent) -> str:
    """Return the role: who is only told of it (NON-PARTICIPANT) is staff or a donor in our own calendars."""
    if party.role == "CHAIR":
        return "chair"
    if party.role != "NON-PARTICIPANT":
        return "participant"
    if not incoming.is_ours:
        return "observer"
    return "donor" if party.group else "staff"


def _fits(names: Localized, person: KnownPerson) -> bool:
    """Tell whether one of the names is the person's, and none in the same language is another."""
    theirs = {normalise(text) for text in (*person.names.values(), *person.aliases)}
    equal = {tag for tag, text in names.items() if normalise(text) in theirs}
    return bool(equal) and all(tag in equal for tag in names if tag in person.names)


def _email(party: IncomingParty) -> str | None:
    return _read(party.email) if party.email else None


@lru_cache(maxsize=10_000)
def _read(text: str) -> str | None:
    try:
        return read_email(text)
    except Rejected:
        return None


def _shown(party: IncomingParty) -> str:
    name = " / ".join(party.name.values()) if party.name else ""
    address = f"<{party.email}>" if party.email and name else party.email or ""
    return f"{name} {address}".strip()
