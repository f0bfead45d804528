"""`eventrec export agencies`: a sheet, or cards."""

from __future__ import annotations

import typer

from eventrec.cli import narrowing as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.disclosing import Purpose, To
from eventrec.cli.export.app import export_app
from eventrec.cli.export.cards import Lang, Split, VCard, give_cards


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
    """Write a sheet of agencies with every column, or contact cards with `-o agencies.vcf`.

    \b
      eventrec export agencies -o agencies.csv
      eventrec export agencies --project MMSP-III -o agencies.vcf
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, kind="agency_kind")
    give_cards(app, "agencies", criteria, ctx.params, by_default=False)
