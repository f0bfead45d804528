"""One place where something is named that may be an organisation, before it is known which ones are the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventrec.draft.evidence import Span


@dataclass(frozen=True)
class Sighting:
    """A name in one place. `owner` is the organisation that it is a part or an office of and is counted as."""

    span: Span
    language: str
    name: str
    why: str
    head: str | None = None
    code: str | None = None
    country: str | None = None
    parent: str | None = None
    owner: str | None = None
    group: bool = False
    belief: int = 85
    also: tuple[str, ...] = field(default=())
    """Further names of the same organisation that stand beside this one: “IOM, the UN Migration Agency”."""

    parent_code: str | None = None
    """The acronym that the text gives the parent in the same place."""
