"""Organisations and delegations of a text: each once, with all the places where it is named in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations import (
    acronyms,
    chinese,
    companies,
    english,
    groups,
    groups_zh,
    initials,
    nations,
    quoted,
    titles,
)
from eventrec.draft.mentions.organisations.book import Book
from eventrec.draft.mentions.organisations.languages import joined
from eventrec.draft.mentions.organisations.organisation import Organisation, OrganisationMention
from eventrec.draft.mentions.organisations.resolution import organisations, resolved, without_overlaps
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations.sighting import Sighting
    from eventrec.draft.page import Page
    from eventrec.draft.reading import Reading

_WORD: Final = late(r"[A-Z][a-z]+")

__all__ = ["Organisation", "OrganisationMention", "find"]


def find(reading: Reading) -> Sequence[Organisation]:
    """Return every organisation of the text, in the order of their first mentions.

    The book's names come first, then what looks like a name; a name in both languages is one organisation.
    """
    page = reading.page
    book = Book(reading.gazetteer, _countries(reading) if reading.gazetteer.agencies else frozenset())
    in_english = initials.spelled_out(page, list(english.sightings(page)))
    named = acronyms.judged(page, [*in_english, *chinese.sightings(page)])
    collectives = [*groups.sightings(page), *groups.missions(page), *groups_zh.sightings(page)]
    others = [*titles.sightings(page), *companies.sightings(page), *quoted.sightings(page)]
    found = without_overlaps([*_of_the_book(book, page, named), *named, *collectives, *others])
    return joined(page, organisations(page, resolved(found, book)))


def _of_the_book(book: Book, page: Page, named: Sequence[Sighting]) -> list[Sighting]:
    """Return where names of the book stand, but for those that the text gives to another country."""
    abroad = {at: each.country for each in named if each.country for at in range(each.span.start, each.span.end)}
    kept = []
    for each in book.sightings(page):
        known = book.called(each.name)
        country = abroad.get(each.span.start)
        if known is None or not known.country or country in (None, known.country):
            kept.append(each)
    return kept


def _countries(reading: Reading) -> frozenset[str]:
    """Return the countries that a release is about; one in Chinese is about China too."""
    found = {each.country for each in reading.places if each.country}
    words = set(_WORD.findall(reading.page.text))
    found |= {code for name, code in nations.adjectives().items() if name in words}
    found |= {"CN"} if found and "zh" in reading.page.languages else set()
    return frozenset(found)
