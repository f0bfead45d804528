from __future__ import annotations

import pytest
from tests.draft.page.told import EN, MORE, MORE_ZH, ZH, headlines, kind_of, told

from eventrec.draft.page import Kind, lay_out


@pytest.mark.parametrize(
    "above",
    [
        "News\nGlobal\n",
        "Delegation of the Example Union to Elsewhere\nPress releases\n",
        "Example Agency\nWORKING FOR SAMPLES\n",
        "Home » News » Workshop\n",
        "Skip to main content\nMenu\nWho we are\nWhat we do\nWhat we do\nWhere we work\n-\nData and Research\n",
        "https://example.org/news/workshop-on-samples\n",
        "PRESS RELEASE\nFOR IMMEDIATE RELEASE\n22 October 2024\n",
        "We use cookies to improve your experience on our website.\nAccept all\n",
    ],
)
@pytest.mark.parametrize("headline", ["Officers trained on samples in Nowhere", "EA Hosts Workshop on Sample Keeping"])
def test_the_headline_is_found_under_menus_and_labels(above: str, headline: str) -> None:
    assert headlines(f"{above}{headline}\n{EN}\n{MORE}") == [headline]


@pytest.mark.parametrize(
    "between", ["\n", "\nCapacity Building\n", "\n2024-10-22 16:57\n", "\nBy Jane Sample\n", "\n\n"]
)
def test_labels_and_stamps_may_stand_below_the_headline(between: str) -> None:
    assert headlines(f"Officers trained on samples in Nowhere{between}{EN}") == [
        "Officers trained on samples in Nowhere"
    ]


def test_each_language_has_its_headline() -> None:
    zh, en = "示例局举办样品管理培训班", "Training on Sample Keeping Held in Nowhere"
    assert headlines(f"{zh}\n{en}\n{ZH}\n{MORE_ZH}\n{EN}\n{MORE}") == [zh, en]
    assert headlines(f"{zh}\n{ZH}{MORE_ZH}\n\n{en}\n{EN} {MORE}") == [zh, en]


def test_a_translated_headline_beside_the_other_is_one_but_a_name_of_the_site_is_none() -> None:
    zh = "示例局举办样品管理培训班"
    assert headlines(f"{zh}\nTraining on Sample Keeping Held in Nowhere\n{ZH}\n{MORE_ZH}")[1:] == [
        "Training on Sample Keeping Held in Nowhere"
    ]
    assert headlines(f"Delegation of the Example Union to Elsewhere\n{zh}\n{ZH}\n{MORE_ZH}") == [zh]


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        (
            "EA Mission in Elsewhere held a Workshop on Practical Cooperation on Samples and Their Keeping",
            "On 17th October 2024, in Nowhere, the Example Agency (EA) held a workshop on practical cooperation.",
        ),
        (
            "Training of Trainers on Sample Security Concludes in Nowhere",
            "The Example Agency (EA) concluded a training of trainers on sample security for officers of the service.",
        ),
        (
            "Officers of Nowhere and Elsewhere Meet for the Third Sample Dialogue",
            "In cooperation with the Ministry of Samples, the agency brought together officers of both countries.",
        ),
    ],
)
def test_a_headline_that_runs_into_the_text_is_told_by_its_capitals(headline: str, sentence: str) -> None:
    source = f"{headline} {sentence} {MORE}"
    assert told(source) == [(Kind.HEADLINE, headline), (Kind.BODY, f"{sentence} {MORE}")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Officers of the Ministry of Foreign Affairs and The Sample Conservancy attended the workshop in Nowhere.",
        "Officers from the Sample Service of Nowhere met in Elsewhere. The meeting was held on 17 October 2024.",
        "Experts from The Hague and officers of the Sample Service met in the capital for a workshop on samples.",
    ],
)
def test_a_sentence_with_many_capitals_is_not_split(sentence: str) -> None:
    assert told(f"Officers trained on samples in Nowhere\n{sentence}")[1:] == [(Kind.BODY, sentence)]


def test_a_chinese_headline_that_runs_into_the_text_is_split_off() -> None:
    assert told(f"样品管理培训班在示例市举办 {ZH}") == [(Kind.HEADLINE, "样品管理培训班在示例市举办"), (Kind.BODY, ZH)]


@pytest.mark.parametrize("dateline", ["示例日报示例市6月28日电", "新华社示例市6月28日电", "本报讯"])
def test_a_chinese_dateline_is_no_headline(dateline: str) -> None:
    assert headlines(f"{dateline} 2024年{ZH}{MORE_ZH}") == []


def test_a_headline_repeated_is_told_once() -> None:
    source = f"Officers trained on samples in Nowhere\n{EN}\nOfficers trained on samples in Nowhere"
    assert [kind for kind, _ in told(source)] == [Kind.HEADLINE, Kind.BODY, Kind.OTHER]


def test_the_name_of_the_site_behind_a_headline_does_not_win() -> None:
    headline = "Officers trained on samples in Nowhere"
    assert headlines(f"{headline} | Example Agency\n{headline}\n{EN}") == [headline]
    assert headlines(f"示例局举办样品管理培训班_示例网\n示例局举办样品管理培训班\n{ZH}") == ["示例局举办样品管理培训班"]


def test_a_second_line_below_the_headline_is_text() -> None:
    second = "Thirty officers of both countries meet in Nowhere to exchange views on how samples are kept"
    source = f"Officers Learn About Samples\n{second}\n{EN}"
    assert headlines(source) == ["Officers Learn About Samples"]
    assert kind_of("Thirty officers", source) is Kind.BODY


def test_a_marked_heading_is_the_headline() -> None:
    assert headlines(f"Example Agency trains officers\n# Samples in Nowhere and Elsewhere\n{EN}") == [
        "Samples in Nowhere and Elsewhere"
    ]


def test_a_text_without_a_headline_has_none() -> None:
    assert headlines(f"{EN}\n\n{MORE}") == []


def test_the_subject_of_a_mail_is_the_headline() -> None:
    source = (
        "From: Jane Sample <jane@example.org>\nSent: Tuesday, 22 October 2024 10:00\nTo: all@example.org\n"
        f"Subject: FW: Officers trained on samples\n\n{EN}\n\n-- \nJane Sample\nExample Agency\n"
    )
    assert headlines(source) == ["Officers trained on samples"]
    assert [kind for kind, _ in told(source)][-3:] == [Kind.OTHER] * 3


def test_the_last_step_of_a_path_is_the_headline_where_there_is_no_other() -> None:
    path = "Example Centre > News > Workshop on Boats Held in Nowhere"
    assert headlines(f"{path}\n{EN}") == ["Workshop on Boats Held in Nowhere"]
    assert headlines(f"Example Centre > News > Workshops\nOfficers trained on samples in Nowhere\n{EN}") == [
        "Officers trained on samples in Nowhere"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Nowhere – March 3-4, 2031",
        "3 – 5 March 2031",
        "3-5 March",
        "28 February to 2 March 2031",
        "2031年3月3日至5日",
        "Venue: Hotel",
    ],
)
def test_days_and_a_place_are_no_headline_but_are_read(line: str) -> None:
    assert headlines(f"{line}\n{EN}") == []
    assert kind_of(line, f"{line}\n{EN}") is Kind.BODY


@pytest.mark.parametrize(
    ("line", "stamp", "headline"),
    [
        (
            "News article19 December 2031Officers Trained on Samples",
            "News article19 December 2031",
            "Officers Trained on Samples",
        ),
        ("date 2031-05-09 Officers trained on samples", "date 2031-05-09", "Officers trained on samples"),
        (
            "Press release | 9 May 2031 | Officers trained on samples",
            "Press release | 9 May 2031 |",
            "Officers trained on samples",
        ),
    ],
)
def test_a_label_pasted_before_the_headline_is_split_off(line: str, stamp: str, headline: str) -> None:
    assert told(f"{line}\n{EN}")[:2] == [(Kind.STAMP, stamp), (Kind.HEADLINE, headline)]


@pytest.mark.parametrize("behind", ["2031-05-09", "[2031-05-09]", "发布时间：2031-05-09 10:00"])
def test_a_day_behind_the_headline_is_split_off(behind: str) -> None:
    title = "示例局举办样品管理培训班"
    assert told(f"{title} {behind}\n{ZH}")[:2] == [(Kind.HEADLINE, title), (Kind.STAMP, behind)]


def test_a_caption_below_the_headline_does_not_win() -> None:
    source = f"Who we are\nDelegation visits Port\n5 May 2031\nParticipants of the workshop in Town at the port\n{EN}"
    assert headlines(source) == ["Delegation visits Port"]


def test_a_headline_in_capitals_may_end_with_a_full_stop() -> None:
    assert headlines(f"Example Agency Trains Border Officers in Nowhere.\n{EN}") == [
        "Example Agency Trains Border Officers in Nowhere."
    ]
    assert headlines(f"The Example Agency and the Ministry of Samples met in Nowhere.\n{EN}") == []


def test_an_announcement_without_sentences_has_its_first_line_as_headline() -> None:
    source = "Workshop on Samples\nSample Hotel, Nowhere\n\nAgenda\nOpening remarks\nMr. John Doe, Ministry of Samples"
    assert headlines(source) == ["Workshop on Samples"]
    assert kind_of("John Doe", source) is Kind.BODY


@pytest.mark.parametrize("line", [
    "PRESS RELEASE: {}",
    "For immediate release – {}",
    "Press release 12/05/2031 {}",
    "12 May 2031 | News | {}",
    "Date published: 3 May 2031 {}",
    "Title: {}",
    "Headline: {}",
    "{} | Example Agency",
    "Home > News > {}",
])  # fmt: skip
def test_what_is_pasted_to_a_headline_is_none_of_it(line: str) -> None:
    head = "Officers trained on the keeping of samples"
    assert (Kind.HEADLINE, head) in told(f"{line.format(head)}\n{EN}\n{MORE}")


@pytest.mark.parametrize("line", [
    "标题：{}", "[2031-05-07] {}", "发布时间：2031-05-07 {}", "{} 2031-05-07", "新闻动态 {}", "首页 > 新闻 > {}",
])  # fmt: skip
def test_what_is_pasted_to_a_chinese_headline_is_none_of_it(line: str) -> None:
    head = "示例移民管理局举办证件鉴别培训班"
    assert (Kind.HEADLINE, head) in told(f"{line.format(head)}\n{ZH}\n{MORE_ZH}")


@pytest.mark.parametrize(
    "line", ["Venue: Sample Hall, Nowhere", "3 – 5 March 2031", "Nowhere – March 3-4, 2031", "Start: 3 May 2031"]
)
def test_a_fact_of_the_event_is_no_headline(line: str) -> None:
    head = "Officers trained on the keeping of samples"
    for source in (f"{line}\n{head}\n{EN}\n{MORE}", f"{head}\n{line}\n{EN}\n{MORE}"):
        assert kind_of(line, source) is Kind.BODY
        assert kind_of(head, source) is Kind.HEADLINE


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Seminar on Visa Fees", "International Training and Research Portal News"),
        ("Workshop on Card Security", "Meetings and Events"),
        ("Regional Course on Ship Papers", "Publications, Trainings and Other Useful Links Here"),
        ("签证收费研讨会", "培训动态与会议新闻信息发布平台"),
        ("证件鉴别培训班", "会议 培训 论坛 活动 通知公告栏"),
    ],
)
def test_a_line_that_names_an_event_with_its_topic_is_the_headline_and_no_label(name: str, line: str) -> None:
    body = (
        "示例署于5月3日在西安举办活动，来自各地的20名民警参加了本次活动。"
        if "会" in line
        else "The Example Agency gathered 20 officers in Riga on 3 May 2024. They learned about fees."
    )
    page = lay_out(f"{name}\n\n{line}\n\n{body}")
    assert [page.of(each.span) for each in page.passages_of(Kind.HEADLINE)] == [name]
