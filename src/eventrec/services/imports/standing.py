"""Contacts as they stand in the book, as plain rows: read for many at once, since an import asks for thousands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.models import Affiliation, Alias, Contact, ContactPoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Executable
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.localized import Localized
    from eventrec.models import Record

_AT_ONCE: Final = 1_000


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


@dataclass(slots=True)
class Standing:
    """A contact with all that belongs to it: whole rows of Python values, and the main affiliation that goes on.

    Of somebody whom the import has just added only `person` is known, until the rows are read.
    """

    person: KnownPerson
    contact: Row = field(default_factory=dict)
    place: Row | None = None
    points: list[Row] = field(default_factory=list)
    aliases: list[tuple[str, str | None]] = field(default_factory=list)
    """Names with their languages."""


def of(session: Session, numbers: Iterable[int]) -> dict[int, Standing | None]:
    """Return contacts by number; None for one that is not there."""
    wanted = sorted(set(numbers))
    found: dict[int, Standing | None] = dict.fromkeys(wanted)
    for at in range(0, len(wanted), _AT_ONCE):
        found |= _of(session, wanted[at : at + _AT_ONCE])
    return found


def _of(session: Session, numbers: Sequence[int]) -> dict[int, Standing]:
    found = {}
    for row in whole_rows(session, Contact, Contact.id.in_(numbers)):
        found[row["id"]] = Standing(KnownPerson(row["id"], row["uid"], row["name"]), row)
    for row in whole_rows(session, ContactPoint, ContactPoint.contact_id.in_(numbers)):
        there = found[row["contact_id"]]
        there.points.append(row)
        if row["kind"] == "email":
            there.person.emails += (row["value"],)
        elif row["kind"] in ("phone", "mobile"):
            there.person.phones += (row["value"],)
    for row in whole_rows(session, Alias, Alias.contact_id.in_(numbers)):
        there = found[row["contact_id"]]
        there.aliases.append((row["name"], row["language"]))
        there.person.aliases += (row["name"],)
    current = Affiliation.is_primary & Affiliation.ends_on.is_(None)
    for row in whole_rows(session, Affiliation, Affiliation.contact_id.in_(numbers) & current):
        found[row["contact_id"]].place = row
        found[row["contact_id"]].person.agency_id = row["agency_id"]
    return found


def whole_rows(session: Session, model: type[Record], condition: ColumnElement[bool]) -> Iterator[Row]:
    """Yield rows of a table by number, each with all its columns as Python values."""
    table = model.__table__
    for row in session.connection().execute(select(table).where(condition).order_by(table.c.id)):
        yield dict(row._mapping)


def everyone(session: Session) -> Iterator[KnownPerson]:
    """Yield all contacts, some read at a time."""
    last: int | None = 0
    while last is not None:
        numbers = session.scalars(
            select(Contact.id).where(Contact.id > last).order_by(Contact.id).limit(_AT_ONCE)
        ).all()
        yield from (there.person for there in _of(session, numbers).values())
        last = numbers[-1] if numbers else None


def names(session: Session) -> Iterator[tuple[int, str, int | None]]:
    """Yield every name and alias of every contact, with its number and its agency."""
    agency = (
        select(Affiliation.agency_id)
        .where(Affiliation.contact_id == Contact.id, Affiliation.is_primary, Affiliation.ends_on.is_(None))
        .limit(1)
        .scalar_subquery()
    )
    for number, name, agency_id in _streamed(session, select(Contact.id, Contact.name, agency)):
        yield from ((number, text, agency_id) for text in name.values())
    aliases = select(Contact.id, Alias.name, agency).join(Contact, Contact.id == Alias.contact_id)
    yield from _streamed(session, aliases)


def emails(session: Session) -> Iterator[tuple[int, str]]:
    """Yield every e-mail address of a contact, with the contact's number."""
    query = select(ContactPoint.contact_id, ContactPoint.value)
    yield from _streamed(session, query.where(ContactPoint.contact_id.is_not(None), ContactPoint.kind == "email"))


def _streamed(session: Session, query: Executable) -> Iterator[Any]:
    yield from session.connection().execute(query.execution_options(yield_per=_AT_ONCE))
