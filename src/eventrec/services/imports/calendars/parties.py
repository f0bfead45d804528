"""Who organizes, is to be asked and takes part: the people and agencies of the book that a calendar means."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.db.derived import computed
from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.models import Agency, Contact, ContactPoint
from eventrec.services import agency as agencies
from eventrec.services.forget import again
from eventrec.services.imports.calendars.acquaintances import Acquaintances
from eventrec.services.imports.calendars.newcomers import Newcomers
from eventrec.text.emails import read_email
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.bulk import Bulk
    from eventrec.formats.ical.incoming import IncomingEvent, IncomingParty
    from eventrec.localized import Localized
    from eventrec.services.imports.calendars.acquaintances import Acquaintance, Who

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
    status: str | None
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


class Named:
    """Whom a file names: hashes of normalised names and of e-mail addresses, which are all that is kept of them."""

    def __init__(self) -> None:
        self.names, self.bare, self.emails = set[int](), set[int](), set[int]()
        self.newcomers = Newcomers()

    def add(self, event: IncomingEvent) -> None:
        """Note whom an entry names; `bare` are names that it has without an e-mail address.

        Since when our own calendars tell of somebody is noted too: no event shall look changed by who is new here.
        """
        for noun, party in _parties(event):
            email = (_email(party) or "").lower()
            if email:
                self.emails.add(hash(email))
            if noun == "contact" or party is event.organizer:
                names = [hash(normalise(name)) for name in (party.name or {}).values()]
                self.names.update(names)
                self.bare.update(names if not email else ())
            if event.is_ours and event.modified:
                self.newcomers.tell(_keys(noun, party)[0], event.modified)


class Parties:
    """Finds the people and agencies of a calendar by e-mail, else by name; those of our own calendars are added.

    People of other calendars are added only `with_people`, since a meeting may have hundreds that nobody knows.
    """

    def __init__(self, session: Session, bulk: Bulk, named: Named, *, with_people: bool) -> None:
        self._session = session
        self._journal = journal_of(session)
        self._bulk = bulk
        self._with_people = with_people
        self._book = Acquaintances(session, named.names, named.bare, named.emails)
        self._newcomers = named.newcomers
        self._freshly_reached: list[Who] = []
        self.left: dict[str, set[str]] = {"organizer": set(), "attendee": set()}

    def begin(self) -> None:
        """Start with the next entry: what was added for the ones before stays."""
        self._newcomers.begin()
        self._freshly_reached.clear()

    def forget(self) -> None:
        """Forget whom the entry at hand has added, since it is taken back."""
        self._newcomers.forget()
        self._book.reachable.difference_update(self._freshly_reached)
        self.begin()

    @property
    def new(self) -> Mapping[str, Sequence[int]]:
        """The numbers of those who were added, by noun."""
        return self._newcomers.numbers

    def shown(self, who: Who) -> str:
        """Return how somebody of the book, or new in it, is called in a sentence: an agency by its code if it has one.

        Only of those whom `of` returned.
        """
        noun, number = who
        if (name := self._newcomers.name(who)) is not None:
            return name.both()
        if noun == "contact":
            return self._book.people[number].names.both()
        return self._book.agencies.codes[number] or self._book.agencies.names[number].both()

    def name_today(self, agency_id: int) -> Localized:
        """Return the name of an agency whom `of` returned."""
        return self._newcomers.name(("agency", agency_id)) or self._book.agencies.names[agency_id]

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
        """Note in a line who is not in the book, unless that is somebody whom the book was told to forget."""
        line = " ".join(line.splitlines())
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
        known = self._newcomers.find(_keys(noun, party)) or self._known(noun, party)
        if known is not None or party.name is None:
            return known
        if incoming.is_ours:
            with self._journal.as_of(self._newcomers.first_told(_keys(noun, party)[0])):
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
            numbers = self._book.agencies.same(list(party.name.values()))
            return self._reached(("agency", numbers[0]), party) if len(numbers) == 1 else None
        email = _email(party)
        named = {
            person.id: person
            for name in party.name.values()
            for person in self._book.by_name.get(normalise(name), ())
            if not (email and person.emails) and _fits(party.name, person)
        }
        exactly = [number for number, person in named.items() if person.names == party.name and not person.emails]
        alike = exactly if len(exactly) == 1 else list(named)
        return self._reached(("contact", alike[0]), party) if len(alike) == 1 else None

    def _only_by_email(self, noun: str, party: IncomingParty) -> Who | None:
        there = [who for who in self._book.by_email.get((_email(party) or "").lower(), ()) if who[0] == noun]
        if len(there) > 1 and noun == "contact" and party.name:
            there = [who for who in there if _fits(party.name, self._book.people[who[1]])][:1]
        return there[0] if len(there) == 1 else None

    def _reached(self, who: Who, party: IncomingParty) -> Who:
        """Note the e-mail of a known one who has none; of one who was in the book before, as of now.

        Otherwise events that tell of them already would change without a later DTSTAMP.
        """
        email = _email(party)
        if email and who not in self._book.reachable:
            if who[0] == "contact":
                again.check(self._session, points=[("email", email)])
            self._book.reachable.add(who)
            self._freshly_reached.append(who)
            self._add_email(who, email, self._journal.moment)
        return who

    def _add_email(self, who: Who, email: str, moment: str | None) -> None:
        rows = self._bulk.rows(ContactPoint, f"{who[0]}_id", "kind", "value", "preferred")
        rows.add(who[1], "email", email, True, moment=moment or self._journal.earlier)

    def _add(self, noun: str, party: IncomingParty, name: Localized) -> Who:
        email = _email(party)
        who = noun, self._new_agency(name) if noun == "agency" else self._new_contact(name, email)
        self._newcomers.add(who, name, _keys(noun, party))
        if email:
            self._add_email(who, email, None)
        return who

    def _new_agency(self, name: Localized) -> int:
        named = [self._book.agency_named[each] for each in name.items() if each in self._book.agency_named]
        if named:
            raise agencies.taken("name", min(named), self._book.agencies.names[min(named)])
        found = computed("agency", {"code": None, "name": name})
        rows = self._bulk.rows(Agency, "name", "search_text", "sort_key")
        return rows.add(name, found["search_text"], found["sort_key"], moment=self._journal.earlier)[0]

    def _new_contact(self, name: Localized, email: str | None) -> int:
        points = [email] if email else []
        again.check(self._session, names=name.values(), points=[("email", each) for each in points])
        found = computed("contact", {"name": name, "family_name": None, "given_name": None}, (), points)
        rows = self._bulk.rows(Contact, "name", "search_text", "sort_key")
        return rows.add(name, found["search_text"], found["sort_key"], moment=self._journal.earlier)[0]


def _keys(noun: str, party: IncomingParty) -> list[tuple[str, ...]]:
    """Return under what somebody added is found again: a person by name and e-mail, an agency by each of its names."""
    if party.name is None:
        return [(noun, (_email(party) or "").lower())]
    if noun == "contact":
        return [(noun, *itertools.chain(*sorted(party.name.items())), _email(party) or "")]
    return [(noun, tag, text) for tag, text in party.name.items()]


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


def _fits(names: Localized, person: Acquaintance) -> bool:
    """Tell whether one of the names is the person's, and none in the same language is another."""
    equal = {tag for tag, text in names.items() if normalise(text) in person.keys}
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
