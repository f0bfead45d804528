"""What is computed on write: the text that `search` looks in and the key that lists are ordered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.text.names import search_text, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPUTED: Final = ("agency", "contact", "event", "project")
"""The tables that have such columns."""

COLUMNS: Final = ("search_text", "sort_key")
"""What they are called; an event has no sort key."""


def computed(
    table: str, row: Mapping[str, Any], names: Iterable[str] = (), points: Iterable[str] = ()
) -> dict[str, str]:
    """Return the computed columns of a row from its fields, its aliases and, of a contact, the values of its points."""
    others = (*sorted(names), *sorted(points if table == "contact" else ()))
    if table == "agency":
        return {"search_text": search_text(row["code"], row["name"], *others), "sort_key": sort_key(row["name"])}
    if table == "project":
        text = search_text(row["code"], row["name"], row["contract_number"], *others)
        return {"search_text": text, "sort_key": sort_key(row["name"])}
    if table == "contact":
        text = search_text(row["name"], row["family_name"], row["given_name"], *others)
        return {"search_text": text, "sort_key": sort_key(row["name"], row["family_name"], person=True)}
    fields = ("title", "venue", "city", "description", "results")
    return {"search_text": search_text(*(row[name] for name in fields), *(row["topics"] or ()))}
