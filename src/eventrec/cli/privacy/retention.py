"""`eventrec privacy retention`: for how long people are kept."""

from __future__ import annotations

from typing import Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.privacy.app import privacy_app
from eventrec.cli.telling import counted
from eventrec.retention import DEFAULT_MONTHS, SETTING
from eventrec.values import read_months


@privacy_app.command()
def retention(
    ctx: typer.Context,
    months: Annotated[str | None, typer.Argument(metavar="[MONTHS]", help="Set it: 60 for five years.")] = None,
    dry_run: opt.DryRun = False,
) -> None:
    """Show or set for how many months people are kept after the end of a project that says nothing of its own.

    \b
      eventrec privacy retention
      eventrec privacy retention 84
      eventrec project edit MMSP-III --retention-months 120
    """
    app = app_of(ctx)
    if months is None:
        said = app.reader.setting(SETTING)
        app.put(str(DEFAULT_MONTHS if said is None else said))
        app.say("Months after the end of a project" + (", unless you set another number." if said is None else "."))
        return
    from eventrec.services.retention import set_months

    number = read_months(months, "MONTHS")
    with app.writing(dry_run=dry_run) as work:
        set_months(work.session, number)
        app.say(f"People are kept for {counted(number, 'month')} after the end of their projects.")
        if not number:
            app.warn("With 0 months people are due as soon as the last of their projects has ended.")
        app.say("  Whose time is up: eventrec privacy due")
        app.say("  Back again: eventrec undo")
