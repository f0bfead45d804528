import pytest

from eventrec.draft import occasions
from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.page import lay_out
from eventrec.draft.read import read
from eventrec.draft.reading import Reading


def told(text: str) -> list[str]:
    """Return “2024-05-03 Riga” for each event of several, nothing for one."""
    found = occasions.find(Reading(lay_out(text), Gazetteer()))
    if len(found) == 1:
        assert found == (occasions.Occasion(),)
        return []
    return [_say(each) for each in found]


def _say(occasion: occasions.Occasion) -> str:
    days = occasion.days
    said = "/".join(dict.fromkeys((days.first.written, days.last.written))) if days else "-"
    return f"{said} {occasion.place.city['en'] if occasion.place else '-'}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Institute held workshops in Kisumu (03/06), Nakuru (05/06) and Lodwartown (09/06).",
            ["--06-03 Kisumu", "--06-05 Nakuru", "--06-09 Lodwartown"],
        ),
        (
            "5月6日、5月8日和5月10日，培训班分别在西安、成都和昆明举办。",
            ["--05-06 Xi’an", "--05-08 Chengdu", "--05-10 Kunming"],
        ),
        (
            "The Agency hosts three courses this week in Beijing (02/07), Shanghai (04/07) and Guangzhou (06/07).",
            ["--07-02 Beijing", "--07-04 Shanghai", "--07-06 Guangzhou"],
        ),
        (
            "The Agency held two training courses for officials in Ha Noi (12–13/10) and Ho Chi Minh City (19–20/10).",
            ["--10-12/--10-13 Ha Noi", "--10-19/--10-20 Ho Chi Minh City"],
        ),
        (
            "The Agency held a workshop in Bangkok on 3 May 2024 and another in Hanoi on 5 May 2024.",
            ["2024-05-03 Bangkok", "2024-05-05 Hanoi"],
        ),
        (
            "Two seminars, on 3 May 2023 in Almaty and on 5 May in Tashkent, were organized by the Agency.",
            ["2023-05-03 Almaty", "2023-05-05 Tashkent"],
        ),
        (
            "Trainings took place in Dhaka, Bangladesh, from 3 to 5 May 2024 and in Kathmandu, Nepal, from 7 to 9 May.",
            ["2024-05-03/2024-05-05 Dhaka", "2024-05-07/2024-05-09 Kathmandu"],
        ),
        (
            "Trainings were held in Nairobi and Mombasa on 3 and 5 May 2022 respectively.",
            ["2022-05-03 Nairobi", "2022-05-05 Mombasa"],
        ),
        ("Two workshops were held in Bangkok on 3 and 5 May 2022.", ["2022-05-03 Bangkok", "2022-05-05 Bangkok"]),
        ("培训班分别在北京（5月6日）、上海（5月8日）举办。", ["--05-06 Beijing", "--05-08 Shanghai"]),
        (
            "2024年5月6日、8日，移民政策培训班分别在北京、上海举办。",
            ["2024-05-06 Beijing", "2024-05-08 Shanghai"],
        ),
        (
            "两场研讨会于2024年5月6日在北京、5月8日在上海举行。",
            ["2024-05-06 Beijing", "2024-05-08 Shanghai"],
        ),
    ],
)
def test_several_events_of_one_release_are_told_apart(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The training was held in Beijing on 3 May 2024 for officials from Shanghai, Guangzhou and Xiamen.",
        "The workshop was held in Beijing on 3 May 2024, following a first workshop in Shanghai on 5 April 2024.",
        "During a study visit the delegation visited Warsaw (3 May) and Berlin (5 May).",
        "The workshop was held on 3 and 4 May 2024 in Riga.",
        "The training takes place in Riga from 3 May to 5 May 2024.",
        "The seminar was held in Riga (3 May 2024).",
        "2024年5月6日至8日，研讨会在北京举行，来自上海、广州的代表参加。",
        "2024年5月6日至8日，考察团赴华沙（5月6日）、柏林（5月8日）考察。",
        "The workshops will help officers in Riga and Vilnius.",
    ],
)
def test_one_event_stays_one(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", ["in Beijing (02/07), " * 5000, "5月6日在北京、" * 5000])
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    occasions.find(Reading(lay_out(f"Workshops were held {text}."), Gazetteer()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Agency held a workshop on cards in Beijing on 3 March 2025 with 20 officers and a workshop on stamps"
            " in Shanghai on 10 March 2025 with 35.",
            [
                ("workshop on cards", "workshop", "2025-03-03 Beijing"),
                ("workshop on stamps", "workshop", "2025-03-10 Shanghai"),
            ],
        ),
        (
            "The Institute conducted a course on seals in Suva from 3 to 5 March 2025 for 20 officers, followed by a"
            " seminar on ships in Riga from 10 to 12 March 2025 for 18 officers.",
            [
                ("course on seals", "training", "2025-03-03/2025-03-05 Suva"),
                ("seminar on ships", "workshop", "2025-03-10/2025-03-12 Riga"),
            ],
        ),
        (
            "示例署2025年3月3日在北京举办证件研讨会，20名民警参加，3月10日在上海举办印章培训班，35名民警参加。",
            [
                ("证件研讨会", "workshop", "2025-03-03 Beijing"),
                ("印章培训班", "training", "2025-03-10 Shanghai"),
            ],
        ),
        ("The Agency held a workshop in Riga on 3 March 2025 after a meeting in Tallinn on 10 February 2025.", []),
        ("The Agency held a workshop in Riga on 3 March 2025 and a party in Tallinn on 10 March 2025.", []),
        ("示例署于2025年3月3日在西安举办培训班，此前于2月10日在成都举办研讨会。", []),
    ],
)
def test_two_events_of_one_sentence_have_their_own_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [" ".join(one[2:]) for one in expected] == [each for each in told(text) if expected]
    events = read(text, Gazetteer()).events
    named = [(next(iter(each.title.values()), ""), each.kind) for each in events]
    assert not expected or named == [one[:2] for one in expected]
    assert expected or len(events) == 1


def test_each_of_two_events_of_one_sentence_has_its_own_number() -> None:
    events = read(
        "The Agency held a workshop on cards in Beijing on 3 March 2025 with 20 officers and a workshop on stamps in"
        " Shanghai on 10 March 2025 with 35 officers.",
        Gazetteer(),
    ).events
    assert [each.participants for each in events] == [20, 35]


def test_a_number_of_one_of_two_events_is_not_that_of_the_other() -> None:
    events = read(
        "The Agency held a workshop on cards in Beijing on 3 March 2025 with 20 officers and a workshop on stamps in"
        " Shanghai on 10 March 2025 with 35.",
        Gazetteer(),
    ).events
    assert [each.participants for each in events] == [20, None]
    events = read("示例署3月3日在北京举办证件研讨会，3月10日在上海举办印章培训班，35名民警参加。", Gazetteer()).events
    assert [each.participants for each in events] == [None, 35]
