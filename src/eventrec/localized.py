"""A text in several languages: BCP 47 tag to text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_ONE: Final = ["{", ":", "}"]
_TWO: Final = ["{", ":", ",", ":", "}"]


def pairs_of(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return language and text of each as the book keeps them, in JSON; None where that must be read by its rules."""
    if "\\" not in text:
        parts = text.split('"')
        if len(parts) == 5 and parts[::2] == _ONE:
            return ((parts[1], parts[3]),)
        if len(parts) == 9 and parts[::2] == _TWO:
            return ((parts[1], parts[3]), (parts[5], parts[7]))
    return None


class Localized(dict[str, str]):
    """A name or title in every language it is known in, such as `{"en": "Workshop", "zh": "研讨会"}`.

    Treat it as a value: make a new one instead of changing one in place. It is never empty where it is stored.
    """

    @classmethod
    def from_json(cls, text: str) -> Localized:
        """Read the form in which the database keeps it."""
        return cls(json.loads(text))

    def to_json(self) -> str:
        """Write canonical JSON: keys sorted, UTF-8, no spaces, so that equal values are equal texts."""
        return _ENCODER.encode(self)

    def any(self, main: str = "en") -> str:
        """Return the text in the main language, else in the first tag by alphabet."""
        return self.get(main) or self[min(self)]

    def both(self, main: str = "en") -> str:
        """Join all languages, main language first: "Workshop / 研讨会"."""
        tags = sorted(self, key=lambda tag: (tag != main, tag))
        return " / ".join(self[tag] for tag in tags)

    def __or__(self, other: Mapping[str, str]) -> Localized:  # type: ignore[override]
        return Localized({**self, **other})
