"""What the history tells of others, without those who are forgotten: texts, and what was once taken for theirs.

A merge that was taken back, or an e-mail typed at the wrong contact and put right, leaves names and ways to be reached
in the history of somebody else. What is so today stays: somebody else has it, or somebody has to edit it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select, type_coerce

from eventrec.db.journal import journal_of
from eventrec.models import Change
from eventrec.models.base import PlainText
from eventrec.services.forget import sources
from eventrec.services.forget.erase import without_remainders
from eventrec.services.forget.pieces import AT_ONCE, pieces
from eventrec.text.columns import IDENTITY
from eventrec.text.mentions import ERASED
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.text.mentions import Mentions

_SAYS_WHO: Final = {"contact_point": "value", "alias": "name"}
"""Tables whose rows are nothing but a name or a way to be reached, and the column that holds it."""


class Newest(NamedTuple):
    """The latest change of a row, and the state that it left."""

    id: int
    state: Row | None


class _Wanted(NamedTuple):
    """What is taken out: `lines` are names and ways to be reached as the text that is searched has them."""

    mentions: Mentions
    lines: frozenset[str]
    sort_keys: frozenset[str]


def newest_of(session: Session, changes: Iterable[Change]) -> dict[tuple[str, int], Newest]:
    """Return what came last of each row that the changes are about."""
    wanted = sorted({(change.table_name, change.row_id) for change in changes})
    found: dict[tuple[str, int], Newest] = {}
    for some in pieces(wanted):
        query = (
            select(func.max(Change.id))
            .where(Change.table_name.in_({name for name, _ in some}), Change.row_id.in_({number for _, number in some}))
            .group_by(Change.table_name, Change.row_id)
        )
        last = select(Change.table_name, Change.row_id, Change.id, Change.after).where(Change.id.in_(query))
        found |= {(name, number): Newest(id_, after) for name, number, id_, after in session.execute(last)}
    return found


def clean_history(session: Session, mentions: Mentions, sort_keys: Collection[str] = ()) -> int:
    """Take people out of what the history tells of others; returns how many entries that were.

    `sort_keys` are those that lists had them under. The present state of a row stays as the row is, and so does in
    earlier ones what the present one says too.
    """
    before_side, after_side = (type_coerce(side, PlainText) for side in (Change.before, Change.after))
    query = select(Change.id, before_side, after_side).order_by(Change.id).execution_options(yield_per=AT_ONCE)
    numbers = [
        number
        for number, before, after in session.execute(query)
        if mentions.in_text(_plain(before)) or mentions.in_text(_plain(after))
    ]
    wanted = _Wanted(mentions, _lines(mentions), frozenset(sort_keys))
    moment, cleaned = journal_of(session).moment, 0
    for some in pieces(numbers):
        changes = session.scalars(select(Change).where(Change.id.in_(some)).order_by(Change.id)).all()
        newest = newest_of(session, changes)
        for change in changes:
            last = newest[change.table_name, change.row_id]
            before = _without(change.table_name, change.before, last.state, wanted)
            after = change.after
            if last.id != change.id:
                after = _without(change.table_name, change.after, last.state, wanted)
            if (before, after) != (change.before, change.after):
                change.before, change.after, change.erased_at = before, after, moment
                cleaned += 1
        session.flush()
    return cleaned


def _plain(written: str | None) -> str:
    """Return JSON text as its words read, fast: thousands of rows are looked through for a few."""
    if not written or "\\" not in written:
        return written or ""
    return written.replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"').replace("\\\\", "\\")


def _lines(mentions: Mentions) -> frozenset[str]:
    texts = (*mentions.names, *mentions.emails, *mentions.phones, *mentions.others)
    return frozenset(map(normalise, texts))


def _without(table_name: str, side: Row | None, present: Row | None, wanted: _Wanted) -> Row | None:
    """Return an earlier state of a row without people."""
    if not side:
        return side
    column = _SAYS_WHO.get(table_name)
    if column and normalise(side[column]) in wanted.lines and (present is None or present[column] != side[column]):
        return None
    if table_name == "event_source":
        return sources.without(side, wanted.mentions)
    if table_name == "event" and side.get("note"):
        side = {**side, "note": without_remainders(side["note"], wanted.mentions)}
    kept = (*IDENTITY.get(table_name, ()), "uid", "hash")
    cleaned = {name: value if name in kept else wanted.mentions.out_of(value) for name, value in side.items()}
    if table_name in ("contact", "agency", "project"):
        cleaned |= _searched(side, present, wanted)
    if table_name == "contact":
        cleaned |= _named(side, present, wanted.mentions)
    return cleaned


def _searched(side: Row, present: Row | None, wanted: _Wanted) -> Row:
    today = set(present["search_text"].split("\n")) if present else set()
    told = [line for line in side["search_text"].split("\n") if line in today or line not in wanted.lines]
    is_theirs = side["sort_key"] in wanted.sort_keys and (present is None or present["sort_key"] != side["sort_key"])
    return {"search_text": "\n".join(told) or ERASED, "sort_key": ERASED if is_theirs else side["sort_key"]}


def _named(side: Row, present: Row | None, mentions: Mentions) -> Row:
    """Return another name for a contact that had one of these people's; a namesake has it today too."""
    if not mentions.in_value(side["name"]) or (present and mentions.in_value(present["name"])):
        return {}
    return {"name": mentions.out_of(side["name"]), "family_name": None, "given_name": None, "sort_key": ERASED}
