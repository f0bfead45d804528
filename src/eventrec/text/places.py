"""Countries by code or name, and well-known cities with their country and time zone."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.errors import Rejected
from eventrec.text.names import normalise
from eventrec.text.typed import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 60
_SMALL_WORDS: Final = frozenset(("and", "of", "the"))

_NOT_ISO: Final = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Two-letter codes of CLDR that are no country of ISO 3166-1: reserved, groups, private use."""

OTHER_COUNTRY_NAMES: Final = {
    "AE": "UAE|Emirates|阿联酋",
    "BA": "Bosnia|波黑",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia",
    "BY": "Belorussia",
    "CD": "DRC|DR Congo|Democratic Republic of the Congo|Zaire|刚果民主共和国|民主刚果",
    "CF": "CAR|中非",
    "CG": "Republic of the Congo|刚果共和国",
    "CH": "Swiss Confederation",
    "CI": "Ivory Coast",
    "CN": "PRC|P.R. China|PR China|People's Republic of China|Mainland China|中华人民共和国|中國|中国大陆",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic|捷克共和国",
    "DE": "Federal Republic of Germany|德意志联邦共和国",
    "DO": "多米尼加",
    "FK": "Falklands",
    "FM": "Federated States of Micronesia",
    "FR": "French Republic|法兰西",
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|英国|大不列颠|英國",
    "GM": "The Gambia",
    "GR": "EL|Hellas|Hellenic Republic",
    "HK": "Hong Kong|Hong Kong SAR|Hong Kong, China|香港|中国香港|香港特别行政区",
    "HR": "Republic of Croatia",
    "IR": "Islamic Republic of Iran",
    "KN": "Saint Kitts|Saint Christopher and Nevis",
    "KP": "DPRK|D.P.R. Korea|Democratic People's Republic of Korea|朝鲜民主主义人民共和国|北韩",
    "KR": "Korea|ROK|Republic of Korea|Korea, Republic of|大韩民国|南韩|韓國",
    "KG": "Kyrgyz Republic",
    "LA": "Lao PDR|Lao People's Democratic Republic|Lao",
    "MD": "Republic of Moldova",
    "MK": "Macedonia|FYROM|马其顿",
    "MM": "Burma|Myanmar",
    "MO": "Macau|Macao|Macau SAR|Macao SAR|Macao, China|澳门|中国澳门|澳门特别行政区|澳門",
    "NL": "Holland|The Netherlands|Kingdom of the Netherlands",
    "PS": "Palestine|State of Palestine|巴勒斯坦",
    "RU": "Russian Federation|俄国|俄罗斯联邦",
    "SK": "Slovak Republic",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland|eSwatini",
    "TL": "East Timor",
    "TR": "Turkey|Türkiye|Turkiye",
    "TW": "臺灣|Taiwan, China|Taiwan, Province of China|中国台湾",
    "TZ": "United Republic of Tanzania",
    "US": "USA|U.S.|U.S.A.|United States of America|America|美国|美利坚合众国|美國",
    "VA": "Holy See|Vatican|梵蒂冈|教廷",
    "VE": "Bolivarian Republic of Venezuela",
    "VN": "Viet Nam|Socialist Republic of Viet Nam",
    "WS": "Western Samoa",
}
"""What countries are called besides their code and CLDR's name."""

OTHER_CITY_NAMES: Final = {
    "Aarhus": "Århus",
    "Bali": "Denpasar",
    "Bangalore": "Bengaluru",
    "Berne": "Bern",
    "Bombay": "Mumbai",
    "Calcutta": "Kolkata",
    "Canton": "Guangzhou",
    "Cebu": "Cebu City",
    "Den Haag": "The Hague",
    "Frankfurt": "Frankfurt am Main",
    "Ghent": "Gent",
    "Kiev": "Kyiv",
    "Köln": "Cologne",
    "Macao": "Macau",
    "Mecca": "Makkah",
    "Medina": "Madinah",
    "München": "Munich",
    "NYC": "New York",
    "Naypyidaw": "Nay Pyi Taw",
    "Peking": "Beijing",
    "Praha": "Prague",
    "Rangoon": "Yangon",
    "Roma": "Rome",
    "Saigon": "Ho Chi Minh City",
    "Seville": "Sevilla",
    "Ulan Bator": "Ulaanbaatar",
    "Warszawa": "Warsaw",
    "Washington DC": "Washington",
    "Wien": "Vienna",
}
"""Names that are still written, and the name the table has; cities.tsv has their keys too."""


class City(NamedTuple):
    """A city in English and, where known, in Chinese; its country (ISO 3166-1 alpha-2) and time zone (IANA)."""

    names: dict[str, str]
    country: str
    timezone: str


def read_country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country given as a code or a name in English or Chinese.

    The order of words in the United Nations' lists is known too (“Korea, Republic of”, “Iran (Islamic Republic of)”).
    UK and EL are read as GB and GR, as the EU writes them. Raises Rejected.
    """
    key = key_of(text[:_LONGEST])
    turned = re.sub(r"^([^,(]+)[,(]\s*([^,()]+?)\)?$", r"\2 \1", normalise(text[:_LONGEST]))
    for each in (key, re.sub("^(republic|kingdom)", "", key), key.removesuffix("共和国"), key_of(turned)):
        if each in _countries():
            return _countries()[each]
    raise Rejected(f"“{shortened(text)}” is no country.", _nearest_countries(text))


def country_name(code: str, language: str) -> str:
    """Return what a country is called in a language (BCP 47), else in English, else its code."""
    return _territories(language).get(code) or _territories("en").get(code) or code


@lru_cache(maxsize=4_096)
def find_city(name: str, country: str | None = None) -> City | None:
    """Return the best-known city of an English or Chinese name, in a country (ISO) where one is given.

    A national capital comes before the others, then the most inhabitants count. None for a city that is not known.
    """
    key = key_of(name[:_LONGEST])
    for each in dict.fromkeys((key, key.removesuffix("市"), key.removesuffix("city"))):
        for line in _cities_called(each):
            city = _city(line)
            if country in (None, city.country):
                return city
    return None


def _city(line: str) -> City:
    english, chinese, country, timezone, *_ = line.split("\t")
    return City({"en": english, "zh": chinese} if chinese else {"en": english}, country, timezone)


@cache
def _table() -> dict[str, dict[str, str]]:
    """Return the names of the countries by language and code as the table has them, which is made from CLDR."""
    text = Path(__file__).with_name("countries.tsv").read_text("utf-8")
    rows = [line.split("\t", 3) for line in text.splitlines() if not line.startswith("#")]
    return {"en": {code: english for code, english, *_ in rows}, "zh": {code: chinese for code, _, chinese, _ in rows}}


@cache
def _territories(language: str) -> dict[str, str]:
    """Return CLDR's names of the countries by code; of none for a language it does not have."""
    if named := _table().get(language):
        return named
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(language, sep="_" if "_" in language else "-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    countries = {str(code): str(name) for code, name in found.items()}
    return {code: countries[code] for code in countries if re.fullmatch("[A-Z]{2}", code) and code not in _NOT_ISO}


@cache
def _countries() -> dict[str, str]:
    """Return the codes by everything a country is called; a code comes before a name."""
    from babel.core import get_global

    codes = _territories("en")
    found = {key_of(code): code for code in codes}
    for alpha_3, current in get_global("territory_aliases").items():
        if len(alpha_3) == 3 and alpha_3.isalpha() and len(current) == 1 and current[0] in codes:
            found.setdefault(key_of(alpha_3), current[0])
    for code, names in OTHER_COUNTRY_NAMES.items():
        for name in names.split("|"):
            found.setdefault(key_of(name), code)
    for language in ("en", "zh", "zh-Hant"):
        for code, name in _territories(language).items():
            found.setdefault(key_of(name), code)
    return found


def _nearest_countries(text: str) -> str:
    from difflib import get_close_matches

    names = {normalise(name): name for language in ("en", "zh") for name in _territories(language).values()}
    wanted = normalise(text[:_LONGEST])
    longer = [name for name in names if len(wanted) > 1 and name.startswith(wanted)]
    nearest = list(dict.fromkeys([*longer, *get_close_matches(wanted, names, n=3)]))[:3]
    if not nearest:
        return "Give its name in English or Chinese, or its ISO code such as CN."
    return "Nearest: " + "; ".join(names[name] for name in nearest) + ". Or give its ISO code such as CN."


def _cities_called(key: str) -> Iterator[str]:
    """Yield the lines of cities of a name up to the keys; of cities with one name the best known is first."""
    table, wanted = _cities(), f"={key}="
    at = table.find(wanted)
    while at >= 0:
        yield table[table.rfind("\n", 0, at) + 1 : at]
        at = table.find(wanted, at + 1)


@cache
def _cities() -> str:
    """Return the table of cities, each line with the keys of all its names; to make them takes longer than a look."""
    return Path(__file__).with_name("cities.tsv").read_text("utf-8")


def key_of(name: str) -> str:
    """Return what names are compared by: neither case, accents, punctuation, spaces nor small words tell them apart."""
    if name.isalpha() and (name.isascii() or (min(name) >= "\u4e00" and max(name) <= "\u9fff")):
        word = name.lower()  # most names are, and there is nothing in them to take off
        return "saint" if word == "st" else word
    plain = normalise(name)
    words = re.findall(r"\w+", re.sub(r"['’ʻʼ`.]", "", plain))
    return "".join("saint" if word == "st" else word for word in words if word not in _SMALL_WORDS) or plain
