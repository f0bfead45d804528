"""Finding out whether the book is whole."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.db.app import command_for, db_app
from eventrec.cli.db.progress import shown
from eventrec.cli.output import give
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    from eventrec.db.check import check_book

    app = app_of(ctx)
    if mend:
        _mend(app)
    with shown(app) as progress:
        findings = check_book(app.settings.database, progress=progress)
    if format:
        _give(app, findings, format)
    else:
        _tell(app, findings)
    if findings:
        raise typer.Exit(1)


def _mend(app: App) -> None:
    from eventrec.services.derived import mend

    with app.writing() as work:
        mended, left = mend(work.session)
        app.say(f"{counted(mended, 'row')} computed anew.")
        if left:
            app.warn(f"{counted(left, 'row')} left as found: something else was changed behind the history.")


def _tell(app: App, findings: list[Finding]) -> None:
    from eventrec.db.check.finding import MEND

    for finding in findings:
        app.put(finding.text)
    if not findings:
        app.say("The book is whole.")
        return
    commands = dict.fromkeys(finding.command for finding in findings)
    if set(commands) == {MEND}:
        app.warn(f"{counted(len(findings), 'finding')}. Only what is computed is out of date. Mend it:")
    else:
        app.warn(f"{counted(len(findings), 'finding')}. Keep the book as it is. What to do:")
        commands.pop(MEND, None)
    for command in _on_this_book(app, commands):
        app.warn(f"  {command}")


def _on_this_book(app: App, commands: Iterable[str]) -> list[str]:
    """Return the commands with the book that was named, and the newest backup, if one is known of."""
    from eventrec.db.check.finding import BACKUP
    from eventrec.db.known_backups import known_backups

    kept = [path for path in known_backups(app.settings) if ".damaged" not in path.suffixes]
    backup = shlex.quote(str(kept[-1])) if kept else BACKUP
    return [each.replace("eventrec db ", f"{command_for(app)} db ", 1).replace(BACKUP, backup) for each in commands]


def _give(app: App, findings: list[Finding], format: str) -> None:
    from eventrec.table import Column, Table

    columns = (Column("kind"), Column("table"), Column("row", "integer"), Column("text"), Column("command"))
    commands = _on_this_book(app, [each.command for each in findings])
    rows = [
        (each.kind, each.table or None, each.row, each.text, command)
        for each, command in zip(findings, commands, strict=True)
    ]
    give(app, Table(columns, rows), {"format": format}, main="en")
