"""The figures of a row, and the rows that the dimensions make."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from eventrec.reports.calendar_days import calendar_days
from eventrec.vocabulary import EVIDENCE_SOURCES, SEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from eventrec.reports.counting import Counting, Happened, Head

Key = tuple[Any, ...]
"""The values of the columns that the dimensions put in front of the figures; Localized ones as stored."""

DIMENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "event": ("event", "title"),
    "project": ("project",),
    "agency": ("agency", "agency_name"),
    "side": ("side",),
    "country": ("country",),
    "kind": ("kind",),
    "modality": ("modality",),
    "role": ("role",),
    "sex": ("sex",),
    "year": ("year",),
    "quarter": ("quarter",),
    "month": ("month",),
}
"""What a report can be split by, and the columns of each."""

_OF_EVENT: Final[dict[str, Callable[[Happened], Sequence[Key]]]] = {
    "event": lambda event: [(event.shown_id, event.shown_title)],
    "project": lambda event: [(code,) for code in event.projects] or [(None,)],
    "kind": lambda event: [(event.shown_kind,)],
    "year": lambda event: [(event.starts_on and event.starts_on[:4],)],
    "quarter": lambda event: [(event.starts_on and _quarter(event.starts_on),)],
    "month": lambda event: [(event.starts_on and event.starts_on[:7],)],
}
_OF_HEAD: Final[dict[str, Callable[[Head], Key]]] = {
    "agency": lambda head: (head.agency_code, head.agency_name or head.label),
    "side": lambda head: (head.side,),
    "country": lambda head: (head.country,),
    "modality": lambda head: (head.modality,),
    "role": lambda head: (head.role,),
    "sex": lambda head: (head.sex,),
}


@dataclass
class Row:
    """What a row of the report is made of."""

    events: dict[int, Happened] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)


def rows_by(counting: Counting) -> dict[Key, dict[str, Any]]:
    """Return the figures of every row of the dimensions asked for.

    Dimensions of the event alone also show events with nobody recorded; a delegation of twelve men is no row
    under "female".
    """
    rows: dict[Key, Row] = {}
    if all(dimension in _OF_EVENT for dimension in counting.by):
        for event in counting.events.values():
            for key in _keys(counting.by, event, None):
                rows.setdefault(key, Row()).events[event.id] = event
    for head in counting.counted:
        if head.people == 0 and "sex" in counting.by:
            continue
        event = counting.events[head.event_id]
        for key in _keys(counting.by, event, head):
            row = rows.setdefault(key, Row())
            row.events[event.id] = event
            if not event.is_visit:
                row.heads.append(head)
    return {key: figures_of(row.events.values(), row.heads) for key, row in rows.items()}


def total_of(counting: Counting) -> dict[str, Any]:
    """Return the figures over everything: not the sum of rows, so nobody and no event counts twice."""
    heads = [head for head in counting.counted if not counting.events[head.event_id].is_visit]
    return figures_of(counting.events.values(), heads)


def figures_of(happened: Iterable[Happened], heads: Sequence[Head]) -> dict[str, Any]:
    """Return all figures of one row; those of people are None when nobody was counted."""
    happened = list(happened)
    events = [event for event in happened if not event.is_visit]
    known = [head for head in heads if head.people is not None]
    agencies = {head.agency_id for head in heads if head.agency_id and head.agency_kind != "group"}
    return {
        "events": len(events),
        "event_days": sum(event.days or 0 for event in events),
        "visits": sum(event.kind == "site-visit" for event in happened),
        "shared": sum(len(event.projects) > 1 for event in events),
        "agencies": len(agencies) if heads else None,
        "uncounted": len(heads) - len(known),
        "approximate": any(head.approximate for head in heads),
        **(_people(known) if known else dict.fromkeys(PEOPLE)),
    }


def _people(known: Sequence[Head]) -> dict[str, Any]:
    """Return the figures of people; `known` are heads with a number."""
    by_sex = {sex: sum(head.people or 0 for head in known if head.sex == sex) for sex in SEXES}
    named = [head for head in known if head.contact_id]
    return {
        "participations": sum(head.people or 0 for head in known),
        "named": len(named),
        "unnamed": sum(head.people or 0 for head in known if not head.contact_id),
        "women": by_sex["female"],
        "men": by_sex["male"],
        "other": by_sex["other"],
        "not_stated": by_sex["not-stated"],
        "people": len({head.contact_id for head in named}),
        "people_women": len({head.contact_id for head in named if head.sex == "female"}),
        "people_men": len({head.contact_id for head in named if head.sex == "male"}),
        "evidenced": sum(head.people or 0 for head in known if head.source in EVIDENCE_SOURCES),
        "person_days": _person_days(known),
    }


PEOPLE: Final = (
    "participations", "named", "unnamed", "women", "men", "other", "not_stated",
    "people", "people_women", "people_men", "evidenced", "person_days",
)  # fmt: skip
"""The figures that are empty when nobody was counted."""


def _person_days(known: Sequence[Head]) -> int | None:
    """Return people times days, for one person at most one per calendar day; None without any date."""
    spans: dict[int | str, list[tuple[str, str, int]]] = {}
    unnamed = None
    for head in known:
        if head.starts_on is None or head.ends_on is None or head.days is None or head.people is None:
            continue
        if person := head.person:
            marked = [(day, day, 1) for day in dict.fromkeys(head.attended_on)] if head.people else []
            whole = [(head.starts_on, head.ends_on, head.days)] if head.people else []
            spans.setdefault(person, []).extend(marked or whole)
        else:
            unnamed = (unnamed or 0) + head.people * head.days
    if unnamed is None and not spans:
        return None
    return (unnamed or 0) + sum(map(calendar_days, spans.values()))


def _keys(by: Sequence[str], event: Happened, head: Head | None) -> Iterable[Key]:
    """Return the rows that an event, or one head in it, belongs to: one, or one for each of its projects."""
    parts: list[Sequence[Key]] = []
    for dimension in by:
        if dimension in _OF_EVENT:
            parts.append(_OF_EVENT[dimension](event))
        elif head:
            parts.append([_OF_HEAD[dimension](head)])
    return (sum(key, ()) for key in product(*parts))


def _quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def columns_by(by: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns that the dimensions put in front of the figures."""
    return tuple(name for dimension in by for name in DIMENSIONS[dimension])


def cells(figures: Mapping[str, Any], names: Iterable[str]) -> tuple[Any, ...]:
    """Return the named figures in order."""
    return tuple(figures[name] for name in names)
