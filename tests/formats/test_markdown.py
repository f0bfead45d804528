from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from eventrec.formats import registry
from eventrec.formats.markdown import escape, sentence
from eventrec.formats.registry import Options
from eventrec.table import Column, Table

if TYPE_CHECKING:
    from eventrec.table import Report


def render(table: Table, options: Options) -> bytes:
    return registry.render(table, "markdown", options)


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXTS = st.text(st.sampled_from("\\`*_[]()<>|~&#!-+1.ab ;:/\"'$翟"), max_size=25)


def inline_text(markdown: str) -> str:
    """Return what a reader shows, failing on anything but text and line breaks."""
    shown = []
    for token in READER.parse(markdown):
        for child in token.children or []:
            assert child.type in ("text", "softbreak", "text_special"), child
            shown.append(child.content)
    return "".join(shown)


def test_a_table_is_a_github_table(events: Table) -> None:
    assert render(events.pick("id", "starts_on", "title", "held"), Options(main="zh")).decode() == (
        "| id | starts on | title | held |\n"
        "| ---: | --- | --- | --- |\n"
        "| 1 | 2024-10-17 | 返回和重新接纳务实合作研讨会 | yes |\n"
        "| 22 |  | 北京首都国际机场 | no |\n"
    )


def test_a_report_has_heading_bold_total_rule_and_notes(report: Report) -> None:
    text = render(report, Options()).decode()
    assert text.startswith("# Participants by agency\n\n| agency |")
    assert "\n| **Total** | **1** | **≥14** | **0** | **3** |\n\nAsked with: project MMSP-III.\n" in text
    assert text.endswith("\n- Counted: people who attended events that were held.\n- Not counted: 2 interpreters.\n")


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "[a](javascript:x)", "![i](x)", "**b** _c_", "a|b", "`c`", "&lt;", "~~s~~", "a\\"]
)
def test_markup_in_a_cell_is_shown_and_does_not_act(text: str) -> None:
    table = Table((Column("x"),), [(text,)])
    assert inline_text(render(table, Options()).decode()) == "x" + text


@given(TEXTS)
@settings(max_examples=150)
def test_any_text_in_a_cell_is_shown_as_it_is(text: str) -> None:
    markdown = f"| {escape(text)} | end |\n| --- | --- |\n"
    assert inline_text(markdown) == text.strip() + "end"


@pytest.mark.parametrize("text", ["# a", "- a", "1. a", "+ a", "> a", "2) a", "=="])
def test_a_note_never_starts_a_list_or_a_heading(text: str) -> None:
    assert inline_text(f"- {sentence(text)}") == text
    assert READER.parse(sentence(text))[0].type == "paragraph_open"


def test_a_newline_is_a_break_and_a_word_with_an_underscore_stays_readable() -> None:
    assert escape("a\nb_c") == "a<br>b_c"
