from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eventrec.errors import EventrecError, Rejected
from eventrec.text.dates import MONTHS, read_bound, read_date, read_dates, read_period, say_date, say_dates
from eventrec.text.weekdays import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 1, 2)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
STRANGE = st.text(
    st.sampled_from("0123456789〇二四十廿年月日号至到星期周四 .,/-–—~()（）tohursdayOctQq\u0664\u200e\x00"), max_size=20
)
CHINESE_WEEKDAYS = "一二三四五六日"


def days(*numbers: int) -> tuple[date, date]:
    year, month, first, *last = numbers
    start = date(year, month, first)
    return start, date(*last) if len(last) == 3 else start.replace(day=last[0]) if last else start


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


SINGLE = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3].upper()}. {day.year}",
    lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
    lambda day: f"{day.day}{suffix(day.day)} of {MONTHS[day.month - 1]}, {day.year}",
    lambda day: f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 号",
    lambda day: f"{day.year}年{day.month}月{day.day}日".translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
    lambda day: day.isoformat().translate({ord(str(n)): 0x0660 + n for n in range(10)}),
    lambda day: (
        "".join("〇一二三四五六七八九"[int(n)] for n in str(day.year)) + f"年{chinese(day.month)}月{chinese(day.day)}日"
    ),
    lambda day: f"{day.year}年{day.month}月{day.day}日（星期{CHINESE_WEEKDAYS[day.weekday()]}）",
    lambda day: f"{day.year}年{day.month}月{day.day}日({CHINESE_WEEKDAYS[day.weekday()]})",
    lambda day: f"{WEEKDAYS[day.weekday()][:3]}, {day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    say_date,
]
RANGE = [
    lambda first, last: f"{first}..{last}",
    lambda first, last: f"{first} to {last}",
    lambda first, last: f"{first}/{last}",
    lambda first, last: f"{first:%d %b %Y} – {last:%d %b %Y}" if first.year > 999 else "",
    lambda first, last: f"{first.year}/{first.month}/{first.day}-{last.year}/{last.month}/{last.day}",
    lambda first, last: f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日",
    lambda first, last: f"{first.year}年{first.month}月{first.day}日—{last.year}年{last.month}月{last.day}日",
    say_dates,
]
IN_A_YEAR = [
    lambda first, last: f"{first}..{last:%m-%d}",
    lambda first, last: f"{first.day} {MONTHS[first.month - 1]} - {last.day} {MONTHS[last.month - 1][:3]} {first.year}",
    lambda first, last: (
        f"{MONTHS[first.month - 1][:3]} {first.day} – {MONTHS[last.month - 1]} {last.day}, {first.year}"
    ),
    lambda first, last: f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日",
    lambda first, last: f"{first.year}.{first.month}.{first.day}-{last.month}.{last.day}",
]
IN_A_MONTH = [
    lambda first, last: f"{first}..{last.day}",
    lambda first, last: f"{first} - {last.day}",
    lambda first, last: f"{first.day}-{last.day} {MONTHS[first.month - 1]} {first.year}",
    lambda first, last: f"{first.day}th until {last.day}th {MONTHS[first.month - 1]} {first.year}",
    lambda first, last: f"{MONTHS[first.month - 1]} {first.day}—{last.day}, {first.year}",
    lambda first, last: f"{first.year}年{first.month}月{first.day}-{last.day}日",
    lambda first, last: f"{first.year}年{first.month}月{first.day}日到{last.day}日",
    lambda first, last: f"{first.year}.{first.month}.{first.day}-{last.day}",
]


@given(DAYS, st.sampled_from(SINGLE))
def test_a_day_is_read_back_from_every_way_of_writing_it(day: date, write: Callable[[date], str]) -> None:
    assert read_dates(write(day), TODAY) == (day, day)


@given(DAYS, DAYS, st.sampled_from(RANGE))
def test_a_range_is_read_back_from_every_way_of_writing_it(
    one: date, other: date, write: Callable[[date, date], str]
) -> None:
    first, last = sorted((one, other))
    assert read_dates(write(first, last), TODAY) == (first, last)


@given(DAYS, st.integers(1, 365), st.sampled_from(IN_A_YEAR))
def test_a_range_in_one_year_needs_the_year_once(first: date, length: int, write: Callable[[date, date], str]) -> None:
    last = first + timedelta(days=length)
    assume(last.year == first.year)
    assert read_dates(write(first, last), TODAY) == (first, last)


@given(DAYS, st.integers(1, 30), st.sampled_from(IN_A_MONTH))
def test_a_range_in_one_month_needs_the_month_once(
    first: date, length: int, write: Callable[[date, date], str]
) -> None:
    last = first + timedelta(days=length)
    assume(last.month == first.month)
    assert read_dates(write(first, last), TODAY) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17-18 October 2024", days(2024, 10, 17, 18)),
        ("29 Nov - 2 Dec 2022", days(2022, 11, 29, 2022, 12, 2)),
        ("28 Dec 2022 - 2 Jan 2023", days(2022, 12, 28, 2023, 1, 2)),
        ("17 and 18 October 2024", days(2024, 10, 17, 18)),
        ("2024年10月17、18日", days(2024, 10, 17, 18)),
        ("二〇二四年十月三十日至十一月二日", days(2024, 10, 30, 2024, 11, 2)),
        ("二〇二四年十月廿一日", days(2024, 10, 21)),
        ("  17   Oct   2024\n", days(2024, 10, 17)),
        ("17/10/2024", days(2024, 10, 17)),
        ("10/17/2024", days(2024, 10, 17)),
        ("06/06/2025", days(2025, 6, 6)),
        ("17.10.2024 - 18.10.2024", days(2024, 10, 17, 18)),
        ("29 February 2024", days(2024, 2, 29)),
        ("\u200e2024-10-17\u200f", days(2024, 10, 17)),
    ],
)
def test_other_ways_of_writing_dates_are_read(text: str, expected: tuple[date, date]) -> None:
    assert read_dates(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [("today", 0), ("Tomorrow", 1), ("YESTERDAY", -1), ("今天", 0), ("明天", 1), ("昨天", -1)],
)
def test_days_are_counted_from_the_today_that_is_passed_in(text: str, offset: int) -> None:
    assert read_date(text, TODAY) == TODAY + timedelta(days=offset)


def test_a_range_may_begin_today() -> None:
    assert read_dates("today..tomorrow", TODAY) == (TODAY, TODAY + timedelta(days=1))


@pytest.mark.parametrize("text", ["06/02/2025", "6.2.2025", "06-02-2025", "6 / 2 / 2025", "06/02/2025 - 20/02/2025"])
def test_what_can_be_read_two_ways_is_refused_with_both(text: str) -> None:
    with pytest.raises(Rejected, match="can be read as 2 June 2025 or as 6 February 2025"):
        read_dates(text, TODAY)


@pytest.mark.parametrize(
    "text", ["17 Oct", "Oct 17", "17-18 October", "10月17日", "10月17日至18日", "17/10", "17/10/24", "17 Oct '24"]
)
def test_a_date_without_its_year_is_asked_for_it(text: str) -> None:
    with pytest.raises(Rejected, match="does not say its year"):
        read_dates(text, TODAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("30 February 2025", "February 2025 has 28 days"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("31/04/2024", "April 2024 has 30 days"),
        ("2024年2月30日", "February 2024 has 29 days"),
        ("2024-10-17..32", "October 2024 has 31 days"),
        ("2024-10-00", "there is no day 0"),
        ("2024-13-01", "there is no month 13"),
        ("2024年0月1日", "there is no month 0"),
        ("0000-01-01", "is in the year 0"),
        ("1899-12-31", "is in the year 1899"),
        ("2201-01-01", "is in the year 2201"),
    ],
)
def test_an_impossible_date_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(Rejected, match=why):
        read_dates(text, TODAY)


@pytest.mark.parametrize(
    "text", ["2024-10-18..17", "18-17 October 2024", "2024-10-18 to 2024-10-17", "2024年10月18日至17日"]
)
def test_an_end_before_the_start_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match=r"ends \(Thursday 17 October 2024\) before it starts"):
        read_dates(text, TODAY)


def test_two_days_with_others_between_them_are_no_range() -> None:
    with pytest.raises(Rejected, match="do not follow each other") as refused:
        read_dates("17 and 19 October 2024", TODAY)
    assert "2024-10-17..2024-10-19" in refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "Thursday 17 Oct 2024",
        "17 October 2024 (Thu)",
        "周四 2024-10-17",
        "2024年10月17日礼拜四",
        "Thursday 17 – Friday 18 October 2024",
        "Thursday-Friday, 17-18 October 2024",
        "17-18 October 2024, Friday",
        "2024年10月17日（周四）至18日（周五）",
    ],
)
def test_a_weekday_that_agrees_is_accepted(text: str) -> None:
    assert read_dates(text, TODAY)[0] == date(2024, 10, 17)


@pytest.mark.parametrize("sunday", ["星期日", "星期天", "周日", "周天", "礼拜天", "Sun", "Sunday"])
def test_a_sunday_has_many_names(sunday: str) -> None:
    assert read_date(f"2024-10-20 {sunday}", TODAY) == date(2024, 10, 20)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Friday 17 Oct 2024", "Thursday 17 October 2024 is no Friday"),
        ("2024年10月17日（星期五）", "Thursday 17 October 2024 is no Friday"),
        ("Thursday 17 – Saturday 18 October 2024", "Friday 18 October 2024 is no Saturday"),
        ("17-18 October 2024, Thursday", "Friday 18 October 2024 is no Thursday"),
        ("Friday 17 Oct 2024 - 2024-10-18", "Thursday 17 October 2024 is no Friday"),
    ],
)
def test_a_weekday_that_does_not_agree_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(Rejected, match=wrong):
        read_dates(text, TODAY)


@pytest.mark.parametrize(
    "text",
    ["", " ", "soonish", "Monday", "to", "2024-10-17..", "2024-10-17\x00", "1 to 3 to 5 Oct 2024", "2024-10-17 09:00"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="not understood as a date"):
        read_dates(text, TODAY)


@pytest.mark.parametrize("text", ["October 2024", "2024", "2024年10月", "Q1 2025"])
def test_a_month_is_no_date(text: str) -> None:
    with pytest.raises(Rejected, match="names no day"):
        read_dates(text, TODAY)


@pytest.mark.parametrize("text", ["9" * 10_000, "十" * 10_000, "2024-10-17" + " " * 300 + "or later", "(" * 10_000])
def test_a_long_text_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_period(text, TODAY)
    assert len(refused.value.message) < 200


@given(st.one_of(st.text(), STRANGE))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_dates, read_period):
        with suppress(EventrecError):
            first, last = read(text, TODAY)
            assert first <= last


def test_a_range_is_no_single_date() -> None:
    with pytest.raises(Rejected, match="is a range of days"):
        read_date("17-18 October 2024", TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", days(2025, 1, 1, 2025, 12, 31)),
        ("2025年", days(2025, 1, 1, 2025, 12, 31)),
        ("2025-Q1", days(2025, 1, 1, 2025, 3, 31)),
        ("2025Q4", days(2025, 10, 1, 2025, 12, 31)),
        ("Q2 2025", days(2025, 4, 1, 2025, 6, 30)),
        ("2025年第一季度", days(2025, 1, 1, 2025, 3, 31)),
        ("二〇二五年三季度", days(2025, 7, 1, 2025, 9, 30)),
        ("2024-02", days(2024, 2, 1, 29)),
        ("2025-12", days(2025, 12, 1, 31)),
        ("March 2025", days(2025, 3, 1, 31)),
        ("2025年3月", days(2025, 3, 1, 31)),
        ("17 Oct 2024", days(2024, 10, 17)),
        ("2024-10-17..18", days(2024, 10, 17, 18)),
    ],
)
def test_a_period_is_read(text: str, expected: tuple[date, date]) -> None:
    assert read_period(text, TODAY) == expected


@pytest.mark.parametrize("text", ["2025-13", "2025年0月", "Q5 2025", "0000", "2300", "Monday 2025", "March"])
def test_an_impossible_period_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        read_period(text, TODAY)


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("2025-Q2", False, date(2025, 4, 1)),
        ("2025-Q2", True, date(2025, 6, 30)),
        ("2024-10-17", False, date(2024, 10, 17)),
        ("2024-10-17", True, date(2024, 10, 17)),
        ("today", True, TODAY),
    ],
)
def test_a_bound_is_the_first_or_the_last_day(text: str, last: bool, expected: date) -> None:
    assert read_bound(text, TODAY, last) == expected


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "date not known"),
        (date(2024, 10, 17), None, "Thursday 17 October 2024"),
        (date(2024, 10, 17), date(2024, 10, 17), "Thursday 17 October 2024"),
        (date(2024, 10, 17), date(2024, 10, 18), "Thursday 17 – Friday 18 October 2024"),
        (date(2022, 11, 29), date(2022, 12, 2), "Tuesday 29 November – Friday 2 December 2022"),
        (date(2022, 12, 28), date(2023, 1, 2), "Wednesday 28 December 2022 – Monday 2 January 2023"),
    ],
)
def test_dates_are_said_in_words(first: date | None, last: date | None, words: str) -> None:
    assert say_dates(first, last) == words


def test_words_do_not_depend_on_the_locale() -> None:
    code = (
        "import contextlib, locale, datetime\n"
        "with contextlib.suppress(locale.Error): locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')\n"
        "from eventrec.text.dates import say_date\n"
        "print(say_date(datetime.date(2024, 3, 17)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "de_DE.UTF-8"}
    told = subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True)
    assert told.stdout == "Sunday 17 March 2024\n"
