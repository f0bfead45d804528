"""Cities, provinces of China and countries where a running text names them, in English and Chinese.

The tables beside this module are all it needs; a text is gone through once, name by name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.patterns import late
from eventrec.text.places import OTHER_CITY_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOKEN: Final = late(r"[^\W\d_]+(?:[-'’‘.][^\W\d_]+)*")
_HAN: Final = late(r"[\u3400-\u9fff·]+")
_BETWEEN: Final = late(r"[ \n]{1,3}|\. ?|, |-|/| ?& ?")
_STRIPPED: Final = str.maketrans("", "", "'’‘.- ·")
_MOST_WORDS: Final = 9

_PROVINCES: Final = (
    "Anhui=安徽 Fujian=福建 Gansu=甘肃 Guangdong=广东 Guangxi=广西 Guizhou=贵州 Hainan=海南 Hebei=河北 Henan=河南"
    " Hubei=湖北 Heilongjiang=黑龙江 Hunan=湖南 Inner_Mongolia=内蒙古 Jiangsu=江苏 Jiangxi=江西 Jilin=吉林省"
    " Liaoning=辽宁 Ningxia=宁夏 Qinghai=青海 Shaanxi=陕西 Shandong=山东 Shanxi=山西 Sichuan=四川 Tibet=西藏"
    " Xinjiang=新疆 Yunnan=云南 Zhejiang=浙江"
)
_MORE_CITY_NAMES: Final = (
    "Ha Noi=Hanoi Ulaanbaatar=Ulaanbaatar Urumchi=Ürümqi New York City=New York"
    " Washington, D.C.=Washington Washington D.C.=Washington Goa=Panaji Dili=Dili Tashkent=Tashkent"
)
_BOTH: Final = frozenset(("SG", "MC", "HK", "MO", "LU", "DJ", "SM", "VA", "GI"))
"""Countries and territories that are a city of the same name."""


_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Named(NamedTuple):
    """A city (its names by language) with its country, a province with its country, or a country alone."""

    country: str
    city: Mapping[str, str] = _NONE
    region: Mapping[str, str] = _NONE
    word: bool = False
    """Whether the name is an ordinary word or a person's name as well."""


@dataclass(frozen=True)
class Found:
    """A name in a text, from `start` up to and without `end`; of several places the best known is first."""

    start: int
    end: int
    meant: tuple[Named, ...]
    demonym: bool = False
    """Whether it is no place but says whose: “Iranian”."""


class PlaceNames:
    """A table of names that a text is searched by."""

    def __init__(self) -> None:
        self._latin: dict[str, list[Named]] = {}
        self._han: dict[str, list[Named]] = {}
        self._demonyms: dict[str, str] = {}
        self._words_after: dict[str, set[int]] = {}
        self._lengths: dict[str, set[int]] = {}

    def add(self, name: str, place: Named, first: bool = False) -> None:
        """Add one name of a place; `first` puts it before others with the name."""
        table, key = (self._han, name) if not name.isascii() and _HAN.match(name) else (self._latin, folded(name))
        places = table.setdefault(key, [])
        if place not in places:
            places.insert(0 if first else len(places), place)
        if table is self._han:
            self._lengths.setdefault(name[:2], set()).add(len(name))
        else:
            self._note_words(name)

    def add_demonym(self, name: str, country: str) -> None:
        """Add what people and things of a country are called."""
        self._demonyms[folded(name)] = country
        self._note_words(name)

    def _note_words(self, name: str) -> None:
        words = [name] if name.isalpha() else _TOKEN.findall(name)
        if words:
            self._words_after.setdefault(folded(words[0]), set()).add(len(words))

    def find(self, text: str, others: PlaceNames | None = None) -> Iterator[Found]:
        """Return the places that a text names, Latin names first; those of `others` come before one's own."""
        tables = [each for each in (others, self) if each is not None]
        yield from _in_latin(text, tables)
        yield from _in_han(text, tables)

    def called(self, name: str) -> tuple[Named, ...]:
        """Return the places of exactly this name, the best known first."""
        return tuple(self._han.get(name, ()) or self._latin.get(folded(name), ()))

    def latin_lengths(self, first: str) -> set[int]:
        """Return how many words the names have that begin with a word."""
        return self._words_after.get(first, set())

    def han_lengths(self, beginning: str) -> set[int]:
        """Return how long the names are that begin with two characters."""
        return self._lengths.get(beginning, set())

    def latin(self, key: str) -> tuple[tuple[Named, ...], bool]:
        """Return the places of a folded name, and whether it is a demonym."""
        if key in self._latin:
            return tuple(self._latin[key]), False
        return ((Named(self._demonyms[key]),), True) if key in self._demonyms else ((), False)

    def han(self, name: str) -> tuple[Named, ...]:
        """Return the places of a Chinese name."""
        return tuple(self._han.get(name, ()))


@cache
def table() -> PlaceNames:
    """Return the table of the package, read once."""
    names = PlaceNames()
    words = {language: frozenset(written.split()) for language, written in _rows("place_words.tsv")}
    _add_cities(names, words)
    _add_countries(names, words["en"])
    for pair in _PROVINCES.split():
        english, chinese = pair.replace("_", " ").split("=")
        region = Named("CN", region={"en": english, "zh": chinese.removesuffix("省")})
        names.add(chinese, region)
        names.add(chinese.removesuffix("省") + "省", region, first=True)
        names.add(f"{english} Province", region, first=True)
        if english != "Jilin":
            names.add(english, region)
    return names


def _rows(file: str) -> Iterator[list[str]]:
    for line in files("eventrec.text").joinpath(file).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _add_cities(names: PlaceNames, words: Mapping[str, frozenset[str]]) -> None:
    known: dict[str, Named] = {}
    for english, chinese, country, *_ in _rows("cities.tsv"):
        called = {"en": english, "zh": chinese} if chinese else {"en": english}
        city = Named(country, called, word=folded(english) in words["en"])
        known.setdefault(english, city)
        names.add(english, city)
        if chinese:
            names.add(chinese, Named(country, called, word=True) if chinese in words["zh"] else city)
    others = dict(re.findall(r"([^=]+)=(\S+(?: York)?)\s?", _MORE_CITY_NAMES))
    for other, english in {**OTHER_CITY_NAMES, **others}.items():
        if english in known:
            names.add(other, known[english], first=True)


def _add_countries(names: PlaceNames, words: frozenset[str]) -> None:
    for code, english, chinese, more_english, more_chinese, demonyms in _rows("countries.tsv"):
        for name in filter(None, (english, chinese, *more_english.split("|"), *more_chinese.split("|"))):
            if code not in _BOTH or not names.called(name):
                names.add(name, Named(code, word=folded(name) in words), first=True)
        for name in filter(None, demonyms.split("|")):
            names.add_demonym(name, code)


@cache
def folded(name: str) -> str:
    """Return what names are compared by: neither case, accents, hyphens, points nor spaces tell them apart."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return name.translate(_STRIPPED).casefold()


def _in_latin(text: str, tables: Iterable[PlaceNames]) -> Iterator[Found]:
    tables = list(tables)
    tokens = [(each[0], each.start(), each.end()) for each in _TOKEN.finditer(text) if not _HAN.match(each[0])]
    at = 0
    while at < len(tokens):
        found = _name_at(text, tokens, at, tables) if tokens[at][0][0].isupper() else None
        if found is None:
            at += 1
            continue
        yield found[0]
        at += found[1]


def _name_at(
    text: str, tokens: list[tuple[str, int, int]], at: int, tables: list[PlaceNames]
) -> tuple[Found, int] | None:
    """Return the longest name that begins with a token, and its number of tokens."""
    for first in dict.fromkeys((_fold(tokens[at][0]), _fold(_bare(tokens[at][0])))):
        lengths = sorted({length for each in tables for length in each.latin_lengths(first)}, reverse=True)
        for length in lengths:
            words = _words(text, tokens, at, length)
            if not words:
                continue
            for table_ in tables:
                meant, demonym = table_.latin(words)
                if meant:
                    end = tokens[at + length - 1][1] + len(_bare(tokens[at + length - 1][0]))
                    return Found(tokens[at][1], end, meant, demonym), length
    return None


def _fold(word: str) -> str:
    return folded(word) if len(word) < 30 else word


def _bare(word: str) -> str:
    """Return a word without the possessive."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def _words(text: str, tokens: list[tuple[str, int, int]], at: int, length: int) -> str:
    """Return some tokens as one folded name; nothing where they do not stand together."""
    if at + length > len(tokens) or length > _MOST_WORDS:
        return ""
    for one, other in zip(tokens[at : at + length - 1], tokens[at + 1 : at + length], strict=True):
        if not _BETWEEN.fullmatch(text, one[2], other[1]):
            return ""
    return _plain_name([each[0] for each in tokens[at : at + length]])


def _plain_name(words: list[str]) -> str:
    return "".join(_fold(_bare(word) if at == len(words) - 1 else word) for at, word in enumerate(words))


def _in_han(text: str, tables: Iterable[PlaceNames]) -> Iterator[Found]:
    tables = list(tables)
    for run in _HAN.finditer(text):
        at = run.start()
        while at < run.end() - 1:
            found = _han_at(text, at, run.end(), tables)
            if found:
                yield found
            at = found.end if found else at + 1


def _han_at(text: str, at: int, limit: int, tables: list[PlaceNames]) -> Found | None:
    beginning = text[at : at + 2]
    for length in sorted({length for each in tables for length in each.han_lengths(beginning)}, reverse=True):
        name = text[at : at + length]
        for table_ in tables:
            meant = table_.han(name) if at + length <= limit else ()
            if meant:
                return Found(at, at + length, meant)
    return None
