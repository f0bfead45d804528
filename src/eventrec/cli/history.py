"""`eventrec undo` and `redo`: taking change sets back, and doing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.telling import here
from eventrec.errors import UsageError
from eventrec.views.history import turning_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.services.undo import Taken

undo_app = typer.Typer(add_completion=False, rich_markup_mode=None)
redo_app = typer.Typer(add_completion=False, rich_markup_mode=None)


_ChangeSets = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CHANGE_SET]…", help="Numbers in the log: 12, or 12 14; or uids. None: the last one."),
]
_WithLater = Annotated[
    bool, typer.Option("--with-later", help="Take back later changes that stand in the way too, newest first.")
]


@undo_app.command()
def undo(
    ctx: typer.Context,
    change_sets: _ChangeSets = None,
    last: Annotated[
        int | None, typer.Option("--last", min=1, metavar="N", help="The last N commands, newest first.")
    ] = None,
    with_later: _WithLater = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Take the last command back, whatever it changed. Again: the one before. `redo` does it again.

    A number is that of one change set in the log, not how many; several go newest first. When later changes stand in
    the way, they are named, and taken back too if you want; all of it happens, or nothing.

    \b
      eventrec undo
      eventrec undo -n                    say what would be taken back
      eventrec undo 12                    only change set 12 of the log
      eventrec undo 12 --with-later       and what was built upon it since
      eventrec undo --last 3              the last three commands
    """
    from eventrec.services.undo import undo as take_back

    if change_sets and last:
        raise UsageError("A change set and --last are two different wishes.", "Leave out one of them.")
    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        along = with_later or app.can_ask
        each = [
            take_back(work.session, reference, last=last or 1, with_later=along)
            for reference in _in_order(change_sets, newest_first=True)
        ]
        taken = _together(each)
        _ask(app, taken, "taken back", named=bool(change_sets), with_later=with_later)
        _tell(app, taken, "Taken back")
        numbers = sorted(told.id for told in (*taken.wanted, *taken.later))
        app.say("  Do it again: " + _back(work, numbers, "redo"))


@redo_app.command()
def redo(
    ctx: typer.Context,
    change_sets: _ChangeSets = None,
    with_later: _WithLater = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Do again what the last undo took back, or the change sets with these numbers in the log, oldest first.

    \b
      eventrec redo
      eventrec redo 12
      eventrec redo 8 9 10                three, in one step: all of them, or none
    """
    from eventrec.services.undo import redo as do_again

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        along = with_later or app.can_ask
        each = [
            do_again(work.session, reference, with_later=along)
            for reference in _in_order(change_sets, newest_first=False)
        ]
        taken = _together(each)
        _ask(app, taken, "done again", named=bool(change_sets), with_later=with_later)
        _tell(app, taken, "Done again")
        numbers = [told.id for told in reversed(taken.wanted)] + sorted(told.id for told in taken.later)
        app.say("  Take it back: " + _back(work, numbers, "undo"))


def _ask(app: App, taken: Taken, what: str, *, named: bool, with_later: bool) -> None:
    """Ask, where there is somebody to ask, before a change set goes that is not simply the last one."""
    if taken.later and not with_later:
        app.confirm(
            f"Later changes stand in the way of {_named(taken)} and would be taken back first:\n"
            + "\n".join(f"  {told}" for told in taken.later)
            + f"\nThen it would be {what}. Go on?",
            yes=False,
        )
    elif named and app.can_ask and not with_later:
        what = "\n".join(f"Change set {told}" for told in taken.wanted) + f"\nwill be {what}"
        app.confirm(f"{what}. Go on?", yes=False)


def _named(taken: Taken) -> str:
    numbers = [str(told.id) for told in taken.wanted]
    return f"change set {numbers[0]}" if len(numbers) == 1 else f"change sets {', '.join(numbers)}"


def _in_order(references: Sequence[str] | None, *, newest_first: bool) -> list[str]:
    """Return what was named, numbers in the order in which they can be done; "" for the last command."""
    named = list(dict.fromkeys(references or [""]))
    if len(named) > 1 and all(each.removeprefix("#").isdigit() for each in named):
        named.sort(key=lambda each: int(each.removeprefix("#")), reverse=newest_first)
    return named


def _together(each: Sequence[Taken]) -> Taken:
    """Return all that was taken, in the order in which it was."""
    return each[0]._replace(
        wanted=[told for taken in each for told in taken.wanted],
        later=[told for taken in each for told in taken.later],
    )


def _back(work: Work, numbers: Sequence[int], verb: str) -> str:
    """Return the commands that turn it all back; the verb alone does it for one that was just done."""
    commands = turning_back(work.reader, numbers)
    return f"eventrec {verb}" if commands == [f"eventrec {verb} {numbers[0]}"] else " && ".join(commands)


def _tell(app: App, taken: Taken, what: str) -> None:
    told = [("Taken back first", each) for each in taken.later] + [(what, each) for each in taken.wanted]
    for words, each in told:
        app.say(f"{words}: change set {each.id} of {here(each.moment)} by {each.actor}.")
        app.say(f"  {each.command}")
