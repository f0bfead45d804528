from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.formats.ical.make import read as read_calendar
from tests.services import make
from tests.services.imports.calendars.incoming import CREATED, LATER, UID, bring, entry, said

from eventrec.services import event
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from eventrec.book import Book
    from eventrec.services.imports.outcome import Outcome

RULE = ("SUMMARY:Weekly", "DTSTART:20241003T010000Z", "DTEND:20241003T020000Z", "RRULE:FREQ=WEEKLY;COUNT=5")
OLD = ("SEQUENCE:1", "DTSTAMP:20240901T000000Z")
NEW = ("SEQUENCE:4", "DTSTAMP:20240902T000000Z")


def read(book: Book, method: str, *entries: tuple[str, ...], **wish: str) -> Outcome:
    lines = ["BEGIN:VCALENDAR", f"METHOD:{method}"]
    for each in entries:
        lines += ["BEGIN:VEVENT", "UID:x@host", *each, "END:VEVENT"]
    file = read_calendar("\r\n".join((*lines, "END:VCALENDAR", "")).encode())
    assert file.told == ()
    with book.writing("import") as work:
        return run.calendar(work.session, file, Wish(today=date(2026, 1, 2), **wish))  # type: ignore[arg-type]


def states(book: Book) -> list[object]:
    return [row["status"] for row in sorted(book.reader.events(), key=lambda row: str(row["starts_on"]))]


# Cancellations


@pytest.mark.parametrize(
    "message",
    [
        (),
        ("SUMMARY:Weekly", "DTSTART:20241003T010000Z"),
        ("SUMMARY:Weekly", "DTSTART:20240101T030000Z"),
        RULE,
        (*RULE[:3], "RRULE:FREQ=WEEKLY;COUNT=8"),
        (*RULE[:3], "RRULE:FREQ=WEEKLY;COUNT=2"),
        (*RULE[:3], "RRULE:FREQ=DAILY;COUNT=3"),
    ],
)
def test_a_cancelled_series_loses_all_its_days_in_the_book_and_gets_no_new_one(
    book: Book, message: tuple[str, ...]
) -> None:
    assert read(book, "REQUEST", (*RULE, *OLD)).new == 5
    with book.writing("a test") as work:
        event.edit(work.session, 1, {"status": "held"})
        event.edit(work.session, 2, {"status": "tentative"})
    outcome = read(book, "CANCEL", (*message, *NEW))
    assert states(book) == ["held", "cancelled", "cancelled", "cancelled", "cancelled"]
    assert (outcome.new, outcome.updated) == (0, 1)
    assert outcome.told == ["Days of series that were called off, now cancelled: event 2; event 3; event 4; event 5."]
    assert {row["title"]["en"] for row in book.reader.events()} == {"Weekly"}
    assert {book.reader.event(number)["sequence"] for number in (2, 3, 4, 5)} == {4}
    again = read(book, "CANCEL", (*message, *NEW))
    assert (again.new, again.updated, again.told) == (0, 0, [])
    read(book, "REQUEST", (*RULE, "SEQUENCE:3", "DTSTAMP:20240902T000000Z"))
    assert states(book)[1:] == ["cancelled"] * 4


def test_an_older_cancellation_of_a_series_is_told(book: Book) -> None:
    read(book, "REQUEST", (*RULE, *NEW))
    outcome = read(book, "CANCEL", OLD)
    assert states(book) == ["confirmed"] * 5
    assert "The book has a later state" in outcome.told[0]
    assert read(book, "CANCEL", OLD, mode="add").same == 1
    assert read(book, "CANCEL", OLD, mode="update").updated == 1
    assert states(book) == ["cancelled"] * 5


def test_a_cancellation_says_nothing_else_of_its_event(book: Book) -> None:
    read(book, "REQUEST", (*RULE[:3], "LOCATION:Hall", *OLD))
    with book.writing("a test") as work:
        make.event(work.session, "Port", parent_id=1)
    outcome = read(book, "CANCEL", NEW)
    row = book.reader.event(1)
    assert (row["title"], row["address"], row["starts_on"]) == ({"en": "Weekly"}, "Hall", "2024-10-03")
    assert (row["status"], row["sequence"]) == ("cancelled", 4)
    assert said(outcome) == [("updated", "Weekly (event 1)")]
    assert outcome.told == [
        "Visits of called-off events that stay as they are: event 2 (of event 1). eventrec visit list"
    ]


@pytest.mark.parametrize("message", [(), ("RECURRENCE-ID:20241003T010000Z", "DTSTART:20241003T010000Z"), RULE])
def test_a_cancellation_of_what_is_not_in_the_book_adds_nothing(book: Book, message: tuple[str, ...]) -> None:
    outcome = read(book, "CANCEL", (*message, *NEW))
    assert (outcome.new, outcome.updated, len(book.reader.events())) == (0, 0, 0)
    assert outcome.results[0].text.endswith("is not in the book, so there is nothing to cancel")
    title = "Weekly" if message == RULE else "Untitled"
    assert outcome.told == [f"Cancelled by their calendar and not in the book, so left out: {title}."]


def test_a_held_event_stays_held_when_it_is_cancelled_elsewhere(book: Book) -> None:
    bring(book, entry())
    with book.writing("held") as work:
        event.edit(work.session, 1, {"status": "held"})
    outcome = bring(book, entry(method="CANCEL", status="CANCELLED", sequence=5))
    assert said(outcome) == [("same", "Workshop (event 1); kept: held event 1")]


# Our own messages to participants


@pytest.mark.parametrize("method", ["CANCEL", "REQUEST"])
@pytest.mark.parametrize("mode", ["", "update"])
def test_a_message_of_ours_to_one_participant_does_not_change_the_event(book: Book, method: str, mode: str) -> None:
    with book.writing("a test") as work:
        make.event(work.session, uid=UID)
    before = book.reader.event(1)
    status = "CANCELLED" if method == "CANCEL" else "CONFIRMED"
    message = entry(
        "Other", uid=UID, is_ours=True, method=method, status=status, sequence=9, modified="2026-02-01T00:00:00Z"
    )
    outcome = bring(book, message, **({"mode": mode} if mode else {}))
    assert said(outcome) == [("same", "Other: event 1 is of this book; the message was left out")]
    assert outcome.told[0].startswith("Messages to participants about events of this book, left out: event 1.")
    assert book.reader.event(1) == before


def test_a_message_of_another_book_is_believed_when_it_is_asked_for(book: Book) -> None:
    invitation = entry(uid=UID, is_ours=True, method="REQUEST", created=CREATED)
    assert bring(book, invitation).new == 1
    cancelled = entry(
        uid=UID, is_ours=True, method="CANCEL", status="CANCELLED", status_reason="No venue", sequence=1, modified=LATER
    )
    assert bring(book, cancelled).same == 1
    assert bring(book, cancelled, mode="update").updated == 1
    row = book.reader.event(1)
    assert (row["status"], row["status_reason"]) == ("cancelled", "No venue")
