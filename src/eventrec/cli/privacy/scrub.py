"""`eventrec privacy scrub`: old words of a text taken out of the history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.privacy.app import privacy_app
from eventrec.cli.telling import counted
from eventrec.errors import NotFound, UsageError

if TYPE_CHECKING:
    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.services.forget.scrub import Scrubbed

_NUMBER: Final = re.compile(r"#?(\d{1,18})")
_FOUND_BY_NAME: Final = ("event", "visit", "agency", "project", "contact", "participant")


@privacy_app.command()
def scrub(
    ctx: typer.Context,
    noun: Annotated[str, typer.Argument(metavar="NOUN", help="event, visit, agency, project, contact, participant …")],
    reference: Annotated[str, typer.Argument(metavar="REF", help="Its number; of a record with a name also that.")],
    fields: Annotated[list[str], typer.Argument(metavar="FIELD…", help="The texts: results, description, note …")],
    dry_run: opt.DryRun = False,
    yes: opt.Yes = False,
) -> None:
    """Take the old words of texts out of the history for good: everywhere they read as they read now.

    For a text that named somebody who was forgotten, after the name was edited out of it.

    \b
      eventrec event edit 4 --results "Opened by the host."
      eventrec privacy scrub event 4 results
    """
    from eventrec.services.forget.scrub import NOUNS
    from eventrec.services.forget.scrub import scrub as scrub_texts

    app = app_of(ctx)
    if noun not in NOUNS:
        raise UsageError(f"“{noun}” is no kind of record with texts.", f"Choose one of: {', '.join(NOUNS)}.")
    names = list(dict.fromkeys(name.replace("-", "_") for name in fields))
    with app.writing(dry_run=dry_run) as work:
        number, label = _find(work, noun, reference)
        what = f"{' and '.join(name.replace('_', ' ') for name in names)} of {noun} {number}{label}"
        done = scrub_texts(work.session, noun, number, names)
        if not done.entries:
            app.say(f"The history says nothing else of {what}; nothing was changed.")
            return
        entries = counted(done.entries, "entry", "entries")
        app.confirm(
            f"What {what} said before will be erased from {entries} of the history for good; this cannot be taken back."
            " It stays as it is now. Go on?",
            yes=yes,
        )
        lines = counted(done.commands, "command line")
        app.say(f"The history of {what} has no other words any more: {entries}, {lines}.")
    if not dry_run:
        _clean(app, done)


def _find(work: Work, noun: str, reference: str) -> tuple[int, str]:
    """Return the number of a record, and how it is called; parts of records have a number alone."""
    if noun in _FOUND_BY_NAME:
        found = work.find(noun, reference)
        return found.id, f", {found.label}"
    number = _NUMBER.fullmatch(reference.strip())
    if number is None:
        raise NotFound(noun, reference)
    return int(number[1]), ""


def _clean(app: App, done: Scrubbed) -> None:
    """Take the old words out of the book's own files too, and say what came of it."""
    from eventrec import connection
    from eventrec.services.forget.files import clean

    app.book.close()
    cleaned = clean(app.settings.database, done.octets)
    if cleaned.why:
        app.warn(f"The old words may stand in the book's files for a while: {cleaned.why}.")
    elif connection.is_postgresql(app.settings.database):
        app.say("The tables were written anew. The server's log of changes (WAL), its standbys and backups may hold")
        app.say("  the old words until they are overwritten; ask who runs the server.")
    elif cleaned.found:
        app.say(f"{', '.join(cleaned.found)} was written anew. What is like it there is part of other records' words.")
    else:
        app.say(f"Searched: {', '.join(cleaned.searched)}. Nothing of the old words is left there.")
    app.say("  Backups and files that were written before still have them.")
