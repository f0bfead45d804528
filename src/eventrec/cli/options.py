"""Options that more than one command has, each named once: these, those of criteria and those of every answer."""

from typing import Annotated

import typer

from eventrec.cli.narrowing import *  # noqa: F403
from eventrec.cli.narrowing import reference, word
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

# Records that a command is about
EventArgument = Annotated[
    str,
    typer.Argument(metavar="EVENT", help="Its number, or the start of its title.", autocompletion=reference("event")),
]
VisitArgument = Annotated[
    str,
    typer.Argument(metavar="VISIT", help="Its number, or the start of its title.", autocompletion=reference("visit")),
]
AgencyArgument = Annotated[
    str, typer.Argument(metavar="AGENCY", help="Its code, number or name.", autocompletion=reference("agency"))
]
ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="Its code, number or name.", autocompletion=reference("project"))
]
ContactArgument = Annotated[
    str, typer.Argument(metavar="CONTACT", help="Name, number or e-mail.", autocompletion=reference("contact"))
]
Names = Annotated[
    list[str], typer.Argument(metavar="NAME…", help='The name, once per language: "Ministry" 部 or fr=Ministère.')
]
NewNames = Annotated[list[str] | None, typer.Argument(metavar="[NAME…]", help="A new name, once per language.")]
Titles = Annotated[
    list[str], typer.Argument(metavar="TITLE…", help='The title, once per language: "Workshop" 研讨会 or fr=Atelier.')
]
NewTitles = Annotated[list[str] | None, typer.Argument(metavar="[TITLE…]", help="A new title, once per language.")]

# How a change is made
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Check everything, save nothing.")]
Again = Annotated[bool, typer.Option("--again", help="The person was forgotten, and agreed to be in the book again.")]
FromProposal = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE|-", help="A proposal that eventrec draft wrote; everything stands in it."),
]
Twice = Annotated[
    bool, typer.Option("--twice", help="Though this release, or an event of that title and day, is in the book.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
IfVersion = Annotated[
    int | None, typer.Option("--if-version", metavar="N", help="Only if the record still has this version.")
]

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
Topics = Annotated[list[str] | None, typer.Option("--topic", metavar="TOPIC", help="May be repeated.")]
Description = Annotated[list[str] | None, typer.Option("--description", metavar="TEXT", help="Once per language.")]
Results = Annotated[list[str] | None, typer.Option("--results", metavar="TEXT", help="Once per language.")]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="For yourselves; never exported to calendars.")
]
CardNote = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="For yourselves; contact cards have it, calendars never.")
]
ContactOption = Annotated[
    str | None,
    typer.Option("--contact", metavar="CONTACT", help="Whom to ask about it.", autocompletion=reference("contact")),
]
Shares = Annotated[
    list[str] | None,
    typer.Option(
        "--project",
        metavar="CODE[=SHARE]",
        help="Who pays, with the share of the cost in %: MMSP-III=60. May be repeated.",
        autocompletion=reference("project"),
    ),
]
NoProjects = Annotated[
    list[str] | None,
    typer.Option("--no-project", metavar="PROJECT", help="Does not pay any more.", autocompletion=reference("project")),
]
Organizers = Annotated[
    list[str] | None,
    typer.Option("--organizer", metavar="AGENCY", help="May be repeated.", autocompletion=reference("agency")),
]
CoOrganizers = Annotated[
    list[str] | None,
    typer.Option("--co-organizer", metavar="AGENCY", help="May be repeated.", autocompletion=reference("agency")),
]
Hosts = Annotated[
    list[str] | None,
    typer.Option("--host", metavar="AGENCY", help="May be repeated.", autocompletion=reference("agency")),
]
Facilitators = Annotated[
    list[str] | None,
    typer.Option("--facilitator", metavar="AGENCY", help="May be repeated.", autocompletion=reference("agency")),
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
Emails = Annotated[list[str] | None, typer.Option("--email", metavar="ADDRESS", help="May be repeated.")]
Phones = Annotated[list[str] | None, typer.Option("--phone", metavar="NUMBER", help="May be repeated.")]
FromDay = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Since when; the old one is kept.")]
Correct = Annotated[bool, typer.Option("--correct", help="The old one was a mistake: overwrite it.")]
AgencyOption = Annotated[
    str | None,
    typer.Option("--agency", metavar="AGENCY", help="Where the person works.", autocompletion=reference("agency")),
]
PositionOption = Annotated[
    list[str] | None, typer.Option("--position", metavar="TEXT", help="Position there, once per language.")
]
Unit = Annotated[str | None, typer.Option("--unit", metavar="TEXT", help="Department or office.")]

# Records that may be one
NotSame = Annotated[
    tuple[str, str] | None,
    typer.Option("--not-same", metavar="A B", help="Remember that these two are not the same."),
]
Prefer = Annotated[
    list[str] | None,
    typer.Option(
        "--prefer", metavar="keep|other|WHAT=…", help="Which one is right, for all clashes or for one: sex=other."
    ),
]
