"""People who were forgotten stay forgotten: what a book knows of them outlives what is restored over it.

Only hashes are kept, and the salt they were made with. Without the salt of its own book a hash leads to nobody, so two
books that each have one cannot become one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventrec.errors import Rejected
from eventrec.models import Forgotten, Setting

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from eventrec.db.journal import Journal

_SALT: Final = "salt"
_KEPT: Final = ("hash", "kind", "person", "forgotten_at", "reason", "created_at", "modified_at")


@dataclass(frozen=True)
class KeptOut:
    """The hashes of a book, and its salt."""

    hashes: list[dict[str, Any]]
    salt: Any

    def without(self, people: Collection[str]) -> KeptOut:
        """Return the same but for people who may come back."""
        return KeptOut([row for row in self.hashes if row["person"] not in people], self.salt)


def kept_out(opened: Connection) -> KeptOut:
    """Return what a book knows of people who were forgotten."""
    columns = [Forgotten.__table__.c[name] for name in _KEPT]
    hashes = [dict(row) for row in opened.execute(select(*columns).order_by(Forgotten.id)).mappings()]
    return KeptOut(hashes, _salt(opened))


def _salt(opened: Connection) -> Any:  # noqa: ANN401
    return opened.scalar(select(Setting.value).where(Setting.key == _SALT))


def keep_out(opened: Connection, before: KeptOut, journal: Journal | None) -> int:
    """Add to what was restored the hashes that it lacks, with their history; returns how many those were.

    Raises Rejected when the backup has a salt of its own: it is of another book, in which people were forgotten too.
    """
    if not before.hashes:
        return 0
    now = kept_out(opened)
    if now.salt is not None and now.salt != before.salt:
        raise Rejected(
            "The backup is of another book, and people were forgotten in both; one cannot take the other's place.",
            "Restore into a new one with --database.",
        )
    there = {(row["hash"], row["person"]) for row in now.hashes}
    missing = [row for row in before.hashes if (row["hash"], row["person"]) not in there]
    if not missing and now.salt is not None:
        return 0
    if journal is None:
        raise TypeError("a restore that keeps people out must be told who restores")
    with Session(opened, expire_on_commit=False) as session:
        session.info["journal"] = journal
        if now.salt is None:
            session.add(Setting(key=_SALT, value=before.salt))
        session.add_all(Forgotten(**row) for row in missing)
        session.flush()
    return len(missing)
