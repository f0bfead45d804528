"""The history without the person: what the rows were, who did what, and the commands as they were typed."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.db.journal import completed, journal_of
from eventrec.models import Base, Change, ChangeSet
from eventrec.services.forget.erase import GONE, disclosed
from eventrec.services.forget.past import newest_of
from eventrec.services.forget.person import OWNED
from eventrec.services.forget.pieces import AT_ONCE, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.forget.person import Circle
    from eventrec.text.mentions import Mentions

_PROGRAM_NOUN_VERB: Final = 3
_ALL_GONE: Final = ("contact", *OWNED, "not_same", "tombstone")
WORDS: Final = frozenset(
    (
        "add", "agencies", "agency", "agenda", "all", "backup", "calendar", "cancel", "check", "consent", "consents",
        "contact", "contacts", "copy", "db", "demo", "disclosures", "draft", "due", "duplicates", "edit", "event",
        "events", "export", "find", "forget", "forget-actor",
        "grant", "history", "import", "info", "init", "invitation", "invitations", "list",
        "log", "merge", "participant", "participants", "postpone", "privacy", "project", "purge", "redo", "remove",
        "replay", "report", "restore", "retention", "scrub", "search", "sheet", "show", "sign-in", "status",
        "template", "undo", "upgrade", "verify", "visit",
    )
)  # fmt: skip
"""The first words of a command line that say nothing of anybody."""


def rewrite(
    session: Session,
    people: Circle,
    mentions: Mentions,
    participations: Mapping[int, tuple[Row | None, Row | None]],
    chance: Callable[[], str],
) -> int:
    """Take people out of all that the history holds of their rows; returns how many entries that were.

    An entry keeps its place, so that the history still leads to the rows, and says when it was emptied. The uids by
    which cards and calendars know the people are replaced by random ones.
    """
    moment, newest = journal_of(session).moment, newest_of(session, people.changes)
    for change in people.changes:
        if change.table_name == "participation":
            change.before, change.after = participations[change.id]
        else:
            is_present = newest[change.table_name, change.row_id].id == change.id
            before = _emptied(people, change.table_name, change.before, mentions)
            change.after = _emptied(people, change.table_name, change.after, mentions, is_present=is_present)
            change.before = before
        change.erased_at = moment
    session.flush()
    for row_id in dict.fromkeys(change.row_id for change in people.changes if change.table_name == "contact"):
        _rename(session, row_id, chance)
    return len(people.changes)


def _emptied(
    people: Circle, table_name: str, side: Row | None, mentions: Mentions, *, is_present: bool = False
) -> Row | None:
    """Return what may stay of one side of a change whose other side, or this one, is of these people."""
    if side is None:
        return None
    if not people.owns(table_name, side):
        return _elsewhere(table_name, side) if not is_present else side
    if table_name in _ALL_GONE:
        return None
    if table_name == "disclosure":
        return disclosed(people, completed(Base.metadata.tables[table_name], side), mentions)
    return {**side, "contact_id": None}


def _elsewhere(table_name: str, side: Row) -> Row | None:
    """Return what may stay of a row of theirs that once stood at somebody else."""
    if table_name in ("contact_point", "alias"):
        return None
    return {**side, "position": None, "unit": None} if table_name == "affiliation" else side


def _rename(session: Session, contact_id: int, chance: Callable[[], str]) -> None:
    digits = chance()
    uid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
    theirs = select(Change).where(Change.table_name == "contact", Change.row_id == contact_id)
    for change in session.scalars(theirs):
        change.row_uid = uid
    session.flush()


def commands(session: Session, touched: Collection[int], mentions: Mentions) -> int:
    """Reduce command lines that touched the people's rows, or name the people, to their first words.

    Returns how many that were.
    """
    query = select(ChangeSet.id, ChangeSet.command).order_by(ChangeSet.id).execution_options(yield_per=AT_ONCE)
    short = {
        number: in_short(command)
        for number, command in session.execute(query)
        if number in touched or (in_short(command) != command and mentions.in_text(_unquoted(command)))
    }
    reduced = 0
    for some in pieces(list(short)):
        for change_set in session.scalars(select(ChangeSet).where(ChangeSet.id.in_(some))):
            reduced += short[change_set.id] != change_set.command
            change_set.command = short[change_set.id]
        session.flush()
    return reduced


def in_short(command: str) -> str:
    """Return a command line as far as it says nothing of anybody: "eventrec contact add [erased]"."""
    words = command.split()
    said = [word for word in words[:1] if word == "eventrec"]
    for word in words[1:]:
        if word not in WORDS or len(said) == _PROGRAM_NOUN_VERB:
            break
        said.append(word)
    if len(said) == len(words):
        return command
    return " ".join([*said, GONE])


def _unquoted(command: str) -> str:
    """Return a command line as its words say it: a quotation mark inside a name is written oddly by the shell."""
    try:
        return " ".join((command, *shlex.split(command)))
    except ValueError:
        return command
