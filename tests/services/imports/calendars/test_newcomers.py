from __future__ import annotations

import pytest

from eventrec.localized import Localized
from eventrec.services.imports.calendars import newcomers as module
from eventrec.services.imports.calendars.newcomers import Newcomers

ANA, NA_LI = Localized({"en": "Ana Moreau"}), Localized({"zh": "李娜"})


@pytest.fixture(params=[1, 2_000], ids=["written", "waiting"], autouse=True)
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK", request.param)


def test_somebody_who_was_added_is_found_by_any_key() -> None:
    newcomers = Newcomers()
    newcomers.add(("agency", 1), ANA, [("agency", "en", "A"), ("agency", "zh", "甲")])
    newcomers.begin()
    newcomers.add(("agency", 2), NA_LI, [("agency", "en", "B"), ("agency", "en", "B")])
    newcomers.begin()
    assert newcomers.find([("agency", "zh", "甲")]) == ("agency", 1)
    assert newcomers.find([("agency", "fr", "A"), ("agency", "en", "B")]) == ("agency", 2)
    assert newcomers.find([("contact", "en", "A")]) is None
    assert (newcomers.name(("agency", 2)), newcomers.name(("contact", 2))) == (NA_LI, None)
    assert list(newcomers.numbers["agency"]) == [1, 2]


def test_only_those_of_the_entry_at_hand_are_forgotten() -> None:
    newcomers = Newcomers()
    newcomers.add(("contact", 1), ANA, [("contact", "en", "Ana")])
    newcomers.begin()
    newcomers.add(("contact", 2), NA_LI, [("contact", "zh", "李娜")])
    newcomers.forget()
    assert newcomers.find([("contact", "zh", "李娜")]) is None
    assert newcomers.find([("contact", "en", "Ana")]) == ("contact", 1)
    assert newcomers.name(("contact", 2)) is None
    assert list(newcomers.numbers["contact"]) == [1]


def test_the_earliest_moment_counts_wherever_it_stands() -> None:
    newcomers = Newcomers()
    for moment in ("2024-02-01T00:00:00Z", "2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z"):
        newcomers.tell(("contact", "a"), moment)
    assert newcomers.first_told(("contact", "a")) == "2024-01-01T00:00:00Z"
    assert newcomers.first_told(("contact", "b")) is None
