"""Words about records: what a write saved, what a list shows, what a record holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import typer

from eventrec.cli.output import chosen, give, put
from eventrec.errors import NotAllowed, NotFound
from eventrec.table import Column, Report, Table, show_localized
from eventrec.views.columns import columns_of
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.localized import Localized
    from eventrec.models import Event
    from eventrec.table import Cell, Part, Stream
    from eventrec.views.criteria import Criteria

EVENT_KEYS: Final = (
    "id", "uid", "kind", "status", "status_reason", "title", "description", "starts_on", "ends_on", "date_note", "days",
    "start_time", "end_time", "timezone", "modality", "venue", "city", "country", "online_url", "topics", "contact",
    "contact_id", "parent", "replaces", "projects", "organizers", "sequence", "modified_at", "participants", "women",
    "men", "expected", "version",
)  # fmt: skip
"""The promised JSON keys of an event, in their order."""

AGENCY_KEYS: Final = (
    "id", "uid", "code", "name", "kind", "side", "country", "parent", "successor", "aliases", "website", "version",
)  # fmt: skip
CONTACT_KEYS: Final = (
    "id", "uid", "name", "honorific", "sex", "email", "emails", "phone", "agency", "position", "projects",
    "last_event_on", "version",
)  # fmt: skip
PROJECT_KEYS: Final = (
    "id", "uid", "code", "name", "parent", "contract_number", "starts_on", "ends_on", "status", "donors",
    "implementers", "managers", "events", "participants", "retention_months", "version",
)  # fmt: skip
PARTICIPANT_KEYS: Final = (
    "id", "event", "event_title", "starts_on", "agency", "agency_id", "agency_name", "label", "side", "country",
    "contact", "contact_id", "position", "sex", "role", "status", "modality", "women", "men", "other", "not_stated",
    "approximate", "days", "attended_days", "source", "counted", "answered_at",
    "forgotten", "version",
)  # fmt: skip

EVENT_COLUMNS: Final = ("id", "starts_on", "ends_on", "title", "kind", "city", "status", "projects", "participants")
VISIT_COLUMNS: Final = ("id", "parent", "starts_on", "ends_on", "title", "city", "status")
AGENCY_COLUMNS: Final = ("id", "code", "name", "kind", "side", "country", "parent")
CONTACT_COLUMNS: Final = ("id", "name", "agency", "position", "email", "phone", "last_event_on")
PROJECT_COLUMNS: Final = ("id", "code", "name", "parent", "starts_on", "ends_on", "donors", "events", "participants")
PARTICIPANT_COLUMNS: Final = (
    "id", "event", "starts_on", "agency", "contact", "label", "position", "role", "status", "modality", "women", "men",
    "other", "not_stated",
)  # fmt: skip

_OF_A_HASH: Final = 12
_FORGOTTEN: Final = {"en": "(forgotten)", "zh": "（已遗忘）"}

_VIEWS: Final = {
    "event": ("v_event", EVENT_KEYS),
    "agency": ("v_agency", AGENCY_KEYS),
    "contact": ("v_contact", CONTACT_KEYS),
    "project": ("v_project", PROJECT_KEYS),
    "participant": ("v_participation", PARTICIPANT_KEYS),
}
_HIDDEN: Final = (
    "search_text",
    "sort_key",
    "created_at",
    "uid",
    "version",
    "sequence",
    "own_staff",
    "measure",
    "dtstamp",
)


def event(app: App, work: Work, row: Event, what: str, *next_commands: str) -> None:
    """Tell that an event was saved: its number, title, dates with their weekdays, and where it stands."""
    from eventrec.text.dates import say_dates

    main = work.reader.main_language()
    noun = "visit" if row.parent_id else "event"
    app.saved(noun, row.id, what)
    hours = f", {row.start_time}–{row.end_time}" if row.end_time else f", {row.start_time}" if row.start_time else ""
    place = ", ".join(filter(None, (show_localized(row.city, main, "both"), row.country)))
    zone = f" ({row.timezone})" if row.start_time else ""
    app.say(f"  {row.title.both(main)}")
    app.say(f"  {say_dates(row.starts_on, row.ends_on)}{hours}{zone} · {row.status}" + (f" · {place}" if place else ""))
    for command in next_commands:
        app.say(f"  Next: {command}")


HELD: Final = {
    "event": ("event",),
    "agency": ("agency", "agencies"),
    "contact": ("contact",),
    "project": ("project",),
    "participation": ("participant row",),
    "change_set": ("change set",),
}
"""What a book is said to hold: tables, and what a row is called: one, and several."""


def held(rows: Mapping[str, int]) -> str:
    """Return what a book holds, in words, from the number of rows of each table: "2 events, 1 agency, …"."""
    return ", ".join(counted(rows.get(table, 0), *words) for table, words in HELD.items() if table in rows)


def here(moment: object) -> str:
    """Return a moment in UTC as the clock here shows it, with its zone: what people read on a screen."""
    from eventrec.text.moments import say_here

    return say_here(str(moment), datetime.astimezone)


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: "1 row", "2 agencies"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def changed(work: Work, before: int) -> str:
    """Return what an edit did to a record, by how many changes were recorded before it."""
    return "was changed" if work.recorded != before else "is as it was"


def undated(app: App, criteria: Criteria) -> None:
    """Name the events that a period left out because they have no date."""
    left_out = app.reader.undated(criteria)
    if not len(left_out):
        return
    main = app.reader.main_language()
    names = "; ".join(f"#{row['id']} {show_localized(row['title'], main)}" for row in left_out)
    app.warn(f"Left out, without a date: {names}.")


def named(code: str | None, name: Localized) -> str:
    """Return a record's code and its name in every language."""
    return f"{code} {name.both()}" if code else name.both()


def show(app: App, noun: str, reference: str, options: Mapping[str, Any]) -> None:
    """Show the record that a reference leads to."""
    from eventrec.views import references

    show_one(app, noun, references.find(app.reader, noun, reference).id, options)


def show_one(app: App, noun: str, number: int, options: Mapping[str, Any]) -> None:
    """Show one record: every field that is not empty for people, the promised keys for scripts."""
    view, keys = _VIEWS[noun]
    if chosen(options) not in ("table", "markdown") and (options.get("format") or options.get("output")):
        row = app.reader.one(view, noun, number, keys)
        columns = columns_of(view, keys)
        if noun == "event" and chosen(options) in ("json", "jsonl"):
            columns, row = (*columns, Column("sources", "list")), {**row, "sources": sources(app, number)}
        give(app, Table(columns, [tuple(row.values())]), options)
        return
    row = app.reader.one(view, noun, number)
    fields = _as_fields({**row, **_clocks(view, row), **_phones(row)}, app.reader.main_language())
    if noun == "contact":
        fields = Table(fields.columns, [*fields.rows, *_consents(app, number)])
    if noun == "event":
        said = [("drafted from", _source(each)) for each in sources(app, number)]
        fields = Table(fields.columns, [*fields.rows, *said])
    give(app, fields, {**options, "format": chosen(options)})


def sources(app: App, event_id: int) -> list[dict[str, Cell]]:
    """Return name, address and hash of the releases that an event was drafted from."""
    where = Where("event_id = :event", {"event": event_id})
    return list(app.reader.table("v_event_source", ("name", "url", "sha256"), where))


def _source(source: Mapping[str, Cell]) -> str:
    parts = [source["name"], source["url"], f"sha256 {str(source['sha256'])[:_OF_A_HASH]}…"]
    return ", ".join(str(part) for part in parts if part)


def give_sources(app: App, reference: str, noun: str = "event") -> None:
    """Give out the text of the releases that an event was drafted from. Raises NotFound when there is none."""
    from eventrec.views import references

    found = references.find(app.reader, noun, reference)
    texts = app.reader.table("v_event_source", ("text",), Where("event_id = :event", {"event": found.id}))
    if not len(texts):
        error = NotFound("release", reference)
        error.message = f"{noun.capitalize()} {found.id} was not drafted from a release."
        error.hint = f"See it: eventrec {noun} show {found.id}"
        raise error
    if any(row["text"] is None for row in texts):
        raise NotAllowed("Your role in the database may not see releases.", "Ask somebody who may.")
    put("\n".join(f"{row['text']}\n" for row in texts).encode())


def _clocks(view: str, row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the moments of a row as the clock here shows them."""
    moments = [column.name for column in columns_of(view, tuple(row)) if column.kind == "moment"]
    return {name: here(row[name]) for name in moments if row[name]}


def _phones(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the phone numbers of a person or an agency as they are written abroad."""
    kept = {name: row[name] for name in ("phone", "phones") if row.get(name)}
    if not kept:
        return {}
    from eventrec.text.phones import show_phone

    return {
        name: [show_phone(str(each)) for each in value] if isinstance(value, list) else show_phone(str(value))
        for name, value in kept.items()
    }


def _consents(app: App, number: int) -> list[tuple[Cell, ...]]:
    """Return a line for each purpose that a person was asked about."""
    from eventrec.reports.consents import latest

    lines: list[tuple[Cell, ...]] = []
    for answer in latest(app.reader, number):
        words = [f"{answer['answer']} on {answer['answered_on']}"]
        words += [f"withdrawn on {answer['withdrawn_on']}"] if answer["withdrawn_on"] else []
        words += [str(answer["source"])] if answer["source"] else []
        lines.append((f"consent: {answer['purpose']}", ", ".join(words)))
    return lines


def _as_fields(row: Mapping[str, Cell], main: str) -> Table:
    shown = [
        (name.replace("_", " "), _text(value, main))
        for name, value in row.items()
        if name not in _HIDDEN and value not in (None, "", [], {})
    ]
    return Table((Column("field"), Column("value")), shown)


def _text(value: Cell, main: str) -> str:
    if isinstance(value, dict):
        return show_localized(value, main, "both")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def show_event(app: App, reference: str, options: Mapping[str, Any], noun: str = "event") -> None:
    """Show one event, and for people its visits and who takes part."""
    from eventrec.views import references
    from eventrec.views.criteria import Criteria

    number = references.find(app.reader, noun, reference).id
    show_one(app, "event", number, options)
    if chosen(options) != "table" or options.get("output"):
        return
    visits = [row for row in app.reader.events(Criteria(event_ids=(number,)), EVENT_COLUMNS).rows if row[0] != number]
    people = app.reader.participants(Criteria(event_ids=(number,)), (*PARTICIPANT_COLUMNS, "forgotten"))
    shape = {"format": "table", "lang": options.get("lang")}
    if visits:
        typer.echo()
        give(app, Table(columns_of("v_event", EVENT_COLUMNS), visits), shape, EVENT_COLUMNS)
    if len(people):
        typer.echo()
        give_people(app, people, shape, [name for name in PARTICIPANT_COLUMNS if name not in ("event", "starts_on")])


def give_people(app: App, table: Table | Stream, options: Mapping[str, Any], columns: Sequence[str]) -> None:
    """Give out rows of participants; people read who was forgotten where the name stood, scripts have no name there."""
    if chosen(options) in ("table", "markdown"):
        at, gone = table.names.index("contact"), table.names.index("forgotten")

        def say(part: Part) -> Part:
            names = [dict(_FORGOTTEN) if is_gone else name for name, is_gone in zip(part[at], part[gone], strict=True)]
            return [*part[:at], names, *part[at + 1 :]]

        table = table.map(say, table.columns)
    give(app, table, options, columns)


def report(app: App, answer: Report, options: Mapping[str, Any]) -> None:
    """Give out a report; what it left out is told on standard error too, where only data goes to standard output."""
    if chosen(options) not in ("table", "markdown"):
        for note in answer.notes:
            app.warn(note)
    if app.as_of is not None:
        answer = answer.looking_back(app.as_of.moment, app.as_of.sentence)
    give(app, answer, options)
