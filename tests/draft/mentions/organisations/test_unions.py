"""A union of countries is a party only where nothing behind it is said to be its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventrec.draft.mentions.organisations import Organisation

Read = Callable[..., list[Organisation]]


@pytest.mark.parametrize(
    "text", ["It was paid by the EU.", "The European Union and Chad agreed.", "The EU is content."]
)
def test_a_union_that_acts_is_named_with_doubt(read: Read, text: str) -> None:
    (found,) = read(text)
    assert found.names["en"] == "European Union"
    assert found.belief < 60


@pytest.mark.parametrize(
    "text", ["They spoke of EU law.", "The EU-China dialogue began.", "Under UN standards it is so."]
)
def test_a_union_that_only_tells_whose_is_none(read: Read, text: str) -> None:
    assert read(text) == []
