"""vdirsyncer, which carries a vdir to other places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.peers import environments

if TYPE_CHECKING:
    from pathlib import Path

    from tests.peers.exported import Exported

CONFIGURATION = """
[general]
status_path = "{folder}/status"

[pair events]
a = "ours"
b = "theirs"
collections = ["vdir"]
metadata = ["displayname", "color"]
conflict_resolution = "a wins"

[storage ours]
type = "filesystem"
path = "{ours}"
fileext = ".ics"

[storage theirs]
type = "filesystem"
path = "{folder}/theirs"
fileext = ".ics"
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold, in whatever file an event stands, and what the folder is called."""
    events = [path.read_bytes() for path in folder.glob("*.ics")]
    about = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".ics"}
    found = {line: event for event in events for line in event.split(b"\r\n") if line.startswith(b"UID:")}
    assert len(found) == len(events)
    return {line.decode(): event for line, event in found.items()} | about


def sync(exported: Exported, folder: Path) -> None:
    (folder / "theirs" / "vdir").mkdir(parents=True, exist_ok=True)
    configuration = folder / "vdirsyncer.conf"
    configuration.write_text(CONFIGURATION.format(ours=exported.folder, folder=folder))
    program = environments.program("vdirsyncer", "vdirsyncer")
    for words in (["discover"], ["sync", "--force-delete"], ["metasync"]):
        environments.run([program, "--config", configuration, *words])


def test_vdirsyncer_carries_every_event_over_unchanged(exported: Exported, tmp_path: Path) -> None:
    """Byte for byte; and nothing is changed on our side, now or when it comes again."""
    before = {path: path.stat().st_mtime_ns for path in exported.vdir.iterdir()}
    for _ in range(2):
        sync(exported, tmp_path)
        assert contents(tmp_path / "theirs" / "vdir") == contents(exported.vdir)
        assert {path: path.stat().st_mtime_ns for path in exported.vdir.iterdir()} == before
    assert contents(exported.vdir).keys() > {"displayname", "color"}
