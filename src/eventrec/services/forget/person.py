"""Who is to be forgotten: the contact with all that was merged into it, and what the history says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select, type_coerce

from eventrec.errors import NotFound
from eventrec.models import Base, Change, Contact, Tombstone
from eventrec.models.base import PlainText
from eventrec.services.forget.hashes import Candidate
from eventrec.text.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

OWNED: Final = ("contact_point", "affiliation", "alias", "project_party", "consent")
"""Tables whose rows with the contact's number are all the person's own."""

_NAMED: Final = (*OWNED, "participation", "event")


@dataclass(frozen=True)
class Person:
    """The contact to forget. `ids` and `uids` are those of the contact and of all that were merged into it.

    `changes` are the history's entries about the person, oldest first.
    """

    id: int
    uid: str
    ids: frozenset[int]
    uids: frozenset[str]
    changes: tuple[Change, ...] = field(repr=False)

    def owns(self, table_name: str, side: Row | None) -> bool:
        """Tell whether a row, as the history keeps it, is of this person."""
        if side is None:
            return False
        if table_name == "contact":
            return side["id"] in self.ids
        if table_name == "not_same":
            return side["table_name"] == "contact" and bool(self.uids & {side["first_uid"], side["second_uid"]})
        if table_name == "tombstone":
            return side["table_name"] == "contact" and side["row_id"] in self.ids
        if table_name == "disclosure":
            return bool(self.ids.intersection(side["contact_ids"]))
        return side.get("contact_id") in self.ids

    @cached_property
    def sides(self) -> list[tuple[str, Row]]:
        """Every state that a row of the person ever had, by table."""
        return [
            (change.table_name, side)
            for change in self.changes
            for side in (change.before, change.after)
            if side is not None and self.owns(change.table_name, side)
        ]

    def _values(self, table_name: str, column: str) -> list[Any]:
        found = (side.get(column) for name, side in self.sides if name == table_name)
        return [value for value in found if value]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every full name that the person ever had here."""
        return tuple(dict.fromkeys(text for name in self._values("contact", "name") for text in name.values()))

    @cached_property
    def candidate(self) -> Candidate:
        """What the person is known by."""
        points = [(side["kind"], side["value"]) for name, side in self.sides if name == "contact_point"]
        return Candidate("", self.names, tuple(dict.fromkeys(points)))

    def mentions(self, extra: Collection[str] = ()) -> Mentions:
        """Return what finds the person in text; `extra` are further words for it."""
        by_kind: dict[str, list[str]] = {}
        for kind, value in self.candidate.points:
            by_kind.setdefault({"mobile": "phone"}.get(kind, kind), []).append(value)
        family = zip(self._values("contact", "family_name"), self._values("contact", "given_name"), strict=False)
        typed = [f"{given} {last}" for last, given in family]
        return Mentions(
            names=tuple(dict.fromkeys([*self.names, *typed, *self._values("alias", "name")])),
            emails=tuple(by_kind.get("email", ())),
            phones=tuple(by_kind.get("phone", ())),
            others=tuple(text for kind in ("wechat", "url", "address") for text in by_kind.get(kind, ())),
            extra=tuple(extra),
        )


def find(session: Session, contact_id: int) -> Person:
    """Return who has, or had, this number; the row is locked. Raises NotFound for a number that nobody ever had."""
    session.flush()
    row = session.get(Contact, contact_id, with_for_update=True)
    uid = row.uid if row else session.scalar(_uid_of_removed(contact_id))
    if uid is None:
        raise NotFound("contact", str(contact_id))
    ids, uids = _with_merged(session, contact_id, uid)
    changes = [change for table in _tables() for change in _changes(session, table, ids, uids)]
    return Person(contact_id, uid, ids, uids, tuple(sorted(changes, key=lambda change: change.id)))


def _uid_of_removed(contact_id: int) -> Any:  # noqa: ANN401
    """Return the query for the uid of a contact that was removed, and was not forgotten yet."""
    return (
        select(Change.row_uid)
        .where(Change.table_name == "contact", Change.row_id == contact_id, Change.before.is_not(None))
        .limit(1)
    )


def _with_merged(session: Session, contact_id: int, uid: str) -> tuple[frozenset[int], frozenset[str]]:
    ids, uids, waiting = {contact_id}, {uid}, [uid]
    while waiting:
        merged = select(Tombstone.row_id, Tombstone.row_uid).where(
            Tombstone.table_name == "contact", Tombstone.replaced_by == waiting.pop()
        )
        for number, their_uid in session.execute(merged):
            if their_uid not in uids:
                ids.add(number)
                uids.add(their_uid)
                waiting.append(their_uid)
    return frozenset(ids), frozenset(uids)


def _tables() -> Iterator[Table]:
    for name in ("contact", *_NAMED, "not_same", "tombstone", "disclosure"):
        yield Base.metadata.tables[name]


def _changes(session: Session, table: Table, ids: frozenset[int], uids: frozenset[str]) -> list[Change]:
    """Return the changes of one table that may be about the person; what they hold decides (`Person.owns`)."""
    query = select(Change).where(Change.table_name == table.name)
    if table.name == "contact":
        query = query.where(Change.row_id.in_(ids))
    elif table.name in _NAMED:
        query = query.where(_written(*(f'"contact_id":{number},' for number in ids)))
    elif table.name == "not_same":
        query = query.where(_written(*uids))
    elif table.name == "tombstone":
        query = query.where(_written(*(f'"row_id":{number},' for number in ids)))
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _written(*pieces: str) -> Any:  # noqa: ANN401
    """Return the condition that a change holds one of the pieces of JSON."""
    return or_(
        *(
            type_coerce(side, PlainText).contains(piece, autoescape=True)
            for side in (Change.before, Change.after)
            for piece in pieces
        )
    )
