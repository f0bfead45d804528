"""One command, one transaction: everything is saved with its history, or nothing happened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from eventrec.db.journal import Journal
from eventrec.db.refusals import refusal
from eventrec.driver_errors import translate
from eventrec.errors import ChangedSince

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from eventrec.db.journal import Row


@contextmanager
def transaction(
    engine: Engine,
    *,
    actor: str,
    command: str,
    moment: str,
    new_uid: Callable[[str, Row], str],
    keep: bool = True,
) -> Iterator[Session]:
    """Open a session whose changes are saved together at the end, or not at all.

    `moment` is UTC, `YYYY-MM-DDTHH:MM:SSZ`. With `keep` false everything is checked by the database and then taken
    back (a dry run). Raises the errors of `eventrec.errors` for what the user can put right.
    """
    with Session(engine, expire_on_commit=False) as session:
        session.info["journal"] = Journal(actor, command, moment, new_uid)
        try:
            session.connection()
            yield session
            session.flush()
            if keep:
                session.commit()
            else:
                session.rollback()
        except StaleDataError as error:
            raise ChangedSince(
                "The record was changed by somebody else in the meantime; nothing was saved.",
                "Look at it again, then repeat the command.",
            ) from error
        except IntegrityError as error:
            raise refusal(error) from error
        except DBAPIError as error:
            told = translate(error.orig) if error.orig else None
            if told is None:
                raise
            raise told from error
