"""`eventrec privacy consent` and `consents`: what people agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrec.cli import filters
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.cli.output import give, nothing
from eventrec.cli.privacy.app import privacy_app
from eventrec.errors import Rejected, UsageError

if TYPE_CHECKING:
    import datetime

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.models import Consent

_Purpose = Annotated[
    str, typer.Argument(metavar="PURPOSE", help="What for: photographs, “contact list”. Capitals do not matter.")
]
_Date = Annotated[str | None, typer.Option("--date", metavar="DATE", help="Day of the answer; else today.")]
_Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="TEXT",
        help="Where it is written down, which a new answer must say: “sign-in sheet of event 4”.",
    ),
]
_Refused = Annotated[
    bool | None, typer.Option("--refused/--given", help="The answer; without it: given.", show_default=False)
]
_Withdrawn = Annotated[
    str | None, typer.Option("--withdrawn", metavar="DATE", help="First day without the consent, which was taken back.")
]
_Correct = Annotated[bool, typer.Option("--correct", help="Overwrite the answer of that day, or the only one.")]
_Remove = Annotated[bool, typer.Option("--remove", help="Remove the answer of that day, or the only one.")]

_COLUMNS = ("contact_id", "contact", "purpose", "answer", "answered_on", "withdrawn_on", "source", "valid")


@privacy_app.command()
def consent(
    ctx: typer.Context,
    contact: opt.ContactArgument,
    purpose: _Purpose,
    date: _Date = None,
    source: _Source = None,
    refused: _Refused = None,
    withdrawn: _Withdrawn = None,
    correct: _Correct = False,
    remove: _Remove = False,
    dry_run: opt.DryRun = False,
) -> None:
    """Record what a person answered when asked whether data may be used for a purpose.

    \b
      eventrec privacy consent 李娜 photographs --date 2025-05-03 --source "sign-in sheet of event 4"
      eventrec privacy consent 李娜 photographs --withdrawn 2025-07-01
      eventrec privacy consent 12 "contact list" --refused --source "e-mail of 3 May 2025"
      eventrec privacy consent 12 "contact list" --remove
    """
    from eventrec.services.consent import say

    app = app_of(ctx)
    with app.writing(dry_run=dry_run) as work:
        found = work.find("contact", contact)
        what, row = _done(app, work, found.id, ctx.params)
        app.say(f"Contact {found.id}, {found.label}: {what} “{row.purpose}”: {say(row)}.")
        app.say("  Back again: eventrec undo")


def _done(app: App, work: Work, number: int, options: dict[str, Any]) -> tuple[str, Consent]:
    """Do what the options ask for; returns what was done in words, and the answer."""
    from eventrec.services import consent as consents
    from eventrec.text.names import clean

    if not options["purpose"].strip():
        raise Rejected("The purpose is empty.", "Say what the data may be used for: photographs.")
    purpose = clean(options["purpose"], "purpose", 200)
    date, withdrawn = _day(app, options["date"]), _day(app, options["withdrawn"])
    source = clean(options["source"], "source", 500) if options["source"] else None
    refused = options["refused"]
    if refused and withdrawn:
        raise UsageError("A refusal cannot be withdrawn: nothing was given.", "Leave out --refused or --withdrawn.")
    if options["remove"]:
        if source or withdrawn or refused is not None or options["correct"]:
            raise UsageError("--remove removes an answer and says nothing else.", "Leave out the others but --date.")
        return "removed", consents.remove(work.session, number, purpose=purpose, answered_on=date)
    if options["correct"]:
        changes = {"source": source, "withdrawn_on": withdrawn, "answer": _ANSWERS.get(refused)}
        given = {name: value for name, value in changes.items() if value is not None}
        return "corrected", consents.correct(work.session, number, purpose=purpose, changes=given, answered_on=date)
    if withdrawn and not source and not date and refused is None:
        return "withdrawn", consents.withdraw(work.session, number, purpose=purpose, withdrawn_on=withdrawn)
    if not source:
        raise UsageError("Where is the answer written down?", "Say --source “sign-in sheet of event 4”.")
    row = consents.add(
        work.session,
        number,
        purpose=purpose,
        answer="refused" if refused else "given",
        answered_on=date or app.today,
        withdrawn_on=withdrawn,
        source=source,
    )
    return "recorded", row


_ANSWERS: dict[bool | None, str] = {True: "refused", False: "given"}


def _day(app: App, text: str | None) -> datetime.date | None:
    """Return a day that has come. Raises UsageError for one that has not."""
    from eventrec.values import day

    found = day(app, text)
    if found and found > app.today:
        raise UsageError(f"{found} has not come yet.", "Record it on that day, or correct the date.")
    return found


@privacy_app.command()
def consents(
    ctx: typer.Context,
    contact: filters.Person = None,
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="PURPOSE", help="Only about this one.")] = None,
    missing: Annotated[
        bool, typer.Option("--missing", help="Instead: who has no valid consent for the --purpose today.")
    ] = False,
    agency: filters.Agency = None,
    event: filters.Event = None,
    project: filters.Project = None,
    only: filters.Only = False,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List what people answered, or who has not agreed.

    \b
      eventrec privacy consents --contact 李娜
      eventrec privacy consents --purpose photographs --event 4 --missing
    """
    from eventrec.reports import consents as reports
    from eventrec.views.consent import as_recorded, require

    app = app_of(ctx)
    criteria, today = criteria_of(app, ctx.params), app.today.isoformat()
    if missing:
        if purpose is None:
            raise UsageError("Missing for what?", "Say --purpose photographs.")
        wanted = as_recorded(app.reader, purpose)
        if wanted is None:
            app.warn(f"Nobody was ever asked about “{purpose}”.")
        give(app, reports.missing(app.reader, criteria, wanted or purpose, today), ctx.params, reports.MISSING)
        return
    table = reports.consents(app.reader, criteria, [require(app.reader, purpose)] if purpose else (), today)
    if not len(table):
        nothing(app, "consents", criteria.describe())
    give(app, table, ctx.params, _COLUMNS)
