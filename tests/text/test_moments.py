from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from eventrec.errors import Rejected, UsageError
from eventrec.text.moments import AsOf, read_as_of, say_here

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2025, 6, 2, 9, 30, tzinfo=SHANGHAI)


def read(text: str) -> AsOf:
    return read_as_of(text, NOW, lambda naive: naive.replace(tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("text", "moment", "day"),
    [
        ("2024-12-31", "2024-12-31T15:59:59Z", date(2024, 12, 31)),
        ("31 Dec 2024", "2024-12-31T15:59:59Z", date(2024, 12, 31)),
        ("2024年12月31日", "2024-12-31T15:59:59Z", date(2024, 12, 31)),
        ("2024", "2024-12-31T15:59:59Z", date(2024, 12, 31)),
        ("2024-02", "2024-02-29T15:59:59Z", date(2024, 2, 29)),
        ("2025-Q1", "2025-03-31T15:59:59Z", date(2025, 3, 31)),
        ("yesterday", "2025-06-01T15:59:59Z", date(2025, 6, 1)),
        ("today", "2025-06-02T01:30:00Z", date(2025, 6, 2)),
        ("2025-06-02", "2025-06-02T01:30:00Z", date(2025, 6, 2)),
        ("2025-03-01T12:00", "2025-03-01T04:00:00Z", date(2025, 3, 1)),
        ("2025-03-01 12:00:07", "2025-03-01T04:00:07Z", date(2025, 3, 1)),
        ("2025-03-01T12:00Z", "2025-03-01T12:00:00Z", date(2025, 3, 1)),
        ("2025-03-01T12:00-05:00", "2025-03-01T17:00:00Z", date(2025, 3, 1)),
    ],
)
def test_a_day_is_its_end_here_and_a_moment_itself(text: str, moment: str, day: date) -> None:
    found = read(text)
    assert (found.moment, found.day) == (moment, day)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-12-31", "As of Tuesday 31 December 2024, 24:00 (UTC+08:00), from the history."),
        ("2025-03-01T12:00", "As of Saturday 1 March 2025, 12:00 (UTC+08:00), from the history."),
        ("2025-03-01T12:00:07Z", "As of Saturday 1 March 2025, 12:00:07 (UTC), from the history."),
    ],
)
def test_the_moment_is_said_with_its_offset(text: str, said: str) -> None:
    assert read(text).sentence == said


@pytest.mark.parametrize(
    "text", ["tomorrow", "2025-06-03", "2025", "2025-06-02T09:31", "2200-01-01", "2025-06-02T01:31Z"]
)
def test_what_is_still_to_come_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is still to come"):
        read(text)


@pytest.mark.parametrize(
    "text", ["2025-03-01T25:00", "2025-02-30T12:00", "06/02/2025", "once", "", "2025-03-01T12:00+99:99"]
)
def test_what_is_no_day_and_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        read(text)


def test_the_end_of_a_day_is_that_of_its_own_season() -> None:
    def brussels(naive: datetime) -> datetime:
        return naive.replace(tzinfo=timezone(timedelta(hours=2 if 3 < naive.month < 11 else 1)))

    now = datetime(2025, 7, 1, tzinfo=UTC)
    assert [read_as_of(text, now, brussels).moment for text in ("2024-12-31", "2024-06-30")] == [
        "2024-12-31T22:59:59Z",
        "2024-06-30T21:59:59Z",
    ]


def test_a_moment_to_come_is_named_with_the_time_that_it_is() -> None:
    later = f"{NOW:%Y-%m-%d}T{NOW.hour:02}:{NOW.minute + 1:02}"
    with pytest.raises(UsageError, match=rf", {later[11:]} \(UTC\+08:00\), is still to come; it is "):
        read(later)


def test_a_moment_is_said_as_the_clock_here_shows_it() -> None:
    def here(moment: datetime) -> datetime:
        return moment.astimezone(SHANGHAI)

    assert say_here("2026-01-02T03:04:05Z", here) == "2026-01-02 11:04 +08:00"
    assert say_here("rubbish", here) == "rubbish"
