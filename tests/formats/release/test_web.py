from __future__ import annotations

import socket
from datetime import date

import pytest
from tests.formats.release.make import CHINESE, PAGE

from eventrec.formats import release


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_web_page_gives_its_text_headline_day_and_address() -> None:
    found = release.read_bytes(PAGE.encode(), "saved.html")
    assert found.text.startswith("# Officers trained on samples in Nowhere\n")
    assert "workshop on sample keeping on" in found.text.replace("\n", " ")
    assert (found.published, found.url, found.told) == (date(2024, 10, 22), "https://example.org/news/1", ())


@pytest.mark.parametrize("not_there", ["Who we are", "© Example Agency", "alert", "https://example.org/samples", "|"])
def test_menus_scripts_and_addresses_of_links_are_no_text(not_there: str) -> None:
    assert not_there not in release.read_bytes(PAGE.encode(), "saved.html").text


def test_a_mail_address_that_only_a_link_has_is_kept() -> None:
    assert "Ms. Jane Sample press@example.org" in release.read_bytes(PAGE.encode(), "saved.html").text


def test_a_mail_address_that_is_kept_from_robots_is_kept() -> None:
    key, address = 0x2A, "jane@example.org"
    code = bytes([key, *(each ^ key for each in address.encode())]).hex()
    hidden = f'<a class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</a>'
    assert address in release.read_bytes(PAGE.replace("Ms. Jane", f"{hidden} Ms. Jane").encode(), "a.html").text


@pytest.mark.parametrize("code", ["zz", "2a", "2a4b4b", "00" * 40])
def test_a_code_that_is_no_mail_address_is_left(code: str) -> None:
    hidden = f'<span data-cfemail="{code}">[hidden]</span>'
    assert release.read_bytes(PAGE.replace("who thanked", f"who {hidden} thanked").encode(), "a.html").text


def test_rows_of_a_table_are_lines() -> None:
    lines = release.read_bytes(PAGE.encode(), "saved.html").text.split("\n")
    assert "Date: 17 October 2024" in lines
    assert "Venue: Sample Hotel" in lines


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030"])
def test_a_page_is_read_in_the_encoding_that_it_names(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><article><p>{CHINESE}</p></article></body></html>'
    found = release.read_bytes(page.encode("gb18030"), "a.html")
    assert CHINESE in found.text
    assert found.told == ("a.html was read as GB18030.",)


@pytest.mark.parametrize("charset", ["utf-8", "no-such-thing", "utf-16", "base64"])
def test_a_page_that_names_its_encoding_wrongly_is_read(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><article><p>{CHINESE}</p></article></body></html>'
    assert CHINESE in release.read_bytes(page.encode(), "a.html").text


def test_a_headline_that_the_text_lacks_is_put_before_it() -> None:
    page = PAGE.replace("<h1>Officers trained on samples in Nowhere</h1>", "")
    found = release.read_bytes(page.encode(), "a.html")
    assert found.text.startswith("# Officers trained on samples in Nowhere\n\n")


def test_a_page_without_main_text_is_only_stripped_of_its_tags() -> None:
    page = "<html><body>" + "<div>" * 500 + "The agency held a workshop." + "</div>" * 500 + "</body></html>"
    found = release.read_bytes(page.encode(), "a.html")
    assert found.text == "The agency held a workshop."
    assert found.told == ("a.html has no main text that can be told from its menus, so all of it was read.",)


def test_a_page_saved_as_one_file_is_a_web_page() -> None:
    head = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://example.org/news/1\nSubject: Example Agency\n"
        "Date: Wed, 1 Jan 2025 10:00:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
    )
    part = f"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
    found = release.read_bytes((head + part).encode(), "saved.mhtml")
    assert found.text.startswith("# Officers trained on samples in Nowhere\n")
    assert (found.published, found.url) == (date(2024, 10, 22), "https://example.org/news/1")


@pytest.mark.parametrize("between", ["_", " | ", "-", " - ", "——"])
def test_the_name_of_the_site_is_no_part_of_the_headline(between: str) -> None:
    title = "示例局举办样品管理培训班"
    page = (
        f'<html><head><meta charset="utf-8"><title>{title}{between}示例局网站</title></head><body><div><h2>{title}</h2>'
        f"<div><p>{CHINESE}</p><p>{CHINESE}</p></div></div></body></html>"
    )
    assert release.read_bytes(page.encode(), "a.html").text.startswith(f"# {title}\n")
