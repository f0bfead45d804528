import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.page import lay_out
from eventrec.draft.reading import Reading


def named(text: str, gazetteer: Gazetteer | None = None) -> list[tuple[str, str | None, str | None]]:
    reading = Reading(lay_out(text), gazetteer or Gazetteer())
    return [(reading.page.of(each.span), each.country, each.city.get("en")) for each in reading.places]


def test_cities_and_countries_are_found_in_order() -> None:
    assert named("The workshop was held in Bangkok, Thailand, and its second part in Viet Nam.") == [
        ("Bangkok", "TH", "Bangkok"),
        ("Thailand", "TH", None),
        ("Viet Nam", "VN", None),
    ]
    assert named("研讨会在泰国曼谷举行，越南社会主义共和国代表参加。") == [
        ("泰国", "TH", None),
        ("曼谷", "TH", "Bangkok"),
        ("越南社会主义共和国", "VN", None),
    ]


def test_the_country_beside_a_city_tells_which_one_is_meant() -> None:
    assert named("The workshop was held in Tripoli, Lebanon, for officers.")[0] == ("Tripoli", "LB", "Tripoli")
    assert named("The workshop was held in Tripoli for officers of the State.")[0] == ("Tripoli", "LY", "Tripoli")


def test_adjectives_of_countries_are_no_places() -> None:
    assert named("Thirty Iranian and Thai officers attended the workshop of the Agency.") == []


@pytest.mark.parametrize("name", ["Mary", "Nice", "Reading", "Jordan", "Georgia", "Chad", "Mobile"])
def test_names_that_are_words_are_marked(name: str) -> None:
    reading = Reading(lay_out(f"The workshop of the Agency was opened by {name} and others."), Gazetteer())
    assert [each.word for each in reading.places] == [True]


def test_a_city_is_spelled_as_the_text_has_it() -> None:
    assert named("The workshop was held in Ha Noi and not in URUMQI or Peking.") == [
        ("Ha Noi", "VN", "Ha Noi"),
        ("URUMQI", "CN", "Ürümqi"),
        ("Peking", "CN", "Beijing"),
    ]


def test_a_city_of_the_book_is_found() -> None:
    book = Gazetteer(cities=(({"en": "Exampleton", "zh": "示例镇"}, "CN"),))
    assert named("The workshop was held in Exampleton for officers.", book) == [("Exampleton", "CN", "Exampleton")]


def test_a_province_is_a_place_in_its_country() -> None:
    reading = Reading(lay_out("The workshop was held in Langfang, Hebei Province."), Gazetteer())
    assert [(each.country, dict(each.region)) for each in reading.places][1] == ("CN", {"en": "Hebei", "zh": "河北"})
