from __future__ import annotations

from tests.formats.ical.check.make import calendar, entry, event, found, message

SERIES = entry("RRULE:FREQ=DAILY;COUNT=5")


def test_the_same_uid_twice_is_told() -> None:
    octets = calendar(*entry(), *entry())
    assert found(octets) == [(10, "uid-twice")]
    assert "is that of line 4 too" in message(octets, "uid-twice")


def test_a_uid_is_of_one_kind_and_one_calendar() -> None:
    assert found(calendar(*entry(), *entry(uid="2"), *entry(kind="VTODO"))) == []
    assert "uid-twice" not in {rule for _, rule in found(calendar(*entry()) + calendar(*entry()))}


def test_single_days_of_a_series_have_its_uid() -> None:
    days = [entry(f"RECURRENCE-ID:2024101{day}T010000Z") for day in (7, 8)]
    assert found(calendar(*SERIES, *days[0], *days[1])) == []
    assert found(calendar(*SERIES, *days[0], *days[0])) == [(17, "uid-twice")]


def test_a_day_of_a_series_is_named_by_its_type() -> None:
    day = entry("RECURRENCE-ID;VALUE=DATE:20241018")
    assert found(calendar(*SERIES, *day)) == [(14, "recurrence-id-type")]
    assert found(calendar(*day, *SERIES)) == [(8, "recurrence-id-type")]
    assert found(calendar(*day)) == []


def test_an_entry_is_not_related_to_itself() -> None:
    assert found(event("RELATED-TO:1@example.org")) == [(8, "related-to-itself")]
    assert found(event("RELATED-TO:2@example.org")) == []
