from __future__ import annotations

import pytest

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import Organisation, OrganisationMention
from eventrec.draft.rules.parties.short_names import short_for


def named(name: str, start: int, *, series: int | None = None, **more: object) -> Organisation:
    mention = OrganisationMention(Span(start, start + len(name)), "en", name, series)
    return Organisation({"en": name}, (mention,), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Kenya Harbour Police", "Harbour Police"),
        ("Port Authority of Kenya", "Port Authority"),
        ("Ministry of Ports of Kenya", "Ministry of Ports"),
    ],
)
def test_a_name_in_short_is_that_of_the_long_one_before_it(long: str, short: str) -> None:
    assert short_for([named(long, 0, head="police"), named(short, 200)]) == {1: 0}


def test_the_short_name_does_not_stand_for_a_longer_one_behind_it() -> None:
    assert short_for([named("Harbour Police", 0), named("Kenya Harbour Police", 200)]) == {}


def test_two_of_one_enumeration_are_two() -> None:
    assert short_for([named("Kenya Harbour Police", 0, series=1), named("Harbour Police", 30, series=1)]) == {}


def test_a_ministry_without_its_country_may_be_that_of_another() -> None:
    ministry = named("Ministry of Ports", 200, head="ministry")
    assert short_for([named("Kenyan Ministry of Ports", 0, head="ministry"), ministry]) == {}


def test_agencies_of_two_countries_are_two() -> None:
    police = named("Harbour Police", 200, country="FJ")
    assert short_for([named("Kenya Harbour Police", 0, country="KE"), police]) == {}


def test_a_name_that_is_short_for_two_is_neither() -> None:
    names = (named("Kenya Harbour Police", 0), named("Fiji Harbour Police", 100), named("Harbour Police", 200))
    assert short_for(names) == {}


def test_a_single_word_is_short_for_nothing() -> None:
    assert short_for([named("Kenya Police", 0), named("Police", 200)]) == {}


def test_a_headline_leaves_out_what_an_organisation_is_for() -> None:
    assert short_for([named("Port Association", 0), named("Port Association for Safe Ships", 200)]) == {0: 1}


def test_a_name_listed_beside_a_longer_one_is_another() -> None:
    names = [named("Port Association", 0, series=1), named("Port Association for Safe Ships", 30, series=1)]
    assert short_for(names) == {}
