"""Who is to be forgotten: the contact with all that was merged into it, and what the history says of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, type_coerce

from eventrec.errors import NotFound
from eventrec.models import Change, Contact, ContactPoint, Tombstone
from eventrec.models.base import PlainText
from eventrec.services.forget.hashes import Candidate
from eventrec.services.forget.pieces import AT_ONCE, pieces
from eventrec.text.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

OWNED: Final = ("contact_point", "affiliation", "alias", "project_party", "consent")
"""Tables whose rows with the contact's number are all the person's own."""

_TABLES: Final = ("contact", *OWNED, "participation", "event", "not_same", "tombstone", "disclosure")
_NUMBER: Final = re.compile(r'"contact_id":(\d+),')
_ROW: Final = re.compile(r'"row_id":(\d+),')
_LIST: Final = re.compile(r'"contact_ids":\[([\d,]*)\]')
_UIDS: Final = re.compile(r'"(?:first|second)_uid":"([^"]*)"')
"""Where JSON as the history writes it says whom a row is about; so nothing has to be read that is about nobody."""


def keys_of(table_name: str, side: Row) -> set[int | str]:
    """Return the numbers, of notes on who is not the same the uids, of the contacts that a row is about."""
    if table_name == "contact":
        return {side["id"]}
    if table_name == "not_same":
        return {side["first_uid"], side["second_uid"]} if side["table_name"] == "contact" else set()
    if table_name == "tombstone":
        return {side["row_id"]} if side["table_name"] == "contact" else set()
    if table_name == "disclosure":
        return set(side["contact_ids"])
    return {side["contact_id"]} if side.get("contact_id") is not None else set()


@dataclass(frozen=True)
class Circle:
    """Those who are forgotten at once. `ids` and `uids` are those of the contacts and of all merged into them.

    `changes` are the history's entries about them, oldest first.
    """

    ids: frozenset[int]
    uids: frozenset[str]
    changes: tuple[Change, ...] = field(repr=False)

    def owns(self, table_name: str, side: Row | None) -> bool:
        """Tell whether a row, as the history keeps it, is of one of them."""
        return side is not None and not self._keys.isdisjoint(keys_of(table_name, side))

    @cached_property
    def _keys(self) -> frozenset[int | str]:
        return self.ids | self.uids

    @cached_property
    def sides(self) -> list[tuple[str, Row]]:
        """Every state that a row of theirs ever had, by table."""
        return [
            (change.table_name, side)
            for change in self.changes
            for side in (change.before, change.after)
            if side is not None and self.owns(change.table_name, side)
        ]


@dataclass(frozen=True)
class Person(Circle):
    """The contact to forget.

    `foreign` are names and ways to be reached that the person does not have any more, and somebody else has: what was
    typed at the wrong contact, or brought by a merge that was taken back.
    """

    id: int
    uid: str
    foreign: frozenset[str] = field(default=frozenset(), repr=False)

    def _values(self, table_name: str, column: str) -> list[Any]:
        found = (side.get(column) for name, side in self.sides if name == table_name)
        return [value for value in found if value]

    def _own(self, values: Iterable[str]) -> tuple[str, ...]:
        return tuple(value for value in dict.fromkeys(values) if value not in self.foreign)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every full name that the person ever had here."""
        return self._own(text for name in self._values("contact", "name") for text in name.values())

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Every other name that the person ever had here."""
        return self._own(self._values("alias", "name"))

    @cached_property
    def sort_keys(self) -> tuple[str, ...]:
        """Every key under which the person ever stood in lists."""
        return tuple(self._values("contact", "sort_key"))

    @cached_property
    def candidate(self) -> Candidate:
        """What the person is known by."""
        points = [(side["kind"], side["value"]) for name, side in self.sides if name == "contact_point"]
        return Candidate("", self.names, tuple(pair for pair in dict.fromkeys(points) if pair[1] not in self.foreign))

    def mentions(self) -> Mentions:
        """Return what finds the person in text."""
        by_kind: dict[str, list[str]] = {}
        for kind, value in self.candidate.points:
            by_kind.setdefault({"mobile": "phone"}.get(kind, kind), []).append(value)
        family = zip(self._values("contact", "family_name"), self._values("contact", "given_name"), strict=False)
        names = [*self.names, *self._own(f"{given} {last}" for last, given in family), *self.aliases]
        return Mentions(
            names=tuple(dict.fromkeys(names)),
            emails=tuple(by_kind.get("email", ())),
            phones=tuple(by_kind.get("phone", ())),
            others=tuple(text for kind in ("wechat", "url", "address") for text in by_kind.get(kind, ())),
        )


def together(people: Sequence[Person]) -> Circle:
    """Return several people as those who are forgotten at once."""
    changes = {change.id: change for person in people for change in person.changes}
    return Circle(
        frozenset().union(*(person.ids for person in people)),
        frozenset().union(*(person.uids for person in people)),
        tuple(changes[number] for number in sorted(changes)),
    )


def find_all(session: Session, contact_ids: Iterable[int]) -> list[Person]:
    """Return who has, or had, these numbers; the rows are locked, the history is read once for all of them.

    Raises NotFound for a number that nobody ever had.
    """
    session.flush()
    found, graves = [], _graves(session)
    for number in dict.fromkeys(contact_ids):
        row = session.get(Contact, number, with_for_update=True)
        uid = row.uid if row else session.scalar(_uid_of_removed(number))
        if uid is None:
            raise NotFound("contact", str(number))
        ids, uids = _merged_into(number, uid, graves)
        found.append((number, uid, ids, uids))
    whose: dict[int | str, set[int]] = {}
    for number, _, ids, uids in found:
        for key in ids | uids:
            whose.setdefault(key, set()).add(number)
    changes = _changes(session, whose)
    people = [Person(ids, uids, tuple(changes.get(number, ())), number, uid) for number, uid, ids, uids in found]
    return [_without_foreign(session, person) for person in people]


def _uid_of_removed(contact_id: int) -> Any:  # noqa: ANN401
    """Return the query for the uid of a contact that was removed, and was not forgotten yet."""
    return (
        select(Change.row_uid)
        .where(Change.table_name == "contact", Change.row_id == contact_id, Change.before.is_not(None))
        .limit(1)
    )


def _graves(session: Session) -> Mapping[str, list[tuple[int, str]]]:
    """Return number and uid of the contacts that were merged into others, by the uid of these."""
    merged = select(Tombstone.row_id, Tombstone.row_uid, Tombstone.replaced_by).where(
        Tombstone.table_name == "contact", Tombstone.replaced_by.is_not(None)
    )
    graves: dict[str, list[tuple[int, str]]] = {}
    for number, uid, replaced_by in session.execute(merged):
        graves.setdefault(str(replaced_by), []).append((number, uid))
    return graves


def _merged_into(
    contact_id: int, uid: str, graves: Mapping[str, list[tuple[int, str]]]
) -> tuple[frozenset[int], frozenset[str]]:
    ids, uids, waiting = {contact_id}, {uid}, [uid]
    while waiting:
        for number, their_uid in graves.get(waiting.pop(), ()):
            if their_uid not in uids:
                ids.add(number)
                uids.add(their_uid)
                waiting.append(their_uid)
    return frozenset(ids), frozenset(uids)


def _changes(session: Session, whose: Mapping[int | str, set[int]]) -> dict[int, list[Change]]:
    """Return by person the changes about one of the keys, oldest first; the history is read once, in pieces."""
    sides = type_coerce(Change.before, PlainText), type_coerce(Change.after, PlainText)
    query = select(Change.id, Change.table_name, Change.row_id, *sides).where(Change.table_name.in_(_TABLES))
    wanted = [
        number
        for number, table_name, row_id, before, after in session.execute(
            query.order_by(Change.id).execution_options(yield_per=AT_ONCE)
        )
        if (row_id in whose if table_name == "contact" else _is_about(table_name, f"{before}{after}", whose))
    ]
    found: dict[int, list[Change]] = {}
    for some in pieces(wanted):
        query_some = select(Change).where(Change.id.in_(some)).order_by(Change.id)
        for change in session.scalars(query_some.execution_options(populate_existing=True)):
            states = [side for side in (change.before, change.after) if side is not None]
            keys = set().union(*(keys_of(change.table_name, side) for side in states))
            for person in set().union(*(whose.get(key, ()) for key in keys)):
                found.setdefault(person, []).append(change)
    return found


def _is_about(table_name: str, written: str, whose: Mapping[int | str, set[int]]) -> bool:
    """Tell whether JSON of the history names one of the keys."""
    if table_name == "not_same":
        return any(uid in whose for uid in _UIDS.findall(written))
    if table_name == "disclosure":
        return any(int(each) in whose for part in _LIST.findall(written) for each in part.split(",") if each)
    return any(int(each) in whose for each in (_ROW if table_name == "tombstone" else _NUMBER).findall(written))


def _without_foreign(session: Session, person: Person) -> Person:
    """Return the person without what somebody else has by now, and the person has not."""
    past, present = _past_and_present(person)
    points = {value for table_name, value in past - present if table_name == "contact_point"}
    names = {value for table_name, value in past - present if table_name != "contact_point"}
    foreign = set()
    for some in pieces(sorted(points)):
        theirs = ContactPoint.contact_id.is_(None) | ContactPoint.contact_id.not_in(person.ids)
        foreign |= set(session.scalars(select(ContactPoint.value).where(ContactPoint.value.in_(some), theirs)))
    for name in names:
        written = type_coerce(Contact.name, PlainText).contains(json.dumps(name, ensure_ascii=False), autoescape=True)
        if session.scalar(select(Contact.id).where(written, Contact.id.not_in(person.ids)).limit(1)):
            foreign.add(name)
    return Person(person.ids, person.uids, person.changes, person.id, person.uid, frozenset(foreign))


def _past_and_present(person: Person) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the names and points that the person had at any time, and those of the last states, by table."""
    ever, last = set(), dict[tuple[str, int], set[tuple[str, str]]]()
    for change in person.changes:
        for side in (change.before, change.after):
            told = _told(change.table_name, side) if side and person.owns(change.table_name, side) else set()
            ever |= told
            last[change.table_name, change.row_id] = told
    return ever, set().union(*last.values())


def _told(table_name: str, side: Row) -> set[tuple[str, str]]:
    if table_name == "contact":
        return {("name", text) for text in side["name"].values()}
    if table_name == "alias":
        return {("name", side["name"])}
    return {(table_name, side["value"])} if table_name == "contact_point" else set()
