"""Who may do what with a team's book."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.db.app import db_app

LEVELS: Final = ("reader", "writer", "manager", "nothing")
"""Those of `db.rights`, which is not imported for the help; a test holds them equal."""


def _level(text: str) -> str:
    if text not in LEVELS:
        raise typer.BadParameter(f"“{text}” is none of: {', '.join(LEVELS)}.")
    return text


@db_app.command()
def grant(
    ctx: typer.Context,
    level: Annotated[
        str,
        typer.Argument(
            metavar="LEVEL",
            parser=_level,
            autocompletion=opt.offered(LEVELS),
            help="reader: counts, no person. writer: all but forgetting people. manager: all but the schema. nothing.",
        ),
    ],
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A role of the PostgreSQL server.")],
    apply: Annotated[bool, typer.Option("--apply", help="Run the statements; without it they are printed.")] = False,
) -> None:
    """Say, or with --apply give, the rights on a book on PostgreSQL that a role needs; what it had goes first.

    \b
      eventrec db grant reader powerbi                    the SQL, to look at or for psql
      eventrec db grant writer anna --apply
      eventrec db grant nothing anna --apply              she has left the team
    """
    from eventrec.db.grants import grant as give

    app = app_of(ctx)
    given = give(app.settings.database, level, role, apply=apply)
    if not apply:
        app.put("BEGIN;")
        for statement in given.statements:
            app.put(f"{statement};")
        app.put("COMMIT;")
        app.say("Nothing was changed. The owner of the book runs this with psql, or repeats the command with --apply.")
        return
    app.say(f"The role {role} is now {level if level == 'nothing' else f'a {level}'}{_MEANINGS[level]}.")
    for more in given.beyond:
        app.warn(f"But it still may, through another role or PUBLIC: {more}")


_MEANINGS: Final = {
    "reader": ": it sees events, agencies, projects and every number, and nobody's name",
    "writer": ": it records, edits, removes, imports and takes back",
    "manager": ": a writer who may also forget people",
    "nothing": " to this book: it may not read it",
}
