from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.formats.ical.make import content, event, hours, lines, values

from eventrec.errors import Rejected
from eventrec.formats.ical.records import Attendee, CalendarEvent, Party
from eventrec.formats.ical.tzif import clock

# Left out: control characters, which do not leave the house, and what icalendar itself reads as a newline.
CLEAN = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"), max_size=300).filter(
    lambda text: "\\N" not in text and "\\n" not in text
)


def parsed(*events: CalendarEvent, **options: Any) -> Any:
    return Calendar.from_ical(content(*events, **options)).walk("VEVENT")


def test_lines_end_with_crlf_and_hold_75_octets_at_most() -> None:
    """RFC 5545, 3.1."""
    raw = content(event(title={"en": "Long " * 50, "zh": "研讨会" * 60}))
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_a_calendar_says_once_what_it_is() -> None:
    """RFC 5545, 3.6: PRODID and VERSION exactly once; no METHOD in a file to be read."""
    found = lines(event())
    assert found[0] == "BEGIN:VCALENDAR"
    assert [line for line in found if line.startswith(("VERSION", "PRODID", "METHOD"))] == [
        "VERSION:2.0",
        "PRODID:-//eventrec//Calendar//EN",
    ]


def test_several_events_are_a_calendar_with_a_name_and_a_refresh() -> None:
    """RFC 7986, 5.1 and 5.7: NAME may stand once per language."""
    found = lines(event(), event(kind="training"))
    assert [line for line in found if line.startswith("NAME")] == ["NAME;LANGUAGE=en:Events", "NAME;LANGUAGE=zh:活动"]
    assert "X-WR-CALNAME:Events / 活动" in found
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in found
    assert not [line for line in lines(event()) if line.startswith(("NAME", "X-WR", "REFRESH"))]


def test_a_calendar_in_one_language_has_one_name() -> None:
    found = lines(event(), event(kind="training"), languages="zh")
    assert [line for line in found if "NAME:" in line] == ["NAME:活动", "X-WR-CALNAME:活动"]


def test_the_same_events_give_the_same_bytes_in_any_order() -> None:
    one, other = event(kind="training"), event(date(2024, 1, 1))
    assert content(one, other) == content(other, one)


def test_events_stand_by_date_and_hour() -> None:
    late, early, before = event(**hours(start="14:00")), event(**hours(start="09:30")), event(date(2024, 1, 1))
    assert values("UID", late, early, before) == [f":{each.uid}" for each in (before, early, late)]


def test_dtstamp_is_last_modified() -> None:
    """RFC 5545, 3.8.7.2: without METHOD it is the last revision."""
    assert values("DTSTAMP", event()) == values("LAST-MODIFIED", event()) == [":20240201T000000Z"]
    assert values("CREATED", event()) == [":20240101T000000Z"]


def test_whole_days_end_the_day_after_the_last() -> None:
    """RFC 5545, 3.6.1: DTEND is exclusive."""
    assert values("DTSTART", event(last=date(2024, 10, 18))) == [";VALUE=DATE:20241017"]
    assert values("DTEND", event(last=date(2024, 10, 18))) == [";VALUE=DATE:20241019"]


def test_whole_days_to_the_end_of_the_calendar_say_how_many_they_are() -> None:
    """RFC 5545, 3.6.1: there is no day after 9999-12-31."""
    (found,) = parsed(event(date(9999, 12, 30), date.max))
    assert (found["DTSTART"].dt, found["DURATION"].dt, "DTEND" in found) == (
        date(9999, 12, 30),
        timedelta(days=2),
        False,
    )


def test_a_year_has_four_digits() -> None:
    """RFC 5545, 3.3.4."""
    assert values("DTSTART", event(date(999, 1, 2))) == [";VALUE=DATE:09990102"]
    assert values("DTSTART", event(date(999, 1, 2), **hours("Etc/GMT-8"))) == [";TZID=Etc/GMT-8:09990102T090000"]
    assert values("DTSTART", event(date(999, 1, 2), **hours()), utc=True) == [":09990102T005417Z"]


@pytest.mark.parametrize("zone", ["Etc/GMT-14", "Etc/GMT+12", "America/New_York"])
@pytest.mark.parametrize("day", [date.min, date(2, 1, 1), date.max])
def test_a_zone_is_written_also_at_the_edges_of_the_calendar(zone: str, day: date) -> None:
    assert values("DTSTART", event(day, **hours(zone, "12:00", "13:00")))


@pytest.mark.parametrize(
    ("day", "zone", "start"), [(date.min, "Asia/Shanghai", "00:00"), (date.max, "America/New_York", "23:00")]
)
def test_a_moment_outside_all_years_in_utc_is_refused(day: date, zone: str, start: str) -> None:
    asked = event(day, **hours(zone, start, None))
    with pytest.raises(Rejected, match=r"is outside the years 1 to 9999 in UTC\.") as raised:
        content(asked, utc=True)
    assert asked.uid in raised.value.hint


def test_hours_have_a_zone_that_is_defined_before_them() -> None:
    """RFC 5545, 3.2.19: a TZID has its VTIMEZONE in the same object."""
    found = lines(event(**hours()))
    assert "DTSTART;TZID=Asia/Shanghai:20241017T090000" in found
    assert found.index("TZID:Asia/Shanghai") < found.index("BEGIN:VEVENT")


def test_a_zone_is_written_once() -> None:
    assert lines(event(**hours()), event(date(2025, 1, 1), **hours())).count("BEGIN:VTIMEZONE") == 1


def test_daily_hours_over_several_days_are_one_entry() -> None:
    """RFC 5545, 3.3.10: one VEVENT, one UID, the first day's hours, and a rule."""
    several = event(last=date(2024, 10, 19), **hours())
    assert values("DTEND", several) == [";TZID=Asia/Shanghai:20241017T170000"]
    assert values("RRULE", several) == [":FREQ=DAILY;COUNT=3"]


def test_daily_hours_are_one_rule_also_when_the_clocks_change_in_the_night() -> None:
    """RFC 5545, 3.3.10: a rule goes on in local time."""
    several = event(date(2024, 3, 30), date(2024, 4, 1), **hours("Europe/Brussels"))
    assert values("RRULE", several) == [":FREQ=DAILY;COUNT=3"]
    assert values("RDATE", several) == []


@pytest.mark.parametrize(
    ("fields", "options"),
    [(hours("Europe/Brussels", "01:00", "09:00"), {}), (hours("Europe/Brussels"), {"utc": True})],
    ids=["within the hours", "in UTC"],
)
def test_days_around_a_change_of_the_clocks_stand_one_by_one_in_utc(
    fields: dict[str, Any], options: dict[str, Any]
) -> None:
    """RFC 5545, 3.8.5.2."""
    several = event(date(2024, 3, 30), date(2024, 4, 1), **fields)
    assert values("RRULE", several, **options) == [":FREQ=DAILY;COUNT=1"]
    assert values("RDATE", several, **options)[0].count("Z") == 2


def test_fewer_working_days_than_days_are_a_span_of_whole_days() -> None:
    assert values("DTSTART", event(last=date(2024, 10, 19), days=2, **hours())) == [";VALUE=DATE:20241017"]


def test_a_span_of_whole_days_keeps_nobody_from_other_meetings() -> None:
    """RFC 5545, 3.8.2.7."""
    assert values("TRANSP", event(last=date(2024, 10, 19), days=2, **hours())) == [":TRANSPARENT"]
    assert values("TRANSP", event(**hours())) == [":OPAQUE"]


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        ("Asia/Shanghai", date(2026, 7, 1), "20260701T010000Z"),
        ("Europe/Brussels", date(2026, 3, 30), "20260330T070000Z"),
        ("America/New_York", date(2026, 3, 7), "20260307T140000Z"),
        ("America/New_York", date(2026, 3, 8), "20260308T130000Z"),
        ("Pacific/Apia", date(2011, 12, 29), "20111229T190000Z"),
        ("Pacific/Apia", date(2011, 12, 31), "20111230T190000Z"),
        ("Pacific/Apia", date(2026, 7, 1), "20260630T200000Z"),
    ],
)
def test_hours_are_those_of_the_zone_on_that_day(zone: str, first: date, expected: str) -> None:
    """RFC 5545, 3.3.5; Apia went over the date line and has no 30 December 2011."""
    that = event(first, **hours(zone))
    assert values("DTSTART", that, utc=True) == [f":{expected}"]
    moment = occurrences(content(that), zone)[0][0]
    assert moment.strftime("%Y%m%dT%H%M%SZ") == expected


def test_an_hour_that_comes_twice_is_written_in_utc() -> None:
    twice = event(date(2024, 10, 27), **hours("Europe/Brussels", "02:30", "05:00"))
    assert values("DTSTART", twice) == [":20241027T003000Z"]
    assert "BEGIN:VTIMEZONE" not in lines(twice)


def test_an_offset_with_seconds_is_written_in_utc() -> None:
    """Monrovia was 44 minutes and 30 seconds behind Greenwich until 1972: some readers cut the seconds."""
    assert values("DTSTART", event(date(1971, 5, 1), **hours("Africa/Monrovia"))) == [":19710501T094430Z"]


def test_utc_needs_no_zone() -> None:
    assert values("DTSTART", event(**hours()), utc=True) == [":20241017T010000Z"]
    assert values("DTSTART", event(**hours("Etc/UTC"))) == [":20241017T090000Z"]


def test_a_start_without_an_end_is_a_moment() -> None:
    """RFC 5545, 3.6.1: without DTEND it ends when it starts."""
    assert values("DTEND", event(**hours(end=None))) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("planned", "TENTATIVE"),
        ("tentative", "TENTATIVE"),
        ("confirmed", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
        ("postponed", "CANCELLED"),
    ],
)
def test_status_in_the_calendars_words(status: str, expected: str) -> None:
    """RFC 5545, 3.8.1.11."""
    assert values("STATUS", event(status=status)) == [f":{expected}"]


def test_a_removed_event_goes_out_as_cancelled() -> None:
    assert values("STATUS", event(removed=True, sequence=3)) == [":CANCELLED"]


def test_a_cancelled_event_says_why() -> None:
    assert values("DESCRIPTION", event(status="cancelled", status_reason="Venue closed")) == [
        ":Cancelled / 已取消: Venue closed"
    ]


def test_the_description_ends_with_reason_and_link() -> None:
    told = event(
        status="postponed",
        status_reason="No hall",
        description={"en": "Text", "zh": "内容"},
        online_url="https://example.org/join",
    )
    assert values("DESCRIPTION", told, languages="en") == [
        ":Text\\n\\nPostponed: No hall\\n\\nJoin online: https://example.org/join"
    ]


def test_languages_are_joined_or_chosen() -> None:
    assert values("SUMMARY", event()) == [":Workshop / 研讨会"]
    assert values("SUMMARY", event(), languages="zh") == [":研讨会"]
    assert values("SUMMARY", event(title={"fr": "Atelier"}), languages="zh") == [":Atelier"]
    assert values("SUMMARY", event(), main="zh") == [":研讨会 / Workshop"]


def test_place_and_links() -> None:
    """RFC 5545, 3.8.1.6 and 3.8.1.7; RFC 7986, 5.11."""
    there = event(
        venue={"en": "Hall, A"},
        city={"en": "Beijing", "zh": "北京"},
        country={"en": "China", "zh": "中国"},
        latitude=Decimal("39.9042"),
        longitude=Decimal("116.4074"),
        online_url="https://example.org/join?a=1",
        source_url="https://example.org/news",
        parent_uid="00000000-0000-5000-8000-000000000000",
    )
    assert values("LOCATION", there) == [":Hall\\, A\\, Beijing / 北京\\, China / 中国"]
    assert values("GEO", there) == [":39.9042;116.4074"]
    assert values("URL", there) == [":https://example.org/news"]
    assert values("CONFERENCE", there) == [";VALUE=URI;FEATURE=VIDEO;LABEL=Online:https://example.org/join?a=1"]
    assert values("RELATED-TO", there) == [";RELTYPE=PARENT:00000000-0000-5000-8000-000000000000"]
    assert "https://example.org/join?a=1" in values("DESCRIPTION", there)[0]


def test_categories_are_the_kind_then_the_projects() -> None:
    assert values("CATEGORIES", event(kind="workshop", projects=("MMSP-III",))) == [":workshop,MMSP-III"]


def test_an_organizer_needs_an_email() -> None:
    """RFC 5545, 3.8.4.3: its value is a calendar address."""
    assert values("ORGANIZER", event(organizer=Party({"en": "IOM"}))) == []
    found = values("ORGANIZER", event(organizer=Party({"en": 'IOM: "China"'}, "iom@example.org")))
    assert found == [";CN=\"IOM: ^'China^'\":mailto:iom@example.org"]


def test_people_are_named_only_when_asked_for() -> None:
    people = (Attendee({"en": "NIA"}, "nia@example.org", "participant", "confirmed", group=True),)
    assert values("ATTENDEE", event(attendees=people)) == []
    assert values("ATTENDEE", event(attendees=people), attendees=True) == [
        ";CN=NIA;CUTYPE=GROUP;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:nia@example.org"
    ]


@pytest.mark.parametrize(
    ("role", "expected"), [("chair", "CHAIR"), ("observer", "REQ-PARTICIPANT"), ("staff", "NON-PARTICIPANT")]
)
def test_roles_in_the_calendars_words(role: str, expected: str) -> None:
    """RFC 5545, 3.2.16."""
    people = (Attendee({"en": "Li"}, "li@example.org", role, "invited"),)
    assert f";ROLE={expected};PARTSTAT=NEEDS-ACTION:" in values("ATTENDEE", event(attendees=people), attendees=True)[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("e\u0301 \u0958\u093c นี่ ก็", id="combining"),
        pytest.param("👩\u200d👩\u200d👧\u200d👦 👍🏽 🇪🇺 ❤\ufe0f", id="emoji"),
        pytest.param("שלום (a, b; c) مرحبا \u200f\u202a.\u202c", id="right to left"),
        pytest.param("𠀀 𝔘 \U000e0041 \U0010fffd \ue000", id="planes"),
        pytest.param('a\\b; c, d: "e" ^f\tg\n\nh  ', id="marks"),
        pytest.param("  汉字" * 4000, id="long"),
    ],
)
def test_texts_of_every_script_come_back_equal(text: str) -> None:
    (found,) = parsed(event(description={"en": text}, venue={"en": text}))
    assert str(found["DESCRIPTION"]) == str(found["LOCATION"]) == text


@given(CLEAN.filter(lambda text: text.strip() != ""), CLEAN)
def test_every_text_comes_back_equal(title: str, body: str) -> None:
    """RFC 5545, 3.3.11, read by icalendar."""
    (found,) = parsed(event(title={"en": title}, description={"en": body}))
    assert str(found["SUMMARY"]) == title
    assert str(found.get("DESCRIPTION", "")) == body


def test_backslashes_are_escaped_before_letters() -> None:
    assert values("SUMMARY", event(title={"en": "C:\\New\\n"})) == [":C:\\\\New\\\\n"]


def test_control_characters_do_not_leave_the_house() -> None:
    assert values("SUMMARY", event(title={"en": "a\x1b[31mb\x00"})) == [":a[31mb"]


def test_a_line_break_cannot_start_a_property() -> None:
    assert values("SUMMARY", event(title={"en": "a\r\nATTENDEE:mailto:x@example.org"})) == [
        ":a\\nATTENDEE:mailto:x@example.org"
    ]
    assert values("ATTENDEE", event(title={"en": "a\r\nATTENDEE:mailto:x@example.org"})) == []


def occurrences(content: bytes, zone: str) -> list[tuple[datetime, datetime]]:
    """Return when a reader shows the one event: by dateutil's reading of the zone and of the rule, in UTC."""
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    theirs = tzical(io.StringIO(content.decode())).get(zone) if b"VTIMEZONE" in content else UTC
    first = found["DTSTART"].dt.replace(tzinfo=theirs)
    lasting = found["DTEND"].dt.replace(tzinfo=theirs).astimezone(UTC) - first.astimezone(UTC)
    shown = rruleset()
    shown.rdate(first)
    if "RRULE" in found:
        shown.rrule(rrulestr(found["RRULE"].to_ical().decode(), dtstart=first))
    for moment in found["RDATE"].dts if "RDATE" in found else ():
        shown.rdate(moment.dt)
    return [(start.astimezone(UTC), start.astimezone(UTC) + lasting) for start in shown]


@given(
    st.dates(date(1975, 1, 1), date(2090, 1, 1)),
    st.integers(0, 40),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Brussels", "Australia/Lord_Howe", "Africa/Cairo"]),
    st.booleans(),
)
def test_every_day_is_read_at_its_hours(first: date, more: int, zone: str, utc: bool) -> None:
    """RFC 5545, 3.8.5.2 and 3.8.5.3: the first day, and those that the rule and the dates add."""
    days = [first + timedelta(days=at) for at in range(more + 1)]
    expected = [
        tuple(datetime.combine(day, hour, clock(zone)).astimezone(UTC) for hour in (time(12), time(13, 30)))
        for day in days
    ]
    assert occurrences(content(event(first, days[-1], **hours(zone, "12:00", "13:30")), utc=utc), zone) == expected


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 400))
def test_whole_days_are_read_from_first_to_last(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    (found,) = parsed(event(first, last))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (first, last + timedelta(days=1))
