"""What commands answer on a book that is not as it should be: a sentence, a code that is documented, and no more."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.running import Commands, Ended

READING: Final = {
    "event list": ("event", "list", "-f", "json"),
    "contact list": ("contact", "list", "-f", "json"),
    "agenda": ("agenda", "--since", "2024-01-01"),
    "search": ("search", "Agency"),
    "log": ("log",),
    "report": ("report", "participants", "--by", "agency", "-f", "json"),
    "report contacts": ("report", "contacts", "-f", "json"),
    "export participants": ("export", "participants", "-f", "csv"),
    "export calendar": ("export", "calendar"),
    "export cards": ("export", "contacts"),
    "db info": ("db", "info"),
    "status": ("status",),
    "check": ("check",),
}
CHECK: Final = ("db", "check")
WRITING: Final = {
    "event add": ("event", "add", "Talk on arrivals", "--date", "2025-01-01"),
    "event edit": ("event", "edit", "1", "--city", "Bern"),
    "participant add": ("participant", "add", "2", "--agency", "AG-3", "--women", "2"),
    "contact merge": ("contact", "merge", "1", "40", "--prefer", "keep"),
    "import": ("import", "people.csv", "--as", "contacts"),
    "undo": ("undo",),
    "event remove": ("event", "remove", "3", "--yes"),
}


@dataclass
class Answers:
    """Asks commands about a book, and remembers what a whole book answers."""

    commands: Commands
    folder: Path
    template: Path
    whole: dict[str, str] = field(default_factory=dict)

    @property
    def book(self) -> Path:
        return self.folder / "book.db"

    def ask(self, *line: str) -> Ended:
        return self.commands(*line, address=self.book, folder=self.folder)

    def of_a_whole_book(self, name: str) -> str:
        """Return what is answered as long as the book is whole."""
        if name not in self.whole:
            book = self.template / "book.db"
            ended = self.commands(*READING[name], address=book, folder=self.template)
            assert ended.code in (0, 1), f"{name}: {ended.told()}"
            self.whole[name] = ended.out.replace(str(book), str(self.book))
        return self.whole[name]

    def reading(self, name: str) -> tuple[list[str], bool]:
        """Return what is wrong with an answer to a question, and whether it differs from what a whole book answers."""
        before = self.fingerprint()
        ended = self.ask(*READING[name])
        wrong = no_sentence(name, ended, (0, 1, 5) if name == "check" else (0, 5))
        if self.fingerprint() != before:
            wrong.append(f"{name} changed the book.")
        return wrong, ended.code in (0, 1) and ended.out != self.of_a_whole_book(name)

    def checking(self) -> tuple[list[str], bool]:
        """Return what is wrong with the answer of `db check`, and whether it found anything."""
        before = self.fingerprint()
        ended = self.ask(*CHECK)
        wrong = no_sentence("db check", ended, (0, 1, 5))
        if self.fingerprint() != before:
            wrong.append("db check changed the book.")
        return wrong, ended.code != 0

    def writing(self, name: str) -> list[str]:
        """Return what is wrong with how a command that changes the book ended: if it fails, it changes nothing."""
        before = self.fingerprint()
        ended = self.ask(*WRITING[name])
        wrong = no_sentence(name, ended, (0, 1, 3, 4, 5, 6))
        if ended.code and self.fingerprint() != before:
            wrong.append(f"{name} failed and changed the book.")
        return wrong

    def fingerprint(self) -> dict[str, str]:
        """Return a hash of the book's file, and of its log when there is one."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (self.book, self.book.with_name("book.db-wal"))
            if path.is_file() and path.stat().st_size
        }


def no_sentence(name: str, ended: Ended, codes: tuple[int, ...]) -> list[str]:
    """Return what is wrong with how a command ended: by a code that it may have, in words, without a traceback."""
    if "Traceback" in ended.err:
        return [f"{name}: {ended.err.strip().splitlines()[-1]} (exit {ended.code})\n{ended.err[-1500:]}"]
    if ended.code not in codes:
        return [f"{name}: {ended.told()}"]
    silent = ended.code not in (0, 1) and "eventrec: " not in ended.err
    return [f"{name}: no sentence, exit {ended.code}"] if silent else []
