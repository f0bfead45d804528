"""What the database's own constraints say when they refuse a row, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.errors import AlreadyThere, EventrecError, Rejected

if TYPE_CHECKING:
    from sqlalchemy.exc import IntegrityError

_NAME: Final = re.compile(r"\b(?:ck|uq|fk)_\w+")
_UNIQUE_COLUMNS: Final = re.compile(r"UNIQUE constraint failed: ([\w., ]+)")

_SENTENCES: Final = {
    "ck_agency_code": "A code has 1 to 31 characters, is not all digits and holds no “=”.",
    "ck_agency_country": "A country is a two-letter ISO 3166-1 code.",
    "ck_agency_not_its_own_parent": "An agency cannot be part of itself.",
    "ck_agency_not_its_own_successor": "An agency cannot succeed itself.",
    "ck_affiliation_dates": "The affiliation ends before it starts.",
    "ck_alias_dates": "The name's last day is before its first.",
    "ck_consent_dates": "It is withdrawn before it was given.",
    "ck_consent_only_a_consent_is_withdrawn": "Only a consent can be withdrawn.",
    "ck_event_both_coordinates": "Latitude and longitude come together.",
    "ck_event_country": "A country is a two-letter ISO 3166-1 code.",
    "ck_event_dates": "The last day is before the first.",
    "ck_event_days": "The number of days is at least 1.",
    "ck_event_end_time_needs_start": "An end time needs a start time.",
    "ck_event_held_needs_date": "An event without a date cannot be marked held.",
    "ck_event_latitude": "A latitude lies between -90 and 90.",
    "ck_event_longitude": "A longitude lies between -180 and 180.",
    "ck_event_not_its_own_replacement": "An event cannot replace itself.",
    "ck_event_only_a_visit_has_a_parent": "A site visit belongs to an event, and only a site visit does.",
    "ck_event_start_time_needs_date": "Hours need a date and a time zone.",
    "ck_event_status_reason": "A reason is kept only for a cancelled or postponed event.",
    "ck_event_times": "The end time is not after the start time.",
    "ck_event_source_sha256": "The hash of a release has 64 hexadecimal digits.",
    "ck_event_source_text_not_empty": "A release has a text.",
    "ck_event_project_share": "A share lies between 0 and 100 per cent.",
    "ck_participation_counts": "A head-count cannot be negative.",
    "ck_participation_days": "The number of days is at least 1.",
    "ck_participation_named_is_one_person": "A named person is one person and has no head-count.",
    "ck_participation_has_somebody": "A row needs a person, an agency, a label or a head-count.",
    "ck_participation_side_only_without_agency": "The side is the agency's own; it is given only without one.",
    "ck_project_code": "A code has 1 to 31 characters, is not all digits and holds no “=”.",
    "ck_project_dates": "The project ends before it starts.",
    "ck_project_not_its_own_parent": "A project cannot be a phase of itself.",
    "ck_project_retention": "The months of retention cannot be negative.",
    "ck_project_party_role_fits": "Donors, implementers, partners and beneficiaries are agencies; the other roles"
    " are contacts.",
    "ck_project_party_share": "A share lies between 0 and 100 per cent.",
}
_CORRECT: Final = "Correct it, then repeat the command."
_TAKEN: Final = {
    "uq_agency_code": "Another agency has that code.",
    "uq_project_code": "Another project has that code.",
    "uq_participation_named": "That person has this role in this event already.",
    "uq_participation_unnamed": "That party is in this event already with this role, modality and status.",
    "uq_event_project_event_project": "That project pays for this event already.",
    "uq_event_source_release": "This release is with the event already.",
    "uq_project_party_agency": "That agency has this role in the project already.",
    "uq_project_party_contact": "That contact has this role in the project already.",
    "uq_affiliation_primary": "The contact has a main affiliation already.",
    "uq_consent_answer": "The contact has an answer of that day about this purpose already.",
    "uq_contact_point_contact": "The contact has that e-mail, phone or address already.",
    "uq_contact_point_agency": "The agency has that e-mail, phone or address already.",
}
_BY_COLUMNS: Final = {
    "participation.event_id, participation.contact_id, participation.role": "uq_participation_named",
    "event_project.event_id, event_project.project_id": "uq_event_project_event_project",
    "event_source.event_id, event_source.sha256": "uq_event_source_release",
    "project_party.project_id, project_party.agency_id, project_party.role": "uq_project_party_agency",
    "project_party.project_id, project_party.contact_id, project_party.role": "uq_project_party_contact",
    "consent.contact_id, consent.purpose, consent.answered_on": "uq_consent_answer",
    "affiliation.contact_id": "uq_affiliation_primary",
    "contact_point.contact_id, contact_point.kind, contact_point.value": "uq_contact_point_contact",
    "contact_point.agency_id, contact_point.kind, contact_point.value": "uq_contact_point_agency",
}
"""SQLite names the columns of a plain unique index, not the index."""


def refusal(error: IntegrityError) -> EventrecError:
    """Return the error to tell the user for a constraint that was violated."""
    name = _constraint(error)
    if name in _TAKEN:
        return AlreadyThere(_TAKEN[name], "Edit the row that is there.")
    if "FOREIGN KEY" in str(error.orig) or name.startswith("fk_"):
        return Rejected("Other records still refer to this one, or it refers to one that is gone.", _CORRECT)
    return Rejected(_SENTENCES.get(name, f"The database refused the row ({name or error.orig})."), _CORRECT)


def _constraint(error: IntegrityError) -> str:
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    text = str(error.orig)
    columns = _UNIQUE_COLUMNS.search(text)
    if columns and columns[1] in _BY_COLUMNS:
        return _BY_COLUMNS[columns[1]]
    found = _NAME.search(text)
    return found[0] if found else ""
