"""`eventrec participant`: who takes part in an event, by name or by number."""

from typing import Annotated

import typer

from eventrec.cli import fields, filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import is_empty, nothing
from eventrec.vocabulary import SOURCES

participant_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Who takes part, by name or number.

\b
  eventrec participant add 1 "LI Na" 李娜 --agency NIA --sex female
  eventrec participant add 1 --agency NIA --women 4 --men 8
  eventrec participant edit 1 --status attended
""",
)

_Who = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WHO…]",
        help="A known contact, or a new person's name, once per language.",
        autocompletion=opt.reference("contact"),
    ),
]
_Whom = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WHO…]", help="Contacts, or agencies and labels of rows without a name."),
]
_Agencies = Annotated[
    list[str] | None, opt.record("agency", "--agency", help="Whose people they are; may be repeated.")
]
_Label = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="TEXT", help="The party as reported, when it is no agency; once per language."),
]
_Side = Annotated[str | None, typer.Option("--side", metavar="SIDE", help="Reporting group, only without an agency.")]
_Women = Annotated[int | None, typer.Option("--women", metavar="N", help="Women without a name.")]
_Men = Annotated[int | None, typer.Option("--men", metavar="N", help="Men without a name.")]
_Other = Annotated[int | None, typer.Option("--other", metavar="N", help="Others without a name.")]
_NotStated = Annotated[int | None, typer.Option("--not-stated", metavar="N", help="People whose sex is not stated.")]
_Count = Annotated[int | None, typer.Option("--count", metavar="N", help="People without a name, not stated by sex.")]
_About = Annotated[bool, typer.Option("--about", help="The number is about right, not exact.")]
_Days = Annotated[int | None, typer.Option("--days", metavar="N", help="Days, when fewer than the event's.")]
_Rows = Annotated[list[int] | None, typer.Option("--row", metavar="N", help="The row with this number.")]
_FromHeadcount = Annotated[
    bool, typer.Option("--from-headcount", help="The person is one of the delegation's head-count; take one off.")
]
_Further = Annotated[bool, typer.Option("--further", help="The person comes on top of the delegation's head-count.")]
_New = Annotated[bool, typer.Option("--new", help="A new person, even if somebody has a name like it.")]
_Namesake = Annotated[bool, typer.Option("--namesake", help="New, and only of the name of somebody who was forgotten.")]
_Position = Annotated[
    list[str] | None, typer.Option("--position", metavar="TEXT", help="Position on the day, once per language.")
]


@participant_app.command()
def add(
    ctx: typer.Context,
    event: opt.EventArgument,
    who: _Who = None,
    agency: _Agencies = None,
    label: _Label = None,
    side: _Side = None,
    women: _Women = None,
    men: _Men = None,
    other: _Other = None,
    not_stated: _NotStated = None,
    count: _Count = None,
    about: _About = False,
    role: fields.Role = None,
    status: fields.ParticipationStatus = None,
    modality: fields.ParticipationModality = None,
    days: _Days = None,
    source: fields.Source = None,
    sex: fields.Sex = None,
    honorific: Annotated[str | None, typer.Option("--honorific", metavar="TEXT", help="Of a new person.")] = None,
    email: Annotated[list[str] | None, typer.Option("--email", metavar="ADDRESS", help="Of a new person.")] = None,
    phone: Annotated[list[str] | None, typer.Option("--phone", metavar="NUMBER", help="Of a new person.")] = None,
    position: _Position = None,
    from_headcount: _FromHeadcount = False,
    further: _Further = False,
    new: _New = False,
    namesake: _Namesake = False,
    again: opt.Again = False,
    note: fields.Note = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Add who takes part: a person, a delegation with its numbers, or a party as it was reported.

    \b
      eventrec participant add 5 "LI Na" 李娜 --agency NIA --sex female --position Officer
      eventrec participant add 1 --agency NIA --women 4 --men 8 --status attended
      eventrec participant add 4 --label "Chinese officials" --side China --count 26 --about
      eventrec participant add 4 --agency MFA --agency MPS             parties that nobody counted
    """
    from eventrec.cli.people import add_people

    add_people(app_of(ctx), event, ctx.params)


@participant_app.command("list")
def list_(
    ctx: typer.Context,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    role: filters.Role = None,
    status: filters.ParticipationStatus = None,
    modality: filters.ParticipationModality = None,
    source: Annotated[list[str] | None, opt.word(SOURCES, "--source", help="Where it is from.")] = None,
    kind: filters.Kind = None,
    event_status: filters.EventStatus = None,
    event_modality: filters.EventModality = None,
    city: filters.City = None,
    country: filters.Country = None,
    agency_country: filters.AgencyCountry = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    consent: filters.Consent = None,
    only: filters.Only = False,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List who takes part, event by event; agency, name and position are those of the day.

    \b
      eventrec participant list --event 1
      eventrec participant list --agency NIA --during 2024 -f csv
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    table = app.reader.records("participants", criteria, telling.PARTICIPANT_KEYS)
    if is_empty(table, ctx.params):
        nothing(app, "participants", criteria.describe())
    telling.give_people(app, table, ctx.params, telling.PARTICIPANT_COLUMNS)


@participant_app.command()
def show(
    ctx: typer.Context,
    event: opt.EventArgument,
    who: _Whom = None,
    row: _Rows = None,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show all that is known of somebody's part in an event.

    \b
      eventrec participant show 5 李娜
      eventrec participant show 5 --row 12
    """
    from eventrec.cli.people import show_people

    show_people(app_of(ctx), event, ctx.params)


@participant_app.command()
def edit(
    ctx: typer.Context,
    event: opt.EventArgument,
    who: _Whom = None,
    except_: Annotated[list[str] | None, typer.Option("--except", metavar="WHO", help="But not these.")] = None,
    row: _Rows = None,
    agency: Annotated[str | None, typer.Option("--agency", metavar="AGENCY", help="Whose person on the day.")] = None,
    women: _Women = None,
    men: _Men = None,
    other: _Other = None,
    not_stated: _NotStated = None,
    count: _Count = None,
    about: Annotated[bool | None, typer.Option("--about/--exact", help="Is the number about right, or exact?")] = None,
    role: fields.Role = None,
    status: fields.ParticipationStatus = None,
    modality: fields.ParticipationModality = None,
    days: _Days = None,
    source: fields.Source = None,
    position: _Position = None,
    note: fields.Note = None,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Change rows of an event. Without WHO: all that are registered and confirmed.

    \b
      eventrec participant edit 5 --status attended                       everybody came
      eventrec participant edit 5 --except 李娜 --status attended          but for one
      eventrec participant edit 5 NIA --women 5
    """
    from eventrec.cli.people import edit_people

    edit_people(app_of(ctx), event, ctx.params)


@participant_app.command()
def remove(
    ctx: typer.Context,
    event: opt.EventArgument,
    who: _Whom = None,
    row: _Rows = None,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Remove somebody from an event's list; the person stays in the book.

    \b
      eventrec participant remove 5 李娜
      eventrec participant remove 5 --row 12
    """
    from eventrec.cli.people import remove_people

    remove_people(app_of(ctx), event, ctx.params)
