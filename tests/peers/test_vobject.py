"""The package `vobject`, on which Radicale stands, and many programs that move cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.peers import environments, same
from tests.peers.exported import CARDS

if TYPE_CHECKING:
    from tests.peers.exported import Exported


def alike(name: str, value: Any) -> Any:
    """It cuts the URI of a card at the first comma or semicolon, and has the first of several nicknames only."""
    if name == "nickname":
        return value[:1]
    return [re.split("[,;]", url)[0] for url in value] if name == "urls" else value


def test_vobject_reads_every_calendar_as_it_is_meant(exported: Exported) -> None:
    read = environments.read("vobject", exported.folder, exported.calendars)
    assert len(read) == len(exported.calendars) > 50
    assert [line for name, told in read.items() for line in same.differences(exported, name, told["events"])] == []
    assert read["named.ics"]["name"] == "Example / 示例"


def test_vobject_reads_every_card_as_it_is_meant(exported: Exported) -> None:
    """RFC 2426 and RFC 6350."""
    read = environments.read("vobject", exported.folder, CARDS)
    assert len(read) == len(CARDS)
    wrong = [line for name, cards in read.items() for line in same.card_differences(exported, name, cards, alike)]
    assert wrong == []
