"""Everything that can go wrong, as one small tree; each class owns its exit code.

An error's message says what happened and why; its hint says what to do now, as a command where there is one.
Only the doors (`cli.main`, `api`) turn an error into words or let it pass to the caller.
"""

from __future__ import annotations

import errno
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


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


class PartlyWritten(EventrecError):
    """Some of several files are in their places, and the next could not be put into its own."""

    def __init__(self, error: EventrecError, written: Sequence[object]) -> None:
        super().__init__(f"{error.message} Written before that: {', '.join(map(str, written))}.", error.hint)


class FieldChange(NamedTuple):
    """A field that somebody changed, with JSON values; `yours` is what was to be set, None when nothing was."""

    field: str
    before: Any
    after: Any
    yours: Any = None


class ChangedSince(EventrecError):
    """The row was changed by somebody else since it was read (optimistic lock).

    `version` is the one that it has by now, `changes` are the fields that differ since the version that was read. With
    `never`, it never had the version that was given, so nobody changed it since.
    """

    NOTHING_SAVED = "Nothing was saved."

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        version: int | None = None,
        changes: Sequence[FieldChange] = (),
        never: bool = False,
    ) -> None:
        super().__init__(message, hint)
        self.never = never
        self.version = version
        self.changes = tuple(changes)


class Conflict(EventrecError):
    """The database refused a transaction because another one touched the same records at the same moment."""


class TakenBack(Conflict):
    """A conflict that came before anything was saved: the whole command may be repeated."""


class StoppedAfterSaving(EventrecError):
    """Somebody pressed Ctrl-C when everything was saved already. Exit code 130."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("Stopped, but everything was saved already.", "Take it back: eventrec undo")


class UndoRefused(EventrecError):
    """The change set cannot be taken back as things stand."""


class UsageError(EventrecError):
    """The command line does not make sense. Exit code 2."""

    exit_code = 2


class NotFound(EventrecError):
    """A reference leads to no record. Exit code 3."""

    exit_code = 3

    def __init__(self, noun: str, reference: str, nearest: Sequence[str] = (), *, as_of: str = "") -> None:
        then = f" --as-of {shlex.quote(as_of)}" if as_of else ""
        message = f"There is no {noun} “{reference}”."
        if nearest:
            message += " Nearest: " + "; ".join(nearest) + "."
        super().__init__(message, f"See them all: eventrec {noun} list{then}")


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


class NotAllowed(DatabaseUnavailable):
    """The database's role may not see or do that. Exit code 5."""


class ServerLost(DatabaseUnavailable):
    """The database server cannot be reached, or the connection to it was lost. Exit code 5."""


class OutcomeUnknown(DatabaseUnavailable):
    """The connection was lost during COMMIT, and nobody can be asked whether it was saved. Exit code 5."""


class ChoiceNeeded(EventrecError):
    """A confirmation or a choice is needed and there is nobody to ask. Exit code 6."""

    exit_code = 6


def not_written(path: Path, error: OSError) -> EventrecError:
    """Return the error that says why a file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EventrecError(f"The disk is full; {path} was not written.", "Make room, or choose another disk.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return EventrecError(f"The folder {path.parent} does not exist.", "Make it first, or name another one.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EventrecError(f"{path} may not be written here.", "Choose another folder.")
    return EventrecError(f"{path} could not be written: {error.strerror or error}.", "Choose another place.")
