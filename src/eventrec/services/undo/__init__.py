"""Taking change sets back, and doing them again.

An undo is a change set of its own that reverses another one; a redo reverses the undo. Where later changes stand on
what is to be taken back, those go first, newest first; all of it in one transaction, or nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventrec.db.journal import journal_of
from eventrec.errors import NotInHistory, UndoRefused
from eventrec.models import Change
from eventrec.services.undo.chains import Chains, Told
from eventrec.services.undo.obstacles import Obstacle, changed, in_the_way
from eventrec.services.undo.reversal import Reversal, chunks
from eventrec.services.undo.staying import staying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from eventrec.services.undo.reversal import Key

__all__ = ["Taken", "Told", "redo", "undo"]

_SHOWN = 10
_LOOKED_AT = 20
"""How many commands are tried for one that can be taken back."""


class Taken(NamedTuple):
    """The change sets that were asked for, and those that had to go with them, both newest first."""

    wanted: list[Told]
    later: list[Told]


def undo(session: Session, reference: str = "", *, last: int = 1, with_later: bool = False) -> Taken:
    """Take back a change set named by number or uid, else the `last` commands that are in force.

    Notes of what was given away, and of who is kept out, are no commands. Raises NotInHistory when there is none, and
    UndoRefused when it is taken back already, when it is such a note, when a forgotten person was in it or came back by
    it, and, unless `with_later`, when later changes stand on it; with it, those are taken back too.
    """
    chains = Chains(session)
    if reference:
        return _reverse(session, chains, [_still_standing(chains, chains.find(reference))], with_later, "undo")
    newest = list(islice(_in_force(session, chains), last))
    if not newest:
        raise NotInHistory("There is nothing to undo.")
    for number in newest:
        if stays := staying(session, number):
            raise UndoRefused(stays.why, _another(session, chains))
    return _reverse(session, chains, newest, with_later, "undo")


def redo(session: Session, reference: str = "", *, with_later: bool = False) -> Taken:
    """Do a change set again that was taken back: the one named, else what the last undo took back.

    Raises NotInHistory when there is nothing, or, without a reference, when something new was done since the undo.
    """
    chains = Chains(session)
    if reference:
        return _reverse(session, chains, [_taken_back(chains, chains.find(reference))], with_later, "redo")
    newest = next((chain[0] for chain in chains.commands() if not _is_beside(session, chain[0])), 0)
    undone = [chain[-1] for chain in chains.commands() if len(chain) % 2 == 0 and chain[-1] > newest]
    if not undone:
        raise NotInHistory("There is nothing to do again.")
    return _reverse(session, chains, [max(undone)], with_later, "redo")


def _in_force(session: Session, chains: Chains) -> Iterator[int]:
    """Yield the latest form of every command that is in force, the newest command first."""
    for chain in chains.commands():
        if len(chain) % 2 and not _is_beside(session, chain[-1]):
            yield chain[-1]


def _is_beside(session: Session, number: int) -> bool:
    stays = staying(session, number)
    return stays is not None and stays.beside


def _another(session: Session, chains: Chains) -> str:
    """Return a hint with the newest command that can be taken back alone, found by trying: nothing of it is kept."""
    for number in islice(_in_force(session, chains), _LOOKED_AT):
        try:
            if not staying(session, number) and not _attempt(session, {number}, [number]):
                return f"The newest that can be: eventrec undo {chains.named(number)}"
        except UndoRefused:
            _start_over(session)
    return "See the others: eventrec log"


def _still_standing(chains: Chains, number: int) -> int:
    """Return the latest form of a command that is in force, or an undo that nothing took back."""
    chain = chains.chain(number)
    if number == chain[-1] or (number == chain[0] and len(chain) % 2):
        return chain[-1]
    by = chain[chain.index(number) + 1] if number != chain[0] else chain[-1]
    raise UndoRefused(
        f"Change set {number} was taken back already, by change set {by}.", f"Do it again: eventrec redo {chain[0]}"
    )


def _taken_back(chains: Chains, number: int) -> int:
    chain = chains.chain(number)
    if len(chain) % 2:
        raise UndoRefused(
            f"Change set {chain[0]} is in force; there is nothing to do again.",
            f"Take it back: eventrec undo {chain[0]}",
        )
    return chain[-1]


def _reverse(session: Session, chains: Chains, wanted: list[int], with_later: bool, verb: str) -> Taken:
    """Reverse what is wanted and all that stands on it, newest first."""
    needed, why = set(wanted), dict[int, str]()
    while blocking := _attempt(session, needed, wanted):
        for number, reason in blocking.items():
            why.setdefault(number, reason)
        needed |= set(blocking)
    later = [chains.told(chains.named(number)) for number in sorted(needed - set(wanted), reverse=True)]
    asked = [chains.told(chains.chain(number)[0]) for number in sorted(wanted, reverse=True)]
    if later and not with_later:
        raise _refused(asked[0], later, why, verb)
    return Taken(asked, later)


def _attempt(session: Session, needed: set[int], wanted: list[int]) -> dict[int, str]:
    """Reverse change sets; if others stand in the way, leave everything as it was and return those with the reason."""
    with session.begin_nested() as before:
        for number in sorted(needed, reverse=True):
            blocking = _reverse_one(session, number, needed, wanted)
            if blocking:
                before.rollback()
                _start_over(session)
                return blocking
    return {}


def _reverse_one(session: Session, number: int, needed: set[int], wanted: list[int]) -> dict[int, str]:
    if stays := staying(session, number):
        raise _refused_for_good(number, stays.why, wanted)
    reversal = Reversal(session, number)
    obstacles = changed(reversal)
    if obstacles:
        return _blocking(session, number, obstacles, needed, every=True)
    try:
        with session.begin_nested():
            reversal.carry_out()
    except IntegrityError:
        _start_over(session)
        obstacles = in_the_way(session, Reversal(session, number))
        return _blocking(session, number, obstacles, needed, every=False)
    return {}


def _start_over(session: Session) -> None:
    journal = journal_of(session)
    journal.pending.clear()
    journal.change_set_id = journal.reverses_id = None
    session.expire_all()


def _blocking(
    session: Session, number: int, obstacles: list[Obstacle], needed: set[int], *, every: bool
) -> dict[int, str]:
    """Return the change sets, not yet among those needed, that made rows what they are; the newest, or every one."""
    standing = [each for each in Chains(session).standing(number) if each not in needed]
    touching = _touching(session, number, {obstacle.key for obstacle in obstacles})
    found: dict[int, str] = {}
    for key, why in obstacles:
        by = [each for each in standing if each in touching.get(key, ())]
        found |= {each: why for each in (by if every else by[:1]) if each not in found}
    if not found:
        reasons = "; ".join(dict.fromkeys(why for _, why in obstacles[:_SHOWN])) or "the database refuses it"
        raise UndoRefused(
            f"Change set {number} cannot be taken back: {reasons}, and the log does not say by whom.",
            "See whether the book is whole: eventrec db check",
        )
    return found


def _touching(session: Session, after: int, keys: Iterable[Key]) -> dict[Key, set[int]]:
    """Return the change sets after one that touched each row."""
    found: dict[Key, set[int]] = {}
    for name, numbers in chunks(keys):
        query = select(Change.row_id, Change.change_set_id).where(Change.table_name == name, Change.row_id.in_(numbers))
        for row_id, number in session.execute(query.where(Change.change_set_id > after)):
            found.setdefault((name, row_id), set()).add(number)
    return found


def _refused_for_good(number: int, sentence: str, wanted: Iterable[int]) -> UndoRefused:
    if number in wanted:
        return UndoRefused(sentence, "See the others: eventrec log")
    asked = " and ".join(str(each) for each in wanted)
    return UndoRefused(
        f"{sentence} It stands on change set {asked}, which therefore stays too.",
        f"See what it was: eventrec log {number}",
    )


def _refused(asked: Told, later: list[Told], why: dict[int, str], verb: str) -> UndoRefused:
    what = "change stands" if len(later) == 1 else "changes stand"
    lines = [f"  {told} ({why[number]})" for told, number in zip(later, sorted(why, reverse=True), strict=True)]
    shown = [*lines[:_SHOWN], f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else lines
    again = "taken back" if verb == "undo" else "done again"
    return UndoRefused(
        f"Change set {asked.id} cannot be {again} alone; {len(later)} later {what} in the way:\n" + "\n".join(shown),
        f"Take back these too, newest first: eventrec {verb} {asked.id} --with-later",
    )
