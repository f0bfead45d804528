from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.errors import Rejected
from eventrec.formats import sheets
from eventrec.formats.marked_sheet import MarkedSheet, render
from eventrec.formats.marks import written_by_eventrec

if TYPE_CHECKING:
    from pathlib import Path

RED = "FFF8CBAD"
ROWS = [
    ("名单 List",),
    ("No", "姓名 Name", "E-mail", "Date"),
    (1, "LI Na", "broken@", date(2024, 10, 17)),
    (2, None, "zhao@example.org", None),
]


def page(**options: Any) -> Any:
    marked = MarkedSheet(**{"name": "名单", "rows": ROWS, "head_row": 1, **options})
    return openpyxl.load_workbook(io.BytesIO(render([marked]))).active


def written(cell: Any) -> Any:
    return page(rows=[(cell,)], head_row=None)["A1"]


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def test_a_marked_cell_is_coloured_and_says_why_and_the_others_are_not() -> None:
    read = page(marks={(2, 2): "No address."})
    assert colour(read["C3"]) == RED
    assert read["C3"].comment.text == "No address."
    assert [cell.coordinate for row in read.iter_rows() for cell in row if colour(cell) == RED] == ["C3"]


def test_the_mark_of_a_whole_row_joins_that_of_its_first_cell() -> None:
    assert page(marks={(2, 0): "No number.", (2, None): "Nobody."})["A3"].comment.text == "No number.\nNobody."


def test_an_empty_cell_can_be_marked_even_beyond_the_end_of_its_row() -> None:
    read = page(marks={(3, 1): "There is no name.", (0, 3): "Far off."})
    assert (colour(read["B4"]), read["B4"].value) == (RED, None)
    assert read["D1"].comment.text == "Far off."


def test_a_marked_date_stays_a_date() -> None:
    read = page(marks={(2, 3): "Not a day of the event."})
    assert (read["D3"].value, colour(read["D3"])) == (datetime(2024, 10, 17), RED)  # noqa: DTZ001


def test_the_headings_are_bold_and_stay_in_sight() -> None:
    read = page()
    assert read.freeze_panes == "A3"
    assert read["B2"].font.bold
    assert not read["A1"].font.bold


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-1", "@SUM(A1)", "https://example.org", "007", '=HYPERLINK("x")'])
def test_what_excel_would_execute_or_change_stays_text(text: str) -> None:
    assert (written(text).value, written(text).data_type) == (text, "s")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (13800138000.0, 13800138000),
        (True, True),
        (datetime(2024, 10, 17, 9, 30), datetime(2024, 10, 17, 9, 30)),  # noqa: DTZ001
        (time(9, 30), time(9, 30)),
        (date(1899, 1, 1), "1899-01-01"),
        (datetime(1899, 1, 1, 9, 30), "1899-01-01 09:30"),  # noqa: DTZ001
        (float("nan"), "nan"),
        (10**18, "1000000000000000000"),
    ],
)
def test_a_cell_keeps_its_kind_where_excel_has_it_and_is_text_where_not(cell: Any, read: Any) -> None:
    assert written(cell).value == read


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    cell = written("x" * 40_000)
    assert len(cell.value) == 32_767
    assert "holds 40,000 characters" in cell.comment.text


def test_a_text_beyond_the_first_plane_is_cut_between_characters() -> None:
    assert written("𠮷" * 20_000).value == "𠮷" * 16_383


def test_what_would_happen_stands_in_a_last_column_that_an_import_leaves_alone() -> None:
    read = page(notes={2: "new: LI Na"})
    assert [cell.value for cell in read["E"]] == [None, "eventrec", "new: LI Na", None]


def test_a_title_does_not_widen_the_column_below_it() -> None:
    read = page(rows=[("A title that is far longer than any number",), ("No", "Name"), (1, "LI Na")])
    assert read.column_dimensions["A"].width < 10


@pytest.mark.parametrize(
    "names",
    [("a/b", "a:b", "A b"), ("x" * 31, "x" * 27 + " (2)", "x" * 31, "x" * 28 + " 3", "x" * 31), ("", "history", "")],
)
def test_names_that_excel_takes_for_the_same_are_told_apart(names: tuple[str, ...]) -> None:
    read = openpyxl.load_workbook(io.BytesIO(render([MarkedSheet(name, [(1,)]) for name in names]))).sheetnames
    assert len({name.lower() for name in read}) == len(names)
    assert max(map(len, read)) <= 31


def test_more_columns_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(Rejected, match="16,385 columns"):
        render([MarkedSheet("s", [("x",) * 16_384])])


def test_a_sheet_with_thousands_of_bad_cells_keeps_its_comments_few_enough_to_open() -> None:
    rows = [("x",)] * 10_005
    marked: dict[tuple[int, int | None], str] = {(at, 0): "bad" for at in range(len(rows))}
    read: Any = openpyxl.load_workbook(io.BytesIO(render([MarkedSheet("s", rows, None, marked)]))).active
    assert sum(row[0].comment is not None for row in read.iter_rows()) == 10_000
    assert colour(read["A10005"]) == RED


def test_it_is_ours_and_the_same_sheets_give_the_same_bytes() -> None:
    sheet = MarkedSheet("名单", ROWS, 1, {(2, 2): "No address."}, {2: "problem"})
    assert render([sheet]) == render([sheet])
    assert written_by_eventrec(render([sheet]))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20).filter(
        lambda text: "_x" not in text and "\ufeff" not in text
    ),
)


@settings(max_examples=15)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4).map(tuple), min_size=1, max_size=5))
def test_our_own_reader_gets_back_what_was_written(tmp_path_factory: Any, rows: list[tuple[Any, ...]]) -> None:
    path: Path = tmp_path_factory.mktemp("marked") / "copy.xlsx"
    path.write_bytes(render([MarkedSheet("s", rows)]))
    read = list(sheets.read(path).sheets[0].rows)
    assert [_filled(row) for row in read if _filled(row)] == [_filled(row) for row in rows if _filled(row)]


def _filled(row: tuple[Any, ...]) -> dict[int, Any]:
    return {at: cell for at, cell in enumerate(row) if cell is not None and cell != ""}
