"""Who and what is in the book already: narrow matching on its own, likely ones with score and reasons.

Narrow is: the number in the book, the same e-mail, or the same name and agency. A name that is the same in one
language and another one in another language is not the same name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.models import Agency, Alias, Contact
from eventrec.services.imports import standing
from eventrec.services.imports.identities import Identities
from eventrec.services.imports.index import Index
from eventrec.services.imports.standing import KnownPerson as KnownPerson
from eventrec.services.imports.standing import Standing
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.services.imports.person import Incoming
    from eventrec.text.likeness import Organisation, Person
    from eventrec.text.likeness.near_agencies import NearAgencies

_NEAR_ENOUGH: Final = 70
_SHOWN: Final = 3
_AT_HAND: Final = 4_000
_REMEMBERED: Final = 4_000
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
        self._read([number])
        return self._at_hand[number]

    def _read(self, numbers: Iterable[int]) -> None:
        missing = [number for number in numbers if number not in self._at_hand]
        if missing:
            self._at_hand |= standing.of(self._session, missing)

    def look_ahead(self, rows: Iterable[tuple[Incoming, Sequence[int]]]) -> Sequence[int]:
        """Find whoever may be meant by people who will be asked for soon, each with the agencies it may have."""
        keys: list[Hashable] = []
        told: set[int] = set()
        for who, agencies in rows:
            if who.number is not None:
                told.add(who.number)
            keys += [email.lower() for email in who.emails]
            for name in (who.names or {}).values():
                plain = normalise(name)
                keys += [(plain, agency_id) for agency_id in agencies or (None,)]
        found = sorted(self._found_by.look_ahead(keys) | told)
        self._read(found)
        return found

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
        known = self.identities.find(who.uid)
        person = None if known is None else self.get(known)
        if person is not None:
            return [person]
        emails = list(map(str.lower, who.emails))
        by_email = [
            person
            for person in self._those([number for email in emails for number in self._found_by.find(email)])
            if not {*emails}.isdisjoint(map(str.lower, person.emails))
        ]
        found = [person for person in by_email if self._is_called(who.names, person, strictly=False)]
        if not found and agency_id is not None:
            found = [
                person
                for person in self._named(who, agency_id)
                if person.agency_id == agency_id and self._is_called(who.names, person, strictly=True)
            ]
        if not found and agency_id is None and not by_email:
            found = [
                person
                for person in self._named(who, agency_id)
                if person.agency_id is None
                and self._is_called(who.names, person, strictly=True)
                and not (who.emails and person.emails)
            ]
        return found

    def _named(self, who: Incoming, agency_id: int | None) -> list[KnownPerson]:
        """Return the contacts of an agency, or of none, that may have one of the names."""
        names = (who.names or {}).values()
        return self._those([number for name in names for number in self._found_by.find((normalise(name), agency_id))])

    def _those(self, numbers: Sequence[int]) -> list[KnownPerson]:
        if not numbers:
            return []
        found = sorted(set(numbers))
        self._read(found)
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
            if like is not None and like.score >= _NEAR_ENOUGH:
                found.append(Near(known, like.score, like.reasons))
        return sorted(found, key=lambda each: (-each.score, each.person.id))[:_SHOWN]

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
        self._same: dict[tuple[str, ...], list[int]] = {}
        self._comparable: dict[int, Organisation] = {}
        self._near: NearAgencies | None = None
        self.taken: set[str] = set()
        """Codes in small letters."""

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
        aliases: Sequence[str] = (),
    ) -> None:
        """Know an agency."""
        self._aliases[number] = list(aliases)
        self.names[number], self.codes[number], self.countries[number] = name, code, country
        self._parents[number], self._kinds[number] = parent, kind
        self._same.clear()
        self._comparable.pop(number, None)
        if self._near is not None:
            self._near.add(number, self._organisation(number))
        if code:
            self.taken.add(code.lower())
        for text in (code or "", *name.values(), *aliases):
            if text:
                self._by_text[normalise(text)].add(number)

    def change(
        self, number: int, code: str | None, name: Localized, country: str | None, parent: int | None, kind: str,
        aliases: Sequence[str],
    ) -> None:  # fmt: skip
        """Know how an agency is after it was changed; `aliases` are new ones."""
        there = self._aliases[number]
        for text in (self.codes[number] or "", *self.names[number].values()):
            self._by_text[normalise(text)].discard(number)
        self.taken.discard((self.codes[number] or "").lower())
        self.add(number, code, name, country, parent, kind, [*there, *aliases])

    def second(self, name: Localized, code: str | None) -> tuple[int, bool] | None:
        """Return an agency that has the code, or a name in any language letter by letter; and whether it is the code.

        Of several it is the first.
        """
        texts = {normalise(text) for text in (code or "", *name.values()) if text}
        for number in sorted({number for text in texts for number in self._by_text.get(text, ())}):
            by_code = bool(code) and (self.codes[number] or "").lower() == (code or "").lower()
            if by_code or any(self.names[number].get(tag) == text for tag, text in name.items()):
                return number, by_code
        return None

    def label(self, number: int, main: str) -> str:
        """Return code or name, for a sentence."""
        return self.codes[number] or self.names[number].both(main)

    def label_of(self, number: int) -> str:
        """Return code or name in all languages."""
        return self.codes[number] or self.names[number].both()

    def same(self, texts: Sequence[str]) -> list[int]:
        """Return the agencies that one of the texts names exactly: all of one text before the next is tried."""
        asked = tuple(texts)
        if asked not in self._same:
            if len(self._same) >= _REMEMBERED:
                self._same.clear()
            self._same[asked] = self._named_by(asked)
        return self._same[asked]

    def _named_by(self, texts: Sequence[str]) -> list[int]:
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
        from eventrec.text.likeness.near_agencies import NearAgencies

        asked = Organisation(code=None, names=name, aliases=(), country=None, kind="other", parent=None, id=None)
        if self._near is None:
            self._near = NearAgencies()
            for number in self.names:
                self._near.add(number, self._organisation(number))
        found = []
        for number in self._near.near(asked):
            like = agencies(asked, self._organisation(number))
            if like is not None and like.score >= _NEAR_ENOUGH:
                found.append((number, like.score, like.reasons))
        return sorted(found, key=lambda each: (-each[1], each[0]))[:_SHOWN]

    def _organisation(self, number: int) -> Organisation:
        from eventrec.text.likeness import Organisation

        if number not in self._comparable:
            self._comparable[number] = Organisation(
                code=self.codes[number],
                names=self.names[number],
                aliases=tuple(self._aliases.get(number, ())),
                country=self.countries[number],
                kind=self._kinds[number],
                parent=self._parents[number],
                id=number,
            )
        return self._comparable[number]


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
