"""`eventrec demo`: a book of real records, to look around."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrec.cli.context import App, app_of
from eventrec.cli.output import give

demo_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@demo_app.command()
def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Made anew if the demo made it before.")] = Path(
        "eventrec-demo"
    ),
) -> None:
    """Make a book of real records in a folder, write its calendar, cards and lists, and show what it holds.

    \b
      eventrec demo
      eventrec demo /tmp/look-around
    """
    from eventrec.demo.make import TODAY, make
    from eventrec.reports.participants import participants
    from eventrec.views.criteria import ALL

    app = app_of(ctx)
    made = make(folder, app.say)
    shown = App(database=str(made.database), no_input=app.no_input, quiet=app.quiet, color=app.color)
    ctx.call_on_close(shown.close)
    typer.echo("Agenda\n")
    agenda = shown.reader.events(ALL, ("id", "starts_on", "ends_on", "title", "city", "status"))
    give(shown, agenda, {"format": "table", "lang": "both"})
    typer.echo()
    give(shown, participants(shown.reader, ALL, ["project"], today=TODAY.isoformat()), {"format": "table"})
    typer.echo(f"\nFiles: {', '.join(str(path) for path in made.written)}")
    typer.echo("\nTry next:")
    for command in (
        "event show 1",
        "report participants --project EXAMPLE --by agency,sex",
        "search 移民管理",
        "export participants --event 7 -o list.xlsx",
    ):
        typer.echo(f"  eventrec --database {made.database} {command}")
