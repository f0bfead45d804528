"""An open record book: reading on one side, one transaction per change on the other. Both doors stand on it."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from eventrec import connection
from eventrec.views import references
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from eventrec.config import Settings
    from eventrec.db.journal import Journal
    from eventrec.views.references import Reference


@dataclass
class Work:
    """One transaction in the making: the session that services change, and a reader that sees the changes."""

    session: Session
    reader: Reader
    resolved: list[str] = field(default_factory=list)

    def find(self, noun: str, reference: str | int) -> Reference:
        """Return the record that a reference leads to; what a shortened one led to is noted in `resolved`."""
        found = references.find(self.reader, noun, reference)
        line = f"“{reference}” is {noun} {found.id}, {found.label}."
        if not found.exact and line not in self.resolved:
            self.resolved.append(line)
        return found


def _new_uid(_table: str, _row: dict[str, Any]) -> str:
    return str(uuid4())


@dataclass
class Book:
    """A record book at an address. It opens nothing until it is asked."""

    settings: Settings
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_uid: Callable[[str, dict[str, Any]], str] = _new_uid
    actor: str = ""
    tell: Callable[[str, bool], None] = lambda words, failed: _to_standard_error(words) if failed else None
    """Is told what happens beside a change: words, and whether something failed."""

    @cached_property
    def reader(self) -> Reader:
        """Answers questions; on a standby where EVENTREC_READ_DATABASE names one."""
        address = self.settings.read_database or self.settings.database
        return Reader(connection.open_for_reading(address))

    @contextmanager
    def writing(self, command: str, *, keep: bool = True) -> Iterator[Work]:
        """Open one transaction; `command` is what the history says was done. Nothing is kept on an error.

        With `keep` false everything is checked and then taken back.
        """
        from eventrec.db import automatic
        from eventrec.db.engine import engine
        from eventrec.db.transaction import transaction

        if keep:
            automatic.before_writing(self.settings, self.now(), self.tell)
        with transaction(
            engine(self.settings.database),
            actor=self.actor or user(),
            command=command,
            moment=self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            new_uid=self.new_uid,
            keep=keep,
        ) as session:
            yield Work(session, Reader(_same_transaction(session)))

    def journal(self, command: str) -> Journal:
        """Return what signs the changes of one command that is no ordinary change of records."""
        from eventrec.db.journal import Journal

        moment = self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Journal(self.actor or user(), command, moment, self.new_uid)

    def make_if_default(self) -> bool:
        """Make the book when it is missing and its place is the default one; tells whether it did."""
        if not self.settings.may_be_made or connection.exists(self.settings.database):
            return False
        from eventrec.db.upgrade import create

        create(self.settings.database)
        return True

    def close(self) -> None:
        """Close what was opened for reading."""
        if "reader" in self.__dict__:
            self.reader.connection.close()
            del self.__dict__["reader"]


def _to_standard_error(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - a script has no other place for words


def user() -> str:
    """Return who is at work: EVENTREC_USER, else the system's user."""
    named = os.environ.get("EVENTREC_USER")
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _same_transaction(session: Session) -> connection.Connection:
    raw = session.connection()
    return connection.Connection(raw.connection.driver_connection, raw.dialect.name)
