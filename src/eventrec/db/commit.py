"""COMMIT, and what became of it when the connection was lost meanwhile.

A COMMIT whose answer never came was carried out or was not; nobody may guess, and nobody may repeat it. The change
set's uid tells: the server, or the one that took its place, is asked for it over a new connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from eventrec.db.engine import engine
from eventrec.driver_errors import translate
from eventrec.errors import DatabaseUnavailable, OutcomeUnknown, ServerLost
from eventrec.models import ChangeSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Journal, Row

_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, *(3.0,) * 9)
"""Seconds between the questions to a server that does not answer: half a minute in all."""

_LOCK_SECONDS: Final = 2.0
_CONNECT_SECONDS: Final = 5

_UNDECIDED: Final = ("08", "57P", "40003")
"""Beginnings of SQLSTATEs with which a COMMIT may have been carried out all the same."""

_FAILED: Final = 3
"""PQTRANS_INERROR of libpq."""

_SQLITE_BUSY: Final = (5, 6)


def commit(session: Session, journal: Journal, address: str, pause: Callable[[float], None]) -> None:
    """Save the transaction; a lost answer is looked up. `pause` waits for so many seconds.

    Raises ServerLost when it turns out that nothing was saved, OutcomeUnknown when nobody can be asked, and whatever
    the database says where that is certain.
    """
    _refuse_what_failed(session)
    try:
        session.commit()
    except BaseException as error:
        if isinstance(error, DBAPIError) and _is_certain(error):
            raise
        session.invalidate()  # what is left of the old connection must not hold anything
        if journal.change_set_id is not None:
            if not _was_saved(address, journal.change_set, pause, error):
                raise _not_saved(error) from error
            journal.asked_again = True
        elif not _is_lost(error):
            raise
    journal.saved = True


def _refuse_what_failed(session: Session) -> None:
    """Refuse to COMMIT after a statement that failed: PostgreSQL would answer without an error, and save nothing."""
    status = getattr(getattr(session.connection().connection.driver_connection, "info", None), "transaction_status", 0)
    if int(status) == _FAILED:
        raise RuntimeError("a statement failed in this transaction, and the error was passed over")


def _is_certain(error: DBAPIError) -> bool:
    """Tell whether a COMMIT that failed like this was surely not carried out."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return not state.startswith(_UNDECIDED)
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(error, IntegrityError) or (code is not None and code & 0xFF in _SQLITE_BUSY)


def _is_lost(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and isinstance(translate(error.orig or error), ServerLost)


def _not_saved(error: BaseException) -> BaseException:
    """Return what to tell when the change set is not there: the error itself, unless it left that open."""
    if _is_lost(error):
        return ServerLost(
            "The connection to the database server was lost while saving. It was asked again: nothing was saved.",
            "Repeat the command.",
        )
    return error


def _was_saved(address: str, change_set: Row, pause: Callable[[float], None], cause: BaseException) -> bool:
    for seconds in _PAUSES:
        try:
            return _asked(address, change_set)
        except (DBAPIError, DatabaseUnavailable):
            try:
                pause(seconds)
            except KeyboardInterrupt:
                break
        except KeyboardInterrupt:
            break
    raise OutcomeUnknown(
        "Saving was interrupted, and the database cannot be asked any more whether it was saved or not.",
        f"Do not repeat the command yet. When the database is back, look for change set {change_set['uid']}:"
        " eventrec log -f json",
    ) from cause


def _asked(address: str, change_set: Row) -> bool:
    """Ask once, over a new connection. Raises what the driver raises while there is no certain answer.

    On a server that the change set is not seen proves nothing: the COMMIT may still be on its way, or this may be a
    standby. Writing it once more and taking that back does: it waits for the transaction that holds the same uid.
    That it is seen proves nothing either where a standby must confirm: the wait for it may have been cut off, and the
    primary be lost next. A COMMIT of our own after such a write waits for everything before it.
    """
    again = {**change_set, "reverses_id": None}
    with engine(address, timeout=_LOCK_SECONDS, connect_seconds=_CONNECT_SECONDS).connect() as opened:
        there = opened.execute(select(ChangeSet.id).where(ChangeSet.uid == change_set["uid"])).first() is not None
        if opened.dialect.name == "postgresql":
            attempt = opened.begin_nested()
            try:
                opened.execute(insert(ChangeSet).values(**again))
            except IntegrityError:
                if not there:
                    raise
            attempt.rollback()
        if there:
            opened.commit()
        return there
