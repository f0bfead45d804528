"""The identities that cards bring along: whose they are, whether a new record may have one, and which word is newer."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from eventrec.models import Tombstone

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.models import Agency, Contact

_USABLE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/+=#-]{0,199}")
"""What every program writes and reads in the same way; other identities stay with the file."""


class Identities:
    """The uids of one kind of record, those that are gone included."""

    def __init__(self, session: Session, model: type[Contact] | type[Agency]) -> None:
        self._session = session
        self._model = model

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The uids that there are; only files that give some ask for them."""
        rows = self._session.execute(select(self._model.id, self._model.uid))
        return {uid.lower(): number for number, uid in rows}

    @cached_property
    def _heirs(self) -> dict[str, str]:
        gone = select(Tombstone.row_uid, Tombstone.replaced_by).where(Tombstone.table_name == self._model.__tablename__)
        return {uid.lower(): (heir or "").lower() for uid, heir in self._session.execute(gone)}

    def add(self, uid: str, number: int) -> None:
        """Know the uid of a record; before any was asked for, none needs to be known but those of the book."""
        if "_numbers" in self.__dict__:
            self._numbers[uid.lower()] = number

    def forget(self) -> None:
        """Ask the book again who there is, after something was taken back."""
        self.__dict__.pop("_numbers", None)

    def find(self, uid: str) -> int | None:
        """Return the record with that uid, or the one into which it was merged."""
        if not uid:
            return None
        wanted, seen = uid.lower(), set[str]()
        while wanted and wanted not in seen:
            if wanted in self._numbers:
                return self._numbers[wanted]
            seen.add(wanted)
            wanted = self._heirs.get(wanted, "")
        return None

    def free(self, uid: str) -> str:
        """Return the uid when a new record may have it: no uid is ever used again. Else nothing."""
        if not uid:
            return ""
        taken = uid.lower() in self._numbers or uid.lower() in self._heirs
        return uid if _USABLE.fullmatch(uid) and not taken else ""


def newer_in_book(session: Session, model: type[Contact | Agency], number: int, revised: str | None) -> str:
    """Return when the book's word on a record was last changed, if that is after the card's; else nothing."""
    if not revised:
        return ""
    session.flush()
    query = text(f"SELECT revised_at FROM v_{model.__tablename__} WHERE id = :id")  # noqa: S608  (one of two names)
    found = str(session.execute(query, {"id": number}).scalar_one())
    return found if found > revised else ""


def further_categories(session: Session, contact_id: int, had: list[Any] | None, words: list[str]) -> list[str]:
    """Return the words under which a card is filed and the contact is not yet: by a project, or by an earlier card."""
    query = text("SELECT involved_in FROM v_contact WHERE id = :id")
    involved: Any = json.loads(session.execute(query, {"id": contact_id}).scalar_one()) if words else []
    known = {*involved, *(had or ())}
    return [word for word in words if word not in known]
