"""What `eventrec draft` does: reads the release, and gives, writes, saves or asks."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eventrec.cli.draft.page import Page
from eventrec.cli.output import put, save
from eventrec.cli.telling import counted
from eventrec.errors import Rejected, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.cli.context import App
    from eventrec.draft.gazetteer import Gazetteer
    from eventrec.draft.proposal import Proposal
    from eventrec.formats.release import Release
    from eventrec.proposals import Source


_LONG: Final = 50_000
"""From so many characters on reading takes more than a moment."""


def draft_release(app: App, file: str, options: Mapping[str, Any]) -> None:
    """Read a release and do with the proposal what the options ask."""
    from eventrec.draft.proposal import as_json
    from eventrec.draft.read import read
    from eventrec.draft.told import tells_of_an_event

    _check(options)
    release = _release(file)
    for sentence in (*release.told, *release.ignored):
        app.say(sentence)
    if len(release.text) > _LONG:
        app.say(f"Reading {len(release.text):,} characters; a release has some thousands, so this takes a while …")
    proposal = read(release.text, _gazetteer(app), published=release.published, url=release.url)
    if options["format"] == "json":
        given = {**as_json(proposal), "text": release.text}
        put((json.dumps(given, ensure_ascii=False, indent=2) + "\n").encode())
        return
    if not tells_of_an_event(proposal):
        raise Rejected(f"No event was found in {_named(file)}.", "Add it by hand: eventrec event add TITLE …")
    _tell_known(app, source_of(proposal, release))
    if options["output"]:
        _write(app, proposal, release, options)
        return
    if not (app.quiet and options["save"]):
        _show(app, proposal, release, options)
    if options["save"]:
        _save(app, proposal, release, options)
    elif file != "-" and app.can_ask and on_a_screen():
        from eventrec.cli.draft.asking import ask

        ask(app, proposal, release, options)
    else:
        app.say("Nothing was saved. Write it down to mend it: eventrec draft … -o proposal.toml")


def _check(options: Mapping[str, Any]) -> None:
    """Refuse options that ask for two things. Raises UsageError."""
    asked = [f"--{name}" for name in ("save", "output") if options[name]]
    if options["format"] == "json":
        asked.append("--format json")
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} ask for two things.", "Give one of them.")
    for name in ("again", "twice"):
        if options[name] and (options["output"] or options["format"] == "json"):
            raise UsageError(f"--{name} is for saving.", f"Say it then: eventrec event add --from FILE --{name}")


def _release(file: str) -> Release:
    from eventrec.formats import release
    from eventrec.formats.release.parts import LARGEST

    if file == "-":
        return release.read_bytes(sys.stdin.buffer.read(LARGEST + 1), "-")
    return release.read(Path(file))


def _named(file: str) -> str:
    return "standard input" if file == "-" else file


def _gazetteer(app: App) -> Gazetteer:
    """Return what the book knows; nothing where nobody has made one yet."""
    from eventrec.draft import gazetteer

    if app.has_no_book:
        app.say("There is no record book yet, so nothing in the release is known.")
        return gazetteer.Gazetteer()
    return gazetteer.of_book(app.reader)


def on_a_screen() -> bool:
    """Tell whether a person sees the proposal: nobody is asked about a page that went into a pipe."""
    return sys.stdout.isatty()


def _show(app: App, proposal: Proposal, release: Release, options: Mapping[str, Any]) -> None:
    width = shutil.get_terminal_size().columns if on_a_screen() else None
    page = Page(proposal, release.text, width, color=app.colored, add_new=bool(options["add_new"]))
    put(("\n".join(page.lines()) + "\n").encode(), is_for_people=True)


def _tell_known(app: App, source: Source) -> None:
    """Tell which events of the book were drafted from this very release."""
    if app.has_no_book:
        return
    found = app.reader.rows("SELECT event_id FROM v_event_source WHERE sha256 = :sha256", {"sha256": source.sha256})
    for (number,) in sorted(found):
        app.warn(f"This release is in the book already: event {number} was drafted from it.")


def source_of(proposal: Proposal, release: Release) -> Source:
    """Return the release as it is kept with what is saved."""
    from eventrec.proposals import Source

    return Source.of(release.text, name=release.name, url=proposal.url)


def _write(app: App, proposal: Proposal, release: Release, options: Mapping[str, Any]) -> None:
    """Write the proposal to a file, and say what is open in it and what comes next."""
    from eventrec.draft.told import open_questions
    from eventrec.proposals import to_toml

    output = str(options["output"])
    if output != "-" and not output.lower().endswith(".toml"):
        raise UsageError(f"{output} does not end in .toml.", "Name it …toml")
    text = to_toml(proposal, source_of(proposal, release), app.today, add_new=bool(options["add_new"]))
    if output == "-":
        put(text.encode())
        return
    save(app, output, text.encode(), force=bool(options["force"]))
    questions = open_questions(proposal)
    if questions:
        app.say(f"{counted(len(questions), 'question')} left open in it:")
        for question in questions:
            app.say(f"  ? {question}")
        app.say("  Mend it in any editor, then:")
    app.say(f"  eventrec event add --from {output}")


def _save(app: App, proposal: Proposal, release: Release, options: Mapping[str, Any]) -> None:
    """Save the proposal when nothing in it is open. Raises Rejected, naming what is."""
    from eventrec.cli.proposing import save_form
    from eventrec.draft.told import open_questions, unknown_names
    from eventrec.proposals import of_draft

    questions = open_questions(proposal)
    if not options["add_new"]:
        questions += [f"“{name}” is not in the book. Say --add-new to add it." for name in unknown_names(proposal)]
    if questions:
        listed = "\n".join(f"  ? {question}" for question in questions)
        raise Rejected(
            f"{counted(len(questions), 'question')} left open; nothing was saved.\n{listed}",
            "Write it down, mend it, add it: eventrec draft … -o proposal.toml",
        )
    form = of_draft(proposal, source_of(proposal, release), app.today, add_new=bool(options["add_new"]))
    save_form(app, form, options)
