"""Who takes part in the events of a calendar, read beside them day by day."""

from __future__ import annotations

from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from eventrec.views.criteria import ALL, of_events
from eventrec.views.reader import PARTICIPATION_ORDER
from eventrec.views.where import Where, every

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.ical.records import StoredAttendee
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

_COLUMNS: Final = (
    "starts_on", "event", "contact", "agency_name", "label", "email", "agency_email", "role", "status", "dtstamp",
    "contact_id",
)  # fmt: skip
_ORDER: Final = (
    "starts_on",
    "role <> 'chair'",
    "role IN ('staff', 'donor')",
    "status IN ('declined', 'cancelled', 'no-show')",
    *PARTICIPATION_ORDER[1:],
)
"""By day; of several rows of one person the one that leads comes first: a chair's, a participant's, who accepted."""

Rows = list[tuple[Any, ...]]


class Guests:
    """The people and agencies that take part; `unreachable` counts those who have no name or no e-mail address.

    Somebody with several roles stands there once (RFC 5546 §3.2.2), with the one that leads.
    """

    def __init__(self, reader: Reader, criteria: Criteria) -> None:
        self.unreachable = 0
        rows = chain.from_iterable(reader.stored("v_participation", _COLUMNS, _of_dated(criteria), _ORDER))
        self._days: Iterator[tuple[str, Iterator[tuple[Any, ...]]]] = groupby(rows, itemgetter(0))
        self._next = next(self._days, None)

    def on(self, day: str) -> dict[int, list[StoredAttendee]]:
        """Return by event who takes part on a day (ISO); days are asked for in their order."""
        found: dict[int, list[StoredAttendee]] = {}
        while self._next is not None and self._next[0] <= day:
            if self._next[0] == day:
                by_event: dict[int, Rows] = {}
                for row in self._next[1]:
                    by_event.setdefault(row[1], []).append(row)
                found = {event: self._of_event(rows) for event, rows in by_event.items()}
            self._next = next(self._days, None)
        return found

    def _of_event(self, rows: Sequence[tuple[Any, ...]]) -> list[StoredAttendee]:
        from eventrec.formats.ical.records import StoredAttendee

        there: dict[str, StoredAttendee] = {}
        for _, _, contact, agency, label, own, of_agency, role, status, modified, number in rows:
            name, email = contact or agency or label, own if contact else of_agency
            if not (name and email):
                self.unreachable += 1
            elif email not in there:
                there[email] = StoredAttendee(name, email, role, status, contact is None, modified, number)
        return list(there.values())


def _of_dated(criteria: Criteria) -> Where:
    """Return the condition on those who take part in an event that meets the criteria and has a date."""
    dated = Where("v_participation.starts_on IS NOT NULL AND NOT v_participation.forgotten")
    if criteria == ALL:
        return dated
    events = of_events(criteria)
    among = f"v_participation.event IN (SELECT v_event.id FROM v_event{events.clause()})"  # noqa: S608
    return every((dated, Where(among, events.params)))
