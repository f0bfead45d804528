"""City, country and venue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.choosing import best, candidates
from eventrec.draft.evidence import SURE, WORTH_ASKING, Candidate, Evidence
from eventrec.draft.rules.place import cities as _cities
from eventrec.draft.rules.place import unknown as _unknown
from eventrec.draft.rules.place import venue as _venue
from eventrec.draft.rules.place.countries import in_several_countries
from eventrec.draft.rules.place.finding import City, city_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

__all__ = ["fill"]

_RULES: Final = (_cities, _unknown, _venue)
"""Modules that are imported so that their rules are written down."""


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill city, country and venue."""
    cities = _of_occasion(reading, occasion) or candidates(reading, "city", same=lambda city: city.key)
    chosen, sure = best(each for each in cities if each.score >= WORTH_ASKING)
    if occasion.place is None and in_several_countries(reading):
        sure = False
    if chosen:
        _write_city(chosen, sure, cities, draft)
    _fill_country(reading, chosen, sure, cities, draft)
    if occasion.place is None:
        _fill_venue(reading, draft)


def _of_occasion(reading: Reading, occasion: Occasion) -> list[Candidate]:
    place = occasion.place
    if place is None or not place.city:
        return []
    reason = "is the place of this event among several"
    evidence = Evidence(reading.page.quoted(place.span), place.span.start, place.span.end, reason)
    return [Candidate(city_of(place), (evidence,), SURE)]


def _write_city(chosen: Candidate, sure: bool, cities: Sequence[Candidate], draft: Draft) -> None:
    city: City = chosen.value
    names = {"en": city.english, "zh": city.chinese}
    draft.city_names = {language: name for language, name in names.items() if name}
    draft.city = city.english or city.chinese
    draft.evidence["city"] = list(chosen.evidence)
    if not sure:
        others = [_name(each.value) for each in cities[1:3] if each.score >= WORTH_ASKING]
        draft.uncertain["city"] = f"Was it in {' or '.join(dict.fromkeys((_name(city), *others)))}?"


def _name(city: City) -> str:
    return city.english or city.chinese or ""


def _fill_country(
    reading: Reading, chosen: Candidate | None, sure: bool, cities: Sequence[Candidate], draft: Draft
) -> None:
    """Take the country of the city where that is sure; else weigh the countries of the text."""
    if chosen and sure and chosen.value.country:
        draft.country = chosen.value.country
        draft.evidence["country"] = list(chosen.evidence)
        return
    found: dict[str, list[Candidate]] = {}
    for each in candidates(reading, "country"):
        found.setdefault(each.value, []).append(each)
    for each in cities:
        if each.value.country and each.score >= WORTH_ASKING:
            found.setdefault(each.value.country, []).append(each)
    country, certain = best(sorted((_joined(code, each) for code, each in found.items()), key=lambda one: -one.score))
    if country is None or country.score < WORTH_ASKING:
        return
    draft.country = country.value
    draft.evidence["country"] = list(country.evidence)
    another = in_several_countries(reading) or (
        chosen is not None and chosen.value.country not in (None, country.value)
    )
    if not certain or another:
        draft.uncertain["country"] = f"Was it in the country {country.value}?"


def _joined(code: str, found: Sequence[Candidate]) -> Candidate:
    doubt = 1.0
    for each in found:
        doubt *= 1 - each.score / 100
    evidence = tuple(dict.fromkeys(quoted for each in found for quoted in each.evidence))
    return Candidate(code, evidence, round(100 * (1 - doubt)))


def _fill_venue(reading: Reading, draft: Draft) -> None:
    for language in ("en", "zh"):
        found = [each for each in candidates(reading, "venue") if language in each.languages]
        chosen, sure = best(each for each in found if each.score >= WORTH_ASKING)
        if chosen:
            draft.venue[language] = chosen.value
            draft.evidence.setdefault("venue", []).extend(chosen.evidence)
            if not sure:
                draft.uncertain.setdefault("venue", f"Was it at “{chosen.value}”?")
