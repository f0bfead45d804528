"""`eventrec template`: a workbook to fill in."""

from __future__ import annotations

from typing import Annotated

import typer

from eventrec import connection
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import save
from eventrec.errors import UsageError
from eventrec.templates import KINDS

template_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@template_app.command()
def template(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="|".join(KINDS), help="What is to be filled in.", autocompletion=opt.offered(KINDS))
    ],
    output: opt.Output = None,
    filled: Annotated[bool, typer.Option("--filled", help="With the records of the book, to work on.")] = False,
    event: opt.OfEvent = None,
    project: opt.OfProject = None,
    agency: opt.OfAgency = None,
    force: opt.Force = False,
) -> None:
    """Make a workbook to fill in, with lists to choose from; `eventrec import` takes it back.

    \b
      eventrec template participants -o people.xlsx
      eventrec template contacts --filled --agency NIA -o nia.xlsx
    """
    from eventrec.templates import template as make

    if what not in KINDS:
        raise UsageError(f"There is no template for “{what}”.", "Choose one of: " + ", ".join(KINDS) + ".")
    app = app_of(ctx)
    path = output or f"{what}.xlsx"
    if not path.lower().endswith(".xlsx"):
        raise UsageError("A template is an Excel workbook.", "Name a file that ends in .xlsx.")
    there = filled or connection.exists(app.settings.database)
    reader = app.reader if there else None
    criteria = criteria_of(app, ctx.params) if filled else None
    save(app, path, make(reader, what, filled=filled, **({"criteria": criteria} if criteria else {})), force=force)
    to = " --event EVENT" if what == "participants" else f" --as {what}"
    app.say(f"  Fill it in, then: eventrec import {path}{to} --check")
