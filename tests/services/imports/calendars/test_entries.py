from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import pytest
from tests.formats.ical.make import read as read_calendar
from tests.services import make
from tests.services.imports.calendars.incoming import (
    CREATED,
    DAY,
    LATER,
    MODIFIED,
    UID,
    VISIT_UID,
    bring,
    entry,
    party,
    said,
)  # fmt: skip

from eventrec.exports.calendar import calendar
from eventrec.formats.ical.incoming import Window
from eventrec.services import event, planning, setting, undo
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from eventrec.book import Book
    from eventrec.services.imports.outcome import Outcome


def test_a_new_event_brings_its_uid_moments_and_sequence(book: Book) -> None:
    assert bring(book, entry(uid=UID.upper(), sequence=7)).new == 1
    row = book.reader.event(1)
    assert (row["uid"], row["source_uid"]) == (UID, UID.upper())
    assert (row["created_at"], row["modified_at"], row["dtstamp"]) == (CREATED, MODIFIED, MODIFIED)
    assert row["sequence"] == 7


def test_a_foreign_uid_is_kept_beside_ours(book: Book) -> None:
    bring(book, entry(uid="1@host"))
    row = book.reader.event(1)
    assert (row["uid"], row["source_uid"]) == (str(uuid5(NAMESPACE_URL, "urn:uid:1@host")), "1@host")


def test_a_moment_to_come_is_not_believed(book: Book) -> None:
    bring(book, entry(modified="2099-01-01T00:00:00Z", created="2098-01-01T00:00:00Z"))
    row = book.reader.event(1)
    assert (row["created_at"], row["modified_at"]) == ("2026-01-02T03:04:05Z",) * 2


def test_the_history_has_the_moment_of_the_import(book: Book) -> None:
    bring(book, entry())
    assert [row["moment"] for row in book.reader.history()] == ["2026-01-02T03:04:05Z"]


def test_days_of_a_series_share_their_source(book: Book) -> None:
    days = [entry(uid="weekly@host", series_day=day.isoformat(), starts_on=day) for day in (DAY, date(2024, 10, 24))]
    assert bring(book, *days).new == 2
    rows = list(book.reader.events())
    assert {row["source_uid"] for row in rows} == {"weekly@host"}
    assert len({row["uid"] for row in rows}) == 2
    assert bring(book, *days).same == 2


def test_an_event_that_became_a_series_is_its_first_day(book: Book) -> None:
    bring(book, entry(uid="weekly@host"))
    days = [
        entry(uid="weekly@host", series_day=day.isoformat(), starts_on=day, modified=LATER)
        for day in (DAY, date(2024, 10, 24))
    ]
    outcome = bring(book, *days)
    assert (outcome.new, outcome.same) == (1, 1)


def test_the_same_file_again_changes_nothing(book: Book) -> None:
    file = (
        entry("Workshop", uid=UID, is_ours=True, categories=("workshop", "XYZ", "returns"), location="Hall, Beijing"),
        entry("Visit", uid=VISIT_UID, is_ours=True, parent_uid=UID, categories=("site-visit",), line=9),
        entry("Meeting", uid="2@host", organizer=party("Jane", "jane@example.org"), line=20),
    )
    assert bring(book, *file).new == 3
    outcome = bring(book, *file)
    assert (outcome.same, outcome.saved, outcome.told) == (3, 0, [])
    assert len(book.reader.history()) == 1


def test_a_check_tells_the_same_and_saves_nothing(book: Book) -> None:
    outcome = bring(book, entry(uid=UID), keep=False)
    assert (outcome.new, len(book.reader.events())) == (1, 0)


def test_of_two_states_in_one_file_the_newer_is_taken(book: Book) -> None:
    outcome = bring(
        book,
        entry("Newest", sequence=1, line=2),
        entry("Old", line=9),
        entry("Later, but an older sequence", modified=LATER, line=20),
    )
    assert [row["title"]["en"] for row in book.reader.events()] == ["Newest"]
    assert (outcome.rows, [each.action for each in outcome.results]) == (1, ["left out", "left out", "new"])
    assert outcome.told == ["2 entries stand in the file more than once; of each the newest state was taken."]


def test_a_visit_finds_its_event_wherever_it_stands_in_the_file(book: Book) -> None:
    visit = entry("Port", uid=VISIT_UID, parent_uid=UID.upper(), categories=("site-visit",), is_ours=True, line=2)
    assert bring(book, visit, entry(uid=UID, line=9, is_ours=True)).new == 2
    rows = {row["title"]["en"]: row for row in book.reader.events()}
    assert (rows["Port"]["kind"], rows["Port"]["parent_uid"]) == ("site-visit", UID)


def test_a_visit_finds_its_event_in_the_book(book: Book) -> None:
    bring(book, entry(uid=UID))
    bring(book, entry("Port", uid=VISIT_UID, parent_uid=UID, categories=("site-visit",)))
    assert book.reader.event(2)["parent"] == 1


def test_a_visit_of_an_unknown_event_is_told(book: Book) -> None:
    outcome = bring(book, entry("Port", uid=VISIT_UID, parent_uid=UID, categories=("site-visit",)))
    row = book.reader.event(1)
    assert (row["kind"], row["parent"]) == ("other", None)
    assert "neither in the file nor in the book" in outcome.told[0]


def test_what_belongs_to_an_event_in_another_calendar_is_no_visit(book: Book) -> None:
    outcome = bring(book, entry(uid=UID), entry("Dinner", uid=VISIT_UID, parent_uid=UID, line=9))
    assert [row["parent"] for row in book.reader.events()] == [None, None]
    assert outcome.told == []


def test_categories_are_kind_projects_and_topics(book: Book) -> None:
    with book.writing("a test") as work:
        make.project(work.session)
    bring(book, entry(uid=UID, is_ours=True, categories=("workshop", "MMSP-III", "OTHER-1", "training")))
    row = book.reader.event(1)
    assert (row["kind"], row["projects"], row["topics"]) == ("workshop", ["MMSP-III"], ["OTHER-1", "training"])
    bring(book, entry(uid="2@host", categories=("Red", "training", "MMSP-III")))
    row = book.reader.event(2)
    assert (row["kind"], row["projects"], row["topics"]) == ("training", ["MMSP-III"], ["Red"])


def test_coordinates_come_along(book: Book) -> None:
    bring(book, entry(geo=(Decimal("39.90420012345"), Decimal("116.4"))))
    row = book.reader.event(1)
    assert (row["latitude"], row["longitude"]) == (Decimal("39.9042"), Decimal("116.4"))


def test_our_own_place_is_taken_apart_only_where_it_is_certain(book: Book) -> None:
    for number, place in enumerate(
        ("Great Hall, 1 Road, Beijing / 北京, China / 中国", "Hall, Nowhere, France", "Beijing, China", "Hall"), 1
    ):
        bring(book, entry(uid=f"{number}@host", is_ours=True, location=place))
    rows = [book.reader.event(number) for number in (1, 2, 3, 4)]
    assert [row["venue"] for row in rows] == [{"en": "Great Hall"}, None, None, None]
    assert [row["address"] for row in rows] == ["1 Road", "Hall, Nowhere, France", None, "Hall"]
    assert [row["city"] for row in rows] == [{"en": "Beijing", "zh": "北京"}, None, {"en": "Beijing"}, None]
    assert [row["country"] for row in rows] == ["CN", None, "CN", None]


def test_the_place_of_another_calendar_is_an_address(book: Book) -> None:
    bring(book, entry(location="Hall, Beijing, China"))
    row = book.reader.event(1)
    assert (row["address"], row["city"]) == ("Hall, Beijing, China", None)


def test_what_is_called_off_comes_with_its_reason(book: Book) -> None:
    bring(
        book,
        entry(uid="1@host", status="CANCELLED", status_reason="Venue closed", is_ours=True),
        entry(uid="2@host", status="CANCELLED", postponed=True, is_ours=True, line=9),
        entry(uid="3@host", status="CANCELLED", line=20),
        entry(uid="4@host", status="TENTATIVE", line=30),
        entry(uid="5@host", status=None, line=40),
    )
    rows = [book.reader.event(number) for number in range(1, 6)]
    assert [row["status"] for row in rows] == ["cancelled", "postponed", "cancelled", "tentative", "confirmed"]
    assert rows[0]["status_reason"] == "Venue closed"


def test_online_alone_is_online(book: Book) -> None:
    bring(
        book,
        entry(uid="1@host", online_url="https://example.org/1"),
        entry(uid="2@host", online_url="https://example.org/1", location="Hall", line=9),
    )
    assert [book.reader.event(number)["modality"] for number in (1, 2)] == ["online", "in-person"]


@pytest.mark.parametrize(
    ("location", "modality"),
    [
        ("Microsoft Teams Meeting", "online"),
        ("MICROSOFT TEAMS-BESPRECHUNG", "online"),
        ("Zoom Meeting", "online"),
        ("Google Meet", "online"),
        ("online", "online"),
        ("Online (Zoom)", "online"),
        ("Zoom: https://example.org/j/2", "online"),
        ("在线", "online"),
        ("线上会议", "online"),
        ("腾讯会议", "online"),
        ("线上（腾讯会议）", "online"),
        ("Microsoft Teams Meeting; Room 5", "in-person"),
        ("Zoom Hotel", "in-person"),
        ("北京饭店 / 线上", "in-person"),
        ("Online Street 5", "in-person"),
        ("online " * 40, "in-person"),
    ],
)
def test_a_place_that_only_says_online_is_none(book: Book, location: str, modality: str) -> None:
    bring(book, entry(online_url="https://example.org/1", location=location), entry(uid="2@host", location="Online"))
    assert [book.reader.event(number)["modality"] for number in (1, 2)] == [modality, "in-person"]


def test_a_later_state_is_taken_and_an_older_one_is_told(book: Book) -> None:
    bring(book, entry("Workshop", "研讨会", sequence=3))
    older = bring(book, entry("Earlier title", sequence=2, modified=LATER))
    assert said(older) == [("same", "Workshop / 研讨会 (event 1); the book has a later state")]
    assert "later state" in older.told[0]
    outcome = bring(book, entry("Later title", sequence=3, modified=LATER))
    assert said(outcome) == [("updated", "Workshop / 研讨会 (event 1); kept: title in zh “研讨会”")]
    assert book.reader.event(1)["title"] == {"en": "Later title", "zh": "研讨会"}


def test_update_takes_the_word_of_an_older_state(book: Book) -> None:
    bring(book, entry(sequence=3))
    assert bring(book, entry("Earlier title", sequence=2), mode="update").updated == 1
    row = book.reader.event(1)
    assert (row["title"]["en"], row["sequence"]) == ("Earlier title", 3)


def test_add_changes_nothing_that_is_known(book: Book) -> None:
    bring(book, entry())
    assert bring(book, entry("Later", sequence=9, modified=LATER), mode="add").same == 1
    assert book.reader.event(1)["title"]["en"] == "Workshop"


def test_the_sequence_never_shrinks_and_grows_once(book: Book) -> None:
    bring(book, entry(sequence=1))
    bring(book, entry(sequence=2, starts_on=date(2024, 10, 18)))
    assert book.reader.event(1)["sequence"] == 2
    bring(book, entry(sequence=9, starts_on=date(2024, 10, 19)))
    assert book.reader.event(1)["sequence"] == 9
    bring(book, entry(sequence=9, starts_on=date(2024, 10, 20), modified="2026-01-02T03:04:06Z"))
    assert book.reader.event(1)["sequence"] == 10


def test_a_calendar_that_does_not_count_is_followed_by_its_moments(book: Book) -> None:
    bring(book, entry())
    for day, moment in ((18, "2026-02-01T00:00:00Z"), (19, "2026-02-02T00:00:00Z")):
        assert bring(book, entry(starts_on=date(2024, 10, day), modified=moment)).updated == 1
    assert bring(book, entry(starts_on=date(2024, 10, 18), modified=LATER)).same == 1
    row = book.reader.event(1)
    assert (row["starts_on"], row["sequence"]) == ("2024-10-19", 2)


def test_a_sequence_of_its_own_is_taken_over(book: Book) -> None:
    bring(book, entry())
    assert bring(book, entry(sequence=4)).updated == 1
    assert bring(book, entry(sequence=4)).same == 1
    assert book.reader.event(1)["sequence"] == 4


def test_hours_that_are_gone_are_gone(book: Book) -> None:
    bring(book, entry(start_time="09:00", end_time="17:00", timezone="Asia/Shanghai"))
    bring(book, entry(modified=LATER))
    assert book.reader.event(1)["start_time"] is None


def test_the_same_hours_in_another_zone_are_no_change(book: Book) -> None:
    bring(book, entry(start_time="09:00", end_time="17:00", timezone="Asia/Shanghai"))
    outcome = bring(book, entry(start_time="01:00", end_time="09:00", timezone="UTC", modified=LATER))
    assert (outcome.same, book.reader.event(1)["start_time"]) == (1, "09:00")


def test_days_that_a_calendar_cannot_show_are_kept(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(
            work.session, ends_on=date(2024, 10, 19), days=2, start_time="09:00", timezone="Asia/Shanghai", uid=UID
        )
    outcome = bring(book, entry(uid=UID, ends_on=date(2024, 10, 19), sequence=1))
    row = book.reader.event(1)
    assert (outcome.updated, row["start_time"], row["days"], row["sequence"]) == (1, "09:00", 2, 1)


def test_what_a_calendar_does_not_say_any_more_is_kept_and_told(book: Book) -> None:
    from eventrec.localized import Localized

    bring(book, entry(description=Localized({"en": "About returns."}), location="Hall"))
    outcome = bring(book, entry("Later", modified=LATER))
    assert "kept: description (the calendar has none); place (the calendar has none)" in said(outcome)[0][1]
    assert book.reader.event(1)["description"] == {"en": "About returns."}


def test_held_stays_held(book: Book) -> None:
    bring(book, entry())
    with book.writing("held") as work:
        event.edit(work.session, 1, {"status": "held"})
    outcome = bring(book, entry(status="CANCELLED", sequence=5))
    assert "kept: status held (the calendar says cancelled)" in said(outcome)[0][1]
    assert book.reader.event(1)["status"] == "held"


def test_a_cancellation_takes_only_the_visits_that_it_names(book: Book) -> None:
    bring(book, entry(uid=UID))
    with book.writing("a test") as work:
        make.event(work.session, "Port", parent_id=1)
    outcome = bring(book, entry(uid=UID, status="CANCELLED", sequence=1))
    assert [book.reader.event(number)["status"] for number in (1, 2)] == ["cancelled", "confirmed"]
    assert outcome.told == [
        "Visits of called-off events that stay as they are: event 2 (of event 1). eventrec visit list"
    ]


def test_visits_of_our_own_move_along_and_those_of_the_file_as_it_says(book: Book) -> None:
    bring(book, entry(uid=UID), entry("Port", uid=VISIT_UID, parent_uid=UID, categories=("site-visit",), line=9))
    bring(
        book,
        entry(uid=UID, sequence=1, starts_on=date(2024, 10, 18)),
        entry("Port", uid=VISIT_UID, parent_uid=UID, categories=("site-visit",), line=9, sequence=1),
    )
    assert [book.reader.event(number)["starts_on"] for number in (1, 2)] == ["2024-10-18", "2024-10-17"]
    bring(book, entry(uid=UID, sequence=2, starts_on=date(2024, 10, 19)))
    assert [book.reader.event(number)["starts_on"] for number in (1, 2)] == ["2024-10-19", "2024-10-18"]


def test_days_that_a_series_has_lost_are_cancelled(book: Book) -> None:
    days = [date(2024, 10, day) for day in (3, 10, 17, 24)]
    bring(book, *(entry(uid="w@host", series_day=day.isoformat(), starts_on=day) for day in days))
    fewer = [
        entry(uid="w@host", series_day=day.isoformat(), of_whole_series=True, starts_on=day, modified=LATER)
        for day in (days[0], days[2])
    ]
    outcome = bring(book, *fewer)
    rows = sorted(book.reader.events(), key=lambda row: str(row["starts_on"]))
    assert [row["status"] for row in rows] == ["confirmed", "cancelled", "confirmed", "confirmed"]
    assert rows[1]["status_reason"] == "No longer in the calendar that it came from."
    assert (outcome.updated, outcome.same) == (1, 2)
    assert "Days that the series does not have any more, now cancelled: event 2." in outcome.told
    assert bring(book, *fewer).updated == 0


def test_what_was_removed_here_stays_removed(book: Book) -> None:
    bring(book, entry(uid=UID))
    with book.writing("remove") as work:
        planning.remove(work.session, 1)
    outcome = bring(book, entry(uid=UID))
    assert (outcome.same, len(book.reader.events())) == (1, 0)
    assert outcome.told == ["Removed from the book, and left out: Workshop. Take them in again: --mode update."]


def test_a_later_state_brings_back_what_was_removed_under_its_number(book: Book) -> None:
    bring(book, entry(uid=UID))
    with book.writing("remove") as work:
        planning.remove(work.session, 1)
    assert bring(book, entry(uid=UID, sequence=5)).new == 1
    row = book.reader.event(1)
    assert (row["uid"], row["sequence"], row["modified_at"]) == (UID, 5, "2026-01-02T03:04:05Z")
    assert len(list(book.reader.removed_events())) == 0


def test_update_brings_back_what_was_removed_with_a_sequence_above_its_cancellation(book: Book) -> None:
    bring(book, entry(uid=UID))
    with book.writing("remove") as work:
        planning.remove(work.session, 1)
    assert bring(book, entry(uid=UID), mode="update").new == 1
    assert book.reader.event(1)["sequence"] == 2


def test_an_undo_takes_all_of_it_back_and_the_file_may_come_again(book: Book) -> None:
    file = (
        entry(uid=UID, is_ours=True, contact="Jane, jane@example.org", contact_party=party("Jane", "jane@example.org")),
        entry("Gone", uid=VISIT_UID, is_ours=True, removed=True, status="CANCELLED", sequence=2, line=9),
    )
    bring(book, *file)
    assert len(list(book.reader.removed_events())) == 1
    with book.writing("undo") as work:
        undo.undo(work.session)
    assert len(book.reader.events()) == len(book.reader.contacts()) == 0
    assert [row["uid"] for row in book.reader.removed_events()] == [UID]
    assert bring(book, *file).new == 2
    assert [row["uid"] for row in book.reader.removed_events()] == [VISIT_UID]
    with book.writing("undo") as work:
        undo.undo(work.session)
    assert len(book.reader.events()) == 0


def test_what_was_removed_elsewhere_goes_out_again_as_it_came(book: Book) -> None:
    gone = entry("Gone", "取消的活动", uid=UID, is_ours=True, removed=True, status="CANCELLED", sequence=3,
                 categories=("training",), location="Hall, Beijing, China")  # fmt: skip
    assert bring(book, gone).new == 1
    text = calendar(book.reader).decode()
    assert f"UID:{UID}" in text
    assert "SEQUENCE:3" in text
    assert "STATUS:CANCELLED" in text
    assert "LOCATION:Hall\\, Beijing\\, China" in text
    assert "DTSTAMP:20240506T070809Z" in text
    assert bring(book, gone).same == 1
    with book.writing("a test") as work:
        assert make.event(work.session).id == 2


def test_a_later_cancellation_of_what_was_removed_elsewhere_has_a_later_moment(book: Book) -> None:
    fields = {"uid": UID, "is_ours": True, "removed": True, "status": "CANCELLED"}
    bring(book, entry("Gone", sequence=3, **fields))
    assert bring(book, entry("Gone", sequence=4, modified=LATER, **fields)).updated == 1
    assert "DTSTAMP:20250101T000000Z" in calendar(book.reader).decode()
    assert bring(book, entry("Gone", sequence=5, modified=LATER, **fields)).updated == 1
    text = calendar(book.reader).decode()
    assert "SEQUENCE:5" in text
    assert "DTSTAMP:20260102T030405Z" in text


def test_a_known_event_that_was_removed_elsewhere_is_cancelled(book: Book) -> None:
    bring(book, entry(uid=UID, is_ours=True))
    outcome = bring(book, entry(uid=UID, is_ours=True, removed=True, status="CANCELLED", sequence=1))
    assert book.reader.event(1)["status"] == "cancelled"
    assert outcome.told[0].startswith("Removed where the calendar was written, here cancelled: event 1.")


def test_a_bad_entry_leaves_nothing_behind_and_is_named_by_its_line(book: Book) -> None:
    bad = entry(
        "Gap", uid="2@host", line=9, start_time="02:30", timezone="Europe/Brussels", starts_on=date(2024, 3, 31),
        is_ours=True, contact_party=party("Jane", "jane@example.org"), contact="Jane",
    )  # fmt: skip
    good = entry(uid="3@host", line=20, is_ours=True, contact_party=party("Jane", "jane@example.org"), contact="Jane")
    outcome = bring(book, bad, good)
    assert [(each.row, "clocks go forward" in each.message) for each in outcome.problems] == [(9, True)]
    assert [row["contact"] for row in book.reader.events()] == [{"en": "Jane"}]
    assert len(book.reader.contacts()) == 1


def read(book: Book, *lines: str, method: str = "PUBLISH", **wish: str) -> Outcome:
    head = ("BEGIN:VCALENDAR", f"METHOD:{method}")
    text = "\r\n".join((*head, "BEGIN:VEVENT", "UID:x@host", *lines, "END:VEVENT", "END:VCALENDAR", ""))
    file = read_calendar(text.encode(), Window(date(2024, 1, 1), date(2024, 12, 31)))
    with book.writing("import") as work:
        return run.calendar(work.session, file, Wish(today=date(2026, 1, 2), **wish))  # type: ignore[arg-type]


def test_an_entry_is_known_again_by_its_uid(book: Book) -> None:
    with book.writing("a test") as work:
        make.project(work.session)
    lines = ("SUMMARY:Workshop / 研讨会", "DTSTART;VALUE=DATE:20241017", "DTEND;VALUE=DATE:20241019")
    assert read(book, *lines, "CATEGORIES:workshop,MMSP-III,returns").new == 1
    row = book.reader.event(1)
    assert (row["starts_on"], row["ends_on"], row["kind"]) == ("2024-10-17", "2024-10-18", "workshop")
    assert (row["projects"], row["topics"]) == (["MMSP-III"], ["returns"])
    assert read(book, *lines).same == 1
    moved = (lines[0], "DTSTART;VALUE=DATE:20241018", "DTEND;VALUE=DATE:20241020")
    assert read(book, *moved).same == 1
    assert read(book, *moved, mode="update").updated == 1
    assert book.reader.event(1)["starts_on"] == "2024-10-18"


def test_a_series_comes_day_by_day_and_loses_the_days_that_it_loses(book: Book) -> None:
    weekly = (
        "SUMMARY:Weekly",
        "DTSTART:20241003T010000Z",
        "DTEND:20241003T020000Z",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "LAST-MODIFIED:20240901T000000Z",
    )
    assert read(book, *weekly).new == 3
    assert read(book, *weekly).same == 3
    fewer = [line.replace("20240901", "20240902") for line in weekly]
    outcome = read(book, *fewer, "EXDATE:20241010T010000Z")
    assert (outcome.same, outcome.updated) == (2, 1)
    rows = sorted(book.reader.events(), key=lambda row: str(row["starts_on"]))
    assert [row["status"] for row in rows] == ["confirmed", "cancelled", "confirmed"]
    shorter = [line.replace("20240901", "20240903").replace("COUNT=3", "COUNT=2") for line in weekly]
    assert read(book, *shorter).updated == 1  # the last day; the second is back only when somebody says so
    assert read(book, *shorter, mode="update").updated == 1
    assert [book.reader.event(number)["status"] for number in (1, 2, 3)] == ["confirmed", "confirmed", "cancelled"]


WEEKLY = (
    "SUMMARY:Weekly",
    "DTSTART:20241003T010000Z",
    "DTEND:20241003T020000Z",
    "RRULE:FREQ=WEEKLY;COUNT=5",
    "SEQUENCE:1",
    "LAST-MODIFIED:20240901T000000Z",
)


def days_of(book: Book) -> list[tuple[object, ...]]:
    rows = sorted(book.reader.events(), key=lambda row: (str(row["starts_on"]), str(row["start_time"])))
    return [(str(row["starts_on"])[5:], row["start_time"], row["status"]) for row in rows]


@pytest.mark.parametrize("method", ["REQUEST", "PUBLISH", "CANCEL"])
def test_a_message_about_one_day_of_a_series_leaves_the_other_days_alone(book: Book, method: str) -> None:
    assert read(book, *WEEKLY).new == 5
    message = (
        "SUMMARY:Weekly",
        "RECURRENCE-ID:20241010T010000Z",
        "DTSTART:20241011T030000Z",
        "DTEND:20241011T040000Z",
        "SEQUENCE:2",
        "LAST-MODIFIED:20240902T000000Z",
    )
    outcome = read(book, *message, method=method)
    assert (outcome.rows, outcome.updated) == (1, 1)
    changed = ("10-10", "01:00", "cancelled") if method == "CANCEL" else ("10-11", "03:00", "confirmed")
    others = [(day, "01:00", "confirmed") for day in ("10-03", "10-17", "10-24", "10-31")]
    assert days_of(book) == sorted([*others, changed])
    assert read(book, *message, method=method).same == 1


@pytest.mark.parametrize("modified", ["20240902T000000Z", "20270101T000000Z"])
def test_days_of_a_series_whose_hours_changed_are_the_same_days(book: Book, modified: str) -> None:
    assert read(book, *WEEKLY).new == 5
    later = [
        line.replace("T01", "T03").replace("T02", "T04") if line.startswith("DT") else line for line in WEEKLY[:4]
    ] + ["SEQUENCE:2", f"LAST-MODIFIED:{modified}"]
    outcome = read(book, *later)
    assert (outcome.rows, outcome.updated) == (5, 5)
    assert outcome.told == []
    expected = [(day, "03:00", "confirmed") for day in ("10-03", "10-10", "10-17", "10-24", "10-31")]
    assert days_of(book) == expected
    again = read(book, *later)
    assert (again.rows, again.same) == (5, 5)
    moved = ("RECURRENCE-ID:20241010T030000Z", "DTSTART:20241012T030000Z", "DTEND:20241012T040000Z")
    assert read(book, "SUMMARY:Weekly", *moved, "SEQUENCE:3", method="REQUEST").updated == 1
    assert days_of(book)[1] == ("10-12", "03:00", "confirmed")
    assert len(book.reader.events()) == 5


def test_control_characters_in_any_text_do_no_harm(book: Book) -> None:
    bad = "a\x00b\x07c\x1bd\ufffe\U0010ffff\u202ee"
    outcome = read(
        book,
        f"SUMMARY:{bad}",
        f"DESCRIPTION:{bad}",
        "DTSTART;VALUE=DATE:20241017",
        f"LOCATION:{bad}",
        f"CATEGORIES:{bad}",
        f"CONTACT:{bad}",
        f"ORGANIZER;CN={bad}:mailto:{bad}@example.org",
        f"ATTENDEE;CN={bad}:mailto:x@example.org",
        f"URL:https://example.org/{bad}",
        f"CONFERENCE:https://example.org/{bad}",
        f"RELATED-TO:{bad}",
        with_people=True,
    )
    assert (outcome.new, len(outcome.problems)) in ((1, 0), (0, 1))


def test_hours_without_a_zone_are_the_books_or_stand_in_the_note(book: Book) -> None:
    floating = entry(start_time="09:00", end_time="17:00")
    outcome = bring(book, floating)
    row = book.reader.event(1)
    assert (row["start_time"], row["note"]) == (None, "Hours without a time zone: 09:00-17:00")
    assert "event 1 09:00-17:00. eventrec event edit" in outcome.told[0]
    assert bring(book, floating).told == []
    with book.writing("a test") as work:
        setting.put(work.session, "timezone", "Asia/Shanghai")
    assert bring(book, floating, mode="update").told == []
    row = book.reader.event(1)
    assert (row["start_time"], row["end_time"], row["timezone"], row["note"]) == (
        "09:00",
        "17:00",
        "Asia/Shanghai",
        None,
    )


def test_hours_that_the_clocks_leap_over_are_those_behind_the_leap(book: Book) -> None:
    leap = {"timezone": "Europe/London", "starts_on": date(2024, 3, 31)}
    bring(
        book,
        entry(uid="1@host", start_time="01:30", end_time="02:15", **leap),
        entry(uid="2@host", start_time="01:30", end_time="03:00", line=9, **leap),
    )
    rows = [book.reader.event(number) for number in (1, 2)]
    assert [(row["start_time"], row["end_time"]) for row in rows] == [("02:30", None), ("02:30", "03:00")]


def test_an_event_with_a_very_long_uid_is_taken_once_by_either_database(book: Book) -> None:
    octets = "".join(sha256(bytes([at])).hexdigest() for at in range(140))
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", f"UID:{octets}", "SUMMARY:A", "DTSTART:20241017", "END:VEVENT")
    incoming = read_calendar("\n".join((*lines, "END:VCALENDAR")).encode()).events
    assert bring(book, *incoming).new == 1
    assert bring(book, *incoming).same == 1


def test_the_newest_state_of_an_entry_and_its_visits_may_stand_anywhere_in_a_long_file(book: Book) -> None:
    visit = entry("Visit", line=2, uid="visit", parent_uid="main", categories=("site-visit",))
    others = [entry(f"Other {at}", line=at + 10, uid=f"other {at}") for at in range(600)]
    old, new = (entry(title, line=line, uid="main", sequence=line) for title, line in (("Old", 3), ("New", 900)))
    outcome = bring(book, visit, old, *others, new)
    assert (outcome.new, outcome.rows) == (602, 602)
    assert outcome.told[0] == "One entry stands in the file twice; the newer state was taken."
    main, last = book.reader.event(1), book.reader.event(602)
    assert (main["title"], last["kind"]) == ({"en": "New"}, "site-visit")
    assert bring(book, visit, old, *others, new).same == 602
