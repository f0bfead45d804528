"""`eventrec privacy forget-actor`: who did what, without a name that is a forgotten person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.privacy.app import privacy_app
from eventrec.cli.telling import counted

if TYPE_CHECKING:
    from eventrec.cli.context import App


@privacy_app.command("forget-actor")
def forget_actor(
    ctx: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="As the history has it: EVENTREC_USER, or the system's user.")
    ],
    dry_run: opt.DryRun = False,
    yes: opt.Yes = False,
) -> None:
    """Let somebody who worked in this book be nobody in its history: “[forgotten]” stands where the name stood.

    For somebody who was forgotten already; before that, give it to contact forget (--actor).

    \b
      eventrec privacy forget-actor zquux
    """
    from eventrec.services.forget.actors import forget_actors

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        number = forget_actors(work.session, names)
        if not number:
            app.say("The history names nobody of that name at work; nothing was changed.")
            return
        changes = counted(number, "change")
        app.confirm(f"Who made {changes} will be erased for good; this cannot be taken back. Go on?", yes=yes)
        app.say(f"Erased who made {changes}.")
    if not dry_run:
        _clean(app, names)


def _clean(app: App, names: list[str]) -> None:
    from eventrec import connection
    from eventrec.services.forget.files import clean

    app.book.close()
    cleaned = clean(app.settings.database, [name.encode() for name in names])
    if cleaned.why:
        app.warn(f"The name may stand in the book's files for a while: {cleaned.why}.")
    elif connection.is_postgresql(app.settings.database):
        app.say("The tables and the planner's statistics were written anew. The server's log of changes (WAL), its")
        app.say("  standbys and backups may hold the name until they are overwritten; ask who runs the server.")
    elif cleaned.found:
        app.say(f"{', '.join(cleaned.found)} holds the name still, as part of other records' words.")
    else:
        app.say(f"Searched: {', '.join(cleaned.searched)}. The name is not left there.")
    app.say("  Backups and files that were written before still have it.")
