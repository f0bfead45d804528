"""`eventrec privacy purge`: forgetting everybody whose time is up."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give
from eventrec.cli.privacy.app import privacy_app
from eventrec.cli.privacy.due import Months
from eventrec.cli.telling import counted
from eventrec.table import Column, Table
from eventrec.values import read_months

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = ("id", "due_since", "decided_by", "retention_months", "events")
_REASON = "retention is over"


@privacy_app.command()
def purge(
    ctx: typer.Context,
    months: Months = None,
    project: filters.Project = None,
    only: filters.Only = False,
    dry_run: opt.DryRun = False,
    yes: opt.Yes = False,
) -> None:
    """Forget everybody whose time is up, as `contact forget` does: all of them, or none when something fails.

    \b
      eventrec privacy purge --dry-run
      eventrec privacy purge --project MMSP --yes
    """
    from eventrec.cli.forgetting import tell_of_many
    from eventrec.reports import retention as reports
    from eventrec.services.forget.forget import forget_all

    app = app_of(ctx)
    number = None if months is None else read_months(months, "--months")
    with app.writing(dry_run=dry_run) as work:
        criteria = criteria_of(app, {"project": project, "only": only})
        due = reports.due(work.reader, app.today, months=number, project_ids=criteria.project_ids)
        people = counted(len(due), "person", "people")
        if len(due):
            app.confirm(f"{people} will be forgotten for good; this cannot be taken back. Go on?", yes=yes)
        done = forget_all(
            work.session, [int(str(row["id"])) for row in due], chance=lambda: secrets.token_hex(32), reason=_REASON
        )
        app.say(f"{people} forgotten." if len(due) else "Nobody's time is up.")
    if len(due):
        give(app, _without_names(due, done.rows_of_each), {}, main="en")
        tell_of_many(app, done, dry_run=dry_run)


def _without_names(due: Table, rows: Mapping[int, int]) -> Table:
    """Return who was forgotten, by number only, with the number of rows that were erased."""
    columns = (*due.pick(*_COLUMNS).columns, Column("rows_erased", "integer"))
    return Table(columns, [(*row, rows[int(str(row[0]))]) for row in due.pick(*_COLUMNS).rows])
