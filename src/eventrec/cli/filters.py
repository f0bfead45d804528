"""Options that say which records a list, a report or an export is about; `criteria` reads them."""

from typing import Annotated

import typer

from eventrec.cli.options import record, word
from eventrec.vocabulary import (
    AGENCY_KINDS,
    EVENT_KINDS,
    EVENT_STATUSES,
    MODALITIES,
    PARTICIPATION_MODALITIES,
    PARTICIPATION_STATUSES,
    ROLES,
)

Event = Annotated[list[str] | None, record("event", "--event", help="This event; may be repeated.")]
Project = Annotated[
    list[str] | None, record("project", "--project", help="This project and its phases; may be repeated.")
]
Agency = Annotated[
    list[str] | None, record("agency", "--agency", help="This agency and its parts, in any role; may be repeated.")
]
Contact = Annotated[
    list[str] | None,
    record("contact", "--contact", help="This contact takes part, or is the one to ask; may be repeated."),
]
Person = Annotated[list[str] | None, record("contact", "--contact", help="This person; may be repeated.")]
Side = Annotated[list[str] | None, typer.Option("--side", metavar="SIDE", help="Reporting group: China, EU …")]
Kind = Annotated[list[str] | None, word(EVENT_KINDS, "--kind", help="Kind of event.")]
AgencyKind = Annotated[list[str] | None, word(AGENCY_KINDS, "--kind", help="Kind of agency.")]
City = Annotated[list[str] | None, typer.Option("--city", metavar="CITY", help="City of the event.")]
Country = Annotated[list[str] | None, typer.Option("--country", metavar="COUNTRY", help="Country of the event.")]
AgencyCountry = Annotated[
    list[str] | None, typer.Option("--agency-country", metavar="COUNTRY", help="Country of the agency.")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day, inclusive.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day, inclusive.")]
During = Annotated[
    str | None, typer.Option("--during", metavar="PERIOD", help="A year, quarter or month: 2025, 2025-Q1, 2025-03.")
]
Text = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="These letters stand in the record.")]
Only = Annotated[bool, typer.Option("--only", help="Leave out the phases of projects and the parts of agencies.")]
EventStatus = Annotated[list[str] | None, word(EVENT_STATUSES, "--event-status", help="Status of the event.")]
EventModality = Annotated[list[str] | None, word(MODALITIES, "--event-modality", help="Modality of the event.")]
Status = Annotated[list[str] | None, word(EVENT_STATUSES, "--status", help="Status of the event.")]
Modality = Annotated[list[str] | None, word(MODALITIES, "--modality", help="Modality of the event.")]
Role = Annotated[list[str] | None, word(ROLES, "--role", help="Role of the participant.")]
Consent = Annotated[
    list[str] | None,
    typer.Option(
        "--consent", metavar="PURPOSE", help="Only people who agreed to it, validly today; several: to every one."
    ),
]
ParticipationStatus = Annotated[
    list[str] | None, word(PARTICIPATION_STATUSES, "--status", help="Status of the participant.")
]
ParticipationModality = Annotated[
    list[str] | None, word(PARTICIPATION_MODALITIES, "--modality", help="Modality of the participant.")
]
