"""`eventrec search`: find a word in all records."""

from typing import Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.output import give

search_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@search_app.command()
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TEXT…", help="Part of a word is enough, in any language.")],
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="At most this many.", min=1)] = 200,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
) -> None:
    """Find events, agencies, contacts and projects by a part of their names, codes, aliases or e-mails.

    \b
      eventrec search 移民管理
      eventrec search zaitsev
    """
    from eventrec.text.names import normalise

    app = app_of(ctx)
    text = " ".join(words)
    found = app.reader.search(normalise(text), limit)
    if not len(found):
        app.warn(f"Nothing holds “{text}”.")
    if len(found) == limit:
        app.warn(f"These are the first {limit}; more with --limit.")
    give(app, found, ctx.params)
