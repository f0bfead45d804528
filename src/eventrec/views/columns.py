"""The columns of the views, each with the kind of its cells.

The flat companions of a localized column (`title_en`, `title_zh`, `title_any`) are in the views for R, Power BI and
plain SQL; a Table carries the object instead, so they are not listed here.
"""

from __future__ import annotations

from typing import Final

from eventrec.table import Column


def _columns(**kinds: str) -> dict[str, Column]:
    """Turn `kind="name name …"` lists into columns by name."""
    return {name: Column(name, kind) for kind, names in kinds.items() for name in names.split()}  # type: ignore[arg-type]


def _in_order(order: str, **kinds: str) -> dict[str, Column]:
    """Return columns in the order given; those without a kind of their own are text."""
    special = _columns(**kinds)
    return {name: special.get(name, Column(name)) for name in order.split()}


COUNTED: Final = ("participants", "women", "men", "expected")
"""The columns of `v_event` that `v_event_itself` lacks."""

COLUMNS: Final[dict[str, dict[str, Column]]] = {
    "v_event": _in_order(
        "id uid kind status status_reason title description results topics starts_on ends_on date_note"
        " planned_starts_on planned_ends_on days effective_days start_time end_time timezone modality venue address"
        " city country latitude longitude online_url source_url contact contact_id contact_email parent parent_uid"
        " parent_title replaces projects donors organizers organizer_id organizer organizer_email visits sequence"
        " created_at modified_at dtstamp participants women men expected note source_uid search_text version",
        integer="id days effective_days contact_id parent replaces organizer_id visits sequence participants women"
        " men expected version",
        decimal="latitude longitude",
        date="starts_on ends_on planned_starts_on planned_ends_on",
        time="start_time end_time",
        moment="created_at modified_at dtstamp",
        localized="title description results venue city contact parent_title organizer",
        list="topics projects donors organizers",
    ),
    "v_agency": _in_order(
        "id uid code name label kind side own_side country parent parent_id successor successor_id aliases website"
        " email phone address note events sort_key search_text created_at modified_at revised_at version",
        integer="id parent_id successor_id events version",
        moment="created_at modified_at revised_at",
        localized="name",
        list="aliases",
    ),
    "v_contact": _in_order(
        "id uid name family_name given_name honorific sex languages categories email emails phone phones wechat url"
        " address agency agency_id agency_name position unit projects involved_in aliases events first_event_on"
        " last_event_on note sort_key search_text created_at modified_at revised_at version",
        integer="id agency_id events version",
        date="first_event_on last_event_on",
        moment="created_at modified_at revised_at",
        localized="name agency_name position",
        list="languages categories emails phones projects involved_in aliases",
    ),
    "v_contact_point": _in_order(
        "id uid contact_id agency_id kind value label preferred created_at modified_at version",
        integer="id contact_id agency_id version",
        boolean="preferred",
        moment="created_at modified_at",
    ),
    "v_project": _in_order(
        "id uid code name parent parent_id phases contract_number starts_on ends_on status funding_statement donors"
        " implementers partners beneficiaries managers aliases events participants retention_months note sort_key"
        " search_text created_at modified_at version",
        integer="id parent_id events participants retention_months version",
        date="starts_on ends_on",
        moment="created_at modified_at",
        localized="name funding_statement",
        list="phases donors implementers partners beneficiaries managers aliases",
    ),
    "v_participation": _in_order(
        "id uid event event_title event_kind event_status starts_on ends_on agency agency_id agency_name label side"
        " country contact contact_id honorific position sex role status modality women men other not_stated"
        " approximate days attended_days effective_days source counted measure own_staff email agency_email"
        " agency_address forgotten note answered_at sort_key created_at modified_at dtstamp version",
        integer="id event agency_id contact_id women men other not_stated days effective_days counted version",
        boolean="approximate own_staff forgotten",
        date="starts_on ends_on",
        moment="answered_at created_at modified_at dtstamp",
        localized="event_title agency_name label contact position",
        list="attended_days",
    ),
    "v_head": _in_order(
        "event_id participation_id contact_id forgotten_as agency_id agency_code agency_name agency_kind label side"
        " country kind modality role status sex people named approximate days source measure counted_role own_staff"
        " reason starts_on ends_on",
        integer="event_id participation_id contact_id agency_id people days",
        boolean="named approximate counted_role own_staff",
        date="starts_on ends_on",
        localized="agency_name label",
    ),
    "v_on_the_day": _in_order(
        "id event_id kind event_status starts_on ends_on effective_days contact_id forgotten_as agency_id agency_name"
        " position label side country role status modality women men other not_stated source approximate measure"
        " own_staff",
        integer="id event_id effective_days contact_id agency_id women men other not_stated",
        boolean="approximate own_staff",
        date="starts_on ends_on",
        localized="agency_name position label",
    ),
    "v_own_staff": _in_order("project_id agency_id", integer="project_id agency_id"),
    "v_event_project": _in_order(
        "event_id project_id share budget_line inherited modified_at",
        integer="event_id project_id",
        decimal="share",
        boolean="inherited",
        moment="modified_at",
    ),
    "v_event_source": _in_order(
        "id uid event_id name url sha256 text created_at modified_at version",
        integer="id event_id version",
        moment="created_at modified_at",
    ),
    "v_retention": _in_order(
        "contact_id reason event_id project_id project decided_by ends_on retention_months",
        integer="contact_id event_id project_id retention_months",
        date="ends_on",
    ),
}
"""Every view's columns by name, in the view's order."""

COLUMNS["v_event_itself"] = {name: column for name, column in COLUMNS["v_event"].items() if name not in COUNTED}


def columns_of(view: str, names: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the named columns of a view, or all of them."""
    columns = COLUMNS[view]
    return tuple(columns[name] for name in names) if names else tuple(columns.values())
