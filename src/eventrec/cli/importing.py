"""What `eventrec import` does: one pass in one transaction, questions outside of it, and what is told afterwards."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import typer

from eventrec import files, imports
from eventrec.cli.asking import Question
from eventrec.cli.criteria import period_of
from eventrec.cli.output import chosen, give, put
from eventrec.cli.telling import counted
from eventrec.errors import ChangedSince, ChoiceNeeded, EventrecError, OutputExists, Rejected, UsageError
from eventrec.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from eventrec.cli.context import App
    from eventrec.formats.ical.incoming import Window
    from eventrec.imports import Source
    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.wish import Wish

_TOLD: Final = 20
_A_YEAR: Final = timedelta(days=365)
_PROGRESS_FROM: Final = 2_000
_NAMES: Final = (
    ("included", "they are among those counted: take them off"),
    ("further", "they come on top"),
)


class _Open(Exception):
    """Something to ask before anything is saved; it takes the transaction back."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class _Bad(Exception):
    """Rows with problems, which take the transaction back."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def import_file(app: App, path: Path, options: Mapping[str, Any]) -> None:
    """Import a file as the options say, and tell what happened."""
    source = imports.read(path, _window(app, options))
    wish = _wish(app, options)
    while True:
        try:
            outcome = app.book.repeated(partial(_pass, app, source, wish, options))
            _finish(app, source, outcome, options)
        except _Open as open_:
            wish = _answered(wish, open_.outcome)
        except _Bad as bad:
            bad.outcome.saved = 0
            _refuse(app, source, bad.outcome, options)
        else:
            return


def _window(app: App, options: Mapping[str, Any]) -> Window:
    """Return the days for which a calendar's series are taken apart; unless asked, those that end are taken whole."""
    from eventrec.formats.ical.incoming import Window

    asked = period_of(app, options)
    today = app.today.isoformat()
    last = date.fromisoformat(asked.get("until") or max(today, asked.get("since", today)))
    last = last if "until" in asked else last + _A_YEAR
    first = date.fromisoformat(asked["since"]) if "since" in asked else min(last, app.today) - _A_YEAR
    return Window(first, last, ended_whole=not asked)


def _wish(app: App, options: Mapping[str, Any]) -> Wish:
    from eventrec.services.imports.layout import read_maps
    from eventrec.services.imports.wish import Wish

    if options["minimum_minutes"] and options["minimum_share"]:
        raise UsageError("--minimum-minutes and --minimum-share exclude each other.", "Leave out one of them.")
    kind = options["as_"] or ("participants" if options["event"] else None)
    if options["map_"] and kind is None:
        raise UsageError(
            "--map needs to know what the rows are.", "Say --as participants, contacts, agencies or events."
        )
    return Wish(
        today=app.today,
        kind=options["as_"],
        mode=options["mode"],
        names=options["names"],
        source=options["source"],
        maps=read_maps(options["map_"] or (), kind or ""),
        with_people=options["with_people"],
        again=options["again"],
        minimum_minutes=options["minimum_minutes"],
        minimum_share=options["minimum_share"],
        progress=_progress(app),
    )


def _progress(app: App) -> Callable[[int], None]:
    """Return what tells on a terminal how many rows of a long file are done."""

    def tell(rows: int) -> None:
        if rows >= _PROGRESS_FROM and sys.stderr.isatty() and not app.quiet:
            typer.echo(f"\r{rows:,} rows …", nl=False, err=True)

    return tell


def _pass(app: App, source: Source, wish: Wish, options: Mapping[str, Any]) -> Outcome:
    """Do all of it in one transaction. What is refused or to be asked takes everything back."""
    check = bool(options["check"])
    create = not check and not options["event"] and source.replies is None
    said = "--dry-run" if "--dry-run" in sys.argv else "--check"
    with app.writing(dry_run=check, create=create, said=said) as work:
        if options["event"]:
            wish = replace(wish, event_id=work.find("event", options["event"]).id)
        outcome = imports.settle(work, source, wish)
        if check:
            return outcome
        if app.can_ask and (outcome.likely or outcome.undecided):
            raise _Open(outcome)
        if outcome.undecided:
            raise ChoiceNeeded(
                f"{outcome.undecided} Are they among those counted, or on top?",
                "Say --names included if they are among those counted, or --names further if they come on top.",
            )
        if outcome.problems and not options["skip_bad"]:
            raise _Bad(outcome)
    return outcome


def _finish(app: App, source: Source, outcome: Outcome, options: Mapping[str, Any]) -> None:
    """Write the rows that were left out, once the others are saved, and tell; also when the disk refuses the file."""
    try:
        if outcome.problems and not options["check"]:
            _write(app, imports.beside(source.path, "rest"), imports.rest(source, outcome))
    finally:
        _tell(app, source, outcome, options)


def _answered(wish: Wish, outcome: Outcome) -> Wish:
    """Ask a person everything that is open, while no transaction waits."""
    names: Any = wish.names
    if outcome.undecided:
        names = Question(outcome.undecided, _NAMES).ask()
    decisions = dict(wish.decisions)
    for key in dict.fromkeys(each.key for each in outcome.likely):
        same = [each for each in outcome.likely if each.key == key]
        known = [
            (str(each.number), f"{each.noun} {each.number}, {each.known} ({each.score}: {', '.join(each.reasons)})")
            for each in same
        ]
        row = f"{outcome.unit.capitalize()} {same[0].row}" + (f" of sheet {same[0].sheet}" if same[0].sheet else "")
        which = "which agency" if same[0].noun == "agency" else "who"
        answer = Question(f"{row}: {which} is {same[0].name}?", [*known, ("0", f"a new {same[0].noun}")]).ask()
        decisions[key] = int(answer)
    return replace(wish, names=names, decisions=decisions)


def _write(app: App, path: Path, content: bytes) -> None:
    """Write a copy beside the file; one that somebody has worked in since gets company, not replaced."""
    from eventrec.formats.marks import written_by_eventrec

    if not content:
        return
    number, place = 1, path
    while True:
        try:
            fresh = files.save(place, content, ledger=app.settings.ledger, recognised=written_by_eventrec)
        except OutputExists:
            number += 1
            place = path.with_name(f"{path.stem}-{number}{path.suffix}")
        else:
            app.warn(f"Written: {place}" if fresh else f"{place} is up to date.")
            return


def _tell(app: App, source: Source, outcome: Outcome, options: Mapping[str, Any]) -> None:
    """Tell what was done, or would be."""
    check = bool(options["check"])
    if check:
        outcome.saved = 0
        if outcome.problems or outcome.likely:
            _write(app, imports.beside(source.path, "check"), imports.checked_copy(source, outcome))
    _give(app, outcome, options, rows=check)
    _say(app, outcome, saved=not check)
    if check and outcome.undecided:
        app.warn(f"{outcome.undecided} Say --names included or --names further.")
    if check and outcome.problems and not options["skip_bad"]:
        mend = "Mend the coloured cells, or leave those rows out" if outcome.layouts else "Leave them out"
        raise _refusal(source, outcome, f"{mend} with --skip-bad.")
    if not check and outcome.saved:
        app.say("  Back again: eventrec undo")


def _refuse(app: App, source: Source, outcome: Outcome, options: Mapping[str, Any]) -> None:
    _give(app, outcome, options, rows=False)
    _say(app, outcome, saved=False)
    if outcome.layouts:
        hint = "See them in a copy with --check, or save the good rows with --skip-bad."
    else:
        hint = "Mend those lines, or save the others with --skip-bad."
    raise _refusal(source, outcome, hint)


def _refusal(source: Source, outcome: Outcome, hint: str) -> EventrecError:
    """Return the error that ends the import; where all that is wrong is that others were faster it says that."""
    bad = outcome.rows - outcome.new - outcome.updated - outcome.same
    rows, name = counted(outcome.rows, "row"), source.path.name
    if bad and bad == outcome.changed:
        changed = f"{name}: {bad} of {rows} {'was' if bad == 1 else 'were'} changed in the book since it was written"
        return ChangedSince(f"{changed}; nothing was saved.", hint)
    return Rejected(f"{name}: {bad} of {rows} {'has' if bad == 1 else 'have'} problems; nothing was saved.", hint)


def _give(app: App, outcome: Outcome, options: Mapping[str, Any], *, rows: bool) -> None:
    """Give the promised JSON, or what happens row by row."""
    if chosen(options) == "json":
        put((json.dumps(outcome.as_json(), ensure_ascii=False, indent=2) + "\n").encode())
    elif rows:
        columns = (Column("sheet"), Column("row", "integer"), Column("action"), Column("text"))
        table = Table(columns, [(each.sheet, each.row, each.action, each.text) for each in outcome.results])
        give(app, table, options)


def _say(app: App, outcome: Outcome, *, saved: bool) -> None:
    for sentence in outcome.told:
        app.say(sentence)
    for each in outcome.likely[:_TOLD]:
        app.warn(f"Likely known: {each.told(outcome.unit)}.")
    if len(outcome.likely) > _TOLD:
        app.warn(f"… and {len(outcome.likely) - _TOLD} more.")
    for sentence in imports.told(outcome, _TOLD):
        app.warn(sentence)
    rows = counted(outcome.rows, "row")
    bad = outcome.rows - outcome.new - outcome.updated - outcome.same
    app.say(
        f"{f'{outcome.saved} of {rows} saved' if saved else f'{rows} read'}: {outcome.new} new,"
        f" {outcome.updated} updated, {outcome.same} same, {bad} with problems."
    )
    if outcome.likely and saved:
        app.say("  Look at likely doubles: eventrec contact duplicates")
