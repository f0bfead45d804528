import os
import subprocess
import sys
from importlib.resources import files
from zoneinfo import available_timezones

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.errors import EventrecError, Rejected
from eventrec.text.places import OTHER_CITY_NAMES, City, country_name, find_city, key_of, read_country

COUNTRIES = files("eventrec.text").joinpath("countries.tsv").read_text("utf-8").splitlines()
TABLE = files("eventrec.text").joinpath("cities.tsv").read_text("utf-8").splitlines()
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
ROWS = [line.split("\t") for line in TABLE if not line.startswith("#")]


@pytest.mark.parametrize(("code", "country"), [("CN", "CN"), ("fr", "FR"), ("uk", "GB"), ("EL", "GR"), ("CHE", "CH")])
def test_a_country_is_read_from_its_code(code: str, country: str) -> None:
    assert read_country(code) == country


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("china", "CN"),
        ("PRC", "CN"),
        ("People’s Republic of China", "CN"),
        ("U.S.", "US"),
        ("the United States", "US"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Cote d'Ivoire", "CI"),
        ("Saint Vincent and the Grenadines", "VC"),
        ("Republic of Poland", "PL"),
        ("Republic of Korea", "KR"),
        ("DPRK", "KP"),
        ("Hong Kong", "HK"),
        ("Korea, Republic of", "KR"),
        ("Korea (Democratic People's Republic of)", "KP"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Slovak Republic", "SK"),
    ],
)
def test_a_country_is_read_from_its_english_names(name: str, country: str) -> None:
    assert read_country(name) == country


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("中华人民共和国", "CN"),
        ("美国", "US"),
        ("英国", "GB"),
        ("韩国", "KR"),
        ("朝鲜", "KP"),
        ("香港", "HK"),
        (" 瑞士 ", "CH"),
        ("刚果(金)", "CD"),
        ("德國", "DE"),
        ("斯洛文尼亚共和国", "SI"),
    ],
)
def test_a_country_is_read_from_its_chinese_names(name: str, country: str) -> None:
    assert read_country(name) == country


@pytest.mark.parametrize("code", sorted(NOT_ISO))
def test_a_code_that_is_no_iso_country_is_refused(code: str) -> None:
    with pytest.raises(Rejected):
        read_country(code)


def test_an_unknown_country_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(Rejected, match="“Chnia” is no country") as refused:
        read_country("Chnia")
    assert "China" in refused.value.hint


def test_a_name_of_two_countries_is_not_guessed() -> None:
    with pytest.raises(Rejected) as refused:
        read_country("Congo")
    assert "Congo - Brazzaville" in refused.value.hint
    assert "Congo - Kinshasa" in refused.value.hint


def test_a_long_text_is_cut_in_the_refusal() -> None:
    with pytest.raises(Rejected) as refused:
        read_country("long " * 1000)
    assert len(refused.value.message) < 100


@settings(max_examples=100)
@given(st.text())
def test_any_text_is_a_country_or_refused(text: str) -> None:
    try:
        code = read_country(text)
    except EventrecError:
        return
    assert country_name(code, "en") != code


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Germany"), ("zh", "德国"), ("fr", "Allemagne"), ("zh-Hant", "德國")]
)
def test_a_country_is_named_in_a_language(language: str, name: str) -> None:
    assert country_name("DE", language) == name


@pytest.mark.parametrize("language", ["tlh", "", "no language"])
def test_a_language_that_is_not_known_falls_back_to_english(language: str) -> None:
    assert country_name("DE", language) == "Germany"


def test_a_code_that_is_not_known_names_itself() -> None:
    assert country_name("QQ", "en") == "QQ"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_name_of_every_country_is_read_back(language: str) -> None:
    for code in {country for _, _, country, *_ in ROWS}:
        assert read_country(country_name(code, language)) == code


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Beijing", "北京"),
        ("Shanghai", "上海"),
        ("Guangzhou", "广州"),
        ("Shenzhen", "深圳"),
        ("Brussels", "布鲁塞尔"),
        ("Geneva", "日内瓦"),
        ("Paris", "巴黎"),
        ("Hong Kong", "香港"),
        ("Bangkok", "曼谷"),
        ("Manila", "马尼拉"),
        ("Hanoi", "河内"),
        ("Jakarta", "雅加达"),
        ("New York", "纽约"),
        ("Addis Ababa", "亚的斯亚贝巴"),
    ],
)
def test_a_city_has_its_name_in_both_languages(english: str, chinese: str) -> None:
    city = find_city(english)
    assert city is not None
    assert city.names == {"en": english, "zh": chinese}


@pytest.mark.parametrize("name", ["Beijing", "BEIJING", " běijīng ", "北京", "北京市", "Peking"])
def test_a_city_is_found_however_it_is_written(name: str) -> None:
    assert find_city(name) == City({"en": "Beijing", "zh": "北京"}, "CN", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Xian", "Asia/Shanghai"),
        ("Zurich", "Europe/Zurich"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Hague", "Europe/Amsterdam"),
        ("New York City", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("Lodz", "Europe/Warsaw"),
        ("Bali", "Asia/Makassar"),
        ("Wien", "Europe/Vienna"),
    ],
)
def test_accents_and_small_words_do_not_hide_a_city(name: str, zone: str) -> None:
    city = find_city(name)
    assert city is not None
    assert city.timezone == zone


@pytest.mark.parametrize(
    ("name", "country"), [("Birmingham", "GB"), ("Valencia", "VE"), ("San Jose", "CR"), ("Hamilton", "CA")]
)
def test_of_several_cities_the_capital_or_the_largest_is_meant(name: str, country: str) -> None:
    city = find_city(name)
    assert city is not None
    assert city.country == country


def test_the_country_tells_cities_of_one_name_apart() -> None:
    city = find_city("San Jose", "US")
    assert city is not None
    assert city.timezone == "America/Los_Angeles"


@pytest.mark.parametrize(("name", "country"), [("Nowhere", None), ("", None), ("市", None), ("Beijing", "FR")])
def test_a_city_that_is_not_known_is_none(name: str, country: str | None) -> None:
    assert find_city(name, country) is None


def test_every_row_is_found_by_its_own_names() -> None:
    for english, chinese, country, *_ in ROWS:
        by_english = find_city(english, country)
        assert by_english is not None, english
        assert not chinese or find_city(chinese, country) is not None, chinese


@pytest.mark.parametrize("name", ["Urumqi", "喀什", "Lhasa"])
def test_all_of_china_keeps_beijing_time(name: str) -> None:
    city = find_city(name)
    assert city is not None
    assert city.timezone == "Asia/Shanghai"


def test_every_row_has_a_zone_and_an_iso_country() -> None:
    assert {zone for _, _, _, zone, *_ in ROWS} <= available_timezones()
    assert all(read_country(country) == country for country in {row[2] for row in ROWS})


def test_the_table_credits_its_source_and_stays_small() -> None:
    head = "\n".join(line for line in TABLE if line.startswith("#"))
    assert "GeoNames, https://www.geonames.org, CC BY 4.0" in head
    assert len(ROWS) > 3000
    assert len("\n".join(TABLE).encode()) < 400_000


def test_every_city_has_the_keys_of_all_its_names() -> None:
    for english, chinese, *_, keys in ROWS:
        others = [other for other, meant in OTHER_CITY_NAMES.items() if meant == english]
        assert keys == f"={'='.join(dict.fromkeys(map(key_of, filter(None, (english, chinese, *others)))))}=", english


def test_a_name_that_looks_like_a_piece_of_the_table_is_no_city() -> None:
    assert [find_city(text) for text in ("=beijing=", "beijing=北京", "Asia/Shanghai", "18961", "=", "")] == [
        find_city("beijing"),
        *[None] * 5,
    ]


def test_importing_the_module_loads_neither_babel_nor_the_table() -> None:
    code = (
        "import sys, eventrec.text.places as places;"
        "sys.exit('babel' in sys.modules or places._cities.cache_info().currsize)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_names_countries_as_cldr_does(language: str) -> None:
    names = Locale.parse(language).territories
    rows = [line.split("\t") for line in COUNTRIES if not line.startswith("#")]
    assert {row[0]: country_name(row[0], language) for row in rows} == {row[0]: names[row[0]] for row in rows}
