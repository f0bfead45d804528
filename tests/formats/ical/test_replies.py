from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import Rejected
from eventrec.formats.ical.incoming import short_uid
from eventrec.formats.ical.replies import Reply, ReplyFile, is_reply, joined, read

UID = "2c8fb899-d98f-5c67-8682-920bd4f4f3b4"
OUTLOOK = f"""\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:China Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN=LI Na:mailto:li.na@example.org
COMMENT;LANGUAGE=en-US:See you\\, with pleasure.\\n
UID:{UID}
SUMMARY;LANGUAGE=en-US:Accepted: Workshop / 研讨会
DTSTART;TZID=China Standard Time:20241017T090000
DTEND;TZID=China Standard Time:20241017T170000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20241001T020304Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:2
X-MICROSOFT-CDO-APPT-SEQUENCE:2
X-MICROSOFT-DISALLOW-COUNTER:FALSE
END:VEVENT
END:VCALENDAR
"""
GOOGLE = f"""\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20241017T010000Z
DTEND:20241017T090000Z
DTSTAMP:20241001T020304Z
ORGANIZER;CN=Example Institute:mailto:office@example.org
UID:{UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=of
 fice@example.org;X-NUM-GUESTS=0:mailto:office@example.org
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=li.na
 @example.org;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Perhaps: the afternoon":mailto:li.na@example.org
CREATED:20240930T120000Z
LAST-MODIFIED:20241001T020304Z
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Workshop / 研讨会
TRANSP:OPAQUE
BEGIN:VALARM
ACTION:DISPLAY
ATTENDEE:mailto:somebody.else@example.org
TRIGGER:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
"""
APPLE = f"""\
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
VERSION:2.0
X-WR-CALNAME:Home
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 14.4//EN
BEGIN:VEVENT
ATTENDEE;CN="李娜";CUTYPE=INDIVIDUAL;EMAIL="li.na@example.org";PARTSTAT=DECLIN
 ED;ROLE=REQ-PARTICIPANT:/aMjQ3NTE5/principal/
ORGANIZER;CN="Example Institute":mailto:office@example.org
UID:{UID}
SEQUENCE:2
DTSTAMP:20241001T020304Z
DTSTART;TZID=Asia/Shanghai:20241017T090000
SUMMARY:Workshop / 研讨会
END:VEVENT
END:VCALENDAR
"""


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def one(text: str, *senders: str) -> Reply:
    file = read(crlf(text), senders)
    assert file.problems == []
    (reply,) = file.replies
    return reply


@pytest.mark.parametrize(
    ("text", "answer", "name", "comment"),
    [
        (OUTLOOK, "ACCEPTED", "LI Na", "See you, with pleasure."),
        (GOOGLE, "TENTATIVE", "li.na@example.org", "Perhaps: the afternoon"),
        (APPLE, "DECLINED", "李娜", ""),
    ],
    ids=["outlook", "google", "apple"],
)
def test_each_dialect_says_who_answers_what(text: str, answer: str, name: str, comment: str) -> None:
    """RFC 5546, 3.2.3."""
    reply = one(text)
    assert (reply.uid, reply.email, reply.sequence, reply.given_at) == (
        UID, "li.na@example.org", 2, "2024-10-01T02:03:04Z",
    )  # fmt: skip
    assert (reply.answer, reply.name, reply.comment) == (answer, name, comment)


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH"])
def test_messages_to_the_organizer_are_answers(method: str) -> None:
    assert is_reply(crlf(OUTLOOK.replace("METHOD:REPLY", f"METHOD:{method}")))


def test_a_proposal_may_leave_out_who_makes_it() -> None:
    """Exchange writes COUNTER without ATTENDEE; the mail says who sent it."""
    text = OUTLOOK.replace("METHOD:REPLY", "METHOD:COUNTER").replace("ATTENDEE;", "X-A;")
    assert (one(text).email, one(text, "li.na@example.org").email) == ("", "li.na@example.org")


@pytest.mark.parametrize("line", ["METHOD:REQUEST", "METHOD:PUBLISH", "METHOD:CANCEL", "CALSCALE:GREGORIAN"])
def test_all_other_calendars_are_events(line: str) -> None:
    assert not is_reply(crlf(OUTLOOK.replace("METHOD:REPLY", line)))


@pytest.mark.parametrize("content", [OUTLOOK.encode("utf-16"), OUTLOOK.encode(), crlf(OUTLOOK).lower().upper()])
def test_a_method_is_seen_in_any_encoding_and_case(content: bytes) -> None:
    assert is_reply(content)


def test_an_answer_in_another_encoding_is_read_and_told() -> None:
    file = read(OUTLOOK.encode("gb18030"))
    assert len(file.replies) == 1
    assert file.told == ("The calendar was read as GB18030.",)


def test_an_answer_without_a_sequence_is_to_the_first_invitation() -> None:
    """RFC 5545, 3.8.7.4: 0 where nothing is said."""
    assert one(OUTLOOK.replace("SEQUENCE:2", "X-A:2")).sequence == 0


def test_no_answer_is_needs_action() -> None:
    """RFC 5545, 3.2.12."""
    assert one(OUTLOOK.replace("PARTSTAT=ACCEPTED;", "")).answer == "NEEDS-ACTION"


def test_exchange_wraps_a_uid_that_is_not_its_own() -> None:
    """MS-OXCICAL 2.1.3.1.1.20.26."""
    wrapped = b"vCal-Uid\x01\x00\x00\x00" + UID.encode() + b"\x00"
    header = "040000008200E00074C5B7101A82E008" + "00" * 20 + f"{len(wrapped):02X}000000"
    assert one(OUTLOOK.replace(UID, header + wrapped.hex().upper())).uid == UID


def test_a_uid_that_exchange_made_stays() -> None:
    made = "040000008200E00074C5B7101A82E00800000000D0F5C7A1B2C3DA01000000000000000010000000AABBCCDD"
    assert one(OUTLOOK.replace(UID, made)).uid == made


def test_somebody_answers_for_somebody_else() -> None:
    """RFC 5545, 3.2.18."""
    reply = one(OUTLOOK.replace("CN=LI Na:", 'CN=LI Na;SENT-BY="mailto:desk@example.org":'))
    assert (reply.email, reply.sent_by) == ("li.na@example.org", "desk@example.org")


def test_an_invitation_is_passed_on() -> None:
    """RFC 5546, 2.1.2: the delegator's answer names the delegate too."""
    passed = (
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:wang@example.org":mailto:li.na@example.org\n'
        'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:li.na@example.org":mailto:wang@example.org'
    )
    text = OUTLOOK.replace("ATTENDEE;PARTSTAT=ACCEPTED;CN=LI Na:mailto:li.na@example.org", passed)
    reply = one(text)
    assert (reply.email, reply.answer, reply.delegates) == ("li.na@example.org", "DELEGATED", ("wang@example.org",))
    assert one(text, "wang@example.org").answer == "ACCEPTED"


def test_of_several_who_answer_the_sender_is_meant() -> None:
    text = OUTLOOK.replace("UID:", "ATTENDEE;PARTSTAT=DECLINED:mailto:wang@example.org\nUID:")
    assert one(text, "Wang@example.org").answer == "DECLINED"
    (problem,) = read(crlf(text)).problems
    assert "does not say whose it is" in problem.message


def test_one_day_of_a_series_is_told_apart() -> None:
    """RFC 5545, 3.8.4.4."""
    assert one(OUTLOOK.replace("CLASS:PUBLIC", "RECURRENCE-ID:20241018T010000Z")).day == "2024-10-18"


def test_an_address_may_be_encoded() -> None:
    assert one(OUTLOOK.replace("mailto:li.na@", "MAILTO:li%2Ena@")).email == "li.na@example.org"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (f"UID:{UID}", "X-A:1", "UID is missing"),
        ("mailto:li.na@example.org", "invalid:nomail", "does not say whose it is"),
        ("METHOD:REPLY", "METHOD:PUBLISH", "its METHOD is PUBLISH"),
        ("METHOD:REPLY", "X-A:1", "its METHOD is missing"),
    ],
)
def test_what_answers_nothing_is_named_by_its_line(old: str, new: str, why: str) -> None:
    file = read(crlf(OUTLOOK.replace(old, new)))
    assert file.replies == []
    (problem,) = file.problems
    assert problem.line == 13
    assert why in problem.message


@pytest.mark.parametrize("moment", ["yesterday", "20241301T000000Z", "00010101T000000Z", ""])
def test_a_moment_that_is_none_gives_way_to_the_mails(moment: str) -> None:
    text = OUTLOOK.replace("20241001T020304Z", moment)
    assert read(crlf(text), (), "2024-10-02T00:00:00Z").replies[0].given_at == "2024-10-02T00:00:00Z"


def test_what_no_screen_should_obey_is_taken_from_a_comment() -> None:
    assert one(OUTLOOK.replace("See you", "See\x1b[31m\x07 you")).comment == "See[31m you, with pleasure."


def test_a_file_may_hold_many_answers_and_break_off() -> None:
    file = read(crlf(OUTLOOK + GOOGLE + APPLE.partition("SUMMARY")[0]))
    assert [reply.answer for reply in file.replies] == ["ACCEPTED", "TENTATIVE", "DECLINED"]


def test_the_same_answer_twice_in_a_mail_is_one() -> None:
    """Google sends the calendar as an alternative and as an attachment."""
    file = joined([read(crlf(GOOGLE)), read(GOOGLE.encode()), read(crlf(OUTLOOK))])
    assert [(reply.line, reply.answer) for reply in file.replies] == [(1, "TENTATIVE"), (2, "ACCEPTED")]


@given(st.lists(st.sampled_from([*OUTLOOK.splitlines(), *APPLE.splitlines(), "", "x", "\x00;:"]), max_size=40))
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    assert isinstance(read("\n".join(lines).encode()), ReplyFile)


@given(st.binary(max_size=300))
def test_any_octets_are_read_or_refused_in_words(octets: bytes) -> None:
    with contextlib.suppress(Rejected):
        read(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" + octets)


def test_an_answer_to_a_very_long_uid_names_it_as_the_calendar_is_read() -> None:
    (reply,) = read(OUTLOOK.replace(UID, "u" * 9_000).encode()).replies
    assert reply.uid == short_uid("u" * 9_000)


def test_a_calendar_that_only_opens_is_read_at_once() -> None:
    before = time.process_time()
    file = read(("BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 30_000 + "END:Y\n" * 30_000).encode())
    assert time.process_time() - before < 3
    assert not file.replies
