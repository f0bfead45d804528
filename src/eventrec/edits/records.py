"""From the options of `edit` to the service that changes the record. Each function works in an open transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.values import (
    agency_country,
    country,
    event_fields,
    fields,
    linked,
    no_parties,
    parties,
    place,
    points,
    project_dates,
    project_parties,
    read_months,
    renaming_day,
    shares,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.book import Work
    from eventrec.models import Agency, Contact, Participation, Project
    from eventrec.services.event import Edited
    from eventrec.services.headcount import HeadCount
    from eventrec.services.points import Point
    from eventrec.values import Asking

COUNTS: Final = ("women", "men", "other", "not_stated")
_OF_PARTICIPANTS: Final = ("role", "status", "modality", "days", "source", "position", "label", "side", "note")


def event(asking: Asking, work: Work, number: int, options: Mapping[str, Any]) -> Edited:
    """Change an event or a site visit."""
    from eventrec.services import event as events

    return events.edit(
        work.session,
        number,
        {
            **event_fields(asking, options, work.reader.main_language()),
            **linked(work, options, contact="contact_id"),
        },
        projects=shares(work, options),
        no_projects=[work.find("project", text).id for text in options.get("no_project") or ()],
        parties=parties(work, options),
        visits=not options.get("not_visits"),
        if_version=options.get("if_version"),
    )


def agency(asking: Asking, work: Work, number: int, options: Mapping[str, Any]) -> Agency:
    """Change an agency."""
    from eventrec.services import agency as agencies

    changes = fields(options, work.reader.main_language())
    if options.get("country") is not None:
        changes["country"] = country(options["country"])
    return agencies.edit(
        work.session,
        number,
        {**changes, **linked(work, options, parent="agency:parent_id", successor="successor_id")},
        aliases=options.get("alias") or (),
        points_of=points(options, changes.get("country") or work.reader.setting("country")),
        renamed_on=renaming_day(asking, options, "name"),
        if_version=options.get("if_version"),
    )


def contact(asking: Asking, work: Work, number: int, options: Mapping[str, Any]) -> Contact:
    """Change a contact."""
    from eventrec.services import contact as contacts

    return contacts.edit(
        work.session,
        number,
        contact_columns(work, options),
        place=place(asking, work, options),
        points_of=contact_points(work, options),
        no_points=options.get("no_point") or (),
        manages=[work.find("project", text).id for text in options.get("manages") or ()],
        aliases=options.get("alias") or (),
        if_version=options.get("if_version"),
    )


def contact_columns(work: Work, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a contact; the position belongs to the place."""
    own = {name: value for name, value in options.items() if name != "position"}
    found = fields(own, work.reader.main_language())
    if options.get("language"):
        found["languages"] = list(options["language"])
    return found


def contact_points(work: Work, options: Mapping[str, Any]) -> list[Point]:
    """Return the ways to reach a contact; national phone numbers are of the agency's country."""
    return points(options, agency_country(work, options))


def project(asking: Asking, work: Work, number: int, options: Mapping[str, Any]) -> Project:
    """Change a project."""
    from eventrec.services import project as projects

    return projects.edit(
        work.session,
        number,
        project_columns(asking, work, {**options, "code": options.get("code") or None}),
        parties=project_parties(work, options),
        no_parties=no_parties(work, options.get("no_party") or ()),
        aliases=options.get("alias") or (),
        if_version=options.get("if_version"),
    )


def project_columns(asking: Asking, work: Work, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a project."""
    renamed = {**options, "contract_number": options.get("contract")}
    return {
        **fields(renamed, work.reader.main_language()),
        **project_dates(asking, options),
        **_retention(options),
        **linked(work, options, parent="project:parent_id"),
    }


def _retention(options: Mapping[str, Any]) -> dict[str, Any]:
    text = options.get("retention_months")
    if text is None:
        return {}
    return {"retention_months": None if text == "book" else read_months(str(text), "--retention-months")}


def participants(work: Work, event_id: int, rows: Sequence[Participation], options: Mapping[str, Any]) -> Changed:
    """Change rows of an event's list; a number is of one row."""
    from eventrec.services import participation

    changes = participant_columns(work, options)
    if options.get("about") is not None:
        changes["approximate"] = options["about"]
    if options.get("agency"):
        changes["agency_id"] = work.find("agency", options["agency"]).id
    if not changes and head_count(options) is None:
        raise UsageError("Nothing was given to change.", "For example: --status attended. See --help.")
    only_one(options, len(rows))
    counts, zero = _new_counts(rows, options)
    numbers = [row.id for row in rows]
    changed = participation.edit(
        work.session, event_id, numbers, changes, counts=counts, if_version=options.get("if_version")
    )
    return Changed(changed, zero)


class Changed:
    """The rows that are now different, and the head-counts that became 0 because they were not given."""

    def __init__(self, rows: Sequence[Participation], zero: Sequence[str]) -> None:
        self.rows = rows
        self.zero = zero


def participant_columns(work: Work, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of rows of an event's list."""
    return fields({name: options.get(name) for name in _OF_PARTICIPANTS}, work.reader.main_language())


def only_one(options: Mapping[str, Any], meant: int) -> None:
    """Refuse a version of several rows: each has its own."""
    if options.get("if_version") is not None and meant != 1:
        raise UsageError(f"--if-version is of one row, and {meant} are meant.", "Name one with --row.")


def head_count(options: Mapping[str, Any]) -> HeadCount | None:
    """Return the head-count that was given; the numbers that were not are 0."""
    from eventrec.services.headcount import HeadCount

    given = {name: options[name] for name in COUNTS if options.get(name) is not None}
    if options.get("count") is not None:
        if given:
            raise UsageError(
                "--count is for people not stated by sex.", "Say --women, --men, --other and --not-stated, or --count."
            )
        return HeadCount(not_stated=options["count"])
    return HeadCount(**given) if given else None


def zeros(options: Mapping[str, Any]) -> list[str]:
    """Return which numbers of a head-count are 0 because they were not given."""
    if options.get("count") is not None:
        return []
    return [name.replace("_", " ") for name in COUNTS if options.get(name) is None]


def _new_counts(rows: Sequence[Participation], options: Mapping[str, Any]) -> tuple[HeadCount | None, list[str]]:
    """Return the head-count with the numbers given, the others as they are; and which had none and become 0."""
    from eventrec.services import headcount

    given = head_count(options)
    if given is None:
        return None, []
    if len(rows) != 1:
        raise UsageError(f"A number is of one row, and {len(rows)} are meant.", "Name one with --row.")
    before = headcount.of_row(rows[0])
    if before is None or options.get("count") is not None:
        return given, zeros(options)
    return replace(before, **{name: options[name] for name in COUNTS if options.get(name) is not None}), []
