"""`eventrec agenda`: what is coming up."""

from typing import Any

import typer

from eventrec.cli import filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give

agenda_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@agenda_app.command()
def agenda(
    ctx: typer.Context,
    project: filters.Project = None,
    agency: filters.Agency = None,
    contact: filters.Contact = None,
    kind: filters.Kind = None,
    city: filters.City = None,
    country: filters.Country = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    only: filters.Only = False,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Show events from today on, or in the period given; cancelled ones are left out.

    \b
      eventrec agenda
      eventrec agenda --during 2025-Q1 --project MMSP-III
    """
    app = app_of(ctx)
    options: dict[str, Any] = {**ctx.params, "event_status": ("planned", "tentative", "confirmed", "held", "postponed")}
    if not (since or until or during):
        options["since"] = "today"
    criteria = criteria_of(app, options)
    table = app.reader.events(criteria, telling.EVENT_KEYS)
    if not len(table):
        app.warn("Nothing is coming up." if options.get("since") == "today" else "Nothing in that period.")
        app.say("  All events: eventrec event list")
    telling.undated(app, criteria)
    give(app, table, ctx.params, ("id", "starts_on", "ends_on", "start_time", "title", "city", "status", "expected"))
