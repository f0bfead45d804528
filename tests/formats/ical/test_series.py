from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.ical.make import read

from eventrec.formats.ical import rules, series
from eventrec.formats.ical.incoming import EventFile, IncomingEvent, Window

ZONE = "TZID=Asia/Shanghai"
START = (f"DTSTART;{ZONE}:20241017T090000", f"DTEND;{ZONE}:20241017T120000")
DAY = "DTSTART;VALUE=DATE:20241017"
YEAR = Window(date(2024, 1, 1), date(2024, 12, 31))


def entry(*lines: str, uid: str = "1", title: str = "Meeting") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"]


def calendar(*entries: list[str]) -> bytes:
    lines = ["BEGIN:VCALENDAR", *(line for each in entries for line in each), "END:VCALENDAR"]
    return "\r\n".join(lines).encode()


def of(*lines: str, window: Window | None = None) -> EventFile:
    return read(calendar(entry(*START, *lines)), window)


def days(file: EventFile) -> list[str]:
    assert not file.problems
    return [each.starts_on.isoformat() for each in file.events]


def one(file: EventFile) -> IncomingEvent:
    assert not file.problems
    (found,) = file.events
    return found


def problem(file: EventFile) -> str:
    assert not file.events
    (found,) = file.problems
    assert found.line == 2
    return found.message


# Days


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("RRULE:FREQ=WEEKLY;COUNT=3",), ["2024-10-17", "2024-10-24", "2024-10-31"]),
        (("RRULE:FREQ=WEEKLY;COUNT=3;",), ["2024-10-17", "2024-10-24", "2024-10-31"]),
        (("RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20241022",), ["2024-10-17", "2024-10-22"]),
        (("RRULE:FREQ=MONTHLY;BYDAY=3TH;UNTIL=20241121T010000Z",), ["2024-10-17", "2024-11-21"]),
        (("RRULE:FREQ=MONTHLY;BYDAY=3TH;UNTIL=20241121T005959Z",), ["2024-10-17"]),
        (("RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2",), ["2024-10-17", "2024-10-19"]),
        (("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20241024T010000Z"), ["2024-10-17", "2024-10-31"]),
        (("RRULE:FREQ=WEEKLY;COUNT=3", f"EXDATE;{ZONE}:20241024T090000"), ["2024-10-17", "2024-10-31"]),
        (("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20241024"), ["2024-10-17", "2024-10-31"]),
        (("RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2"), ["2024-10-24", "2024-11-07"]),
        (("RDATE:20241020T010000Z,20241025T010000Z",), ["2024-10-17", "2024-10-20", "2024-10-25"]),
        (("RRULE:W1 TH #3",), ["2024-10-17", "2024-10-24", "2024-10-31"]),
    ],
)
def test_each_day_of_a_series_is_an_event(lines: tuple[str, ...], expected: list[str]) -> None:
    assert days(of(*lines)) == expected


def test_a_day_is_known_by_its_moment_in_utc_whoever_wrote_the_calendar() -> None:
    file = of("RRULE:FREQ=WEEKLY;COUNT=2")
    assert [each.series_day for each in file.events] == ["2024-10-17T01:00:00Z", "2024-10-24T01:00:00Z"]
    whole = read(calendar(entry(DAY, "RRULE:FREQ=WEEKLY;COUNT=2")))
    assert [each.series_day for each in whole.events] == ["2024-10-17", "2024-10-24"]
    assert {each.uid for each in (*file.events, *whole.events)} == {"1"}


def test_days_of_a_series_without_uid_belong_together() -> None:
    file = read(calendar(["BEGIN:VEVENT", *START, "SUMMARY:A", "RRULE:FREQ=WEEKLY;COUNT=2", "END:VEVENT"]))
    assert len(file.events) == 2
    assert len({each.uid for each in file.events}) == 1


def test_a_period_has_an_end_of_its_own() -> None:
    file = of("RDATE;VALUE=PERIOD:20241018T010000Z/PT1H,20241019T010000Z/20241019T030000Z")
    assert [(each.start_time, each.end_time) for each in file.events] == [
        ("09:00", "12:00"),
        ("09:00", "10:00"),
        ("09:00", "11:00"),
    ]


def test_hours_stay_where_the_clocks_change() -> None:
    lines = ("DTSTART;TZID=Europe/Brussels:20241024T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    file = read(calendar(entry(*lines)))
    assert [each.start_time for each in file.events] == ["09:00", "09:00"]
    assert [each.series_day for each in file.events] == ["2024-10-24T07:00:00Z", "2024-10-31T08:00:00Z"]


def test_whole_days_of_a_series_keep_their_length() -> None:
    file = read(calendar(entry(DAY, "DTEND;VALUE=DATE:20241019", "RRULE:FREQ=DAILY;INTERVAL=7;COUNT=2")))
    assert [(each.starts_on.day, each.ends_on.day) for each in file.events] == [(17, 18), (24, 25)]


# One event


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("FREQ=DAILY;COUNT=3", "2024-10-19"),
        ("FREQ=DAILY;UNTIL=20241019T010000Z", "2024-10-19"),
        ("FREQ=DAILY;UNTIL=20241018", "2024-10-18"),
        ("FREQ=DAILY;COUNT=3;BYDAY=TH,FR,SA", "2024-10-19"),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=TH,FR", "2024-10-18"),
        ("FREQ=WEEKLY;COUNT=1", "2024-10-17"),
    ],
)
def test_days_without_a_gap_are_one_event(rule: str, last: str) -> None:
    found = one(of(f"RRULE:{rule}"))
    assert (found.starts_on.isoformat(), found.ends_on.isoformat(), found.series_day) == ("2024-10-17", last, None)
    assert (found.start_time, found.end_time) == ("09:00", "12:00")


def test_more_days_than_a_month_are_a_series() -> None:
    assert len(days(of("RRULE:FREQ=DAILY;COUNT=32"))) == 32


def test_days_in_a_row_of_which_one_is_otherwise_are_a_series() -> None:
    core = entry(*START, "RRULE:FREQ=DAILY;COUNT=2")
    other = entry(START[0], f"RECURRENCE-ID;{ZONE}:20241018T090000", "STATUS:CANCELLED")
    file = read(calendar(core, other))
    assert [(each.series_day, each.status) for each in file.events] == [
        ("2024-10-17T01:00:00Z", None),
        ("2024-10-18T01:00:00Z", "CANCELLED"),
    ]


# Days that are otherwise


def test_a_day_that_is_otherwise_keeps_its_own_words_and_hours() -> None:
    core = entry(*START, "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = entry(f"DTSTART;{ZONE}:20241025T140000", "RECURRENCE-ID:20241024T010000Z", title="Moved")
    found = {each.series_day: each for each in read(calendar(moved, core)).events}
    assert sorted(filter(None, found)) == ["2024-10-17T01:00:00Z", "2024-10-24T01:00:00Z", "2024-10-31T01:00:00Z"]
    other = found["2024-10-24T01:00:00Z"]
    assert (other.title, other.starts_on, other.start_time) == ({"en": "Moved"}, date(2024, 10, 25), "14:00")


@pytest.mark.parametrize("named", ["RECURRENCE-ID;VALUE=DATE:20241024", "RECURRENCE-ID;TZID=UTC+08:20241024T090000"])
def test_programs_name_the_day_in_their_own_way(named: str) -> None:
    core = entry(*START, "RRULE:FREQ=WEEKLY;COUNT=2")
    assert len(days(read(calendar(core, entry(START[0], named))))) == 2


def test_exchange_names_a_whole_day_by_midnight_in_a_zone() -> None:
    core = entry(DAY, "RRULE:FREQ=WEEKLY;COUNT=2")
    other = entry("DTSTART;VALUE=DATE:20241025", "RECURRENCE-ID;TZID=UTC+01:20241024T000000")
    assert days(read(calendar(core, other))) == ["2024-10-17", "2024-10-25"]


def test_this_day_and_all_after_it_may_be_otherwise() -> None:
    core = entry(*START, "RRULE:FREQ=WEEKLY;COUNT=4")
    further = entry(
        f"DTSTART;{ZONE}:20241024T140000", "DURATION:PT1H", f"RECURRENCE-ID;RANGE=THISANDFUTURE;{ZONE}:20241024T090000"
    )
    file = read(calendar(core, further))
    assert [each.start_time for each in file.events] == ["09:00", "14:00", "14:00", "14:00"]
    assert [each.series_day for each in file.events][2:] == ["2024-10-31T01:00:00Z", "2024-11-07T01:00:00Z"]


def test_one_day_of_a_series_comes_without_the_series() -> None:
    found = one(read(calendar(entry(START[0], "RECURRENCE-ID:20241017T020000Z"))))
    assert (found.uid, found.series_day, found.start_time) == ("1", "2024-10-17T02:00:00Z", "09:00")


def test_an_older_entry_of_a_series_is_left_out_and_told() -> None:
    old = entry(*START, "RRULE:FREQ=WEEKLY;COUNT=5", "SEQUENCE:1")
    file = read(calendar(old, entry(*START, "RRULE:FREQ=WEEKLY;COUNT=2", "SEQUENCE:2")))
    assert len(days(file)) == 2
    assert file.told == ("The same uid again, left out, since another entry is newer, the event at: line 2.",)


# The window


def test_days_outside_the_window_are_left_out_and_counted() -> None:
    file = of("RRULE:FREQ=WEEKLY", window=Window(date(2024, 11, 1), date(2024, 11, 14)))
    assert days(file) == ["2024-11-07", "2024-11-14"]
    assert file.told == (
        "Days of series before 2024-11-01, left out (3), the series at: line 2.",
        "Days of series after 2024-11-14, left out, the series at: line 2.",
    )


def test_a_series_that_ends_may_be_taken_whole() -> None:
    window = Window(date(2026, 1, 1), date(2027, 1, 1))
    for lines in (["RRULE:FREQ=WEEKLY;COUNT=3"], ["RRULE:FREQ=WEEKLY;UNTIL=20241101"], ["RDATE:20241101T010000Z"]):
        assert days(of(*lines, window=window)) == []
        assert len(days(of(*lines, window=window._replace(ended_whole=True)))) >= 2


def test_an_event_and_a_run_of_days_are_taken_whatever_the_window() -> None:
    window = Window(date(2026, 1, 1), date(2027, 1, 1))
    assert len(days(of(window=window))) == 1
    assert len(days(of("RRULE:FREQ=DAILY;COUNT=3", window=window))) == 1


def test_a_series_without_end_has_its_first_days() -> None:
    file = of("RRULE:FREQ=DAILY")
    assert len(file.events) == 2000
    assert file.told == ("Only the first 2,000 days were taken, the series at: line 2.",)


# What cannot be followed


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["RRULE:FREQ=NEVER"], "The rule in line 7 (RRULE) cannot be followed: FREQ=NEVER."),
        (["RRULE:WEEKLY"], "cannot be followed: WEEKLY."),
        (["RRULE:;"], "cannot be followed: FREQ=."),
        (["RRULE:FREQ=WEEKLY;BYDAY=XX"], "cannot be followed: BYDAY=XX."),
        (["RRULE:FREQ=WEEKLY;BYMONTH=13"], "cannot be followed: BYMONTH=13."),
        (["RRULE:FREQ=WEEKLY;BYMONTHDAY=0"], "cannot be followed: BYMONTHDAY=0."),
        (["RRULE:FREQ=WEEKLY;INTERVAL=0"], "cannot be followed: INTERVAL=0."),
        (["RRULE:FREQ=WEEKLY;COUNT=0"], "cannot be followed: COUNT=0."),
        (["RRULE:FREQ=WEEKLY;UNTIL=soon"], "RRULE in line 7 is no date: SOON."),
        (["RRULE:FREQ=HOURLY;BYDAY=MO"], "repeats within a day on certain days"),
        (["RRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE=" + ",".join(map(str, range(60)))], "more than 100 times a day"),
        (["RRULE:FREQ=SECONDLY"], "repeats more than 100 times a day"),
        (["RRULE:FREQ=HOURLY;COUNT=999999999"], "repeats more than 100,000 times"),
        (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], "names days that do not come"),
        (["RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2"], "names days that do not come"),
        (["RRULE:FREQ=DAILY;INTERVAL=999999999"], "names days that do not come"),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:never"], "EXDATE in line 8 is no date: never."),
        (["RDATE;VALUE=PERIOD:20241018T010000Z/20241017T010000Z"], "A period in line 7 ends before it starts."),
    ],
)
def test_a_series_that_cannot_be_followed_is_a_problem_in_words(lines: list[str], words: str) -> None:
    window = Window(date(2060, 1, 1), date(2061, 1, 1)) if "100,000" in words else YEAR
    assert words in problem(of(*lines, window=window))


def test_a_series_of_too_many_entries_is_refused() -> None:
    core = entry(*START, "RRULE:FREQ=DAILY")
    others = [entry(START[0], "RECURRENCE-ID:20241018T010000Z") for _ in range(2000)]
    assert problem(read(calendar(core, *others))) == "The series has more than 2,000 entries."


def test_rules_in_vain_are_followed_only_so_often() -> None:
    never = [entry(*START, "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", uid=str(at)) for at in range(20)]
    messages = [each.message for each in read(calendar(*never)).problems]
    assert len(messages) == 20
    assert messages[-1] == "The calendar has more series than can be followed at once."


def test_a_rule_that_ends_before_it_begins_is_left_out() -> None:
    file = of("RRULE:FREQ=WEEKLY;UNTIL=20230101")
    assert (days(file), len(file.told)) == (["2024-10-17"], 1)


def test_a_problem_with_a_series_leaves_the_others() -> None:
    file = read(calendar(entry(*START, "RRULE:X"), entry(*START, "RRULE:FREQ=WEEKLY;COUNT=2", uid="2")))
    assert (len(file.events), len(file.problems)) == (2, 1)


RULES = st.builds(
    lambda frequency, interval, end, by: ";".join(filter(None, (f"FREQ={frequency}", interval, end, by))),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.sampled_from(["", "INTERVAL=2", "INTERVAL=3"]),
    st.one_of(
        st.integers(1, 30).map("COUNT={}".format),
        st.dates(date(2024, 11, 1), date(2026, 1, 1)).map("UNTIL={:%Y%m%d}T000000Z".format),
    ),
    st.sampled_from(
        [
            "",
            "BYDAY=TH",
            "BYDAY=TH,SU",
            "BYMONTHDAY=17",
            "BYMONTH=10,12",
            "BYDAY=-1TH",
            "BYMONTHDAY=-1,17",
        ]
    ),
)


@settings(max_examples=60)
@given(RULES)
def test_the_days_are_those_that_dateutil_counts(rule: str) -> None:
    from dateutil.rrule import rrulestr

    start = datetime.fromisoformat("2024-10-17T09:00:00")
    expected = {start} | set(rrulestr(rule.replace("Z", ""), dtstart=start))
    octets = calendar(entry("DTSTART:20241017T090000", f"RRULE:{rule.replace('Z', '')}"))
    found = {
        datetime.combine(each.starts_on + timedelta(days=at), start.time())
        for each in read(octets).events
        for at in range((each.ends_on - each.starts_on).days + 1)
    }
    assert found == {moment for moment in expected if moment.year <= 2124}


@pytest.mark.parametrize("interval", [1, 3])
@pytest.mark.parametrize(
    "by",
    [
        "", ";BYMONTH=10", ";BYMONTH=10;BYDAY=3TH,-1FR", ";BYMONTH=10;BYMONTHDAY=17,31,-1",
        ";BYMONTH=10;BYDAY=MO,TU;BYSETPOS=-2", ";BYMONTH=2;BYMONTHDAY=28", ";BYWEEKNO=20", ";BYYEARDAY=100,-1",
        ";BYMONTH=10,11;BYDAY=1MO", ";BYMONTHDAY=5",
    ],
)  # fmt: skip
def test_the_days_of_a_year_are_those_that_dateutil_counts(by: str, interval: int) -> None:
    from dateutil.rrule import rrulestr

    start = datetime.fromisoformat("2024-10-17T09:00:00")
    rule = f"FREQ=YEARLY;INTERVAL={interval}{by};COUNT=12"
    found = read(calendar(entry("DTSTART:20241017T090000", f"RRULE:{rule}"))).events
    expected = {start} | set(rrulestr(rule, dtstart=start))
    assert {each.starts_on for each in found} == {moment.date() for moment in expected}


def test_the_last_of_february_comes_in_leap_years_only() -> None:
    file = read(calendar(entry("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;COUNT=3")))
    assert days(file) == ["2024-02-29", "2028-02-29", "2032-02-29"]


PARTS = st.sampled_from(
    [
        "FREQ=HOURLY", "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "COUNT=3", "COUNT=99999999",
        "UNTIL=20991231", "UNTIL=00010101T000000Z", "INTERVAL=7", "INTERVAL=99999", "BYDAY=MO,-1FR", "BYMONTH=2",
        "BYMONTHDAY=30", "BYSETPOS=-1", "BYWEEKNO=53", "BYYEARDAY=366", "BYHOUR=0,23", "X",
    ]
)  # fmt: skip
LINES = st.one_of(
    st.lists(PARTS, max_size=5).map(lambda parts: f"RRULE:{';'.join(parts)}"),
    st.sampled_from(
        [
            "RDATE:99991231T235959", "RDATE;VALUE=PERIOD:20241018T010000Z/P9999D", "EXDATE:00010101",
            "RECURRENCE-ID:20241018T010000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20241017", "EXRULE:FREQ=DAILY;COUNT=3",
            "DTSTART:99991231T235959", "DTSTART;TZID=Asia/Shanghai:00010101T000000", "DURATION:P4000D", "END:VEVENT",
            "DTSTART;VALUE=DATE:20241017", "DTEND:20241019T110000Z", "BEGIN:VEVENT", "SEQUENCE:2", "X-WR-TIMEZONE:UTC",
        ]
    ),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=8), st.sampled_from([None, YEAR, YEAR._replace(ended_whole=True)]))
def test_any_series_is_read_or_named_by_its_line(lines: list[str], window: Window | None) -> None:
    file = read(calendar(entry(*lines, *START), entry(*START, "RECURRENCE-ID:20241024T010000Z")), window)
    assert len(file.events) <= 20_000
    assert all(each.line >= 1 and each.message for each in file.problems)


def test_only_days_of_a_series_that_stands_there_whole_say_so() -> None:
    rule = entry(*START, "RRULE:FREQ=WEEKLY;COUNT=2")
    other = entry("RECURRENCE-ID:20241024T010000Z", f"DTSTART;{ZONE}:20241025T090000")
    assert [each.of_whole_series for each in read(calendar(rule, other)).events] == [True, True]
    assert [each.of_whole_series for each in read(calendar(other)).events] == [False]
    assert [each.of_whole_series for each in read(calendar(entry(*START))).events] == [False]


# What would take for ever


@pytest.fixture
def efforts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return what the rules that were tried took, as it grows."""
    found: list[int] = []

    def reach(rule: rules.Rule, start: date, window: Window) -> rules.Reach:
        tried = rules.reach_of(rule, start, window)
        found.append(tried.effort)
        return tried

    monkeypatch.setattr(series, "reach_of", reach)
    return found


def file_of_many(number: int, *lines: str, uid: str = "") -> EventFile:
    return read(calendar(*(entry(*lines, uid=f"{uid}{each}") for each in range(number))), YEAR)


def test_many_series_that_began_long_ago_are_refused_before_they_take_long(efforts: list[int]) -> None:
    file = file_of_many(300, "DTSTART:19700101T090000", "RRULE:FREQ=DAILY")
    assert sum(efforts) < 700_000
    assert len(file.events) + 366 * len(file.problems) == 300 * 366
    assert "more series than can be followed" in file.problems[-1].message


def test_a_file_with_more_days_than_are_taken_is_not_followed_further(efforts: list[int]) -> None:
    file = file_of_many(300, "DTSTART:20200101T090000", "RRULE:FREQ=DAILY")
    assert len(efforts) < 60
    assert "more than 20,000 days" in file.problems[-1].message


def test_hundreds_of_series_without_an_end_are_taken(efforts: list[int]) -> None:
    weekly = [entry("DTSTART:20100105T090000", "RRULE:FREQ=WEEKLY;BYDAY=TU", uid=f"w{at}") for at in range(250)]
    yearly = [entry("DTSTART;VALUE=DATE:19700105", "RRULE:FREQ=YEARLY", uid=f"y{at}") for at in range(250)]
    daily = [entry("DTSTART:20100105T090000", "RRULE:FREQ=DAILY", uid=f"d{at}") for at in range(10)]
    file = read(calendar(*weekly, *yearly, *daily), YEAR._replace(ended_whole=True))
    assert not file.problems
    assert len(file.events) == 250 * 53 + 250 + 10 * 366
    assert len(efforts) == 510


def test_a_rule_of_days_that_are_left_out_counts_as_well(efforts: list[int]) -> None:
    file = file_of_many(60, "DTSTART:19700101T090000", "RRULE:FREQ=DAILY", "EXRULE:FREQ=HOURLY")
    assert not file.events
    assert len(efforts) < 60
    assert "more series than can be followed" in file.problems[-1].message


@pytest.mark.parametrize("start", ["DTSTART:19700101T090000", "DTSTART;VALUE=DATE:19700101"])
@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=HOURLY", 0),
        ("FREQ=HOURLY;INTERVAL=48", 183),
        ("FREQ=DAILY;INTERVAL=2", 183),
        ("FREQ=WEEKLY;BYDAY=SA,SU", 262),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 339),
        ("FREQ=DAILY;UNTIL=20240630T090000", 184),
        ("FREQ=DAILY;COUNT=19723", 366),
        ("FREQ=DAILY;COUNT=19724", 365),
        ("FREQ=MONTHLY;BYMONTHDAY=1", 354),
    ],
)
def test_days_are_left_out_however_long_ago_their_rule_began(start: str, rule: str, number: int) -> None:
    file = read(calendar(entry(start, "RRULE:FREQ=DAILY", f"EXRULE:{rule}")), YEAR)
    assert (len(file.events), file.problems) == (number, [])


# The first years


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("", ["0800-02-28T09:00:00", "0800-02-29T09:00:00"]),
        ("TZID=UTC", ["0800-02-28T09:00:00Z", "0800-02-29T09:00:00Z"]),
    ],
)
def test_days_of_a_series_in_an_early_year_are_named_with_its_four_digits(zone: str, expected: list[str]) -> None:
    start = f"DTSTART;{zone}:08000228T090000".replace(";:", ":")
    rule = ("RRULE:FREQ=DAILY;UNTIL=08000303T235959", "EXDATE:08000301T090000,08000303T090000")
    file = read(calendar(entry(start, *rule)))
    assert [each.series_day for each in file.events][:2] == expected
    assert days(file) == ["0800-02-28", "0800-02-29", "0800-03-02"]


def test_a_rule_of_whole_days_ends_on_its_day_of_an_early_year() -> None:
    file = read(calendar(entry("DTSTART;VALUE=DATE:08000101", "RRULE:FREQ=MONTHLY;UNTIL=08000301")))
    assert days(file) == ["0800-01-01", "0800-02-01", "0800-03-01"]
