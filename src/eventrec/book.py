"""An open record book: reading on one side, one transaction per change on the other. Both doors stand on it."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

from eventrec import connection
from eventrec.errors import DatabaseUnavailable, NotAllowed, StoppedAfterSaving
from eventrec.repeating import chance, repeated
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from eventrec.config import Settings
    from eventrec.db.journal import Journal
    from eventrec.text.moments import AsOf
    from eventrec.views.references import Reference

T = TypeVar("T")

_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""The digit of a uid that tells its variant, by a digit of chance."""


class Work:
    """One transaction in the making: the session that services change, and a reader that sees the changes."""

    def __init__(self, session: Session, reader: Reader) -> None:
        self.session = session
        self.reader = reader
        self.resolved: list[str] = []
        self.warnings: list[str] = []
        """What must be told once everything is saved."""

    @property
    def recorded(self) -> int:
        """How many changes of rows the history has noted so far; the same before and after: nothing was changed."""
        from eventrec.db.journal import journal_of

        self.session.flush()
        return journal_of(self.session).recorded

    def find(self, noun: str, reference: str | int) -> Reference:
        """Return the record that a reference leads to; what a shortened one led to is noted in `resolved`."""
        from eventrec.views import references

        found = references.find(self.reader, noun, reference)
        line = f"“{reference}” is {noun} {found.id}, {found.label}."
        if not found.exact and line not in self.resolved:
            self.resolved.append(line)
        return found


def _new_uid(_table: str, _row: dict[str, Any]) -> str:
    return str(uuid4())


def _new_uids(count: int) -> list[str]:
    """Return so many new uids (RFC 9562, version 4) from one question to the system for chance."""
    chance = os.urandom(16 * count).hex()
    return [
        f"{chance[at : at + 8]}-{chance[at + 8 : at + 12]}-4{chance[at + 13 : at + 16]}"
        f"-{_VARIANT[chance[at + 16]]}{chance[at + 17 : at + 20]}-{chance[at + 20 : at + 32]}"
        for at in range(0, 32 * count, 32)
    ]


class Book:
    """A record book at an address. It opens nothing until it is asked.

    `timeout` is in seconds, for which to wait for another writer (BUSY_SECONDS). `tell` is told what happens beside a
    change: words, and whether something failed. `on_saved` is called when a transaction has changed something, as soon
    as nobody can take that back any more.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_uid: Callable[[str, dict[str, Any]], str] = _new_uid,
        actor: str = "",
        timeout: float | None = None,
        pause: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = chance,
        tell: Callable[[str, bool], None] = lambda words, failed: _to_standard_error(words) if failed else None,
        on_saved: Callable[[], None] = lambda: None,
    ) -> None:
        self.settings = settings
        self.now = now
        self.new_uid = new_uid
        self.actor = actor
        self.timeout = timeout
        self.pause = pause
        self.chance = chance
        self.tell = tell
        self.on_saved = on_saved

    @cached_property
    def reader(self) -> Reader:
        """Answers questions; on a standby where EVENTREC_READ_DATABASE names one, and never elsewhere unasked.

        Raises DatabaseUnavailable.
        """
        if self.settings.read_database is None:
            return Reader(connection.open_for_reading(self.settings.database, timeout=self.timeout))
        try:
            return Reader(connection.open_for_reading(self.settings.read_database, timeout=self.timeout))
        except DatabaseUnavailable as error:
            raise DatabaseUnavailable(
                f"{error.message} It is read because {self.settings.read_source} names it.",
                "Wait until it is back and has caught up, or read the book itself: EVENTREC_READ_DATABASE= eventrec …",
            ) from error

    def reader_as_of(self, as_of: AsOf | None = None) -> Reader:
        """Return a reader of the book as it was at a moment, answered from the history; None: after the last change.

        Raises NotInHistory before the first change, and NotAllowed for a role that does not see the history. Whoever
        asks for it closes its connection.
        """
        from eventrec.db.as_of import built
        from eventrec.views.dialect import rendered
        from eventrec.views.history import last_until

        try:
            number = last_until(self.reader, as_of)
            return Reader(built(self.reader.rows, number, rendered("sqlite")), as_of.typed if as_of else "")
        except NotAllowed as error:
            raise NotAllowed(
                "Looking back needs the history, which your role in the database may not see, since people are in it.",
                "Leave out --as-of, or ask somebody who sees the history for the figures of that day.",
            ) from error

    @contextmanager
    def writing(self, command: str, *, keep: bool = True) -> Iterator[Work]:
        """Open one transaction; `command` is what the history says was done. Nothing is kept on an error.

        With `keep` false everything is checked and then taken back. Raises TakenBack when another transaction was in
        the way and all of it may be done again, see `repeated`; OutcomeUnknown when the connection was lost during
        COMMIT and nobody can be asked; StoppedAfterSaving for a Ctrl-C that came too late.
        """
        from eventrec.db import automatic
        from eventrec.db.transaction import transaction

        if keep:
            automatic.before_writing(self.settings, self.now(), self.tell)
        journal = self.journal(command)
        try:
            with transaction(
                self.settings.database, journal, pause=self.pause, keep=keep, timeout=self.timeout
            ) as session:
                work = Work(session, Reader(_same_transaction(session)))
                yield work
        except KeyboardInterrupt as error:
            if journal.saved:
                raise StoppedAfterSaving from error
            raise
        finally:
            if journal.saved and journal.change_set_id is not None:
                self.on_saved()
        if journal.asked_again:
            saved = f"it is saved (change set {journal.change_set_id})"
            work.warnings.append(f"Saving was interrupted. The database was asked again: {saved}.")

    def repeated(self, work: Callable[[], T]) -> T:
        """Do a whole piece of work, transaction and all, again when another one was in the way; see `repeated`."""
        return repeated(work, pause=self.pause, chance=self.chance)

    def journal(self, command: str) -> Journal:
        """Return what signs the changes of one command that is no ordinary change of records."""
        from eventrec.db.journal import Journal

        moment = self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        several = _new_uids if self.new_uid is _new_uid else None
        return Journal(self.actor or user(), command, moment, self.new_uid, several)

    def make_place_if_default(self) -> None:
        """Make the folder of the default book; one that somebody named is never made, since the name may be wrong."""
        if self.settings.may_be_made:
            connection.make_default_folder(connection.path_of(self.settings.database))

    def make_if_default(self) -> bool:
        """Make the book when it is missing and its place is the default one; tells whether it did."""
        if not self.settings.may_be_made or connection.exists(self.settings.database):
            return False
        from eventrec.db.upgrade import create

        self.make_place_if_default()
        create(self.settings.database)
        return True

    @property
    def withheld(self) -> tuple[str, ...]:
        """Columns that came empty so far because the role of the database may not see them."""
        return tuple(sorted(self.reader.withheld)) if "reader" in self.__dict__ else ()

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
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _same_transaction(session: Session) -> connection.Connection:
    raw = session.connection()
    return connection.Connection(raw.connection.driver_connection, raw.dialect.name)
