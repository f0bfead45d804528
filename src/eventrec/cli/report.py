"""`eventrec report`: participants, events and contacts, counted."""

from typing import Annotated

import typer

from eventrec.cli import filters, telling
from eventrec.cli import options as opt
from eventrec.cli.context import app_of
from eventrec.cli.criteria import criteria_of
from eventrec.errors import UsageError
from eventrec.reports.roll_up import ROLL_UPS
from eventrec.vocabulary import COUNTED_ROLES, ROLES

report_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="""Participants, events, contacts, counted.

\b
  eventrec report participants --by agency
  eventrec report events --during 2024 -o events.xlsx
""",
)

DIMENSIONS = (
    "event", "project", "agency", "side", "country", "kind", "modality", "role", "sex", "year", "quarter", "month",
)  # fmt: skip

_RollUp = Annotated[
    str | None,
    opt.word(ROLL_UPS, "--roll-up", help="Count agencies under their last successors, or their topmost wholes."),
]


@report_app.command()
def participants(
    ctx: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DIM,DIM", help=f"One row for each of: {', '.join(DIMENSIONS)}.")
    ] = None,
    expected: Annotated[bool, typer.Option("--expected", help="Who registered for what is to come.")] = False,
    roles: Annotated[
        str | None,
        typer.Option("--roles", metavar="ROLE,ROLE", help=f"Roles that count, not {', '.join(COUNTED_ROLES)}."),
    ] = None,
    with_own_staff: Annotated[
        bool, typer.Option("--with-own-staff", help="Count the implementers' people too.")
    ] = False,
    roll_up: _RollUp = None,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    kind: filters.Kind = None,
    role: filters.Role = None,
    status: filters.ParticipationStatus = None,
    modality: filters.ParticipationModality = None,
    event_status: filters.EventStatus = None,
    event_modality: filters.EventModality = None,
    city: filters.City = None,
    country: filters.Country = None,
    agency_country: filters.AgencyCountry = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """Count who took part in held events; the rule is printed under the table.

    \b
      eventrec report participants --by agency
      eventrec report participants --project MMSP-III --by quarter,sex -o summary.xlsx
      eventrec report participants --expected --by event
    """
    from eventrec.reports.participants import participants as count

    app = app_of(ctx)
    answer = count(
        app.reader,
        criteria_of(app, ctx.params),
        _words(by, DIMENSIONS, "dimension"),
        expected=expected,
        roles=_words(roles, ROLES, "role") or COUNTED_ROLES,
        with_own_staff=with_own_staff,
        roll_up=roll_up or "",
        today=app.day.isoformat(),
    )
    telling.report(app, answer, ctx.params)


def _words(text: str | None, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))
    for word in words:
        if word not in known:
            raise UsageError(f"“{word}” is no {what}.", f"Choose among: {', '.join(known)}.")
    return words


@report_app.command()
def events(
    ctx: typer.Context,
    roll_up: _RollUp = None,
    event: filters.Event = None,
    project: filters.Project = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    contact: filters.Contact = None,
    kind: filters.Kind = None,
    status: filters.Status = None,
    modality: filters.Modality = None,
    city: filters.City = None,
    country: filters.Country = None,
    agency_country: filters.AgencyCountry = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List events as planned and as they were, with their numbers; cancelled and undated ones too.

    \b
      eventrec report events --during 2024 -o events.xlsx
    """
    from eventrec.reports.events import events as list_events

    app = app_of(ctx)
    criteria = criteria_of(app, ctx.params, status="event_status", modality="event_modality")
    telling.report(app, list_events(app.reader, criteria, roll_up=roll_up or ""), ctx.params)


@report_app.command()
def contacts(
    ctx: typer.Context,
    contact: filters.Person = None,
    agency: filters.Agency = None,
    side: filters.Side = None,
    agency_country: filters.AgencyCountry = None,
    event: filters.Event = None,
    project: filters.Project = None,
    kind: filters.Kind = None,
    city: filters.City = None,
    country: filters.Country = None,
    since: filters.Since = None,
    until: filters.Until = None,
    during: filters.During = None,
    text: filters.Text = None,
    only: filters.Only = False,
    as_of: opt.AsOf = None,
    lang: opt.Language = "any",
    format: opt.Format = None,
    output: opt.Output = None,
    force: opt.Force = False,
    for_excel: opt.ForExcel = False,
) -> None:
    """List contacts with agency and position today, and the events they took part in.

    \b
      eventrec report contacts --project MMSP-III -o contacts.xlsx
    """
    from eventrec.reports.contacts import contacts as list_contacts

    app = app_of(ctx)
    telling.report(app, list_contacts(app.reader, criteria_of(app, ctx.params)), ctx.params)
