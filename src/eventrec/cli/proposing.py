"""What `eventrec event add --from` does: a proposal is read from its file, saved, and told."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eventrec import files
from eventrec.cli import telling
from eventrec.errors import EventrecError, Rejected, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.book import Work
    from eventrec.cli.context import App
    from eventrec.proposals import Form, Saved

_BESIDE: Final = ("from_", "again", "twice", "dry_run")
"""Options that `--from` goes with; everything else stands in the file."""

_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def add_from(app: App, name: str, options: Mapping[str, Any]) -> None:
    """Add the events of a proposal's file; `-` is standard input."""
    from eventrec.proposals import read_toml

    beside = [each for each, value in options.items() if each not in _BESIDE and value not in (None, [], (), False)]
    if beside:
        given = "a title" if "title" in beside else f"--{beside[0].replace('_', '-')}"
        raise UsageError(f"With --from everything stands in the file; {given} is too much.", "Write it into the file.")
    shown = "Standard input" if name == "-" else name
    save_form(app, read_toml(_text(_content(name), shown), shown), options)


def save_form(app: App, form: Form, options: Mapping[str, Any]) -> None:
    """Save a proposal in one transaction, and tell what was added; of `options` again, twice and dry_run are read."""
    from eventrec.proposals import save

    with app.writing(dry_run=bool(options.get("dry_run")), create=True) as work:
        saved = save(app, work, form, again=bool(options.get("again")), twice=bool(options.get("twice")))
        _tell_records(app, work, saved)
        for line in saved.told:
            app.warn(line)
        if not options.get("dry_run"):
            app.say(f"  Next: eventrec event show {saved.events[0].id}")
            app.say("  All of it back: eventrec undo")


def _tell_records(app: App, work: Work, saved: Saved) -> None:
    """Tell every record that was added, with its number; with `--quiet` the numbers of the events alone."""
    main = work.reader.main_language()
    added: tuple[tuple[str, Any], ...] = (
        ("agency", saved.agencies),
        ("project", saved.projects),
        ("contact", saved.contacts),
    )
    for noun, rows in added:
        for row in () if app.quiet else rows:
            app.saved(noun, row.id, "was added.", row.name.both(main))
    for event in saved.events:
        telling.event(app, work, event, "was added.")
        for visit in () if app.quiet else saved.visits:
            if visit.parent_id == event.id:
                telling.event(app, work, visit, "was added.")


def _content(name: str) -> bytes:
    """Return what is in a file. Raises Rejected for one that cannot be read, as `eventrec draft` does."""
    try:
        return files.read(sys.stdin.buffer if name == "-" else Path(name))
    except EventrecError as error:
        raise Rejected(error.message, error.hint) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Rejected(f"{name} cannot be read: {why}.", "Check its name, and who may read it.") from error


def _text(content: bytes, name: str) -> str:
    """Return the text of a file; editors on Windows write UTF-16 or a mark before UTF-8. Raises Rejected."""
    encoding = next((each for mark, each in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Rejected(
            f"{name} is no proposal: it is no text in UTF-8.",
            "A proposal is written by: eventrec draft FILE -o proposal.toml",
        ) from error
