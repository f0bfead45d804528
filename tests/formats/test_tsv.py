from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.formats import registry
from eventrec.formats.cells import clean
from eventrec.formats.registry import Options
from eventrec.table import Column, Table

if TYPE_CHECKING:
    from eventrec.table import Report


def render(table: Table, options: Options) -> bytes:
    return registry.render(table, "tsv", options)


BACK = {"\\\\": "\\", "\\t": "\t", "\\n": "\n"}


def test_every_language_has_a_column_and_nothing_is_shortened(events: Table) -> None:
    assert render(events, Options(width=10)).decode().splitlines() == [
        "id\tstarts_on\ttitle_en\ttitle_zh\tcity\tprojects\tshare\theld",
        "1\t2024-10-17\tWorkshop on Practical Cooperation on Returns\t返回和重新接纳务实合作研讨会"
        "\tBeijing\tMMSP-III; CBMM-2\t60.50\ttrue",
        "22\t\t\t北京首都国际机场\t\t\t\tfalse",
    ]


def test_tabs_newlines_and_backslashes_are_escaped() -> None:
    table = Table((Column("a"),), [("x\ty\r\nz\\n\x1b",)])
    assert render(table, Options()) == b"a\nx\\ty\\nz\\\\n\n"


def test_a_total_is_not_among_the_rows(report: Report) -> None:
    assert len(render(report, Options()).splitlines()) == 4


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=100)
def test_any_text_comes_back(first: str, second: str) -> None:
    table = Table((Column("a"), Column("b")), [(first, second)])
    line = render(table, Options()).decode().split("\n")[1]
    cells = [unescape(cell) for cell in line.split("\t")]
    assert cells == [clean(first), clean(second)]


def unescape(cell: str) -> str:
    import re

    return re.sub(r"\\[\\tn]", lambda match: BACK[match[0]], cell)
