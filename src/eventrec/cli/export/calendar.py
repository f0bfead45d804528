"""`eventrec export calendar`."""

from __future__ import annotations

from typing import Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.export.app import export_app
from eventrec.cli.export.writing import write


@export_app.command()
def calendar(
    ctx: typer.Context,
    event: opt.OfEvent = None,
    project: opt.OfProject = None,
    agency: opt.OfAgency = None,
    side: opt.OfSide = None,
    contact: opt.OfContact = None,
    kind: opt.OfKind = None,
    status: opt.OfStatus = None,
    modality: opt.OfModality = None,
    city: opt.OfCity = None,
    country: opt.OfCountry = None,
    since: opt.Since = None,
    until: opt.Until = None,
    during: opt.During = None,
    text: opt.Text = None,
    only: opt.Only = False,
    lang: Annotated[str, typer.Option("--lang", metavar="en|zh|both", help="Language of titles.")] = "both",
    utc: Annotated[bool, typer.Option("--utc", help="Hours in UTC, for programs that know no time zones.")] = False,
    attendees: Annotated[bool, typer.Option("--attendees", help="Name who takes part; personal data.")] = False,
    name: Annotated[list[str] | None, typer.Option("--name", metavar="TEXT", help="Of the calendar.")] = None,
    removed_since: Annotated[
        str | None, typer.Option("--removed-since", metavar="DATE", help="Leave out what was removed before.")
    ] = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Write a calendar (.ics) for Outlook, Google, Apple, Thunderbird and khal.

    \b
      eventrec export calendar -o events.ics
      eventrec export calendar --project MMSP-III --lang en -o mmsp.ics
    """
    from eventrec.cli.values import day
    from eventrec.exports import calendar as calendars
    from eventrec.text.names import read_localized

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    since_day = day(app, removed_since)
    wish = calendars.CalendarWish(
        name=read_localized(name, "name", app.reader.main_language()) if name else None,
        languages=lang,
        utc=utc,
        attendees=attendees,
        removed_since=since_day.isoformat() if since_day else "",
    )
    made = calendars.calendar(app.reader, criteria, wish)
    if made.undated:
        app.warn(f"Not in the calendar, without a date: {'; '.join(made.undated)}.")
    write(app, made.content, output, ".ics", criteria, force=force)
