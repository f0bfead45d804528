"""Places that a release names, and what the rules for city and country ask of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.draft import editions
from eventrec.draft.holding import EVENT_EN
from eventrec.draft.mentions import datelines, places
from eventrec.draft.page import Kind
from eventrec.draft.rules.place.surroundings import Surroundings, all_around
from eventrec.patterns import late
from eventrec.text.place_names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.mentions.places import PlaceMention
    from eventrec.draft.reading import Reading

TO_PLACE: Final = late(
    r"\b(?:study\s(?:visit|tour)|visit|tour|mission|travel(?:l?ed|s)?|trip|delegation)\sto\s(?:the\s)?$"
    r"|\b(?:visited|visits?|toured)\s(?:the\s)?$",
    re.IGNORECASE,
)
_STUDY_VISIT: Final = late(r"\b(?:study|exchange|learning|exposure)\s(?:visit|tour|trip|mission)s?\b", re.IGNORECASE)
_ENUMERATED: Final = late(r"市?[\s,、和及与]{0,3}(?:and\s|以及)?(?:to\s|in\s|the\s)?")
_ONLINE: Final = late(
    rf"\b(?:online|virtual|web-based)\s(?:[\w-]+\s){{0,3}}{EVENT_EN}\b|\b{EVENT_EN}\s(?:was|is|were"
    r"|will be)\s(?:\w+\s)?(?:held\s|conducted\s|organi[sz]ed\s)?(?:virtually|online|remotely|via)\b"
    r"|\bheld (?:virtually|online)\b|\bwebinar\b"
    r"|(?:线上|在线|视频|网络)(?:方式|形式)?(?:举办|召开|举行|开幕|会议|培训|研讨|会|进行)|云端",
    re.IGNORECASE,
)
_IN_THE_ROOM: Final = late(r"\bhybrid\b|\bin[- ]person\b|\bface[- ]to[- ]face\b|混合|线上线下|线下|现场", re.IGNORECASE)
HEADQUARTERS: Final = frozenset(
    ("Geneva", "New York", "Brussels", "Vienna", "Washington", "Luxembourg", "Rome", "Paris")
)


class City(NamedTuple):
    """A city by its names, and its country (ISO 3166-1) where it is known."""

    country: str | None
    english: str | None
    chinese: str | None

    @property
    def key(self) -> tuple[str | None, str]:
        """What two cities are the same by."""
        return self.country, folded(self.english or self.chinese or "")


@dataclass(frozen=True)
class Placed:
    """What the rules look at: places with their surroundings, those of datelines, and whether all is online."""

    places: tuple[Surroundings, ...]
    lines: tuple[PlaceMention, ...]
    online: bool
    of_agency: bool
    """Whether a news agency wrote it, whose datelines say less."""


def placed(reading: Reading) -> Placed:
    """Return the places of headlines and body outside datelines, and the places of the datelines."""
    known: Placed | None = reading.__dict__.get("_placed")
    if known is None:
        known = reading.__dict__["_placed"] = _placed(reading)
    return known


def _placed(reading: Reading) -> Placed:
    lines = datelines.find(reading)
    everywhere = places.everywhere(reading)
    in_lines = []
    for line in lines:
        named = [each for each in everywhere if each.span in line.place and not each.word]
        whole = reading.page.of(line.place).strip()
        if named and (line.day or sum(each.span.end - each.span.start for each in named) * 2 >= len(whole) - 6):
            in_lines.extend(named)
    outside = [
        each for each in reading.places if not any(each.span.meets(line.span) for line in lines if each in in_lines)
    ]
    text = " ".join(reading.page.of(each.span) for each in reading.page.sentences)
    online = _ONLINE.search(text) is not None and not _IN_THE_ROOM.search(text)
    return Placed(tuple(all_around(reading, outside)), tuple(in_lines), online, any(each.of_agency for each in lines))


def city_of(mention: PlaceMention) -> City:
    """Return the city that a mention names."""
    return City(mention.country, mention.city.get("en"), mention.city.get("zh"))


def cities(reading: Reading) -> Iterator[Surroundings]:
    """Yield the cities at which something can be held: no parts of names, none that people come from."""
    for each in placed(reading).places:
        plain = not each.part_of_name and not each.of_people and (not each.mention.word or _plainly_a_city(each))
        if each.mention.city and plain and not is_within_city(each) and not editions.is_earlier(reading, each.sentence):
            yield each


def _plainly_a_city(each: Surroundings) -> bool:
    """Tell whether a name that is a word as well is a place here: 在大理举办, 中山市."""
    return each.language == "zh" and (each.inside or each.after.startswith("市"))


def is_within_city(each: Surroundings) -> bool:
    """Tell whether it is a district behind its city: 上海市浦东新区."""
    return each.language == "zh" and re.search(r"市$", each.before) is not None


def is_listed(reading: Reading, each: Surroundings) -> bool:
    """Tell whether it is one of several cities side by side."""
    for other in placed(reading).places:
        if other.mention.city and other.mention.city != each.mention.city and other.sentence == each.sentence:
            one, two = sorted((each.mention.span, other.mention.span))
            between = reading.page.text[one.end : two.start]
            if re.fullmatch(r"市?\s?(?:,|、|and|&|和|及|与|,\sand|or)\s?(?:in\s|在)?", between):
                return True
    return False


def is_held(reading: Reading, each: Surroundings) -> bool:
    """Tell whether a sentence of the body says that the event is held there, and there only."""
    return each.held and each.inside and each.sentence.kind == Kind.BODY and not is_listed(reading, each)


def is_visited(each: Surroundings) -> bool:
    """Tell whether people travel there for the event: a study visit."""
    travelled = each.language == "en" and each.lead and TO_PLACE.search(each.before[-40:]) is not None
    return travelled and _STUDY_VISIT.search(f"{each.before} {each.after}") is not None


def countries(reading: Reading) -> Iterator[Surroundings]:
    """Yield the countries and provinces at which something can be held."""
    for each in placed(reading).places:
        if not each.mention.city and not each.part_of_name and not each.of_people and not each.of_subject:
            yield each


def enumerated(reading: Reading, each: Surroundings) -> Iterator[Surroundings]:
    """Yield the places that follow one in an enumeration."""
    end = each.mention.span.end
    for other in placed(reading).places:
        start = other.mention.span.start
        if start >= end and other.sentence == each.sentence:
            if not _ENUMERATED.fullmatch(reading.page.text, end, start):
                return
            yield other
            end = other.mention.span.end


def is_several(reading: Reading, each: Surroundings) -> bool:
    """Tell whether another city follows it in an enumeration, or another country."""
    return any(
        other.mention.country != each.mention.country or (each.mention.city and other.mention.city)
        for other in enumerated(reading, each)
    )
