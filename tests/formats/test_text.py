from __future__ import annotations

from copy import copy

import pytest
from wcwidth import wcswidth

from eventrec.formats.registry import Options
from eventrec.formats.text import show
from eventrec.table import Column, Report, Table


def test_columns_align_and_chinese_counts_as_two_cells(events: Table) -> None:
    assert show(events.pick("id", "title", "city"), Options()).splitlines() == [
        "id  title                                         city",
        "─" * 57,
        " 1  Workshop on Practical Cooperation on Returns  Beijing",
        "22  北京首都国际机场",
    ]


@pytest.mark.parametrize("cells", [24, 40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(cells: int, events: Table, report: Report) -> None:
    for table in (events, report):
        lines = show(table, Options(width=cells)).splitlines()
        assert max(wcswidth(line) for line in lines) <= cells


def test_titles_shrink_and_dates_and_numbers_do_not(events: Table) -> None:
    text = show(events, Options(width=74))
    assert "Workshop on " in text
    assert "Returns" not in text
    assert "2024-10-17" in text
    assert "60.50" in text
    assert "MMSP-III, CBMM-2" in text


def test_both_languages_are_shown_when_asked_for(events: Table) -> None:
    assert "Cooperation on Returns / 返回和重新" in show(events, Options(languages="both"))


def test_a_narrow_terminal_gets_a_block_a_row(events: Table) -> None:
    assert "starts on  2024-10-17\n" in show(events, Options(width=30))


def test_columns_that_say_nothing_are_left_out_and_named_before_the_table_breaks(report: Report) -> None:
    text = show(report, Options(width=51))
    assert "  named" not in text
    assert "Not shown, because empty or 0: named.\n" in text


def test_an_escape_in_a_title_is_never_live() -> None:
    table = Table((Column("title", "localized"),), [({"en": "a\x1b[31mb\u202e"},)])
    assert "a␛[31mb⟨U+202E⟩" in show(table, Options())


def test_a_table_without_rows_is_an_empty_text() -> None:
    assert show(Table((Column("id"),), []), Options()) == ""


def test_without_colour_there_is_no_escape(events: Table) -> None:
    assert "\x1b" not in show(events, Options(width=80))
    assert show(events, Options(color=True)).startswith("\x1b[1m")


def test_a_report_has_its_total_rule_notes_and_chart(report: Report) -> None:
    assert show(report, Options(width=60)).splitlines() == [
        "Participants by agency",
        "",
        "agency            events  participations  named  uncounted",
        "─" * 58,
        "NIA                    1              12      0          0",
        "EC                     1              ≥2      0          1",
        "EU Member States       1                                 2",
        "─" * 58,
        "Total                  1             ≥14      0          3",
        "",
        "Asked with: project MMSP-III.",
        "Counted: people who attended events that were held.",
        "Not counted: 2 interpreters.",
        "",
        "NIA               ███████████████████████████████████████ 12",
        "EC                ██████▌ ≥2",
        "EU Member States",
    ]


def test_numbers_are_exact_where_every_delegation_was_counted(report: Report) -> None:
    exact = copy(report)
    exact.rows, exact.total = report.rows[:1], None
    assert "≥" not in show(exact, Options())


def test_spare_columns_go_one_by_one_where_there_is_no_room() -> None:
    table = Table(
        tuple(Column(name, "integer") for name in ("women", "men", "named", "shared")),
        [(1_000_000,) * 4, (2_000_000,) * 4],
    )
    narrow = show(table, Options(width=30, spare=("shared", "named")))
    assert narrow.splitlines()[0].split() == ["women", "men", "named"]
    assert "Not shown, for want of room:" in narrow
    assert show(table, Options(width=40, spare=("shared",))).splitlines()[0].split()[-1] == "shared"


def test_a_row_of_a_report_that_stands_for_nothing_says_so() -> None:
    report = Report(
        (Column("project"), Column("events", "integer")), [("MMSP-III", 1), (None, 2)], chart=("project", "events")
    )
    assert "(none)" in show(report, Options())
