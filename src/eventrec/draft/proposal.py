"""What is proposed: one or several events, each field with its evidence, what is uncertain, and what was ignored.

`as_json` gives the promised form; its keys are documented in docs/drafting.md.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.draft.evidence import Evidence


@dataclass(frozen=True)
class Party:
    """An agency, or a delegation as it was reported, that takes part or stands behind the event.

    `known` is its number in the book; `code` an acronym that the text or the book gives it. `count` is a head-count of
    people, `approximate` when the text says “about”.
    """

    name: Mapping[str, str]
    role: str = "participant"
    modality: str | None = None
    code: str | None = None
    known: int | None = None
    count: int | None = None
    approximate: bool = False
    group: bool = False
    """A collective (“EU Member States”), or people who belong to no agency by name (“other European experts”)."""


@dataclass(frozen=True)
class VisitedPlace:
    """A site visit: the place, and who facilitated it."""

    title: Mapping[str, str]
    facilitators: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProjectNamed:
    """The project that pays, as it is named; `known` is its number in the book."""

    name: Mapping[str, str]
    code: str | None = None
    phase: str | None = None
    known: int | None = None


@dataclass(frozen=True)
class Person:
    """Whom to ask, as the text says it; the phone in E.164, `known` a number in the book."""

    name: Mapping[str, str]
    honorific: str | None = None
    position: Mapping[str, str] = field(default_factory=dict)
    office: str | None = None
    email: str | None = None
    phone: str | None = None
    known: int | None = None


@dataclass
class Draft:
    """One event as proposed. Days are ISO; `partial_date` is RFC 3339's form without year: --09-21, --02-21/--02-22."""

    title: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    partial_date: str | None = None
    date_note: str | None = None
    """When, in the release's own words, where no day is said: “this week”."""

    city: str | None = None
    city_names: dict[str, str] = field(default_factory=dict)
    country: str | None = None
    venue: dict[str, str] = field(default_factory=dict)
    modality: str | None = None
    participants: int | None = None
    approximate: bool = False
    project: ProjectNamed | None = None
    donors: list[str] = field(default_factory=list)
    agencies: list[Party] = field(default_factory=list)
    visits: list[VisitedPlace] = field(default_factory=list)
    contact: Person | None = None
    topics: list[str] = field(default_factory=list)
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    """By field; an item of a list by its place: `agencies[0]`."""

    uncertain: dict[str, str] = field(default_factory=dict)
    """By field or item, what is asked of a person."""

    missing: dict[str, str] = field(default_factory=dict)
    """What a record needs and the text does not say, with what hints at it."""

    disagreements: list[str] = field(default_factory=list)
    """What one language says and the other does not."""


@dataclass(frozen=True)
class Ignored:
    """Words that were not believed or not read, and why."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Proposal:
    """All events of one release."""

    events: tuple[Draft, ...]
    ignored: tuple[Ignored, ...] = ()
    url: str | None = None
    """Where the release stands on the web, as its text or file says."""


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return the promised form, named like the fields here; what was not found is null or empty.

    `uncertain` is a list of fields, `questions` says what is asked of each. A project's `name` is one text, English
    where the release has it, and `names` has it by language.
    """
    return {
        "events": [_event(draft) for draft in proposal.events],
        "ignored": [asdict(each) for each in proposal.ignored],
        "url": proposal.url,
    }


def _event(draft: Draft) -> dict[str, Any]:
    return {
        **asdict(draft),
        "project": _project(draft.project) if draft.project else None,
        "uncertain": list(draft.uncertain),
        "questions": draft.uncertain,
    }


def _project(project: ProjectNamed) -> dict[str, Any]:
    names = dict(project.name)
    return {**asdict(project), "name": names.get("en") or next(iter(names.values()), None), "names": names}
