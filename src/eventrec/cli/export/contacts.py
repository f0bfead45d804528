"""`eventrec export contacts`: cards, or a sheet."""

from __future__ import annotations

import typer

from eventrec.cli import narrowing as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.disclosing import Purpose, To
from eventrec.cli.export.app import export_app
from eventrec.cli.export.cards import Lang, Split, VCard, give_cards


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
    consent: opt.OfConsent = None,
    only: opt.Only = False,
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
