"""`eventrec export`: calendars, contact cards, sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import App, app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import chosen, give, nothing, put, save
from eventrec.errors import UsageError

if TYPE_CHECKING:
    from eventrec.views.criteria import Criteria

export_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Calendars, contact cards, sheets.

\b
  eventrec export calendar -o events.ics
  eventrec export participants --event 1 -o list.xlsx
""",
)


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
    from eventrec import exports
    from eventrec.cli.values import day
    from eventrec.text.names import read_localized

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    since_day = day(app, removed_since)
    wish = exports.CalendarWish(
        name=read_localized(name, "name", app.reader.main_language()) if name else None,
        languages=lang,
        utc=utc,
        attendees=attendees,
        removed_since=since_day.isoformat() if since_day else "",
    )
    made = exports.calendar(app.reader, criteria, wish)
    if made.undated:
        app.warn(f"Not in the calendar, without a date: {'; '.join(made.undated)}.")
    _write(app, made.content, output, ".ics", criteria, force=force)


@export_app.command()
def contacts(
    ctx: typer.Context,
    contact: opt.OfContact = None,
    agency: opt.OfAgency = None,
    side: opt.OfSide = None,
    agency_country: opt.OfAgencyCountry = None,
    event: opt.OfEvent = None,
    project: opt.OfProject = None,
    since: opt.Since = None,
    until: opt.Until = None,
    during: opt.During = None,
    text: opt.Text = None,
    only: opt.Only = False,
    vcard: Annotated[str, opt.word(("3.0", "4.0"), "--vcard", help="Version; Outlook takes 3.0.")] = "3.0",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write contact cards (.vcf), or a sheet with `-o contacts.csv` or `.xlsx`.

    \b
      eventrec export contacts -o contacts.vcf
      eventrec export contacts --project MMSP-III -o contacts.xlsx
    """
    from eventrec import exports

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    if format or (output and not output.lower().endswith(".vcf") and output != "-"):
        _sheet(app, "contacts", criteria, ctx.params)
    else:
        version: Any = vcard
        _write(app, exports.cards(app.reader, criteria, version), output, ".vcf", criteria, force=force)


@export_app.command()
def events(
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
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write a sheet of events with every column.

    \b
      eventrec export events --during 2024 -o events.xlsx
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    _sheet(app, "events", criteria, ctx.params)


@export_app.command()
def agencies(
    ctx: typer.Context,
    agency: opt.OfAgency = None,
    side: opt.OfSide = None,
    kind: opt.OfAgencyKind = None,
    agency_country: opt.OfAgencyCountry = None,
    event: opt.OfEvent = None,
    project: opt.OfProject = None,
    text: opt.Text = None,
    only: opt.Only = False,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write a sheet of agencies with every column.

    \b
      eventrec export agencies -o agencies.csv
    """
    app = app_of(ctx)
    _sheet(app, "agencies", criteria_of(app, ctx.params, kind="agency_kind"), ctx.params)


@export_app.command()
def participants(
    ctx: typer.Context,
    event: opt.OfEvent = None,
    project: opt.OfProject = None,
    agency: opt.OfAgency = None,
    side: opt.OfSide = None,
    contact: opt.OfContact = None,
    role: opt.OfRole = None,
    status: opt.OfParticipationStatus = None,
    modality: opt.OfParticipationModality = None,
    kind: opt.OfKind = None,
    city: opt.OfCity = None,
    country: opt.OfCountry = None,
    agency_country: opt.OfAgencyCountry = None,
    since: opt.Since = None,
    until: opt.Until = None,
    during: opt.During = None,
    text: opt.Text = None,
    only: opt.Only = False,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write who took part. Of one event as a workbook it is the list that a donor files, with heading and total.

    \b
      eventrec export participants --event 1 -o list.xlsx
      eventrec export participants --during 2024 -o participants.csv
    """
    from eventrec import exports

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    one = exports.one_event(criteria)
    if one is None or chosen(ctx.params) != "xlsx":
        _sheet(app, "participants", criteria, ctx.params)
        return
    from eventrec.formats.participant_sheet import render

    listing = exports.participant_list(app.reader, one)
    content = render(listing) if listing.rows else b""
    _write(app, content, output, ".xlsx", criteria, force=force, binary=True)


@export_app.command("sign-in")
def sign_in(
    ctx: typer.Context,
    event: opt.EventArgument,
    blank: Annotated[
        int, typer.Option("--blank", metavar="N", min=0, max=1000, help="Rows for people who were not announced.")
    ] = 10,
    day: Annotated[str | None, typer.Option("--day", metavar="DATE", help="Only this day of the event.")] = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Write a sheet to sign, one for each day, as XLSX or DOCX; filled in, `eventrec import` takes it back.

    \b
      eventrec export sign-in 1 -o sheet.xlsx
      eventrec export sign-in 1 --day 2025-03-11 --blank 20 -o tuesday.docx
    """
    from eventrec import exports
    from eventrec.cli.values import day as read_day
    from eventrec.views.references import find

    app = app_of(ctx)
    found = find(app.reader, "event", event)
    name = output or f"sign-in-{found.id}.xlsx"
    if not name.lower().endswith((".xlsx", ".docx")):
        raise UsageError("A sign-in sheet is a workbook or a Word document.", "Name it ….xlsx or ….docx")
    sheet = exports.sign_in(app.reader, found.id, blank=blank, day=read_day(app, day))
    if name.lower().endswith(".docx"):
        from eventrec.formats.sign_in_word import render
    else:
        from eventrec.formats.sign_in_sheet import render
    save(app, name, render(sheet), force=force)
    app.say(f"  Mark who came in the column of signatures, then: eventrec import {name} --event {found.id} --check")


@export_app.command("all")
def all_(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="Made when it is not there.")],
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write the whole book as CSV, one file for each view, for R, Power BI and your own keeping.

    \b
      eventrec export all -o book/
    """
    from eventrec import exports
    from eventrec.formats import registry

    app = app_of(ctx)
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder with -o.")
    folder.mkdir(parents=True, exist_ok=True)
    for view in exports.VIEWS:
        table = app.reader.everything(view)
        content = registry.render(table, "csv", registry.Options(for_excel=for_excel))
        save(app, str(folder / f"{view.removeprefix('v_')}.csv"), content, force=force)


def _sheet(app: App, what: str, criteria: Criteria, options: dict[str, Any]) -> None:
    from eventrec import exports

    table = exports.sheet(app.reader, what, criteria)
    if not len(table):
        nothing(app, what, criteria.describe())
        if options.get("output") not in (None, "-"):
            return
    give(app, table, options)


def _write(
    app: App, content: bytes, output: str | None, ending: str, criteria: Criteria, *, force: bool, binary: bool = False
) -> None:
    """Write a file of one kind; an empty result makes none and says so."""
    if not content:
        nothing(app, "records to write", criteria.describe())
        return
    if output in (None, "-"):
        put(content, binary=binary)
        return
    if output is not None and not output.lower().endswith(ending):
        raise UsageError(f"{output} does not end in {ending}.", f"Name it …{ending}")
    save(app, str(output), content, force=force)
