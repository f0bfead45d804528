"""Asking a person what becomes of a proposal: save it, edit it first, or leave it. No transaction waits meanwhile."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from eventrec.cli.draft.drafting import source_of
from eventrec.cli.proposing import save_form
from eventrec.errors import EventrecError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.cli.context import App
    from eventrec.draft.proposal import Proposal
    from eventrec.formats.release import Release

_EDITORS: Final = ("VISUAL", "EDITOR")
_USUAL: Final = "notepad" if sys.platform == "win32" else "nano"


def ask(app: App, proposal: Proposal, release: Release, options: Mapping[str, Any]) -> None:
    """Ask until the proposal is saved or left."""
    from eventrec.draft.told import open_questions
    from eventrec.proposals import read_toml, to_toml

    edited = ""
    text = to_toml(proposal, source_of(proposal, release), app.today, add_new=bool(options["add_new"]))
    while True:
        answer = _typed("Save, edit or quit? [s/e/q] ")
        if answer in ("q", "quit", "n", "no"):
            app.say("Nothing was saved.")
            return
        try:
            if answer in ("e", "edit"):
                text = edited = _edited(text)
                _say_open(app, read_toml(edited, "The proposal").left_open)
            elif answer in ("s", "save", "y", "yes"):
                form = read_toml(text, "The proposal")
                if _is_complete(app, form.left_open, open_questions(proposal) if not edited else []):
                    save_form(app, form, options)
                    return
            else:
                app.warn("Type s, e or q.")
        except EventrecError as error:
            app.warn(error.message)
            app.warn("  Edit it again, or quit." if edited else f"  {error.hint or 'Edit it, or quit.'}")


def _is_complete(app: App, left_open: Sequence[str], questions: Sequence[str]) -> bool:
    """Tell whether nothing is open, or the person wants to save without it."""
    if not (left_open or questions):
        return True
    _say_open(app, questions or left_open)
    return _typed("Save without these? [y/n] ") in ("y", "yes")


def _say_open(app: App, left_open: Sequence[str]) -> None:
    for sentence in left_open:
        app.warn(f"  ? {sentence}")


def _typed(question: str) -> str:
    """Return a line in lower case; the end of input is a quit."""
    typer.echo(question, nl=False, err=True)
    return sys.stdin.readline().strip().lower() or "q"


def _edited(text: str) -> str:
    """Return the text as a person left it in the editor. Raises EventrecError where none can be started."""
    editor = next(filter(None, map(os.environ.get, _EDITORS)), _USUAL)
    with tempfile.TemporaryDirectory(prefix="eventrec-") as folder:
        path = Path(folder) / "proposal.toml"
        path.touch(mode=0o600)
        path.write_text(text, "utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 (the person's own editor)
            return path.read_text("utf-8", errors="replace")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise EventrecError(
                f"The editor “{editor}” could not be used: {_why(error)}.",
                "Set EDITOR to one that is there, or write the proposal with -o proposal.toml.",
            ) from error


def _why(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"it ended with {error.returncode}"
    if isinstance(error, FileNotFoundError) and str(error.filename).endswith("proposal.toml"):
        return "the file that it was given is gone"
    return str(getattr(error, "strerror", None) or error)
