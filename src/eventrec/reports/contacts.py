"""Who the people are and what they took part in: the contact report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.reports.one_state import of_one_state
from eventrec.table import Column, Report
from eventrec.views.columns import columns_of
from eventrec.views.criteria import event_conditions, of_contacts
from eventrec.views.where import Where, among, every

if TYPE_CHECKING:
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

_OF_CONTACT: Final = (
    "id", "name", "honorific", "sex", "agency", "agency_name", "position", "email", "phone", "projects",
)  # fmt: skip
_TAKING_PART: Final = (
    Column("events", "integer"),
    Column("first_event_on", "date"),
    Column("last_event_on", "date"),
)


@of_one_state
def contacts(reader: Reader, criteria: Criteria) -> Report:
    """Return one row per contact by name: agency and position today, how to reach them, what they attended.

    The events are those that meet the criteria, were held and attended, in any role.
    """
    attended = _attended(criteria)
    columns = (*columns_of("v_contact", _OF_CONTACT), *_TAKING_PART)
    where = of_contacts(criteria)
    sql = f"""
        WITH attended AS (
            SELECT participation.contact_id, participation.event_id, event.starts_on
            FROM participation
            JOIN event ON event.id = participation.event_id
            WHERE participation.contact_id IS NOT NULL AND participation.status = 'attended'
                AND event.status = 'held'{attended.clause("AND")}
        )
        SELECT {", ".join(f"v_contact.{name}" for name in _OF_CONTACT)},
            (SELECT count(DISTINCT attended.event_id) FROM attended WHERE attended.contact_id = v_contact.id),
            (SELECT min(attended.starts_on) FROM attended WHERE attended.contact_id = v_contact.id),
            (SELECT max(attended.starts_on) FROM attended WHERE attended.contact_id = v_contact.id)
        FROM v_contact{where.clause()}
        ORDER BY v_contact.sort_key, v_contact.name_any, +v_contact.id"""  # noqa: S608
    return Report(
        columns=columns,
        rows=reader.select(columns, sql, {**where.params, **attended.params}).rows,
        report="contacts",
        heading="Contacts",
        criteria=dict(criteria.words),
        rule="Agency and position are today's. Events are those held and attended, in any role, within the criteria;"
        " site visits are left out unless they are asked for.",
    )


def _attended(criteria: Criteria) -> Where:
    """Return the conditions on the events that are counted for a person."""
    visits = Where("" if "site-visit" in criteria.kinds else "event.kind <> 'site-visit'")
    roles = among("participation.role", criteria.roles, "role")
    return every((event_conditions(criteria._replace(text=""), "event", "start"), roles, visits))
