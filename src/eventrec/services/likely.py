"""Who may be in the book already under another name: looked up when somebody is added, while it is cheap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.localized import Localized
from eventrec.models import Affiliation, Agency, Alias, Contact, ContactPoint, NotSame
from eventrec.text.likeness import Organisation, Person
from eventrec.text.likeness import agencies as agencies_alike
from eventrec.text.likeness import people as people_alike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_LOOKED_AT: Final = 50
_ALIKE: Final = 82
_SHOWN: Final = 3


@dataclass(frozen=True)
class Likely:
    """A record that may be the one just added; `score` is 0 to 100."""

    id: int
    name: Localized
    score: int
    reasons: tuple[str, ...]


def contacts(session: Session, contact: Contact) -> list[Likely]:
    """Return who a contact may be as well, the likeliest first, without those that somebody told apart."""
    asked, apart = _person(session, contact), _apart(session, contact.uid)
    found = []
    for known in session.scalars(select(Contact).where(Contact.id.in_(_near(session, contact)))):
        like = people_alike(asked, _person(session, known)) if known.uid not in apart else None
        if like is not None:
            found.append(Likely(known.id, known.name, like.score, like.reasons))
    return sorted(found, key=lambda each: (-each.score, each.id))[:_SHOWN]


def agencies(session: Session, agency: Agency) -> list[Likely]:
    """Return which agencies an agency may be as well; a part and its whole are none."""
    aliases: dict[int, tuple[str, ...]] = {}
    for owner, name in session.execute(select(Alias.agency_id, Alias.name).where(Alias.agency_id.is_not(None))):
        aliases[owner or 0] = (*aliases.get(owner or 0, ()), name)
    columns = (Agency.uid, Agency.name, Agency.code, Agency.country, Agency.kind, Agency.parent_id, Agency.id)
    known = {
        number: (uid, Organisation(name, code, aliases.get(number, ()), country, kind, parent, number))
        for uid, name, code, country, kind, parent, number in session.execute(select(*columns))
    }
    apart, asked = _apart(session, agency.uid), known.pop(agency.id)[1]
    found = []
    for number, (uid, other) in known.items():
        like = agencies_alike(asked, other) if uid not in apart else None
        if like is not None:
            found.append(Likely(number, Localized(other.names), like.score, like.reasons))
    return sorted(found, key=lambda each: (-each.score, each.id))[:_SHOWN]


def _near(session: Session, contact: Contact) -> list[int]:
    """Return contacts worth comparing: of the same e-mail or phone, or whose names are spelled alike."""
    from rapidfuzz import fuzz, process

    own = select(ContactPoint.value).where(ContactPoint.contact_id == contact.id)
    shared = session.scalars(
        select(ContactPoint.contact_id).where(ContactPoint.value.in_(own), ContactPoint.contact_id != contact.id)
    )
    numbers = [number for number in shared if number is not None]
    keys = {number: _letters(key) for number, key in session.execute(select(Contact.id, Contact.sort_key))}
    mine = keys.pop(contact.id, _letters(contact.sort_key))
    alike = process.extract(mine, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_LOOKED_AT)
    return list(dict.fromkeys([*numbers, *(number for _, _, number in alike)]))


def _letters(sort_key: str) -> str:
    """Return the letters of a name in one order, so that neither the order of words nor of syllables matters."""
    return "".join(sorted(sort_key.replace(" ", "")))


def _person(session: Session, contact: Contact) -> Person:
    points = session.execute(
        select(ContactPoint.kind, ContactPoint.value).where(ContactPoint.contact_id == contact.id)
    ).all()
    place = select(Affiliation.agency_id).where(Affiliation.contact_id == contact.id, Affiliation.is_primary)
    return Person(
        names=contact.name,
        aliases=tuple(session.scalars(select(Alias.name).where(Alias.contact_id == contact.id))),
        emails=frozenset(value for kind, value in points if kind == "email"),
        phones=frozenset(value for kind, value in points if kind in ("phone", "mobile")),
        agency=session.scalar(place.where(Affiliation.ends_on.is_(None))),
    )


def _apart(session: Session, uid: str) -> set[str]:
    """Return the uids of records that somebody told apart from this one."""
    query = select(NotSame.first_uid, NotSame.second_uid)
    pairs = session.execute(query.where((NotSame.first_uid == uid) | (NotSame.second_uid == uid)))
    return {each for pair in pairs for each in pair} - {uid}
