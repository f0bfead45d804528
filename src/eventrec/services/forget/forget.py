"""Forgetting a person, from the contact to the last command line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.models import Forgotten
from eventrec.services.forget import again, erase, history, participations, past, remains, sources
from eventrec.services.forget.actors import forget_actors, like
from eventrec.services.forget.hashes import Candidate, hashed, made_salt
from eventrec.services.forget.person import OWNED, find_all, together
from eventrec.text.mentions import together as mentions_of_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from eventrec.services.forget.person import Circle, Person
    from eventrec.services.forget.remains import Remain
    from eventrec.text.mentions import Mentions

_ORDER: Final = (
    "participation",
    "event",
    "note",
    "event_source",
    "disclosure",
    *OWNED,
    "not_same",
    "tombstone",
    "contact",
)


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

    perhaps: Sequence[str] = ()
    """Actors who are called as an e-mail address of the person begins; somebody has to say whether that is so."""


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
    names under which the person worked in this book; nothing but who did what is looked through for them. Raises
    NotFound, and Rejected for a reason that says who it was.
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
    people = find_all(session, contact_ids)
    mentions = _mentions(people, reason)
    circle, sort_keys = together(people), {key for person in people for key in person.sort_keys}
    touched = _touched(circle)
    rows, rows_of_each, sides, days_kept = _erase(session, people, circle, mentions, chance)
    journal.write(session)
    entries = history.rewrite(session, circle, mentions, sides, chance)
    for person in people:
        _remember(session, person, chance, reason)
    session.flush()
    names = {name for person in people for name in person.names}
    numbers = {
        "history": entries + past.clean_history(session, mentions, sort_keys),
        "commands": history.commands(session, touched, mentions),
        "actors": forget_actors(session, {*actors, *names, *mentions.emails}),
    }
    session.expire_all()
    left = remains.search(session, mentions)
    return Erased(
        rows,
        **numbers,
        texts=[each for each in left if not each.is_identity],
        others=[each for each in left if each.is_identity],
        days_kept=days_kept,
        uids=circle.uids,
        mentions=mentions,
        rows_of_each=rows_of_each,
        perhaps=like(session, mentions.emails),
    )


def _mentions(people: Sequence[Person], reason: str | None) -> Mentions:
    """Return what finds the people in text; refuse a reason that says who it was."""
    mentions = mentions_of_all(person.mentions() for person in people)
    if reason and mentions.in_text(reason):
        raise Rejected("The reason is kept, so it must not say who it was.", "Write for example: request of 3 May 2025")
    return mentions


def _erase(
    session: Session, people: Sequence[Person], circle: Circle, mentions: Mentions, chance: Callable[[], str]
) -> tuple[dict[str, int], dict[int, int], dict[int, participations.Sides], bool]:
    """Erase the rows of all these people.

    Returns the numbers of rows by table and by person, how the history of participations is to be written, and whether
    marks of sign-in sheets stay.
    """
    rows, of_each, marked = Counter[str](), Counter[int](), False
    sides = {change.id: (change.before, change.after) for change in circle.changes}
    taken_part: set[int] = set()
    for person in people:
        form = participations.plan(session, person, chance)
        before = participations.Past(session, person)
        participations.tell_history(person, before, form, sides)
        _add(rows, of_each, person.id, {"participation": participations.anonymise(session, person, form, before)})
        taken_part.update(form.words)
        marked = marked or bool(form.marked)
    asked = erase.events_of(session, circle, taken_part)
    given = erase.disclosures_of(session, circle, mentions)
    rows += Counter(event=asked.total(), note=erase.remainders_of(session, mentions), disclosure=given.lists)
    rows["event_source"] = sources.sources_of(session, mentions)
    for person in people:
        of_each[person.id] += sum(asked[number] + given.by_person[number] for number in person.ids)
        _add(rows, of_each, person.id, erase.rows_of(session, person))
    return {name: rows[name] for name in _ORDER if rows[name]}, dict(of_each), sides, marked


def _add(rows: Counter[str], of_each: Counter[int], person: int, erased: dict[str, int]) -> None:
    rows.update(erased)
    of_each[person] += sum(erased.values())


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


def _touched(people: Circle) -> set[int]:
    """Return the change sets that wrote about the people; those that left an event's contact alone did not."""
    found = set()
    for change in people.changes:
        before, after = (people.owns(change.table_name, side) for side in (change.before, change.after))
        if before != after or (before and change.table_name != "event"):
            found.add(change.change_set_id)
    return found
