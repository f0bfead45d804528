"""`eventrec check`: what would embarrass a report."""

from __future__ import annotations

import shutil
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import chosen, give, give_page
from eventrec.cli.telling import counted
from eventrec.table import show_localized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.cli.context import App
    from eventrec.table import Table

check_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@check_app.command()
def check(
    ctx: typer.Context,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    kind: filters.Kind = None,
    role: filters.Role = None,
    status: filters.ParticipationStatus = None,
    modality: filters.ParticipationModality = None,
    event_status: filters.EventStatus = None,
    event_modality: filters.EventModality = None,
    city: filters.City = None,
    country: filters.Country = None,
    agency_country: filters.AgencyCountry = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List what would embarrass a report, event by event, each with the command that mends it.

    \b
      eventrec check                      exit 0 when nothing is found, 1 when something is
      eventrec check --project MMSP-III -f json
    """
    from eventrec.reports.check import check as look

    app = app_of(ctx)
    found = look(app.reader, criteria_of(app, ctx.params), app.today.isoformat())
    _give(app, found, ctx.params)
    if not len(found):
        app.say("Nothing found.")
        return
    events = {row["event"] for row in found}
    app.warn(f"{counted(len(found), 'finding')} in {counted(len(events), 'event')}.")
    raise typer.Exit(1)


def _give(app: App, found: Table, options: Mapping[str, Any]) -> None:
    """Write the findings: for people as a page, event by event, and as a table in every other format."""
    if chosen(options) != "table":
        give(app, found, options, ("event", "event_title", "starts_on", "finding", "what", "hint"))
        return
    on_screen = options.get("output") is None and sys.stdout.isatty()
    give_page(app, _page(app, found, options, shutil.get_terminal_size().columns if on_screen else None), options)


def _page(app: App, found: Table, options: Mapping[str, Any], width: int | None) -> str:
    """Return the findings below the events that they are about; commands are never broken, to be copied whole."""
    from eventrec.formats.terminal import visible
    from eventrec.formats.width import wrapped

    main, blocks = app.reader.main_language(), []
    for number, rows in groupby(found, key=lambda row: row["event"]):
        findings = list(rows)
        title = show_localized(findings[0]["event_title"], main, options.get("lang") or "any")
        head = ", ".join(filter(None, (f"#{number} {title}", str(findings[0]["starts_on"] or ""))))
        lines = [wrapped(visible(head), width)]
        for row in findings:
            what = wrapped(visible(f"{row['finding']}: {row['what']}"), width and width - 4)
            lines += [f"  {what}".replace("\n", "\n    "), f"    {visible(str(row['hint']))}"]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
