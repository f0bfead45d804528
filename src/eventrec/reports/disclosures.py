"""What was given to whom, and who was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.errors import Ambiguous, NotFound
from eventrec.table import Column, Table
from eventrec.text.names import normalise
from eventrec.views.dialect import render
from eventrec.views.references import find

if TYPE_CHECKING:
    from eventrec.table import Cell
    from eventrec.views.reader import Reader

COLUMNS: Final = (
    Column("id", "integer"),
    Column("disclosed_at", "moment"),
    Column("recipient"),
    Column("agency"),
    Column("purpose"),
    Column("what"),
    Column("criteria"),
    Column("people", "integer"),
    Column("contact_ids", "list"),
    Column("forgotten", "integer"),
    Column("file_name"),
    Column("sha256"),
)
_STORED: Final = (
    "id", "disclosed_at", "recipient", "purpose", "what", "criteria", "people", "contact_ids", "file_name", "sha256",
)  # fmt: skip


def disclosures(reader: Reader, *, contact_ids: tuple[int, ...] = (), recipient: str = "", since: str = "") -> Table:
    """Return disclosures, the newest first: all, or those that name one of the contacts, to one recipient.

    `recipient` is a part of what was written, or an agency under any of its names; `since` an ISO date, inclusive, UTC.
    `agency` is the code of the agency that the recipient is today, `forgotten` how many of the people were forgotten.
    """
    sql = render(
        "SELECT id, {moment disclosed_at}, recipient, purpose, what, criteria, people, contact_ids, file_name, sha256"
        " FROM disclosure WHERE {moment disclosed_at} >= :since ORDER BY id DESC",
        reader.dialect,
    )
    kinds = {column.name: column for column in COLUMNS}
    wanted_people = {number for each in contact_ids for number in _numbers_of(reader, each)}
    stored = reader.select(tuple(kinds[name] for name in _STORED), sql, {"since": since})
    agencies: dict[str, tuple[int | None, str | None]] = {}
    wanted = agency_of(reader, recipient)[0] if recipient else None
    rows: list[tuple[Cell, ...]] = []
    for row in stored:
        to, people = str(row["recipient"]), row["contact_ids"]
        if to not in agencies:
            agencies[to] = agency_of(reader, to)
        number, code = agencies[to]
        is_to = normalise(recipient) in normalise(to) or (number is not None and number == wanted)
        if is_to and isinstance(people, list) and (not contact_ids or wanted_people & set(people)):
            added = {"agency": code, "forgotten": int(str(row["people"])) - len(people)}
            rows.append(tuple({**row, **added}[column.name] for column in COLUMNS))
    return Table(COLUMNS, rows)


def _numbers_of(reader: Reader, contact_id: int) -> set[int]:
    """Return the number of a contact and those of all that were merged into it: older notes have these."""
    graves = reader.rows(
        "SELECT row_id, row_uid, replaced_by FROM tombstone WHERE table_name = 'contact' AND replaced_by IS NOT NULL"
    )
    numbers, waiting = {contact_id}, [str(reader.contact(contact_id)["uid"])]
    while waiting:
        uid = waiting.pop()
        for number, gone, replaced_by in graves:
            if replaced_by == uid and number not in numbers:
                numbers.add(int(number))
                waiting.append(str(gone))
    return numbers


def agency_of(reader: Reader, recipient: str) -> tuple[int | None, str | None]:
    """Return number and code (or name) of the agency that a recipient is, under any name but a beginning of one."""
    try:
        found = find(reader, "agency", recipient)
    except (NotFound, Ambiguous):
        return None, None
    if not found.exact:
        return None, None
    row = reader.agency(found.id)
    return found.id, str(row["code"] or row["label"])
