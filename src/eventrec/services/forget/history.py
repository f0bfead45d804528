"""The history without the person: what the rows were, who did what, and the commands as they were typed."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.db.journal import completed, journal_of
from eventrec.models import Base, Change, ChangeSet
from eventrec.services.forget.erase import disclosed
from eventrec.services.forget.person import OWNED
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.forget.person import Person
    from eventrec.text.mentions import Mentions

FORGOTTEN: Final = "[forgotten]"
"""What stands in the place of an actor who is forgotten."""

_ERASED: Final = "[erased]"
_PROGRAM_NOUN_VERB: Final = 3
_ALL_GONE: Final = ("contact", *OWNED, "not_same", "tombstone")
WORDS: Final = frozenset(
    (
        "add", "agencies", "agency", "agenda", "all", "backup", "calendar", "cancel", "check", "consent", "consents",
        "contact", "contacts", "copy", "db", "demo", "disclosures", "due", "duplicates", "edit", "event", "events",
        "export", "find", "forget", "grant", "history", "import", "info", "init", "invitation", "invitations", "list",
        "log", "merge", "participant", "participants", "postpone", "privacy", "project", "purge", "redo", "remove",
        "replay", "report", "restore", "retention", "scrub", "search", "sheet", "show", "sign-in", "status",
        "template", "undo", "upgrade", "verify", "visit",
    )
)  # fmt: skip
"""The first words of a command line that say nothing of anybody."""


def rewrite(
    session: Session,
    person: Person,
    mentions: Mentions,
    participations: Mapping[int, tuple[Row | None, Row | None]],
    chance: Callable[[], str],
) -> int:
    """Take the person out of all that the history holds of these rows; returns how many entries that were.

    An entry keeps its place, so that the history still leads to the rows, and says when it was emptied. The person's
    uid, by which cards and calendars know the person, is replaced by a random one.
    """
    moment, uids = journal_of(session).moment, dict[tuple[str, int], str]()
    emptied = 0
    for change in person.changes:
        sides = change.before, change.after
        if not any(person.owns(change.table_name, side) for side in sides):
            continue
        if change.table_name == "participation":
            change.before, change.after = participations[change.id]
        else:
            change.before, change.after = (_emptied(person, change.table_name, side, mentions) for side in sides)
        change.erased_at = moment
        emptied += 1
        if change.table_name == "contact":
            uids.setdefault((change.table_name, change.row_id), "")
    session.flush()
    for _, row_id in uids:
        _rename(session, row_id, chance)
    return emptied


def _emptied(person: Person, table_name: str, side: Row | None, mentions: Mentions) -> Row | None:
    if side is None or not person.owns(table_name, side):
        return side
    if table_name in _ALL_GONE:
        return None
    if table_name == "disclosure":
        return disclosed(person, completed(Base.metadata.tables[table_name], side), mentions)
    return {**side, "contact_id": None}


def _rename(session: Session, contact_id: int, chance: Callable[[], str]) -> None:
    digits = chance()
    uid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
    theirs = select(Change).where(Change.table_name == "contact", Change.row_id == contact_id)
    for change in session.scalars(theirs):
        change.row_uid = uid
    session.flush()


def commands(session: Session, touched: Collection[int], mentions: Mentions) -> int:
    """Reduce command lines that touched the person's rows, or name the person, to their first words.

    Returns how many that were.
    """
    reduced = 0
    for change_set in session.scalars(select(ChangeSet).order_by(ChangeSet.id)):
        if change_set.id in touched or mentions.in_text(_unquoted(change_set.command)):
            short = in_short(change_set.command)
            reduced += short != change_set.command
            change_set.command = short
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
    return " ".join([*said, _ERASED])


def _unquoted(command: str) -> str:
    """Return a command line as its words say it: a quotation mark inside a name is written oddly by the shell."""
    try:
        return " ".join((command, *shlex.split(command)))
    except ValueError:
        return command


def actors(session: Session, names: Collection[str]) -> int:
    """Let nobody of these names have done anything; returns how many change sets that were."""
    wanted = {normalise(name) for name in names}
    found = [
        change_set
        for change_set in session.scalars(select(ChangeSet))
        if normalise(change_set.actor) in wanted or normalise(change_set.database_role or "") in wanted - {""}
    ]
    for change_set in found:
        if normalise(change_set.actor) in wanted:
            change_set.actor = FORGOTTEN
        if normalise(change_set.database_role or "") in wanted:
            change_set.database_role = FORGOTTEN
    session.flush()
    return len(found)
