"""The page on privacy says of every column of the database whether it tells of people."""

from __future__ import annotations

import re

from tests.test_docs import DOCS, table, tokens

from eventrec.models import Base

OF_NO_ONE = {
    "agency": "code name kind side country parent_id successor_id website note search_text sort_key",
    "project": "code name parent_id contract_number starts_on ends_on status funding_statement retention_months note"
    " search_text sort_key",
    "event_project": "event_id project_id share budget_line",
    "setting": "key value",
    "event": "kind parent_id replaces_id title description results topics status status_reason starts_on ends_on"
    " date_note planned_starts_on planned_ends_on days start_time end_time timezone modality venue address city country"
    " latitude longitude online_url source_url sequence source_uid source_sequence source_modified_at note search_text",
    "change_set": "moment reverses_id",
    "change": "change_set_id table_name row_id row_uid erased_at",
    "tombstone": "table_name row_id removed_at calendar",
}
"""Columns that tell of nobody, but where somebody writes a name into a text."""

OF_EVERY_RECORD = {"id", "uid", "created_at", "modified_at", "version"}


def test_every_column_is_on_the_page_or_tells_of_no_one() -> None:
    there = {name: {column.name for column in each.columns} for name, each in Base.metadata.tables.items()}
    page = {
        re.findall(r"`(\w+)`", name)[0]: set(re.findall(r"`(\w+)`", columns))
        for name, columns, _ in table(DOCS / "privacy.md", "table")
    }
    assert {name: there[name] - OF_EVERY_RECORD for name in there} == {
        name: page.get(name, set()) | set(OF_NO_ONE.get(name, "").split()) for name in {*page, *OF_NO_ONE}
    }


def test_the_tables_without_people_are_named() -> None:
    text = " ".join(token.content for token in tokens(DOCS / "privacy.md") if token.type == "inline")
    named = "`agency`, `project`, `event_project` and `setting` hold nothing of people, and `event` nothing else"
    assert named in text.replace("\n", " ")
