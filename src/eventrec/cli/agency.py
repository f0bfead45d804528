"""`eventrec agency`: organisations that take part, pay or do the work."""

from typing import Annotated

import typer

from eventrec.cli import fields, filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give, is_empty, nothing

agency_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Organisations: who takes part, who pays.

\b
  eventrec agency add "National Immigration Administration" 国家移民管理局 --code NIA --country CN
  eventrec agency show NIA
""",
)

_Name = Annotated[
    list[str], typer.Argument(metavar="NAME…", help='The name, once per language: "Ministry" 部 or fr=Ministère.')
]
_Code = Annotated[str | None, typer.Option("--code", metavar="CODE", help="Acronym, used to refer to it.")]
_Side = Annotated[str | None, typer.Option("--side", metavar="SIDE", help="Reporting group: China, EU …")]
_Country = Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help="Code or name.")]
_Parent = Annotated[str | None, typer.Option("--parent", metavar="AGENCY", help="The agency that it is part of.")]
_Successor = Annotated[str | None, typer.Option("--successor", metavar="AGENCY", help="Who took over its work.")]
_Website = Annotated[str | None, typer.Option("--website", metavar="URL", help="Where it is on the web.")]
_Postal = Annotated[list[str] | None, typer.Option("--postal", metavar="TEXT", help="Postal address.")]


@agency_app.command()
def add(
    ctx: typer.Context,
    name: _Name,
    code: _Code = None,
    kind: fields.AgencyKind = None,
    side: _Side = None,
    country: _Country = None,
    parent: _Parent = None,
    successor: _Successor = None,
    website: _Website = None,
    email: fields.Emails = None,
    phone: fields.Phones = None,
    postal: _Postal = None,
    alias: fields.Aliases = None,
    note: fields.CardNote = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Add an agency.

    \b
      eventrec agency add "National Immigration Administration" 国家移民管理局 --code NIA --country CN --side China
      eventrec agency add "EU Member States" 欧盟成员国 --kind group --side EU
    """
    from eventrec import values
    from eventrec.cli import duplicates as double
    from eventrec.services import agency as agencies

    app = app_of(ctx)
    with app.writing(dry_run=dry_run, create=True) as work:
        found = values.fields(ctx.params, work.reader.main_language())
        if country is not None:
            found["country"] = values.country(country)
        row = agencies.add(
            work.session,
            aliases=alias or (),
            points_of=values.points(ctx.params, found.get("country") or work.reader.setting("country")),
            **found,
            **values.linked(work, ctx.params, parent="agency:parent_id", successor="successor_id"),
        )
        app.saved("agency", row.id, f"was added: {telling.named(row.code, row.name)}.")
        double.warn_of_likely(app, work, row)


@agency_app.command("list")
def list_(
    ctx: typer.Context,
    kind: filters.AgencyKind = None,
    side: filters.Side = None,
    agency: filters.Agency = None,
    agency_country: filters.AgencyCountry = None,
    event: filters.Event = None,
    project: filters.Project = None,
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
    """List agencies by name.

    \b
      eventrec agency list --side China
      eventrec agency list --project MMSP-III -o agencies.xlsx
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, kind="agency_kind")
    table = app.reader.records("agencies", criteria, telling.AGENCY_KEYS)
    if is_empty(table, ctx.params):
        nothing(app, "agencies", criteria.describe())
    give(app, table, ctx.params, telling.AGENCY_COLUMNS)


@agency_app.command()
def show(
    ctx: typer.Context,
    agency: opt.AgencyArgument,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show all that is known of one agency.

    \b
      eventrec agency show NIA
    """
    telling.show(app_of(ctx), "agency", agency, ctx.params)


@agency_app.command()
def edit(
    ctx: typer.Context,
    agency: opt.AgencyArgument,
    name: fields.NewNames = None,
    code: _Code = None,
    kind: fields.AgencyKind = None,
    side: _Side = None,
    country: _Country = None,
    parent: _Parent = None,
    successor: _Successor = None,
    website: _Website = None,
    email: fields.Emails = None,
    phone: fields.Phones = None,
    postal: _Postal = None,
    alias: fields.Aliases = None,
    note: fields.CardNote = None,
    from_: fields.FromDay = None,
    correct: fields.Correct = False,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Change what is given, leave the rest. A new name: say since when, or that the old one was a mistake.

    \b
      eventrec agency edit NIA --side China
      eventrec agency edit SAFEA "Ministry of Science" 科学技术部 --from 2018-03-21
    """
    from eventrec.edits import records

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        number, before = work.find("agency", agency).id, work.recorded
        row = records.agency(app, work, number, ctx.params)
        app.saved("agency", row.id, f"{telling.changed(work, before)}: {telling.named(row.code, row.name)}.")


@agency_app.command()
def remove(
    ctx: typer.Context,
    agency: opt.AgencyArgument,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Remove an agency that no participant, contact or project refers to.

    \b
      eventrec agency remove XYZ
    """
    from eventrec.services import agency as agencies

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        found = work.find("agency", agency)
        app.confirm(f"Agency {found.id}, {found.label}, will be removed. Go on?", yes=yes)
        agencies.remove(work.session, found.id, if_version=if_version)
        app.saved("agency", found.id, "was removed.", "Back again: eventrec undo")


@agency_app.command()
def duplicates(
    ctx: typer.Context,
    not_same: opt.NotSame = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """List pairs of agencies that may be one agency, with a score and the reasons; a person decides.

    \b
      eventrec agency duplicates
      eventrec agency duplicates --not-same 3 17
    """
    from eventrec.cli import duplicates as double

    double.list_duplicates(app_of(ctx), "agency", ctx.params)


@agency_app.command()
def merge(
    ctx: typer.Context,
    keep: opt.AgencyArgument,
    other: opt.AgencyArgument,
    prefer: opt.Prefer = None,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Make one agency of two: everything moves to the first, and the number of the other leads there.

    \b
      eventrec agency merge 3 17
      eventrec agency merge 3 17 --prefer code=other
      eventrec undo
    """
    from eventrec.cli import duplicates as double

    double.merge(app_of(ctx), "agency", keep, other, ctx.params)
