"""vdirsyncer, which carries a vdir to other places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.peers import environments, plain
from tests.peers.radicale import CALENDAR, meaning

if TYPE_CHECKING:
    from pathlib import Path

    from tests.peers.exported import Exported
    from tests.peers.radicale import Server

CONFIGURATION = """
[general]
status_path = "{folder}/status"

[pair events]
a = "ours"
b = "theirs"
collections = [["events", "vdir", "events"]]
metadata = ["displayname", "color"]
conflict_resolution = "a wins"

[storage ours]
type = "filesystem"
path = "{ours}"
fileext = ".ics"

[storage theirs]
"""
A_FOLDER = """
type = "filesystem"
path = "{folder}/theirs"
fileext = ".ics"
"""
A_SERVER = """
type = "caldav"
url = "http://127.0.0.1:{port}/"
username = "tester"
password = "any"
"""


def sync(exported: Exported, folder: Path, theirs: str) -> None:
    """Bring our vdir and their storage to the same state, as a user does."""
    configuration = folder / "vdirsyncer.conf"
    configuration.write_text(CONFIGURATION.format(ours=exported.folder, folder=folder) + theirs)
    program = environments.program("vdirsyncer", "vdirsyncer")
    for word in ("discover", "sync", "metasync"):
        environments.run([program, "--config", configuration, word])


def contents(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold, in whatever file an event stands, and what the folder is called."""
    events = [path.read_bytes() for path in folder.glob("*.ics")]
    about = {path.name: path.read_bytes() for path in folder.glob("[!.]*") if path.suffix != ".ics"}
    found = {plain.read(event).parts[0].of("VEVENT")[0].value("UID"): event for event in events}
    assert len(found) == len(events) > 40
    return found | about


def test_vdirsyncer_carries_every_event_over_unchanged(exported: Exported, tmp_path: Path) -> None:
    """Byte for byte; and nothing is changed on our side, now or when it comes again."""
    (tmp_path / "theirs" / "events").mkdir(parents=True)
    before = {path: path.stat().st_mtime_ns for path in exported.vdir.iterdir()}
    for _ in range(2):
        sync(exported, tmp_path, A_FOLDER.format(folder=tmp_path))
        assert contents(tmp_path / "theirs" / "events") == contents(exported.vdir)
        assert {path: path.stat().st_mtime_ns for path in exported.vdir.iterdir()} == before
    assert contents(exported.vdir).keys() > {"displayname", "color"}


def test_vdirsyncer_brings_every_event_to_a_server(exported: Exported, tmp_path: Path, server: Server) -> None:
    """RFC 4791; and what the server makes of it does not come back into our vdir."""
    assert server.ask("MKCALENDAR", "/tester/events/", CALENDAR)[0] == 201
    before = contents(exported.vdir)
    for _ in range(2):
        sync(exported, tmp_path, A_SERVER.format(port=server.port))
        assert contents(exported.vdir) == before
    (theirs,) = plain.read(server.ask("GET", "/tester/events/")[1]).parts
    ours = [plain.read(path.read_bytes()).parts[0].of("VEVENT")[0] for path in exported.vdir.glob("*.ics")]
    assert sorted(map(meaning, theirs.of("VEVENT")), key=repr) == sorted(map(meaning, ours), key=repr)
    assert theirs.text("X-WR-CALNAME") == (exported.vdir / "displayname").read_text()
