"""Forgetting many people at once: all of them, or when one cannot be, none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from eventrec.services.forget import remains
from eventrec.services.forget.forget import Erased, forget
from eventrec.text.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session


def purge(
    session: Session, contact_ids: Sequence[int], *, chance: Callable[[], str], reason: str | None = None
) -> tuple[Erased, dict[int, int]]:
    """Forget people one after the other; returns what was erased of all of them, and of each the number of rows.

    What still names somebody is searched for once, when all of them are gone. The rest is as `forget` says.
    """
    parts, each = [], {}
    for number in contact_ids:
        done = forget(session, number, chance=chance, reason=reason)
        each[number] = sum(done.rows.values())
        parts.append(done)
    mentions = _together(done.mentions for done in parts)
    left = remains.search(session, mentions) if parts else []
    whole = Erased(
        rows=dict(sum((Counter(done.rows) for done in parts), Counter())),
        history=sum(done.history for done in parts),
        commands=sum(done.commands for done in parts),
        actors=sum(done.actors for done in parts),
        texts=[text for text in left if not text.is_identity],
        others=[text for text in left if text.is_identity],
        days_kept=any(done.days_kept for done in parts),
        uids=frozenset().union(*(done.uids for done in parts)),
        mentions=mentions,
    )
    return whole, each


def _together(found: Iterable[Mentions]) -> Mentions:
    """Return what finds any of several people."""
    people = list(found)

    def every(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for each in people for text in getattr(each, name)))

    return Mentions(every("names"), every("emails"), every("phones"), every("others"), every("extra"))
