from __future__ import annotations

from sqlalchemy import Text

from eventrec.models import Base
from eventrec.models.base import JsonText, LocalizedText
from eventrec.text.columns import IDENTITY, STRUCTURED, TEXTS

NO_WORDS = {
    "uid", "hash", "person", "sha256", "forgotten_as", "search_text", "sort_key", "kind", "sex", "country", "status",
    "modality", "role", "answer", "language", "timezone", "start_time", "end_time", "table_name", "row_uid",
    "replaced_by", "first_uid", "second_uid", "key", "contact_ids",
}  # fmt: skip
"""Hashes, numbers, words of a fixed vocabulary, and what is computed of others."""


def test_every_text_of_every_table_is_looked_through_for_people() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name in ("change", "change_set"):
            continue
        texts = {column.name for column in table.columns if isinstance(column.type, JsonText | LocalizedText | Text)}
        words = {"source"} if table.name == "participation" else set()
        assert texts - NO_WORDS - words == set(TEXTS.get(table.name, ())), table.name


def test_what_says_who_somebody_is_and_what_is_json_is_there() -> None:
    for named in (IDENTITY, STRUCTURED):
        for table, names in named.items():
            assert set(names) <= set(Base.metadata.tables[table].columns.keys()), table


def test_what_is_json_is_known_as_json() -> None:
    for table in Base.metadata.sorted_tables:
        found = {column.name for column in table.columns if isinstance(column.type, JsonText | LocalizedText)}
        assert found == set(STRUCTURED.get(table.name, ())), table.name
