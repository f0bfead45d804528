"""A disk that forgets: what may be left of a folder's files when the power fails in the middle of a recording.

What was synced is there. Of every later write each sector of 512 bytes may be there or not, in any order; a length may
be the old or the new one, and what was never written reads as zeros or as anything. Names are kept up to some moment
after the folder was last synced, in the order in which they were made, changed and taken away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.faults.recording import Cut, Gone, Linked, Made, Renamed, Sync, Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

    from tests.faults.recording import Step

SECTOR: Final = 512


@dataclass
class _File:
    """The content that is on the disk, and what was done since then."""

    content: bytes = b""
    since: list[Write | Cut] = field(default_factory=list)

    def synced(self) -> None:
        for step in self.since:
            self.content = _whole(self.content, step)
        self.since.clear()

    def after_power_cut(self, chance: Random) -> bytes:
        content, kept = self.content, chance.choice((0.0, 0.1, 0.5, 0.5, 0.9, 1.0))
        for step in self.since:
            if isinstance(step, Write):
                content = _torn(content, step, kept, chance)
            elif chance.random() < kept:
                content = _whole(content, step)
        return content


def after_power_cut(before: Mapping[str, bytes], steps: Iterable[Step], chance: Random) -> dict[str, bytes]:
    """Return names and contents of the files as they may be when the power fails after the last of the steps."""
    now = {name: _File(content) for name, content in before.items()}
    on_disk, since = dict(now), []
    for step in steps:
        if isinstance(step, Sync) and step.name == "":
            on_disk, since = dict(now), []
        elif isinstance(step, Sync):
            now[step.name].synced()
        elif isinstance(step, Write | Cut):
            now[step.name].since.append(step)
        elif isinstance(step, Made | Renamed | Linked | Gone):
            _rename(now, step)
            since.append(dict(now))
    names = chance.choice([on_disk, *since])
    return {name: file.after_power_cut(chance) for name, file in names.items()}


def _rename(now: dict[str, _File], step: Made | Renamed | Linked | Gone) -> None:
    if isinstance(step, Made):
        now[step.name] = _File()
        return
    file = now[step.name] if isinstance(step, Linked) else now.pop(step.name)
    if not isinstance(step, Gone):
        now[step.to] = file


def _whole(content: bytes, step: Write | Cut) -> bytes:
    if isinstance(step, Cut):
        return content[: step.size].ljust(step.size, b"\0")
    return content[: step.offset].ljust(step.offset, b"\0") + step.data + content[step.offset + len(step.data) :]


def _torn(content: bytes, step: Write, kept: float, chance: Random) -> bytes:
    """Return the content with those sectors of a write that reached the disk."""
    made = bytearray(content)
    end = step.offset + len(step.data)
    sector = step.offset // SECTOR * SECTOR
    while sector < end:
        first, last = max(sector, step.offset), min(sector + SECTOR, end)
        if chance.random() < kept:
            if len(made) < first:
                made += chance.randbytes(first - len(made)) if chance.random() < 0.5 else bytes(first - len(made))
            made[first:last] = step.data[first - step.offset : last - step.offset]
        sector += SECTOR
    return bytes(made)
