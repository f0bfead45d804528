"""The words that records may hold, each list once. The database checks them, the command line offers them."""

from __future__ import annotations

from typing import Final

AGENCY_KINDS: Final = (
    "government",
    "embassy",
    "international-organization",
    "ngo",
    "academia",
    "private",
    "media",
    "group",
    "other",
)
"""`group` is a collective such as "EU Member States": its people count, it never counts as an agency."""

SEXES: Final = ("female", "male", "other", "not-stated")
POINT_KINDS: Final = ("email", "phone", "mobile", "wechat", "url", "address")

PROJECT_STATUSES: Final = ("planned", "active", "completed", "cancelled")
AGENCY_PARTY_ROLES: Final = ("donor", "implementer", "partner", "beneficiary")
CONTACT_PARTY_ROLES: Final = ("programme-manager", "focal-point", "finance", "monitoring")
PARTY_ROLES: Final = AGENCY_PARTY_ROLES + CONTACT_PARTY_ROLES

EVENT_KINDS: Final = ("workshop", "training", "conference", "meeting", "study-visit", "site-visit", "other")
EVENT_STATUSES: Final = ("planned", "tentative", "confirmed", "held", "cancelled", "postponed")
EXPECTED_EVENT_STATUSES: Final = ("planned", "tentative", "confirmed")
MODALITIES: Final = ("in-person", "online", "hybrid")

ROLES: Final = (
    "organizer",
    "co-organizer",
    "host",
    "facilitator",
    "chair",
    "speaker",
    "trainer",
    "interpreter",
    "participant",
    "observer",
    "donor",
    "staff",
)
COUNTED_ROLES: Final = ("participant", "observer", "chair", "speaker")
"""The roles whose people count in reports unless `--roles` names others."""

PARTICIPATION_STATUSES: Final = (
    "invited",
    "registered",
    "confirmed",
    "declined",
    "attended",
    "no-show",
    "cancelled",
)
EXPECTED_PARTICIPATION_STATUSES: Final = ("registered", "confirmed")
PARTICIPATION_MODALITIES: Final = ("in-person", "online", "not-stated")
SOURCES: Final = ("sign-in-sheet", "online-log", "registration", "host-list", "publication", "estimate")
EVIDENCE_SOURCES: Final = ("sign-in-sheet", "online-log")
"""Sources that prove attendance person by person; a report's `evidenced` counts these."""

HEAD_COUNTS: Final = ("women", "men", "other", "not_stated")
"""The four numbers of people further and unnamed, in the order of `SEXES`."""


MERGED_NOUNS: Final = ("contact", "agency")
"""Records of which two may turn out to be one."""

CONSENT_ANSWERS: Final = ("given", "refused")
FORGOTTEN_KINDS: Final = ("uid", "name", "email", "phone", "wechat")
"""Traits by which a forgotten person would be known again."""

ROW_WORDS: Final = {
    "affiliation": "place of work",
    "alias": "other name",
    "attendance": "day of presence",
    "event_project": "project of an event",
    "event_source": "release",
    "forgotten": "trace of a forgotten person",
    "not_same": "pair that is not the same",
    "participation": "participant",
    "project_party": "party of a project",
    "tombstone": "removal",
}
"""What people call a row of a table, where the name of the table does not do."""
