"""`eventrec privacy due`: whose time is up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give
from eventrec.cli.privacy.app import privacy_app
from eventrec.cli.telling import counted
from eventrec.values import read_months

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from eventrec.cli.context import App
    from eventrec.reports.retention import Tie

Months = Annotated[
    str | None,
    typer.Option("--months", metavar="N", help="Instead of the book's number; projects with their own keep it."),
]
_REASONS = 5
"""So many projects and events are named that keep people for ever."""

_COLUMNS = ("id", "name", "agency", "due_since", "decided_by", "ends_on", "retention_months", "events")


@privacy_app.command()
def due(
    ctx: typer.Context,
    months: Months = None,
    project: filters.Project = None,
    only: filters.Only = False,
    contact: Annotated[
        str | None, opt.record("contact", "--contact", help="Instead: what keeps this person, and until when.")
    ] = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List the people whose data is not needed any more: the longest due first, with what decided it.

    Who can never be due, since a project has no end or an event no date, is counted on standard error.

    \b
      eventrec privacy due
      eventrec privacy due --project MMSP --months 84
      eventrec privacy due --contact 李娜
    """
    from eventrec.reports import retention as reports

    app = app_of(ctx)
    number = None if months is None else read_months(months, "--months")
    if contact is not None:
        _explain(app, contact, number, ctx.params)
        return
    criteria = criteria_of(app, {"project": project, "only": only})
    table = reports.due(app.reader, app.today, months=number, project_ids=criteria.project_ids)
    if not len(table):
        app.warn("Nobody's time is up.")
    give(app, table, ctx.params, _COLUMNS)
    if len(table):
        app.say(
            f"  {counted(len(table), 'person', 'people')} to forget. See what would be done: eventrec privacy purge -n"
        )
    _tell_never(app, reports.never_due(app.reader, project_ids=criteria.project_ids))


def _tell_never(app: App, ties: Sequence[Tie]) -> None:
    """Say how many people nobody will ever be reminded of, and what is missing."""
    if not ties:
        return
    reasons = Counter(map(_endless, ties)).most_common()
    more = f", and {len(reasons) - _REASONS} more" if len(reasons) > _REASONS else ""
    are = f"{counted(len(ties), 'person', 'people')} {'is' if len(ties) == 1 else 'are'}"
    app.warn(f"{are} never due: {', '.join(reason for reason, _ in reasons[:_REASONS])}{more}.")
    app.warn(f"  Set what is missing. What keeps one of them: eventrec privacy due --contact {ties[0].contact_id}")


def _endless(tie: Tie) -> str:
    return f"project {tie.decided_by} has no end" if tie.decided_by else f"event {tie.event_id} has no date"


def _explain(app: App, reference: str, months: int | None, options: Mapping[str, Any]) -> None:
    """Show what a person is tied to, and say whether the time is up."""
    from eventrec.reports import retention as reports
    from eventrec.views.references import find

    found = find(app.reader, "contact", reference)
    ties = reports.ties_of(app.reader, found.id, months=months)
    give(app, reports.as_table(ties), options)
    app.say(f"Contact {found.id}, {found.label}: {_verdict(app, reports.deciding(ties))}")


def _verdict(app: App, tie: Tie) -> str:
    if tie.until is None:
        return f"never due, because {_endless(tie)}."
    if tie.until >= app.today:
        return f"kept until {tie.until}."
    return f"due; the last day was {tie.until}."
