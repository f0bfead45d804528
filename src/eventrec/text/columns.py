"""Which columns of the tables hold words that somebody wrote, so that a person may be named in them."""

from __future__ import annotations

from typing import Final


def _by_table(written: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {table: tuple(names.split()) for table, names in written.items()}


TEXTS: Final = _by_table(
    {
        "agency": "name code side website note",
        "contact": "name family_name given_name honorific languages categories note",
        "contact_point": "value label",
        "affiliation": "position unit",
        "alias": "city name",
        "project": "name code contract_number funding_statement note",
        "event": "title description results topics status_reason date_note venue address city online_url source_url"
        " source_uid note",
        "event_project": "budget_line",
        "event_source": "url name text",
        "participation": "label side agency_name position note",
        "consent": "purpose source",
        "disclosure": "recipient purpose what criteria file_name",
        "forgotten": "reason",
        "tombstone": "calendar",
        "setting": "value",
    }
)
"""Every such column; words of a fixed vocabulary, hashes and what is computed are not among them."""

IDENTITY: Final = _by_table(
    {
        "contact": "name family_name given_name search_text sort_key",
        "contact_point": "value",
        "alias": "name",
        "agency": "name code search_text sort_key",
        "project": "name code search_text sort_key",
        "participation": "agency_name",
    }
)
"""Columns that say who somebody else is: a namesake, or an agency with the same number."""

STRUCTURED: Final = _by_table(
    {
        "agency": "name",
        "contact": "name languages categories",
        "affiliation": "position",
        "project": "name funding_statement",
        "event": "title description results topics venue city",
        "participation": "label agency_name position",
        "disclosure": "contact_ids",
        "tombstone": "calendar",
        "setting": "value",
        "change": "before after",
    }
)
"""Columns that hold JSON: texts by language, lists, whole rows. Every other text is what it says, whatever it looks
like."""
