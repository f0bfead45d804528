"""A meeting's attendance report as an import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected, UsageError
from eventrec.formats import meeting_log
from eventrec.models import Event
from eventrec.services import online_attendance
from eventrec.services.imports.known_agencies import KnownAgencies
from eventrec.services.imports.outcome import Outcome, Problem
from eventrec.services.imports.rows import first_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.formats.sheets import Sheet, SheetFile
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.wish import Wish
    from eventrec.services.online_attendance import Attended, OnlineResult

_PLATFORMS: Final = {"zoom": "Zoom", "teams": "Microsoft Teams", "tencent": "Tencent Meeting (VooV)"}


def recognised(file: SheetFile) -> tuple[Sheet, meeting_log.Layout] | None:
    """Return the sheet that is an attendance report, the most detailed of several; None for a file without one."""
    reports = [
        (sheet, log)
        for sheet in file.sheets
        if not sheet.hidden and (log := meeting_log.recognise(first_rows(sheet.rows))) is not None
    ]
    return max(reports, key=lambda each: each[1].detailed) if reports else None


def report(session: Session, file: SheetFile, sheet: Sheet, log: meeting_log.Layout, wish: Wish) -> Outcome:
    """Import a meeting's attendance report."""
    if wish.event_id is None:
        raise UsageError("This is a meeting's attendance report.", "Say of which event: --event EVENT")
    outcome = Outcome("attendance")
    outcome.tell(f"Read as an attendance report of {_PLATFORMS[log.platform]}.")
    for sentence in file.told:
        outcome.tell(sentence)
    event = session.get(Event, wish.event_id)
    found: list[meeting_log.Entry] = []
    for each in meeting_log.entries(sheet.rows, log, event.starts_on if event else None):
        if isinstance(each, meeting_log.LogProblem):
            outcome.refuse([Problem(sheet.name, each.row, each.column, each.message)])
        else:
            found.append(each)
    if not found:
        raise Rejected("The report names nobody.", "Name another file.")
    people = online_attendance.people(found, log.seconds)
    done = online_attendance.record(
        session,
        wish.event_id,
        people,
        today=wish.today,
        minimum_minutes=wish.minimum_minutes,
        minimum_share=wish.minimum_share,
        from_headcount=None if wish.names is None else wish.names == "included",
    )
    _tell_online(session, outcome, sheet.name, people, done)
    if not done.held:
        number = wish.event_id
        outcome.tell(
            f"Event {number} is not marked held, so nobody counts yet: eventrec event edit {number} --status held"
        )
    outcome.saved = outcome.new + outcome.updated
    return outcome


def _tell_online(session: Session, outcome: Outcome, sheet: str, people: list[Attended], done: OnlineResult) -> None:
    """Count the people of a report: those with a name one by one, the others with their head-count."""
    agencies = KnownAgencies(session)
    for match in done.matched:
        action: Action = "same" if match.action == "in person" else match.action  # type: ignore[assignment]
        words = f"{match.name} is contact {match.contact_id} ({match.reason}), {match.who.minutes} minutes"
        outcome.count(sheet, match.who.rows[0], action, words)
    for count in done.unnamed:
        label = agencies.label(count.agency_id, "en") if count.agency_id else "not stated"
        outcome.count(sheet, 0, count.action, f"{label}: {count.number} without a name")  # type: ignore[arg-type]
    for each in done.below:
        outcome.count(sheet, each.rows[0], "left out", f"{each.name}: only {each.minutes} minutes")
    outcome.people = len(people)
    online = len(done.matched) + sum(count.number for count in done.unnamed)
    outcome.tell(
        f"{len(people)} people in the report: {online} counted ({len(done.matched)} by name),"
        f" {len(done.below)} there too shortly."
    )
    outcome.undecided = " ".join(done.undecided)
    for sentence in done.told:
        outcome.tell(sentence)
