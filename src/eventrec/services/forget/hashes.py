"""The traits of a forgotten person as hashes: enough to know the person again, nothing to read.

A trait is hashed with the book's own salt (BLAKE2b with a key, RFC 7693). Who holds the book, and with it the salt, can
test whether a trait that is known already is among them; nobody can read one out of them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from eventrec.models import Setting
from eventrec.services import setting
from eventrec.text.likeness import spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy.orm import Session

SALT: Final = "salt"
"""The key of the setting that holds the salt: 32 random octets in hexadecimal."""

_KINDS: Final = {"email": "email", "phone": "phone", "mobile": "phone", "wechat": "wechat"}


class Trait(NamedTuple):
    """Something by which a person is known: its kind (`FORGOTTEN_KINDS`) and its value, in one spelling."""

    kind: str
    value: str


class Candidate(NamedTuple):
    """Somebody who may have been forgotten, in plain values: a contact of a backup, or of a file.

    `points` are pairs of a kind and a value as `contact_point` keeps them.
    """

    uid: str = ""
    names: Collection[str] = ()
    points: Collection[tuple[str, str]] = ()

    def traits(self) -> list[Trait]:
        """Return what the person is known by, the surest first."""
        reached = [Trait(_KINDS[kind], _plain(_KINDS[kind], value)) for kind, value in self.points if kind in _KINDS]
        uid = [Trait("uid", self.uid.lower())] if self.uid else []
        names = [Trait("name", spelling) for name in self.names for spelling in spellings(name)]
        return list(dict.fromkeys(trait for trait in (*uid, *reached, *names) if trait.value))


def _plain(kind: str, value: str) -> str:
    return value if kind == "phone" else value.casefold()


def hashed(trait: Trait, salt: str) -> str:
    """Return the hash of a trait, hexadecimal."""
    text = f"{trait.kind}:{trait.value}".encode()
    return hashlib.blake2b(text, key=bytes.fromhex(salt), digest_size=32).hexdigest()


def salt_of(session: Session) -> str | None:
    """Return the book's salt; None before the first person was forgotten."""
    value: Any = session.scalar(select(Setting.value).where(Setting.key == SALT))
    return value if isinstance(value, str) and value else None


def made_salt(session: Session, chance: Callable[[], str]) -> str:
    """Return the book's salt, and make it when there is none; `chance` gives 32 random octets in hexadecimal."""
    salt = salt_of(session)
    if salt is None:
        salt = chance()
        setting.put(session, SALT, salt)
    return salt
