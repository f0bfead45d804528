"""`eventrec event`: workshops, trainings, meetings."""

from typing import Annotated

import typer

from eventrec.cli import fields, filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give, is_empty, nothing
from eventrec.errors import UsageError

event_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Workshops, trainings, meetings.

\b
  eventrec event add "Workshop on returns" "返回研讨会" --date 2024-10-17 --city Beijing
  eventrec event list --during 2024
""",
)

_Title = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TITLE…]", help='The title, once per language: "Workshop" 研讨会; not with --from.'),
]
_FromProposal = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE|-", help="A proposal that eventrec draft wrote; everything stands in it."),
]


@event_app.command()
def add(
    ctx: typer.Context,
    title: _Title = None,
    date: fields.Date = None,
    date_note: fields.DateNote = None,
    time: fields.Time = None,
    timezone: fields.TimeZone = None,
    days: fields.Days = None,
    kind: fields.Kind = None,
    status: fields.Status = None,
    reason: fields.Reason = None,
    modality: fields.Modality = None,
    city: fields.City = None,
    country: fields.Country = None,
    venue: fields.Venue = None,
    address: fields.Address = None,
    at: fields.Coordinates = None,
    online_url: fields.OnlineUrl = None,
    source_url: fields.SourceUrl = None,
    topic: fields.Topics = None,
    description: fields.Description = None,
    results: fields.Results = None,
    note: fields.Note = None,
    contact: fields.Contact = None,
    project: fields.Shares = None,
    organizer: fields.Organizers = None,
    co_organizer: fields.CoOrganizers = None,
    host: fields.Hosts = None,
    facilitator: fields.Facilitators = None,
    from_: _FromProposal = None,
    again: opt.Again = False,
    twice: opt.Twice = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Add an event, or with --from all that a proposal says: events, site visits, parties, and who is new.

    \b
      eventrec event add "Workshop on returns" "返回研讨会" --date 2024-10-17 --city Beijing
      eventrec event add "Training" --date "29 Nov - 2 Dec 2024" --time 09:00-17:00 --project MMSP-III=60
      eventrec event add --from proposal.toml        what eventrec draft FILE -o proposal.toml wrote
    """
    from eventrec.services import event as events
    from eventrec.values import event_fields, linked, parties, shares

    app = app_of(ctx)
    if from_ is not None:
        from eventrec.cli.proposing import add_from

        add_from(app, from_, ctx.params)
        return
    if not title:
        raise UsageError("An event needs a title.", 'eventrec event add "Workshop" 研讨会 --date 2024-10-17')
    if again or twice:
        raise UsageError("--again and --twice go with --from.", "Leave them out.")
    with app.writing(dry_run=dry_run, create=True) as work:
        row = events.add(
            work.session,
            projects=shares(work, ctx.params),
            parties=parties(work, ctx.params),
            **event_fields(app, ctx.params, work.reader.main_language()),
            **linked(work, ctx.params, contact="contact_id"),
        )
        telling.event(app, work, row, "was added.", f"eventrec participant add {row.id} …")


@event_app.command("list")
def list_(
    ctx: typer.Context,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    kind: filters.Kind = None,
    status: filters.Status = None,
    modality: filters.Modality = None,
    city: filters.City = None,
    country: filters.Country = None,
    agency_country: filters.AgencyCountry = None,
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
    """List events by date, site visits included.

    \b
      eventrec event list --during 2024 --project MMSP
      eventrec event list --status planned -f json
      eventrec event list -o events.xlsx
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    table = app.reader.records("events", criteria, telling.EVENT_KEYS)
    if is_empty(table, ctx.params):
        nothing(app, "events", criteria.describe())
    telling.undated(app, criteria)
    give(app, table, ctx.params, telling.EVENT_COLUMNS)


@event_app.command()
def show(
    ctx: typer.Context,
    event: opt.EventArgument,
    source: Annotated[
        bool, typer.Option("--source", help="Instead: the text of the release that the event was drafted from.")
    ] = False,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show all that is known of one event, with its visits, its people, and where it was read from.

    \b
      eventrec event show 1
      eventrec event show "Workshop on" -f json
      eventrec event show 1 --source
    """
    if source:
        if format or output:
            raise UsageError("--source gives the text as it is.", "Leave out -f and -o; write it with > FILE.")
        telling.give_sources(app_of(ctx), event)
        return
    telling.show_event(app_of(ctx), event, ctx.params)


@event_app.command()
def edit(
    ctx: typer.Context,
    event: opt.EventArgument,
    title: fields.NewTitles = None,
    date: fields.Date = None,
    date_note: fields.DateNote = None,
    time: fields.Time = None,
    timezone: fields.TimeZone = None,
    days: fields.Days = None,
    kind: fields.Kind = None,
    status: fields.Status = None,
    reason: fields.Reason = None,
    modality: fields.Modality = None,
    city: fields.City = None,
    country: fields.Country = None,
    venue: fields.Venue = None,
    address: fields.Address = None,
    at: fields.Coordinates = None,
    online_url: fields.OnlineUrl = None,
    source_url: fields.SourceUrl = None,
    topic: fields.Topics = None,
    description: fields.Description = None,
    results: fields.Results = None,
    note: fields.Note = None,
    contact: fields.Contact = None,
    project: fields.Shares = None,
    no_project: fields.NoProjects = None,
    organizer: fields.Organizers = None,
    co_organizer: fields.CoOrganizers = None,
    host: fields.Hosts = None,
    facilitator: fields.Facilitators = None,
    not_visits: fields.NotVisits = False,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Change what is given, leave the rest. An empty text empties a field, “none” a date, hours or the contact.

    \b
      eventrec event edit 1 --status held
      eventrec event edit "Workshop on" --date 2024-10-18       its site visits move along
    """
    from eventrec.cli.changing import edit_event

    edit_event(app_of(ctx), "event", event, ctx.params)


@event_app.command()
def cancel(
    ctx: typer.Context,
    event: opt.EventArgument,
    reason: fields.Reason = None,
    not_visits: fields.NotVisits = False,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Cancel an event; it stays in lists and calendars, marked as cancelled, and so do its site visits.

    \b
      eventrec event cancel 1 --reason "Venue closed"
    """
    from eventrec.cli.changing import call_off
    from eventrec.services.planning import cancel as cancel_event

    call_off(app_of(ctx), event, ctx.params, cancel_event, "cancelled")


@event_app.command()
def postpone(
    ctx: typer.Context,
    event: opt.EventArgument,
    reason: fields.Reason = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The new date, if it is known.")] = None,
    not_visits: fields.NotVisits = False,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Postpone an event. Without a new date it keeps the old one, marked as postponed, until it gets one.

    \b
      eventrec event postpone 1 --reason "Travel restrictions"
      eventrec event postpone 1 --date 2025-03-12
    """
    from eventrec.cli.changing import call_off, edit_event
    from eventrec.services.planning import postpone as postpone_event

    if date is not None:
        edit_event(app_of(ctx), "event", event, ctx.params)
    else:
        call_off(app_of(ctx), event, {**ctx.params, "yes": True}, postpone_event, "postponed")


@event_app.command()
def copy(
    ctx: typer.Context,
    event: opt.EventArgument,
    date: fields.Date = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Make a new event like this one: its people as invited, never numbers, results or attendance.

    The copy of a cancelled or postponed event says that it replaces it.

    \b
      eventrec event copy 1 --date 2025-10-17
    """
    from eventrec.cli.changing import copy_event

    copy_event(app_of(ctx), event, ctx.params)


@event_app.command()
def remove(
    ctx: typer.Context,
    event: opt.EventArgument,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Remove an event with its people and its visits. Cancel what was announced; remove what never was.

    \b
      eventrec event remove 7
      eventrec undo                       brings it back
    """
    from eventrec.cli.changing import remove_event

    remove_event(app_of(ctx), "event", event, ctx.params)
