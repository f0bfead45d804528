"""Sheets of events and participants, and the whole book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrec import files
from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.disclosing import Purpose, To, disclosing, noting
from eventrec.cli.export.app import export_app
from eventrec.cli.export.writing import sheet, write
from eventrec.cli.output import chosen
from eventrec.errors import UsageError
from eventrec.formats.marks import written_by_eventrec


@export_app.command()
def events(
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
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    given_to: To = None,
    purpose: Purpose = None,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write a sheet of events with every column.

    \b
      eventrec export events --during 2024 -o events.xlsx
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    sheet(app, "events", criteria, ctx.params)


@export_app.command()
def participants(
    ctx: typer.Context,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    role: filters.Role = None,
    status: filters.ParticipationStatus = None,
    modality: filters.ParticipationModality = None,
    kind: filters.Kind = None,
    city: filters.City = None,
    country: filters.Country = None,
    agency_country: filters.AgencyCountry = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    consent: filters.Consent = None,
    only: filters.Only = False,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    given_to: To = None,
    purpose: Purpose = None,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write who took part. Of one event as a workbook it is the list that a donor files, with heading and total.

    \b
      eventrec export participants --event 1 -o list.xlsx
      eventrec export participants --during 2024 -o participants.csv
    """
    from eventrec.exports import carried
    from eventrec.exports.participant_list import participant_list
    from eventrec.exports.sheets import one_event

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    one = one_event(criteria)
    if one is None or chosen(ctx.params) != "xlsx":
        sheet(app, "participants", criteria, ctx.params)
        return
    from eventrec.formats.participant_sheet import render

    listing = participant_list(app.reader, one)
    content = render(listing) if listing.rows else b""
    given = disclosing(app, ctx.params, "participants", criteria)
    if given:
        given.people = carried.participant_list(listing)
    write(app, content, output, ".xlsx", criteria, force=force, binary=True, given=given)


@export_app.command("all")
def all_(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="Made when it is not there.")],
    force: opt.Force = False,
    given_to: To = None,
    purpose: Purpose = None,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write the whole book as CSV, one file for each view, for R, Power BI and your own keeping.

    \b
      eventrec export all -o book/
    """
    from eventrec.exports import carried
    from eventrec.exports.sheets import whole_book
    from eventrec.formats import registry
    from eventrec.streamed import Hashed, Several

    app = app_of(ctx)
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder with -o.")
    given = disclosing(app, ctx.params, "all")
    tables, left_out = whole_book(app.reader)
    if given:
        tables, given.people = carried.whole_book(tables)
    options = registry.Options(for_excel=for_excel)
    contents = {_file(folder, view): Hashed(registry.Content(table, "csv", options)) for view, table in tables.items()}
    files.make_folder(folder)
    several = Several(contents, force=force, ledger=app.settings.ledger, recognised=written_by_eventrec)
    with noting(given, folder, several) as note:
        fresh = several.save(note)
        for path in contents:
            app.say(f"Written: {path}" if path in fresh else f"{path} is up to date.")
    for view in left_out:
        app.warn(f"Not written, since your role in the database may see nothing of it: {_file(folder, view)}")


def _file(folder: Path, view: str) -> Path:
    return folder / f"{view.removeprefix('v_')}.csv"
