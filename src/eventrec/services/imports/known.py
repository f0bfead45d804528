"""Who and what is in the book already: narrow matching on its own, likely ones with score and reasons.

Narrow is: the number in the book, the same e-mail, or the same name and agency. A name that is the same in one
language and another one in another language is not the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Final

from eventrec.models import Contact
from eventrec.services.imports import standing
from eventrec.services.imports.identities import Identities
from eventrec.services.imports.index import Index
from eventrec.services.imports.standing import KnownPerson as KnownPerson
from eventrec.services.imports.standing import Standing
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.services.imports.person import Incoming
    from eventrec.text.likeness import Person

NEAR_ENOUGH: Final = 70
SHOWN: Final = 3
_AT_HAND: Final = 4_000
_CROWDED: Final = 100
"""People who share one key of a common name; beyond this only e-mail and phone bring them together."""


@dataclass(frozen=True)
class Near:
    """Somebody who may be meant."""

    person: KnownPerson
    score: int
    reasons: tuple[str, ...]


class KnownPeople:
    """Contacts of the book, found by e-mail and name; new ones are added while an import goes on.

    What they are found by lies in an index beside the book, read when it is first needed. The contacts themselves are
    read when they are found: of many rows at once by `look_ahead`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.looks_for_near = True
        self._near: Index | None = None
        self._compared: dict[int, Person] = {}
        self.identities = Identities(session, Contact)
        self.forget()

    @property
    def people(self) -> dict[int, KnownPerson]:
        """All of them."""
        return {person.id: person for person in standing.everyone(self._session)}

    @cached_property
    def _found_by(self) -> Index:
        """Numbers by e-mail, and by name and agency: a common name alone has hundreds of bearers."""
        index = Index()
        for number, name, agency_id in standing.names(self._session):
            index.add(number, [(normalise(name), agency_id)])
        for number, email in standing.emails(self._session):
            index.add(number, [email.lower()])
        return index

    def forget(self) -> None:
        """Let go of the contacts at hand, after everything that was added was written, or some of it taken back."""
        self._at_hand: dict[int, Standing | None] = {}
        self._compared.clear()

    def take_back(self, *, looks_for_near: bool) -> None:
        """Forget whom the import has added, after the book did; keys that lead to nobody do no harm."""
        self.looks_for_near = looks_for_near
        self.identities.forget()
        self.forget()

    def are_many(self, times: int = 1) -> bool:
        """Tell whether so many are at hand, or that many times as many, that it is time to forget them."""
        return len(self._at_hand) >= _AT_HAND * times

    def get(self, number: int) -> KnownPerson | None:
        """Return a contact; None where there is none, or none any more."""
        there = self.standing(number)
        return there.person if there else None

    def standing(self, number: int, *, anew: bool = False) -> Standing | None:
        """Return all that is at hand of a contact, else what the book has; only that with `anew`."""
        if anew:
            self._at_hand.pop(number, None)
        self.read([number])
        return self._at_hand[number]

    def are_at_hand(self, numbers: Iterable[int]) -> bool:
        """Tell whether one of them was read, added or changed since others were let go."""
        return any(number in self._at_hand for number in numbers)

    def read(self, numbers: Iterable[int]) -> None:
        """Have contacts at hand, all read at once."""
        missing = [number for number in numbers if number not in self._at_hand]
        if missing:
            self._at_hand |= standing.of(self._session, missing)

    def look_ahead(self, rows: Iterable[tuple[Incoming, Sequence[int]]]) -> Sequence[int]:
        """Return who may be meant by people who will be asked for soon, each with the agencies it may have."""
        keys: list[Hashable] = []
        told: set[int] = set()
        for who, agencies in rows:
            if who.number is not None:
                told.add(who.number)
            keys += map(str.lower, who.emails)
            plain = map(normalise, (who.names or {}).values())
            keys += product(plain, agencies or (None,))
        return sorted(self._found_by.look_ahead(keys) | told)

    def add(self, person: KnownPerson) -> None:
        """Know a person that the import has just added or changed."""
        self.identities.add(person.uid, person.id)
        self._compared.pop(person.id, None)
        there = self._at_hand.get(person.id)
        self._at_hand[person.id] = there or Standing(person)
        names = [(normalise(name), person.agency_id) for name in (*person.names.values(), *person.aliases)]
        self._found_by.add(person.id, [*map(str.lower, person.emails), *names])
        if self._near is not None:
            self._near.add(person.id, _keys(person))

    def same(self, who: Incoming, agency_id: int | None) -> list[KnownPerson]:
        """Return the contacts that narrow matching finds; more than one is for a person to decide."""
        if who.names is None:
            return []
        known = self.identities.find(who.uid) if who.uid else None
        person = None if known is None else self.get(known)
        if person is not None:
            return [person]
        emails = {*map(str.lower, who.emails)}
        by_email = [
            person
            for person in self._those([number for email in emails for number in self._found_by.find(email)])
            if not emails.isdisjoint(map(str.lower, person.emails))
        ]
        found = [person for person in by_email if self._is_called(who.names, person, strictly=False)]
        if found or (agency_id is None and by_email):
            return found
        return [
            person
            for person in self._named(who, agency_id)
            if person.agency_id == agency_id
            and self._is_called(who.names, person, strictly=True)
            and not (agency_id is None and emails and person.emails)
        ]

    def _named(self, who: Incoming, agency_id: int | None) -> list[KnownPerson]:
        """Return the contacts of an agency, or of none, that may have one of the names."""
        names = (who.names or {}).values()
        return self._those([number for name in names for number in self._found_by.find((normalise(name), agency_id))])

    def _those(self, numbers: Sequence[int]) -> list[KnownPerson]:
        if not numbers:
            return []
        found = sorted(set(numbers))
        self.read(found)
        return [there.person for number in found if (there := self._at_hand[number])]

    def _is_called(self, names: Mapping[str, str], person: KnownPerson, *, strictly: bool) -> bool:
        """Tell whether the names fit: one is the same, or, unless `strictly`, none can be compared."""
        theirs = {normalise(name) for name in (*person.names.values(), *person.aliases)}
        shared = [tag for tag in names if tag in person.names]
        equal = [tag for tag, name in names.items() if normalise(name) in theirs]
        if any(tag not in equal for tag in shared):
            return "zh" in equal and all(tag == "en" or tag in equal for tag in shared)
        return bool(equal) or (not shared and not strictly)

    def near(self, who: Incoming, agency_id: int | None) -> list[Near]:
        """Return who else may be meant, the likeliest first."""
        from eventrec.text.likeness import Person, people

        if who.names is None:
            return []
        if self._near is None:
            self._near = Index()
            for known in standing.everyone(self._session):
                self._near.add(known.id, _keys(known))
            for there in filter(None, self._at_hand.values()):
                self._near.add(there.person.id, _keys(there.person))
        asked = Person(
            names=who.names,
            aliases=tuple(who.aliases),
            emails=frozenset(who.emails),
            phones=frozenset(point.value for point in who.points if point.kind in ("phone", "mobile")),
            agency=agency_id,
        )
        found = []
        for known in self._those([number for key in _keys_of(asked) for number in self._sharing(key)]):
            other = self._compared.get(known.id) or self._compared.setdefault(known.id, _comparable(known))
            like = people(asked, other)
            if like is not None and like.score >= NEAR_ENOUGH:
                found.append(Near(known, like.score, like.reasons))
        return sorted(found, key=lambda each: (-each.score, each.person.id))[:SHOWN]

    def stop_looking(self) -> None:
        """Keep no keys any more: near names of a long file are looked up afterwards."""
        self.looks_for_near = False
        self._near = None
        self._compared.clear()

    def _sharing(self, key: str) -> Iterable[int]:
        """Return who shares a key."""
        numbers = self._near.find(key, _CROWDED + 1) if self._near else ()
        return numbers if len(numbers) <= _CROWDED or key[0] in "@+" else ()


def _comparable(known: KnownPerson) -> Person:
    from eventrec.text.likeness import Person

    return Person(
        names=known.names,
        aliases=known.aliases,
        emails=frozenset(known.emails),
        phones=frozenset(known.phones),
        agency=known.agency_id,
    )


def _keys(known: KnownPerson) -> Iterable[str]:
    return _keys_of(_comparable(known))


def _keys_of(person: Person) -> Iterable[str]:
    from eventrec.text.likeness import keys

    return keys(person)
