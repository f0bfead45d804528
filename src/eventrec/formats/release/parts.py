"""A news release as it was read from a file, the limits of reading, and the refusals that several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LARGEST: Final = 20 * 2**20
"""So many octets may a file have, pictures and attachments included."""

MOST_TEXT: Final = 500_000
"""So many characters may its text have; a release has some thousands."""

PASTE: Final = "Copy its text, and pipe it in: eventrec draft -"


@dataclass(frozen=True)
class Release:
    """The text of a release and what its file says of it.

    `name` is the file's, without its folder, or “-”. `told` is what a person should know of how it was read, in
    sentences. `published` is the day that the file says it appeared or was sent: a hint, never the day of the event.
    `url` is the address that the file says it came from. `ignored` is what the file holds beside its text, in words.
    """

    text: str
    name: str
    told: tuple[str, ...] = ()
    published: date | None = None
    url: str | None = None
    ignored: tuple[str, ...] = ()


def shown(name: str) -> str:
    """Return how a file is called at the beginning of a sentence."""
    return "Standard input" if name == "-" else name


def called(name: str) -> str:
    """Return the name of a file without its folder."""
    return name if name == "-" else PurePath(name).name


def without_text(name: str) -> Rejected:
    """Return the refusal of a file in which nothing is written."""
    return Rejected(f"{shown(name)} holds no text.", "Give a news release: eventrec draft FILE")


def too_large(name: str, limit: str) -> Rejected:
    """Return the refusal of a file that is larger than any release."""
    return Rejected(f"{shown(name)} is larger than {limit}.", "Give the release alone, without what stands around it.")


def facts(cells: Sequence[str]) -> str:
    """Return the cells of a row of a table as a line: a fact after its name, or one after another."""
    if len(cells) == 2:
        return f"{cells[0].rstrip(' :：')}: {cells[1]}"
    return " | ".join(cells)


def refused(name: str, why: str, hint: str = PASTE) -> Rejected:
    """Return another refusal; `why` ends the sentence that begins with the file's name."""
    return Rejected(f"{shown(name)} {why}.", hint)


def was_read(name: str, told: str) -> tuple[str, ...]:
    """Return the sentence that tells as what a file was read, or none."""
    return (f"{'Standard input' if name == '-' else called(name)} was read as {told}.",) if told else ()
