"""The files that leave the book of these tests, through the same commands that a user types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.peers import book, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CALENDARS = {
    "both.ics": (),
    "en.ics": ("--lang", "en"),
    "zh.ics": ("--lang", "zh"),
    "utc.ics": ("--utc",),
    "people.ics": ("--attendees",),
    "named.ics": ("--project", "EXAMPLE", "--name", "Example", "--name", "示例"),
    "outlook.ics": ("--for", "outlook", "--attendees"),
    "google.ics": ("--for", "google"),
    "apple.ics": ("--for", "apple"),
    "thunderbird.ics": ("--for", "thunderbird"),
    "khal.ics": ("--for", "khal"),
}
"""Calendars, and the options with which they are written."""

INVITED = (
    "With people",
    "Daily in Shanghai",
    "Daily while Brussels goes forward",
    "Five whole days",
    "Online",
    "Cancelled",
)
"""Events to which somebody is invited, or called off (RFC 5546)."""

CARDS = {
    "cards3.vcf": ("contacts", "--vcard", "3.0"),
    "cards4.vcf": ("contacts", "--vcard", "4.0"),
    "agencies3.vcf": ("agencies", "--vcard", "3.0"),
    "agencies4.vcf": ("agencies", "--vcard", "4.0"),
}
"""Cards, and the commands that write them."""


@dataclass(frozen=True)
class Exported:
    """What was exported, and the book that it is from. Files are named by their path in the folder."""

    uids: Mapping[str, str]
    folder: Path

    @property
    def vdir(self) -> Path:
        """The folder with one file per event, named by its uid."""
        return self.folder / "vdir"

    @cached_property
    def calendars(self) -> list[str]:
        """Every calendar that was written: whole, of single events, feeds and invitations."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.ics"))

    @cached_property
    def entries(self) -> dict[str, book.Entry]:
        """The events that may stand in a calendar, by their uids."""
        return {self.uids[entry.name]: entry for entry in book.DATED}

    def read(self, name: str) -> list[plain.Part]:
        """What stands in a file, line by line."""
        return plain.read((self.folder / name).read_bytes()).parts

    def events(self, name: str) -> dict[str, plain.Part]:
        """The events of a calendar by their uid."""
        (calendar,) = self.read(name)
        return _by_uid(calendar.of("VEVENT"))

    def cards(self, name: str) -> dict[str, plain.Part]:
        """The cards of a file by their uid."""
        return _by_uid(self.read(name))


def _by_uid(parts: list[plain.Part]) -> dict[str, plain.Part]:
    found = {part.value("UID"): part for part in parts}
    assert len(found) == len(parts)
    return found


def export(folder: Path) -> Exported:
    """Make the book and everything that leaves it."""
    database = folder / "book.db"
    uids = book.make(database)
    calendars = [("calendar", *options, "-o", folder / name) for name, options in CALENDARS.items()]
    folders = [("calendar", f"--{kind}", folder / kind) for kind in ("vdir", "split", "feeds")]
    invitations = [
        ("invitation", name, "--to", "LI Na", "--organizer", "office@example.org", "-o", folder / "mail" / str(number))
        for number, name in enumerate(INVITED)
    ]
    cards = [(*words, "-o", folder / name) for name, words in CARDS.items()]
    commands = [["--database", database, "export", *words] for words in (*calendars, *folders, *invitations, *cards)]
    _run_commands([[str(word) for word in words] for words in commands])
    return Exported(uids, folder)


_ONE_BY_ONE = """
import json, sys
from eventrec.cli.main import main
for words in json.load(sys.stdin):
    try:
        main(words)
    except SystemExit as left:
        assert not left.code, words
"""


def _run_commands(commands: Sequence[Sequence[str]]) -> None:
    """Run command lines one after the other in one process, which is quicker than a process each."""
    done = subprocess.run(
        [sys.executable, "-c", _ONE_BY_ONE],
        input=json.dumps(commands),
        env={**os.environ, "HOME": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
