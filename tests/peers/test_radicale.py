"""Radicale, a server of calendars (CalDAV) and cards (CardDAV)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.peers import plain
from tests.peers.exported import CARDS
from tests.peers.radicale import CALENDAR, Server, meaning

if TYPE_CHECKING:
    from tests.peers.exported import Exported

ADDRESS_BOOK = b"""<?xml version="1.0"?>
<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:set><d:prop>
<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype></d:prop></d:set></d:mkcol>"""
"""RFC 6352, 6.3.1."""


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
    assert cards
    return [card.encode() for card in cards]


@pytest.mark.parametrize("name", [name for name in CARDS if name.endswith("3.vcf")])
def test_radicale_gives_every_card_back_equal(exported: Exported, server: Server, name: str) -> None:
    """RFC 6352, 5.1: one resource for each card. RFC 2426."""
    assert server.ask("MKCOL", f"/tester/{name}/", ADDRESS_BOOK)[0] == 201
    for number, card in enumerate(each_card(exported, name)):
        put_and_get(server, f"/tester/{name}/{number}.vcf", card)


@pytest.mark.parametrize("name", [name for name in CARDS if name.endswith("4.vcf")])
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
