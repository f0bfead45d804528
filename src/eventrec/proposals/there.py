"""What a proposal calls new, and the book has by now: another release may have brought it since it was drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventrec.errors import Ambiguous, NotFound
from eventrec.proposals.offer import same
from eventrec.views import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eventrec.book import Work
    from eventrec.views.references import Reference


def exactly(work: Work, noun: str, text: str) -> Reference | None:
    """Return the one record that has exactly this name, code or e-mail; a number alone names nothing here."""
    if not any(map(str.isalpha, text)):
        return None
    try:
        found = references.find(work.reader, noun, text)
    except (NotFound, Ambiguous):
        return None
    return found if found.exact else None


def there(work: Work, noun: str, names: Mapping[str, str], texts: Iterable[str | None]) -> Reference | None:
    """Return the record that answers to one of the texts and has one of the names, in the same words."""
    for text in texts:
        found = exactly(work, noun, text) if text else None
        if found is not None:
            theirs: Any = work.reader.one(f"v_{noun}", noun, found.id)["name"]
            if same(names, theirs):
                return found
    return None
