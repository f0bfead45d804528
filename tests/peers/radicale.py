"""Radicale, started for a test on a port of its own."""

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
from tests.peers import environments

if TYPE_CHECKING:
    from pathlib import Path

    from tests.peers import plain

WAIT = 30
"""Seconds that the server may take to answer for the first time."""

CALENDAR = b"""<?xml version="1.0"?>
<mkcalendar xmlns="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:set><d:prop>
<d:displayname>Events</d:displayname></d:prop></d:set></mkcalendar>"""
"""RFC 4791, 5.3.1."""

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
