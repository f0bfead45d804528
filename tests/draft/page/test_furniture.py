from __future__ import annotations

import pytest
from tests.draft.page.told import EN, MORE, MORE_ZH, ZH, kind_of, told

from eventrec.draft.page import Kind

TITLE = "Officers trained on samples in Nowhere"
TITLE_ZH = "示例局举办样品管理培训班"


@pytest.mark.parametrize(
    "line",
    [
        "2024-12-22 16:57:52",
        "22 October 2024",
        "October 22, 2024 | 10:15 am",
        "Tuesday, 22 October 2024",
        "Published on 22 October 2024",
        "Posted: 22.10.2024",
        "Last updated: Oct 22, 2024 at 10:15",
        "Date Publish: 22/10/2024",
        "发布时间：2024-10-22 来源：示例网",
        "2024-10-22 13:04:35 来源 : 示例日报网",
        "2024年10月22日 星期二",
        "日期：2024-10-22 浏览：120次",
        "2024-10-22 | 作者：张三 | 点击：1,204",
        "发布时间：2024-10-22 09:30 来源：国际合作司 字号：[大 中 小] 打印",
        "2024-10-17 20:11:05 来源： 新华网 作者： 责任编辑： 张三",
        "来源:示例日报网",
        "编辑：王五 审核：赵六",
        "（国际合作司供稿）",
        "Source: Example News",
        "By Jane Sample",
        "阅读 1204",
        "120 views",
        "时间：2024-10-22",
        "二〇二四年十月二十二日",
    ],
)
def test_a_stamp_of_the_page_is_not_read(line: str) -> None:
    assert kind_of(line, f"{TITLE_ZH}\n{line}\n{ZH}\n{MORE_ZH}") is Kind.STAMP


def test_a_stamp_before_the_text_of_its_line_is_split_off() -> None:
    assert told(f"{TITLE_ZH}\n发布时间：2024-10-22 来源：示例网 {ZH}")[1:] == [
        (Kind.STAMP, "发布时间：2024-10-22 来源：示例网"), (Kind.BODY, ZH),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Nowhere, 22 October 2024",
        "NOWHERE, Elsewhere, October 22, 2024",
        "(Nowhere, 22 October 2024)",
        "22 October 2024, Nowhere",
        "示例市, 22/10/2024 - 09:01, UNIQUE ID: 241022_19",
        "示例日报示例市10月22日电",
    ],
)
def test_a_place_and_a_date_alone_are_a_dateline(line: str) -> None:
    assert kind_of(line, f"{TITLE}\n{line}\n{EN}\n{MORE}") is Kind.DATELINE


@pytest.mark.parametrize(
    "line", ["News, 22 October 2024", "Press release - 22 October 2024", "22 October 2024 | Story"]
)
def test_a_label_and_a_date_are_no_dateline(line: str) -> None:
    assert kind_of(line, f"{TITLE}\n{line}\n{EN}") is not Kind.DATELINE


@pytest.mark.parametrize(
    "begins",
    [
        "Nowhere – ",
        "Nowhere, 22 October 2024 – ",
        "NOWHERE (Example News) -- ",
        "新华社示例市10月22日电 ",
        "本报讯（记者 张三）",
    ],
)
def test_a_dateline_that_begins_a_paragraph_stays_in_it(begins: str) -> None:
    text = ZH if begins[0] > "\u3000" else EN
    assert (Kind.BODY, begins + text) in told(f"{TITLE}\n{begins}{text}")


@pytest.mark.parametrize("line", ["Date: 17 October 2024", "时间：2024年10月17日"])
def test_a_date_among_facts_of_the_event_is_read(line: str) -> None:
    place = "地点：示例市示例酒店" if line[0] == "时" else "Venue: Sample Hotel, Nowhere"
    source = f"{TITLE}\n{line}\n{place}\n{EN}"
    assert kind_of(line, source) is Kind.BODY
    assert kind_of(place, source) is Kind.BODY


@pytest.mark.parametrize(
    "line",
    [
        "当前位置:首页 > 文学 > 正文",
        "您的位置：首页 - 新闻 - 正文",
        "Home > News > Workshop",
        "Skip to main content",
        "上一篇：示例局召开会议",
        "下一篇：没有了",
        "« Previous article",
        "Related news",
        "相关阅读",
        "Share this page",
        "【打印】 【关闭】",
        "分享到：",
        "Tags: samples, training",
        "标签:",
        "有话要说...",
        "Leave a comment",
        "English | 中文",
        "-",
        "***",
        "Page 1 of 2",
    ],
)
def test_menus_and_buttons_are_not_read_wherever_they_stand(line: str) -> None:
    assert kind_of(line, f"{line}\n{TITLE}\n{EN}") is Kind.MENU
    assert kind_of(line, f"{TITLE}\n{EN}\n{line}") is Kind.MENU


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to improve your experience on our website.",
        "© 2024 Example Agency. All rights reserved.",
        "版权所有 示例局 京ICP备12345678号",
        "Privacy policy | Terms of use",
        "Please enable JavaScript in your browser to see this page.",
        "An official website of the Example Union",
        "– END –",
        "（完）",
    ],
)
def test_notices_of_the_site_are_not_read(line: str) -> None:
    assert kind_of(line, f"{TITLE}\n{EN}\n{line}") is Kind.OTHER


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Jane Sample",
        "Participants at the opening of the workshop",
        "• Delegates at the workshop in Nowhe",
        "Group photo of the participants",
        "Officers during the visit to the centre. © EA 2024",
        "图为培训班开班式现场。",
        "培训现场",
        "合影留念",
        "10月17日，样品管理培训班开班。（张三 摄）",
        "（示例局供图）",
        "(相关资料图)",
    ],
)
def test_captions_are_not_read(line: str) -> None:
    assert kind_of(line.lstrip("• "), f"{TITLE}\n{EN}\n{line}\n{MORE}") is Kind.CAPTION


@pytest.mark.parametrize(
    "paragraph",
    [
        "Established in 1951, EA is the leading inter-governmental organization in the field of samples.",
        "The Example Agency (EA) is part of the United Nations System as the leading agency for samples.",
        "The Example Agency is the leading international organization in the field of samples. It has 20 offices.",
        "示例组织成立于1951年，是样品领域的政府间组织，有175个成员国。",
    ],
)
def test_what_an_organisation_is_is_not_read(paragraph: str) -> None:
    assert kind_of(paragraph, f"{TITLE}\n{EN}\n{paragraph}") is Kind.OTHER


@pytest.mark.parametrize(
    "paragraph",
    [
        "Established in 2019, the Sample Project is the first project of the agency in the field of samples.",
        "The workshop is the first international training of the agency for officers who work in the field of samples.",
        "Nowhere, which has been a member of the agency since 2001, is a country of origin of samples.",
    ],
)
def test_what_an_event_or_a_project_is_is_read(paragraph: str) -> None:
    assert kind_of(paragraph, f"{TITLE}\n{EN}\n{paragraph}") is Kind.BODY


def test_about_an_organisation_ends_where_the_contact_begins() -> None:
    source = (
        f"{TITLE}\n{EN}\nAbout the Example Agency\nEA keeps samples. It has offices.\nContact: Jane, jane@example.org"
    )
    assert [kind for kind, _ in told(source)][2:] == [Kind.OTHER, Kind.OTHER, Kind.BODY]


def test_about_the_project_is_read() -> None:
    source = f"{TITLE}\n{EN}\nAbout the project\nThe Sample Project is funded by the Example Union."
    assert [kind for kind, _ in told(source)][2:] == [Kind.BODY, Kind.BODY]


def test_other_news_are_a_menu_until_the_text_goes_on() -> None:
    source = f"{TITLE}\n{EN}\nRelated news\nEA opens an office\nEA holds a training in Elsewhere\n{MORE}"
    assert [kind for kind, _ in told(source)][2:] == [Kind.MENU, Kind.MENU, Kind.MENU, Kind.BODY]


def test_a_menu_line_that_is_glued_to_its_explanation_is_a_menu() -> None:
    source = f"Our Work\nOur WorkThe agency keeps samples in all of its offices around the world.\n{TITLE}\n{EN}"
    assert kind_of("Our WorkThe", source) is Kind.MENU


def test_a_broken_line_that_looks_like_a_stamp_goes_on_with_its_paragraph() -> None:
    source = (
        "Officers of the Sample Service of Nowhere met for the first time on the\n"
        "17 October 2024\n"
        "in the Sample Centre of the capital, where they talked about samples.\n"
    )
    assert [kind for kind, _ in told(source)] == [Kind.BODY]


def test_quotations_are_text() -> None:
    quote = "“We are glad to be here,” said the Minister. “We will come again.”"
    assert kind_of("glad", f"{TITLE}\n{EN}\n{quote}") is Kind.BODY


def test_a_menu_below_the_text_is_told_by_its_entries() -> None:
    source = f"{TITLE}\n{EN}\nHome\nAbout us\nSample Keeping\nWhere we work\nPublications\nNowhere"
    assert [kind for kind, _ in told(source)][2:] == [Kind.MENU] * 6


def test_a_list_of_those_who_came_is_no_menu() -> None:
    source = f"{TITLE}\n{EN}\nMinistry of Samples\nSample Service\nBorder Police\nSample University\nSample Bank"
    assert [kind for kind, _ in told(source)][2:] == [Kind.BODY] * 5
