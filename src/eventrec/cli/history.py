"""`eventrec undo` and `redo`: taking change sets back, and doing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.errors import UsageError

if TYPE_CHECKING:
    from eventrec.cli.context import App
    from eventrec.services.undo import Taken

undo_app = typer.Typer(add_completion=False, rich_markup_mode=None)
redo_app = typer.Typer(add_completion=False, rich_markup_mode=None)


_ChangeSet = Annotated[
    str | None,
    typer.Argument(metavar="[CHANGE_SET]", help="Its number in the log: 12; or its uid. None: the last command."),
]
_WithLater = Annotated[
    bool, typer.Option("--with-later", help="Take back later changes that stand in the way too, newest first.")
]


@undo_app.command()
def undo(
    ctx: typer.Context,
    change_set: _ChangeSet = None,
    last: Annotated[
        int | None, typer.Option("--last", min=1, metavar="N", help="The last N commands, newest first.")
    ] = None,
    with_later: _WithLater = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Take the last command back, whatever it changed. Again: the one before. `redo` does it again.

    A number is that of one change set in the log, not how many. When later changes stand in the way, they are named,
    and taken back too if you want; all of it happens, or nothing.

    \b
      eventrec undo
      eventrec undo -n                    say what would be taken back
      eventrec undo 12                    only change set 12 of the log
      eventrec undo 12 --with-later       and what was built upon it since
      eventrec undo --last 3              the last three commands
    """
    from eventrec.services.undo import undo as take_back

    if change_set and last:
        raise UsageError("A change set and --last are two different wishes.", "Leave out one of them.")
    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        taken = take_back(work.session, change_set or "", last=last or 1, with_later=with_later or app.can_ask)
        _ask(app, taken, "taken back", named=bool(change_set), with_later=with_later)
        _tell(app, taken, "Taken back", "Do it again: eventrec redo")


@redo_app.command()
def redo(
    ctx: typer.Context,
    change_set: _ChangeSet = None,
    with_later: _WithLater = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Do again what the last undo took back, or the change set with that number in the log.

    \b
      eventrec redo
      eventrec redo 12
    """
    from eventrec.services.undo import redo as do_again

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        taken = do_again(work.session, change_set or "", with_later=with_later or app.can_ask)
        _ask(app, taken, "done again", named=bool(change_set), with_later=with_later)
        _tell(app, taken, "Done again", "Take it back: eventrec undo")


def _ask(app: App, taken: Taken, what: str, *, named: bool, with_later: bool) -> None:
    """Ask, where there is somebody to ask, before a change set goes that is not simply the last one."""
    if taken.later and not with_later:
        app.confirm(
            f"Later changes stand in the way of change set {taken.wanted[0].id} and would be taken back first:\n"
            + "\n".join(f"  {told}" for told in taken.later)
            + f"\nThen it would be {what}. Go on?",
            yes=False,
        )
    elif named and app.can_ask and not with_later:
        app.confirm(f"Change set {taken.wanted[0]}\nwill be {what}. Go on?", yes=False)


def _tell(app: App, taken: Taken, what: str, next_command: str) -> None:
    for told in taken.later:
        app.say(f"Taken back first: change set {told.id} of {told.moment} by {told.actor}.")
        app.say(f"  {told.command}")
    for told in taken.wanted:
        app.say(f"{what}: change set {told.id} of {told.moment} by {told.actor}.")
        app.say(f"  {told.command}")
    several = len(taken.wanted) + len(taken.later) > 1
    app.say(f"  {next_command}" + (f" {taken.wanted[0].id}" if several else ""))
