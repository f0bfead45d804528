"""Cities, provinces and countries of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.page import READ
from eventrec.patterns import late
from eventrec.text.place_names import Named, PlaceNames, folded, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.draft.gazetteer import Gazetteer
    from eventrec.draft.reading import Reading
    from eventrec.text.place_names import Found

_MOST: Final = 600
"""Names that are looked at; what has more is a list and no release."""

_IN_COUNTRY: Final = late(r"\s?[,(]\s?(?:the\s)?")
_HAN: Final = late("[\u3400-\u9fff]")


@dataclass(frozen=True)
class PlaceMention:
    """A city (its names by language) in a country, or a country alone (`city` empty); `country` is ISO 3166-1."""

    span: Span
    language: str
    country: str | None = None
    city: Mapping[str, str] = field(default_factory=dict)
    region: Mapping[str, str] = field(default_factory=dict)
    """A province by language, where the words name neither city nor country."""

    word: bool = False
    """Whether the name is an ordinary word or a person's name as well: Mary, Nice, Jordan."""


def find(reading: Reading) -> Sequence[PlaceMention]:
    """Return every city, province and country of headlines and body, in order."""
    return [
        each for each in everywhere(reading) if (passage := reading.page.passage_at(each.span)) and passage.kind in READ
    ]


def everywhere(reading: Reading) -> Sequence[PlaceMention]:
    """Return every place of the page, stamps and menus with it, in order."""
    known: Sequence[PlaceMention] | None = reading.__dict__.get("_places_everywhere")
    if known is None:
        found = list(islice(table().find(reading.page.text, _of_book(reading.gazetteer)), _MOST))
        found = sorted((each for each in found if not each.demonym), key=lambda each: each.start)
        known = reading.__dict__["_places_everywhere"] = list(_mentions(reading.page.text, found))
    return known


def _of_book(gazetteer: Gazetteer) -> PlaceNames | None:
    """Return the cities of the book's own events; None where it has none."""
    if not gazetteer.cities:
        return None
    names = PlaceNames()
    for called, country in gazetteer.cities:
        in_table = next((each for name in called.values() for each in table().called(name) if each.city), None)
        whole = {**in_table.city, **called} if in_table else dict(called)
        code = country or (in_table.country if in_table else None)
        if code and whole:
            for name in whole.values():
                names.add(name, Named(code, whole))
    return names


def _mentions(text: str, found: Sequence[Found]) -> Iterator[PlaceMention]:
    countries = [each.meant[0].country for each in found if not each.meant[0].city and not each.meant[0].region]
    for at, each in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        within = after.meant[0].country if after and _IN_COUNTRY.fullmatch(text, each.end, after.start) else None
        place = _meant(each, within, countries)
        language = "zh" if _HAN.match(text, each.start) else "en"
        names = _as_written(text[each.start : each.end], place)
        yield PlaceMention(
            Span(each.start, each.end),
            language,
            place.country,
            names,
            place.region,
            place.word and within != place.country,
        )


def _meant(found: Found, within: str | None, countries: Sequence[str]) -> Named:
    """Return which of the places with a name is meant: in the country beside it, or in one that the text names."""
    for each in found.meant:
        if within == each.country and each.city:
            return each
    if len(found.meant) > 1 and found.meant[0].country not in countries:
        return next((each for each in found.meant if each.country in countries and each.city), found.meant[0])
    return found.meant[0]


def _as_written(text: str, place: Named) -> Mapping[str, str]:
    """Return the names of a city, the English one as the text spells it: Ha Noi, Can Tho."""
    english = place.city.get("en", "")
    if english and not text.isupper() and folded(text) == folded(english):
        return {**place.city, "en": " ".join(text.split())}
    return place.city
