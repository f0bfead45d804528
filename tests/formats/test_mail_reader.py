from __future__ import annotations

import base64
import contextlib
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.ical.test_replies import OUTLOOK, crlf

from eventrec.errors import Rejected
from eventrec.formats.mail_reader import is_message, read

HEADER = """\
Received: from mail.example.org by mx.example.org; Tue, 1 Oct 2024 10:03:10 +0800
From: =?utf-8?b?5p2O5aic?= <Li.Na@example.org>
To: office@example.org
Subject: Accepted: Workshop
Date: Tue, 1 Oct 2024 10:03:04 +0800
MIME-Version: 1.0
"""
PLAIN = "text/plain; charset=utf-8"


def mail(body: bytes, kind: str, encoding: str = "8bit", more: str = "", header: str = HEADER) -> bytes:
    """A message of one part."""
    return crlf(f"{header}{more}Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n") + body


def several(*parts: tuple[str, bytes], kind: str = "mixed") -> bytes:
    """A message of parts, each with its Content-Type."""
    lines = [crlf(f'{HEADER}Content-Type: multipart/{kind}; boundary="B"\n')]
    for of, body in parts:
        lines.append(crlf(f"--B\nContent-Type: {of}\nContent-Transfer-Encoding: 8bit\n") + b"\r\n" + body)
    return b"\r\n".join([*lines, b"--B--", b""])


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("8bit", lambda body: body),
        ("base64", base64.encodebytes),
        ("quoted-printable", lambda body: quopri.encodestring(body, quotetabs=True)),
    ],
    ids=["8bit", "base64", "quoted-printable"],
)
def test_a_calendar_comes_out_of_any_encoding(encoding: str, encode: object) -> None:
    """RFC 2045, 6."""
    assert callable(encode)
    (found,) = read(mail(encode(crlf(OUTLOOK)), "text/calendar; method=REPLY; charset=utf-8", encoding))
    assert found.content.replace(b"\r\n", b"\n").decode() == OUTLOOK
    assert found.senders == ("li.na@example.org",)
    assert found.sent_at == "2024-10-01T02:03:04Z"


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "utf-16", "UTF8", '"utf-8"'])
def test_a_calendar_comes_out_of_any_character_set(charset: str) -> None:
    octets = OUTLOOK.encode(charset.strip('"'))
    (found,) = read(mail(base64.encodebytes(octets), f"text/calendar; charset={charset}", "base64"))
    assert found.content.decode() == OUTLOOK


def test_a_character_set_that_nobody_knows_is_left_to_the_reader() -> None:
    (found,) = read(mail(crlf(OUTLOOK), "text/calendar; charset=x-unknown"))
    assert "研讨会" in found.content.decode()


@pytest.mark.parametrize(
    "kind",
    ["text/calendar", "application/ics", 'application/octet-stream; name="Antwort.ICS"', 'text/plain; name="a.ics"'],
)
def test_a_calendar_may_be_an_attachment(kind: str) -> None:
    assert len(read(several((PLAIN, b"Yes."), (kind, crlf(OUTLOOK))))) == 1


def test_alternative_and_attachment_that_say_the_same_are_one() -> None:
    assert len(read(several(("text/calendar", crlf(OUTLOOK)), ("application/ics", OUTLOOK.encode())))) == 1


def test_a_forwarded_answer_is_of_who_sent_it_first() -> None:
    inner = mail(crlf(OUTLOOK), "text/calendar", header=HEADER.replace("Li.Na@", "Wang@").replace("Oct", "Sep"))
    (found,) = read(several((PLAIN, b"See below."), ("message/rfc822", inner)))
    assert (found.senders, found.sent_at) == (("wang@example.org",), "2024-09-01T02:03:04Z")


def test_a_service_that_answers_in_somebodys_name_says_whose() -> None:
    """Google answers by calendar-notification@google.com, with Reply-To."""
    header = HEADER.replace("Li.Na@example.org", "notification@example.com") + "Reply-To: li.na@example.org\n"
    (found,) = read(mail(crlf(OUTLOOK), "text/calendar", header=header))
    assert found.senders == ("notification@example.com", "li.na@example.org")


def test_a_mailbox_holds_many_mails() -> None:
    """RFC 4155."""
    one = mail(crlf(OUTLOOK), "text/calendar")
    other = mail(crlf(OUTLOOK.replace("ACCEPTED", "DECLINED")), "text/calendar")
    box = b"From - Tue Oct 01 10:03:04 2024\r\n" + one + b"\r\nFrom li.na@example.org Wed Oct 02\r\n" + other
    assert is_message(box)
    assert len(read(box)) == 2


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n", b"1234\n", b"From - x\r\n"])
def test_a_mail_is_known_by_its_header(before: bytes) -> None:
    content = before + mail(crlf(OUTLOOK), "text/calendar")
    assert is_message(content)
    assert is_message(content[:120])
    assert len(read(content)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"From,To,Name\r\na,b,c\r\n",
        b"Name: x\r\nFrom here to there\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
        b"From: Saved by a browser\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n<html>",
        "姓名,From:\r\n".encode(),
    ],
)
def test_what_is_no_mail_is_not_taken_for_one(content: bytes) -> None:
    assert not is_message(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (mail(b"Yes, I come.", PLAIN), "There is no calendar in the mail"),
        (several((PLAIN, b"Yes."), ('application/ms-tnef; name="winmail.dat"', b"x\x9f>")), "winmail.dat"),
        (mail(b"x", 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'), "encrypted or signed"),
        (mail(b"", "text/calendar"), "There is no calendar in the mail"),
        (mail(b"no calendar", "text/calendar"), "There is no calendar in the mail"),
        (b"x\n--" * 30_000, "too large"),
    ],
    ids=["ordinary", "outlook's own", "locked", "empty", "other text", "too many parts"],
)
def test_a_mail_without_an_answer_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(Rejected, match=why):
        read(content)


@pytest.mark.parametrize("depth", [60, 5_000])
def test_a_mail_that_is_nested_without_end_is_refused(depth: int) -> None:
    content = HEADER.encode()
    for at in range(depth):
        content += f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n'.encode()
    with pytest.raises(Rejected):
        read(content + b"Content-Type: text/calendar\n\n" + OUTLOOK.encode())


@pytest.mark.parametrize(
    "field",
    [
        b"Content-Type: text/calendar; " + b"a=b; " * 100_000,
        b"Content-Type: text/calendar; " + b"a=b;\r\n " * 50_000,
        b"Content-Type: text/calendar\r\nReply-To: " + b"<,(" * 100_000,
        b"Content-Type: text/calendar; charset=utf-8\x00",
        b"Content-Type: text/calendar; charset=punycode",
    ],
    ids=["parameters", "folded parameters", "comments", "a null", "a codec that is no character set"],
)
def test_a_field_that_is_no_honest_one_keeps_nobody_waiting(field: bytes) -> None:
    content = b"From: li.na@example.org\r\nTo: office@example.org\r\n" + field + b"\r\n\r\n" + crlf(OUTLOOK)
    (found,) = read(content)
    assert found.content == crlf(OUTLOOK)


def test_addresses_and_dates_that_are_none_are_empty() -> None:
    header = HEADER.replace("<Li.Na@example.org>", "<<<;,@").replace("Tue, 1 Oct 2024 10:03:04 +0800", "99 Foo")
    (found,) = read(mail(crlf(OUTLOOK), "text/calendar", header=header))
    assert found.sent_at == ""
    assert all("@" in sender for sender in found.senders)


@given(st.binary(max_size=400), st.sampled_from(["text/calendar", "multipart/mixed; boundary=B", "message/rfc822"]))
def test_any_octets_are_read_or_refused_in_words(octets: bytes, kind: str) -> None:
    with contextlib.suppress(Rejected):
        assert read(mail(octets, kind)) is not None


@given(st.binary(max_size=300))
def test_any_header_is_read_or_refused_in_words(octets: bytes) -> None:
    is_message(octets)
    with contextlib.suppress(Rejected):
        read(b"From: " + octets + b"\r\n" + mail(crlf(OUTLOOK), "text/calendar"))


def test_what_pythons_own_writer_makes_is_read() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "李娜 <li.na@example.org>", "office@example.org"
    message.set_content("好的。")
    message.add_alternative(OUTLOOK, subtype="calendar", params={"method": "REPLY"})
    message.add_attachment(OUTLOOK.encode(), maintype="application", subtype="ics", filename="回复.ics")
    content = message.as_bytes()
    assert is_message(content)
    assert len(read(content)) == 1
