"""Names and options of what `add` and `edit` write into a record."""

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
    PROJECT_STATUSES,
    ROLES,
    SEXES,
    SOURCES,
)

# What it is called
NewNames = Annotated[list[str] | None, typer.Argument(metavar="[NAME…]", help="A new name, once per language.")]
Titles = Annotated[
    list[str], typer.Argument(metavar="TITLE…", help='The title, once per language: "Workshop" 研讨会 or fr=Atelier.')
]
NewTitles = Annotated[list[str] | None, typer.Argument(metavar="[TITLE…]", help="A new title, once per language.")]

# Fields of an event
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help="2024-10-17, 17-18 Oct 2024, 2024年10月17日; “none” when not known."),
]
DateNote = Annotated[str | None, typer.Option("--date-note", metavar="TEXT", help="What is known: mid-March.")]
Time = Annotated[str | None, typer.Option("--time", metavar="HOURS", help="Hours of each day: 09:00-17:00.")]
TimeZone = Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Asia/Shanghai; else the city's.")]
Days = Annotated[int | None, typer.Option("--days", metavar="N", help="Working days, when not all from first to last.")]
Kind = Annotated[str | None, word(EVENT_KINDS, "--kind", help="What it is.")]
Status = Annotated[str | None, word(EVENT_STATUSES, "--status", help="Where it stands.")]
Modality = Annotated[str | None, word(MODALITIES, "--modality", help="In the room, online or both.")]
City = Annotated[list[str] | None, typer.Option("--city", metavar="CITY", help="City, once per language.")]
Country = Annotated[
    str | None, typer.Option("--country", metavar="COUNTRY", help="Code or name, in English or Chinese.")
]
Venue = Annotated[
    list[str] | None, typer.Option("--venue", metavar="NAME", help="Building or room, once per language.")
]
Address = Annotated[str | None, typer.Option("--address", metavar="TEXT", help="Street address.")]
Coordinates = Annotated[str | None, typer.Option("--at", metavar="LAT,LON", help="Coordinates: 39.9042,116.4074.")]
OnlineUrl = Annotated[str | None, typer.Option("--online-url", metavar="URL", help="Where to join online.")]
SourceUrl = Annotated[str | None, typer.Option("--source-url", metavar="URL", help="Where it was published.")]
Topics = Annotated[
    list[str] | None, typer.Option("--topic", metavar="TOPIC", help="What it is about; may be repeated.")
]
Description = Annotated[
    list[str] | None, typer.Option("--description", metavar="TEXT", help="What happens there, once per language.")
]
Results = Annotated[
    list[str] | None, typer.Option("--results", metavar="TEXT", help="What came of it, once per language.")
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="For yourselves; never exported to calendars.")
]
CardNote = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="For yourselves; contact cards have it, calendars never.")
]
Contact = Annotated[str | None, record("contact", "--contact", help="Whom to ask about it.")]
Shares = Annotated[
    list[str] | None,
    record(
        "project",
        "--project",
        metavar="CODE[=SHARE]",
        help="Who pays, with the share of the cost in %: MMSP-III=60; may be repeated.",
    ),
]
NoProjects = Annotated[list[str] | None, record("project", "--no-project", help="Does not pay any more.")]
Organizers = Annotated[list[str] | None, record("agency", "--organizer", help="Who organizes it; may be repeated.")]
CoOrganizers = Annotated[
    list[str] | None, record("agency", "--co-organizer", help="Who helps to organize it; may be repeated.")
]
Hosts = Annotated[list[str] | None, record("agency", "--host", help="Who hosts it; may be repeated.")]
Facilitators = Annotated[
    list[str] | None, record("agency", "--facilitator", help="Who facilitates it; may be repeated.")
]
NotVisits = Annotated[bool, typer.Option("--not-visits", help="Leave the site visits as they are.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; calendars show it.")]

# Fields of agencies, projects, contacts and participants
AgencyKind = Annotated[str | None, word(AGENCY_KINDS, "--kind", help="What it is.")]
RetentionMonths = Annotated[
    str | None,
    typer.Option(
        "--retention-months",
        metavar="N",
        help="Months after its end for which its people are kept; “book”: as many as the book says.",
    ),
]
ProjectStatus = Annotated[str | None, word(PROJECT_STATUSES, "--status", help="Where it stands.")]
Sex = Annotated[str | None, word(SEXES, "--sex", help="Sex.")]
Role = Annotated[str | None, word(ROLES, "--role", help="What they do there.")]
ParticipationStatus = Annotated[str | None, word(PARTICIPATION_STATUSES, "--status", help="Where they stand.")]
ParticipationModality = Annotated[
    str | None, word(PARTICIPATION_MODALITIES, "--modality", help="In the room or online.")
]
Source = Annotated[str | None, word(SOURCES, "--source", help="Where the information is from.")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name; may be repeated.")]
Emails = Annotated[
    list[str] | None, typer.Option("--email", metavar="ADDRESS", help="E-mail address; may be repeated.")
]
Phones = Annotated[list[str] | None, typer.Option("--phone", metavar="NUMBER", help="Phone number; may be repeated.")]
FromDay = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Since when; the old one is kept.")]
Correct = Annotated[bool, typer.Option("--correct", help="The old one was a mistake: overwrite it.")]
Agency = Annotated[str | None, record("agency", "--agency", help="Where the person works.")]
Position = Annotated[
    list[str] | None, typer.Option("--position", metavar="TEXT", help="Position there, once per language.")
]
Unit = Annotated[str | None, typer.Option("--unit", metavar="TEXT", help="Department or office.")]
