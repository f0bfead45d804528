from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from eventrec.errors import UsageError
from eventrec.formats.registry import FORMATS, Options, choose, format_of, render

if TYPE_CHECKING:
    from eventrec.table import Report, Table


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_table_and_a_report(name: str, events: Table, report: Report) -> None:
    assert render(events, name, Options())
    assert render(report, name, Options())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records_give_the_same_bytes(name: str, events: Table) -> None:
    assert render(events, name, Options()) == render(events, name, Options())


def test_an_unknown_format_is_refused(events: Table) -> None:
    with pytest.raises(UsageError, match="no format “ods”"):
        render(events, "ods", Options())


def test_the_ending_says_the_format() -> None:
    assert format_of("exports/List.XLSX") == "xlsx"
    assert format_of("a.ods") is None


def test_the_table_is_written_when_nothing_is_asked_for() -> None:
    assert choose(None, None) == "table"
    assert choose(None, "-") == "table"


def test_either_the_option_or_the_ending_decides() -> None:
    assert choose("csv", None) == "csv"
    assert choose(None, "a.jsonl") == "jsonl"
    assert choose("csv", "a.csv") == "csv"
    assert choose("csv", "a.dat") == "csv"


def test_an_option_and_an_ending_that_disagree_are_refused() -> None:
    with pytest.raises(UsageError, match="its ending says xlsx"):
        choose("csv", "a.xlsx")


def test_an_ending_that_stands_for_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="stands for no format"):
        choose(None, "a.ods")


def test_the_registry_imports_no_heavy_library() -> None:
    heavy = {"xlsxwriter", "wcwidth", "icalendar"}
    code = (
        "import sys, eventrec.formats.registry as r; from eventrec.table import *;"
        "r.render(Table((Column('a'),), [('翟安瑞 é',)]), 'table', r.Options(width=80));"
        f"print({heavy} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert out.stdout.strip() == "set()"
