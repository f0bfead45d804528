"""People of an import and their agencies: known ones are filled or left, the others are new contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from eventrec.db.bulk import Bulk
from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.localized import Localized
from eventrec.models import Affiliation, Agency, Alias, Contact, ContactPoint
from eventrec.services import affiliation, points, rows
from eventrec.services.aliases import add_alias
from eventrec.services.derived import fill, refresh
from eventrec.services.forget import again
from eventrec.services.imports.identities import further_categories, newer_in_book
from eventrec.services.imports.known import KnownAgencies, KnownPeople, KnownPerson
from eventrec.services.imports.outcome import Likely
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.wish import Wish

_ACRONYM: Final = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z0-9.&-]{1,14}")
_COLUMNS: Final = ("family_name", "given_name", "honorific", "sex", "languages")
NEAR_UNTIL: Final = 2_000
_NEW_AGENCIES: Final = 200
"""Rows, and new agencies, for which near names are looked up; those of longer files are listed afterwards."""


class Refused(Rejected):
    """A row that cannot be taken; `field` names the cell."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass
class Settled:
    """Who a row turned out to be."""

    contact_id: int
    new: bool
    kept: list[str] = field(default_factory=list)
    """What the book has otherwise, and was left as it is."""


class People:
    """Finds or makes the people and agencies of an import, one row after another."""

    def __init__(self, session: Session, wish: Wish, outcome: Outcome, main: str) -> None:
        self._session = session
        self._wish = wish
        self._outcome = outcome
        self._main = main
        self.moment_of_agencies: str | None = None
        """When agencies that cards name were there already, UTC; else they are as new as the import."""

        self.bulk = Bulk(session)
        self.reload()

    def reload(self) -> None:
        """Read the book anew, after something was taken back."""
        self.known = KnownPeople(self._session)
        self.agencies = KnownAgencies(self._session)
        self._new_agencies: set[int] = set()
        self._rows_of: dict[int, tuple[str, int]] = {}

    def known_agency(self, who: Incoming) -> int | None:
        """Return the agency that the row names exactly; None when it names none, or one that is not known.

        Raises Refused when several have that name.
        """
        named = self._named_exactly(who.agency) if who.exactly and who.agency else None
        found = self.agencies.same(who.agency_texts) if named is None else named
        if len(found) > 1:
            labels = "; ".join(f"agency {number}, {self.agencies.names[number].both(self._main)}" for number in found)
            raise Refused("agency", f"“{who.agency_texts[0]}” is more than one agency: {labels}.")
        return found[0] if found else None

    def _named_exactly(self, name: Localized) -> list[int]:
        """Return the agency of that very name, else the one that agrees with it and was there before the import."""
        named = self.agencies.named(name)
        same = [number for number in named if self.agencies.names[number] == name]
        return same or [number for number in named if number not in self._new_agencies]

    def agency_of(self, who: Incoming) -> int | None:
        """Return the row's agency; one that is not in the book is added under the name as it was typed."""
        if who.agency is None:
            return None
        return self.known_agency(who) or self._decided_agency(who.agency, who) or self._new_agency(who)

    def _decided_agency(self, name: Localized, who: Incoming) -> int | None:
        if len(self._new_agencies) >= _NEW_AGENCIES:
            self._outcome.tell("Near names of so many new agencies were not looked up: eventrec agency duplicates")
            return None
        shown = name.both(self._main)
        near = self.agencies.near(name)
        likely = [
            Likely(
                who.sheet,
                who.row,
                "agency",
                shown,
                number,
                self.agencies.names[number].both(self._main),
                score,
                reasons,
            )
            for number, score, reasons in near
        ]
        if not likely:
            return None
        decided = self._wish.decisions.get(likely[0].key)
        if decided is None:
            self._outcome.likely.extend(likely)
        return decided or None

    def _new_agency(self, who: Incoming) -> int:
        name = who.agency or Localized()
        taken = {(code or "").lower() for code in self.agencies.codes.values()}
        acronyms = (text for text in name.values() if _ACRONYM.fullmatch(text))
        code = next((text for text in acronyms if text.lower() not in taken), None)
        row = Agency(name=name, code=code, country=who.country, side=None)
        fill(row)
        number, _ = self.bulk.add(
            Agency,
            name=name,
            code=code,
            country=who.country,
            search_text=row.search_text,
            sort_key=row.sort_key,
            **_since(self.moment_of_agencies),
        )
        self.agencies.add(number, code, name, who.country)
        self._new_agencies.add(number)
        self._outcome.tell(f"New agency {number}: {name.both(self._main)}.")
        return number

    def settle(self, who: Incoming, agency_id: int | None, number: int | None) -> Settled:
        """Return the contact of a named row, whom `find` found or who is new, made or changed as the mode says."""
        if number is None:
            self._refuse_forgotten(who)
            return Settled(self._new_contact(who, agency_id), new=True)
        self._rows_of.setdefault(number, (who.sheet, who.row))
        return Settled(number, new=False, kept=self._known_contact(who, number, agency_id))

    def _refuse_forgotten(self, who: Incoming) -> None:
        """Refuse somebody new who was forgotten; the others of the file go on."""
        try:
            again.check(
                self._session,
                uid=who.uid,
                names=(who.names or {}).values(),
                points=[(point.kind, point.value) for point in who.points],
            )
        except again.CameBack as error:
            raise Refused({"uid": "name"}.get(error.kind, error.kind), f"{error.message} {error.hint}") from error

    def find(self, who: Incoming, agency_id: int | None) -> int | None:
        """Return the contact that a named row is; None for somebody new. Raises Refused when it may be several."""
        if who.number is not None:
            if who.number not in self.known.people:
                raise Refused("contact", again.gone(self._session, who.number, names=(who.names or {}).values()))
            return who.number
        same = self.known.same(who, agency_id)
        if who.uid and self.known.identities.find(who.uid) is None:  # two cards of one file are two people
            same = [person for person in same if person.id not in self._rows_of]
        if len(same) > 1:
            listed = "; ".join(f"contact {person.id}, {person.names.both(self._main)}" for person in same)
            raise Refused(
                "name",
                f"{who.label_text} is more than one contact: {listed}. Write the number into a column “contact”.",
            )
        if same:
            return same[0].id
        return self._decided_contact(who, agency_id)

    def _decided_contact(self, who: Incoming, agency_id: int | None) -> int | None:
        if self._outcome.rows > NEAR_UNTIL:
            self._outcome.tell(
                f"Near names were looked up for {NEAR_UNTIL:,} rows; others: eventrec contact duplicates"
            )
            self.known.stop_looking()
            return None
        likely = [
            Likely(
                who.sheet, who.row, "contact", who.label_text, near.person.id, near.person.names.both(self._main),
                near.score, near.reasons,
            )
            for near in self.known.near(who, agency_id)
        ]  # fmt: skip
        if not likely:
            return None
        decided = self._wish.decisions.get(likely[0].key)
        if decided is None:
            self._outcome.likely.extend(likely)
        return decided or None

    def _new_contact(self, who: Incoming, agency_id: int | None) -> int:
        if who.names is None:
            raise Refused("name", "A person needs a name.")
        values: dict[str, Any] = {
            "name": who.names,
            "family_name": who.family_name,
            "given_name": who.given_name,
            "honorific": who.honorific,
            "sex": who.sex or "not-stated",
            "languages": who.languages or None,
            "categories": who.categories or None,
            "note": who.note if self._wish.event_id is None and not who.event else None,
        }
        row = Contact(**values)
        fill(row, who.aliases, [point.value for point in who.points])
        since = _since(who.revised and min(who.revised, journal_of(self._session).moment))
        values |= {"sort_key": row.sort_key, "search_text": row.search_text, **since}
        number, uid = self.bulk.add(Contact, **values, uid=self.known.identities.free(who.uid))
        self._add_parts(number, who, agency_id, since)
        self._know(who, number, uid, agency_id)
        return number

    def _add_parts(self, number: int, who: Incoming, agency_id: int | None, since: dict[str, str]) -> None:
        """Add where a new person works, how to reach the person, and other names."""
        if agency_id is not None:
            self.bulk.add(
                Affiliation,
                contact_id=number,
                agency_id=agency_id,
                position=who.position,
                unit=who.unit,
                is_primary=True,
                **since,
            )
        best = points.preferred(who.points)
        for point in who.points:
            self.bulk.add(
                ContactPoint,
                contact_id=number,
                kind=point.kind,
                value=point.value,
                label=point.label,
                preferred=best[point.kind] is point,
                **since,
            )
        for alias in who.aliases:
            self.bulk.add(Alias, contact_id=number, name=alias)

    def _know(self, who: Incoming, number: int, uid: str, agency_id: int | None) -> None:
        phones = tuple(point.value for point in who.points if point.kind in ("phone", "mobile"))
        names = who.names or Localized()
        self.known.add(KnownPerson(number, uid, names, tuple(who.aliases), tuple(who.emails), phones, agency_id))
        self._rows_of[number] = (who.sheet, who.row)

    def row_of(self, number: int) -> tuple[str, int] | None:
        """Return the row of this import that was the contact first."""
        return self._rows_of.get(number)

    def _known_contact(self, who: Incoming, number: int, agency_id: int | None) -> list[str]:
        """Fill or change a known contact as the mode says; returns what was kept otherwise."""
        self.bulk.flush()
        contact = rows.get(self._session, Contact, number, who.version, _wanted(who))
        kept: list[str] = []
        if self._wish.mode == "add":
            return kept
        by_uid = bool(who.uid) and self.known.identities.find(who.uid) == number
        newer = newer_in_book(self._session, contact, who.revised) if by_uid else ""
        if newer:
            self._outcome.tell_at("Older than what the book has, which was kept, the card at", who.row)
            return [f"all, changed on {newer} (the card is of {who.revised})"]
        note = who.note if self._wish.event_id is None and not who.event else None
        self._columns(contact, who, kept)
        self._name(contact, who.names, kept)
        if note and note not in (contact.note or ""):
            contact.note = f"{contact.note}\n{note}" if contact.note else note
        words = further_categories(self._session, contact, who.categories)
        if words:
            contact.categories = [*(contact.categories or ()), *words]
        self._session.flush()
        self._work(contact, who, agency_id, kept)
        points.add(self._session, contact, who.points)
        for alias in who.aliases:
            add_alias(self._session, contact, alias)
        refresh(self._session, contact)
        known = self.known.people[number]
        known.emails = tuple(dict.fromkeys([*known.emails, *who.emails]))
        known.names = contact.name
        self.known.add(known)
        return kept

    def _columns(self, contact: Contact, who: Incoming, kept: list[str]) -> None:
        for name in _COLUMNS:
            new, old = getattr(who, name), getattr(contact, name)
            if not new or new == old:
                continue
            if old in (None, "not-stated", []) or self._wish.mode == "update":
                setattr(contact, name, new)
            else:
                kept.append(f"{name.replace('_', ' ')} “{old}” (the file says “{new}”)")

    def _name(self, contact: Contact, names: Localized | None, kept: list[str]) -> None:
        for tag, new in (names or {}).items():
            old = contact.name.get(tag)
            if old is None or (self._wish.mode == "update" and old != new):
                again.check(self._session, names=[new])
                contact.name = contact.name | {tag: new}
            elif normalise(old) != normalise(new):
                kept.append(f"name “{old}” (the file says “{new}”)")

    def _work(self, contact: Contact, who: Incoming, agency_id: int | None, kept: list[str]) -> None:
        place = affiliation.current(self._session, contact.id)
        if place is None:
            if agency_id is not None:
                affiliation.move(self._session, contact, affiliation.Place(agency_id, who.position, who.unit))
                self.known.people[contact.id].agency_id = agency_id
            return
        if agency_id not in (None, place.agency_id):
            now = self.agencies.label(place.agency_id, self._main)
            new = self.agencies.label(agency_id or 0, self._main)
            command = f"eventrec contact edit {contact.id} --agency {agency_id} --from DATE"
            kept.append(f"agency {now} (the file says {new}; if so: {command})")
            return
        for name in ("position", "unit"):
            new, old = getattr(who, name), getattr(place, name)
            if not new or new == old:
                continue
            if not old or self._wish.mode == "update":
                setattr(place, name, new)
            elif isinstance(old, Localized) and all(tag not in old for tag in new):
                setattr(place, name, old | new)
            elif not (isinstance(old, Localized) and all(old.get(tag) == text for tag, text in new.items())):
                shown = [each.both(self._main) if isinstance(each, Localized) else each for each in (old, new)]
                kept.append(f"{name} “{shown[0]}” (the file says “{shown[1]}”)")
        self._session.flush()


def _wanted(who: Incoming) -> dict[str, Any]:
    """Return the columns that a row wants to be so."""
    said = {"name": who.names, "note": who.note, **{name: getattr(who, name) for name in _COLUMNS}}
    return {name: value for name, value in said.items() if value}


def _since(moment: str | None) -> dict[str, str]:
    """Return the columns of a row that is as old as the card that brings it."""
    return {"created_at": moment, "modified_at": moment} if moment else {}
