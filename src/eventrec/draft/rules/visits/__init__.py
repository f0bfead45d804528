"""Site visits: the places in both languages, and who facilitated them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.draft.choosing import candidates
from eventrec.draft.evidence import SURE, WORTH_ASKING, Found
from eventrec.draft.proposal import VisitedPlace
from eventrec.draft.rule import rule
from eventrec.draft.rules.visits import trips_en

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.evidence import Candidate
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.visits.site import Site


@rule("visits", weight=95, reason="a place that people went to see")
def _english(reading: Reading) -> Iterator[Found]:
    if told := trips_en.trips(reading):
        from eventrec.draft.rules.visits import english  # not every release tells of a visit

        yield from _found(english.find(reading, told))


@rule("visits", weight=95, reason="a place that people went to see")
def _chinese(reading: Reading) -> Iterator[Found]:
    if "zh" not in reading.page.languages:
        return
    from eventrec.draft.rules.visits import trips_zh

    if told := trips_zh.trips(reading):
        from eventrec.draft.rules.visits import chinese

        yield from _found(chinese.find(reading, told))


def _found(trips: Iterator[list[Site]]) -> Iterator[Found]:
    for trip in trips:
        for site in trip:
            yield Found(site, (site.span, *site.hosts), site.language, site.weight)


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Propose the visited places in the order of the text, the two languages joined."""
    found = [each for each in candidates(reading, "visits", same=_key) if each.score >= WORTH_ASKING]
    found = [each for each in found if _of(reading, occasion, each)]
    found.sort(key=lambda each: each.value.span.start)
    whole = _longest(found)
    english_sites = [each for each in whole if each.value.language == "en"]
    chinese_sites = [each for each in whole if each.value.language == "zh"]
    if english_sites and len(english_sites) == len(chinese_sites):
        for pair in zip(english_sites, chinese_sites, strict=True):
            _add(draft, pair)
        return
    shown, other = sorted((english_sites, chinese_sites), key=len, reverse=True)
    for each in shown:
        _add(draft, (each,))
    draft.disagreements += [f"Only one language tells of a visit to {each.value.title}." for each in other]


def _key(site: Site) -> tuple[str, str]:
    return site.language, site.title.casefold()


def _of(reading: Reading, occasion: Occasion, each: Candidate) -> bool:
    """Tell whether a visit belongs to one of several events: its sentence names no other city than the event's."""
    sentence = reading.page.sentence_at(each.value.span)
    if occasion.place is None or sentence is None:
        return True
    cities = [place for place in reading.places if place.city and place.span in sentence.span]
    return not cities or any(place.city == occasion.place.city for place in cities)


def _longest(found: Sequence[Candidate]) -> list[Candidate]:
    """Leave out a place whose name is only the beginning of another's: “X” beside “X指挥中心”."""
    return [
        each
        for each in found
        if not any(
            other.value.language == each.value.language
            and other.value.title != each.value.title
            and other.value.title.startswith(each.value.title)
            for other in found
        )
    ]


def _add(draft: Draft, named: Sequence[Candidate]) -> None:
    """Add a place with what each language says of it; a facilitator is named as the first language names it."""
    title = {each.value.language: each.value.title for each in named}
    facilitators = next((each.value.facilitators for each in named if each.value.facilitators), ())
    field = f"visits[{len(draft.visits)}]"
    draft.visits.append(VisitedPlace(title, facilitators))
    draft.evidence[field] = [evidence for each in named for evidence in each.evidence]
    doubt = 1.0
    for each in named:
        doubt *= 1 - each.score / 100
    if round(100 * (1 - doubt)) < SURE:
        draft.uncertain[field] = f"Was {' / '.join(title.values())} visited?"
