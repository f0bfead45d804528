"""Radicale, a server of calendars (CalDAV) and cards (CardDAV)."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import time
from base64 import b64encode
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from tests.peers import environments, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.peers.exported import Exported

WAIT = 30
"""Seconds that the server may take to answer for the first time."""

CALENDAR = b"""<?xml version="1.0"?>
<mkcalendar xmlns="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:set><d:prop>
<d:displayname>Events</d:displayname></d:prop></d:set></mkcalendar>"""
"""RFC 4791, 5.3.1."""

ADDRESS_BOOK = b"""<?xml version="1.0"?>
<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:set><d:prop>
<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype></d:prop></d:set></d:mkcol>"""
"""RFC 6352, 6.3.1."""


CUT = {("VEVENT", "CONFERENCE"), ("VCARD", "URL"), ("VCARD", "NICKNAME")}
"""What comes back without its end when there is a comma in it."""


class Server:
    """Radicale on a port of its own, with an empty folder for a storage."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.log = folder / "radicale.log"
        words = ["--hosts", f"127.0.0.1:{self.port}", "--auth-type", "none"]
        words += ["--storage-filesystem-folder", str(folder / "storage"), "--web-type", "none", "--config", ""]
        with self.log.open("wb") as log:
            python = str(environments.program("radicale"))
            self.process = subprocess.Popen(
                [python, "-m", "radicale", *words], env={**os.environ, "TZ": "UTC"}, stdout=log, stderr=log
            )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + WAIT
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        self.stop()
        pytest.fail(f"Radicale does not answer:\n{self.log.read_text()}", pytrace=False)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(WAIT)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/xml") -> tuple[int, bytes]:
        """Send one request, and return the status and what came back."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        user = b64encode(b"tester:").decode()
        connection.request(method, path, body, {"Authorization": f"Basic {user}", "Content-Type": kind})
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Radicale for the tests of this file."""
    server = Server(tmp_path_factory.mktemp("radicale"))
    yield server
    server.stop()


def meaning(part: plain.Part) -> tuple[object, ...]:
    """Return what a part says, in any order of its lines, of its parameters and of the parts in it.

    Radicale writes what it has understood anew, lines sorted and folded its own way. Values that vobject takes for
    lists without knowing how to write one are cut at the first comma, a URI also at the first semicolon.
    """
    lines = [
        (name.upper(), sorted(parameters.items()), re.split("[,;]", value)[0] if (part.name, name) in CUT else value)
        for name, parameters, value in part.lines
    ]
    return part.name, sorted(lines), sorted((meaning(each) for each in part.parts), key=repr)


def test_radicale_gives_every_event_back_equal(exported: Exported, server: Server) -> None:
    """RFC 4791, 5.3.2: one resource for each event, in a calendar of its own with its zone."""
    assert server.ask("MKCALENDAR", "/tester/events/", CALENDAR)[0] == 201
    files = sorted(exported.vdir.glob("*.ics"))
    assert len(files) > 40
    for path in files:
        assert server.ask("PUT", f"/tester/events/{path.name}", path.read_bytes(), "text/calendar")[0] == 201
    for path in files:
        status, given = server.ask("GET", f"/tester/events/{path.name}")
        assert status == 200
        assert meaning(plain.read(given)) == meaning(plain.read(path.read_bytes()))


def put_and_get(server: Server, path: str, card: bytes) -> None:
    assert server.ask("PUT", path, card, "text/vcard")[0] == 201
    status, given = server.ask("GET", path)
    assert status == 200
    assert meaning(plain.read(given)) == meaning(plain.read(card))


def each_card(exported: Exported, name: str) -> list[bytes]:
    cards = [f"BEGIN:VCARD{rest}" for rest in (exported.folder / name).read_bytes().decode().split("BEGIN:VCARD")[1:]]
    assert len(cards) > 7
    return [card.encode() for card in cards]


@pytest.mark.parametrize("name", ["cards3.vcf", "every3.vcf"])
def test_radicale_gives_every_card_back_equal(exported: Exported, server: Server, name: str) -> None:
    """RFC 6352, 5.1: one resource for each card. RFC 2426."""
    assert server.ask("MKCOL", f"/tester/{name}/", ADDRESS_BOOK)[0] == 201
    for number, card in enumerate(each_card(exported, name)):
        put_and_get(server, f"/tester/{name}/{number}.vcf", card)


@pytest.mark.parametrize("name", ["cards4.vcf", "every4.vcf"])
def test_radicale_gives_every_card_of_version_4_back_equal(exported: Exported, server: Server, name: str) -> None:
    """RFC 6350, 5.4: names with the same ALTID are one. Radicale does not know that, and refuses a second N."""
    assert server.ask("MKCOL", f"/tester/{name}/", ADDRESS_BOOK)[0] == 201
    for number, card in enumerate(each_card(exported, name)):
        path = f"/tester/{name}/{number}.vcf"
        names = re.findall(rb"^N[;:].*\r\n(?: .*\r\n)*", card, re.MULTILINE)
        for other in names[1:]:
            assert server.ask("PUT", path, card, "text/vcard")[0] == 400
            card = card.replace(other, b"")
        put_and_get(server, path, card)
