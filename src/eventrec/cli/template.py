"""`eventrec template`: a workbook to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import save
from eventrec.errors import UsageError
from eventrec.templates import KINDS
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from eventrec.cli.context import App
    from eventrec.views.reader import Reader

template_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@template_app.command()
def template(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="|".join(KINDS), help="What is to be filled in.", autocompletion=opt.offered(KINDS))
    ],
    output: opt.Output = None,
    filled: Annotated[bool, typer.Option("--filled", help="With the records of the book, to work on.")] = False,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    force: opt.Force = False,
) -> None:
    """Make a workbook to fill in, with lists to choose from; `eventrec import` takes it back.

    \b
      eventrec template participants -o people.xlsx
      eventrec template contacts --filled --agency NIA -o nia.xlsx
    """
    from eventrec import templates

    if what not in KINDS:
        raise UsageError(f"There is no template for “{what}”.", "Choose one of: " + ", ".join(KINDS) + ".")
    path = output or f"{what}.xlsx"
    if not path.lower().endswith(".xlsx"):
        raise UsageError("A template is an Excel workbook.", "Name a file that ends in .xlsx.")
    if not filled and (project or agency or (event and what != "participants")):
        raise UsageError("A blank template holds no records to choose from.", "Say --filled to have those of the book.")
    app = app_of(ctx)
    reader = app.reader if filled or event else _reader(app)
    criteria = ALL if reader is None else criteria_of(app, ctx.params)
    number = criteria.event_ids[0] if len(criteria.event_ids) == 1 else None
    save(app, path, templates.template(reader, what, criteria, filled=filled, event=number), force=force)
    command = templates.import_command(what, number, filled=filled, file=path)
    app.say(f"  Fill it in, then: {command}")


def _reader(app: App) -> Reader | None:
    """Return what reads the book; None when nobody made one yet: a template needs none."""
    if app.has_no_book:
        app.say("There is no record book yet, so the lists hold only the fixed words.")
        return None
    return app.reader
