"""What was planned and what happened: the event report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.reports import notes
from eventrec.reports.counting import Counting
from eventrec.reports.figures import Counts, Figures, picked
from eventrec.reports.one_state import of_one_state
from eventrec.reports.participants import check_roll_up, in_vocabulary_order, rule_in_words
from eventrec.table import Column, Report
from eventrec.views.columns import columns_of
from eventrec.views.where import Where
from eventrec.vocabulary import COUNTED_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

_OF_EVENT: Final = (
    "id", "title", "kind", "status", "status_reason", "planned_starts_on", "planned_ends_on", "starts_on", "ends_on",
    "date_note", "effective_days", "city", "country", "modality", "projects", "donors",
)  # fmt: skip
_FIGURES: Final = (
    "participations", "named", "unnamed", "women", "men", "other", "not_stated", "agencies", "uncounted",
    "person_days", "approximate", "visits", "evidenced",
)  # fmt: skip

_NOBODY: Final = Figures(0, 0, 0, 0, agencies=None, uncounted=0, approximate=False)
"""The figures of an event that has none: no visits and nobody counted."""


@of_one_state
def events(
    reader: Reader,
    criteria: Criteria,
    *,
    roles: Sequence[str] = COUNTED_ROLES,
    with_own_staff: bool = False,
    roll_up: str = "",
    today: str = "",
) -> Report:
    """Return one row per event by date, cancelled and undated ones too, with the figures of those held.

    Figures and total follow the rule of the participant report. `evidenced` are people whose source is a sign-in
    sheet or an online log. `roll_up` counts agencies under others (`ROLL_UPS`). `today` (ISO) lets the notes name
    events that are past and not marked held. Raises UsageError.
    """
    check_roll_up(roll_up)
    counting = Counting(
        reader,
        criteria,
        ("event",),
        roles=in_vocabulary_order(roles),
        with_own_staff=with_own_staff,
        roll_up=roll_up,
    )
    counts = Counts(counting, evidence=True)
    shown = picked(_FIGURES)
    figures = {row[0]: row[2:] for row in counts.rows(shown)}
    total = counts.total
    listed = reader.table("v_event", _OF_EVENT, _listed(counting), ("starts_on", "start_time"))
    return Report(
        columns=(*_columns(), *(Column(name, "boolean" if name == "approximate" else "integer") for name in _FIGURES)),
        rows=[(*row, *figures.get(row[0], shown(_NOBODY))) for row in listed.rows],
        report="events",
        heading="Events",
        criteria={
            **dict(criteria.words),
            "roles": list(counting.roles),
            "with_own_staff": with_own_staff,
            **({"roll_up": roll_up} if roll_up else {}),
        },
        rule=f"All events are listed, cancelled and undated ones too. {rule_in_words(counting)}",
        total={**{column.name: None for column in _columns()}, **dict(zip(_FIGURES, shown(total), strict=True))},
        notes=notes.of(counting, counts, today, by_project=True),
    )


def _columns() -> list[Column]:
    return [
        Column("days", column.kind) if column.name == "effective_days" else column
        for column in columns_of("v_event", _OF_EVENT)
    ]


def _listed(counting: Counting) -> Where:
    """Return the condition that an event is in the report; site visits only when asked for."""
    matching = counting.matching()
    kind = "" if counting.with_visits else " AND event.kind <> 'site-visit'"
    chosen = (
        "SELECT event.id FROM event LEFT JOIN event AS parent ON parent.id = event.parent_id"  # noqa: S608
        f" WHERE {matching.sql or 'TRUE'}{kind}"
    )
    return Where(f"v_event.id IN ({chosen})", matching.params)
