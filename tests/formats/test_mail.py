from __future__ import annotations

import re
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.formats.mail import CalendarMail, Mailbox, render
from eventrec.formats.marks import written_by_eventrec

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:研讨会\r\nEND:VCALENDAR\r\n".encode()
MAIL = CalendarMail(
    Mailbox("Example Institute 示例研究所", "office@example.org"),
    Mailbox("LI Na 李娜", "li.na@example.org"),
    "Invitation / 邀请: Workshop / 研讨会",
    "You are invited.\n\n诚邀您参加。\n",
    CALENDAR,
    "REQUEST",
)
# Python's reader of headers takes other blanks for ends of words, and controls do not leave the house.
NAMES = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=200).map(
    lambda text: " ".join(text.split())
)


def read(mail: CalendarMail) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(render(mail))
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def test_a_message_has_sender_recipient_and_subject_in_any_script() -> None:
    """RFC 2047."""
    message = read(MAIL)
    assert str(message["From"]) == "Example Institute 示例研究所 <office@example.org>"
    assert str(message["To"]) == "LI Na 李娜 <li.na@example.org>"
    assert str(message["Subject"]) == "Invitation / 邀请: Workshop / 研讨会"


def test_the_calendar_is_the_alternative_of_the_text_and_an_attachment() -> None:
    """RFC 6047, 2.4: text/calendar with the method of the object and its character set."""
    parts = list(read(MAIL).walk())
    assert [part.get_content_type() for part in parts] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics",
    ]  # fmt: skip
    calendar, attachment = parts[3], parts[4]
    assert dict(calendar["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
    assert b"\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n" in render(MAIL)
    assert calendar.get_payload(decode=True) == attachment.get_payload(decode=True) == CALENDAR
    assert attachment.get_filename() == "invite.ics"
    assert calendar["Content-Disposition"] is None


def test_the_text_comes_back_as_it_was() -> None:
    body = read(MAIL).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MAIL.text


def test_a_draft_has_no_date_and_no_message_id() -> None:
    """RFC 6409, 8.2 and 8.3: whoever submits it gives it both, so that it may be sent again."""
    message = read(MAIL)
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message["Message-ID"] is None


def test_the_same_message_has_the_same_bytes_and_another_one_other_boundaries() -> None:
    assert render(MAIL) == render(replace(MAIL))
    assert read(MAIL).get_boundary() != read(replace(MAIL, text="Another text.\n")).get_boundary()


@given(NAMES, NAMES, st.text(max_size=300))
def test_whatever_stands_in_the_records_comes_back_and_every_line_is_short(name: str, subject: str, text: str) -> None:
    """RFC 5322, 2.1.1, and RFC 2045, 6.7: CRLF, at most 78 characters as far as words can be broken, ASCII."""
    mail = replace(MAIL, recipient=Mailbox(name, "li.na@example.org"), subject=subject, text=text)
    raw = render(mail)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = read(mail)
    to = message["To"].addresses[0]
    assert (to.display_name, to.addr_spec) == (name, "li.na@example.org")
    assert str(message["Subject"]) == subject
    assert len(list(message.walk())) == 5


@pytest.mark.parametrize("evil", ["Li\r\nBcc: all@example.org", "Li\nBcc: all@example.org", "Li\rBcc: x", "Li\x00\x1b"])
def test_nothing_in_a_record_becomes_a_field_of_its_own(evil: str) -> None:
    message = read(replace(MAIL, recipient=Mailbox(evil, "li.na@example.org"), subject=evil))
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["li.na@example.org"]


def test_a_name_with_commas_and_quotes_is_one_name() -> None:
    """RFC 5322, 3.2.4."""
    message = read(replace(MAIL, recipient=Mailbox('Smith, "Jo" <j@example.com>', "jo@example.org")))
    assert [(to.display_name, to.addr_spec) for to in message["To"].addresses] == [
        ('Smith, "Jo" <j@example.com>', "jo@example.org")
    ]


def test_what_looks_encoded_is_not_decoded() -> None:
    """RFC 2047, 5: a text that begins as an encoded word is encoded itself."""
    assert str(read(replace(MAIL, subject="=?utf-8?b?5p2o?="))["Subject"]) == "=?utf-8?b?5p2o?="


def test_an_address_without_a_name_stands_alone() -> None:
    assert b"\r\nTo: <li.na@example.org>\r\n" in render(replace(MAIL, recipient=Mailbox("", "li.na@example.org")))


def test_a_domain_in_other_letters_is_written_for_every_server() -> None:
    """RFC 5891; a local part in other letters needs RFC 6532 and is left as it is."""
    assert b"<info@xn--fsqu00a.xn--0zwm56d>" in render(replace(MAIL, sender=Mailbox("", "info@例子.测试")))
    assert "<李娜@example.org>".encode() in render(replace(MAIL, sender=Mailbox("", "李娜@example.org")))


def test_an_encoded_word_has_75_characters_at_most() -> None:
    """RFC 2047, 2."""
    raw = render(replace(MAIL, subject="应对混合移民的全球措施研讨会" * 20)).decode()
    words = re.findall(r"=\?utf-8\?[bq]\?[^?]*\?=", raw)
    assert len(words) > 5
    assert max(map(len, words)) <= 75


def test_an_own_draft_is_known_until_a_mail_program_saves_it_anew() -> None:
    assert written_by_eventrec(render(MAIL))
    assert not written_by_eventrec(b"Date: Thu, 17 Oct 2024 09:00:00 +0800\r\n" + render(MAIL))
