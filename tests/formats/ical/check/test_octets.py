from __future__ import annotations

import codecs

import pytest
from tests.formats.ical.check.make import content, event, findings, found, message

from eventrec.formats.ical.check import octets

FINE = event("SUMMARY:Workshop")


def test_a_calendar_that_breaks_no_rule_has_no_finding() -> None:
    assert found(FINE) == []


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b" \t", b"\x00\x00"])
def test_an_empty_file_is_broken(raw: bytes) -> None:
    assert found(raw) == [(1, "empty-file")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_once(encoding: str) -> None:
    assert found(FINE.decode().encode(encoding)) == [(1, "encoding")]


def test_a_byte_order_mark_is_told_and_the_rest_is_read() -> None:
    assert found(codecs.BOM_UTF8 + FINE) == [(1, "byte-order-mark")]
    assert found(codecs.BOM_UTF8 + event("GEO:x")) == [(1, "byte-order-mark"), (8, "geo")]


def test_lines_that_end_in_lf_are_told_once_with_their_number() -> None:
    raw = FINE.replace(b"\r\n", b"\n")
    assert found(raw) == [(1, "line-end")]
    assert message(raw, "line-end") == "No line ends in CRLF."


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_the_first_line_that_ends_otherwise_is_named(end: bytes) -> None:
    raw = FINE.replace(b"1@example.org\r\n", b"1@example.org" + end)
    assert found(raw) == [(5, "line-end")]
    assert message(raw, "line-end") == "1 of 10 lines do not end in CRLF."


def test_lines_of_an_old_mac_keep_their_numbers() -> None:
    assert found(event("GEO:x").replace(b"\r\n", b"\r")) == [(1, "line-end"), (8, "geo")]


def test_a_last_line_without_end_is_told() -> None:
    assert found(FINE[:-2]) == [(10, "last-line")]


@pytest.mark.parametrize(("length", "expected"), [(75, []), (76, [(8, "line-length")])])
def test_a_line_has_75_octets_at_most(length: int, expected: list[tuple[int, str]]) -> None:
    assert found(event("SUMMARY:" + "x" * (length - 8))) == expected


def test_octets_are_counted_not_characters() -> None:
    assert message(event("SUMMARY:" + "研" * 23), "line-length") == (
        "The line has 77 octets; more than 75 are to be folded."
    )


def test_an_empty_line_is_told() -> None:
    assert found(event("", "SUMMARY:Workshop")) == [(8, "empty-line")]


def test_folded_lines_are_one_and_later_lines_keep_their_numbers() -> None:
    assert found(event("SUMMARY:Work", " shop", "\tand more", "GEO:x")) == [(11, "geo")]


def test_a_fold_inside_a_character_is_broken_where_it_is() -> None:
    cut = "研".encode()
    raw = event("SUMMARY:Ä", " ö", " XX").replace(b" XX", b" a" + cut[:1] + b"\r\n " + cut[1:])
    assert found(raw) == [(11, "fold-in-character")]


def test_a_fold_between_characters_is_fine() -> None:
    assert found(event("SUMMARY:研", " 讨", " 会")) == []


def test_a_fold_of_nothing_is_broken() -> None:
    assert (1, "fold-of-nothing") in found(b" x\r\n" + FINE)


def test_text_in_another_encoding_is_told_in_its_own_line() -> None:
    raw = event("SUMMARY:Work", " XX", "GEO:x").replace(b"XX", "研讨会".encode("gb18030"))
    assert found(raw) == [(9, "encoding"), (10, "geo")]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f"])
def test_a_control_character_is_told_in_its_own_line(character: str) -> None:
    assert found(event("SUMMARY:Work", f" sh{character}op")) == [(9, "control-character")]


def test_a_tab_is_no_control_character() -> None:
    assert found(event("SUMMARY:Work\tshop")) == []


@pytest.mark.parametrize("between", ["", "\r\n "])
def test_a_line_that_is_too_long_is_read_in_part(between: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(octets, "_LARGEST", 1_000)
    long = "SUMMARY:" + between.join(["A" * 60] * 40) + ", unseen"
    assert [name for _, name in found(event(long)) if name != "line-length"] == ["line-size"]


def test_many_folds_are_one_line() -> None:
    raw = content("BEGIN:VCALENDAR", "X-NOTE:" + "\r\n y" * 100_000, "GEO:x")
    assert (100_003, "geo") in found(raw)


def test_every_finding_about_octets_names_its_paragraph() -> None:
    assert {finding.rule.reference for finding in findings(FINE.replace(b"\r\n", b"\n\n"))} == {"RFC 5545 §3.1"}
