"""What a proposal says once it is read: events with their parties, without what is left open."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from eventrec.errors import EventrecError
from eventrec.vocabulary import AGENCY_KINDS, EVENT_KINDS, EVENT_STATUSES, MODALITIES, PARTICIPATION_MODALITIES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from eventrec.proposals.source import Source

Kind = Literal["text", "names", "list", "number", "flag", "reference", "date", "open"]
"""What a key takes; `names` is a text, or one for each language."""

Keys = dict[str, "Kind | tuple[str, ...]"]


def _keys(**kinds: str) -> Keys:
    """Return by name what a key takes: `text="date time"` and so on."""
    return {name: kind for kind, names in kinds.items() for name in names.split()}  # type: ignore[misc]


EVENT: Final[Keys] = {
    **_keys(
        names="title city venue description results",
        text="date_note time timezone country address online_url source_url note",
        date="date",
        list="topics donors",
        number="days participants",
        flag="about",
        open="open",
    ),
    "kind": EVENT_KINDS,
    "status": EVENT_STATUSES,
    "modality": MODALITIES,
}
AGENCY: Final[Keys] = {
    **_keys(names="name", text="code country", reference="known", flag="new group about", number="count", open="open"),
    "kind": AGENCY_KINDS,
    "role": ROLES,
    "modality": PARTICIPATION_MODALITIES,
}
PROJECT: Final[Keys] = _keys(
    names="name", text="code phase", reference="known parent", flag="new", list="donors", open="open"
)
CONTACT: Final[Keys] = _keys(
    names="name position", text="honorific email phone", reference="known office", flag="new", open="open"
)
VISIT: Final[Keys] = _keys(names="title", date="date", list="facilitators", open="open")
SOURCE: Final[Keys] = _keys(text="name url sha256 text")

TABLES: Final[dict[str, Keys]] = {"project": PROJECT, "contact": CONTACT, "agency": AGENCY, "visit": VISIT}
"""The tables that an event may have, and their keys; an event has several of `SEVERAL`."""

SEVERAL: Final = ("agency", "visit")
NAMED_BY: Final = {"event": "title", "visit": "title"}
"""The key that says what a table is about, where it is not `name`."""


@dataclass(frozen=True)
class Part:
    """An agency, project, contact or site visit of an event: its values, and where it stands, in words."""

    where: str
    values: Mapping[str, Any]
    left: tuple[str, ...] = ()
    """Its fields that have a value, but were left open."""

    @property
    def names(self) -> Mapping[str, str]:
        """Its names, or titles, by language."""
        found: Mapping[str, str] = self.values.get("name") or self.values.get("title") or {}
        return found


@dataclass(frozen=True)
class EventPart(Part):
    """An event with all that belongs to it."""

    agencies: tuple[Part, ...] = ()
    visits: tuple[Part, ...] = ()
    project: Part | None = None
    contact: Part | None = None


@dataclass(frozen=True)
class Form:
    """A proposal, ready to be saved. `left_open` names what is not saved, since it was left open; `told` says more."""

    events: tuple[EventPart, ...]
    source: Source | None = None
    left_open: tuple[str, ...] = field(default=())
    told: tuple[str, ...] = ()


@contextmanager
def about(part: Part) -> Iterator[None]:
    """Say of which part of the file a refusal is; the innermost part is named."""
    try:
        yield
    except EventrecError as error:
        if not getattr(error, "told_where", False):
            error.told_where = True  # type: ignore[attr-defined]
            error.message = f"{part.where[0].upper()}{part.where[1:]}: {error.message}"
            error.args = (error.message,)
        raise
