"""The record book of a programme team: `eventrec.open()` for scripts, the command `eventrec` for people.

What `__all__` names is the public Python API; it is imported when it is first used, so that the command line
starts without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventrec.api import Answer, Book, open  # noqa: A004
    from eventrec.errors import EventrecError

__all__ = ["Answer", "Book", "EventrecError", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name == "EventrecError":
        from eventrec.errors import EventrecError

        return EventrecError
    if name in __all__:
        from eventrec import api

        return getattr(api, name)
    raise AttributeError(f"module 'eventrec' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
