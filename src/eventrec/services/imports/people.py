"""People of an import and their agencies: known ones are filled or left, the others are new contacts."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import IntegrityError

from eventrec.db.bulk import Bulk
from eventrec.db.derived import computed
from eventrec.db.journal import journal_of
from eventrec.errors import EventrecError, NotFound, Rejected
from eventrec.localized import Localized
from eventrec.models import Affiliation, Agency, Alias, Contact, ContactPoint
from eventrec.services import points, rows
from eventrec.services.forget import again
from eventrec.services.imports.filling import COLUMNS, Filling
from eventrec.services.imports.identities import further_categories, newer_in_book
from eventrec.services.imports.known import KnownPeople, KnownPerson
from eventrec.services.imports.known_agencies import KnownAgencies
from eventrec.services.imports.outcome import Likely
from eventrec.services.imports.rows_of import RowsOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.person import Incoming
    from eventrec.services.imports.standing import Standing
    from eventrec.services.imports.wish import Wish

_ACRONYM: Final = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z0-9.&-]{1,14}")
_CONTACT: Final = ("name", "family_name", "given_name", "honorific", "sex", "languages", "categories", "note")
NEAR_UNTIL: Final = 2_000
_NEW_AGENCIES: Final = 200
"""Rows, and new agencies, for which near names are looked up; those of longer files are listed afterwards."""


class Refused(Rejected):
    """A row that cannot be taken; `field` names the cell."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TooLate(Exception):
    """A row was refused after something was changed for it: that is taken back with the rows around it."""

    def __init__(self, error: EventrecError, sheet: str, row: int, heading: Callable[[str], str]) -> None:
        super().__init__(str(error))
        self.refused = (error, sheet, row, heading)
        self.place = (sheet, row)


@dataclass
class Settled:
    """Who a row turned out to be."""

    contact_id: int
    new: bool
    changed: bool = False
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

        self._journal = journal_of(session)
        self.bulk = Bulk(session)
        self.known = KnownPeople(session)
        self._rows_of = RowsOf()
        self._contacts = self.bulk.rows(Contact, *_CONTACT, "sort_key", "search_text")
        self._places = self.bulk.rows(Affiliation, "contact_id", "agency_id", "position", "unit", "is_primary")
        self._ways = self.bulk.rows(ContactPoint, "contact_id", "kind", "value", "label", "preferred")
        self._names = self.bulk.rows(Alias, "contact_id", "name")
        self.reload()

    def reload(self) -> None:
        """Read the agencies anew and no contact from memory, after something was taken back or added otherwise."""
        self.known.forget()
        self.agencies = KnownAgencies(self._session)
        self._new_agencies: set[int] = set()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Take in what is added and written within, or none of it when a row is refused; then read all anew.

        Any other error ends the whole import.
        """
        self.bulk.flush()
        change_set, looks = self._journal.change_set_id, self.known.looks_for_near
        savepoint = self._session.begin_nested()
        self._rows_of.begin()
        try:
            yield
            self.bulk.flush()
            self._session.flush()
            savepoint.commit()
            self._rows_of.keep()
            self.let_go()
        except (TooLate, IntegrityError):
            savepoint.rollback()
            self._rows_of.take_back()
            self._journal.change_set_id = change_set
            self._journal.pending.clear()
            self.bulk.discard()
            self.known.take_back(looks_for_near=looks)
            self.reload()
            raise

    def look_ahead(self, rows: Iterable[Incoming]) -> Sequence[int]:
        """Find whoever may be meant by the rows that come next, all at once; let go of others as `let_go` does.

        What is waiting is written while the next rows are put, since whoever reads waits for that. It is written first
        only where somebody is meant again.
        """
        found = self.known.look_ahead((who, self.agencies.same(who.agency_texts)) for who in rows)
        are_meant_again = self.known.are_at_hand(found)
        if self.known.are_many() or (are_meant_again and not self.known.looks_for_near):
            self._forget()
        elif not self.known.looks_for_near:
            self.known.forget()
        self.known.read(found)
        if not self.known.looks_for_near:
            self.bulk.write()
        return found

    def let_go(self) -> None:
        """Know those just added by what is written, unless near names are looked for among them.

        Whoever is meant again is then read with others, and not each when the row comes.
        """
        if not self.known.looks_for_near:
            self._forget()

    def _forget(self) -> None:
        """Begin to write what is waiting and let go of who is at hand."""
        self.bulk.write()
        self.known.forget()

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
        acronyms = (text for text in name.values() if _ACRONYM.fullmatch(text))
        code = next((text for text in acronyms if text.lower() not in self.agencies.taken), None)
        values = {"name": name, "code": code, "country": who.country}
        number, _ = self.bulk.add(Agency, **values, **computed("agency", values), created_at=self.moment_of_agencies)
        self.agencies.add(number, code, name, who.country)
        self._new_agencies.add(number)
        self._outcome.tell(f"New agency {number}: {name.both(self._main)}.")
        return number

    def settle(self, who: Incoming, agency_id: int | None, number: int | None) -> Settled:
        """Return the contact of a named row, whom `find` found or who is new, made or changed as the mode says."""
        if self.known.are_many(3):  # of cards, for which nobody looks ahead
            self._forget()
        if number is None:
            self._refuse_forgotten(who)
            return Settled(self._new_contact(who, agency_id), new=True)
        self._rows_of.add(number, who)
        kept, changed = self._known_contact(who, number, agency_id)
        return Settled(number, new=False, changed=changed, kept=kept)

    def _refuse_forgotten(self, who: Incoming) -> None:
        """Refuse somebody new who was forgotten; the others of the file go on."""
        if not again.is_anybody_known(self._session):
            return
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
            if self.known.get(who.number) is None:
                raise Refused("contact", again.gone(self._session, who.number, names=(who.names or {}).values()))
            return who.number
        same = self.known.same(who, agency_id)
        if who.uid and self.known.identities.find(who.uid) is None:  # two cards of one file are two people
            same = [person for person in same if self.row_of(person.id) is None]
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
            if not self.known.looks_for_near:
                return None
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
        aliases, values = who.aliases, [point.value for point in who.points]
        columns = {
            "name": who.names,
            "family_name": who.family_name,
            "given_name": who.given_name,
            "honorific": who.honorific,
            "sex": who.sex or "not-stated",
            "languages": who.languages or None,
            "categories": who.categories or None,
            "note": self._note(who),
        }
        found = computed("contact", columns, aliases, values)
        since = who.revised and min(who.revised, self._journal.moment)
        number, uid = self._contacts.add(
            *columns.values(),
            found["sort_key"],
            found["search_text"],
            uid=self.known.identities.free(who.uid),
            moment=since,
        )
        self._add_parts(number, who, agency_id, since)
        self._know(who, number, uid, agency_id)
        return number

    def _note(self, who: Incoming) -> str | None:
        return who.note if self._wish.event_id is None and not who.event else None

    def _add_parts(self, number: int, who: Incoming, agency_id: int | None, since: str | None) -> None:
        """Add where a new person works, how to reach the person, and other names."""
        if agency_id is not None:
            self._places.add(number, agency_id, who.position, who.unit, True, moment=since)
        best = points.preferred(who.points)
        for point in who.points:
            preferred = best[point.kind] is point
            self._ways.add(number, point.kind, point.value, point.label, preferred, moment=since)
        for alias in who.aliases:
            self._names.add(number, alias)

    def _know(self, who: Incoming, number: int, uid: str, agency_id: int | None) -> None:
        emails = tuple([point.value for point in who.points if point.kind == "email"])
        phones = tuple([point.value for point in who.points if point.kind in ("phone", "mobile")])
        names = who.names or Localized()
        self.known.add(KnownPerson(number, uid, names, tuple(who.aliases), emails, phones, agency_id))
        self._rows_of.add(number, who)

    def place_of(self, number: int) -> Row | None:
        """Return the main affiliation that goes on of somebody whom `settle` returned and who was there before."""
        there = self.known.standing(number)
        return there.place if there else None

    def row_of(self, number: int) -> tuple[str, int] | None:
        """Return the row of this import that was the contact first."""
        return self._rows_of.get(number)

    def _known_contact(self, who: Incoming, number: int, agency_id: int | None) -> tuple[list[str], bool]:
        """Fill or change a known contact as the mode says; returns what was kept, and whether anything was changed."""
        there = self._standing(number)
        if who.version is not None:
            self.bulk.flush()
            rows.get(self._session, Contact, number, who.version, _wanted(who))
        if self._wish.mode == "add":
            return [], False
        by_uid = bool(who.uid) and self.known.identities.find(who.uid) == number
        if by_uid and who.revised:
            self.bulk.flush()
            newer = newer_in_book(self._session, Contact, number, who.revised)
            if newer:
                self._outcome.tell_at("Older than what the book has, which was kept, the card at", who.row)
                return [f"all, changed on {newer} (the card is of {who.revised})"], False
        filling = Filling(self._session, there, mode=self._wish.mode, main=self._main, moment=self._journal.moment)
        words: list[str] = []
        if who.categories:
            self.bulk.flush()
            words = further_categories(self._session, number, there.contact["categories"], who.categories)
        filling.person(who, self._note(who), words)
        filling.fill(who, agency_id, self.agencies)
        filling.save(self.bulk)
        self.known.add(there.person)
        return filling.kept, filling.changes

    def _standing(self, number: int) -> Standing:
        there = self.known.standing(number)
        if there is None or not there.contact:  # it was just added, or not even that
            self.bulk.flush()
            there = self.known.standing(number, anew=True)
        if there is None:
            raise NotFound("contact", str(number))
        return there


def _wanted(who: Incoming) -> dict[str, Any]:
    """Return the columns that a row wants to be so."""
    said = {"name": who.names, "note": who.note, **{name: getattr(who, name) for name in COLUMNS}}
    return {name: value for name, value in said.items() if value}
