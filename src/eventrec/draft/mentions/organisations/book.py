"""Which agencies of the book a release names."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations.keys import diplomatic, key
from eventrec.draft.mentions.organisations.nations import UNIONS
from eventrec.draft.mentions.organisations.nations import country as country_of
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.draft.mentions.organisations.unions import is_said_of
from eventrec.draft.mentions.organisations.words_zh import NOT_BEHIND
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.gazetteer import Gazetteer, Known
    from eventrec.draft.page import Page, Sentence

_TITLES: Final = "长"
"""What makes a person of an organisation: “局长” is of the 局."""

_SHORT: Final = 5
"""Names of so few letters are looked for with their capitals."""

_LOCAL: Final = late(r"(?:in|to) (?:the )?(.+)$|^[A-Z]{2,8} (\w+(?: \w+)?)$")
_HAN: Final = late(r"[\u3400-\u9fff]")


class Book:
    """The book's agencies by everything they are called; a name of several is no one's."""

    def __init__(self, gazetteer: Gazetteer, countries: frozenset[str] = frozenset()) -> None:
        self.agencies = gazetteer.agencies
        self.countries = countries
        """The countries that the release is about; where it says none, any may be meant."""

    @cached_property
    def _by_key(self) -> dict[str, Known | None]:
        found: dict[str, Known | None] = {}
        for known in self.agencies:
            for name in known.called():
                each = key(name)
                found[each] = known if found.get(each, known) is known else None
        return found

    @cached_property
    def _diplomatic(self) -> dict[tuple[str, str, str | None], Known]:
        pairs = ((diplomatic(name), known) for known in self.agencies for name in known.called())
        return {mark: known for mark, known in pairs if mark}

    def of_sighting(self, sighting: Sighting) -> Known | None:
        """Return the agency that a sighting names: by its own name, else by that of its whole.

        A ministry of another country has the same name and is another one.
        """
        known = self._named(sighting)
        return known if known and self._may_be_of(known, sighting) else None

    def _may_be_of(self, known: Known, sighting: Sighting) -> bool:
        if known.country and sighting.country:
            return sighting.country == known.country
        return self._is_near(known)

    def _is_near(self, known: Known) -> bool:
        """Tell whether the release is about the country of an agency."""
        return not known.country or not self.countries or known.country in self.countries

    def _named(self, sighting: Sighting) -> Known | None:
        own = self.called(sighting.name) or self._diplomatic.get(diplomatic(sighting.name) or ("", "", None))
        if own:
            return own
        if sighting.owner:
            whole = self.called(sighting.owner) or (self.called(sighting.code) if sighting.code else None)
            return self._office(whole, sighting.name) if whole else None
        names = (*sighting.also, *([sighting.code] if sighting.code else []))
        return next((known for name in names if (known := self.called(name))), None)

    def called(self, name: str) -> Known | None:
        """Return the only agency of a name."""
        return self._by_key.get(key(name))

    def _office(self, whole: Known, name: str) -> Known:
        """Return the office in a country that the book has as a part of the whole, else the whole."""
        found = _LOCAL.search(name)
        place = country_of(found[1] or found[2]) if found else "CN" if "驻华" in name else None
        offices = [each for each in self.agencies if each.parent == whole.id and each.country == place] if place else []
        return offices[0] if len(offices) == 1 else whole

    def sightings(self, page: Page) -> Iterator[Sighting]:
        """Return every place in which a name of the book stands, whatever it looks like."""
        if not self.agencies:
            return
        starts = [sentence.span.start for sentence in page.sentences]
        lower = page.text.lower()
        plain = lower if len(lower) == len(page.text) else page.text
        for known in filter(self._is_near, self.agencies):
            for name in dict.fromkeys(known.called()):
                text = page.text if len(name) <= _SHORT else plain
                wanted = name if len(name) <= _SHORT else name.lower()
                yield from self._in_text(page, starts, text, wanted, name, known)

    def _in_text(
        self, page: Page, starts: Sequence[int], text: str, wanted: str, name: str, known: Known
    ) -> Iterator[Sighting]:
        at = text.find(wanted)
        while at >= 0 and wanted:
            span = Span(at, at + len(wanted))
            place = bisect_right(starts, at) - 1
            said_of = name in UNIONS and is_said_of(page, span)
            if place >= 0 and _is_whole(text, span) and not said_of and span in page.sentences[place].span:
                yield self._sighting(page, page.sentences[place], span, name, known)
            at = text.find(wanted, at + len(wanted))

    def _sighting(self, page: Page, sentence: Sentence, span: Span, name: str, known: Known) -> Sighting:
        language = "zh" if _HAN.search(name) else sentence.language
        why = f"is agency {known.id} of the book"
        group = known.kind == "group"
        return Sighting(span, language, page.of(span), why, code=known.code, group=group, belief=95)


def _is_whole(text: str, span: Span) -> bool:
    """Tell whether a stretch begins and ends where a word does; Chinese has no such places."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    first, last = text[span.start], text[span.end - 1]
    if after and after in NOT_BEHIND.get(last, "") and after not in _TITLES:
        return False
    return not (_joined(before, first) or _joined(last, after))


def _joined(one: str, other: str) -> bool:
    if not one or not other or _HAN.match(one) or _HAN.match(other):
        return False
    return (one.isalnum() or one == "-") and (other.isalnum() or other == "-")
