"""The rules, by what they are about. A new module of rules gets its name in `_MODULES`."""

from __future__ import annotations

from importlib import import_module
from typing import Final

_MODULES: Final = (
    "alarms", "cardinality", "clients", "entries", "extensions", "identity", "parameters", "recurrence", "scheduling",
    "texts", "types", "zones",
)  # fmt: skip


def load() -> None:
    """Write all rules down."""
    for name in _MODULES:
        import_module(f"{__name__}.{name}")
