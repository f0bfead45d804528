from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.formats import registry
from eventrec.formats.cells import clean
from eventrec.formats.csv import guard, unguard
from eventrec.formats.registry import Options
from eventrec.table import Column, Table


def render(table: Table, options: Options) -> bytes:
    return registry.render(table, "csv", options)


EXCEL = Options(for_excel=True)


def read(data: bytes, encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def test_scripts_get_bare_utf_8_and_newlines(events: Table) -> None:
    data = render(events, Options())
    assert data.startswith(b"id,starts_on,title_en,title_zh,")
    assert b"\r" not in data
    assert read(data)[1][5:] == ["MMSP-III; CBMM-2", "60.50", "true"]


def test_excel_gets_a_byte_order_mark_and_crlf(events: Table) -> None:
    data = render(events, EXCEL)
    assert data.startswith(b"\xef\xbb\xbfid,")
    assert data.count(b"\r\n") == 3


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-x", "@a", "\tx", "＝1", "＋1", "－1", "＠a", "'=1"])
def test_a_text_like_a_formula_is_guarded_for_excel_only(text: str) -> None:
    table = Table((Column("a"),), [(text,)])
    assert read(render(table, EXCEL), "utf-8-sig")[1] == ["'" + text]
    assert read(render(table, Options()))[1] == [text]


def test_numbers_are_not_guarded() -> None:
    table = Table((Column("a", "integer"), Column("b", "decimal")), [(-1, Decimal("-1E+2"))])
    assert read(render(table, EXCEL), "utf-8-sig")[1] == ["-1", "-100"]


def test_an_apostrophe_before_an_ordinary_word_is_left_alone() -> None:
    assert guard("'s-Hertogenbosch") == "'s-Hertogenbosch"
    assert unguard("'s-Hertogenbosch") == "'s-Hertogenbosch"


@given(st.text(st.sampled_from("'=+-@\t\r＝＋－＠a1"), max_size=6) | st.text(max_size=10))
@settings(max_examples=200)
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r＝＋－＠") - {""} or not text


@given(st.lists(st.text(max_size=20), min_size=2, max_size=2))
@settings(max_examples=100)
def test_any_text_comes_back(texts: list[str]) -> None:
    table = Table((Column("a"), Column("b")), [tuple(texts)])
    row = read(render(table, EXCEL), "utf-8-sig")[1]
    assert [unguard(cell) for cell in row] == [clean(text) for text in texts]
