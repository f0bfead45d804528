"""Finding out whether the book is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app
from eventrec.cli.db.progress import shown
from eventrec.cli.output import give
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from eventrec.cli.context import App
    from eventrec.db.check import Finding


@db_app.command()
def check(
    ctx: typer.Context,
    mend: Annotated[
        bool, typer.Option("--mend", help="Compute anew what searching and order need, where it is out of date.")
    ] = False,
    format: opt.Format = None,
) -> None:
    """Check the book: the file, the rules for every row, the links, and that the history leads to what is there.

    Others go on working meanwhile. Every finding names what to do. Exit 0 when all is well, 1 when not, 5 when the
    book cannot be opened.

    \b
      eventrec db check
      eventrec db check -f json
    """
    from eventrec.db.check import check as look
    from eventrec.db.engine import reading_engine

    app = app_of(ctx)
    if mend:
        _mend(app)
    with shown(app) as progress:
        findings = look(reading_engine(app.settings.database), progress=progress)
    if format:
        _give(app, findings, format)
    else:
        _tell(app, findings)
    if findings:
        raise typer.Exit(1)


def _mend(app: App) -> None:
    from eventrec.services.derived import mend

    with app.writing() as work:
        count = mend(work.session)
        app.say(f"{counted(count, 'row')} computed anew.")


def _tell(app: App, findings: list[Finding]) -> None:
    for finding in findings:
        app.put(finding.text)
    if not findings:
        app.say("The book is whole.")
        return
    app.warn(f"{counted(len(findings), 'finding')}. Keep the book as it is. What to do:")
    for command in dict.fromkeys(finding.command for finding in findings):
        app.warn(f"  {command}")


def _give(app: App, findings: list[Finding], format: str) -> None:
    from eventrec.table import Column, Table

    columns = (Column("kind"), Column("table"), Column("row", "integer"), Column("text"), Column("command"))
    rows = [(each.kind, each.table or None, each.row, each.text, each.command) for each in findings]
    give(app, Table(columns, rows), {"format": format}, main="en")
