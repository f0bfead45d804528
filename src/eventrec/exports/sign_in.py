"""Sheets to sign: who is expected, a sheet for each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected
from eventrec.exports.event_texts import funding, place, projects
from eventrec.localized import Localized
from eventrec.views.criteria import Criteria
from eventrec.vocabulary import COUNTED_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.formats.sign_in import SignInSheet
    from eventrec.views.reader import Reader

_EXPECTED_THERE: Final = ("invited", "registered", "confirmed", "attended")
_MOST_SHEETS: Final = 31

Row = dict[str, Any]


def sign_in(reader: Reader, event_id: int, *, blank: int, day: date | None = None) -> SignInSheet:
    """Return the sign-in sheet of an event: everybody who is invited, registered, confirmed or was there.

    A sheet for each day, or for one; somebody with several roles stands on it once. Raises Rejected for an event
    without a date, for a day that is none of it, and for more than 31 days.
    """
    from eventrec.formats.sign_in import SEXES, Signer, SignInSheet, code

    row: Row = reader.event(event_id)
    main = reader.main_language()
    listed: list[Row] = list(reader.participants(Criteria(event_ids=(event_id,), statuses=_EXPECTED_THERE)))
    people = [
        Signer(
            code(each["id"], each["uid"]),
            Localized(each["contact"]).both(main),
            Localized(each["agency_name"]).both(main) if each["agency_name"] else "",
            Localized(each["position"]).both(main) if each["position"] else "",
            SEXES.get(each["sex"], ""),
            each["contact_id"],
        )
        for each in _once(row for row in listed if row["contact"] is not None and row["event"] == event_id)
    ]
    hours = "–".join(filter(None, (row["start_time"], row["end_time"])))
    lines = {
        "Time 时间": hours,
        "Place 地点": place(row, main),
        "Project 项目": "; ".join(projects(reader, row)),
        "Funding 资助": " ".join(funding(reader, row)),
    }
    return SignInSheet(
        titles=[text for _, text in sorted(row["title"].items(), key=lambda pair: (pair[0] != main, pair[0]))],
        days=_days_of(row, day),
        people=people,
        blank=blank,
        lines={label: text for label, text in lines.items() if text},
    )


def _once(listed: Iterable[Row]) -> list[Row]:
    """Return of each person the row that counts first: its role counts, the lower number. The order stays."""
    rows = list(listed)
    first: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: (row["role"] not in COUNTED_ROLES, row["id"])):
        first.setdefault(row["contact_id"], row)
    return [row for row in rows if row is first[row["contact_id"]]]


def _days_of(event: Row, day: date | None) -> list[date]:
    if event["starts_on"] is None:
        raise Rejected(
            f"Event {event['id']} has no date yet, and a sign-in sheet is for a day.",
            f"Set it first: eventrec event edit {event['id']} --date …",
        )
    first, last = date.fromisoformat(event["starts_on"]), date.fromisoformat(event["ends_on"])
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    if day is not None and day not in days:
        raise Rejected(f"{day} is no day of event {event['id']} ({first} to {last}).", "Name one of its days.")
    if day is None and len(days) > _MOST_SHEETS:
        raise Rejected(f"Event {event['id']} has {len(days)} days.", "Name one of them: --day DATE")
    return [day] if day is not None else days
