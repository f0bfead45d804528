"""Forgetting a person, from the contact to the last command line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.models import Forgotten
from eventrec.services.forget import again, erase, history, participations, remains
from eventrec.services.forget.hashes import Candidate, hashed, made_salt
from eventrec.services.forget.person import find
from eventrec.text.mentions import Mentions, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from eventrec.services.forget.person import Person
    from eventrec.services.forget.remains import Remain


@dataclass(frozen=True)
class Erased:
    """What was erased of a person, in numbers, and what is left to do by hand.

    `rows` are the numbers of rows by table, `history` of the history's entries, `commands` of command lines, `actors`
    of change sets that the person had made. `texts` name the person and were left, since a person must edit them;
    `others` say who somebody else is and agree with the person: a namesake, an office's number. `uids` and `mentions`
    find the person in files.
    """

    rows: dict[str, int]
    history: int
    commands: int
    actors: int
    texts: Sequence[Remain]
    others: Sequence[Remain]
    days_kept: bool
    """Marks of sign-in sheets stay, on anonymous rows, since events on the same days are counted by them."""

    uids: frozenset[str] = field(repr=False)
    mentions: Mentions = field(repr=False)
    rows_of_each: dict[int, int] = field(default_factory=dict)
    """Of several people the number of rows, by the contact's number."""


@dataclass(frozen=True)
class _Gone:
    """A person whose rows are erased, and by what the rest is found."""

    rows: dict[str, int]
    entries: int
    touched: set[int]
    known_as: set[str]
    uids: frozenset[str]
    mentions: Mentions
    marked: bool


def forget(
    session: Session,
    contact_id: int,
    *,
    chance: Callable[[], str],
    reason: str | None = None,
    actors: Sequence[str] = (),
) -> Erased:
    """Erase a person, who may have been removed before; events keep an anonymous head in the place.

    `chance` gives 32 random octets in hexadecimal, for the salt and for words that lead to nobody. `actors` are the
    names under which the person worked in this book. Raises NotFound, and Rejected for a reason that says who it was.
    """
    return forget_all(session, [contact_id], chance=chance, reason=reason, actors=actors)


def forget_all(
    session: Session,
    contact_ids: Iterable[int],
    *,
    chance: Callable[[], str],
    reason: str | None = None,
    actors: Sequence[str] = (),
) -> Erased:
    """Erase several people as `forget` does; the history and all texts are read once for all of them."""
    journal = journal_of(session)
    journal.command = history.in_short(journal.command)
    gone = {number: _forget(session, number, chance, reason, actors) for number in contact_ids}
    parts = list(gone.values())
    mentions = together(part.mentions for part in parts)
    numbers = {
        "history": sum(part.entries for part in parts) + remains.clean_history(session, mentions),
        "commands": history.commands(session, set().union(*(part.touched for part in parts)), mentions),
        "actors": history.actors(session, set().union(*(part.known_as for part in parts))),
    }
    session.expire_all()
    left = remains.search(session, mentions)
    return Erased(
        dict(sum((Counter(part.rows) for part in parts), Counter())),
        **numbers,
        texts=[each for each in left if not each.is_identity],
        others=[each for each in left if each.is_identity],
        days_kept=any(part.marked for part in parts),
        uids=frozenset().union(*(part.uids for part in parts)),
        mentions=mentions,
        rows_of_each={number: sum(part.rows.values()) for number, part in gone.items()},
    )


def _forget(
    session: Session, contact_id: int, chance: Callable[[], str], reason: str | None, actors: Sequence[str]
) -> _Gone:
    """Erase the rows of one person, and their history."""
    person = find(session, contact_id)
    mentions = person.mentions(actors)
    if reason and mentions.in_text(reason):
        raise Rejected("The reason is kept, so it must not say who it was.", "Write for example: request of 3 May 2025")
    touched = _touched(person)
    rows, entries, form = _erase(session, person, mentions, chance)
    _remember(session, person, chance, reason)
    session.flush()
    emails = {value for kind, value in person.candidate.points if kind == "email"}
    known_as = {*actors, *person.names, *emails}
    session.expire_all()
    return _Gone(rows, entries, touched, known_as, person.uids, mentions, bool(form.marked))


def _erase(
    session: Session, person: Person, mentions: Mentions, chance: Callable[[], str]
) -> tuple[dict[str, int], int, participations.Anonymous]:
    """Erase rows and history; returns their numbers, and how participations are written now."""
    form = participations.plan(session, person, chance)
    past = participations.Past(session, person)
    sides = participations.history_of(person, past, form)
    rows = {
        "participation": participations.anonymise(session, person, form, past),
        "event": erase.events_of(session, person, list(form.words)),
        "note": erase.remainders_of(session, mentions),
        "disclosure": erase.disclosures_of(session, person, mentions),
    }
    rows |= erase.rows_of(session, person)
    journal_of(session).write(session)
    entries = history.rewrite(session, person, mentions, sides, chance)
    return {name: number for name, number in rows.items() if number}, entries, form


def _remember(session: Session, person: Person, chance: Callable[[], str], reason: str | None) -> None:
    """Keep a hash of each trait, so that the person does not come back unasked."""
    salt, word, moment = made_salt(session, chance), chance()[:32], journal_of(session).moment
    known = person.candidate
    traits = [trait for each in (known, *(Candidate(uid) for uid in sorted(person.uids))) for trait in each.traits()]
    for trait in dict.fromkeys(traits):
        session.add(
            Forgotten(
                hash=hashed(trait, salt), kind=trait.kind, person=word, forgotten_at=moment, reason=reason or None
            )
        )
    again.look_again(session)


def _touched(person: Person) -> set[int]:
    """Return the change sets that wrote about the person; those that left an event's contact alone did not."""
    found = set()
    for change in person.changes:
        before, after = (person.owns(change.table_name, side) for side in (change.before, change.after))
        if before != after or (before and change.table_name != "event"):
            found.add(change.change_set_id)
    return found
