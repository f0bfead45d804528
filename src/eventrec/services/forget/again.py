"""Somebody who was forgotten and comes back: refused by hash, unless somebody says that the person agreed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from eventrec.errors import Rejected
from eventrec.models import Change, Forgotten
from eventrec.services.forget.hashes import Candidate, hashed, salt_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ALLOWED: Final = "eventrec.again"
_KNOWN: Final = "eventrec.forgotten"
_CALLED: Final = {
    "uid": "with this uid",
    "name": "of this name",
    "email": "with this e-mail address",
    "phone": "with this phone number",
    "wechat": "with this WeChat name",
}


class _Known(NamedTuple):
    """What the book knows of those who were forgotten: rows of `forgotten` by hash, and the salt."""

    salt: str | None
    rows: Mapping[str, list[Forgotten]]


class CameBack(Rejected):
    """Somebody who is about to be added was forgotten; `kind` is the trait by which that is seen."""

    def __init__(self, row: Forgotten) -> None:
        self.kind = row.kind
        hint = "Add --again if the person agreed."
        if row.kind == "name":
            hint += " For another person of that name: --namesake with contact add or participant add."
        super().__init__(
            f"Somebody {_CALLED[row.kind]} was forgotten on {_day(row.forgotten_at)}{_reason(row)}.",
            hint,
        )


def allow(session: Session) -> None:
    """Let forgotten people come back in this transaction: their hashes are removed when they do."""
    session.info[_ALLOWED] = True


def check(
    session: Session,
    *,
    uid: str = "",
    names: Collection[str] = (),
    points: Collection[tuple[str, str]] = (),
    namesake: bool = False,
) -> None:
    """Refuse a person who was forgotten; call it before a contact, a name of one or a point of one is saved.

    `namesake` says that the person only has the name of somebody who was forgotten. Raises CameBack, unless `allow` was
    called: then everything that is kept of the forgotten person is removed.
    """
    known = _known(session)
    if known.salt is None or not known.rows:
        return
    for trait in Candidate(uid, names, points).traits():
        if trait.kind == "name" and namesake:
            continue
        for row in known.rows.get(hashed(trait, known.salt), ()):
            if not session.info.get(_ALLOWED):
                raise CameBack(row)
            _welcome(session, row.person)


def is_anybody_known(session: Session) -> bool:
    """Tell whether anybody was ever forgotten."""
    return bool(_known(session).rows)


def knows(session: Session, *, names: Collection[str] = (), points: Collection[tuple[str, str]] = ()) -> bool:
    """Tell whether somebody who is only mentioned was forgotten, and nobody allowed the person back.

    A name alone says so only where nothing else is told of the person.
    """
    known = _known(session)
    if known.salt is None or not known.rows or session.info.get(_ALLOWED):
        return False
    kinds = {trait.kind for trait in Candidate("", names, points).traits() if known.rows.get(hashed(trait, known.salt))}
    return bool(kinds - {"name"}) or (bool(kinds) and not points)


def gone(session: Session, contact_id: int, *, names: Collection[str] = ()) -> str:
    """Return a sentence on a number that no contact has: nobody had it, or somebody who was forgotten.

    A name that is told with it says when and why; without one, the history says when it was emptied.
    """
    known = _known(session)
    if known.salt is not None:
        for trait in Candidate("", names).traits():
            for row in known.rows.get(hashed(trait, known.salt), ()):
                return f"Contact {contact_id} was forgotten on {_day(row.forgotten_at)}{_reason(row)}."
        emptied = select(Change.erased_at).where(
            Change.table_name == "contact", Change.row_id == contact_id, Change.after.is_(None)
        )
        moment = session.scalar(emptied.where(Change.erased_at.is_not(None)).order_by(Change.id.desc()).limit(1))
        if moment:
            return f"Contact {contact_id} was forgotten on {_day(moment)}."
    return f"There is no contact {contact_id}."


def _day(moment: str) -> str:
    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B %Y}"


def _reason(row: Forgotten) -> str:
    return f" ({row.reason})" if row.reason else ""


def look_again(session: Session) -> None:
    """Read what is known anew, after it was changed."""
    session.info.pop(_KNOWN, None)


def _known(session: Session) -> _Known:
    """Return what is known, read once in a transaction."""
    if _KNOWN not in session.info:
        rows: dict[str, list[Forgotten]] = {}
        for row in session.scalars(select(Forgotten).order_by(Forgotten.id)):
            rows.setdefault(row.hash, []).append(row)
        session.info[_KNOWN] = _Known(salt_of(session) if rows else None, rows)
    known: _Known = session.info[_KNOWN]
    return known


@event.listens_for(Session, "after_soft_rollback")
def _read_again(session: Session, _transaction: object) -> None:
    """Read what is known anew after somebody was welcomed in a savepoint that was taken back."""
    look_again(session)


def _welcome(session: Session, person: str) -> None:
    for row in session.scalars(select(Forgotten).where(Forgotten.person == person)).all():
        session.delete(row)
    session.flush()
    look_again(session)
