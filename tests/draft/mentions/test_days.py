import pytest

from eventrec.draft.mentions.days import written


def said(text: str) -> list[tuple[str, str]]:
    """Return the words of each date and its days: “2024-05-03/2024-05-05”, after “?” if there are none such."""
    return [(text[each.span.start : each.span.end], _days(each)) for each in written(text)]


def _days(mention: object) -> str:
    first, last = mention.first.written, mention.last.written  # type: ignore[attr-defined]
    return ("" if mention.exists else "?") + "/".join(dict.fromkeys((first, last)))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("on 17th October 2024, in", "17th October 2024", "2024-10-17"),
        ("on 17 Oct.", "17 Oct.", "--10-17"),
        ("on October 17, 2024", "October 17, 2024", "2024-10-17"),
        ("on the 17th of October 2024", "the 17th of October 2024", "2024-10-17"),
        ("on 17-Oct-2024", "17-Oct-2024", "2024-10-17"),
        ("on 23 May, 2019", "23 May, 2019", "2019-05-23"),
        ("NOVEMBER 29, 2021 –", "NOVEMBER 29, 2021", "2021-11-29"),
        ("from 11 to 13 March 2024", "11 to 13 March 2024", "2024-03-11/2024-03-13"),
        (
            "from the 11th until the 13th of March 2024",
            "the 11th until the 13th of March 2024",
            "2024-03-11/2024-03-13",
        ),
        ("between 3 and 5 May", "3 and 5 May", "--05-03/--05-05"),
        ("3rd and 4th November", "3rd and 4th November", "--11-03/--11-04"),
        ("29 November - 2 December 2022", "29 November - 2 December 2022", "2022-11-29/2022-12-02"),
        ("29 Nov to 2 Dec", "29 Nov to 2 Dec", "--11-29/--12-02"),
        ("24 May-26 May 2022", "24 May-26 May 2022", "2022-05-24/2022-05-26"),
        ("March 11-13, 2024", "March 11-13, 2024", "2024-03-11/2024-03-13"),
        ("September 30–October 2, 2024", "September 30–October 2, 2024", "2024-09-30/2024-10-02"),
        ("December 30 - January 2, 2023", "December 30 - January 2, 2023", "2022-12-30/2023-01-02"),
        ("30 April and 1 May", "30 April and 1 May", "--04-30/--05-01"),
        ("Monday 3 to Wednesday 5 May 2021", "3 to Wednesday 5 May 2021", "2021-05-03/2021-05-05"),
        ("Kathmandu, August 8: A", "August 8", "--08-08"),
        ("2024年10月17日，", "2024年10月17日", "2024-10-17"),
        ("2023年6月26日至28日", "2023年6月26日至28日", "2023-06-26/2023-06-28"),
        ("6月26日至7月1日", "6月26日至7月1日", "--06-26/--07-01"),
        ("6月26日上午至28日下午", "6月26日上午至28日下午", "--06-26/--06-28"),
        ("10月17日-18日", "10月17日-18日", "--10-17/--10-18"),
        ("5月6至8日", "5月6至8日", "--05-06/--05-08"),
        ("2024年12月30日至2025年1月3日", "2024年12月30日至2025年1月3日", "2024-12-30/2025-01-03"),
        (
            "2024年10月17日（星期四）至18日（星期五）",
            "2024年10月17日（星期四）至18日（星期五）",
            "2024-10-17/2024-10-18",
        ),
        ("二〇二四年十月十七日", "二〇二四年十月十七日", "2024-10-17"),
        ("十月十七日至十九日", "十月十七日至十九日", "--10-17/--10-19"),
        ("2024-10-17 09:00", "2024-10-17", "2024-10-17"),
        ("2024.10.17-18", "2024.10.17-18", "2024-10-17/2024-10-18"),
        ("17.10.2024", "17.10.2024", "2024-10-17"),
        ("17-18.10.2024", "17-18.10.2024", "2024-10-17/2024-10-18"),
        ("06/02/2018 - 09:01", "06/02/2018", "2018-02-06"),
        ("yesterday (21/9)", "21/9", "--09-21"),
        ("in Riga (2-4/7)", "2-4/7", "--07-02/--07-04"),
        ("in Riga (02/07 - 04/07)", "02/07 - 04/07", "--07-02/--07-04"),
        ("on 31 February 2024", "31 February 2024", "?2024-02-31"),
        ("2月30日", "2月30日", "?--02-30"),
        ("on 29 February 2023", "29 February 2023", "?2023-02-29"),
    ],
)
def test_a_date_is_found_with_its_words(text: str, words: str, days: str) -> None:
    assert said(text) == [(words, days)]


@pytest.mark.parametrize(
    "text",
    [
        "Tel: +98-21-22048886",
        "the 2030 Agenda, 2018-2021, in 2019",
        "They may 5 times march 12 miles",
        "In May 20 officials were trained",
        "at 10:30, 24/7, 3/5 of them, version 1.2.3",
        "第30次会议，30日内，5月份",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert said(text) == []


def test_a_count_behind_a_date_is_no_second_day() -> None:
    assert said("On May 5 and 20 officials followed") == [("May 5", "--05-05")]


def test_days_of_an_enumeration_are_kept_one_by_one() -> None:
    for text in ("on 5, 7 and 9 May 2024", "2024年5月5日、7日和9日", "on May 5, 7 and 9, 2024"):
        assert [each.written for each in written(text)[0].days] == ["2024-05-05", "2024-05-07", "2024-05-09"]


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        ("on 06/02/2018", "2018-02-06", "2018-06-02"),
        ("on 06/02/2018, not on November 29, 2017", "2018-02-06", "2018-06-02"),
        ("on 06/02/2018, 16/02/2018; November 29, 2017", "2018-02-06", None),
        ("on 06/02/2018, 06/16/2018", "2018-06-02", None),
        ("on 06/02/2018, ID 180206; November 29, 2017", "2018-02-06", None),
        ("on 06/02/2018, ID 180602", "2018-06-02", None),
        ("this week (02/07), (04/07); November 29, 2017", "--07-02", None),
        ("this week (07/02), (07/04); November 29, 2017", "--07-02", None),
        ("on Tuesday, 06/02/2018; November 29, 2017", "2018-02-06", "2018-06-02"),
    ],
)
def test_day_and_month_in_figures_are_told_apart_by_the_rest_of_the_text(
    text: str, day: str, other: str | None
) -> None:
    found = written(text)[0]
    assert (found.first.written, found.other[0].written if found.other else None) == (day, other)


def test_a_weekday_beside_the_day_is_kept() -> None:
    assert [each.weekday for each in written("on Thursday, 17 October 2024 or 2024年10月17日（周四）")] == [3, 3]
    assert written("on Monday, 17 October 2024")[0].wrong_weekday


@pytest.mark.parametrize(
    "text",
    ["1 May " * 30000, "2024年5月" * 30000, "5、" * 80000 + "5月6日", "1, " * 60000, "(1/2" * 40000, "2024-" * 40000],
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    written(text)
