"""`eventrec import`: sheets, cards, calendars and attendance reports into the book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrec.cli import fields
from eventrec.cli import options as opt
from eventrec.cli.context import app_of

import_app = typer.Typer(add_completion=False, rich_markup_mode=None)

KINDS = ("participants", "contacts", "agencies", "events")
MODES = ("fill", "update", "add")


@import_app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="XLSX, XLS, ODS, CSV, TSV, DOCX, VCF, ICS, EML, or a meeting's attendance report."
        ),
    ],
    as_: Annotated[str | None, opt.word(KINDS, "--as", help="What the rows are.")] = None,
    event: Annotated[str | None, opt.record("event", "--event", help="Whose participants they are.")] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="HEADING=FIELD", help='What a column means: "单位=agency". Remembered; may be repeated.'
        ),
    ] = None,
    mode: Annotated[
        str,
        opt.word(
            MODES, "--mode", help="Records that are known: fill what is empty, update them, or add only new ones."
        ),
    ] = "fill",
    names: Annotated[
        str | None,
        opt.word(
            ("included", "further"), "--names", help="Are the people within a head-count that is there, or on top?"
        ),
    ] = None,
    source: fields.Source = None,
    check: Annotated[
        bool,
        typer.Option("--check", "--dry-run", "-n", help="Read everything, save nothing, mark the bad cells in a copy."),
    ] = False,
    skip_bad: Annotated[
        bool,
        typer.Option("--skip-bad", help="Save the good rows; those of a sheet that are not go into a second file."),
    ] = False,
    with_people: Annotated[
        bool,
        typer.Option("--with-people", help="Calendars: add those who take part and are not in the book as contacts."),
    ] = False,
    again: opt.Again = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Calendars: the first day for which series are taken apart."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="Calendars: the last day, a year from now if not said."),
    ] = None,
    minimum_minutes: Annotated[
        int | None,
        typer.Option("--minimum-minutes", metavar="N", min=1, help="Attendance reports: who was there so long."),
    ] = None,
    minimum_share: Annotated[
        int | None,
        typer.Option(
            "--minimum-share", metavar="PERCENT", min=1, max=100, help="Attendance reports: at least this share."
        ),
    ] = None,
    format: opt.Format = None,
) -> None:
    """Bring in a sheet, cards, a calendar, answers to invitations or an attendance report: all of it, or nothing.

    \b
      eventrec import list.xlsx --event 1 --check
      eventrec import list.xlsx --event 1 --skip-bad --names further
      eventrec import contacts.csv --as contacts
      eventrec import cards.vcf
      eventrec import all.ics
      eventrec import outlook.ics --since 2026-01-01 --until 2026-12-31
      eventrec import reply.eml
      eventrec import teams.csv --event 1 --minimum-minutes 30
    """
    from eventrec.cli.importing import import_file

    import_file(app_of(ctx), file, ctx.params)
