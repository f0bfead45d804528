"""`eventrec log`, `undo`, `redo`: what happened, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.output import give
from eventrec.errors import UsageError

if TYPE_CHECKING:
    from eventrec.cli.context import App
    from eventrec.models import ChangeSet

log_app = typer.Typer(add_completion=False, rich_markup_mode=None)
undo_app = typer.Typer(add_completion=False, rich_markup_mode=None)
redo_app = typer.Typer(add_completion=False, rich_markup_mode=None)

_COLUMNS = ("id", "moment", "actor", "command", "added", "changed", "removed", "rows", "reverses", "reversed_by")
_TABLES = {"visit": "event", "participant": "participation"}


@log_app.command()
def log(
    ctx: typer.Context,
    record: Annotated[
        list[str] | None, typer.Argument(metavar="[NOUN REF]", help="Only what touched this record: event 1.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="How many, newest first; 0 for all.")] = 30,
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Show who changed what, and when (UTC), newest first.

    \b
      eventrec log
      eventrec log event 1
      eventrec log --limit 0 -f json
    """
    app = app_of(ctx)
    table, number = _record(app, record or [])
    answer = app.reader.history(limit or None, table, number)
    if not len(answer):
        app.warn("Nothing has been changed yet.")
    give(app, answer, ctx.params, _COLUMNS)


def _record(app: App, words: list[str]) -> tuple[str, int | None]:
    from eventrec.views.references import find

    if not words:
        return "", None
    if len(words) < 2 or words[0] not in ("event", "visit", "agency", "project", "contact", "participant"):
        raise UsageError("Name a noun and a record.", "For example: eventrec log event 1")
    return _TABLES.get(words[0], words[0]), find(app.reader, words[0], " ".join(words[1:])).id


@undo_app.command()
def undo(ctx: typer.Context, dry_run: opt.DryRun = False) -> None:
    """Take the last command back, whatever it changed. Again: the one before. `redo` does it again.

    \b
      eventrec undo
      eventrec undo -n                    say what would be taken back
    """
    from eventrec.services.undo import undo as take_back

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        _tell(app, "Taken back", take_back(work.session))
        app.say("  Do it again: eventrec redo")


@redo_app.command()
def redo(ctx: typer.Context, dry_run: opt.DryRun = False) -> None:
    """Do again what the last undo took back.

    \b
      eventrec redo
    """
    from eventrec.services.undo import redo as do_again

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        _tell(app, "Done again", do_again(work.session))
        app.say("  Take it back: eventrec undo")


def _tell(app: App, what: str, change_set: ChangeSet) -> None:
    app.say(f"{what}: change set {change_set.id} of {change_set.moment} by {change_set.actor}.")
    app.say(f"  {change_set.command}")
