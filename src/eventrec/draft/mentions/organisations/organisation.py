"""What an organisation of a text is, and one place where it is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.draft.evidence import Span


@dataclass(frozen=True)
class OrganisationMention:
    """One place where an organisation is named; those that one enumeration names share its number `series`.

    `part` is what of the organisation is meant, where it is not the whole: “Visa Section”.
    """

    span: Span
    language: str
    text: str
    series: int | None = None
    part: str | None = None


@dataclass(frozen=True)
class Organisation:
    """An organisation: its names by language, the acronym that the text or the book gives it, its number in the book.

    A `group` is a collective or a party without a name of its own: “EU Member States”, “other European experts”.
    """

    names: Mapping[str, str]
    mentions: tuple[OrganisationMention, ...]
    code: str | None = None
    known: int | None = None
    group: bool = False
    country: str | None = None
    """ISO 3166-1, where the name or the words around it say it."""

    why: str = ""
    """By what it was recognised, in words that complete “…”: “ends in ‘部’”, “is agency 9 of the book”."""

    belief: int = 80
    """How far it is believed that this is an organisation of this name, 1 to 100."""

    head: str | None = None
    """The word that says what it is, in lower case or Chinese: “ministry”, “局”; none for an acronym."""

    parent: str | None = None
    """The name of the organisation that it belongs to, where the text says it: “European Commission”."""

    doubled: bool = False
    """Whether it may be the same as one named in the other language of the release: to be asked, not listed twice."""
