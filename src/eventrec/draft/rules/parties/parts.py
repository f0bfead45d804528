"""What a sentence says of an organisation in one place, and the enumeration that is open while it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.rules.parties.cues import Cue, Reach

if TYPE_CHECKING:
    from eventrec.draft.rules.parties.masked import Named

IN_EVENT: Final = 82
"""How far words that say little are believed in a sentence that speaks of an event."""

ORGANIZING: Final = frozenset(["organizer", "co-organizer", "host"])


@dataclass(frozen=True)
class Part:
    """What one place says that an organisation does; without a role it is background."""

    named: Named
    role: str | None
    weight: int
    reason: str
    words: Span
    modality: str | None = None
    labelled: bool = False
    """Whether only people of it were spoken of, who may do what the next verb says."""


@dataclass(frozen=True)
class Heard:
    """A cue in its place."""

    cue: Cue
    start: int
    end: int


@dataclass(frozen=True)
class Run:
    """An enumeration behind a cue: `edge` is how far it has come, `fresh` that no name of it was met yet."""

    heard: Heard
    edge: int
    modality: str | None
    fresh: bool = True
    labelled: bool = False
    in_event: bool = False

    def part(self, named: Named, trailing: str | None) -> Part:
        """Return what is said of a name in it."""
        cue = self.heard.cue
        weight = cue.weight
        if cue.reach is Reach.LABEL and self.in_event and weight >= 70:
            weight = max(weight, IN_EVENT)
        return Part(
            named,
            cue.role,
            weight,
            cue.reason,
            Span(self.heard.start, self.heard.end),
            trailing or self.modality,
            self.labelled,
        )


def joined(first: Part | None, then: Part) -> Part:
    """Return what a cue before and a verb behind a name say together."""
    if first is None or first.role is None or then.role is None:
        return then if first is None or then.role is None else first
    if not first.labelled:
        return then
    if first.reason == "is invited to it" and then.role in ORGANIZING:
        return first
    weight = round(100 - (100 - first.weight) * (100 - then.weight) / 100)
    stronger = first if first.role in ORGANIZING and first.weight > then.weight else then
    return replace(stronger, weight=min(99, weight), modality=then.modality or first.modality)
