from __future__ import annotations

import pkgutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.ical import make as ours
from tests.formats.ical.check.make import BERLIN, HEAD, calendar, content, entry, event, findings, found, message

from eventrec.formats.ical.check import rules, run
from eventrec.formats.ical.check.run import check
from eventrec.formats.ical.records import Attendee, Party

if TYPE_CHECKING:
    from eventrec.formats.ical.records import CalendarEvent

NAMES = st.text(min_size=1, max_size=12)
LINES = st.one_of(
    st.sampled_from(
        [
            *BERLIN, *HEAD, *entry(), "END:VCALENDAR", "BEGIN:VTODO", "END:VTODO", "BEGIN:VALARM", "END:VALARM",
            "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "RDATE;VALUE=PERIOD:20240101T000000Z/P1D", "TRIGGER:-P1D",
            "DTSTART;TZID=Europe/Berlin:00010101T000000", "DTEND;TZID=Europe/Berlin:99991231T235959",
            "DURATION:P999999999D", "EXDATE;VALUE=DATE:20240229", "RECURRENCE-ID:20240101T000000Z", "METHOD:REPLY",
            "TZOFFSETTO:+2359", "TZOFFSETFROM:-2359", "DTSTART:00010101T000000", "DTSTART:99991231T235960",
        ]
    ),
    st.builds("{}:{}".format, NAMES, NAMES),
    st.builds("DTSTART;TZID={}:{}".format, NAMES, NAMES),
    st.builds("RRULE:{}={};{}".format, st.sampled_from(["FREQ", "UNTIL", "BYDAY", "COUNT"]), NAMES, NAMES),
    st.builds("GEO:{};{}".format, st.floats(), st.floats()),
    st.text(max_size=40),
)  # fmt: skip


# Components


def test_a_file_without_a_calendar_is_broken() -> None:
    assert found(content("Hello")) == found(content("A:B")) == found(b"\x89PNG\r\n\x1a\n") == [(1, "no-calendar")]
    assert found(content("BEGIN:X", "END:X")) == [(1, "outside-calendar"), (1, "component-unknown"), (1, "no-calendar")]


def test_a_web_page_in_place_of_a_calendar_is_called_one() -> None:
    page = content("<!DOCTYPE html>", "<html><body>Sign in</body></html>")
    assert message(page, "no-calendar") == "The file is a web page, no calendar."


def test_an_event_without_a_calendar_is_broken_and_looked_at() -> None:
    assert found(content(*entry("GEO:x"))) == [(1, "outside-calendar"), (1, "no-calendar"), (5, "geo")]


def test_a_contact_card_is_no_calendar() -> None:
    octets = content("BEGIN:VCARD", "VERSION:4.0", "FN:Jane Doe", "END:VCARD")
    assert {"outside-calendar", "no-calendar"} <= {rule for _, rule in found(octets)}


def test_text_after_the_calendar_is_broken() -> None:
    assert found(event() + content("SUMMARY:late")) == [(10, "outside-calendar")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (entry()[:-1], [(4, "component-not-ended")]),
        ((*entry()[:-1], *entry(uid="2")), [(4, "component-not-ended")]),
        ((*entry(), "END:VEVENT"), [(9, "end-of-nothing")]),
        (("BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-P1D", "END:VALARM"), [(4, "component-misplaced")]),
        ((*entry()[:-1], *BERLIN, "END:VEVENT"), [(8, "component-misplaced")]),
    ],
)
def test_components_begin_and_end_in_their_place(body: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    assert found(calendar(*body)) == expected


def test_a_calendar_that_does_not_end_is_broken_and_read() -> None:
    assert found(content(*HEAD, *entry("GEO:x"))) == [(1, "component-not-ended"), (8, "geo")]


def test_a_calendar_within_a_calendar_ends_the_first() -> None:
    octets = content(*HEAD, *entry()) + calendar(*entry("GEO:x"))
    assert [each for each in found(octets) if each[1] != "calendars-several"] == [
        (1, "component-not-ended"),
        (16, "geo"),
    ]


def test_names_of_components_are_read_in_any_case() -> None:
    lower = content(
        "begin:vcalendar", "version:2.0", "prodid:x", "Begin:vEvent", *entry()[1:-1], "end:VEVENT", "end:vcalendar"
    )
    assert found(lower) == []


@pytest.mark.parametrize("line", ["BEGIN:VEVENT ", "BEGIN; X=1:VEVENT", "BEGIN;X-A=1:VEVENT"])
def test_a_component_begins_with_its_name_and_nothing_else(line: str) -> None:
    assert (4, "component-name") in found(calendar(line, *entry()[1:]))


def test_components_deep_in_each_other_are_not_followed() -> None:
    octets = calendar(*["BEGIN:X-A"] * 1_000, *["END:X-A"] * 1_000, *entry("GEO:x"))
    assert [each for each in found(octets) if each[1] == "nesting"] == [(53, "nesting")]
    assert (2_008, "geo") in found(octets)


def test_a_component_of_very_many_lines_is_compared_in_part() -> None:
    octets = event(*["COMMENT:x"] * 60_000, "GEO:x")
    assert found(octets) == [(4, "component-size"), (60_008, "geo")]


def test_too_many_findings_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_MOST", 1_000)
    found_ = check(b"BEGIN:X\r\n" + b"\xff:\r\n" * 6_000)
    assert 1_000 < found_.broken < 1_010
    assert found_.findings[-1].rule.name == "findings"
    assert found_.findings[-1].message == "After more than 1,000 findings the rest of the file was not read."


def test_events_are_counted() -> None:
    assert check(calendar(*entry(), *entry(uid="2"), *entry(kind="VTODO"))).events == 2


# Rules


def test_every_module_of_rules_is_loaded() -> None:
    assert {each.name for each in pkgutil.iter_modules(rules.__path__)} == set(rules._MODULES)


def test_every_broken_rule_has_a_paragraph_or_a_client() -> None:
    nameless = {"line-size", "component-size", "findings"}
    octets = event("GEO:x", "SUMMARY:a, b", start="DTSTART:20241017T090000").replace(b"\r\n", b"\n")
    assert all(each.rule.reference or each.rule.client for each in findings(octets) if each.rule.name not in nameless)


# What we write ourselves


def rich() -> list[CalendarEvent]:
    everything: dict[str, Any] = {
        "kind": "training",
        "projects": ("MMSP-III", "a,b;c"),
        "topics": ("x\\y",),
        "title": {
            "en": "Workshop, \u202b\u05e9\u05dc\u05d5\u05dd\u202c; e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467"
            " \U00020000 \ufb01",
            "zh": "研讨会",
        },
        "description": {"en": "Line, one\nLine; two\\ " + "word " * 2_000, "zh": "研讨" * 5_000},
        "venue": {"en": "Example Hall", "zh": "示例厅"},
        "address": "1 Example Road; 2nd floor",
        "city": {"en": "Beijing", "zh": "北京"},
        "country": {"en": "China"},
        "latitude": Decimal("39.9"),
        "longitude": Decimal("-116.4"),
        "online_url": "https://example.org/join?a=b c",
        "source_url": "https://example.org/研讨会",
        "organizer": Party({"en": 'Example Agency: "EA"', "zh": "示例"}, "office@example.org"),
        "contact": Party({"en": "Jane Doe"}, "jane@example.org"),
        "attendees": (
            Attendee({"en": "Example; Agency", "zh": "机构"}, "a@example.org", "participant", "registered", group=True),
            Attendee({"en": "Jane ^ Doe"}, "jane@example.org", "chair", "attended"),
        ),
    }
    return [
        ours.event(**everything),
        ours.event(date(2024, 3, 30), date(2024, 4, 2), status="cancelled", status_reason="Rain", kind="visit"),
        ours.event(parent_uid=str(ours.event(**everything).uid), kind="site-visit", **ours.hours()),
        ours.event(last=date(2024, 10, 20), days=2, kind="meeting", **ours.hours()),
        ours.event(removed=True, kind="other"),
        *(
            ours.event(day, kind=zone, **ours.hours(zone))
            for zone in ZONES
            for day in (date(2024, 1, 15), date(2024, 7, 15))
        ),
    ]


ZONES = ("Asia/Shanghai", "Europe/Brussels", "America/New_York", "Pacific/Apia", "Australia/Sydney", "Asia/Kathmandu")
OPTIONS: list[dict[str, Any]] = [{}, {"attendees": True}, {"languages": "zh"}, {"utc": True}, {"main": "zh"}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_nothing_is_found_in_what_we_write(options: dict[str, Any]) -> None:
    assert found(ours.content(*rich(), **options)) == []


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_nothing_is_found_in_a_single_event_that_we_write(options: dict[str, Any]) -> None:
    assert [found(ours.content(each, **options)) for each in rich()] == [[]] * len(rich())


def test_nothing_is_wrong_with_days_around_a_change_of_the_clocks() -> None:
    several = ours.event(date(2024, 3, 30), date(2024, 4, 1), **ours.hours("Europe/Brussels"))
    assert found(ours.content(several)) == []
    twice = ours.event(date(2024, 10, 27), **ours.hours("Europe/Brussels", "02:30", "03:00"))
    assert found(ours.content(twice)) == []


def test_a_zone_without_a_yearly_rule_is_a_note_about_outlook() -> None:
    octets = ours.content(ours.event(**ours.hours("Africa/Casablanca")))
    assert {(each.rule.name, each.rule.severity.value) for each in findings(octets)} <= {("zone-by-dates", "note")}


@given(
    title=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200),
    first=st.dates(date(1970, 1, 1), date(2100, 1, 1)),
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 22),
    length=st.integers(1, 9),
)
def test_no_event_that_we_write_breaks_a_rule(title: str, first: date, zone: str, hour: int, length: int) -> None:
    times = ours.hours(zone, f"{hour:02}:15", f"{hour + 1:02}:00")
    last = date.fromordinal(first.toordinal() + length - 1)
    found_ = check(ours.content(ours.event(first, last, title={"en": title}, description={"zh": title}, **times)))
    assert (found_.broken, found_.warnings) == (0, 0), [each.message for each in found_.findings]


# What anybody writes


@given(st.lists(LINES, max_size=40), st.sampled_from(["\r\n", "\n", "\r"]))
def test_no_lines_whatever_are_an_error(lines: list[str], end: str) -> None:
    check(end.join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=400))
def test_no_octets_whatever_are_an_error(octets: bytes) -> None:
    check(octets)
    check(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + octets)
