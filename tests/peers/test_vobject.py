"""The package `vobject`, on which Radicale stands, and many programs that move cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.peers import environments, same
from tests.peers.exported import CARDS

if TYPE_CHECKING:
    from tests.peers.exported import Exported


def test_vobject_reads_every_calendar_as_it_is_meant(exported: Exported) -> None:
    read = environments.read("vobject", exported.folder, exported.calendars)
    assert len(read) == len(exported.calendars) > 50
    assert [line for name, told in read.items() for line in same.differences(exported, name, told["events"])] == []
    assert read["named.ics"]["name"] == "Example / 示例"


def test_vobject_reads_every_card_as_it_is_meant(exported: Exported) -> None:
    """RFC 2426 and RFC 6350. It cuts a URI in a card at the first comma or semicolon, as if it were a list of texts."""
    read = environments.read("vobject", exported.folder, CARDS)
    for card in (card for part in read.values() for card in part):
        assert card.pop("urls") == [re.split("[,;]", url)[0] for url in _urls(exported, card["uid"])]
    assert [line for name, told in read.items() for line in same.card_differences(exported, name, told)] == []


def _urls(exported: Exported, uid: str) -> list[str]:
    return next(cards[uid].values("URL") for name in CARDS if uid in (cards := exported.cards(name)))
