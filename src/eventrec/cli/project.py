"""`eventrec project`: programmes, their phases, and who pays for them."""

from typing import Annotated

import typer

from eventrec.cli import fields, filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give, is_empty, nothing
from eventrec.vocabulary import PROJECT_STATUSES

project_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Programmes, phases, and who pays.

\b
  eventrec project add "Support Project, Phase III" 第三期支持项目 --code MMSP-III --donor EU
  eventrec project list
""",
)

_Name = Annotated[
    list[str], typer.Argument(metavar="NAME…", help='The name, once per language: "Support Project" 支持项目.')
]
_Code = Annotated[str, typer.Option("--code", metavar="CODE", help="MMSP-III: short, and used to refer to it.")]
_NewCode = Annotated[str | None, typer.Option("--code", metavar="CODE", help="A new code.")]
_Parent = Annotated[
    str | None, typer.Option("--parent", metavar="PROJECT", help="The programme that it is a phase of.")
]
_Contract = Annotated[str | None, typer.Option("--contract", metavar="NUMBER", help="Contract number.")]
_Dates = Annotated[
    str | None, typer.Option("--date", metavar="DATES", help="First to last day: 2010-11-19..2013-11-19, or “none”.")
]
_Donor = Annotated[
    list[str] | None, typer.Option("--donor", metavar="AGENCY[=SHARE]", help="Who pays, with the share in %: EU=80.")
]
_Implementer = Annotated[
    list[str] | None, typer.Option("--implementer", metavar="AGENCY", help="Whose people are own staff.")
]
_Partner = Annotated[list[str] | None, typer.Option("--partner", metavar="AGENCY", help="Who works along.")]
_Beneficiary = Annotated[list[str] | None, typer.Option("--beneficiary", metavar="AGENCY", help="For whom it is.")]
_Manager = Annotated[list[str] | None, typer.Option("--manager", metavar="CONTACT", help="Programme manager.")]
_FocalPoint = Annotated[
    list[str] | None, typer.Option("--focal-point", metavar="CONTACT", help="Whom to ask in a partner agency.")
]
_Finance = Annotated[list[str] | None, typer.Option("--finance", metavar="CONTACT", help="Who keeps its accounts.")]
_Monitoring = Annotated[
    list[str] | None, typer.Option("--monitoring", metavar="CONTACT", help="Who watches its results.")
]
_Funding = Annotated[
    list[str] | None,
    typer.Option("--funding", metavar="TEXT", help="The funding line for documents, once per language."),
]
_NoParty = Annotated[
    list[str] | None,
    typer.Option("--no-party", metavar="ROLE=WHO", help="Has that role no more: donor=EU, programme-manager=3."),
]


@project_app.command()
def add(
    ctx: typer.Context,
    name: _Name,
    code: _Code,
    parent: _Parent = None,
    contract: _Contract = None,
    date: _Dates = None,
    status: fields.ProjectStatus = None,
    donor: _Donor = None,
    implementer: _Implementer = None,
    partner: _Partner = None,
    beneficiary: _Beneficiary = None,
    manager: _Manager = None,
    focal_point: _FocalPoint = None,
    finance: _Finance = None,
    monitoring: _Monitoring = None,
    funding: _Funding = None,
    retention_months: fields.RetentionMonths = None,
    alias: fields.Aliases = None,
    note: fields.Note = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Add a project.

    \b
      eventrec project add "Support Project, Phase III" 第三期支持项目 --code MMSP-III --donor EU --implementer IOM
    """
    from eventrec.edits import records
    from eventrec.services import project as projects
    from eventrec.values import project_parties

    app = app_of(ctx)
    with app.writing(dry_run=dry_run, create=True) as work:
        row = projects.add(
            work.session,
            parties=project_parties(work, ctx.params),
            aliases=alias or (),
            **records.project_columns(app, work, ctx.params),
        )
        app.saved("project", row.id, f"was added: {telling.named(row.code, row.name)}.")


@project_app.command("list")
def list_(
    ctx: typer.Context,
    project: filters.Project = None,
    status: Annotated[list[str] | None, opt.word(PROJECT_STATUSES, "--status", help="Status.")] = None,
    agency: filters.Agency = None,
    contact: filters.Contact = None,
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
    """List projects by code.

    \b
      eventrec project list
      eventrec project list --agency EU -f json
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    table = app.reader.records("projects", criteria, telling.PROJECT_KEYS)
    if is_empty(table, ctx.params):
        nothing(app, "projects", criteria.describe())
    give(app, table, ctx.params, telling.PROJECT_COLUMNS)


@project_app.command()
def show(
    ctx: typer.Context,
    project: opt.ProjectArgument,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show all that is known of one project.

    \b
      eventrec project show MMSP-III
    """
    telling.show(app_of(ctx), "project", project, ctx.params)


@project_app.command()
def edit(
    ctx: typer.Context,
    project: opt.ProjectArgument,
    name: fields.NewNames = None,
    code: _NewCode = None,
    parent: _Parent = None,
    contract: _Contract = None,
    date: _Dates = None,
    status: fields.ProjectStatus = None,
    donor: _Donor = None,
    implementer: _Implementer = None,
    partner: _Partner = None,
    beneficiary: _Beneficiary = None,
    manager: _Manager = None,
    focal_point: _FocalPoint = None,
    finance: _Finance = None,
    monitoring: _Monitoring = None,
    no_party: _NoParty = None,
    funding: _Funding = None,
    retention_months: fields.RetentionMonths = None,
    alias: fields.Aliases = None,
    note: fields.Note = None,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Change what is given, leave the rest.

    \b
      eventrec project edit MMSP-III --manager 1 --funding "Funded by the European Union"
    """
    from eventrec.edits import records

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        number, before = work.find("project", project).id, work.recorded
        row = records.project(app, work, number, ctx.params)
        app.saved("project", row.id, f"{telling.changed(work, before)}: {telling.named(row.code, row.name)}.")


@project_app.command()
def remove(
    ctx: typer.Context,
    project: opt.ProjectArgument,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Remove a project that no event or phase belongs to.

    \b
      eventrec project remove XYZ
    """
    from eventrec.services import project as projects

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        found = work.find("project", project)
        app.confirm(f"Project {found.id}, {found.label}, will be removed. Go on?", yes=yes)
        projects.remove(work.session, found.id, if_version=if_version)
        app.saved("project", found.id, "was removed.", "Back again: eventrec undo")
