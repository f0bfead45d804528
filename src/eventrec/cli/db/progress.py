"""How far it is: one line on a person's screen, which goes again; nothing for what is done in a moment."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eventrec.cli.context import App

_SILENCE: Final = 1.0
"""Seconds before the first word."""

_EVERY: Final = 0.2


@contextmanager
def shown(app: App) -> Iterator[Callable[[str, int, int], None]]:
    """Give what tells on standard error how far something is, when somebody is looking there."""
    if app.quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    told, due = False, time.monotonic() + _SILENCE

    def tell(what: str, done: int, everything: int) -> None:
        nonlocal told, due
        if time.monotonic() < due:
            return
        told, due = True, time.monotonic() + _EVERY
        how_far = f"{min(100, 100 * done // everything)} %" if everything else f"{done:,}"
        sys.stderr.write(f"\r{what}: {how_far}   ")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write("\r" + " " * 40 + "\r")
            sys.stderr.flush()
