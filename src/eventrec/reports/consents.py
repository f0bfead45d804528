"""What people agreed to, and who has not agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.table import Column, Table
from eventrec.views import criteria as asked
from eventrec.views.consent import consented, is_valid
from eventrec.views.where import Where, among, every

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

COLUMNS: Final = (
    Column("id", "integer"),
    Column("contact_id", "integer"),
    Column("contact", "localized"),
    Column("purpose"),
    Column("answer"),
    Column("answered_on", "date"),
    Column("withdrawn_on", "date"),
    Column("source"),
    Column("valid", "boolean"),
    Column("version", "integer"),
)
_LATEST: Final = ("purpose", "answer", "answered_on", "withdrawn_on", "source")
MISSING: Final = ("id", "name", "agency", "position", "email")


def consents(reader: Reader, criteria: Criteria, purposes: Sequence[str], today: str) -> Table:
    """Return the answers of the contacts that meet the criteria, person by person.

    `valid` says whether the answer lets the data be used today (ISO date).
    """
    where = every((among("consent.purpose", purposes, "wanted"), _of_contacts(criteria)))
    sql = (
        "SELECT consent.id, consent.contact_id, contact.name, consent.purpose, consent.answer,"  # noqa: S608
        " consent.answered_on, consent.withdrawn_on, consent.source,"
        f" {is_valid('consent', ':today')},"
        " consent.version FROM consent JOIN contact ON contact.id = consent.contact_id"
        f"{where.clause()}"
        " ORDER BY contact.sort_key, contact.id, consent.purpose, consent.answered_on, consent.id"
    )
    return reader.select(COLUMNS, sql, {**where.params, "today": today})


def missing(reader: Reader, criteria: Criteria, purpose: str, today: str) -> Table:
    """Return the contacts that meet the criteria and have no valid consent for the purpose today (ISO date)."""
    valid = consented("v_contact.id", (purpose,), today)
    where = asked.of_contacts(criteria) & Where(f"NOT {valid.sql}", valid.params)
    return reader.table("v_contact", MISSING, where, ("sort_key", "name_any"))


def latest(reader: Reader, contact_id: int) -> Table:
    """Return a person's latest answer about each purpose."""
    sql = (
        "SELECT purpose, answer, answered_on, withdrawn_on, source FROM consent WHERE contact_id = :contact"
        " AND NOT EXISTS (SELECT 1 FROM consent AS later WHERE later.contact_id = consent.contact_id"
        " AND later.purpose = consent.purpose AND later.answered_on > consent.answered_on) ORDER BY purpose"
    )
    columns = tuple(column for column in COLUMNS if column.name in _LATEST)
    return reader.select(columns, sql, {"contact": contact_id})


def _of_contacts(criteria: Criteria) -> Where:
    where = asked.of_contacts(criteria)
    in_view = f"consent.contact_id IN (SELECT v_contact.id FROM v_contact WHERE {where.sql})"  # noqa: S608
    return Where(in_view, where.params) if where else where
