"""`eventrec privacy disclosures`: what was given to whom."""

from __future__ import annotations

from typing import Annotated

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.output import give
from eventrec.cli.privacy.app import privacy_app
from eventrec.cli.telling import counted

_COLUMNS = ("id", "disclosed_at", "recipient", "agency", "purpose", "what", "criteria", "people", "file_name")


@privacy_app.command()
def disclosures(
    ctx: typer.Context,
    contact: Annotated[
        list[str] | None, opt.record("contact", "--contact", help="Only those that name this person; may be repeated.")
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="WHO", help="Only to this agency, or with these words in the recipient.")
    ] = "",
    since: filters.Since = None,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List the exports that were given to somebody outside, the newest first; times are those here, in data UTC.

    \b
      eventrec export participants --event 1 -o list.xlsx --to "EU Delegation" --purpose "final report"
      eventrec privacy disclosures
      eventrec privacy disclosures --contact 李娜
    """
    from eventrec.cli.criteria import period_of
    from eventrec.reports.disclosures import disclosures as given
    from eventrec.views.references import find

    app = app_of(ctx)
    people = tuple(find(app.reader, "contact", text).id for text in contact or ())
    begin = period_of(app, ctx.params).get("since", "")
    table = given(app.reader, contact_ids=people, recipient=to, since=begin)
    if not len(table):
        noted = len(given(app.reader)) if people or to or begin else 0
        app.warn(
            f"No disclosure is like that; {counted(noted, 'disclosure')} noted in all."
            if noted
            else "Nothing was given to anybody, as far as it was noted."
        )
    give(app, table, ctx.params, _COLUMNS)
