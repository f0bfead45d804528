from __future__ import annotations

import pytest
from tests.formats.ical.check.make import event, found

WRONG = {
    "SUMMARY:a\\b": "escape",
    "SUMMARY:a\\": "escape",
    "SUMMARY:a\\:b": "escape",
    "SUMMARY:a, b": "not-escaped",
    "DESCRIPTION:a; b": "not-escaped",
    "CATEGORIES:a;b": "not-escaped",
    "LOCATION:a\\\\,b": "not-escaped",
}
FINE = ("SUMMARY:a\\, b\\; c\\nd\\Ne\\\\", "CATEGORIES:a,b", "RESOURCES:a\\,b,c", "X-ANY:a;b,c\\d", "SUMMARY:研讨会\\n")


@pytest.mark.parametrize(("line", "rule"), WRONG.items(), ids=list(WRONG))
def test_a_text_that_is_escaped_otherwise_is_told(line: str, rule: str) -> None:
    assert found(event(line)) == [(8, rule)]


@pytest.mark.parametrize("line", FINE)
def test_a_text_that_is_escaped_is_not(line: str) -> None:
    assert found(event(line)) == []
