import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.mentions import datelines, relative
from eventrec.draft.page import lay_out
from eventrec.draft.reading import Reading


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("China - The Agency's office held a workshop.", "China", None),
        ("Hangzhou – The Agency held a workshop.", "Hangzhou", None),
        ("Ha Noi, November 29, 2021 – The Agency held a workshop.", "Ha Noi", "2021-11-29"),
        ("Bangkok, Thailand, 3 May 2021 – The Agency held a workshop.", "Bangkok, Thailand", "2021-05-03"),
        ("Chiang Rai (Thailand), 3 May 2021 – The Agency held a workshop.", "Chiang Rai (Thailand)", "2021-05-03"),
        ("BEIJING, June 28 (Example News) -- A seminar was held on Tuesday.", "BEIJING", "--06-28"),
        ("Kathmandu, August 8: The Agency held a workshop.", "Kathmandu", "--08-08"),
        ("3 May 2021, Dhaka – The Agency held a workshop.", "Dhaka", "2021-05-03"),
        ("新华社北京6月28日电 区域研讨会28日在北京举行。", "新华社北京", "--06-28"),
        ("【曼谷讯】示例机构在曼谷举办研讨会。", "曼谷", None),
        ("北京，2018年2月6日 示例机构今天举办研讨会。", "北京", "2018-02-06"),
    ],
)
def test_a_dateline_has_its_place_and_day(text: str, place: str, day: str | None) -> None:
    reading = Reading(lay_out(text), Gazetteer())
    (found,) = datelines.find(reading)
    assert reading.page.of(found.place) == place
    assert (found.day.first.written if found.day else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "The workshop – held in Riga – was a success.",
        "Training of trainers - a new course of the Agency.",
        "On Monday, 4 June 2024, the Agency held a workshop.",
        "研讨会在北京举行，示例机构参加。",
    ],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    assert datelines.find(Reading(lay_out(text), Gazetteer())) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The workshop is held today and ends tomorrow.", ["today", "tomorrow"]),
        ("It was held yesterday, on Tuesday or last week.", ["yesterday", "on Tuesday", "last week"]),
        ("In today's world the Agency recently held a seminar.", ["recently"]),
        ("示例机构昨日举办研讨会，近日将举办培训，本周三结束。", ["昨日", "近日", "本周三"]),
    ],
)
def test_words_for_a_day_are_found(text: str, words: list[str]) -> None:
    page = lay_out(text)
    assert [page.of(each.span) for each in relative.find(page)] == words
