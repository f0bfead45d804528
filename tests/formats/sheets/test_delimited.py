from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.sheets.make import kept_at_once, rows

from eventrec.errors import Rejected
from eventrec.formats import csv, sheets

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = "姓名,单位\n李娜,国家移民管理局\n王一一,一\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def read(file: Path, content: str | bytes) -> list[sheets.Row]:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return rows(file)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CHINESE.encode(), ()),
        (CHINESE.encode("utf-8-sig"), ()),
        (CHINESE.encode("utf-16"), ("UTF-16",)),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), ("UTF-16",)),
        (CHINESE.encode("utf-16-le"), ("UTF-16",)),
        (CHINESE.encode("utf-16-be"), ("UTF-16",)),
        (CHINESE.encode("gb18030"), ("GB18030",)),
        (b"\x84\x31\x95\x33" + CHINESE.encode("gb18030"), ("GB18030",)),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "be with mark", "le", "be", "gb18030", "gb18030 with mark"],
)
def test_the_encoding_is_found_and_told(file: Path, content: bytes, told: tuple[str, ...]) -> None:
    assert read(file, content) == [("姓名", "单位"), ("李娜", "国家移民管理局"), ("王一一", "一")]
    assert sheets.read(file).told == tuple(f"list.csv was read as {name}." for name in told)


@pytest.mark.parametrize("text", ["姓名\n陳嘉慧\n歐陽鋒\n香港入境事務處\n臺灣\n", "Name\n婷婷\n", "Name\n𠮷田\n"])
def test_traditional_and_rare_characters_are_chinese_too(file: Path, text: str) -> None:
    assert read(file, text.encode("gb18030")) == [(line,) for line in text.split()]


@pytest.mark.parametrize("text", ["Name,City\nZoë,Besançon\n", "Name,City\nFrançois Müller,Köln\n", "Name\nHélène\n"])
def test_accented_letters_do_not_turn_into_chinese(file: Path, text: str) -> None:
    assert read(file, text.encode("cp1252")) == [tuple(line.split(",")) for line in text.splitlines()]
    assert sheets.read(file).told == ("list.csv was read as Windows-1252 (Western European).",)


def test_accented_letters_are_found_far_down(file: Path) -> None:
    assert read(file, b"Name\n" + b"LI Na\n" * 50_000 + b"Besan\xe7on\n")[-1] == ("Besançon",)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Имя,Город\nИванов Пётр,Москва\n", "cp1251"),
        ("姓名,單位\n陳嘉慧,香港入境事務處\n", "big5"),
        ("名前,所属\n田中さくら,外務省\n鈴木,東京\n", "shift-jis"),
    ],
)
def test_another_encoding_is_refused_and_not_guessed(file: Path, text: str, encoding: str) -> None:
    with pytest.raises(Rejected, match="neither UTF-8, UTF-16 nor GB18030"):
        read(file, text.encode(encoding))


def test_a_file_whose_mark_lies_is_damaged(file: Path) -> None:
    with pytest.raises(Rejected, match="it begins as UTF-8 and goes on otherwise"):
        read(file, b"\xef\xbb\xbfName\n\xff\xff\n")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(file: Path, separator: str) -> None:
    text = "\n".join(
        separator.join(row) for row in (("Name", "City", "Note"), ("LI Na", "Beijing", ""), ("B", "C", "D"))
    )
    assert read(file, text) == [("Name", "City", "Note"), ("LI Na", "Beijing"), ("B", "C", "D")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Name;Sum\nA;1,5\nB;2,5\n", ("Name", "Sum")),
        ('Name,Note\nA,"x; y; z"\nB,"x; y; z"\n', ("Name", "Note")),
        ("Doe, Jane;NIA\nRoe, Jim;NIA\nLI Na;NIA\n", ("Doe, Jane", "NIA")),
        ("姓名，单位\n李娜，处\n", ("姓名，单位",)),
        ("Name\nLI Na\n", ("Name",)),
    ],
)
def test_what_stands_within_cells_does_not_separate_them(file: Path, text: str, first: sheets.Row) -> None:
    assert read(file, text)[0] == first


def test_the_separator_that_excel_wrote_down_is_taken(file: Path) -> None:
    assert read(file, "sep=|\na,b|c;d\n1,2|3;4\n") == [(), ("a,b", "c;d"), ("1,2", "3;4")]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_ends_a_row(file: Path, end: str) -> None:
    assert read(file, end.join(["a,b", "", '1,"x\ny"', ""])) == [("a", "b"), (), ("1", "x\ny")]


def test_blank_rows_keep_their_place_and_those_at_the_end_are_left_out(file: Path) -> None:
    assert read(file, "a,b\n\n,,\n1,2\n\n,\n") == [("a", "b"), (), (), ("1", "2")]


@given(st.lists(st.text("'=+-@a ＝", min_size=1, max_size=6), min_size=1, max_size=4))
def test_the_guard_against_formulas_is_taken_off(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    file = tmp_path_factory.mktemp("guarded") / "list.csv"
    assert read(file, "".join(f'"{csv.guard(cell)}"\n' for cell in cells)) == [(cell,) for cell in cells]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('a,b\n1,"x\ny"\n2,"open\n3,4\n', r"row 3 \(line 4 of the file\): a quotation mark is opened and never closed"),
        ('a,b\n1,2\n"', "row 3: a quotation mark is opened and never closed"),
        ('a,b\n1,"' + "x\n" * 100_000, "row 2: .* a quotation mark is opened and never closed"),
        ('a,b\n"x" y,1\n', "row 2: text follows a closing quotation mark"),
        ("a,b\n1,x\x00y\n", "row 2, column 2: there is a NUL character"),
        ("a\n" + "x" * 200_000 + "\n", "row 2: a cell holds more than 131,072 characters"),
        ("a\n" + "x," * 16_384 + "x\n", "row 2: there are more than the 16,384 columns"),
        (",".join(map(str, range(1_000_000))), "row 1: there are more than the 16,384 columns"),
        ("a\n" + '"' + "x" * 5_000_000, "row 2: it is longer than 4,194,304 characters"),
        ("a\n" * 1_048_577, "row 1048577: a sheet has no more than 1,048,576 rows"),
    ],
    ids=lambda value: value[:20],
)
def test_a_broken_table_is_one_sentence_with_its_row(file: Path, text: str, says: str) -> None:
    with pytest.raises(Rejected, match=rf"list\.csv, {says}") as refused:
        read(file, text)
    assert refused.value.hint


def test_what_stands_above_a_broken_row_was_read(file: Path) -> None:
    file.write_text('a,b\n1,2\n"open\n')
    got = iter(sheets.read(file).sheets[0].rows)
    assert [next(got), next(got)] == [("a", "b"), ("1", "2")]
    with pytest.raises(Rejected):
        next(got)


def test_control_characters_stay(file: Path) -> None:
    assert read(file, "a,b\n1,x\x07\x0by\n") == [("a", "b"), ("1", "x\x07\x0by")]


def test_rows_may_be_gone_through_twice(file: Path) -> None:
    file.write_text("a,b\n1,2\n")
    sheet = sheets.read(file).sheets[0]
    assert list(sheet.rows) == list(sheet.rows) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(("text", "kind"), [("a,b\n", "csv"), ("a\tb\n", "tsv")])
def test_the_kind_is_what_separates_the_cells(file: Path, text: str, kind: str) -> None:
    file.write_text(text)
    assert sheets.read(file).kind == kind


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff\r"), min_size=1),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_table_of_ours_comes_back(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    file = tmp_path_factory.mktemp("any") / "list.csv"
    guarded = [["Name", "Note"], *([csv.guard(cell) for cell in row] for row in table)]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in guarded)
    assert read(file, text.encode("utf-8-sig"))[1:] == [tuple(row) for row in table]


def test_many_rows_do_not_stay_in_memory(file: Path) -> None:
    file.write_text("name,note\n" + "x,y\n" * 20_000)
    assert kept_at_once(sheets.read(file).sheets[0]) < 200_000
