"""What the `participant` commands do with WHO: find known people, make new ones, pick rows of an event."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from eventrec.cli import telling
from eventrec.edits.records import head_count, only_one, participant_columns, participants, zeros
from eventrec.errors import Ambiguous, ChoiceNeeded, NotFound, UsageError
from eventrec.table import Table
from eventrec.text.names import read_localized
from eventrec.values import agency_country, allow, fields, points
from eventrec.views.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.models import Participation

_TOLD = 20
"""Of how many rows each is told."""

_OF_A_PERSON = ("sex", "honorific", "email", "phone")


def add_people(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Add a person, the unnamed people of agencies, or a party as it was reported."""
    with app.writing(dry_run=bool(options["dry_run"])) as work:
        event = work.find("event", reference)
        if options.get("who"):
            _add_named(app, work, event.id, options)
        else:
            _add_unnamed(app, work, event.id, options)


def _add_named(app: App, work: Work, event_id: int, options: Mapping[str, Any]) -> None:
    from eventrec.services import participation

    if head_count(options) is not None or options.get("label"):
        raise UsageError("A named person is one person and has no numbers.", "Add the unnamed ones by themselves.")
    agencies = [work.find("agency", text).id for text in options.get("agency") or ()]
    if len(agencies) > 1:
        raise UsageError("A person is there for one agency.", "Leave one --agency.")
    agency_id = agencies[0] if agencies else None
    for contact_id in _contacts(app, work, options, agency_id):
        row = participation.add(
            work.session,
            event_id=event_id,
            contact_id=contact_id,
            agency_id=agency_id,
            from_headcount=_from_headcount(app, work, event_id, contact_id, agency_id, options),
            **participant_columns(work, options),
        )
        tell(app, work, row, "was added")


def _contacts(app: App, work: Work, options: Mapping[str, Any], agency_id: int | None) -> list[int]:
    """Return the known contacts that WHO names, else make one new person of all the names."""
    words = options["who"]
    new = options.get("new") or options.get("namesake")
    known = {} if new else {word: found for word in words if (found := _known(app, work, word))}
    if known and len(known) == len(words):
        if any(options.get(name) for name in _OF_A_PERSON):
            first = next(iter(known.values()))
            raise UsageError(
                f"{' '.join(words)} is in the book already, as contact {first}.",
                f"Change who it is there: eventrec contact edit {first} …  For another person of that name: --new.",
            )
        return list(dict.fromkeys(known.values()))
    if known:
        word, contact = next(iter(known.items()))
        unknown = next(word for word in words if word not in known)
        raise ChoiceNeeded(
            f"“{word}” is contact {contact}, but “{unknown}” is not known.",
            f"Give that contact the other name first: eventrec contact edit {contact} …  For a new person: --new.",
        )
    return [_new_contact(app, work, words, options, agency_id)]


def _known(app: App, work: Work, word: str) -> int | None:
    """Return the contact of exactly that name, number or e-mail; a near one is asked about, never just taken."""
    from eventrec.views.references import find

    try:
        found = find(work.reader, "contact", word)
    except Ambiguous as error:
        if error.exact:
            raise
        found = None
    except NotFound:
        if word.lstrip("#").isdigit() or "@" in word:
            raise
        return None
    if found is not None and found.exact:
        return found.id
    if found is None:
        raise ChoiceNeeded(
            f"“{word}” may be one of several contacts.",
            f"Name the contact by number: eventrec search {shlex.quote(word)}. For a new person add --new.",
        )
    known = (str(found.id), f"contact {found.id}, {found.label}")
    return found.id if app.choose(f"Who is “{word}”?", [known, ("--new", "a new person")]) == known[0] else None


def _new_contact(app: App, work: Work, words: Sequence[str], options: Mapping[str, Any], agency_id: int | None) -> int:
    from eventrec.cli.duplicates import warn_of_likely
    from eventrec.services import contact
    from eventrec.services.affiliation import Place

    main = work.reader.main_language()
    position = read_localized(options["position"], "position", main, 300) if options.get("position") else None
    agency = (options.get("agency") or [None])[0]
    allow(work, again=bool(options.get("again")))
    row = contact.add(
        work.session,
        name=read_localized(words, "name", main, 300),
        place=Place(agency_id, position) if agency_id else None,
        points_of=points(options, agency_country(work, {"agency": agency})),
        namesake=bool(options.get("new") or options.get("namesake")),
        another=bool(options.get("namesake")),
        **fields({name: options.get(name) for name in ("sex", "honorific")}, main),
    )
    app.say(f"New contact {row.id}: {row.name.both()}.")
    warn_of_likely(app, work, row)
    return row.id


def _from_headcount(
    app: App, work: Work, event_id: int, contact_id: int, agency_id: int | None, options: Mapping[str, Any]
) -> bool | None:
    """Return whether the person is one of a head-count; asks when it matters and was not said."""
    from eventrec.services import headcount

    if options["from_headcount"] and options["further"]:
        raise UsageError("--from-headcount and --further exclude each other.", "Leave out one of them.")
    if options["from_headcount"] or options["further"]:
        return bool(options["from_headcount"])
    agency = headcount.delegation_of(work.session, event_id, contact_id, agency_id)
    rows = headcount.unnamed(work.session, event_id, agency, options.get("role") or "participant") if agency else []
    if not rows:
        return None
    label = work.reader.agency(agency or 0)["label"]
    answer = app.choose(
        f"{label} has a head-count in event {event_id} ({headcount.describe(rows[0])}). Is the person one of those?",
        [("--from-headcount", "one of those; take one off"), ("--further", "comes on top")],
    )
    return answer == "--from-headcount"


def _add_unnamed(app: App, work: Work, event_id: int, options: Mapping[str, Any]) -> None:
    from eventrec.services import participation

    counts = head_count(options)
    agencies = [work.find("agency", text).id for text in options.get("agency") or ()]
    if not (agencies or options.get("label") or counts):
        raise UsageError("Who takes part?", "Name a person, an --agency, a --label or a number: --count 100.")
    if any(options.get(name) for name in _OF_A_PERSON):
        raise UsageError("Sex, honorific, e-mail and phone belong to a named person.", "Give the name, or --women N.")
    if len(agencies) > 1 and counts is not None:
        raise UsageError("One number cannot be that of several agencies.", "Add them one by one.")
    parties: list[int | None] = [*agencies] or [None]
    for agency_id in parties:
        row = participation.add(
            work.session,
            event_id=event_id,
            agency_id=agency_id,
            counts=counts,
            approximate=bool(options.get("about")),
            **participant_columns(work, options),
        )
        tell(app, work, row, "was added")
    if counts is not None:
        _tell_zeros(app, zeros(options))


def _tell_zeros(app: App, zero: Sequence[str]) -> None:
    if zero:
        app.say(f"  Counted as 0: {', '.join(zero)}.")


def rows_of(work: Work, event_id: int, who: Iterable[str]) -> list[Participation]:
    """Return the rows of an event that contacts, agencies and labels name; raises NotFound for one that has none."""
    from eventrec.services import participation

    found: dict[int, Participation] = {}
    for word in who:
        rows = participation.with_label(work.session, event_id, word)
        for noun in ("contact", "agency"):
            if not rows:
                rows = _rows_of_record(work, event_id, noun, word)
        if not rows:
            raise NotFound("participant", f"{word} of event {event_id}")
        found |= {row.id: row for row in rows}
    return list(found.values())


def _rows_of_record(work: Work, event_id: int, noun: str, word: str) -> list[Participation]:
    from eventrec.services import participation

    try:
        number = work.find(noun, word).id
    except NotFound:
        return []
    wanted = {"contact": "contacts", "agency": "agencies"}[noun]
    return participation.of_people(work.session, event_id, **{wanted: [number]})


def picked(work: Work, event_id: int, options: Mapping[str, Any]) -> list[Participation]:
    """Return the rows that WHO and --row name; none when neither is given."""
    from eventrec.services import participation

    rows = rows_of(work, event_id, options.get("who") or ())
    for number in options.get("row") or ():
        row = participation.one(work.session, number)
        if row.event_id != event_id:
            raise NotFound("participant", f"row {number} of event {event_id}")
        rows.append(row)
    return list({row.id: row for row in rows}.values())


def edit_people(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Change the rows that are named, else all that are registered and confirmed."""
    from eventrec.services import participation

    with app.writing(dry_run=bool(options["dry_run"])) as work:
        event = work.find("event", reference)
        rows = picked(work, event.id, options) or participation.expected(work.session, event.id)
        but = {row.id for row in rows_of(work, event.id, options.get("except_") or ())}
        rows = [row for row in rows if row.id not in but]
        done = participants(work, event.id, rows, options)
        for row in done.rows if app.quiet else done.rows[:_TOLD]:
            tell(app, work, row, "was changed")
        if not done.rows and not app.quiet:
            for row in rows[:_TOLD]:
                tell(app, work, row, "is as it was")
        _tell_zeros(app, done.zero)
        _tell_changed(app, event.id, len(done.rows), len(rows))


def _tell_changed(app: App, event_id: int, changed: int, meant: int) -> None:
    rows = telling.counted(meant, "row")
    verb = "was" if meant == 1 else "were"
    app.say(f"{changed} of {rows} of event {event_id} {verb} changed.")


def remove_people(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Remove the rows that are named."""
    from eventrec.services import participation

    with app.writing(dry_run=bool(options["dry_run"])) as work:
        event = work.find("event", reference)
        rows = picked(work, event.id, options)
        if not rows:
            raise UsageError("Whom?", "Name people, agencies or labels, or --row N.")
        only_one(options, len(rows))
        texts = {row.id: described(work, row) for row in rows}
        listed = "; ".join(f"row {number}: {text}" for number, text in texts.items())
        app.confirm(f"Of event {event.id} will be removed: {listed}. Go on?", yes=bool(options["yes"]))
        participation.remove(work.session, list(texts), if_version=options.get("if_version"))
        for number, text in texts.items():
            app.saved("row", number, f"was removed: {text}.")
        app.say("  Back again: eventrec undo")


def show_people(app: App, reference: str, options: Mapping[str, Any]) -> None:
    """Show the rows that are named, or all of the event."""
    from eventrec.views.criteria import Criteria
    from eventrec.views.references import find

    event = find(app.reader, "event", reference)
    table = app.reader.participants(Criteria(event_ids=(event.id,)), telling.PARTICIPANT_KEYS)
    wanted = _wanted(app, table, options)
    rows = [row for row, data in zip(table.rows, table, strict=True) if wanted is None or data["id"] in wanted]
    if not rows:
        raise NotFound("participant", f"{' '.join(options.get('who') or ('anybody',))} of event {event.id}")
    if len(rows) == 1:
        telling.show_one(app, "participant", int(str(rows[0][0])), options)
        return
    found = Table(columns_of("v_participation", telling.PARTICIPANT_KEYS), rows)
    telling.give_people(app, found, options, telling.PARTICIPANT_COLUMNS)


def _wanted(app: App, table: Table, options: Mapping[str, Any]) -> set[Any] | None:
    from eventrec.views.references import find

    if not (options.get("who") or options.get("row")):
        return None
    numbers: set[Any] = set(options.get("row") or ())
    for word in options.get("who") or ():
        for noun, column in (("contact", "contact_id"), ("agency", "agency_id")):
            try:
                number = find(app.reader, noun, word).id
            except NotFound:
                continue
            numbers |= {row["id"] for row in table if row[column] == number}
            break
    return numbers


def tell(app: App, work: Work, row: Participation, what: str) -> None:
    """Tell what was saved of a row, and how its delegation stands now."""
    from eventrec.services import headcount

    app.saved("row", row.id, f"{what}: {described(work, row)}.")
    agency_id = headcount.delegation_of(work.session, row.event_id, row.contact_id, row.agency_id)
    if agency_id is None:
        return
    delegation = headcount.delegation(work.session, row.event_id, agency_id, row.role)
    if delegation.named or delegation.uncounted:
        app.say(f"  {work.reader.agency(agency_id)['label']}: {delegation}")


def described(work: Work, row: Participation) -> str:
    """Say a row in words: who, from where, how many, and where they stand."""
    from eventrec.services.headcount import describe
    from eventrec.table import show_localized

    main = work.reader.main_language()
    data = work.reader.participation(row.id)
    who = show_localized(data["contact"], main, "both") or show_localized(data["label"], main, "both")
    who = "somebody who was forgotten" if data["forgotten"] else who
    agency = data["agency"] if isinstance(data["agency"], str) else ""
    people = "" if row.contact_id else f": {describe(row)}"
    name = ", ".join(filter(None, (who, agency))) or "without a party"
    return f"{name}{people} ({row.role}, {row.modality}, {row.status})"
