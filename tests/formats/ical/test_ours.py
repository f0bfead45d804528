"""What our own calendars say comes back, field by field."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.ical.make import content, event, hours, read

from eventrec.formats.ical.records import Attendee, CalendarEvent, CalendarOptions, Party
from eventrec.formats.ical.texts import location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.formats.ical.incoming import IncomingEvent, IncomingParty

LATIN = (
    st.text("abcdef GHI,;:\"'^%+-éü", min_size=1, max_size=12).map(str.strip).filter(lambda text: text[:1].isalpha())
)
HAN = st.text("研讨会示例机构，、", min_size=1, max_size=8).filter(lambda text: text[0] not in "，、")
NAMES = st.one_of(st.fixed_dictionaries({"en": LATIN}, optional={"zh": HAN}), st.fixed_dictionaries({"zh": HAN}))
EMAILS = st.from_regex(r"[a-z0-9+._'%-]{1,8}@example\.org", fullmatch=True).filter(
    lambda text: not text.startswith(".")
)
PARTIES = st.builds(Party, NAMES, EMAILS)
LINKS = st.from_regex(r"https://example\.org/[a-zé,;&=?%20-]{0,12}", fullmatch=True)
PROSE = st.lists(LATIN, min_size=1, max_size=3).map("\n\n".join)
ATTENDEES = st.lists(
    st.builds(
        Attendee,
        NAMES,
        EMAILS,
        st.sampled_from(["participant", "chair", "donor"]),
        st.sampled_from(["registered", "declined", "invited"]),
        st.booleans(),
    ),
    max_size=3,
)
EVENTS = st.builds(
    event,
    st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    title=NAMES,
    description=st.one_of(st.just({}), st.fixed_dictionaries({"en": PROSE}, optional={"zh": HAN})),
    status=st.sampled_from(["planned", "confirmed", "held", "cancelled", "postponed"]),
    sequence=st.integers(0, 99),
    kind=st.sampled_from(["workshop", "training"]),
    topics=st.lists(LATIN, max_size=2).map(tuple),
    venue=st.one_of(st.none(), NAMES),
    address=st.one_of(st.none(), LATIN),
    country=st.sampled_from([None, {"en": "China"}, {"en": "China", "zh": "中国"}]),
    online_url=st.one_of(st.none(), LINKS),
    source_url=st.one_of(st.none(), LINKS),
    parent_uid=st.sampled_from([None, "2b5d2a0e-0000-4000-8000-000000000000"]),
    organizer=st.one_of(st.none(), PARTIES),
    contact=st.one_of(st.none(), PARTIES),
    attendees=ATTENDEES.map(tuple),
)


def told(party: IncomingParty | None) -> tuple[dict[str, str] | None, str | None] | None:
    return (party.name, party.email) if party else None


def shown(text: Any, languages: str) -> dict[str, str]:
    """Return what a calendar in one language keeps of a text."""
    if languages == "both" or not text:
        return dict(text or {})
    return {languages: text[languages]} if languages in text else {min(text): text[min(text)]}


def check(ours: CalendarEvent, found: IncomingEvent, languages: str = "both") -> None:
    assert (found.uid, found.sequence, found.is_ours, found.removed) == (ours.uid, ours.sequence, True, False)
    assert found.title == shown(ours.title, languages)
    assert (found.description or {}) == shown(ours.description, languages)
    assert (found.created, found.modified) == (ours.created, ours.modified)
    assert (found.starts_on, found.ends_on) == (ours.starts_on, ours.ends_on)
    assert found.categories == (ours.kind, *ours.projects, *ours.topics)
    assert found.location == (location(ours, options(languages)) or None)
    assert (found.status == "CANCELLED") == (ours.status in ("cancelled", "postponed"))
    assert (found.postponed, found.status_reason) == (ours.status == "postponed", ours.status_reason)
    assert (found.online_url, found.parent_uid) == (ours.online_url, ours.parent_uid)
    assert (found.url and quote(found.url, safe="%:/?#[]@!$&'()*+,;=~-._")) == (
        ours.source_url and quote(ours.source_url, safe="%:/?#[]@!$&'()*+,;=~-._")
    )
    for party, incoming in ((ours.organizer, found.organizer), (ours.contact, found.contact_party)):
        assert told(incoming) == ((shown(party.name, languages), party.email) if party else None)
    assert in_any_order((*(told(each) or ()), each.group) for each in found.attendees) == in_any_order(
        (shown(each.name, languages), each.email, each.group) for each in ours.attendees
    )


def in_any_order(people: Iterable[tuple[Any, ...]]) -> list[str]:
    return sorted(json.dumps(person, sort_keys=True) for person in people)


def options(languages: str) -> CalendarOptions:
    return CalendarOptions({"en": "Events"}, languages=languages)


@given(
    EVENTS, st.sampled_from(["both", "en", "zh"]), st.booleans(), st.sampled_from([None, "rain", "rain: again, 下雨"])
)
def test_every_field_comes_back(ours: CalendarEvent, languages: str, utc: bool, reason: str | None) -> None:
    if ours.status in ("cancelled", "postponed"):
        ours = replace(ours, status_reason=reason)
    file = read(content(ours, languages=languages, utc=utc, attendees=True))
    assert (file.problems, file.told) == ([], ())
    (found,) = file.events
    check(ours, found, languages)


@given(
    first=st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    days=st.integers(1, 40),
    zone=st.sampled_from(["Asia/Shanghai", "Asia/Kolkata", "UTC"]),
    start=st.times().map(lambda time: f"{time:%H:%M}"),
    main=st.sampled_from(["en", "zh"]),
)
def test_hours_of_each_day_come_back(first: date, days: int, zone: str, start: str, main: str) -> None:
    ours = event(first, first + timedelta(days=days - 1), **hours(zone, start, None))
    (found,) = read(content(ours, main=main)).events
    assert (found.starts_on, found.ends_on, found.title) == (ours.starts_on, ours.ends_on, ours.title)
    assert (found.start_time, found.end_time, found.timezone, found.series_day) == (start, None, zone, None)


def test_a_place_on_the_map_comes_back_to_the_last_digit() -> None:
    (found,) = read(content(event(latitude=Decimal("39.90"), longitude=Decimal("-0.10")))).events
    assert str(found.geo) == "(Decimal('39.90'), Decimal('-0.10'))"


@pytest.mark.parametrize("languages", ["both", "en", "zh"])
def test_what_is_left_of_a_removed_event_is_known(languages: str) -> None:
    (found,) = read(content(event(status="cancelled", removed=True), languages=languages)).events
    assert (found.status, found.removed, found.postponed) == ("CANCELLED", True, False)


def test_a_link_in_words_stays_as_it_was_written() -> None:
    ours = event(online_url="https://example.org/é?a=%20", description={"en": "Join online: soon"})
    (found,) = read(content(ours)).events
    assert (found.online_url, found.description) == (ours.online_url, ours.description)
