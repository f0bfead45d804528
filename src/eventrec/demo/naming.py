"""Names in the demo's two languages, and identities that are the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMESPACE = UUID("5d1f2f0e-6e0a-5c3c-9a43-2f6f4f0f9a11")


def name(english: str, chinese: str | None = None) -> Localized:
    """Return a name in English and, where it is known, in Chinese."""
    return Localized({"en": english} | ({"zh": chinese} if chinese else {}))


def steady_uids() -> Callable[[str, dict[str, Any]], str]:
    """Return a source of uids: uuid5 of a record's code, else of its name, else of its place in the order."""
    given: dict[str, int] = {}

    def uid(table: str, row: dict[str, Any]) -> str:
        text = row.get("code") or row.get("title") or row.get("name")
        key = f"{table}:{text.to_json() if isinstance(text, Localized) else text}" if text else table
        given[key] = given.get(key, 0) + 1
        return str(uuid5(_NAMESPACE, f"{key}:{given[key]}" if not text or given[key] > 1 else key))

    return uid
