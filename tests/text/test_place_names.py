import subprocess
import sys
from importlib.resources import files

import pytest

from eventrec.text.place_names import Named, PlaceNames, table


def found(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.meant[0].country) for each in table().find(text) if not each.demonym]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Ho Chi Minh City and Port-au-Prince", [("Ho Chi Minh City", "VN"), ("Port-au-Prince", "HT")]),
        ("the Lao People's Democratic Republic", [("Lao People's Democratic Republic", "LA")]),
        ("Bosnia and Herzegovina, Côte d’Ivoire", [("Bosnia and Herzegovina", "BA"), ("Côte d’Ivoire", "CI")]),
        ("China's officers and China’s law", [("China", "CN"), ("China", "CN")]),
        ("Sao Paulo, Ürümqi, Urumqi", [("Sao Paulo", "BR"), ("Ürümqi", "CN"), ("Urumqi", "CN")]),
        ("EU-China dialogue, Beijing-based", []),
        ("老挝人民民主共和国和印度尼西亚", [("老挝人民民主共和国", "LA"), ("印度尼西亚", "ID")]),
        (
            "罗马尼亚、罗马、尼日利亚、尼日尔",
            [("罗马尼亚", "RO"), ("罗马", "IT"), ("尼日利亚", "NG"), ("尼日尔", "NE")],
        ),
    ],
)
def test_the_longest_name_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_demonym_says_its_country() -> None:
    assert [(each.demonym, each.meant[0].country) for each in table().find("South Korean and Thai")] == [
        (True, "KR"),
        (True, "TH"),
    ]


def test_a_city_that_is_a_country_is_both() -> None:
    assert dict(table().called("Singapore")[0].city) == {"en": "Singapore", "zh": "新加坡"}


def test_names_of_ones_own_come_first() -> None:
    own = PlaceNames()
    own.add("Exampleton", Named("CN", {"en": "Exampleton"}))
    assert [each.meant[0].country for each in table().find("Exampleton in Thailand", own)] == ["CN", "TH"]


def test_every_country_of_the_table_has_a_name_in_both_languages() -> None:
    lines = files("eventrec.text").joinpath("countries.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 240
    assert all(len(row) == 6 and len(row[0]) == 2 and row[1] and row[2] for row in rows)


def test_the_table_of_countries_credits_its_source() -> None:
    head = files("eventrec.text").joinpath("countries.tsv").read_text("utf-8")[:400]
    assert "Unicode CLDR, https://cldr.unicode.org, Unicode License v3" in head


def test_names_are_found_without_babel() -> None:
    code = "import sys; from eventrec.text.place_names import table; table(); print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("text", ["A " * 50000, "Republic of the " * 20000, "北京" * 50000, "New York " * 20000])
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    list(table().find(text))
