"""What every export shares when its file is given to somebody outside: `--to` and `--purpose`, and the note of it.

The note is saved when the file is on the disk under a name of its own and only its renaming is left: a book that cannot
be written to stops the export, and a file that is there was noted. What goes to standard output is noted before.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventrec.cli.context import command_line
from eventrec.errors import EventrecError, PartlyWritten, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from eventrec.cli.context import App
    from eventrec.views.criteria import Criteria

To = Annotated[
    str | None,
    typer.Option(
        "--to", "--given-to", metavar="WHO", help="Note that it is given to them: an agency, or words; with --purpose."
    ),
]
GivenTo = Annotated[
    str | None,
    typer.Option("--given-to", metavar="WHO", help="Note that all of it is given to somebody else; with --purpose."),
]
Purpose = Annotated[str | None, typer.Option("--purpose", metavar="TEXT", help="What it is given for: “final report”.")]


@dataclass
class Disclosing:
    """An export that is given to somebody: `people` are the numbers of the contacts whom it names.

    `number` is that of its note, once it is saved.
    """

    app: App
    recipient: str
    purpose: str
    what: str
    criteria: str = ""
    people: Collection[int] = ()
    number: int | None = None

    def note(self, file_name: str | None, contents: Iterable[bytes]) -> None:
        """Save the note; contents that are `Hashed` have passed already.

        Raises DatabaseUnavailable for a book that cannot be written to.
        """
        from eventrec.services import disclosure
        from eventrec.streamed import Hashed

        if not isinstance(contents, Hashed):
            contents = Hashed(contents)
            for _ in contents:
                pass
        digest = contents.digest

        def save() -> int:
            with self.app.book.writing(command=command_line()) as work:
                row = disclosure.add(
                    work.session,
                    recipient=self.recipient,
                    purpose=self.purpose,
                    what=self.what,
                    people=sorted(self.people),
                    criteria=self.criteria,
                    file_name=file_name,
                    sha256=digest,
                )
                return row.id

        self.number = self.app.book.repeated(save)

    def unless_placed(self) -> None:
        """Remove the note of a file that could not be put into its place."""
        from eventrec.services import disclosure

        number = self.number
        if number is None:
            return

        def take_back() -> None:
            with self.app.book.writing(command=command_line()) as work:
                disclosure.take_back(work.session, number)

        try:
            self.app.book.repeated(take_back)
        except EventrecError:
            self.app.warn(f"Disclosure {self.number} stays noted, though its file could not be put into its place.")
        self.number = None

    def tell(self) -> None:
        """Say what was noted."""
        from eventrec.reports.disclosures import agency_of

        code = agency_of(self.app.reader, self.recipient)[1]
        who = f"{self.recipient} (agency {code})" if code and code != self.recipient else self.recipient
        people = "1 person" if len(self.people) == 1 else f"{len(self.people):,} people"
        self.app.say(f"Noted as disclosure {self.number}: {people} by name, to {who}, for “{self.purpose}”.")


def disclosing(app: App, options: Mapping[str, Any], what: str, criteria: Criteria | None = None) -> Disclosing | None:
    """Return what is to be noted, when the options ask for it. Raises UsageError when one of the two is missing."""
    from eventrec.text.names import clean

    to, purpose = options.get("given_to"), options.get("purpose")
    if to is None and purpose is None:
        return None
    if to is None or purpose is None:
        said, missing = ("--purpose", "--to WHO") if to is None else ("--to", "--purpose TEXT")
        raise UsageError(f"{said} says only half of what is noted.", f"Say {missing} too.")
    words = criteria.describe() if criteria else ""
    return Disclosing(app, clean(to, "recipient", 300), clean(purpose, "purpose", 300), what, words)


@contextmanager
def noting(given: Disclosing | None, file: Path | None, contents: Iterable[bytes]) -> Iterator[Callable[[], None]]:
    """Yield what is to be called when all is ready and only the last step is left: it saves the note, if there is one.

    When that step fails the note is taken back; where this user may not do that, it is said that it stays.
    """
    if given is None:
        yield lambda: None
        return
    name = file.resolve().name if file is not None else None
    try:
        yield lambda: given.note(name, contents)
    except PartlyWritten:
        raise
    except EventrecError:
        given.unless_placed()
        raise
    if given.number is not None:
        given.tell()
