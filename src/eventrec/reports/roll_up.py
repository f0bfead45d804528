"""Agencies counted under others: those that succeeded them, or those that they are part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from eventrec.views.reader import Reader

ROLL_UPS: Final = ("successors", "parents")

RULES: Final = {
    "successors": "Agencies are counted under those that succeeded them.",
    "parents": "Agencies are counted under the whole that they are part of; a group is no such whole.",
}
"""What a report says of it."""

_NEXT: Final = {"successors": "successor_id", "parents": "parent_id"}


class Agency(NamedTuple):
    """What a head says of its agency, under the same names; `agency_name` is Localized as stored."""

    agency_id: int
    agency_kind: str
    agency_code: str
    agency_name: str
    side: str | None
    country: str | None


def rolled_up(reader: Reader, roll_up: str) -> dict[int, Agency]:
    """Return for the number of each agency that is counted under another one the last of the chain that leads there.

    The chain ends before a group, since a group is never counted as an agency.
    """
    found = reader.rows(
        """
        WITH RECURSIVE chain (agency_id, last_id) AS (
            SELECT agency.id, agency.id FROM agency
            UNION
            SELECT chain.agency_id, later.id
            FROM chain
            JOIN agency ON agency.id = chain.last_id
            JOIN agency AS later ON later.id = agency.NEXT AND later.kind <> 'group'
        )
        SELECT chain.agency_id, v_agency.id, v_agency.kind, v_agency.label, v_agency.name, v_agency.side,
            v_agency.country
        FROM chain
        JOIN agency ON agency.id = chain.last_id
        JOIN v_agency ON v_agency.id = chain.last_id
        LEFT JOIN agency AS later ON later.id = agency.NEXT
        WHERE chain.agency_id <> chain.last_id AND (later.id IS NULL OR later.kind = 'group')
        """.replace("NEXT", _NEXT[roll_up])
    )
    return {number: Agency(*cells) for number, *cells in found}
