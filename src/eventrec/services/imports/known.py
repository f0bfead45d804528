"""Who and what is in the book already: narrow matching on its own, likely ones with score and reasons.

Narrow is: the number in the book, the same e-mail, or the same name and agency. A name that is the same in one
language and another one in another language is not the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import select

from eventrec.models import Affiliation, Agency, Alias, Contact, ContactPoint, NotSame
from eventrec.services.imports.identities import Identities
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.services.imports.person import Incoming
    from eventrec.text.likeness import Person

Key = TypeVar("Key", bound=Hashable)

_NEAR_ENOUGH: Final = 70
_SHOWN: Final = 3
_CROWDED: Final = 100
"""People who share one key of a common name; beyond this only e-mail and phone bring them together."""


@dataclass(slots=True)
class KnownPerson:
    """A contact of the book, with what it is matched by."""

    id: int
    uid: str
    names: Localized
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    agency_id: int | None = None


@dataclass(frozen=True)
class Near:
    """Somebody who may be meant."""

    person: KnownPerson
    score: int
    reasons: tuple[str, ...]


class KnownPeople:
    """All contacts of the book by e-mail and name; new ones are added while an import goes on."""

    def __init__(self, session: Session) -> None:
        self.people: dict[int, KnownPerson] = {}
        self._by_email: dict[str, tuple[int, ...]] = {}
        self._by_name: dict[tuple[str, int | None], tuple[int, ...]] = {}
        """By name and agency: a common name alone has hundreds of bearers."""

        self._by_key: dict[str, tuple[int, ...]] | None = None
        self._apart = _apart(session, "contact")
        self.identities = Identities(session, Contact)
        self._load(session)

    def _load(self, session: Session) -> None:
        for number, uid, name in session.execute(select(Contact.id, Contact.uid, Contact.name)):
            self.people[number] = KnownPerson(number, uid, name)
        points = select(ContactPoint.contact_id, ContactPoint.kind, ContactPoint.value)
        for owner, kind, value in session.execute(points.where(ContactPoint.contact_id.is_not(None))):
            person = self.people[owner or 0]
            if kind == "email":
                person.emails += (value,)
            elif kind in ("phone", "mobile"):
                person.phones += (value,)
        aliases = select(Alias.contact_id, Alias.name).where(Alias.contact_id.is_not(None))
        for owner, alias in session.execute(aliases):
            self.people[owner or 0].aliases += (alias,)
        places = select(Affiliation.contact_id, Affiliation.agency_id)
        for number, agency_id in session.execute(places.where(Affiliation.is_primary, Affiliation.ends_on.is_(None))):
            self.people[number].agency_id = agency_id
        for person in self.people.values():
            self._index(person)

    def add(self, person: KnownPerson) -> None:
        """Know a person that the import has just added or changed."""
        self.people[person.id] = person
        self.identities.add(person.uid, person.id)
        self._index(person)

    def _index(self, person: KnownPerson) -> None:
        for email in person.emails:
            _put(self._by_email, email.lower(), person.id)
        for name in (*person.names.values(), *person.aliases):
            _put(self._by_name, (normalise(name), person.agency_id), person.id)
        if self._by_key is not None:
            for key in _keys(person):
                _put(self._by_key, key, person.id)

    def same(self, who: Incoming, agency_id: int | None) -> list[KnownPerson]:
        """Return the contacts that narrow matching finds; more than one is for a person to decide."""
        if who.names is None:
            return []
        known = self.identities.find(who.uid)
        if known is not None:
            return [self.people[known]]
        by_email = {number for email in who.emails for number in self._by_email.get(email.lower(), ())}
        found = [
            number for number in sorted(by_email) if self._is_called(who.names, self.people[number], strictly=False)
        ]
        if not found and agency_id is not None:
            named = self._named(who, agency_id)
            found = [
                number
                for number in sorted(named)
                if self.people[number].agency_id == agency_id
                and self._is_called(who.names, self.people[number], strictly=True)
            ]
        if not found and agency_id is None and not by_email:
            named = self._named(who, agency_id)
            found = [
                number
                for number in sorted(named)
                if self.people[number].agency_id is None
                and self._is_called(who.names, self.people[number], strictly=True)
                and not (who.emails and self.people[number].emails)
            ]
        return [self.people[number] for number in found]

    def _named(self, who: Incoming, agency_id: int | None) -> set[int]:
        """Return the contacts of an agency, or of none, that have one of the names."""
        names = (who.names or {}).values()
        return {number for name in names for number in self._by_name.get((normalise(name), agency_id), ())}

    def _is_called(self, names: Mapping[str, str], person: KnownPerson, *, strictly: bool) -> bool:
        """Tell whether the names fit: one is the same, or, unless `strictly`, none can be compared."""
        theirs = {normalise(name) for name in (*person.names.values(), *person.aliases)}
        shared = [tag for tag in names if tag in person.names]
        equal = [tag for tag, name in names.items() if normalise(name) in theirs]
        if any(tag not in equal for tag in shared):
            return "zh" in equal and all(tag == "en" or tag in equal for tag in shared)
        return bool(equal) or (not shared and not strictly)

    def near(self, who: Incoming, agency_id: int | None) -> list[Near]:
        """Return who else may be meant, the likeliest first, without those that somebody told apart."""
        from eventrec.text.likeness import Person, people

        if who.names is None:
            return []
        if self._by_key is None:
            self._by_key = {}
            for known in self.people.values():
                for key in _keys(known):
                    _put(self._by_key, key, known.id)
        asked = Person(
            names=who.names,
            aliases=tuple(who.aliases),
            emails=frozenset(who.emails),
            phones=frozenset(point.value for point in who.points if point.kind in ("phone", "mobile")),
            agency=agency_id,
        )
        numbers = {number for key in _keys_of(asked) for number in self._sharing(key)}
        found = []
        for number in sorted(numbers):
            known = self.people[number]
            like = people(asked, _comparable(known))
            if like is not None and like.score >= _NEAR_ENOUGH:
                found.append(Near(known, like.score, like.reasons))
        return sorted(found, key=lambda each: (-each.score, each.person.id))[:_SHOWN]

    def stop_looking(self) -> None:
        """Keep no keys any more: near names of a long file are looked up afterwards."""
        self._by_key = None

    def _sharing(self, key: str) -> Iterable[int]:
        """Return who shares a key."""
        numbers = (self._by_key or {}).get(key, ())
        return numbers if len(numbers) <= _CROWDED or key[0] in "@+" else ()


def _put(index: dict[Key, tuple[int, ...]], key: Key, number: int) -> None:
    """Add a number under a key once; tuples, since a hundred thousand sets would take a hundred megabytes."""
    there = index.get(key, ())
    if number not in there:
        index[key] = (*there, number)


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


def _apart(session: Session, table_name: str) -> set[tuple[str, str]]:
    """Return the pairs of uids that are not the same."""
    query = select(NotSame.first_uid, NotSame.second_uid).where(NotSame.table_name == table_name)
    return {(first, second) for first, second in session.execute(query)}


class KnownAgencies:
    """All agencies of the book by code, name and alias."""

    def __init__(self, session: Session) -> None:
        self.names: dict[int, Localized] = {}
        self.codes: dict[int, str | None] = {}
        self.countries: dict[int, str | None] = {}
        self._aliases: dict[int, list[str]] = defaultdict(list)
        self._parents: dict[int, int | None] = {}
        self._kinds: dict[int, str] = {}
        self._by_text: dict[str, set[int]] = defaultdict(set)
        query = select(Agency.id, Agency.code, Agency.name, Agency.country, Agency.parent_id, Agency.kind)
        for number, code, name, country, parent, kind in session.execute(query):
            self.add(number, code, name, country, parent, kind)
        aliases = select(Alias.agency_id, Alias.name).where(Alias.agency_id.is_not(None))
        for owner, alias in session.execute(aliases):
            self._aliases[owner or 0].append(alias)
            self._by_text[normalise(alias)].add(owner or 0)

    def add(
        self,
        number: int,
        code: str | None,
        name: Localized,
        country: str | None,
        parent: int | None = None,
        kind: str = "other",
    ) -> None:
        """Know an agency."""
        self.names[number], self.codes[number], self.countries[number] = name, code, country
        self._parents[number], self._kinds[number] = parent, kind
        for text in (code or "", *name.values()):
            if text:
                self._by_text[normalise(text)].add(number)

    def label(self, number: int, main: str) -> str:
        """Return code or name, for a sentence."""
        return self.codes[number] or self.names[number].both(main)

    def same(self, texts: Sequence[str]) -> list[int]:
        """Return the agencies that one of the texts names exactly: all of one text before the next is tried."""
        for text in texts:
            for reading in _readings(text):
                found = self._by_text.get(normalise(reading))
                if found:
                    return sorted(found)
        return []

    def named(self, name: Localized) -> list[int]:
        """Return the agencies of that name: the same in each language that both have, and in one at least."""
        texts = {tag: normalise(text) for tag, text in name.items()}
        found = {number for text in texts.values() for number in self._by_text.get(text, ())}
        return sorted(
            number
            for number in found
            if all(normalise(self.names[number].get(tag, text)) == text for tag, text in texts.items())
        )

    def near(self, name: Localized) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return number, score and reasons of the agencies whose names are like this one, the likeliest first."""
        from eventrec.text.likeness import Organisation, agencies

        asked = Organisation(code=None, names=name, aliases=(), country=None, kind="other", parent=None, id=None)
        found = []
        for number, theirs in self.names.items():
            known = Organisation(
                code=self.codes[number],
                names=theirs,
                aliases=tuple(self._aliases.get(number, ())),
                country=self.countries[number],
                kind=self._kinds[number],
                parent=self._parents[number],
                id=number,
            )
            like = agencies(asked, known)
            if like is not None and like.score >= _NEAR_ENOUGH:
                found.append((number, like.score, like.reasons))
        return sorted(found, key=lambda each: (-each[1], each[0]))[:_SHOWN]


def _readings(text: str) -> Iterable[str]:
    """Return a text whole, without what stands in brackets at its end, and that alone."""
    yield text
    opened = max(text.rfind("("), text.rfind("（"))
    if opened > 0 and text.rstrip()[-1] in ")）":
        yield text[:opened].strip()
        yield text.rstrip()[opened + 1 : -1].strip()
    for part in text.replace("／", "/").split("/"):
        if part.strip() and part != text:
            yield part.strip()
