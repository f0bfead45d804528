"""What `event` and `visit` commands share when they change an event, and what they say afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventrec.cli import telling
from eventrec.edits import records
from eventrec.values import event_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.models import Event


def edit_event(app: App, noun: str, reference: str, options: Mapping[str, Any]) -> None:
    """Change an event or a site visit as the options say."""
    with app.writing(dry_run=bool(options.get("dry_run"))) as work:
        number = work.find(noun, reference).id
        before = work.recorded
        edited = records.event(app, work, number, options)
        row = edited.event
        telling.event(app, work, row, f"{telling.changed(work, before)}.")
        for visit in edited.moved_visits:
            telling.event(app, work, visit, "moved along (--not-visits leaves it).")
        if options.get("status") == "held":
            _tell_uncounted(app, work, row)


def _tell_uncounted(app: App, work: Work, row: Event) -> None:
    """Say how many rows of a held event do not count yet, and the command that marks them attended."""
    from eventrec.cli.people import described
    from eventrec.services.participation import expected
    from eventrec.services.planning import visits_of

    waiting = expected(work.session, row.id)
    if waiting:
        rows = telling.counted(len(waiting), "row")
        verb, count = ("is", "does") if len(waiting) == 1 else ("are", "do")
        who = ", ".join(dict.fromkeys(described(work, each) for each in waiting[:3])) + (" …" if waiting[3:] else "")
        app.warn(f"{rows} of event {row.id} {verb} still registered or confirmed and {count} not count: {who}.")
        app.warn(f"  If they came: eventrec participant edit {row.id} --status attended")
    for visit in visits_of(work.session, row):
        if visit.status not in ("held", "cancelled"):
            date = " --date …" if visit.starts_on is None else ""
            app.warn(f"Site visit {visit.id} is {visit.status}. If it took place:")
            app.warn(f"  eventrec visit edit {visit.id} --status held{date}")


def call_off(
    app: App,
    reference: str,
    options: Mapping[str, Any],
    service: Callable[..., Sequence[Event]],
    word: str,
    noun: str = "event",
) -> None:
    """Cancel or postpone an event with its visits."""
    from eventrec.text.names import clean

    reason = clean(options["reason"], "reason", 500) if options.get("reason") else None
    with app.writing(dry_run=bool(options.get("dry_run"))) as work:
        found = work.find(noun, reference)
        app.confirm(f"Event {found.id}, {found.label}, will be {word}. Go on?", yes=bool(options.get("yes") or reason))
        if work.reader.event(found.id)["status"] == "held":
            app.warn(f"Event {found.id} was marked held; the people who attended do not count any more.")
        rows = service(
            work.session,
            found.id,
            reason=reason,
            visits=not options.get("not_visits"),
            if_version=options.get("if_version"),
        )
        for row in rows:
            along = "" if row.id == found.id else " along with its event (--not-visits leaves it)"
            telling.event(app, work, row, f"was {word}{along}.")
        app.say("  Back again: eventrec undo")


def copy_event(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Make a new event like another one."""
    from eventrec.services.planning import copy

    with app.writing(dry_run=bool(options.get("dry_run"))) as work:
        found = work.find("event", reference)
        dates = event_fields(app, {"date": options.get("date")}, work.reader.main_language())
        row = copy(work.session, found.id, starts_on=dates.get("starts_on"), ends_on=dates.get("ends_on"))
        what = f"was copied from event {found.id}" + (", which it replaces." if row.replaces_id else ".")
        telling.event(app, work, row, what, f"eventrec event edit {row.id} …")


def remove_event(app: App, noun: str, reference: str, options: Mapping[str, Any]) -> None:
    """Remove an event with its people and visits."""
    from eventrec.services.participation import of_event
    from eventrec.services.planning import remove, visits_of
    from eventrec.services.rows import get

    with app.writing(dry_run=bool(options.get("dry_run"))) as work:
        from eventrec.models import Event as EventRow

        found = work.find(noun, reference)
        row = get(work.session, EventRow, found.id, options.get("if_version"))
        people = len(of_event(work.session, found.id))
        visits = len(visits_of(work.session, row))
        app.confirm(
            f"{noun.capitalize()} {found.id}, {found.label}, will be removed with"
            f" {telling.counted(people, 'participant row')} and {telling.counted(visits, 'visit')}. Go on?",
            yes=bool(options.get("yes")),
        )
        for gone in remove(work.session, found.id):
            app.saved("visit" if gone.parent_id else "event", gone.id, "was removed.")
        app.say("  Back again: eventrec undo")
