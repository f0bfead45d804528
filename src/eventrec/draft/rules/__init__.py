"""The rules, a module for each field: its rules, and `fill`, which puts what was chosen into the draft.

A new field gets its name in `_FIELDS`, where it may look at what stands before it; a new rule is only written down.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

    Fill = Callable[[Reading, Occasion, Draft], None]

_FIELDS: Final = (
    "title", "kind", "when", "place", "project", "donors", "parties", "modality", "status", "participants", "visits",
    "contact", "topics",
)  # fmt: skip


def load() -> Sequence[Fill]:
    """Return what fills each field, in order."""
    return [import_module(f"{__name__}.{name}").fill for name in _FIELDS]
