"""What never goes back: who was forgotten stays forgotten, what was given away was given away, a book stays made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import case, func, select

from eventrec.models import Change

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_SALT: Final = "salt"
"""The key of the setting without which no hash of a forgotten person leads to anybody."""


class Staying(NamedTuple):
    """Why a change set stays; one `beside` the records is no command that a plain undo could mean."""

    why: str
    beside: bool


def staying(session: Session, number: int) -> Staying | None:
    """Return why a change set cannot be taken back or done again, whatever else was done since; None when it can."""
    found = session.execute(_question(number)).one()
    if found.all and found.settings == found.added == found.all and _is_the_first(session, number):
        return Staying(
            f"Change set {number} made the book: its language, time zone and country; that is not taken back.", True
        )
    if found.erased:
        return Staying(f"Change set {number} held a person who was forgotten; that cannot be taken back.", False)
    salted = _touches_the_salt(session, number) if found.settings else 0
    if found.hashes or salted:
        beside = found.added == found.hashes + salted == found.all
        return Staying(f"Change set {number} says who was forgotten; that is not taken back.", beside)
    if found.all and found.given == found.added == found.all:
        return Staying(f"Change set {number} is a note of what was given away; that is not taken back.", True)
    return None


def _question(number: int) -> Any:  # noqa: ANN401
    return select(
        func.count().label("all"),
        _how_many(Change.erased_at.is_not(None)).label("erased"),
        _how_many(Change.before.is_(None)).label("added"),
        _how_many(Change.table_name == "forgotten").label("hashes"),
        _how_many(Change.table_name == "setting").label("settings"),
        _how_many(Change.table_name == "disclosure").label("given"),
    ).where(Change.change_set_id == number)


def _is_the_first(session: Session, number: int) -> bool:
    return number == session.scalar(select(func.min(Change.change_set_id)))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _touches_the_salt(session: Session, number: int) -> int:
    query = select(Change.before, Change.after).where(Change.change_set_id == number, Change.table_name == "setting")
    return sum((after or before or {}).get("key") == _SALT for before, after in session.execute(query))
