from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eventrec.formats import registry
from eventrec.formats.registry import Options
from eventrec.table import Column, Table

if TYPE_CHECKING:
    from eventrec.table import Report


def render_lines(table: Table, options: Options) -> bytes:
    return registry.render(table, "jsonl", options)


def render(table: Table, options: Options) -> bytes:
    return registry.render(table, "json", options)


def test_a_table_is_an_array_of_objects_with_titles_by_language(events: Table) -> None:
    first, second = json.loads(render(events, Options()))
    assert first["title"]["zh"] == "返回和重新接纳务实合作研讨会"
    assert first["projects"] == ["MMSP-III", "CBMM-2"]
    assert first["share"] == 60.5
    assert second["starts_on"] is None
    assert second["held"] is False


def test_it_is_readable_and_ends_with_a_newline(events: Table) -> None:
    text = render(events, Options()).decode()
    assert text.startswith('[\n  {\n    "id": 1,')
    assert text.endswith("]\n")
    assert "北京" in text


def test_a_report_is_an_object_with_its_rule(report: Report) -> None:
    content = json.loads(render(report, Options()))
    assert list(content) == ["report", "criteria", "rule", "rows", "total", "notes"]
    assert content["report"] == "participants"
    assert content["criteria"] == {"project": "MMSP-III", "by": ["agency"]}
    assert content["rows"][1]["participations"] == 2
    assert content["total"]["participations"] == 14
    assert content["notes"] == ["Not counted: 2 interpreters."]


def test_control_characters_are_stripped() -> None:
    table = Table((Column("a", "list"),), [(["x\x1b\x9b\ny"],)])
    assert json.loads(render(table, Options())) == [{"a": ["x\ny"]}]


def test_a_table_without_rows_is_an_empty_array() -> None:
    assert render(Table((Column("a"),), []), Options()) == b"[]\n"


def test_json_lines_hold_one_object_a_line(events: Table, report: Report) -> None:
    lines = render_lines(events, Options()).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 22]
    assert len(render_lines(report, Options()).splitlines()) == 3
