from __future__ import annotations

import socket
from contextlib import suppress
from typing import NoReturn

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import EventrecError, Rejected
from eventrec.text import emails
from eventrec.text.emails import read_email

STRANGE = st.text(st.sampled_from("ab李.@<>\"' ,;:?%()[]-_＠。\u200e\x00mailto"), max_size=20)
LOCAL = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_+-]{0,10}[A-Za-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("na.li@example.org", "na.li@example.org"),
        ("Na.Li@EXAMPLE.Org", "Na.Li@example.org"),
        (" na+list@example.org\n", "na+list@example.org"),
        ("mailto:na@example.org", "na@example.org"),
        ("MAILTO:na@example.org?subject=Hello", "na@example.org"),
        ("mailto:na%2Blist@example.org", "na+list@example.org"),
        ("LI Na <na@example.org>", "na@example.org"),
        ('"Li, Na" <mailto:na@example.org>', "na@example.org"),
        ("李娜@例子.中国", "李娜@例子.中国"),
        ("na@BÜRO.example.org", "na@büro.example.org"),
        ("ｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "na@example.org"),
        ("na@example。org", "na@example.org"),
        ("\u200ena@example.org", "na@example.org"),
        ("e\u0301@example.org", "\u00e9@example.org"),
    ],
)
def test_an_address_is_read(text: str, address: str) -> None:
    assert read_email(text) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has no @"),
        ("na.example.org", "it has no @"),
        ("@example.org", "nothing stands before the @"),
        ("na@", "nothing stands after the @"),
        ("na li@example.org", "there is a space in it"),
        ("na@example", "“example” is no domain"),
        ("na@localhost", "no mail can be sent to “localhost”"),
        ("na@ministry.test", "no mail can be sent to “test”"),
        ("na@example.org, li@example.org", "more than one"),
        ("na@example.org;li@example.org", "more than one"),
        ("na..li@example.org", "a dot stands where none can"),
        ("na@exa_mple.org", "some of its characters cannot stand there"),
        ("na@example.org\x00", "some of its characters cannot stand there"),
        ("na@[127.0.0.1]", "some of its characters cannot stand there"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(Rejected, match="is no e-mail address") as refused:
        read_email(text)
    assert why in refused.value.message


@pytest.mark.parametrize("text", ["a" * 10_000 + "@example.org", "a@example.org" + " " * 600 + "or not"])
def test_a_long_text_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(Rejected, match=r"An e-mail address has no [0-9,]+ characters") as refused:
        read_email(text)
    assert len(refused.value.message) < 200


def test_nobody_is_asked_over_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert read_email("na@no-such-domain.example.org") == "na@no-such-domain.example.org"


@given(LOCAL)
def test_the_local_part_is_kept_as_typed(local: str) -> None:
    assert read_email(f"{local}@EXAMPLE.org") == f"{local}@example.org"


@given(st.one_of(st.text(), STRANGE, st.emails()))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with suppress(EventrecError):
        address = read_email(text)
        assert read_email(address) == address


PART = st.text(st.sampled_from("aZ9.-_+!@\"'é例 "), min_size=1, max_size=70)


@given(PART, st.one_of(PART, st.sampled_from(["example.org", "EXAMPLE.Com", "a.test", "localhost", "x..y", "-a.org"])))
def test_the_short_way_has_the_same_verdict_as_the_long_one(local: str, domain: str) -> None:
    text = f"{local}@{domain}"
    try:
        short = read_email(text)
    except Rejected:
        short = ""
    bare = emails._bare(text)
    try:
        found = validate_email(bare, check_deliverability=False)
        long = f"{bare.rpartition('@')[0]}@{found.domain.lower()}"
    except EmailNotValidError:
        long = ""
    assert short == long
