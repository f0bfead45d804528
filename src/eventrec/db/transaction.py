"""One command, one transaction: everything is saved with its history, or nothing happened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from eventrec import connection
from eventrec.db.commit import commit
from eventrec.db.engine import engine
from eventrec.db.journal import journal_of
from eventrec.db.refusals import refusal
from eventrec.driver_errors import translate
from eventrec.errors import ChangedSince, Conflict, ServerLost, TakenBack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eventrec.db.journal import Journal
    from eventrec.errors import EventrecError


@contextmanager
def transaction(
    address: str,
    journal: Journal,
    *,
    pause: Callable[[float], None],
    keep: bool = True,
    timeout: float | None = None,
) -> Iterator[Session]:
    """Open a session whose changes are saved together at the end, or not at all.

    With `keep` false everything is checked by the database and then taken back (a dry run). `timeout` is how many
    seconds to wait for another writer, `pause` waits while a server that was lost comes back. Raises the errors of
    `eventrec.errors` for what the user can put right; TakenBack where the command may be repeated.
    """
    with _opened(address, timeout) as session:
        session.info["journal"] = journal
        with _in_words(session, address, connection.BUSY_SECONDS if timeout is None else timeout):
            session.connection()
            with _before_saving():
                yield session
                session.flush()
            if keep:
                commit(session, journal, address, pause)
            else:
                session.rollback()


@contextmanager
def _opened(address: str, timeout: float | None) -> Iterator[Session]:
    """Open a session, and close it; what goes wrong in closing after another error is not told instead of that.

    SQLite takes everything back by itself when a disk is full: then there is no savepoint to go back to any more.
    """
    session = Session(engine(address, timeout=timeout), expire_on_commit=False)
    try:
        yield session
    except BaseException:
        try:
            session.close()
        except DBAPIError:
            session.invalidate()
        raise
    session.close()


@contextmanager
def _before_saving() -> Iterator[None]:
    """Say of a connection that is lost before COMMIT that nothing was saved."""
    try:
        yield
    except (DBAPIError, ServerLost) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, ServerLost) or (cause and isinstance(translate(cause), ServerLost)):
            raise ServerLost(
                "The connection to the database server was lost; nothing was saved.", "Repeat the command."
            ) from error
        raise


@contextmanager
def _in_words(session: Session, address: str, seconds: float) -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise _stale(session) from error
    except IntegrityError as error:
        raise refusal(error) from error
    except DBAPIError as error:
        told = _told(error, address, seconds)
        if told is None:
            raise
        raise _repeatable(told) from error
    except Conflict as error:  # a reader within the transaction lost against another one
        raise _repeatable(error) from error


def _told(error: BaseException | None, address: str, seconds: float) -> EventrecError | None:
    """Return the sentence for an error, else for the one that it came after."""
    while error is not None:
        if told := translate(error, address, seconds):
            return told
        error = error.__context__
    return None


def _repeatable(error: Exception) -> Exception:
    return TakenBack(error.message, error.hint) if isinstance(error, Conflict) else error


def _stale(session: Session) -> ChangedSince:
    """Say which row was changed behind this session's back, by whom and how."""
    from eventrec.db.changed_since import changed_since

    pending = list(journal_of(session).updating.values())
    session.rollback()
    for each in pending:
        now = session.execute(select(each.table).where(each.table.c.id == each.row_id)).mappings().first()
        if now is not None and now["version"] != each.version:
            return changed_since(session, each.table, dict(now), each.version, each.wanted)
    return ChangedSince(
        "The record was changed by somebody else in the meantime; nothing was saved.",
        "Look at it again, then repeat the command.",
    )
