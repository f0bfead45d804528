"""`eventrec export sign-in`."""

from __future__ import annotations

from typing import Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.disclosing import Purpose, To, disclosing
from eventrec.cli.export.app import export_app
from eventrec.cli.output import save
from eventrec.errors import UsageError


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
    given_to: To = None,
    purpose: Purpose = None,
) -> None:
    """Write a sheet to sign, one for each day, as XLSX or DOCX; filled in, `eventrec import` takes it back.

    \b
      eventrec export sign-in 1 -o sheet.xlsx
      eventrec export sign-in 1 --day 2025-03-11 --blank 20 -o tuesday.docx
    """
    from eventrec.exports import carried
    from eventrec.exports.sign_in import sign_in
    from eventrec.values import day as read_day
    from eventrec.views.criteria import Criteria
    from eventrec.views.references import find

    app = app_of(ctx)
    found = find(app.reader, "event", event)
    name = output or f"sign-in-{found.id}.xlsx"
    if not name.lower().endswith((".xlsx", ".docx")):
        raise UsageError("A sign-in sheet is a workbook or a Word document.", "Name it ….xlsx or ….docx")
    sheet = sign_in(app.reader, found.id, blank=blank, day=read_day(app, day))
    if name.lower().endswith(".docx"):
        from eventrec.formats.sign_in_word import render
    else:
        from eventrec.formats.sign_in_sheet import render
    given = disclosing(app, ctx.params, "sign-in sheet", Criteria(words=(("event", str(found.id)),)))
    if given:
        given.people = carried.sign_in(sheet)
    save(app, name, render(sheet), force=force, given=given)
    app.say(f"  Mark who came in the column of signatures, then: eventrec import {name} --event {found.id} --check")
