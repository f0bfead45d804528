"""What every command is given: the book, who is typing, what time it is, and how to speak."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from eventrec.cli.asking import Question
from eventrec.errors import ChoiceNeeded, DatabaseUnavailable, StoppedAfterSaving, UsageError
from eventrec.formats.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventrec.book import Book, Work
    from eventrec.config import Settings
    from eventrec.text.moments import AsOf
    from eventrec.views.reader import Reader


class _Words(NamedTuple):
    """Words that are told once everything is saved; a `number` is data for scripts."""

    text: str
    number: bool = False


class App:
    """One run of the command line: its global options and all that a command needs from outside.

    `answers` are those to what was asked in an earlier attempt at this command. `on_saved` is called as soon as
    something was saved, whatever the command does afterwards.
    """

    def __init__(
        self,
        database: str | None = None,
        no_input: bool = False,
        quiet: bool = False,
        color: str = "auto",
        *,
        answers: dict[str, str] | None = None,
        on_saved: Callable[[], None] = lambda: None,
    ) -> None:
        self.database = database
        self.no_input = no_input
        self.quiet = quiet
        self.color = color
        self.answers = {} if answers is None else answers
        self.on_saved = on_saved
        self.as_of: AsOf | None = None
        """The moment that is asked about; None for now."""

        self._dry_run = False
        self._waiting: list[_Words] | None = None
        if self.color not in ("auto", "always", "never"):
            raise UsageError(f"--color {self.color} is none of auto, always, never.", "Choose one of them.")

    @cached_property
    def settings(self) -> Settings:
        """Where the book is, and who says so."""
        from eventrec import config

        return config.load(self.database, os.environ, Path.cwd(), config.user_folders(os.environ))

    @cached_property
    def book(self) -> Book:
        """The book; opened when it is first asked for something."""
        from eventrec.book import Book

        return Book(self.settings, tell=self._aside, on_saved=self.on_saved)

    @property
    def has_no_book(self) -> bool:
        """Tell whether nobody named a book, and the default one was not made yet."""
        from eventrec import connection

        return self.settings.may_be_made and not connection.exists(self.settings.database)

    def _require_book(self) -> None:
        if self.has_no_book:
            raise DatabaseUnavailable(
                "There is no record book yet.", "Make your own: eventrec init, or one to look around: eventrec demo"
            )

    @property
    def reader(self) -> Reader:
        """Answers questions about the records, with `--as-of` about those of then. Raises DatabaseUnavailable."""
        self._require_book()
        return self.book.reader if self.as_of is None else self._earlier

    @cached_property
    def _earlier(self) -> Reader:
        reader = self.book.reader_as_of(self.as_of)
        if self.as_of is not None:
            self.warn(self.as_of.sentence)
        return reader

    def look_back(self, text: str) -> None:
        """Ask about the records as they were at a day or moment (`--as-of`). Raises Rejected, UsageError."""
        from eventrec.text.moments import read_as_of

        self.as_of = read_as_of(text, datetime.now().astimezone(), datetime.astimezone)

    def close(self) -> None:
        """Close the book, if it was opened, and say what of it was not seen."""
        if "_earlier" in self.__dict__:
            self._earlier.connection.close()
        if "book" in self.__dict__:
            if withheld := self.book.withheld:
                names = ", ".join(name.replace("_", " ") for name in withheld)
                self.warn(f"Left empty, since your role in the database may not see it: {names}.")
            self.book.close()

    @property
    def today(self) -> date:
        """The day here."""
        return datetime.now().astimezone().date()

    @property
    def day(self) -> date:
        """The day that is asked about: today, or that of `--as-of`."""
        return self.as_of.day if self.as_of else self.today

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
    def writing(self, *, dry_run: bool = False, create: bool = False, said: str = "--dry-run") -> Iterator[Work]:
        """Open one transaction for the command; everything in it is saved at the end, or nothing.

        With `create` the default book is made when it is not there yet, and said so; `said` is the option of a dry run.
        What is told meanwhile is held back until it is true; first comes what shortened references led to. When the
        database takes it back because of another writer, `main` runs the whole command again: what it gives out by
        other means must bear that.
        """
        if create and self.book.make_if_default():
            self.warn(f"A new record book was made: {self.settings.database}")
        self._require_book()
        self._waiting, self._dry_run = [], dry_run
        try:
            with self.book.writing(command=command_line(), keep=not dry_run) as work:
                yield work
            waiting = self._waiting
        finally:
            self._waiting = None
        try:
            self._tell_all(work, waiting, said if dry_run else "")
        except KeyboardInterrupt as error:
            if dry_run:
                raise
            raise StoppedAfterSaving from error

    def _tell_all(self, work: Work, waiting: Sequence[_Words], dry_run: str) -> None:
        for line in work.warnings:
            self.warn(line)
        if dry_run:
            self.say(f"Nothing was saved ({dry_run}). Without it:")
        for line in work.resolved:
            self.say(line)
        for words in waiting:
            if not (words.number and dry_run):
                self._tell(words)

    def say(self, text: str) -> None:
        """Tell the person something; it goes to standard error, since standard output is for data."""
        if not self.quiet:
            self._tell(_Words(text))

    def warn(self, text: str) -> None:
        """Tell something that must not be missed, even with `--quiet`."""
        self._tell(_Words(text))

    def _aside(self, words: str, failed: bool) -> None:
        """Tell at once what happened beside the command: it is true whatever becomes of the command itself."""
        if failed or not self.quiet:
            typer.echo(visible(words, lines=True), err=True)

    def put(self, line: str) -> None:
        """Give a line of the answer; it goes to standard output."""
        typer.echo(visible(line))

    def saved(self, noun: str, number: int, text: str, *next_commands: str) -> None:
        """Tell what was saved, under which number, and what comes next; with `--quiet` only the number."""
        if self.quiet:
            self._tell(_Words(str(number), number=True))
            return
        self.say(f"{noun.capitalize()} {number} {text}")
        for command in next_commands:
            self.say(f"  {command}")

    def _tell(self, words: _Words) -> None:
        if self._waiting is not None:
            self._waiting.append(words)
        else:
            typer.echo(visible(words.text, lines=True), err=not words.number)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before something that is hard to notice; raises ChoiceNeeded when nobody can answer."""
        if yes or self._dry_run or question in self.answers:
            return
        if not self.can_ask:
            raise ChoiceNeeded(f"{question} There is no terminal to ask.", "Say --yes to go on.")
        raise Question(question)

    def choose(self, question: str, answers: Sequence[tuple[str, str]]) -> str:
        """Ask which of (option, meaning) is meant; raises ChoiceNeeded when nobody can answer."""
        if question in self.answers:
            return self.answers[question]
        if not self.can_ask:
            options = " or ".join(f"{option} ({meaning})" for option, meaning in answers)
            raise ChoiceNeeded(question, f"Say {options}.")
        raise Question(question, answers)


def app_of(ctx: typer.Context) -> App:
    """Return the run that a command belongs to."""
    app = ctx.obj
    if not isinstance(app, App):
        raise TypeError("a command was called without the group above it")
    if ctx.params.get("as_of") and app.as_of is None:
        app.look_back(ctx.params["as_of"])
    return app


def command_line() -> str:
    """Return the command as it was typed, for the history; octets that are no text, as in a file's name, as hex."""
    return shlex.join(["eventrec", *sys.argv[1:]]).encode("utf-8", "backslashreplace").decode()
