"""Lists that were given to somebody outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.db.journal import journal_of
from eventrec.models import Disclosure
from eventrec.services import rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def add(
    session: Session,
    *,
    recipient: str,
    purpose: str,
    what: str,
    people: Collection[int],
    criteria: str | None = None,
    file_name: str | None = None,
    sha256: str | None = None,
) -> Disclosure:
    """Note that an export was given to somebody: `people` are the numbers of the contacts whom it names.

    Its moment is that of the transaction.
    """
    row = Disclosure(
        recipient=recipient,
        purpose=purpose,
        disclosed_at=journal_of(session).moment,
        what=what,
        criteria=criteria or None,
        file_name=file_name,
        sha256=sha256,
        people=len(people),
        contact_ids=sorted(people),
    )
    session.add(row)
    session.flush()
    return row


def take_back(session: Session, number: int) -> None:
    """Remove a disclosure whose file could not be put into its place after all."""
    session.delete(rows.get(session, Disclosure, number))
    session.flush()
