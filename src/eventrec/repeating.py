"""Doing a whole piece of work again when another transaction was in the way."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final, TypeVar

from eventrec.errors import Conflict, TakenBack

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

TRIES: Final = 6
"""How often a command is tried that loses against others at the same moment."""

_FIRST_PAUSE: Final = 0.05
"""Seconds before the second try, on average; each later pause is twice as long."""


def chance() -> float:
    """Return a number from 0 to 1."""
    return os.urandom(1)[0] / 255


def repeated(
    work: Callable[[], T],
    *,
    pause: Callable[[float], None] = time.sleep,
    chance: Callable[[], float] = chance,
    tries: int = TRIES,
) -> T:
    """Do a whole piece of work again when it was taken back because of another one; after `tries` raise Conflict.

    The pauses grow and are of chance, so that two who met do not meet again. What the work tells or writes before it
    is saved must bear being done twice.
    """
    for attempt in range(tries):
        try:
            return work()
        except TakenBack as error:
            if attempt == tries - 1:
                raise Conflict(error.message, error.hint) from error
        pause(_FIRST_PAUSE * 2**attempt * (0.5 + chance()))
    raise ValueError("there must be at least one try")
