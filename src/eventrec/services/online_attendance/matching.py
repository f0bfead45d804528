"""Who in the book the people of a report are, and whose delegations the others belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, func, or_, select

from eventrec.models import Affiliation, Agency, Alias, Contact, ContactPoint, Participation
from eventrec.services.imports.known_agencies import KnownAgencies
from eventrec.services.online_attendance.shown_names import Shown, read
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Executable
    from sqlalchemy.orm import Session

    from eventrec.services.online_attendance.people import Attended

_PUBLIC_MAIL: Final = re.compile(
    r"(?:vip\.)?(?:gmail|googlemail|qq|foxmail|163|126|139|189|yeah|sina|sohu|tom|aliyun|outlook|hotmail|live|msn|yahoo"
    r"|ymail|icloud|me|aol|gmx|proton|protonmail|yandex|wo|web|t-online)\.[a-z]{2,3}(?:\.[a-z]{2})?|mail\.(?:com|ru)"
)
"""Mail domains that belong to nobody in particular."""

OTHER_NAME: Final = "same e-mail, another name"
"""The reason of a match that a person should look at."""

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Found:
    """The contact that somebody is, and by what; without one, the agency, and between whom it could not be decided."""

    contact_id: int | None = None
    agency_id: int | None = None
    reason: str = ""
    several: tuple[int, ...] = ()


class Matching:
    """Matches the people of a report on its own: by e-mail, by exact name on the list, by exact name and agency."""

    def __init__(self, session: Session, event_id: int, day: date, attended: Iterable[Attended]) -> None:
        self._session = session
        self._day = day
        self._agencies = KnownAgencies(session)
        self._by_email = self._contacts_by_email({each.email for each in attended if each.email})
        listed = select(Participation.contact_id).where(
            Participation.event_id == event_id, Participation.contact_id.is_not(None)
        )
        self._registered = _by_name(session, Contact.id.in_(listed))
        self._of_agency: dict[int, dict[str, set[int]]] = {}

    def find(self, who: Attended) -> Found:
        """Return whom somebody is matched to."""
        shown = [read(name) for name in who.names]
        agency_ids = self._agencies_of(who, shown)
        agency_id = agency_ids[0] if len(agency_ids) == 1 else None
        for reason, contacts in self._ways(who, shown, agency_ids):
            if len(contacts) == 1:
                return Found(contact_id=contacts[0], reason=reason)
            if contacts:
                return Found(agency_id=agency_id, several=tuple(contacts))
        return Found(agency_id=agency_id if agency_ids else self._by_domain(who.email))

    def _ways(
        self, who: Attended, shown: Sequence[Shown], agency_ids: Sequence[int]
    ) -> Iterator[tuple[str, list[int]]]:
        names = {normalise(name) for each in shown for name in each.names}
        by_email = self._by_email.get(who.email, set())
        if len(by_email) > 1:
            called = _called(names, _by_name(self._session, Contact.id.in_(by_email)))
            by_email = called if len(called) == 1 else by_email
        fits = not names or bool(_called(names, _by_name(self._session, Contact.id.in_(by_email))))
        yield "same e-mail" if fits else OTHER_NAME, sorted(by_email)
        registered = {each for each in _called(names, self._registered) if self._may_be_of(each, agency_ids)}
        if len(registered) > 1 and agency_ids:
            registered = {each for each in registered if self._is_of(each, agency_ids)} or registered
        yield "same name, on the list", sorted(registered)
        yield (
            "same name and agency",
            sorted({each for at in agency_ids for each in _called(names, self._people_of(at))}),
        )

    def _agencies_of(self, who: Attended, shown: Sequence[Shown]) -> list[int]:
        """Return the agencies that the report or the display names say exactly."""
        printed = [[entry.agency] for entry in who.entries if entry.agency]
        said = [[text] for each in shown for text in each.agencies]
        for texts in (printed, said):
            found = {number for each in texts for number in self._agencies.same(each)}
            if found:
                return sorted(found)
        return []

    def _may_be_of(self, contact_id: int, agency_ids: Sequence[int]) -> bool:
        """Tell whether nothing speaks against it: somebody who shows another agency is a namesake."""
        theirs = self._places_of(contact_id)
        return not agency_ids or not theirs or not theirs.isdisjoint(agency_ids)

    def _is_of(self, contact_id: int, agency_ids: Sequence[int]) -> bool:
        return not self._places_of(contact_id).isdisjoint(agency_ids)

    def _places_of(self, contact_id: int) -> set[int]:
        query = select(Affiliation.agency_id).where(Affiliation.contact_id == contact_id, *self._valid())
        return set(self._session.scalars(query))

    def _people_of(self, agency_id: int) -> dict[str, set[int]]:
        if agency_id not in self._of_agency:
            theirs = select(Affiliation.contact_id).where(Affiliation.agency_id == agency_id, *self._valid())
            self._of_agency[agency_id] = _by_name(self._session, Contact.id.in_(theirs))
        return self._of_agency[agency_id]

    def _valid(self) -> list[ColumnElement[bool]]:
        """Return the conditions of an affiliation on the day of the event."""
        return [
            or_(Affiliation.starts_on.is_(None), Affiliation.starts_on <= self._day),
            or_(Affiliation.ends_on.is_(None), Affiliation.ends_on >= self._day),
        ]

    def _contacts_by_email(self, emails: set[str]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        waiting = iter(sorted(emails))
        value = func.lower(ContactPoint.value)
        while some := list(islice(waiting, _AT_ONCE)):
            query = select(value, ContactPoint.contact_id).where(
                ContactPoint.kind == "email", ContactPoint.contact_id.is_not(None), value.in_(some)
            )
            for email, contact_id in self._session.execute(query):
                found[email].add(contact_id or 0)
        return found

    @cached_property
    def _domains(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """Return the domains of agencies' own addresses, and those of their people's, each with its agencies."""
        own: dict[str, set[int]] = defaultdict(set)
        for website, number in self._session.execute(
            select(Agency.website, Agency.id).where(Agency.website.is_not(None))
        ):
            own[_host(website or "")].add(number)
        points = select(ContactPoint.value, ContactPoint.agency_id).where(
            ContactPoint.kind == "email", ContactPoint.agency_id.is_not(None)
        )
        _add_domains(self._session, own, points)
        theirs: dict[str, set[int]] = defaultdict(set)
        people = (
            select(ContactPoint.value, Affiliation.agency_id)
            .join(Affiliation, Affiliation.contact_id == ContactPoint.contact_id)
            .where(ContactPoint.kind == "email", *self._valid())
        )
        _add_domains(self._session, theirs, people)
        return own, theirs

    def _by_domain(self, email: str) -> int | None:
        domain = email.rpartition("@")[2]
        if not domain or _PUBLIC_MAIL.fullmatch(domain):
            return None
        for domains in self._domains:
            if len(agency_ids := domains.get(domain, set())) == 1:
                return next(iter(agency_ids))
            if agency_ids:
                return None
        return None


def _add_domains(session: Session, found: dict[str, set[int]], query: Executable) -> None:
    for email, agency_id in session.execute(query):
        found[email.rpartition("@")[2].lower()].add(agency_id)


def _host(website: str) -> str:
    host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    return host.removeprefix("www.")


def _by_name(session: Session, which: ColumnElement[bool]) -> dict[str, set[int]]:
    """Return contacts by each of their normalised names and aliases."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, names in session.execute(select(Contact.id, Contact.name).where(which)):
        for name in names.values():
            found[normalise(name)].add(number)
    aliases = select(Alias.contact_id, Alias.name).join(Contact, Contact.id == Alias.contact_id).where(which)
    for owner, alias in session.execute(aliases):
        found[normalise(alias)].add(owner or 0)
    return found


def _called(names: Iterable[str], known: dict[str, set[int]]) -> set[int]:
    return {number for name in names for number in known.get(name, ())}
