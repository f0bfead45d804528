"""`eventrec visit`: site visits, which belong to an event."""

import typer

from eventrec.cli import fields, filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give, is_empty, nothing

visit_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Site visits, which belong to an event.

\b
  eventrec visit add 1 "Capital Airport" 首都机场 --date 2024-10-16 --facilitator NIA
  eventrec visit list --event 1
""",
)


@visit_app.command()
def add(
    ctx: typer.Context,
    event: opt.EventArgument,
    title: fields.Titles,
    date: fields.Date = None,
    date_note: fields.DateNote = None,
    time: fields.Time = None,
    timezone: fields.TimeZone = None,
    status: fields.Status = None,
    modality: fields.Modality = None,
    city: fields.City = None,
    country: fields.Country = None,
    venue: fields.Venue = None,
    address: fields.Address = None,
    at: fields.Coordinates = None,
    source_url: fields.SourceUrl = None,
    topic: fields.Topics = None,
    description: fields.Description = None,
    results: fields.Results = None,
    note: fields.Note = None,
    contact: fields.Contact = None,
    project: fields.Shares = None,
    organizer: fields.Organizers = None,
    host: fields.Hosts = None,
    facilitator: fields.Facilitators = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Add a site visit to an event. City, country and time zone are the event's unless given.

    \b
      eventrec visit add 1 "Capital Airport" 首都机场 --date 2024-10-16 --facilitator NIA
    """
    from eventrec.services import event as events
    from eventrec.values import event_fields, linked, parties, shares

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        parent = work.find("event", event)
        row = events.add(
            work.session,
            parent_id=parent.id,
            projects=shares(work, ctx.params),
            parties=parties(work, ctx.params),
            **event_fields(app, ctx.params, work.reader.main_language()),
            **linked(work, ctx.params, contact="contact_id"),
        )
        telling.event(app, work, row, f"was added to event {parent.id}.")


@visit_app.command("list")
def list_(
    ctx: typer.Context,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    contact: filters.Contact = None,
    status: filters.Status = None,
    city: filters.City = None,
    country: filters.Country = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List site visits by date.

    \b
      eventrec visit list --event 1
      eventrec visit list --during 2024 -f csv
    """
    app = app_of(ctx)
    criteria = criteria_of(app, {**ctx.params, "kind": ("site-visit",)}, status="event_status")
    table = app.reader.records("events", criteria, telling.EVENT_KEYS)
    if is_empty(table, ctx.params):
        nothing(app, "site visits", criteria.describe())
    telling.undated(app, criteria)
    give(app, table, ctx.params, telling.VISIT_COLUMNS)


@visit_app.command()
def show(
    ctx: typer.Context,
    visit: opt.VisitArgument,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show all that is known of one site visit.

    \b
      eventrec visit show "Capital Airport"
    """
    telling.show_event(app_of(ctx), visit, ctx.params, "visit")


@visit_app.command()
def edit(
    ctx: typer.Context,
    visit: opt.VisitArgument,
    title: fields.NewTitles = None,
    date: fields.Date = None,
    date_note: fields.DateNote = None,
    time: fields.Time = None,
    timezone: fields.TimeZone = None,
    status: fields.Status = None,
    reason: fields.Reason = None,
    modality: fields.Modality = None,
    city: fields.City = None,
    country: fields.Country = None,
    venue: fields.Venue = None,
    address: fields.Address = None,
    at: fields.Coordinates = None,
    source_url: fields.SourceUrl = None,
    topic: fields.Topics = None,
    description: fields.Description = None,
    results: fields.Results = None,
    note: fields.Note = None,
    contact: fields.Contact = None,
    project: fields.Shares = None,
    no_project: fields.NoProjects = None,
    organizer: fields.Organizers = None,
    host: fields.Hosts = None,
    facilitator: fields.Facilitators = None,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Change what is given, leave the rest. An empty text empties a field, “none” a date, hours or the contact.

    \b
      eventrec visit edit "Capital Airport" --date 2024-10-16 --status held
    """
    from eventrec.cli.changing import edit_event

    edit_event(app_of(ctx), "visit", visit, ctx.params)


@visit_app.command()
def remove(
    ctx: typer.Context,
    visit: opt.VisitArgument,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Remove a site visit with its people. To call one off instead: visit edit … --status cancelled.

    \b
      eventrec visit remove "Capital Airport"
    """
    from eventrec.cli.changing import remove_event

    remove_event(app_of(ctx), "visit", visit, ctx.params)
