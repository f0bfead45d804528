"""Countries as texts name them: by name or adjective in English, by name in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late
from eventrec.text.place_names import table

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 40

_FULL_FORM: Final = late(
    r"(?:达鲁萨兰国|王国|(?:伊斯兰|人民|民主|社会主义|联邦|联合|多民族|玻利瓦尔|阿拉伯)*"
    r"(?:共和国|王国|联邦|公国|苏丹国))?"
)
"""What follows the usual Chinese name of a country in its full one."""

UNIONS: Final = {
    "EU": ("European Union", "欧盟"),
    "European Union": ("European Union", "欧盟"),
    "欧盟": ("European Union", "欧盟"),
    "欧洲联盟": ("European Union", "欧盟"),
    "UN": ("United Nations", "联合国"),
    "United Nations": ("United Nations", "联合国"),
    "联合国": ("United Nations", "联合国"),
    "AU": ("African Union", "非盟"),
    "African Union": ("African Union", "非盟"),
    "非盟": ("African Union", "非盟"),
    "ASEAN": ("ASEAN", "东盟"),
    "东盟": ("ASEAN", "东盟"),
}
"""Unions of countries, which stand in names like a country does."""


_OTHERWISE: Final = frozenset(("CAR", "EL", "America", "Jersey", "Emirates", "DR", "中非"))
"""Names of countries in the table that mean something else more often."""


_MORE_NAMES: Final = {"US": "US", "Congo": "CD", "Trinidad and Tobago": "TT", "Bosnia and Herzegovina": "BA"}
_MORE_ADJECTIVES: Final = {
    "US": "US",
    "U.S.": "US",
    "UK": "GB",
    "English": "GB",
    "Scottish": "GB",
    "Welsh": "GB",
    "Hellenic": "GR",
}
_MORE_CHINESE: Final = {
    "孟加拉": "BD",
    "刚果(金)": "CD",
    "刚果(布)": "CG",
    "乌兹别克": "UZ",
    "沙特": "SA",
    "印尼": "ID",
}
_USUAL: Final = {
    "MM": "Myanmar",
    "HK": "Hong Kong",
    "MO": "Macao",
    "CD": "Congo",
    "CG": "the Republic of the Congo",
    "TR": "Türkiye",
}


@cache
def _table() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """Return code, English names, adjectives and Chinese names of each country."""
    rows = []
    for line in files("eventrec.text").joinpath("countries.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, english, chinese, *others = (*line.split("\t"), "", "", "")[:6]
            english_more, chinese_more, adjectives = (_split(each) for each in others)
            rows.append((code, (*_split(english), *english_more), adjectives, (*_split(chinese), *chinese_more)))
    return tuple(rows)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(each.replace("’", "'") for each in cell.split("|") if each and each not in _OTHERWISE)


@cache
def names() -> dict[str, str]:
    """Return the codes by English name."""
    return {name: code for code, names, _, _ in _table() for name in names} | _MORE_NAMES


@cache
def adjectives() -> dict[str, str]:
    """Return the codes by English adjective."""
    return {adjective: code for code, _, adjectives, _ in _table() for adjective in adjectives} | _MORE_ADJECTIVES


@cache
def chinese() -> dict[str, str]:
    """Return the codes by Chinese name."""
    return {name: code for code, _, _, names in _table() for name in names} | _MORE_CHINESE


@dataclass(frozen=True)
class Nation:
    """A country named in Chinese text: its code, its usual name, and where the full form of it ends."""

    code: str
    usual: str
    start: int
    end: int


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return how long the Chinese names are that begin with a sign, the longest first."""
    found: dict[str, set[int]] = {}
    for name in chinese():
        found.setdefault(name[0], set()).add(len(name))
    return {sign: tuple(sorted(lengths, reverse=True)) for sign, lengths in found.items()}


def nation_at(text: str, at: int = 0) -> Nation | None:
    """Return the country that Chinese text names at a place, with its full form: “老挝人民民主共和国”."""
    for length in _lengths().get(text[at : at + 1], ()):
        name = text[at : at + length]
        if name in chinese():
            form = _FULL_FORM.match(text, at + length)
            return Nation(chinese()[name], name, at, form.end() if form else at + length)
    return None


def nations_in(text: str, start: int, end: int) -> Iterator[Nation]:
    """Return the countries that a stretch of Chinese text names, in order."""
    at = start
    while at < end:
        found = nation_at(text, at)
        if found and found.end <= end:
            yield found
            at = found.end
        else:
            at += 1


@cache
def english_name(code: str) -> str:
    """Return the usual English name of a country."""
    return _USUAL.get(code) or next((names[0] for each, names, _, _ in _table() if each == code), code)


_FORMS: Final = late(
    r"(?:the )?(?:(?:(?:People's|Islamic|Democratic|Socialist|Federal|Federative|United|Hashemite|Arab|Lao) )*"
    r"(?:Republic|Kingdom|State|States|Emirate|Sultanate|Commonwealth|Union|Principality|Grand Duchy) of (?:the )?)"
)


@cache
def country(text: str) -> str | None:
    """Return the code of a country that an English name or full name is of: “the Kingdom of Thailand”."""
    text = text.removeprefix("the ").removeprefix("The ")
    return names().get(text) or names().get(_FORMS.sub("", text, count=1))


@cache
def is_place(text: str) -> bool:
    """Tell whether English words name a country or a city of the table."""
    return country(text) is not None or city(text) is not None


@cache
def city(text: str) -> str | None:
    """Return the country of the best-known city of a name in either language, which is no other word as well."""
    found = next(iter(table().called(text)), None) if 1 < len(text) < _LONGEST else None
    return found.country if found and (found.city or found.region) and not found.word else None


@cache
def city_in_english(chinese_name: str) -> str | None:
    """Return the English name of a city or province of a Chinese name."""
    found = next(iter(table().called(chinese_name)), None) if len(chinese_name) > 1 else None
    return (found.city or found.region).get("en") if found else None
