"""`eventrec export contacts`: cards, or a sheet."""

from __future__ import annotations

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.disclosing import Purpose, To
from eventrec.cli.export.app import export_app
from eventrec.cli.export.cards import Lang, Split, VCard, give_cards


@export_app.command()
def contacts(
    ctx: typer.Context,
    contact: filters.Person = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    agency_country: filters.AgencyCountry = None,
    event: filters.Event = None,
    project: filters.Project = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    consent: filters.Consent = None,
    only: filters.Only = False,
    vcard: VCard = None,
    lang: Lang = None,
    split: Split = None,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    given_to: To = None,
    purpose: Purpose = None,
    for_excel: opt.ForExcel = False,
) -> None:
    """Write contact cards (.vcf), or a sheet with `-o contacts.csv` or `.xlsx`.

    \b
      eventrec export contacts -o contacts.vcf
      eventrec export contacts --project MMSP-III --lang zh -o contacts.vcf
      eventrec export contacts --vcard 4.0 --split cards/
      eventrec export contacts --project MMSP-III -o contacts.xlsx
    """
    app = app_of(ctx)
    give_cards(app, "contacts", criteria_of(app, ctx.params), ctx.params, by_default=True)
