"""ical.js, on which the calendars of Thunderbird and Nextcloud stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.peers import environments, same
from tests.peers.exported import CARDS

if TYPE_CHECKING:
    from tests.peers.exported import Exported

pytestmark = pytest.mark.interop


def alike(_name: str, value: Any) -> Any:
    r"""In cards it leaves `\;` in a text, and takes the `;` after an escaped backslash for a letter.

    What holds one of these is compared without them.
    """
    whole = str(value)
    return "".join(sign for sign in whole if sign.isalnum()) if "\\" in whole or ";" in whole else value


def test_icaljs_reads_every_calendar_as_it_is_meant(exported: Exported) -> None:
    read = environments.read_with_icaljs(exported.folder, exported.calendars)
    assert len(read) == len(exported.calendars) > 50
    assert [line for name, told in read.items() for line in same.differences(exported, name, told["events"])] == []
    assert read["named.ics"]["name"] == "Example / 示例"


def test_icaljs_reads_every_card_as_it_is_meant(exported: Exported) -> None:
    """RFC 2426 and RFC 6350."""
    read = environments.read_with_icaljs(exported.folder, CARDS)
    assert len(read) == len(CARDS)
    wrong = [line for name, cards in read.items() for line in same.card_differences(exported, name, cards, alike)]
    assert wrong == []
