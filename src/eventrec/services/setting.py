"""Settings of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from eventrec.models import Setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def put(session: Session, key: str, value: Any) -> None:  # noqa: ANN401
    """Set a key to a JSON value."""
    there = session.scalar(select(Setting).where(Setting.key == key))
    if there is None:
        session.add(Setting(key=key, value=value))
    else:
        there.value = value
    session.flush()
