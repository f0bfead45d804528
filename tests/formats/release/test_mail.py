from __future__ import annotations

import time
from datetime import date

import pytest
from tests.formats.release.make import CHINESE, HEAD, TEXT, mail

from eventrec.errors import Rejected
from eventrec.formats import release


def test_a_mail_gives_its_subject_its_text_and_the_day_it_was_sent() -> None:
    found = release.read_bytes(mail(f"Content-Type: text/plain\n\n{TEXT}\n"), "release.eml")
    assert found.text == f"# Officers trained on samples\n\n{TEXT}\n"
    assert (found.published, found.ignored) == (date(2024, 10, 22), ())


@pytest.mark.parametrize(
    "subject", ["Fwd: Re: Officers trained", "转发: 答复：Officers trained", "=?utf-8?q?FW:_Officers?= trained"]
)
def test_a_subject_loses_what_answering_put_before_it(subject: str) -> None:
    content = HEAD.replace("Officers trained on samples", subject) + f"\r\n{TEXT}\r\n"
    assert release.read_bytes(content.encode(), "a.eml").text.startswith("# Officers trained\n")


def test_a_subject_that_the_text_has_is_not_said_twice() -> None:
    found = release.read_bytes(mail(f"Content-Type: text/plain\n\nOfficers trained on samples\n\n{TEXT}\n"), "a.eml")
    assert found.text.count("Officers trained on samples") == 1


def test_plain_text_comes_before_html_and_attachments_are_told() -> None:
    rest = (
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        '--b\nContent-Type: multipart/alternative; boundary="c"\n\n'
        f"--c\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
        "--c\nContent-Type: text/html\n\n<p>The same in HTML.</p>\n--c--\n"
        "--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=photo.png\n\nx\n--b--\n"
    )
    found = release.read_bytes(mail(rest), "a.eml")
    assert TEXT in found.text
    assert "HTML" not in found.text
    assert found.ignored == ("attachment: photo.png",)


def test_a_mail_of_html_alone_is_read_without_its_addresses() -> None:
    html = f'<p>{TEXT} <a href="https://example.org">More</a>. Contact <a href="mailto:j@example.org">Jane</a>.</p>'
    found = release.read_bytes(mail(f"Content-Type: text/html\n\n{html}\n"), "a.eml")
    assert "https://example.org" not in found.text
    assert "Contact Jane j@example.org" in found.text


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "no-such-thing", "us-ascii"])
def test_chinese_is_read_in_the_character_set_of_its_part_or_by_trying(charset: str) -> None:
    head = (
        HEAD.encode()
        + f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    )
    assert CHINESE in release.read_bytes(head + CHINESE.encode("gb18030") + b"\r\n", "a.eml").text


def test_a_mail_without_a_date_is_read_without_one() -> None:
    content = HEAD.replace("Date: Tue, 22 Oct 2024 23:30:00 +0800", "Date: soon") + f"\r\n{TEXT}\r\n"
    assert release.read_bytes(content.encode(), "a.eml").published is None


@pytest.mark.parametrize(
    ("rest", "says", "todo"),
    [
        ("Content-Type: text/plain\n\n \n", "holds no text.", "eventrec draft FILE"),
        ("Content-Type: application/pkcs7-mime\n\nxxxx\n", "is an encrypted mail.", "mail program"),
        (
            "Content-Type: application/msword\nContent-Disposition: attachment; filename=a.doc\n\nx\n",
            "holds no text beside its attachment: a.doc.",
            "Save the attachment",
        ),
    ],
)
def test_a_mail_without_text_says_why(rest: str, says: str, todo: str) -> None:
    with pytest.raises(Rejected) as refused:
        release.read_bytes(mail(rest), "a.eml")
    assert refused.value.message == f"a.eml {says}"
    assert todo in refused.value.hint


@pytest.mark.parametrize(
    "rest",
    [
        "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: text/plain\n\n\n" * 20_000,
        "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Disposition: attachment\n\n\n" * 19_000,
        "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(3_000)),
        "Content-Type: text/html\n\n" + "<div>" * 200_000,
    ],
)
def test_a_mail_that_is_no_honest_one_is_refused_in_seconds(rest: str) -> None:
    began = time.process_time()
    with pytest.raises(Rejected) as refused:
        release.read_bytes(mail(rest), "a.eml")
    assert refused.value.message.startswith("a.eml ")
    assert time.process_time() - began < 15
