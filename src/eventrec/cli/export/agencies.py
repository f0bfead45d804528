"""`eventrec export agencies`: a sheet, or cards."""

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
def agencies(
    ctx: typer.Context,
    agency: filters.Agency = None,
    side: filters.Side = None,
    kind: filters.AgencyKind = None,
    agency_country: filters.AgencyCountry = None,
    event: filters.Event = None,
    project: filters.Project = None,
    text: filters.Text = None,
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
    """Write a sheet of agencies with every column, or contact cards with `-o agencies.vcf`.

    \b
      eventrec export agencies -o agencies.csv
      eventrec export agencies --project MMSP-III -o agencies.vcf
    """
    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, kind="agency_kind")
    give_cards(app, "agencies", criteria, ctx.params, by_default=False)
