"""When a consent is valid, as a condition that every list and export shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.errors import NotFound
from eventrec.text.names import normalise
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.views.reader import Reader

_VALID: Final = """{row}.answer = 'given' AND {row}.answered_on <= {day}
    AND NOT EXISTS (
        SELECT 1 FROM consent AS against
        WHERE against.contact_id = {row}.contact_id AND against.purpose = {row}.purpose
            AND (
                (against.answer = 'refused' AND against.answered_on BETWEEN {row}.answered_on AND {day})
                OR against.withdrawn_on BETWEEN {row}.answered_on AND {day}
            )
    )"""
_AGREED: Final = """EXISTS (
    SELECT 1 FROM consent AS agreed
    WHERE agreed.contact_id = {contact} AND agreed.purpose = {purpose} AND {valid}
)"""


def consented(contact: str, purposes: Sequence[str], day: str) -> Where:
    """Return the condition that a person agreed to every purpose by a day (ISO date) and has not said no since.

    A consent is valid from the day of the answer, inclusive, until the day on which it is withdrawn or refused, which
    is the first without. `contact` is the column with the person's number.
    """
    if not purposes:
        return Where()
    params = {f"purpose_{at}": purpose for at, purpose in enumerate(purposes)}
    valid = is_valid("agreed", ":consent_on")
    conditions = [_AGREED.format(contact=contact, purpose=f":{name}", valid=valid) for name in params]
    return Where(" AND ".join(conditions), {**params, "consent_on": day})


def is_valid(row: str, day: str) -> str:
    """Return the condition that one answer is a consent, valid on a day; `row` is the table or an alias."""
    return _VALID.format(row=row, day=day)


def purposes(reader: Reader) -> list[str]:
    """Return every purpose that somebody was asked about."""
    return [str(row[0]) for row in reader.rows("SELECT DISTINCT purpose FROM consent ORDER BY purpose")]


def require(reader: Reader, purpose: str) -> str:
    """Return a purpose as the book writes it. Raises NotFound when nobody was asked about it."""
    found = as_recorded(reader, purpose)
    if found is None:
        error = NotFound("consent for", purpose, purposes(reader)[:3])
        error.hint = "See what people agreed to: eventrec privacy consents"
        raise error
    return found


def as_recorded(reader: Reader, purpose: str) -> str | None:
    """Return a purpose as the book writes it, whatever its capitals and spaces here; None when nobody was asked."""
    wanted = normalise(purpose)
    return next((known for known in purposes(reader) if normalise(known) == wanted), None)
