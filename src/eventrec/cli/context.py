"""What every command is given: the book, who is typing, what time it is, and how to speak."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from eventrec import config
from eventrec.book import Book
from eventrec.errors import ChoiceNeeded, UsageError
from eventrec.formats.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.book import Work
    from eventrec.config import Settings
    from eventrec.views.reader import Reader


@dataclass
class App:
    """One run of the command line: its global options and all that a command needs from outside."""

    database: str | None = None
    no_input: bool = False
    quiet: bool = False
    color: str = "auto"
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.color not in ("auto", "always", "never"):
            raise UsageError(f"--color {self.color} is none of auto, always, never.")

    @cached_property
    def settings(self) -> Settings:
        """Where the book is, and who says so."""
        return config.load(self.database, os.environ, Path.cwd(), config.user_folders())

    @cached_property
    def book(self) -> Book:
        """The book; opened when it is first asked for something."""
        return Book(self.settings)

    @property
    def reader(self) -> Reader:
        """Answers questions about the records."""
        return self.book.reader

    def close(self) -> None:
        """Close the book, if it was opened."""
        if "book" in self.__dict__:
            self.book.close()

    @property
    def today(self) -> date:
        """The day here."""
        return datetime.now().astimezone().date()

    @property
    def can_ask(self) -> bool:
        """Tell whether there is a person at a terminal who may be asked."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def colored(self) -> bool:
        """Tell whether standard output wants colour (`--color`, NO_COLOR)."""
        if self.color != "auto":
            return self.color == "always"
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @contextmanager
    def writing(self, *, dry_run: bool = False, create: bool = False) -> Iterator[Work]:
        """Open one transaction for the command; everything in it is saved at the end, or nothing.

        With `create` the default book is made when it is not there yet, and said so. What shortened references led
        to is said in every case.
        """
        if create and self.book.make_if_default():
            self.warn(f"A new record book was made: {self.settings.database}")
        with self.book.writing(command=command_line(), keep=not dry_run) as work:
            yield work
            for line in work.resolved:
                self.say(line)
        if dry_run:
            self.say("Nothing was saved (--dry-run).")

    def say(self, text: str) -> None:
        """Tell the person something; it goes to standard error, since standard output is for data."""
        if not self.quiet:
            typer.echo(visible(text, lines=True), err=True)

    def warn(self, text: str) -> None:
        """Tell something that must not be missed, even with `--quiet`."""
        typer.echo(visible(text, lines=True), err=True)

    def saved(self, noun: str, number: int, text: str, *next_commands: str) -> None:
        """Tell what was saved, under which number, and what comes next; with `--quiet` only the number."""
        if self.quiet:
            typer.echo(number)
            return
        self.say(f"{noun.capitalize()} {number} {text}")
        for command in next_commands:
            self.say(f"  {command}")

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before something that is hard to notice; raises ChoiceNeeded when nobody can answer."""
        if yes:
            return
        if not self.can_ask:
            raise ChoiceNeeded(f"{question} There is no terminal to ask.", "Say --yes to go on.")
        if not typer.confirm(visible(question), err=True):
            raise typer.Abort

    def choose(self, question: str, answers: Sequence[tuple[str, str]]) -> str:
        """Ask which of (option, meaning) is meant; raises ChoiceNeeded when nobody can answer."""
        if not self.can_ask:
            options = " or ".join(f"{option} ({meaning})" for option, meaning in answers)
            raise ChoiceNeeded(question, f"Say {options}.")
        typer.echo(visible(question), err=True)
        for at, (_, meaning) in enumerate(answers, 1):
            typer.echo(f"  {at}  {meaning}", err=True)
        while True:
            answer = typer.prompt("Which", err=True).strip()
            if answer.isdigit() and 0 < int(answer) <= len(answers):
                return answers[int(answer) - 1][0]


def app_of(ctx: typer.Context) -> App:
    """Return the run that a command belongs to."""
    app = ctx.obj
    if not isinstance(app, App):
        raise TypeError("a command was called without the group above it")
    return app


def command_line() -> str:
    """Return the command as it was typed, for the history."""
    return shlex.join(["eventrec", *sys.argv[1:]])
