"""Who may see and do what on a server: the decisions behind `eventrec db grant`, column by column.

A reader counts people and never learns who they are: no name, address, position, note or free text about somebody, no
history. The number and the sex of a person stay, since distinct people are counted by them. A `*` stands for a
localized column with its flat companions (`_en`, `_zh`, `_any`). A column that stands nowhere here is seen by nobody
below a writer; a test asks for a decision on every column of every view and on every table.
"""

from __future__ import annotations

from typing import Final, Literal

Level = Literal["reader", "writer", "manager", "nothing"]

LEVELS: Final[tuple[Level, ...]] = ("reader", "writer", "manager", "nothing")

SHOWN: Final[dict[str, str]] = {
    "v_event": "id uid kind status title* description* topics starts_on ends_on date_note planned_starts_on"
    " planned_ends_on days effective_days start_time end_time timezone modality venue* address city* country latitude"
    " longitude online_url source_url contact_id parent parent_uid parent_title* replaces projects donors organizers"
    " organizer_id organizer* visits sequence created_at modified_at dtstamp participants women men expected version",
    "v_event_itself": "id uid kind status title* description* topics starts_on ends_on date_note planned_starts_on"
    " planned_ends_on days effective_days start_time end_time timezone modality venue* address city* country latitude"
    " longitude online_url source_url contact_id parent parent_uid parent_title* replaces projects donors organizers"
    " organizer_id organizer* visits sequence created_at modified_at dtstamp version",
    "v_agency": "id uid code name* label kind side own_side country parent parent_id successor successor_id aliases"
    " website address events sort_key created_at modified_at revised_at version",
    "v_contact": "id uid sex agency agency_id agency_name* projects involved_in events first_event_on last_event_on"
    " created_at modified_at revised_at version",
    "v_contact_point": "",
    "v_project": "id uid code name* parent parent_id phases contract_number starts_on ends_on status"
    " funding_statement* donors implementers partners beneficiaries aliases events participants retention_months"
    " sort_key created_at modified_at version",
    "v_participation": "id uid event event_title* event_kind event_status starts_on ends_on agency agency_id"
    " agency_name* label* side country contact_id sex role status modality women men other not_stated approximate"
    " days attended_days effective_days source counted measure own_staff agency_address forgotten answered_at"
    " created_at modified_at dtstamp version",
    "v_head": "event_id participation_id contact_id forgotten_as agency_id agency_code agency_name agency_kind label"
    " side country kind modality role status sex people named approximate days source measure counted_role own_staff"
    " reason starts_on ends_on",
    "v_on_the_day": "id event_id kind event_status starts_on ends_on effective_days contact_id forgotten_as agency_id"
    " agency_name label side country role status modality women men other not_stated source approximate measure"
    " own_staff",
    "v_own_staff": "project_id agency_id",
    "v_event_project": "event_id project_id share budget_line inherited modified_at",
    "v_retention": "",
    "v_event_source": "id uid event_id url sha256 created_at modified_at version",
}
"""What a reader sees of each view."""

WITHHELD: Final[dict[str, str]] = {
    "v_event": "status_reason results* contact* contact_email organizer_email note source_uid search_text",
    "v_event_itself": "status_reason results* contact* contact_email organizer_email note source_uid search_text",
    "v_agency": "email phone note search_text",
    "v_contact": "name* family_name given_name honorific languages categories email emails phone phones wechat url"
    " address position* unit aliases note sort_key search_text",
    "v_contact_point": "id uid contact_id agency_id kind value label preferred created_at modified_at version",
    "v_project": "managers note search_text",
    "v_participation": "contact* honorific position* email agency_email note sort_key",
    "v_head": "",
    "v_on_the_day": "position",
    "v_own_staff": "",
    "v_event_project": "",
    "v_retention": "contact_id reason event_id project_id project decided_by ends_on retention_months",
    "v_event_source": "name text",
}
"""What a reader does not see of each view: people, ways to reach them, and free text that may tell of them."""

TABLES_SHOWN: Final[dict[str, str]] = {
    "schema_mark": "mark",
    "alembic_version": "version_num",
    "setting": "key value",
    "agency": "id uid code name kind side country parent_id successor_id",
    "project": "id uid code name parent_id starts_on ends_on status",
    "project_party": "id project_id agency_id contact_id role share starts_on ends_on",
    "event": "id uid kind parent_id replaces_id title status contact_id starts_on ends_on date_note planned_starts_on"
    " planned_ends_on days start_time end_time timezone modality city country sequence",
    "event_project": "id event_id project_id share budget_line",
    "contact": "id uid sex",
    "affiliation": "id contact_id agency_id starts_on ends_on is_primary",
    "participation": "id uid event_id agency_id contact_id label side role status modality women men other not_stated"
    " approximate days source agency_name forgotten_as",
    "attendance": "id participation_id day",
}
"""What a reader sees of the tables, which reports ask beside the views."""

_ALL: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")
_RECORDS: Final = (
    "agency", "contact", "contact_point", "affiliation", "project", "project_party", "event", "event_project",
    "event_source", "participation", "attendance", "alias", "not_same", "consent", "tombstone", "setting",
)  # fmt: skip
_WRITER: Final[dict[str, tuple[str, ...]]] = {
    "schema_mark": ("SELECT",),
    "alembic_version": ("SELECT",),
    **dict.fromkeys(_RECORDS, _ALL),
    "change_set": ("SELECT", "INSERT"),
    "change": ("SELECT", "INSERT"),
    "disclosure": ("SELECT", "INSERT"),
    "forgotten": ("SELECT",),
}
TABLES: Final[dict[Level, dict[str, tuple[str, ...]]]] = {
    "reader": {},
    "writer": _WRITER,
    "manager": {
        **_WRITER,
        "change_set": ("SELECT", "INSERT", "UPDATE"),
        "change": ("SELECT", "INSERT", "UPDATE"),
        "disclosure": _ALL,
        "forgotten": _ALL,
    },
    "nothing": {},
}
"""What each level may do with whole tables.

A writer adds to the history and never edits it, and notes a list that was given away without being able to unsay it.
Only a manager takes a forgotten person out of the history.
"""


def columns(written: str) -> list[str]:
    """Return the columns that a decision names, each localized one followed by its flat companions."""
    found: list[str] = []
    for word in written.split():
        name = word.removesuffix("*")
        found.append(name)
        if word.endswith("*"):
            found += [f"{name}_en", f"{name}_zh", f"{name}_any"]
    return found
