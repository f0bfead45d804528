"""libical, on which the calendars of GNOME, KDE and Ubuntu Touch stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.peers import environments, same

if TYPE_CHECKING:
    from tests.peers.exported import Exported

pytestmark = pytest.mark.interop


def alike(_name: str, value: Any) -> Any:
    """It leaves out the space at the end of a text."""
    return value.rstrip() if isinstance(value, str) else value


@pytest.fixture(scope="module")
def read(exported: Exported) -> dict[str, Any]:
    """What libical reads in every calendar."""
    return environments.read_with_libical(exported.folder, exported.calendars)


def test_libical_reads_every_calendar_as_it_is_meant(exported: Exported, read: dict[str, Any]) -> None:
    assert len(read) == len(exported.calendars) > 50
    wrong = [line for name, told in read.items() for line in same.differences(exported, name, told["events"], alike)]
    assert wrong == []


def test_the_restriction_checks_of_libical_find_nothing(read: dict[str, Any]) -> None:
    """RFC 5546 and RFC 5545, as `icalrestriction_check` has them, and what the parser itself faults."""
    for name, told in read.items():
        found = {key: value for key, value in told.items() if key != "events"}
        assert (name, found) == (name, {"errors": 0, "valid": True, "errors_after_check": 0, "faults": []})
