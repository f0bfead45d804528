"""`eventrec export contacts`: cards, or a sheet."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.export.app import export_app
from eventrec.cli.export.writing import sheet, write


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
    from eventrec.exports.cards import cards

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params)
    if format or (output and not output.lower().endswith(".vcf") and output != "-"):
        sheet(app, "contacts", criteria, ctx.params)
    else:
        version: Any = vcard
        write(app, cards(app.reader, criteria, version), output, ".vcf", criteria, force=force)
