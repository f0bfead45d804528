"""A whole calendar: most entries wait and are written many at once, each that changes the book is settled by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventrec.db.bulk import Bulk
from eventrec.db.journal import journal_of
from eventrec.errors import EventrecError, Rejected
from eventrec.models import Setting
from eventrec.services.forget import again
from eventrec.services.imports.calendars.entries import Entries
from eventrec.services.imports.outcome import Outcome, Problem
from eventrec.services.imports.refused import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import EventFile, IncomingEvent
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.wish import Wish

_PROGRESS_EVERY: Final = 200


def take_in(session: Session, file: EventFile, wish: Wish) -> Outcome:
    """Import the events of a calendar; one that is known is brought up to date by a later state of it.

    An entry with a problem leaves nothing behind. Where the database refuses what was written at once, all of it is
    taken back and written entry by entry, so that the one is found. Raises Rejected for a file without any.
    """
    if wish.again:
        again.allow(session)
    journal = journal_of(session)
    change_set = journal.change_set_id
    savepoint = session.begin_nested()
    try:
        outcome = _Import(session, file, wish, one_by_one=wish.again).outcome()
    except IntegrityError:
        savepoint.rollback()
        journal.change_set_id = change_set
        journal.pending.clear()
        return _Import(session, file, wish, one_by_one=True).outcome()
    savepoint.commit()
    return outcome


class _Import:
    """One calendar in the making; with `one_by_one` every entry has a savepoint."""

    def __init__(self, session: Session, file: EventFile, wish: Wish, *, one_by_one: bool) -> None:
        self._session = session
        self._file = file
        self._wish = wish
        self._one_by_one = one_by_one
        self._journal = journal_of(session)
        self._bulk = Bulk(session)
        self._outcome = Outcome("events", "line")
        for sentence in file.told:
            self._outcome.tell(sentence)
        language = session.scalar(select(Setting.value).where(Setting.key == "language"))
        self._entries = Entries(session, self._bulk, wish, self._outcome, language or "en", file)

    def outcome(self) -> Outcome:
        """Take it in. Raises Rejected, and IntegrityError where several entries were written at once."""
        outcome = self._outcome
        for incoming in self._entries.each():
            self._settle(incoming)
            if outcome.rows % _PROGRESS_EVERY == 0:
                self._wish.progress(outcome.rows)
        self._bulk.flush()
        for line, number in self._entries.gone():
            self._alone(line, partial(self._entries.cancel_gone, number))
        outcome.undecided = self._entries.finish()
        for problem in self._file.problems:
            outcome.refuse([Problem("", problem.line, "", problem.message)])
        if not (outcome.rows or self._file.others):
            raise Rejected("There are no events in the file.", "Name another file.")
        self._session.flush()
        outcome.saved = outcome.new + outcome.updated
        return outcome

    def _settle(self, incoming: IncomingEvent) -> None:
        try:
            done = None if self._one_by_one else self._entries.settled(incoming)
        except EventrecError as error:
            self._entries.forget()
            refuse(self._outcome, error, "", incoming.line)
            return
        if done is None:
            self._alone(incoming.line, partial(self._whatever, incoming))
        else:
            self._outcome.count("", incoming.line, *done)

    def _whatever(self, incoming: IncomingEvent) -> tuple[Action, str]:
        done = self._entries.settled(incoming) if self._one_by_one else None
        return done or self._entries.put(incoming)

    def _alone(self, line: int, action: Callable[[], tuple[Action, str]]) -> None:
        """Do one entry in a savepoint, so that one that is refused leaves nothing behind."""
        self._bulk.flush()
        change_set = self._journal.change_set_id
        savepoint = self._session.begin_nested()
        try:
            done = action()
            self._bulk.flush()
            self._session.flush()
            savepoint.commit()
        except (EventrecError, IntegrityError) as error:
            savepoint.rollback()
            self._journal.change_set_id = change_set
            self._journal.pending.clear()
            self._bulk.discard()
            self._entries.forget()
            refuse(self._outcome, error, "", line)
        else:
            self._outcome.count("", line, *done)
