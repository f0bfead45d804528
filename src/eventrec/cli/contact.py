"""`eventrec contact`: people, where they work and how to reach them."""

from typing import Annotated

import typer

from eventrec.cli import fields, filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give, is_empty, nothing
from eventrec.errors import UsageError

contact_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""People and how to reach them.

\b
  eventrec contact add "LI Na" 李娜 --agency NIA --email li.na@example.org
  eventrec contact list --agency NIA
""",
)

_Name = Annotated[list[str], typer.Argument(metavar="NAME…", help='The name, once per language: "LI Na" 李娜.')]
_Honorific = Annotated[str | None, typer.Option("--honorific", metavar="TEXT", help="Mr., Ms., Dr.")]
_Family = Annotated[str | None, typer.Option("--family-name", metavar="TEXT", help="Only if you know it for certain.")]
_Given = Annotated[str | None, typer.Option("--given-name", metavar="TEXT", help="Only together with the family name.")]
_Mobile = Annotated[
    list[str] | None, typer.Option("--mobile", metavar="NUMBER", help="Mobile number; may be repeated.")
]
_Wechat = Annotated[list[str] | None, typer.Option("--wechat", metavar="NAME", help="WeChat name; may be repeated.")]
_Url = Annotated[list[str] | None, typer.Option("--url", metavar="URL", help="A page of the person.")]
_Postal = Annotated[list[str] | None, typer.Option("--postal", metavar="TEXT", help="Postal address.")]
_Languages = Annotated[
    list[str] | None, typer.Option("--language", metavar="TAG", help="Language the person works in: en, zh.")
]
_Manages = Annotated[
    list[str] | None, typer.Option("--manages", metavar="PROJECT", help="Programme manager of it; may be repeated.")
]
_NoPoint = Annotated[
    list[str] | None, typer.Option("--no-point", metavar="VALUE", help="Take this e-mail, phone or address away.")
]
_Namesake = Annotated[bool, typer.Option("--namesake", help="Another person of the same name, in the same agency.")]


@contact_app.command()
def add(
    ctx: typer.Context,
    name: _Name,
    honorific: _Honorific = None,
    sex: fields.Sex = None,
    email: fields.Emails = None,
    phone: fields.Phones = None,
    mobile: _Mobile = None,
    wechat: _Wechat = None,
    url: _Url = None,
    postal: _Postal = None,
    agency: fields.Agency = None,
    position: fields.Position = None,
    unit: fields.Unit = None,
    from_: fields.FromDay = None,
    manages: _Manages = None,
    family_name: _Family = None,
    given_name: _Given = None,
    language: _Languages = None,
    alias: fields.Aliases = None,
    namesake: _Namesake = False,
    again: opt.Again = False,
    note: fields.CardNote = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Add a person. The name is kept as it is typed.

    \b
      eventrec contact add "LI Na" 李娜 --sex female --agency NIA --position Officer --email li.na@example.org
    """
    from eventrec.cli import duplicates as double
    from eventrec.edits import records
    from eventrec.services import contact as contacts
    from eventrec.values import allow, place

    app = app_of(ctx)
    with app.writing(dry_run=dry_run, create=True) as work:
        allow(work, again=again)
        row = contacts.add(
            work.session,
            place=place(app, work, ctx.params),
            points_of=records.contact_points(work, ctx.params),
            manages=[work.find("project", text).id for text in manages or ()],
            aliases=alias or (),
            namesake=namesake,
            another=namesake,
            **records.contact_columns(work, ctx.params),
        )
        app.saved("contact", row.id, f"was added: {row.name.both()}.")
        double.warn_of_likely(app, work, row)


@contact_app.command("list")
def list_(
    ctx: typer.Context,
    contact: filters.Person = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    agency_country: filters.AgencyCountry = None,
    event: filters.Event = None,
    project: filters.Project = None,
    kind: filters.Kind = None,
    city: filters.City = None,
    country: filters.Country = None,
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
    """List contacts by name; Chinese names by pinyin.

    \b
      eventrec contact list --agency NIA
      eventrec contact list --event 1 -o contacts.xlsx
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    table = app.reader.records("contacts", criteria, telling.CONTACT_KEYS)
    if is_empty(table, ctx.params):
        nothing(app, "contacts", criteria.describe())
    give(app, table, ctx.params, telling.CONTACT_COLUMNS)


@contact_app.command()
def show(
    ctx: typer.Context,
    contact: opt.ContactArgument,
    as_of: opt.AsOf = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--everything",
            help="All that is held, with its history, to give to the person: as text, or .json .html .md .txt with -o.",
        ),
    ] = False,
    lang: opt.Language = "any",
    format: Annotated[
        str | None,
        opt.word(
            (*opt.FORMATS, "html", "text"),
            "--format",
            "-f",
            help="How to write it; with --everything json, html, markdown or text.",
        ),
    ] = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show all that is known of one person.

    \b
      eventrec contact show 李娜
      eventrec contact show 李娜 --everything -o li-na.html          for the person, who asked what is held
    """
    if everything:
        from eventrec.cli.forgetting import show_everything

        show_everything(app_of(ctx), contact, ctx.params)
        return
    if format in ("html", "text"):
        raise UsageError(f"One contact is no {format}.", "Add --everything, or choose json, csv, xlsx or markdown.")
    telling.show(app_of(ctx), "contact", contact, ctx.params)


@contact_app.command()
def edit(
    ctx: typer.Context,
    contact: opt.ContactArgument,
    name: fields.NewNames = None,
    honorific: _Honorific = None,
    sex: fields.Sex = None,
    email: fields.Emails = None,
    phone: fields.Phones = None,
    mobile: _Mobile = None,
    wechat: _Wechat = None,
    url: _Url = None,
    postal: _Postal = None,
    no_point: _NoPoint = None,
    agency: fields.Agency = None,
    position: fields.Position = None,
    unit: fields.Unit = None,
    from_: fields.FromDay = None,
    correct: fields.Correct = False,
    manages: _Manages = None,
    family_name: _Family = None,
    given_name: _Given = None,
    language: _Languages = None,
    alias: fields.Aliases = None,
    note: fields.CardNote = None,
    again: opt.Again = False,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Change what is given, leave the rest. A new agency: say since when; reports of the time before stay true.

    \b
      eventrec contact edit 李娜 --agency MFA --from 2025-01-01
      eventrec contact edit 12 --email li.na@example.org
    """
    from eventrec.edits import records
    from eventrec.values import allow

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        allow(work, again=again)
        number, before = work.find("contact", contact).id, work.recorded
        row = records.contact(app, work, number, ctx.params)
        app.saved("contact", row.id, f"{telling.changed(work, before)}: {row.name.both()}.")


@contact_app.command()
def remove(
    ctx: typer.Context,
    contact: opt.ContactArgument,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Remove a person who takes part in no event.

    \b
      eventrec contact remove 12
    """
    from eventrec.services import contact as contacts

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        found = work.find("contact", contact)
        app.confirm(f"Contact {found.id}, {found.label}, will be removed. Go on?", yes=yes)
        for event in contacts.remove(work.session, found.id, if_version=if_version):
            app.say(f"Event {event.id} names nobody to ask any more: {event.title.both()}.")
        app.saved("contact", found.id, "was removed.", "Back again: eventrec undo")


@contact_app.command()
def forget(
    ctx: typer.Context,
    contact: opt.ContactArgument,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept, so it must not say who it was.")
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option("--actor", metavar="NAME", help="Under this name the person worked in the book. May be repeated."),
    ] = None,
    if_version: opt.IfVersion = None,
    yes: opt.Yes = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Erase a person everywhere, for good. Events keep an anonymous head in the place, so reports stay as they were.

    \b
      eventrec contact forget 12 -n                          what would be erased, and what still names the person
      eventrec contact forget 12 --reason "request of 3 May 2025"
    """
    from eventrec.cli.forgetting import forget_person

    forget_person(app_of(ctx), contact, ctx.params)


@contact_app.command()
def duplicates(
    ctx: typer.Context,
    not_same: opt.NotSame = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """List pairs of contacts that may be one person, with a score and the reasons; a person decides.

    \b
      eventrec contact duplicates
      eventrec contact duplicates --not-same 3 17
    """
    from eventrec.cli import duplicates as double

    double.list_duplicates(app_of(ctx), "contact", ctx.params)


@contact_app.command()
def merge(
    ctx: typer.Context,
    keep: opt.ContactArgument,
    other: opt.ContactArgument,
    prefer: opt.Prefer = None,
    if_version: opt.IfVersion = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Make one contact of two: everything moves to the first, and the number of the other leads there.

    \b
      eventrec contact merge 3 17
      eventrec contact merge 3 17 --prefer sex=other
      eventrec undo
    """
    from eventrec.cli import duplicates as double

    double.merge(app_of(ctx), "contact", keep, other, ctx.params)
