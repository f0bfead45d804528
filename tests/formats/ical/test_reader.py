from __future__ import annotations

import time
import tracemalloc
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.formats.ical.make import content, event, hours, read

from eventrec.errors import Rejected
from eventrec.formats.ical import reader
from eventrec.formats.ical.incoming import short_uid

if TYPE_CHECKING:
    from eventrec.formats.ical.reader import EventFile, IncomingEvent

DAY = "DTSTART;VALUE=DATE:20241017"
SHANGHAI = "TZID=Asia/Shanghai"
MORNING = (f"DTSTART;{SHANGHAI}:20241017T090000", f"DTEND;{SHANGHAI}:20241017T120000")
WORDS = {
    "en": st.text("abcdefgABCéü", min_size=1, max_size=8),
    "zh": st.text("研讨会示例机构项目", min_size=1, max_size=8),
    "ru": st.text("АндрейБвг", min_size=1, max_size=8),
    "ar": st.text("محمدعلي", min_size=1, max_size=8),
}
PHRASES = {tag: st.lists(words, min_size=1, max_size=3).map(" ".join) for tag, words in WORDS.items()}
TEXTS = st.fixed_dictionaries({"en": PHRASES["en"]}, optional={t: p for t, p in PHRASES.items() if t != "en"})


def vevent(*lines: str, uid: str = "1@example.org") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Workshop", *lines, "END:VEVENT"]


def calendar(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode(encoding)


def one(octets: bytes) -> IncomingEvent:
    file = read(octets)
    assert not file.problems
    (found,) = file.events
    return found


def of(*lines: str) -> IncomingEvent:
    return one(calendar(*vevent(*lines)))


def problem(file: EventFile) -> tuple[int, str]:
    assert not file.events
    (found,) = file.problems
    return found.line, found.message


def times(found: IncomingEvent) -> tuple[str, str, str | None, str | None, str | None]:
    return (
        found.starts_on.isoformat(), found.ends_on.isoformat(), found.start_time, found.end_time, found.timezone
    )  # fmt: skip


# Our own calendars come back


@given(
    title=TEXTS,
    description=TEXTS,
    days=st.integers(1, 5),
    start=st.integers(0, 22),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Brussels", "America/New_York", "UTC", None]),
    first=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
def test_titles_descriptions_days_and_hours_come_back_from_our_calendars(
    title: dict[str, str], description: dict[str, str], days: int, start: int, zone: str | None, first: date
) -> None:
    given_hours: dict[str, Any] = hours(zone, f"{start:02}:30", f"{start + 1:02}:00") if zone else {}
    last = first + timedelta(days=days - 1)
    ours = event(first, last, title=title, description=description, online_url="https://example.org/j", **given_hours)
    octets = content(ours)
    file = read(octets)
    in_utc = zone not in (None, "UTC") and b";TZID=" not in octets  # an hour comes twice as the clocks go back
    assert not file.problems
    if in_utc and len(file.events) > 1:  # the days have other hours in UTC
        assert len(file.events) == days
        return
    (found,) = file.events
    assert (found.title, found.description) == (title, description)
    assert (found.starts_on, found.ends_on) == (first, last) or in_utc
    expected = ("UTC", None) if in_utc else (zone, ours.start_time)
    assert (found.timezone, None if in_utc else found.start_time) == expected


@pytest.mark.parametrize("title", [{"zh": "研讨会", "en": "Workshop"}, {"en": "Workshop"}, {"zh": "研讨会"}])
def test_a_title_in_either_order_comes_back(title: dict[str, str]) -> None:
    assert one(content(event(title=title), main="zh")).title == title


def test_everything_else_comes_back_from_our_calendars() -> None:
    ours = event(
        kind="training",
        projects=("MMSP-III",),
        topics=("a,b",),
        sequence=3,
        venue={"en": "Example Hall"},
        city={"en": "Beijing"},
        latitude=Decimal("39.9"),
        longitude=Decimal("116.4"),
        online_url="https://example.org/join",
        source_url="https://example.org/news",
    )
    found = one(content(ours))
    assert (found.uid, found.sequence, found.status) == (ours.uid, 3, "CONFIRMED")
    assert (found.created, found.modified) == (ours.created, ours.modified)
    assert (found.categories, found.location) == (("training", "MMSP-III", "a,b"), "Example Hall, Beijing")
    assert (found.url, found.online_url) == ("https://example.org/news", "https://example.org/join")
    assert (found.geo, found.description) == ((Decimal("39.9"), Decimal("116.4")), None)


def test_why_an_event_of_ours_was_called_off_is_not_its_description() -> None:
    ours = event(status="cancelled", status_reason="rain", description={"en": "About water."})
    found = one(content(ours))
    assert (found.status, found.description) == ("CANCELLED", {"en": "About water."})


def test_daily_hours_across_a_change_of_the_clocks_come_back() -> None:
    ours = event(date(2024, 10, 25), date(2024, 10, 28), **hours("Europe/Brussels"))
    for utc in (False, True):
        octets = content(ours, utc=utc)
        assert (b"RDATE" in octets) == utc
        assert times(one(octets)) == ("2024-10-25", "2024-10-28", "09:00", "17:00", "Europe/Brussels")


# Days


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ((DAY,), "2024-10-17"),
        ((DAY, "DTEND;VALUE=DATE:20241018"), "2024-10-17"),
        ((DAY, "DTEND;VALUE=DATE:20241020"), "2024-10-19"),
        ((DAY, "DTEND;VALUE=DATE:20241017"), "2024-10-17"),
        ((DAY, "DURATION:P3D"), "2024-10-19"),
        ((DAY, "DURATION:P1W"), "2024-10-23"),
        ((DAY, "RRULE:FREQ=DAILY;COUNT=3"), "2024-10-19"),
        (("DTSTART:20241017", "DTEND:20241019"), "2024-10-18"),
    ],
)
def test_the_last_of_whole_days_is_the_day_before_dtend(lines: tuple[str, ...], last: str) -> None:
    assert times(of(*lines)) == ("2024-10-17", last, None, None, None)


def test_midnight_to_midnight_is_a_whole_day() -> None:
    found = of(f"DTSTART;{SHANGHAI}:20241017T000000", f"DTEND;{SHANGHAI}:20241019T000000")
    assert times(found) == ("2024-10-17", "2024-10-18", None, None, None)


# Hours


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (MORNING, ("2024-10-17", "2024-10-17", "09:00", "12:00")),
        (MORNING[:1], ("2024-10-17", "2024-10-17", "09:00", None)),
        ((MORNING[0], "DURATION:PT90M"), ("2024-10-17", "2024-10-17", "09:00", "10:30")),
        ((MORNING[0], f"DTEND;{SHANGHAI}:20241017T080000"), ("2024-10-17", "2024-10-17", "09:00", None)),
        ((MORNING[0], "DTEND;VALUE=DATE:20241018"), ("2024-10-17", "2024-10-17", "09:00", None)),
        ((f"DTSTART;{SHANGHAI}:20241017T0900",), ("2024-10-17", "2024-10-17", "09:00", None)),
        ((f"DTSTART;{SHANGHAI}:2024-10-17T09:00:30",), ("2024-10-17", "2024-10-17", "09:00", None)),
        (("DTSTART:20241017T090000+0800", "X-A:1"), ("2024-10-17", "2024-10-17", "01:00", None)),
        ((*MORNING, "RRULE:FREQ=DAILY;COUNT=3"), ("2024-10-17", "2024-10-19", "09:00", "12:00")),
        ((*MORNING, "RRULE:COUNT=1;FREQ=DAILY;INTERVAL=1"), ("2024-10-17", "2024-10-17", "09:00", "12:00")),
        ((MORNING[0], f"DTEND;{SHANGHAI}:20241019T170000"), ("2024-10-17", "2024-10-19", "09:00", "17:00")),
        ((MORNING[0], "DTEND;TZID=Europe/Brussels:20241017T110000"), ("2024-10-17", "2024-10-17", "09:00", "17:00")),
    ],
)
def test_hours_are_those_of_each_day(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert times(of(*lines)) == (*expected, "UTC" if "+0800" in lines[0] else "Asia/Shanghai")


@pytest.mark.parametrize(
    ("end", "expected", "spoken"),
    [
        ("20241018T060000", ("2024-10-17", "22:00"), "2024-10-17 22:00 – 2024-10-18 06:00 (Asia/Shanghai)"),
        ("20241018T000000", ("2024-10-17", "22:00"), "2024-10-17 22:00 – 2024-10-18 00:00 (Asia/Shanghai)"),
        ("20241019T110000", ("2024-10-19", None), "2024-10-17 22:00 – 2024-10-19 11:00 (Asia/Shanghai)"),
        ("20241019T230000", ("2024-10-19", None), "2024-10-17 22:00 – 2024-10-19 23:00 (Asia/Shanghai)"),
    ],
)
def test_hours_that_are_not_those_of_each_day_are_told_in_the_description(
    end: str, expected: tuple[str, str | None], spoken: str
) -> None:
    found = of(f"DTSTART;{SHANGHAI}:20241017T220000", f"DTEND;{SHANGHAI}:{end}", "DESCRIPTION:By night")
    assert (found.ends_on.isoformat(), found.start_time, found.end_time) == (*expected, None)
    assert found.description == {"en": f"By night\n\nHours in the calendar: {spoken}"}


def test_hours_in_the_description_are_told_in_the_language_of_the_title() -> None:
    octets = calendar(
        "BEGIN:VEVENT", "UID:1", "SUMMARY:研讨会", "DTSTART:20241017T220000Z", "DURATION:PT3H", "END:VEVENT"
    )
    assert one(octets).description == {"zh": "日历中的时间：2024-10-17 22:00 – 2024-10-18 01:00 (UTC)"}


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [("20241016T160000Z", "20241017T160000Z", 17), ("20241017T040000Z", "20241018T040000Z", 17)],
)
def test_outlooks_whole_days_in_utc_are_days(start: str, end: str, day: int) -> None:
    found = of(f"DTSTART:{start}", f"DTEND:{end}", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    assert times(found) == (f"2024-10-{day}", f"2024-10-{day}", None, None, None)


def test_a_day_up_to_its_last_minute_is_whole() -> None:
    found = of(f"DTSTART;{SHANGHAI}:20241017T000000", f"DTEND;{SHANGHAI}:20241018T235959")
    assert times(found) == ("2024-10-17", "2024-10-18", None, None, None)


def test_utc_is_kept_where_the_calendar_says_no_zone() -> None:
    found = of("DTSTART:20241017T010000Z", "DTEND:20241017T040000Z")
    assert times(found) == ("2024-10-17", "2024-10-17", "01:00", "04:00", "UTC")


def test_utc_is_told_in_the_calendars_own_zone_and_may_be_another_day() -> None:
    octets = calendar("X-WR-TIMEZONE:Asia/Shanghai", *vevent("DTSTART:20241016T230000Z", "DTEND:20241017T020000Z"))
    assert times(one(octets)) == ("2024-10-17", "2024-10-17", "07:00", "10:00", "Asia/Shanghai")


def test_a_zone_beside_utc_counts_as_google_has_it() -> None:
    found = of("DTSTART;TZID=America/New_York:20211222T170000Z")
    assert times(found)[2:] == ("17:00", None, "America/New_York")


def test_hours_without_a_zone_are_kept_and_told() -> None:
    file = read(calendar(*vevent("DTSTART:20241017T090000")))
    assert times(file.events[0])[2:] == ("09:00", None, None)
    assert file.told == ("Hours without a time zone, the event at: line 3.",)


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("China Standard Time", "Asia/Shanghai"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"),
        ("/example.org/America/Argentina/Salta", "America/Argentina/Salta"),
        ("Asia/Beijing", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("US-Eastern", "US/Eastern"),
    ],
)
def test_zones_are_known_by_the_names_that_programs_give(tzid: str, zone: str) -> None:
    assert of(f"DTSTART;TZID={tzid}:20241017T090000").timezone == zone


def test_a_zone_of_the_calendars_own_may_say_where_it_is() -> None:
    zone = ("BEGIN:VTIMEZONE", "TZID:Office", "X-LIC-LOCATION:Asia/Shanghai", "END:VTIMEZONE")
    assert one(calendar(*zone, *vevent("DTSTART;TZID=Office:20241017T090000"))).timezone == "Asia/Shanghai"


def test_an_unknown_zone_of_the_calendar_is_told_and_left_out() -> None:
    file = read(calendar("X-WR-TIMEZONE:Nowhere", *vevent("DTSTART:20241017T010000Z")))
    assert (file.events[0].timezone, file.told) == (
        "UTC",
        ("The calendar's time zone “Nowhere” is not known: line 3.",),
    )


# What cannot be taken


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("DTSTART:tomorrow",), "DTSTART in line 6 is no date: tomorrow."),
        ((DAY, "DURATION:-P1D"), "DURATION is no length of an event: -P1D."),
        ((DAY, "DURATION:P" + "9" * 5000 + "D"), "DURATION is no length of an event"),
        (("DTSTART:99991230T090000Z", "RRULE:FREQ=DAILY;COUNT=9"), "outside the years 1 to 9999"),
        (("DTSTART:00010101T000000Z", "DURATION:-PT9H"), "DURATION is no length of an event"),
    ],
)
def test_what_cannot_be_taken_is_a_problem_in_words(lines: tuple[str, ...], message: str) -> None:
    line, words = problem(read(calendar(*vevent(*lines))))
    assert line == 3
    assert message in words


def test_an_event_without_a_day_has_no_date_yet() -> None:
    file = read(calendar(*vevent("STATUS:CONFIRMED")))
    (found,) = file.events
    assert (found.starts_on, found.ends_on, found.start_time, found.timezone) == (None, None, None, None)
    assert file.told == ("No first day (DTSTART), so its date is not known, the event at: line 3.",)


def test_a_problem_with_one_event_leaves_the_others() -> None:
    file = read(calendar(*vevent("DTSTART:tomorrow"), *vevent(DAY, uid="2")))
    assert [each.uid for each in file.events] == ["2"]
    assert [each.line for each in file.problems] == [3]


# Texts


def test_the_language_of_the_computer_does_not_make_a_chinese_title_english() -> None:
    octets = calendar("BEGIN:VEVENT", DAY, "UID:1", "SUMMARY;LANGUAGE=en-us:研讨会", "END:VEVENT")
    assert one(octets).title == {"zh": "研讨会"}


def test_a_slash_within_one_language_is_part_of_the_title() -> None:
    octets = calendar("BEGIN:VEVENT", DAY, "UID:1", "SUMMARY:Water / Soil / 水土", "END:VEVENT")
    assert one(octets).title == {"en": "Water / Soil", "zh": "水土"}


def test_an_event_without_title_and_uid_is_told_and_the_same_in_another_file() -> None:
    lines = ("BEGIN:VEVENT", DAY, "END:VEVENT")
    file, other = read(calendar(*lines)), read(calendar("X-OTHER:1", *lines))
    assert (file.events[0].title, len(file.told)) == ({"en": "Untitled"}, 2)
    assert file.events[0].uid == other.events[0].uid


def test_events_without_uid_are_not_taken_for_each_other() -> None:
    first = ("BEGIN:VEVENT", DAY, "SUMMARY:First", "END:VEVENT")
    second = ("BEGIN:VEVENT", DAY, "SUMMARY:Second", "END:VEVENT")
    assert one(calendar(*first)).uid != one(calendar(*second)).uid


def test_categories_are_of_all_lines_and_keep_their_commas() -> None:
    assert of(DAY, r"CATEGORIES:a\,b,c", "CATEGORIES:d,c").categories == ("a,b", "c", "d")


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3a", None),
        ("LOCATION:https://zoom.us/j/123?pwd=a", None),
        ("DESCRIPTION:Join: https://meeting.tencent.com/dm/abc.", "https://meeting.tencent.com/dm/abc"),
        ("DESCRIPTION:See https://example.org/agenda", ""),
    ],
)
def test_the_link_of_a_meeting_is_found_where_programs_put_it(line: str, link: str | None) -> None:
    expected = line.partition(":")[2] if link is None else link or None
    found = of(DAY, line)
    assert (found.online_url, found.location) == (expected, None)


def test_html_becomes_text_and_stands_in_for_an_empty_description() -> None:
    html = '<p>Agenda:</p><ul><li>Opening &amp; tea</li></ul><a href="https://example.org">here</a>'
    expected = {"en": "Agenda:\n\n- Opening & tea\nhere (https://example.org)"}
    assert of(DAY, f"DESCRIPTION:{html}").description == expected
    assert of(DAY, f"X-ALT-DESC;FMTTYPE=text/html:{html}").description == expected
    assert of(DAY, "DESCRIPTION:a < b > c").description == {"en": "a < b > c"}


def test_apples_place_is_read() -> None:
    line = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="1 Example Road";X-TITLE="Hall":geo:39.9,116.4'
    found = of(DAY, line)
    assert (found.location, found.geo) == ("Hall, 1 Example Road", (Decimal("39.9"), Decimal("116.4")))


@pytest.mark.parametrize(
    ("line", "uid"),
    [("RELATED-TO:9", "9"), ("RELATED-TO;RELTYPE=PARENT:9", "9"), ("RELATED-TO;RELTYPE=SIBLING:9", None)],
)
def test_the_event_to_which_one_belongs_is_its_parent(line: str, uid: str | None) -> None:
    assert of(DAY, line).parent_uid == uid


def test_the_link_by_video_is_before_the_phone() -> None:
    found = of(DAY, "CONFERENCE;FEATURE=PHONE:tel:+861", "CONFERENCE;FEATURE=VIDEO:https://example.org/v")
    assert found.online_url == "https://example.org/v"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("ORGANIZER;CN=Na:MAILTO:na@example.org", "na@example.org"),
        ("ORGANIZER:mailto:a%2Bb@example.org", "a+b@example.org"),
        ("ORGANIZER:invalid:nomail", None),
    ],
)
def test_the_organizer_is_an_e_mail_address(line: str, address: str | None) -> None:
    organizer = of(DAY, line).organizer
    assert (organizer and organizer.email) == address


def test_contact_and_words_of_status_are_read() -> None:
    found = of(DAY, r"CONTACT:Na Li\, na@example.org", "STATUS:tentative", "SEQUENCE:x")
    assert (found.contact, found.status, found.sequence) == ("Na Li, na@example.org", "TENTATIVE", 0)


@pytest.mark.parametrize("geo", ["91;0", "1", "a;b", "NaN;0"])
def test_a_place_that_is_none_is_left_out_and_told(geo: str) -> None:
    file = read(calendar(*vevent(DAY, f"GEO:{geo}")))
    assert (file.events[0].geo, len(file.told)) == (None, 1)


# Lines and files


def test_a_line_that_is_none_is_named_beside_the_event() -> None:
    file = read(calendar("no line", *vevent(DAY, "nor this")))
    assert len(file.events) == 1
    assert [(each.line, each.message) for each in file.problems] == [
        (3, "This is no line of a calendar: no line."),
        (8, "This is no line of a calendar: nor this."),
    ]


def test_a_text_with_line_ends_of_its_own_is_joined() -> None:
    octets = calendar(*vevent(DAY, "DESCRIPTION:Agenda", "09:00 opening", "Note: bring it", "LOCATION:Hall"))
    file = read(octets)
    assert file.events[0].description == {"en": "Agenda\n09:00 opening\nNote: bring it"}
    assert (file.events[0].location, file.problems) == ("Hall", [])
    assert file.told == ("A text that goes on in a line of its own, joined: lines 8, 9.",)


def test_what_is_told_of_series_names_the_lines_in_their_order() -> None:
    days = [[DAY, f"UID:{uid}", "RRULE:FREQ=DAILY;COUNT=2"] for uid in ("several", "alone", "several")]
    days[2][2] = "RECURRENCE-ID:20241017"
    entries = [line for each in days for line in ("BEGIN:VEVENT", *each, "END:VEVENT")]
    assert "No title (SUMMARY), the event at: lines 3, 8, 13." in read(calendar(*entries)).told


def test_begin_and_end_may_be_small_and_a_calendar_may_be_missing_around() -> None:
    assert one(b"begin:vevent\ruid:1\rdtstart:20241017\rsummary:Hall\rend:vevent\r").title == {"en": "Hall"}


def test_events_of_a_cancellation_are_cancelled() -> None:
    assert one(calendar("METHOD:CANCEL", *vevent(DAY, "STATUS:CONFIRMED"))).status == "CANCELLED"


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("reader.LARGEST", 2**20, "larger than 1 MB"),
        ("source._MOST_LINES", 1_000, "more than 1,000 lines"),
        ("source._MOST_EVENTS", 3, "more than 3 events"),
        ("reader._MOST_TOGETHER", 3, "more than 3 entries of series that belong together"),
    ],
)
def test_more_than_any_calendar_holds_is_refused(
    limit: str, most: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [vevent(DAY, "RECURRENCE-ID:20241017")] * 4
    content = calendar(f"X-A:{'a' * 2**20}", *["A:"] * 1_000, *(line for each in entries for line in each))
    read(content)
    monkeypatch.setattr(f"eventrec.formats.ical.{limit}", most)
    with pytest.raises(Rejected, match=words):
        read(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"BEGIN:VCALENDAR\n" * 60, "opens more than it ends"),
        (b"BEGIN:VCALENDAR\n" + b"no line\n" * 10_001, "more than 10,000 problems; the last is in line 10002"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_before_it_costs_much(content: bytes, words: str) -> None:
    with pytest.raises(Rejected, match=words):
        read(content)


RULE = ("RRULE:FREQ=WEEKLY;COUNT=3", "DTSTART;TZID=Here:20241017T090000", "DTEND;TZID=Here:20241017T100000")
MOVED = ("RECURRENCE-ID;TZID=Here:20241024T090000", "DTSTART;TZID=Here:20241025T110000", "SEQUENCE:1")
ZONE = ("BEGIN:VTIMEZONE", "TZID:Here", "X-LIC-LOCATION:Asia/Shanghai", "END:VTIMEZONE")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("size", [1, 5, 64])
def test_a_file_that_comes_in_pieces_holds_the_same_events_wherever_they_are_cut(
    encoding: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [vevent("DESCRIPTION:研讨会", DAY, uid="0"), vevent(*MOVED), vevent(DAY, uid="2"), vevent(*RULE)]
    content = calendar(*(line for each in entries for line in each), *ZONE, encoding=encoding)
    whole = read(content)
    monkeypatch.setattr("eventrec.formats.octets._PIECE", size)
    assert read(content) == whole
    assert [(each.uid[0], each.start_time, each.timezone) for each in whole.events] == [
        ("0", None, None),
        ("1", "11:00", "Asia/Shanghai"),
        ("2", None, None),
        ("1", "09:00", "Asia/Shanghai"),
        ("1", "09:00", "Asia/Shanghai"),
    ]


@pytest.mark.parametrize("size", [40, 64, 1_000])
def test_a_line_folded_within_a_character_is_read_wherever_pieces_end(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventrec.formats.octets._PIECE", size)
    character = "研".encode()
    folded = b"SUMMARY:" + b"x".join([character[:1] + b"\r\n " + character[1:]] * 20) + b"\r\nEND:VEVENT"
    found = one(calendar(*vevent(DAY)).replace(b"SUMMARY:Workshop\r\n", b"").replace(b"END:VEVENT", folded))
    assert found.title == {"zh": "x".join("研" * 20)}


def test_a_day_of_a_series_may_stand_hundreds_of_events_and_a_calendar_away_from_it() -> None:
    others = [line for number in range(600) for line in vevent(DAY, uid=f"other {number}")]
    file = read(calendar(*vevent(*RULE), *others, *ZONE) + calendar(*others, *vevent(*MOVED), *ZONE))
    ours = [each for each in file.events if each.uid == "1@example.org"]
    assert [(each.line > 100, str(each.starts_on)) for each in ours] == [
        (False, "2024-10-17"),
        (False, "2024-10-31"),
        (True, "2024-10-25"),
    ]
    assert len(file.events) == 603


@pytest.mark.parametrize(("calendars", "few", "many", "room"), [("one", 500, 2_000, 200), ("many", 300, 1_100, 600)])
def test_reading_many_events_takes_little_more_room_than_reading_few(
    monkeypatch: pytest.MonkeyPatch, calendars: str, few: int, many: int, room: int
) -> None:
    monkeypatch.setattr("eventrec.spool._HELD", 1_000)
    rule = ["RRULE:FREQ=DAILY;COUNT=1"] if calendars == "many" else []  # of series calendars have to be kept

    def peak(count: int) -> int:
        events = [vevent(DAY, "DESCRIPTION:Invented", *rule, uid=f"{number:036}") for number in range(count)]
        if calendars == "one":
            content = BytesIO(calendar(*(line for each in events for line in each)))
        else:
            content = BytesIO(b"".join(calendar(*each) for each in events))
        del events
        tracemalloc.start()
        found = reader.read(content)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(found.events) == count
        return most

    assert peak(many) < peak(few) + (many - few) * room


def test_an_event_without_end_of_lines_is_a_problem() -> None:
    assert problem(read(calendar(*vevent(DAY, *["X-A:1"] * 10_001))))[1] == "The event has more than 10,000 lines."


@pytest.mark.parametrize(
    ("older", "newer"),
    [("SEQUENCE:1", "SEQUENCE:2"), ("LAST-MODIFIED:20240101T000000Z", "LAST-MODIFIED:20240102T000000Z")],
)
def test_of_two_entries_with_one_uid_the_newer_counts(older: str, newer: str) -> None:
    for lines in ((older, newer), (newer, older)):
        file = read(calendar(*(line for each in lines for line in vevent(DAY, each))))
        assert [each.sequence or each.modified for each in file.events] == [
            2 if "SEQ" in newer else "2024-01-02T00:00:00Z"
        ]
        assert len(file.told) == 1


def test_events_of_a_program_that_knows_one_uid_only_are_told_apart() -> None:
    file = read(calendar(*vevent(DAY), *vevent("DTSTART:20241018")))
    assert [each.uid for each in file.events] == ["1@example.org", "1@example.org 2024-10-18"]
    assert len(file.told) == 1


def test_an_event_that_is_told_apart_from_a_newer_one_stays_in_its_place() -> None:
    newer = [vevent(day, "SEQUENCE:2") for day in ("DTSTART:20241018", DAY)]
    others = [vevent("DTSTART:20241101", uid=uid) for uid in ("2", "3")]
    file = read(calendar(*vevent(DAY, "SEQUENCE:1"), *others[0], *newer[0], *others[1], *newer[1]))
    assert [each.uid for each in file.events] == ["1@example.org", "2", "3", "1@example.org 2024-10-17"]
    assert len(file.told) == 2


def test_of_two_entries_of_an_event_that_was_told_apart_one_counts_and_the_other_is_told_of() -> None:
    again = [vevent("DTSTART:20241018", f"LOCATION:{place}") for place in ("Hall", "Library")]
    file = read(calendar(*vevent(DAY), *again[0], *again[1]))
    assert [(each.uid, each.location) for each in file.events] == [
        ("1@example.org", None),
        ("1@example.org 2024-10-18", "Library"),
    ]
    assert [what.partition(",")[0] for what in file.told] == [
        "The uid of another event",
        "An older entry of the same event",
    ]


def test_an_event_that_does_not_end_is_a_problem_and_the_next_is_its_own() -> None:
    file = read(calendar(*vevent(DAY)[:-1], *vevent(DAY, uid="2")))
    assert [each.uid for each in file.events] == ["2"]
    assert [(each.line, each.message) for each in file.problems] == [
        (3, "The event does not end: END:VEVENT is missing.")
    ]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(lost: int) -> None:
    octets = b"\r\n".join(calendar(*vevent(DAY)).split(b"\r\n")[: -1 - lost])
    file = read(octets)
    assert (len(file.events), len(file.problems)) == ((1, 0) if lost == 1 else (0, 1))
    assert "END:VCALENDAR is missing" in file.told[0]


def test_an_alarm_does_not_change_its_event() -> None:
    found = of(DAY, "BEGIN:VALARM", "SUMMARY:Alarm", "DURATION:PT15M", "END:VALARM")
    assert found.title == {"en": "Workshop"}


def test_several_calendars_in_a_file_keep_their_own_zones() -> None:
    start = "DTSTART:20241017T010000Z"
    file = read(calendar("X-WR-TIMEZONE:Asia/Shanghai", *vevent(start)) + calendar(*vevent(start)))
    assert [each.timezone for each in file.events] == ["Asia/Shanghai", "UTC"]


def test_gb18030_is_read_and_told() -> None:
    octets = calendar("BEGIN:VEVENT", DAY, "UID:1", "SUMMARY:研讨会", "END:VEVENT", encoding="gb18030")
    file = read(octets)
    assert (file.events[0].title, file.told) == ({"zh": "研讨会"}, ("The calendar was read as GB18030.",))


def test_a_line_folded_within_a_character_is_read() -> None:
    title = "研讨会".encode()
    octets = calendar("BEGIN:VEVENT", DAY, "UID:1", "SUMMARY:@", "END:VEVENT")
    assert one(octets.replace(b"@", title[:4] + b"\r\n " + title[4:])).title == {"zh": "研讨会"}


def test_a_file_without_events_has_none() -> None:
    file = read(calendar("BEGIN:VTODO", DAY, "END:VTODO"))
    assert (list(file.events), list(file.problems)) == ([], [])
    assert file.told == (
        "The calendar holds no events.",
        "Tasks (VTODO) are no events and were left out: line 3.",
    )


@pytest.mark.parametrize(
    "end", ["DTEND;TZID=Europe/Brussels:20241017T203000", "DURATION:P1DT6H", "DTEND:20241017T100000Z"]
)
def test_days_and_hours_are_those_that_icalendar_reads(end: str) -> None:
    octets = calendar(*vevent("DTSTART;TZID=Europe/Brussels:20241017T090000", end))
    found = one(octets)
    other: Any = Calendar.from_ical(octets).walk("VEVENT")[0]
    ends = other.end.astimezone(other.start.tzinfo)
    assert times(found)[:4] == (*(each.date().isoformat() for each in (other.start, ends)), "09:00", f"{ends:%H:%M}")


@given(st.binary(max_size=200))
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    for each in (octets, calendar(*vevent("@")).replace(b"@", octets)):
        try:
            read(each)
        except Rejected as error:
            assert error.message  # noqa: PT017


def test_a_uid_that_no_database_looks_up_is_known_by_a_shorter_one_and_told() -> None:
    lines = ["BEGIN:VEVENT", f"UID:{'u' * 9_000}", f"RELATED-TO:{'v' * 9_000}", "DTSTART:20241017", "SUMMARY:A"]
    file = read("\n".join(["BEGIN:VCALENDAR", *lines, "END:VEVENT", "END:VCALENDAR"]).encode())
    (event,) = file.events
    assert (event.uid, event.parent_uid) == (short_uid("u" * 9_000), short_uid("v" * 9_000))
    assert len(event.uid) < 100
    assert event.uid != event.parent_uid
    assert "A UID of more than 1,000 octets, so the event is known by a shorter one, the event at: line 2." in file.told


@pytest.mark.parametrize(("uid", "is_kept"), [("u" * 1_000, True), ("u" * 1_001, False), ("李" * 334, False)])
def test_a_uid_is_kept_as_it_is_up_to_a_thousand_octets(uid: str, is_kept: bool) -> None:
    assert (short_uid(uid) == uid) is is_kept
    assert len(short_uid(uid).encode()) <= 1_000


def test_a_text_that_goes_on_in_thousands_of_long_lines_is_read_at_once() -> None:
    lines = ["BEGIN:VEVENT", "UID:1", "SUMMARY:A", "DTSTART:20241017", "DESCRIPTION:A", *["b" * 500] * 9_900]
    before = time.process_time()
    file = read("\n".join(["BEGIN:VCALENDAR", *lines, "END:VEVENT", "END:VCALENDAR"]).encode())
    assert time.process_time() - before < 3
    assert file.events[0].description == {"en": "\n".join(["A", *["b" * 500] * 9_900])}


@pytest.mark.parametrize("fold", ["", "\r\n "])
def test_a_text_that_nobody_wrote_is_left_out_and_told(fold: str) -> None:
    long = fold.join(["a" * 70] * 1_600)
    file = read(calendar(*vevent(f"DESCRIPTION:{long}", "DTSTART;VALUE=DATE:20240101", f"ATTACH:{long}")))
    assert [bool(each.description) for each in file.events] == [False]
    told = [sentence for sentence in file.told if "Longer than 100,000 characters, left out" in sentence]
    assert len(told) == 1
    assert "line " in told[0]


def test_a_list_of_days_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventrec.formats.ical.source.LONGEST_LINE", 150_000)
    days = ",".join(["20240101"] * 20_000)
    with pytest.raises(Rejected, match=r"Line \d+ is longer than 150,000 characters"):
        read(calendar(*vevent("DTSTART;VALUE=DATE:20240101", f"EXDATE;VALUE=DATE:{days}")))


# The first and the last years


def test_whole_days_up_to_the_last_day_of_all_come_back_from_our_calendars() -> None:
    for first in (date.max, date(9999, 12, 30), date(9999, 11, 1)):
        found = one(content(event(first, date.max)))
        assert (found.starts_on, found.ends_on, found.start_time) == (first, date.max, None)


def test_a_whole_day_without_an_end_may_be_the_last_of_all() -> None:
    found = of("DTSTART;VALUE=DATE:99991231")
    assert (found.starts_on, found.ends_on) == (date.max, date.max)
    assert of("DTSTART;VALUE=DATE:99991230", "DURATION:P1D").ends_on == date(9999, 12, 30)


def test_days_behind_the_last_of_all_are_refused() -> None:
    for lines in (("DTSTART;VALUE=DATE:99991231", "DURATION:P2D"), ("DTSTART:99991231T230000", "DURATION:PT2H")):
        assert problem(read(calendar(*vevent(*lines)))) == (3, "The event is outside the years 1 to 9999.")


def test_hours_over_days_of_an_early_year_are_told_with_its_four_digits() -> None:
    found = of("DTSTART:08000229T140000", "DTEND:08000302T150000")
    assert found.description == {"en": "Hours in the calendar: 0800-02-29 14:00 – 0800-03-02 15:00"}
