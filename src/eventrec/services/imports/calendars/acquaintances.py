"""The people and agencies of the book that a calendar may mean, found in a few questions for the whole file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists, select

from eventrec.models import Alias, Contact, ContactPoint
from eventrec.services.imports.known_agencies import KnownAgencies
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized

Who = tuple[str, int]
"""A noun, `contact` or `agency`, and its number."""

_AT_ONCE: Final = 500
_FETCHED: Final = 2_000


@dataclass(slots=True)
class Acquaintance:
    """A contact of the book, with what it is recognised by."""

    id: int
    names: Localized
    emails: tuple[str, ...] = ()
    keys: Set[str] = frozenset()
    """Names and aliases, normalised."""


class Acquaintances:
    """Who of the book has one of the names or e-mail addresses of a file, and all agencies.

    The book is gone through once and nobody else is kept, so memory grows with the file and not with the book.
    """

    def __init__(self, session: Session, names: Set[int], bare: Set[int], emails: Set[int]) -> None:
        """`names` are hashes of all that the file has, normalised, `bare` of those without an e-mail address.

        `emails` are hashes of its addresses in lower case. Somebody else with one of these hashes does no harm.

        Who has an address is never found by a name that comes with another one, and so is looked at only for others.
        """
        self._session = session
        self.agencies = KnownAgencies(session)
        self.agency_named: dict[tuple[str, str], int] = {}
        """The first agency of each name in a language, letter by letter."""

        for number in sorted(self.agencies.names):
            for each in self.agencies.names[number].items():
                self.agency_named.setdefault(each, number)
        self.people: dict[int, Acquaintance] = {}
        self.by_email: dict[str, list[Who]] = {}
        """By address in lower case."""

        self.by_name: dict[str, list[Acquaintance]] = {}
        """By normalised name."""

        self.reachable: set[Who] = set()
        """Who has an e-mail address: all agencies that do, and of the people those that are kept here."""

        self._load(names, bare, emails)

    def _load(self, names: Set[int], bare: Set[int], emails: Set[int]) -> None:
        aliases = self._aliases() if names or emails else {}
        has_email = exists().where(ContactPoint.contact_id == Contact.id, ContactPoint.kind == "email")
        query = select(Contact.id, Contact.name, has_email).order_by(Contact.id)
        for number, name, is_reachable in self._rows(query if bare else query.where(~has_email)) if names else ():
            wanted = bare if is_reachable else names
            if not wanted.isdisjoint(hash(normalise(text)) for text in (*name.values(), *aliases.get(number, ()))):
                self.people[number] = Acquaintance(number, name)
        self._load_emails(emails)
        for number, person in self.people.items():
            person.keys = {normalise(text) for text in (*person.names.values(), *aliases.get(number, ()))}
            for name in person.keys:
                self.by_name.setdefault(name, []).append(person)

    def _aliases(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for owner, alias in self._rows(select(Alias.contact_id, Alias.name).where(Alias.contact_id.is_not(None))):
            found[owner] = (*found.get(owner, ()), alias)
        return found

    def _load_emails(self, wanted: Set[int]) -> None:
        """Find who has one of the addresses, and note who of those found by name has any."""
        further: dict[int, tuple[str, ...]] = {}
        query = select(ContactPoint.value, ContactPoint.contact_id, ContactPoint.agency_id)
        for email, contact_id, agency_id in self._rows(query.where(ContactPoint.kind == "email")):
            who = ("agency", agency_id) if contact_id is None else ("contact", contact_id)
            if contact_id is None or contact_id in self.people:
                self.reachable.add(who)
            if contact_id in self.people:
                self.people[contact_id].emails += (email,)
            if hash(email.lower()) in wanted:
                self.by_email.setdefault(email.lower(), []).append(who)
                self.reachable.add(who)
                if contact_id is not None and contact_id not in self.people:
                    further[contact_id] = (*further.get(contact_id, ()), email)
        numbers = sorted(further)
        for at in range(0, len(numbers), _AT_ONCE):
            part = numbers[at : at + _AT_ONCE]
            for number, name in self._session.execute(select(Contact.id, Contact.name).where(Contact.id.in_(part))):
                self.people[number] = Acquaintance(number, name, emails=further[number])

    def _rows(self, query: Any) -> Iterator[Any]:  # noqa: ANN401
        """Yield rows as they are read, so that a long table is never held as a whole."""
        return iter(self._session.execute(query.execution_options(yield_per=_FETCHED)))
