from __future__ import annotations

import re

import pytest

from eventrec.draft.rules.parties.pattern import Pattern


def test_a_pattern_finds_what_re_finds() -> None:
    pattern = Pattern(r"port|harbour", re.IGNORECASE)
    text = "Port and harbour"
    assert [found[0] for found in pattern.finditer(text)] == ["Port", "harbour"]
    assert pattern.search(text, 5) is not None
    assert pattern.match(text, 5) is None
    assert pattern.fullmatch("PORT")
    assert pattern.sub("quay", text) == "quay and quay"


def test_a_pattern_is_made_when_it_is_first_looked_for() -> None:
    broken = Pattern("(")
    with pytest.raises(re.error):
        broken.search("")
