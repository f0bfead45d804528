"""The command `eventrec draft`."""

from __future__ import annotations

from typing import Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of

draft_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@draft_app.command()
def draft(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="TXT, MD, HTML, DOCX or EML; - reads standard input.")],
    save: Annotated[
        bool, typer.Option("--save", help="Save it at once; exit 4 and nothing saved when anything is open.")
    ] = False,
    add_new: Annotated[
        bool, typer.Option("--add-new", help="Agencies that the book does not know are to be added to it.")
    ] = False,
    again: opt.Again = False,
    twice: opt.Twice = False,
    format: Annotated[
        str | None, opt.word(("text", "json"), "--format", "-f", help="For people, or for machines.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the proposal as TOML, to mend and add.")
    ] = None,
    force: opt.Force = False,
) -> None:
    """Read a news release and propose the record, each field with the words it was read from.

    At a terminal it asks: save, edit, or quit. Nothing is saved unless you say so.

    \b
      eventrec draft release.html
      eventrec draft release.txt -o proposal.toml
      eventrec event add --from proposal.toml
      pbpaste | eventrec draft - -f json
    """
    from eventrec.cli.draft.drafting import draft_release

    draft_release(app_of(ctx), file, ctx.params)
