"""How far something is that takes long: told to whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Is called with what is done, how much of it is done, and how much there is."""


def silent(_what: str, _done: int, _all: int) -> None:
    """Tell nobody."""
