import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.read import read
from eventrec.draft.reading import Reading
from eventrec.draft.rules import when


def dated(text: str) -> Draft:
    draft = Draft()
    when.fill(Reading(lay_out(text), Gazetteer()), Occasion(), draft)
    return draft


def said(text: str) -> str | None:
    """Return the days as “2024-05-03/2024-05-05”, with a question mark before what is not an answer."""
    draft = dated(text)
    days = draft.partial_date or "/".join(dict.fromkeys(each for each in (draft.starts_on, draft.ends_on) if each))
    asked = "?" if "starts_on" in draft.uncertain else ""
    asked += "~" if "ends_on" in draft.uncertain else ""
    return asked + days if days else None


SENTENCES = [
    # the day of holding, in the lead
    ("On 4 June 2024, the Example Institute held a workshop on border data in Almaty.", "2024-06-04"),
    ("On Tuesday, 4 June 2024, officials gathered for a seminar on visa policy.", "2024-06-04"),
    (
        "The Example Agency conducted a training on document security from 11 to 13 March 2023 in Tashkent.",
        "2023-03-11/2023-03-13",
    ),
    ("From March 11-13, 2023, the Agency organized a regional workshop in Amman.", "2023-03-11/2023-03-13"),
    ("A national consultation took place on 29 November – 2 December 2022 in Dakar.", "2022-11-29/2022-12-02"),
    ("The fourth round table was convened between 3 and 5 May 2021 in Minsk.", "2021-05-03/2021-05-05"),
    (
        "Example Organization will organize a conference on labour mobility on 7 and 8 October 2025.",
        "2025-10-07/2025-10-08",
    ),
    (
        "The training course, held on October 17th and 18th, 2024, brought together 30 officers.",
        "2024-10-17/2024-10-18",
    ),
    ("A webinar on data protection took place on 2024-05-14.", "2024-05-14"),
    ("The meeting was held on 17.10.2024 in Vienna.", "2024-10-17"),
    (
        "Manila, Philippines – Thirty officers were trained at a workshop held from 30 September to 2 October 2019.",
        "2019-09-30/2019-10-02",
    ),
    ("The Example Academy kicked off a training of trainers on 5 May 2022.", "2022-05-05"),
    ("Participants met from 28 December 2023 to 3 January 2024 for an orientation course.", "2023-12-28/2024-01-03"),
    ("A training for consular staff was conducted on 5, 7 and 9 May 2024.", "2024-05-05/2024-05-09"),
    # Chinese
    ("2024年6月4日，示例研究院在阿拉木图举办边境数据研讨会。", "2024-06-04"),
    ("2023年3月11日至13日，移民管理培训班在塔什干举行。", "2023-03-11/2023-03-13"),
    ("11月29日至12月2日，示例机构在达喀尔召开区域磋商会。", "--11-29/--12-02"),
    ("示例组织于2025年10月7-8日举办劳务流动国际会议。", "2025-10-07/2025-10-08"),
    ("二〇二四年十月十七日，研讨会在昆明开幕。", "2024-10-17"),
    ("10月17日下午，代表团一行赴示例中心座谈交流。", "--10-17"),
    ("2024年5月5日、7日和9日，领事业务培训在曼谷举行。", "2024-05-05/2024-05-09"),
    ("新华社曼谷6月28日电 区域研讨会28日在曼谷举行。", "--06-28"),
    ("示例日报北京2023年6月28日电 6月26日至28日，区域研讨会在北京召开。", "2023-06-26/2023-06-28"),
    ("新华社曼谷2023年6月28日电 区域研讨会26日至28日在曼谷举行。", "2023-06-26/2023-06-28"),
    # the year is not said
    ("The Agency held a workshop on 3rd and 4th November in Hanoi.", "--11-03/--11-04"),
    ("A training on return counselling was held from 29 Nov to 2 Dec in Accra.", "--11-29/--12-02"),
    # relative words
    ("Nairobi – The Agency is today (8/9) holding a training for 33 officials.", "?--09-08"),
    ("Nairobi – A workshop for judges was held yesterday (21/9) in Nairobi.", "--09-21"),
    ("Lima – The Agency opened a seminar on remittances today (Tuesday, 12 March).", "--03-12"),
    ("今天（9月8日），示例机构在内罗毕举办培训班。", "--09-08"),
    ("Lima, 12 March 2019 – The Agency today opened a seminar on remittances.", "2019-03-12"),
    ("Lima, 12 March 2019 – A seminar on remittances was held in Lima yesterday.", "2019-03-11"),
    ("利马，2019年3月12日 示例机构今天在利马举办汇款研讨会。", "2019-03-12"),
    ("LIMA, March 13, 2019 (Example News) -- A seminar on remittances was held in Lima on Tuesday.", "2019-03-12"),
    # durations
    ("A two-day workshop on data exchange started on 4 June 2024 in Riga.", "2024-06-04/2024-06-05"),
    ("The five-day training, which began on 3 June 2024, gathers 20 officers.", "2024-06-03/2024-06-07"),
    ("A three-day seminar on visa policy concluded on 6 June 2024 in Riga.", "2024-06-04/2024-06-06"),
    ("2024年6月4日，为期两天的数据交换研讨会在里加开幕。", "2024-06-04/2024-06-05"),
    ("6月4日，为期三天的培训班在里加开班。", "--06-04/--06-06"),
    ("2024年6月6日，为期3天的培训班圆满结束。", "2024-06-04/2024-06-06"),
    ("The two-day workshop was held on 3 and 4 June 2024 in Riga.", "2024-06-03/2024-06-04"),
    ("The one-day meeting was held on 3 June 2024 in Riga.", "2024-06-03"),
    ("A one-week training began on 3 June 2024 in Riga.", "~2024-06-03"),
    ("2024年6月3日，为期一周的培训班在里加开班。", "~2024-06-03"),
    ("A two-day workshop was held from 3 to 5 June 2024 in Riga.", "~2024-06-03/2024-06-05"),
    ("研修班5月13日在北京开班，5月26日结业。", "--05-13/--05-26"),
    ("The course began on 3 June 2024 and ended on 14 June 2024.", "2024-06-03/2024-06-14"),
    ("The training concluded on 20 August 2022.", "?2022-08-20"),
    ("Officers started a six-month language course at Example University on 3 March 2019.", "~2019-03-03"),
    ("A one-and-a-half-day workshop was held on 12-13 March 2019 in Colombo.", "2019-03-12/2019-03-13"),
    ("2019年4月2日，成立一周年研讨会在京召开。", "2019-04-02"),
    ("A study visit took place in the period 20–24 May 2019.", "2019-05-20/2019-05-24"),
    ("Nanning - Border officials are meeting this week (19-21/6) in Nanning.", "--06-19/--06-21"),
    ("Officers who completed a two-week course received certificates on 15 March 2018.", "?2018-03-15"),
    # a visit or a second event beside it
    (
        "On 13 July 2022 the Academy hosted a training. A second training will be held on 5 September 2022.",
        "2022-07-13",
    ),
    ("The three-day event, which ran 5-7 March 2019 in Tbilisi, was attended by 25 people.", "2019-03-05/2019-03-07"),
    ("Riga, 4 July 2018 – Twenty officers received training on trafficking in persons.", "2018-07-04"),
    (
        "On 4 June 2024 a training was held in Riga. Before the training, on 3 June, officers visited a port.",
        "2024-06-04",
    ),
    ("On 4 June 2024 a training was held in Riga. A visit took place on 3 June prior to the training.", "2024-06-04"),
    ("2024年6月4日至5日，机构举办培训班。在培训班前，学员于6月3日考察了机场。", "2024-06-04/2024-06-05"),
    # the dateline
    ("Ha Noi, November 29, 2021 – The Agency organized the closing workshop of its project.", "2021-11-29"),
    ("Dhaka, 5 May 2020 – A training on first aid brought together 20 volunteers.", "2020-05-05"),
    ("Dhaka, 5 May 2020 – The Agency last week organized a training on first aid.", "?2020-05-05"),
    ("Dhaka, 5 May 2020 – The Agency recently organized a training on first aid.", "?2020-05-05"),
    ("Dhaka, 5 May 2020 – A training on first aid was held from 2 to 3 May.", "2020-05-02/2020-05-03"),
    ("Dhaka, 5 January 2020 – A training on first aid was held on 20 December.", "2019-12-20"),
    ("Dhaka, 5 May 2020 – The Agency will hold a training on first aid on 12 June.", "2020-06-12"),
    ("Dhaka, 20 December 2020 – The Agency will hold a training on first aid on 12 January.", "2021-01-12"),
    ("Dhaka, 5 May 2020 – The project, launched in 2018, has trained 500 officers.", "?2020-05-05"),
    ("Dhaka, 5 May 2020 – The Agency today announced a seminar.", "?2020-05-05"),
    ("Riga, Latvia (February 6-7, 2018). The Agency held a workshop on mixed migration.", "2018-02-06/2018-02-07"),
    # the year stands elsewhere
    ("In 2024, in the framework of its cooperation, the Agency held on 17 October a seminar in Riga.", "2024-10-17"),
    (
        "The seminar was held from 3 to 5 May in Riga.\nThe outcome of the seminar, held on 3–5 May 2022, is out.",
        "2022-05-03/2022-05-05",
    ),
    ("The opening took place on 3 May.\nThe seminar was held in Riga from 3 to 5 May 2022.", "2022-05-03/2022-05-05"),
    ("5月3日，研讨会在里加举行。\nOn 3 May 2022, a seminar was held in Riga.", "2022-05-03"),
    # given as the date
    ("Regional seminar on visa policy\nDate: 17 October 2024\nVenue: Riga", "2024-10-17"),
    ("区域签证政策研讨会\n时间：2024年10月17日至18日\n地点：里加", "2024-10-17/2024-10-18"),
    # figures in which day or month may come first
    ("The workshop was held on 06/02/2018 in Lima.", "?2018-02-06"),
    ("The workshop was held on 02/16/2018 and a site visit on 02/06/2018.", "?2018-02-16"),
    ("The workshop was held on 06/02/2018 in Lima. The project was signed on November 29, 2016.", "?2018-02-06"),
    # datelines of other shapes
    ("Termez, 24-25 October. The Institute organized a training for border guards.", "--10-24/--10-25"),
    (
        "Phnom Penh (Cambodia), 20 November 2031\n- On 13 and 14 November, the Institute held a workshop.",
        "2031-11-13/2031-11-14",
    ),
    ("24.11.2031. Nis, Serbia. The Institute is concluding a five-day training today.", "2031-11-20/2031-11-24"),
    ("Accra, 7 March 2031 – The Institute concluded today a five-day course.", "2031-03-03/2031-03-07"),
    ("Dakar, 9 May 2031 – A four-day workshop on data ended today in Dakar.", "2031-05-06/2031-05-09"),
    (
        "Nairobi, 14 February 2031 – The Institute opened a workshop in Naivasha yesterday. All said thanks.",
        "2031-02-13",
    ),
    ("Yaoundé, 28 May 2031 (EXN) – A workshop on the strategy opened Tuesday in Douala.", "2031-05-27"),
    ("Dhaka, 5 May 2031 – The Agency held a three-day training on first aid.", "?2031-05-05/2031-05-07"),
    ("Dhaka, 5 May 2031 – The Agency opened a three-day training on first aid.", "2031-05-05/2031-05-07"),
    ("Moshi, Tanzania | 7 March 2031\n\nThe Institute held a training for 20 officers.", "?2031-03-07"),
    (
        "Ankara, 21 October 2031 – The Institute recently welcomed a delegation. Between 12 and 16 October 2031 "
        "the team visited the Harbour Centre.",
        "2031-10-12/2031-10-16",
    ),
    ("05/06/2031 – The Agency last week (25/4 – 27/4) organized a three-day workshop.", "?2031-04-25/2031-04-27"),
    ("Courses on Refugee Law, to be held from 7 to 18 July 2031. Deadline: 30 April 2031.", "2031-07-07/2031-07-18"),
    ("The Institute trained 30 judges on data on 4 May 2031.", "2031-05-04"),
    ("示例社大连2031年9月3日电 示例学院今天举办为期三天的培训班。", "2031-09-03/2031-09-05"),
    (
        "The conference, originally planned for 3 April 2031 in Beirut, was held on 5 May 2031 in Larnaca, Cyprus.",
        "2031-05-05",
    ),
    ("The Agency will convene a conference on 3 May 2031; registration closes on 20 April 2031.", "2031-05-03"),
    ("5月3日下午，示例市外办召开全市工作会议，学习贯彻4月20日省里会议精神。", "--05-03"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_day_on_which_it_is_held_is_read(text: str, expected: str) -> None:
    assert said(text) == expected


OTHERS = [
    "The Agency, established on 5 December 1951, supports the seminar.",
    "The Law was adopted on 30 June 2012. The Agency organized a seminar on it.",
    "The training follows a workshop held in Riga on 3 May 2019.",
    "The project runs from 1 January 2021 to 31 December 2023 and organizes trainings.",
    "Applications for the training must be submitted by 3 May 2024.",
    "The deadline for registration to the workshop is 3 May 2024.",
    "To mark World Refugee Day (20 June), the Agency organized a workshop.",
    "The previous training was held on 3 May 2019.",
    "The next workshop will be held on 3 May 2030.",
    "The workshop discussed Regulation (EU) 2018/1240 of 12 September 2018.",
    "Since 3 May 2019 the Agency has organized seminars.",
    "On 3 May 2031 the Agency announced that it recently held a seminar.",
    "10月22日，记者从示例局获悉，该局日前举办了业务培训班。",
    "记者10月22日从示例厅获悉，全省外事干部培训班近日在昆明举办。",
    "示例机构于1951年12月5日成立，举办了研讨会。",
    "《示例法》自2013年7月1日起施行，机构举办了培训班。",
    "请于2024年5月3日前报名参加培训班。",
    "5月3日是国际示例日，示例机构举办主题活动。",
    "上一期培训班于2019年5月3日举办。",
    "两国于2015年6月29日签署协定，双方举办研讨会。",
]


@pytest.mark.parametrize("text", OTHERS)
def test_a_date_of_something_else_is_not_the_events(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("A first coordination meeting was held today in Beijing.", "today"),
        ("The Agency will this week organize an international seminar.", "this week"),
        ("The Agency recently held a training on forged documents.", "recently"),
        ("The workshop was held in October 2024 in Riga.", "in October 2024"),
        ("2023年5月，示例机构在北京举办研讨会。", "2023年5月"),
        ("近日，示例机构在北京举办研讨会。", "近日"),
        ("本周，示例机构举办培训班。", "本周"),
    ],
)
def test_words_without_a_day_are_noted_and_the_day_is_asked(text: str, note: str) -> None:
    draft = dated(text)
    assert (draft.starts_on, draft.partial_date, draft.date_note) == (None, None, note)
    assert note in draft.missing["starts_on"]


def test_the_year_is_asked_with_what_hints_at_it() -> None:
    draft = dated("2023-06-29 13:04:35 来源：示例网\n6月26日至28日，研讨会在北京召开。")
    assert draft.partial_date == "--06-26/--06-28"
    assert draft.starts_on is None
    assert "2023-06-29" in draft.missing["starts_on"]


def test_the_year_of_the_headline_is_a_hint() -> None:
    draft = dated("2031年示例业务培训班在昆明举办\n\n5月20日至23日，示例业务培训班在昆明举办，60名民警参加。")
    assert draft.partial_date == "--05-20/--05-23"
    assert "The headline says 2031." in draft.missing["starts_on"]


def test_languages_that_say_different_days_are_a_question() -> None:
    draft = dated("On 17 October 2024, the Agency held a seminar in Riga.\n2024年10月18日，示例机构在里加举办研讨会。")
    assert "starts_on" in draft.uncertain
    assert draft.disagreements == ["The English text says 17 October 2024 and the Chinese text says 18 October 2024."]


def test_languages_that_say_the_same_day_strengthen_each_other() -> None:
    draft = dated("On 17 October 2024, the Agency held a seminar in Riga.\n2024年10月17日，示例机构在里加举办研讨会。")
    assert (draft.starts_on, draft.uncertain) == ("2024-10-17", {})
    assert {each.text for each in draft.evidence["starts_on"]} >= {"17 October 2024", "2024年10月17日"}


def test_a_day_that_does_not_exist_is_told() -> None:
    draft = dated("The workshop was held on 31 February 2024 in Riga.")
    assert draft.starts_on is None
    assert "“31 February 2024” is no day." in draft.missing["starts_on"]


def test_a_day_that_does_not_exist_is_among_what_is_ignored() -> None:
    text = "The workshop was held on 3 May 2024 in Riga. Its report was due on 31 February 2025."
    proposal = read(text, Gazetteer())
    assert [(each.text, each.reason) for each in proposal.ignored] == [("31 February 2025", "there is no such day")]
    assert proposal.events[0].starts_on == "2024-05-03"


def test_a_weekday_that_the_day_is_not_makes_it_a_question() -> None:
    assert said("On Monday, 4 June 2024, the Agency held a seminar in Riga.") == "?2024-06-04"


def test_a_number_of_the_page_tells_which_figure_is_the_month() -> None:
    text = "The project was signed on November 29, 2016.\nLima, 06/02/2018 - 09:01, UNIQUE ID: 180206_19\n"
    assert said(f"{text}The Agency today opened a seminar in Lima.") == "2018-02-06"


def test_days_that_do_not_follow_each_other_are_noted() -> None:
    draft = dated("A training for consular staff was conducted on 5, 7 and 9 May 2024.")
    assert draft.date_note == "5, 7 and 9 May 2024"


@pytest.mark.parametrize(
    "text",
    ["1 May " * 20000, "2024年5月" * 20000, "1, " * 40000 + "May", "on 1/2 (1/2) " * 10000, "three day " * 20000],
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    dated(f"The workshop was held. {text}")


VISITS = [
    (
        "The Example Agency held a two-day Workshop on Visa Data on 14 and 15 May 2024 in Riga. Officers learned much."
        " On 16 May, participants visited the Border School.",
        "2024-05-14/2024-05-15",
    ),
    (
        "Workshop on Visa Data on 14 and 15 May 2024\n\nThe Example Agency welcomed 20 officers to a two-day workshop"
        " in Riga. On 16 May, the group toured the harbour.",
        "2024-05-14/2024-05-15",
    ),
    (
        "The seminar on card security was held from 3 to 5 June 2023 in Amman. A site visit to the Example Printing"
        " House followed on 6 June 2023.",
        "2023-06-03/2023-06-05",
    ),
    (
        "The Agency conducted a course on 7 October 2025 in Suva.\n\nOn 8 October 2025, a field trip took participants"
        " to the port.",
        "2025-10-07",
    ),
    ("2024年5月14日至15日，示例署在西安举办为期两天的研讨会。5月16日，与会人员参观了边检站。", "2024-05-14/2024-05-15"),
    ("示例署于2023年6月3日至5日举办培训班。6月6日上午，学员们走访了示例印刷厂。", "2023-06-03/2023-06-05"),
    (
        "The study visit took place from 3 to 7 June 2024 in Lima. On 10 June, participants visited the harbour.",
        "2024-06-03/2024-06-07",
    ),
    ("On 16 May 2024, a delegation of the Example Agency visited the Border School.", "2024-05-16"),
    ("2024年5月16日，示例署代表团参观了边检站，双方座谈交流。", "2024-05-16"),
]


@pytest.mark.parametrize(("text", "expected"), VISITS)
def test_the_day_of_a_visit_does_not_beat_the_days_of_the_event(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The workshop was held on 03/04/2024 in Riga.", "Was it 3 April 2024 or 4 March 2024?"),
        ("研讨会于03/04/2024在西安举办。", "Was it 3 April 2024 or 4 March 2024?"),
        ("Nairobi – The Agency is today (8/9) holding a training.", "Was it 8 September or 9 August?"),
    ],
)
def test_figures_that_nothing_settles_are_asked_with_both_readings(text: str, question: str) -> None:
    assert dated(text).uncertain["starts_on"] == question


def test_a_duration_stretches_no_day_where_the_days_are_written() -> None:
    draft = dated("The two-day workshop on visas ran on 14-15 May 2024. The two-day workshop opened on 14 May 2024.")
    assert (draft.starts_on, draft.ends_on) == ("2024-05-14", "2024-05-15")


def test_the_question_shows_the_days_that_are_proposed() -> None:
    draft = dated("Officers learned about visas. The two-day workshop for officers, on 16 May, is over.")
    assert draft.partial_date == "--05-16/--05-17"
    assert draft.uncertain["starts_on"] == "Was it 16 May – 17 May?"


@pytest.mark.parametrize(
    "text",
    [
        "Workshop on Visa Fees\n\n**When:** 2024-08-05 to 2024-08-09\n**Where:** Riga, Latvia\n\nThe Agency met.",
        "Workshop on Visa Fees\n\n**When**: 2024-08-05 to 2024-08-09\n\nThe Agency held a workshop on visa fees.",
        "Workshop on Visa Fees\n\n- When: 2024-08-05 to 2024-08-09\n- Where: Riga\n\nThe Agency held a workshop.",
        "签证收费研讨会通知\n\n**时间：** 2024-08-05 至 2024-08-09\n**地点：** 西安\n\n示例署将举办签证收费研讨会。",
    ],
)
def test_a_date_that_is_read_is_not_ignored(text: str) -> None:
    proposal = read(text, Gazetteer())
    assert (proposal.events[0].starts_on, proposal.events[0].ends_on) == ("2024-08-05", "2024-08-09")
    assert not any("2024" in each.text for each in proposal.ignored)
