"""Options that say which records a list, a report or an export is about, beside those of every answer."""

from typing import Annotated

import typer

from eventrec.cli.answering import *  # noqa: F403
from eventrec.cli.answering import reference, word
from eventrec.vocabulary import (
    AGENCY_KINDS,
    EVENT_KINDS,
    EVENT_STATUSES,
    MODALITIES,
    PARTICIPATION_MODALITIES,
    PARTICIPATION_STATUSES,
    ROLES,
    SEXES,
)

OfEvent = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="EVENT", help="This event; may be repeated.", autocompletion=reference("event")),
]
OfProject = Annotated[
    list[str] | None,
    typer.Option(
        "--project",
        metavar="PROJECT",
        help="This project and its phases; may be repeated.",
        autocompletion=reference("project"),
    ),
]
OfAgency = Annotated[
    list[str] | None,
    typer.Option(
        "--agency",
        metavar="AGENCY",
        help="This agency and its parts, in any role; may be repeated.",
        autocompletion=reference("agency"),
    ),
]
OfContact = Annotated[
    list[str] | None,
    typer.Option(
        "--contact",
        metavar="CONTACT",
        help="This contact takes part, or is the one to ask; may be repeated.",
        autocompletion=reference("contact"),
    ),
]
OfSide = Annotated[list[str] | None, typer.Option("--side", metavar="SIDE", help="Reporting group: China, EU …")]
OfKind = Annotated[list[str] | None, word(EVENT_KINDS, "--kind", help="Kind of event.")]
OfAgencyKind = Annotated[list[str] | None, word(AGENCY_KINDS, "--kind", help="Kind of agency.")]
OfCity = Annotated[list[str] | None, typer.Option("--city", metavar="CITY", help="City of the event.")]
OfCountry = Annotated[list[str] | None, typer.Option("--country", metavar="COUNTRY", help="Country of the event.")]
OfAgencyCountry = Annotated[
    list[str] | None, typer.Option("--agency-country", metavar="COUNTRY", help="Country of the agency.")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day, inclusive.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day, inclusive.")]
During = Annotated[
    str | None, typer.Option("--during", metavar="PERIOD", help="A year, quarter or month: 2025, 2025-Q1, 2025-03.")
]
Text = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="These letters stand in the record.")]
Only = Annotated[bool, typer.Option("--only", help="Leave out the phases of projects and the parts of agencies.")]
OfEventStatus = Annotated[list[str] | None, word(EVENT_STATUSES, "--event-status", help="Status of the event.")]
OfEventModality = Annotated[list[str] | None, word(MODALITIES, "--event-modality", help="Modality of the event.")]
OfStatus = Annotated[list[str] | None, word(EVENT_STATUSES, "--status", help="Status of the event.")]
OfModality = Annotated[list[str] | None, word(MODALITIES, "--modality", help="Modality of the event.")]
OfRole = Annotated[list[str] | None, word(ROLES, "--role", help="Role of the participant.")]
OfConsent = Annotated[
    list[str] | None,
    typer.Option(
        "--consent", metavar="PURPOSE", help="Only people who agreed to it, validly today; several: to every one."
    ),
]
OfSex = Annotated[list[str] | None, word(SEXES, "--sex", help="Sex.")]
OfParticipationStatus = Annotated[
    list[str] | None, word(PARTICIPATION_STATUSES, "--status", help="Status of the participant.")
]
OfParticipationModality = Annotated[
    list[str] | None, word(PARTICIPATION_MODALITIES, "--modality", help="Modality of the participant.")
]
