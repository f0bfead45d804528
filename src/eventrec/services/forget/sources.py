"""Releases that events were drafted from, without people: nobody edits them, so their words are taken out here."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, update

from eventrec.db.journal import journal_of, stored
from eventrec.models import EventSource
from eventrec.services.forget.erase import signed
from eventrec.services.forget.pieces import AT_ONCE, pieces
from eventrec.text.digests import digest_of
from eventrec.text.mentions import ERASED, Mentions
from eventrec.text.names import is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

_TABLE: Final[Table] = EventSource.__table__  # type: ignore[assignment]
_TEXTS: Final = ("url", "name", "text")
_FEWEST_LETTERS: Final = 3
_CALLED: Final = (
    "先生|女士|小姐|博士|教授|主任|经理|局长|司长|处长|科长|部长|院长|校长|会长|参赞|大使|领事|代表|专员|警官"
)
"""What stands after a Chinese family name alone; “副” before it, too."""


def sources_of(session: Session, mentions: Mentions) -> int:
    """Take people out of the releases; each keeps the hash of what is left of it. Returns how many were changed."""
    changed = 0
    for some in pieces(_naming(session, mentions)):
        for row in session.execute(select(_TABLE).where(_TABLE.c.id.in_(some)).order_by(_TABLE.c.id)).mappings().all():
            _clean(session, dict(row), without(dict(row), mentions))
            changed += 1
    return changed


def without(row: Row, mentions: Mentions) -> Row:
    """Return a release, as the book or its history keeps it, without people."""
    names = [name for name in mentions.names if Mentions((name,)).in_text(row["text"])]
    taken = replace(mentions, extra=(*mentions.extra, *_parts(names)))
    texts: Row = {name: row[name] and taken.without(row[name]) for name in _TEXTS}
    texts["text"] = _called(names).sub(ERASED, texts["text"])
    return {**row, **texts, "sha256": digest_of(texts["text"])}


def _naming(session: Session, mentions: Mentions) -> list[int]:
    columns = (_TABLE.c.id, *(_TABLE.c[name] for name in _TEXTS))
    rows = session.execute(select(*columns).order_by(_TABLE.c.id).execution_options(yield_per=AT_ONCE))
    return [number for number, *texts in rows if any(text and mentions.in_text(text) for text in texts)]


def _clean(session: Session, row: Row, before: Row) -> None:
    """Write a release anew; where another of the same event says the same now, one is enough."""
    same = (_TABLE.c.event_id == row["event_id"]) & (_TABLE.c.sha256 == before["sha256"]) & (_TABLE.c.id != row["id"])
    connection, journal = session.connection(), journal_of(session)
    if connection.execute(select(_TABLE.c.id).where(same)).first():
        connection.execute(delete(_TABLE).where(_TABLE.c.id == row["id"]))
        journal.record_erased(_TABLE, row)
        return
    after = {**before, **signed(session, row)}
    connection.execute(update(_TABLE).where(_TABLE.c.id == row["id"]).values(**after))
    journal.record_erased(_TABLE, row, stored(_TABLE, before), stored(_TABLE, after))


def _parts(names: Iterable[str]) -> list[str]:
    """Return the parts of names: a release that names somebody in full says “Ms Lan” or “Lan” from then on."""
    return list(dict.fromkeys(word for name in names for word in _words(name) if len(word) >= _FEWEST_LETTERS))


def _words(name: str) -> list[str]:
    return [] if is_chinese(name) else [word.strip(",.") for word in name.split()]


def _called(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds short family names with what somebody is called: “Ms Li”, “李女士”."""
    short = {word for name in names for word in _words(name) if 1 < len(word) < _FEWEST_LETTERS}
    chinese = {name[: 2 if len(name) > 3 else 1] for name in names if is_chinese(name) and len(name) > 1}
    found = [rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Madam)\.?\s+{re.escape(word)}\b" for word in sorted(short)]
    found += [rf"{re.escape(name)}副?(?:{_CALLED})" for name in sorted(chinese)]
    return re.compile("|".join(found) or r"(?!)", re.IGNORECASE)
