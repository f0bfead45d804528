"""What the tests of organisations share: a text read for its organisations, as short lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventrec.draft.gazetteer import Gazetteer, Known
from eventrec.draft.mentions import organisations
from eventrec.draft.page import lay_out
from eventrec.draft.reading import Reading

Read = Callable[..., list[organisations.Organisation]]
Named = Callable[..., list[str]]


@pytest.fixture
def read() -> Read:
    """Return what reads a text for its organisations, with the agencies of a book or with none."""

    def of(text: str, *agencies: Known) -> list[organisations.Organisation]:
        return list(organisations.find(Reading(lay_out(text), Gazetteer(agencies=agencies))))

    return of


@pytest.fixture
def named(read: Read) -> Named:
    """Return what reads a text for the names of the organisations that are believed, without collectives."""

    def of(text: str, *agencies: Known) -> list[str]:
        found = [each for each in read(text, *agencies) if each.belief >= 60 and not each.group]
        return [" / ".join(each.names[tag] for tag in sorted(each.names)) for each in found]

    return of
