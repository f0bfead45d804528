"""A calendar is written while it is read: few questions, few events in hand, whole bytes."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tracemalloc
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from benchmarks.data import Size, make_book
from icalendar import Calendar as Parsed

from eventrec import connection
from eventrec.errors import DatabaseUnavailable, Rejected
from eventrec.exports import calendar as module
from eventrec.exports.calendar import Calendar, CalendarWish, calendar
from eventrec.exports.calendar_folders import split
from eventrec.exports.feeds import feeds
from eventrec.views.criteria import ALL, Criteria
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import CountedRun

FEW, SOME, MANY = Size(40, 20, 20, 60), Size(40, 20, 200, 600), Size(40, 20, 2_000, 4_000)
WISHES = [CalendarWish(), CalendarWish(attendees=True), CalendarWish(utc=True, languages="zh")]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Size, str]:
    folder = tmp_path_factory.mktemp("calendars")
    for size in (FEW, SOME, MANY):
        make_book(folder / f"{size.events}.db", size)
    return {size: str(folder / f"{size.events}.db") for size in (FEW, SOME, MANY)}


@pytest.fixture
def reader(books: dict[Size, str]) -> Iterator[Reader]:
    with closing(connection.open_for_reading(books[SOME])) as opened:
        yield Reader(opened)


def _peak(address: str, wish: CalendarWish) -> int:
    """Return the most memory (octets) that Python holds at once while the pieces of a calendar pass."""
    with closing(connection.open_for_reading(address)) as opened:
        found = Calendar(Reader(opened), ALL, wish)
        tracemalloc.start()
        try:
            assert sum(map(len, found.pieces())) > 10_000
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("wish", WISHES[:2], ids=["events", "people"])
def test_ten_times_the_events_take_no_more_memory(books: dict[Size, str], wish: CalendarWish) -> None:
    _peak(books[FEW], wish)  # what is loaded once is loaded now
    few, many = _peak(books[SOME], wish), _peak(books[MANY], wish)
    assert many < few + 6 * 2**20, "one batch of rows, the spool and the texts that are remembered"
    assert many < 10 * 2**20


@pytest.mark.parametrize("words", [(), ("--attendees",), ("--for", "google"), ("--split", "s"), ("--feeds", "f")])
def test_ten_times_the_events_take_no_more_questions(
    books: dict[Size, str], counted: CountedRun, words: tuple[str, ...]
) -> None:
    asked = []
    for address in (books[FEW], books[SOME]):
        found = counted("export", "calendar", *words, address=address)
        assert found.result.code == 0, found.result.err
        asked.append(len(found.counts.statements))
    assert asked[0] == asked[1] < 20


def test_each_event_is_fetched_once(books: dict[Size, str], counted: CountedRun) -> None:
    found = counted("export", "calendar", address=books[MANY])
    assert MANY.events <= found.counts.fetched < MANY.events + 50


def test_an_event_is_given_before_the_last_is_read(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def watched(*words: object) -> Iterator[list[tuple[object, ...]]]:
        for rows in stored(*words):  # type: ignore[arg-type]
            for row in rows:
                read.append(row)
                yield [row]

    stored = reader.stored
    monkeypatch.setattr(reader, "stored", watched)
    next(Calendar(reader, ALL, CalendarWish()).entries())
    assert 0 < len(read) < 10


@pytest.mark.parametrize("wish", WISHES)
def test_icalendar_finds_every_event_in_its_order(reader: Reader, wish: CalendarWish) -> None:
    found = Parsed.from_ical(calendar(reader, ALL, wish)).walk("VEVENT")
    rows = reader.rows("SELECT uid FROM event ORDER BY starts_on, coalesce(start_time, ''), uid")
    assert [str(event["UID"]) for event in found] == [uid for (uid,) in rows]
    assert not [event.errors for event in found if event.errors]


def test_every_zone_that_an_event_names_stands_before_it(reader: Reader) -> None:
    parsed = Parsed.from_ical(calendar(reader))
    named = {event["DTSTART"].params.get("TZID") for event in parsed.walk("VEVENT")} - {None}
    assert named == {str(zone["TZID"]) for zone in parsed.walk("VTIMEZONE")}
    assert named


def test_pieces_are_whole_lines(reader: Reader) -> None:
    pieces = list(Calendar(reader, ALL, CalendarWish()).pieces())
    assert len(pieces) > 2
    assert all(piece.endswith(b"\r\n") and not piece.startswith(b" ") for piece in pieces)


def test_a_calendar_that_waits_on_the_disk_has_the_same_bytes(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory = calendar(reader)
    monkeypatch.setattr("eventrec.spool._HELD", 1000)
    monkeypatch.setattr(module, "_PIECE", 7_000)
    assert calendar(reader) == in_memory


def test_a_disk_that_is_full_is_told(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("eventrec.spool._HELD", 1000)
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(Exception, match=r"The disk is full; .* was not written\."):
        calendar(reader)


def test_the_parts_of_a_calendar_are_its_events_one_by_one(reader: Reader) -> None:
    whole, files = calendar(reader), dict(split(Calendar(reader, ALL, CalendarWish())).files())
    assert len(files) == SOME.events
    for (content,) in files.values():
        event = content[content.index(b"BEGIN:VEVENT") : content.index(b"END:VCALENDAR")]
        assert event in whole


def test_a_feed_is_the_calendar_that_its_criteria_give(reader: Reader) -> None:
    """What is put together of texts written once has the bytes of a calendar of its own."""
    wish = CalendarWish()
    with feeds(reader, Calendar(reader, ALL, wish), wish) as made:
        contents = {name: b"".join(pieces) for name, pieces in made.files()}
    number = reader.rows("SELECT min(project_id) FROM event_project")[0][0]
    name = "\r\nNAME;LANGUAGE=en:"
    alone = calendar(reader, Criteria(project_ids=(number,)))
    found = contents[f"project-{number}.ics"]
    assert found[found.index(b"BEGIN:V", 20) :] == alone[alone.index(b"BEGIN:V", 20) :]
    assert name.encode() in found


def test_all_feeds_are_of_one_state_of_the_book(books: dict[Size, str], tmp_path: Path) -> None:
    path = shutil.copy(books[FEW], tmp_path)
    with closing(connection.open_for_reading(path)) as opened, closing(connection.open_for_writing(path)) as other:
        reader, wish = Reader(opened), CalendarWish()
        with feeds(reader, Calendar(reader, ALL, wish), wish) as made:
            other.execute("UPDATE project SET code = 'RENAMED' WHERE id = 1")
            contents = [b"".join(pieces) for _, pieces in made.files()]
        assert not [content for content in contents if b"RENAMED" in content]
        assert "RENAMED" in [row["code"] for row in reader.projects()]


def _peak_of_feeds(address: str) -> int:
    with closing(connection.open_for_reading(address)) as opened:
        reader = Reader(opened)
        tracemalloc.start()
        try:
            with feeds(reader, Calendar(reader, ALL, CalendarWish()), CalendarWish()) as made:
                assert sum(len(piece) for _, pieces in made.files() for piece in pieces) > 100_000
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_feeds_of_ten_times_the_events_take_hardly_more_memory(books: dict[Size, str]) -> None:
    """Each event stands in ten calendars and more; what grows is what is known of an event, not what is written."""
    _peak_of_feeds(books[FEW])
    few, many = _peak_of_feeds(books[FEW]), _peak_of_feeds(books[SOME])
    assert many < few + (SOME.events - FEW.events) * 5_000


def test_the_people_of_a_calendar_are_noted_while_it_passes(reader: Reader) -> None:
    people: set[int] = set()
    b"".join(Calendar(reader, ALL, CalendarWish()).pieces(people))
    assert people == {number for (number,) in reader.rows("SELECT DISTINCT contact_id FROM event")}


def test_a_damaged_text_is_told_and_a_zone_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    make_book(path, Size(20, 10, 20, 40))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE event SET timezone = 'Mars/Olympus', start_time = '09:00', end_time = NULL WHERE id = 7")
    with closing(connection.open_for_reading(str(path))) as opened, pytest.raises(Rejected, match="Event 7 is in the "):
        calendar(Reader(opened))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE event SET timezone = NULL, start_time = NULL, title = ? WHERE id = 7", ('{"en":"A"} and',))
    with closing(connection.open_for_reading(str(path))) as opened, pytest.raises(DatabaseUnavailable, match="damaged"):
        calendar(Reader(opened))


def test_removed_events_stand_among_the_others_by_their_day(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    make_book(path, Size(20, 10, 20, 40))
    said = {
        "sequence": 3, "created_at": "2025-01-01T00:00:00Z", "title": {"en": "Gone"}, "kind": "other", "days": None,
        "start_time": None, "end_time": None, "timezone": None, "venue": None, "address": None, "city": None,
        "country": "CN", "ends_on": "2024-05-06",
    }  # fmt: skip
    moment = "2026-01-01T00:00:00Z"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for number, day in ((901, "2024-05-06"), (902, "2024-05-05")):
            raw.execute(
                "INSERT INTO tombstone (uid, table_name, row_id, row_uid, removed_at, calendar, created_at,"
                " modified_at, version) VALUES (?, 'event', ?, ?, ?, ?, ?, ?, 1)",
                (f"t{number}", number, f"gone-{number}", moment, json.dumps(said | {"starts_on": day}), moment, moment),
            )
    with closing(connection.open_for_reading(str(path))) as opened:
        found = Parsed.from_ical(calendar(Reader(opened))).walk("VEVENT")
    days = [event["DTSTART"].to_ical()[:8] for event in found]
    assert days == sorted(days)
    gone = [event for event in found if str(event["UID"]).startswith("gone")]
    assert [(str(event["UID"]), str(event["STATUS"]), str(event["LOCATION"])) for event in gone] == [
        ("gone-902", "CANCELLED", "China"),
        ("gone-901", "CANCELLED", "China"),
    ]
