"""What the book knows comes first: names, aliases and acronyms of its agencies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventrec.draft.gazetteer import Known
from eventrec.draft.mentions.organisations import Organisation

Read = Callable[..., list[Organisation]]

DANUBE = Known(3, {"en": "Danube Migration Agency", "zh": "多瑙河移民署"}, "DMA", ("Danube Agency",))
DANUBE_KENYA = Known(
    4, {"en": "DMA Mission in Kenya", "zh": "多瑙河移民署驻肯尼亚代表处"}, "DMA-KE", country="KE", parent=3
)
HELP = Known(5, {"en": "Help the Young"}, "HTY")
MINISTRY = Known(6, {"en": "Ministry of Public Security", "zh": "公安部"}, "MPS", country="CN")
MEMBERS = Known(7, {"en": "EU Member States", "zh": "欧盟成员国"}, kind="group")


@pytest.mark.parametrize(
    "text",
    [
        "The Danube Migration Agency held a course.",
        "The DANUBE MIGRATION AGENCY held a course.",
        "The Danube Agency held a course.",
        "The DMA held a course.",
        "多瑙河移民署举办培训班。",
        "DMA举办培训班。",
    ],
)
def test_an_agency_is_known_by_any_of_its_names(read: Read, text: str) -> None:
    (found,) = read(text, DANUBE)
    assert (found.known, found.code, set(found.names)) == (3, "DMA", {"en", "zh"})
    assert found.why == "is agency 3 of the book"


def test_a_name_that_looks_like_none_is_known(read: Read) -> None:
    assert [each.known for each in read("Last week Help the Young held a course.", HELP)] == [5]


def test_a_longer_name_is_not_the_shorter_one_that_is_known(read: Read) -> None:
    found = read("The Danube Migration Agency Staff College held a course.", DANUBE)
    assert all(each.known is None for each in found)


def test_a_piece_of_a_word_is_no_name(read: Read) -> None:
    assert read("The DMAX and the A-DMA tools were shown to the public.", DANUBE) == []
    assert read("公安部门的同志来了。", MINISTRY) == []


def test_the_office_that_is_known_stands_for_its_whole(read: Read) -> None:
    found = read("DMA's Liaison Office in Kenya held a course. It was planned by DMA.", DANUBE, DANUBE_KENYA)
    assert [(each.known, len(each.mentions)) for each in found] == [(4, 2)]


def test_an_office_that_is_not_known_is_of_the_whole(read: Read) -> None:
    (found,) = read("DMA's Liaison Office in Chad held a course.", DANUBE, DANUBE_KENYA)
    assert found.known == 3


@pytest.mark.parametrize(
    "text",
    [
        "Viet Nam's Ministry of Public Security held a course.",
        "In Viet Nam the Ministry of Public Security held a course.",
        "越南公安部举办培训班。",
    ],
)
def test_a_ministry_of_another_country_is_another_one(read: Read, text: str) -> None:
    assert [each.known for each in read(text, MINISTRY) if not each.group] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "China's Ministry of Public Security held a course.",
        "In Beijing the Ministry of Public Security held a course.",
        "The Ministry of Public Security held a course.",
        "中国公安部举办培训班。",
        "公安部举办培训班。",
    ],
)
def test_a_ministry_of_the_country_that_the_text_is_about_is_known(read: Read, text: str) -> None:
    assert [each.known for each in read(text, MINISTRY) if not each.group] == [6]


def test_a_collective_of_the_book_stays_one(read: Read) -> None:
    (found,) = read("It was joined by EU Member States.", MEMBERS)
    assert (found.known, found.group) == (7, True)


def test_a_name_of_two_agencies_is_no_ones(read: Read) -> None:
    other = Known(9, {"en": "Dockers' Mutual Association"}, "DMA")
    found = read("DMA experts held a course.", DANUBE, other)
    assert [each.known for each in found] == [None]


def test_both_languages_of_a_known_agency_are_one(read: Read) -> None:
    found = read("The Danube Migration Agency held a course.\n\n多瑙河移民署举办培训班。", DANUBE)
    assert [(each.known, len(each.mentions)) for each in found] == [(3, 2)]
