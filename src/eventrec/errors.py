"""Everything that can go wrong, as one small tree; each class owns its exit code.

An error's message says what happened and why; its hint says what to do now, as a command where there is one.
Only the doors (`cli.main`, `api`) turn an error into words or let it pass to the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class EventrecError(Exception):
    """Something failed that the user can put right. Exit code 1."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class OutputExists(EventrecError):
    """The output file is there already and eventrec did not write it, or it was `changed` since."""

    def __init__(self, path: object, *, changed: bool = False) -> None:
        what = "was changed since eventrec wrote it" if changed else "exists and was not written by eventrec"
        super().__init__(
            f"{path} {what}.",
            "Choose another name, or replace it with --force.",
        )


class ChangedSince(EventrecError):
    """The row was changed by somebody else since it was read (optimistic lock)."""


class UndoRefused(EventrecError):
    """The change set cannot be taken back as things stand."""


class UsageError(EventrecError):
    """The command line does not make sense. Exit code 2."""

    exit_code = 2


class NotFound(EventrecError):
    """A reference leads to no record. Exit code 3."""

    exit_code = 3

    def __init__(self, noun: str, reference: str, nearest: Sequence[str] = ()) -> None:
        message = f"There is no {noun} “{reference}”."
        if nearest:
            message += " Nearest: " + "; ".join(nearest) + "."
        super().__init__(message, f"See them all: eventrec {noun} list")


class NotInHistory(NotFound):
    """The history has no such thing: no change set of that number, nothing to take back, nothing yet on that day."""

    def __init__(self, message: str, hint: str = "See what happened: eventrec log") -> None:
        EventrecError.__init__(self, message, hint)


class Ambiguous(EventrecError):
    """A reference leads to several records. Exit code 3.

    `exact` tells whether they all have the whole name, or only begin with it.
    """

    exit_code = 3

    def __init__(self, noun: str, reference: str, candidates: Sequence[str], exact: bool = True) -> None:
        self.exact = exact
        super().__init__(
            f"“{reference}” is more than one {noun}: " + "; ".join(candidates) + ".",
            "Name one of them by its number.",
        )


class Rejected(EventrecError):
    """The data cannot be accepted; nothing was saved. Exit code 4."""

    exit_code = 4


class AlreadyThere(Rejected):
    """What was to be added is in the book already."""


class DatabaseUnavailable(EventrecError):
    """The database is missing, locked, damaged, not ours, too old or too new. Exit code 5."""

    exit_code = 5


class ChoiceNeeded(EventrecError):
    """A confirmation or a choice is needed and there is nobody to ask. Exit code 6."""

    exit_code = 6
