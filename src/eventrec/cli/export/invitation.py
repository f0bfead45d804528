"""`eventrec export invitation`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.disclosing import GivenTo, Purpose
from eventrec.cli.export.app import export_app
from eventrec.errors import UsageError


@export_app.command()
def invitation(
    ctx: typer.Context,
    event: opt.EventArgument,
    to: Annotated[
        list[str] | None, opt.record("contact", "--to", help="Whom to invite, or to call off; may be repeated.")
    ] = None,
    all_participants: Annotated[
        bool, typer.Option("--all-participants", help="Everybody by name on the event's list who is expected.")
    ] = False,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="Made when it is not there.")] = "",
    organizer: Annotated[
        str,
        typer.Option("--organizer", metavar="ADDRESS", help="Who invites and is answered to; else as recorded."),
    ] = "",
    with_visits: Annotated[
        bool, typer.Option("--with-visits", help="The event's site visits too, each as a message of its own.")
    ] = False,
    lang: Annotated[str, opt.word(("en", "zh", "both"), "--lang", help="Language of the message.")] = "both",
    utc: Annotated[bool, typer.Option("--utc", help="Hours in UTC, for programs that know no time zones.")] = False,
    force: opt.Force = False,
    given_to: GivenTo = None,
    purpose: Purpose = None,
) -> None:
    """Write invitations as drafts (.eml) to open in a mail program and send, and as calendar files (.ics).

    \b
      eventrec export invitation 1 --to 李娜 -o mail/
      eventrec export invitation 1 --all-participants -o mail/
    """
    from eventrec.cli.invitations import write_invitations

    if bool(to) == all_participants:
        raise UsageError("Who is to be invited?", "Say --to CONTACT, or --all-participants.")
    if not output:
        raise UsageError("Where shall the messages go?", "Name a folder with -o.")
    write_invitations(app_of(ctx), event, Path(output), ctx.params)
