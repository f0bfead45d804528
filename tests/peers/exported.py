"""The files that leave the book of these tests, through the same commands that a user types."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.peers import book, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CALENDARS = {
    "both.ics": (),
    "en.ics": ("--lang", "en"),
    "zh.ics": ("--lang", "zh"),
    "utc.ics": ("--utc",),
    "people.ics": ("--attendees",),
    "project.ics": ("--project", "EXAMPLE", "--name", "Example", "--name", "示例"),
    "one.ics": ("--event", "Online"),
}
"""Calendars, and the options with which they are written."""

CARDS = {"cards3.vcf": ("--vcard", "3.0"), "cards4.vcf": ("--vcard", "4.0")}


@dataclass(frozen=True)
class Exported:
    """What was exported, the book that it is from, and a folder with one file per event."""

    made: book.Made
    folder: Path
    vdir: Path

    def uid(self, name: str) -> str:
        """The uid of an event or a person."""
        return self.made.uids[name]

    def paths(self, names: Iterable[str]) -> list[Path]:
        """The files of these names."""
        return [self.folder / name for name in names]

    def events(self, name: str) -> dict[str, plain.Part]:
        """The events of a calendar by their uid, read line by line."""
        (calendar,) = plain.read((self.folder / name).read_bytes()).parts
        found = calendar.of("VEVENT")
        assert len({event.value("UID") for event in found}) == len(found)
        return {event.value("UID"): event for event in found}

    def cards(self, name: str) -> dict[str, plain.Part]:
        """The cards of a file by their uid, read line by line."""
        found = plain.read((self.folder / name).read_bytes()).parts
        return {card.value("UID").removeprefix("urn:uuid:"): card for card in found}

    def entries(self, name: str) -> Iterator[tuple[str, book.Entry]]:
        """Yield the events that a calendar must hold, with their uids."""
        for entry in book.DATED:
            of_project = any(code.startswith("EXAMPLE") for code in entry.projects + self._parents(entry))
            if (name == "project.ics" and not of_project) or (name == "one.ics" and entry.name != "Online"):
                continue
            yield self.uid(entry.name), entry

    @staticmethod
    def _parents(entry: book.Entry) -> tuple[str, ...]:
        return next((other.projects for other in book.DATED if other.name == entry.parent), ())


def export(folder: Path) -> Exported:
    """Make the book and everything that leaves it."""
    made = book.make(folder / "book.db")
    for name, options in CALENDARS.items():
        _eventrec(made, "export", "calendar", *options, "-o", folder / name)
    for name, options in CARDS.items():
        _eventrec(made, "export", "contacts", *options, "-o", folder / name)
    return Exported(made, folder, _vdir(folder))


def _vdir(folder: Path) -> Path:
    vdir = folder / "vdir"
    vdir.mkdir()
    for uid, content in plain.one_by_one((folder / "both.ics").read_bytes()):
        (vdir / f"{uid}.ics").write_bytes(content)
    return vdir


def _eventrec(made: book.Made, *words: Any) -> None:
    command = [str(Path(sys.executable).with_name("eventrec")), "--database", str(made.database), *map(str, words)]
    done = subprocess.run(command, env={**os.environ, "HOME": "/"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
