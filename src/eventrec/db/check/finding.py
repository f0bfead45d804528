"""One thing that is wrong with a book, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BACKUP: Final = "FILE"
"""What stands in a command for the newest backup, until somebody knows its name."""

RESTORE: Final = f"eventrec --database NEW.db db restore {BACKUP}"
"""What helps when rows are not what they were: a backup, restored beside the book, to compare."""

ANEW: Final = "eventrec db backup book.eventrec.zip && eventrec --database NEW.db db restore book.eventrec.zip"
"""What helps when the rows are right, and what stands around them is not: a new book has everything anew."""

MEND: Final = "eventrec db check --mend"
"""What helps when only computed columns are out of date."""

SHOWN: Final = 5
"""How many findings of the same sort are told one by one."""


@dataclass(frozen=True)
class Finding:
    """What is wrong, of which sort, where (a table and a row's number, if it is about one), and the next command.

    `computed` is what the history has in the computed columns of a row that differs from it in nothing else.
    """

    kind: str
    text: str
    command: str = RESTORE
    table: str = ""
    row: int | None = None
    computed: dict[str, Any] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.text


def summed_up(findings: Iterable[Finding], more: str) -> Iterator[Finding]:
    """Yield the first few findings, and one that says how many there are more; `more` follows their number."""
    count, last = 0, None
    for count, finding in enumerate(findings, 1):
        last = finding
        if count <= SHOWN:
            yield finding
    if last and count > SHOWN:
        yield Finding(last.kind, f"{count - SHOWN} more {more}", last.command, last.table)
