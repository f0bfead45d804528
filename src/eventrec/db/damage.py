"""Is it the book? Asked when a command has stumbled over something that no book should hold."""

from __future__ import annotations

from typing import Final

from eventrec.db.check import check_book
from eventrec.driver_errors import damaged, translate
from eventrec.errors import EventrecError

_OF_THE_DATA: Final = {"constraint", "damaged", "duplicate", "history", "link", "orphan", "unreadable"}
"""The sorts of findings that a command may stumble over; views or computed columns out of date are none."""

_OF_THE_QUESTION: Final = _OF_THE_DATA | {"view"}
"""The sorts over which the database itself may stumble: it cannot ask a view that was garbled."""


def damage(address: str, *, question: bool = False) -> EventrecError | None:
    """Return the error that says that a book is damaged; None for one whose rows are what they should be.

    It checks all of the book; with `question`, when the database did not understand what it was asked, its views too.
    A book that cannot be asked now, since it is locked or gone, is not damaged.
    """
    kinds = _OF_THE_QUESTION if question else _OF_THE_DATA
    try:
        found = check_book(address)
    except EventrecError:
        return None
    except Exception as error:
        told = translate(error)
        return damaged(address) if told is None or told.message == damaged().message else None
    return damaged(address) if any(each.kind in kinds for each in found) else None
