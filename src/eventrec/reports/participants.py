"""How many people took part: the participant report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.reports import notes
from eventrec.reports.counting import Counting
from eventrec.reports.figures import Counts, picked
from eventrec.reports.one_state import of_one_state
from eventrec.reports.roll_up import ROLL_UPS, RULES
from eventrec.reports.split import DIMENSIONS, LOCALIZED, columns_by
from eventrec.table import Column, Report
from eventrec.vocabulary import COUNTED_ROLES, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.table import Kind
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

FIGURES: Final = (
    "events",
    "event_days",
    "visits",
    "participations",
    "named",
    "unnamed",
    "women",
    "men",
    "other",
    "not_stated",
    "people",
    "people_women",
    "people_men",
    "agencies",
    "uncounted",
    "person_days",
    "approximate",
)
"""The figures of a row, in order. `participations` = `named` + `unnamed` = women + men + other + not stated."""

_KINDS: Final[dict[str, Kind]] = {"event": "integer", **dict.fromkeys(LOCALIZED, "localized")}


@of_one_state
def participants(
    reader: Reader,
    criteria: Criteria,
    by: Sequence[str] = (),
    *,
    expected: bool = False,
    roles: Sequence[str] = COUNTED_ROLES,
    with_own_staff: bool = False,
    roll_up: str = "",
    today: str = "",
) -> Report:
    """Return the figures by the dimensions (`DIMENSIONS`), with the total, the rule and what was left out.

    `roll_up` counts agencies under others (`ROLL_UPS`). `today` (ISO) lets the notes name events that are past and not
    marked held. Raises UsageError.
    """
    for dimension in by:
        if dimension not in DIMENSIONS:
            raise UsageError(f"“{dimension}” is no dimension.", f"Choose from: {', '.join(DIMENSIONS)}.")
    check_roll_up(roll_up)
    counting = Counting(
        reader, criteria, tuple(dict.fromkeys(by)), expected, in_vocabulary_order(roles), with_own_staff, roll_up
    )
    by = counting.by
    figures = (*FIGURES, "shared") if "project" in by or criteria.project_ids else FIGURES
    keys = columns_by(by)
    counts = Counts(counting)
    shown = picked(figures)
    total = counts.total
    return Report(
        columns=(
            *(Column(name, _KINDS.get(name, "text")) for name in keys),
            *(Column(name, "boolean" if name == "approximate" else "integer") for name in figures),
        ),
        rows=counts.rows(shown) if by else [shown(total)],
        report="participants",
        heading="Expected participants" if expected else "Participants",
        criteria=_asked(counting),
        rule=rule_in_words(counting),
        total={**dict.fromkeys(keys), **dict(zip(figures, shown(total), strict=True))},
        notes=notes.of(counting, counts, today, by_project="shared" in figures),
        chart=(keys[-1], "participations") if keys else None,
    )


def _asked(counting: Counting) -> dict[str, Any]:
    asked: dict[str, Any] = dict(counting.criteria.words)
    asked["by"] = list(counting.by)
    asked["expected"] = counting.expected
    asked["roles"] = list(counting.roles)
    asked["with_own_staff"] = counting.with_own_staff
    if counting.roll_up:
        asked["roll_up"] = counting.roll_up
    return asked


def in_vocabulary_order(roles: Sequence[str]) -> tuple[str, ...]:
    """Return the roles in one order, so that equal sets are equal."""
    return COUNTED_ROLES if set(roles) == set(COUNTED_ROLES) else tuple(role for role in ROLES if role in roles)


def check_roll_up(roll_up: str) -> None:
    """Raise UsageError for a word that stands for no way to count agencies under others."""
    if roll_up and roll_up not in ROLL_UPS:
        raise UsageError(f"“{roll_up}” is no roll-up.", f"Choose from: {', '.join(ROLL_UPS)}.")


def rule_in_words(counting: Counting) -> str:
    """Return the rule as it was applied, in sentences."""
    if counting.expected:
        counted = "Expected: people registered or confirmed for events that are planned, tentative or confirmed."
    else:
        counted = "Actual: people who attended events that are marked held."
    own = (
        "Own staff are counted in these roles too."
        if counting.with_own_staff
        else "People of an agency that implements the event's project, or of a part of it, are own staff and left out."
    )
    rolled_up = f" {RULES[counting.roll_up]}" if counting.roll_up else ""
    visits = "" if counting.with_visits else " Site visits are left out; their number is in visits."
    return (
        f"{counted} Counted roles: {', '.join(counting.roles)}. {own}{visits}"
        " A named person counts once per event, a head-count with its numbers; people are different named persons."
        " Person-days are people times days, for a named person at most one per calendar day."
        f" An event is in the period of its first day, and whole in each of its projects.{rolled_up}"
    )
