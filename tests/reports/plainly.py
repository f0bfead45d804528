"""The counting rule once more, in plain Python and one head at a time, for tests to hold the reports against.

It reads whole tables and shares no line with the reports: what it says is what `docs/counting.md` says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from eventrec.reports.calendar_days import calendar_days
from eventrec.vocabulary import COUNTED_ROLES, EXPECTED_EVENT_STATUSES, EXPECTED_PARTICIPATION_STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.views.book import Book

Row = dict[str, Any]
COUNTS = {"female": "women", "male": "men", "other": "other", "not-stated": "not_stated"}
TABLES = (
    "event", "agency", "contact", "affiliation", "event_project", "project_party", "participation", "attendance",
)  # fmt: skip


@dataclass
class Plainly:
    """A book's tables, and the question: expected people or actual ones, with own staff or without."""

    book: Book
    expected: bool = False
    with_own_staff: bool = False
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in TABLES:
            rows = self.book.connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id").mappings()
            self.tables[name] = [{**row} for row in rows]
        self.events = {row["id"]: row for row in self.tables["event"]}
        for event in self.events.values():
            for name in ("starts_on", "ends_on"):
                event[name] = date.fromisoformat(str(event[name])) if event[name] else None

    def happened(self) -> list[Row]:
        """Return the events that the question is about."""
        statuses = EXPECTED_EVENT_STATUSES if self.expected else ("held",)
        return [event for event in self.events.values() if event["status"] in statuses]

    def days(self, event: Row) -> int | None:
        if event["days"] or not event["starts_on"]:
            return event["days"]  # type: ignore[no-any-return]
        return (event["ends_on"] - event["starts_on"]).days + 1  # type: ignore[no-any-return]

    def agency(self, row: Row) -> int | None:
        """Return the agency on the day: the row's, else the person's while the row may still change."""
        if row["agency_id"] or row["status"] == "attended":
            return row["agency_id"]  # type: ignore[no-any-return]
        day = self.events[row["event_id"]]["starts_on"]
        valid = [
            one
            for one in self.tables["affiliation"]
            if one["contact_id"] == row["contact_id"]
            and (not one["starts_on"] or not day or str(one["starts_on"]) <= str(day))
            and (not one["ends_on"] or (day and str(one["ends_on"]) >= str(day)))
        ]
        valid.sort(key=lambda one: (bool(one["is_primary"]), bool(one["starts_on"]), str(one["starts_on"]), one["id"]))
        return valid[-1]["agency_id"] if valid else None

    def projects(self, event: Row) -> set[int]:
        """Return the projects of an event, or of its parent when it has none and is a visit."""
        own = {row["project_id"] for row in self.tables["event_project"] if row["event_id"] == event["id"]}
        above = {row["project_id"] for row in self.tables["event_project"] if row["event_id"] == event["parent_id"]}
        return own or above

    def is_own_staff(self, row: Row) -> bool:
        projects = self.projects(self.events[row["event_id"]])
        implementing = {
            party["agency_id"]
            for party in self.tables["project_party"]
            if party["role"] == "implementer" and party["project_id"] in projects
        }
        above = {agency["id"]: agency["parent_id"] for agency in self.tables["agency"]}
        agency = self.agency(row)
        while agency:
            if agency in implementing:
                return True
            agency = above[agency]
        return False

    def heads(self) -> list[Row]:
        """Return the rows that count, one for each person and event; visits of other events apart."""
        statuses = EXPECTED_PARTICIPATION_STATUSES if self.expected else ("attended",)
        events = {event["id"] for event in self.happened() if event["kind"] != "site-visit"}
        rows = [
            {**row, "agency": self.agency(row), "own": self.is_own_staff(row)}
            for row in self.tables["participation"]
            if row["event_id"] in events and row["status"] in statuses and row["role"] in COUNTED_ROLES
        ]
        rows = [row for row in rows if self.with_own_staff or not row["own"]]
        rows.sort(key=lambda row: (row["own"], row["id"]))
        found: dict[Any, Row] = {}
        for row in rows:
            found.setdefault((row["event_id"], who(row) or -row["id"]), row)
        sexes = {contact["id"]: contact["sex"] for contact in self.tables["contact"]}
        for row in found.values():
            if row["contact_id"]:
                row |= dict.fromkeys(COUNTS.values(), 0) | {COUNTS[sexes[row["contact_id"]]]: 1}
        return list(found.values())

    def figures(self, heads: Iterable[Row]) -> Row:
        """Return the figures of people among the heads."""
        heads = list(heads)
        known = [row for row in heads if row["women"] is not None]
        kinds = {agency["id"]: agency["kind"] for agency in self.tables["agency"]}
        figures: Row = {
            "uncounted": len(heads) - len(known),
            "agencies": len({row["agency"] for row in heads if kinds.get(row["agency"], "group") != "group"}),
        }
        if not known:
            return {**figures, "participations": None, "agencies": figures["agencies"] if heads else None}
        women = {row["contact_id"] for row in known if row["contact_id"] and row["women"]}
        men = {row["contact_id"] for row in known if row["contact_id"] and row["men"]}
        by_sex = {name: sum(row[name] for row in known) for name in COUNTS.values()}
        named = [row["contact_id"] for row in known if row["contact_id"]]
        total = sum(by_sex.values())
        return {
            **figures, **by_sex, "participations": total, "named": len(named), "unnamed": total - len(named),
            "people": len(set(named)), "people_women": len(women), "people_men": len(men),
            "approximate": any(row["approximate"] for row in heads), "person_days": self._person_days(known),
        }  # fmt: skip

    def _person_days(self, known: list[Row]) -> int | None:
        dated = [row for row in known if self.events[row["event_id"]]["starts_on"]]
        days = sum(self._size(row) * (self._own_days(row) or 0) for row in dated if not who(row))
        for person in {who(row) for row in dated} - {""}:
            spans = [span for row in dated if who(row) == person for span in self._spans(row)]
            days += calendar_days(spans)
        return days if dated else None

    def _size(self, row: Row) -> int:
        return sum(row[name] for name in COUNTS.values())

    def _own_days(self, row: Row) -> int | None:
        marked = sum(mark["participation_id"] == row["id"] for mark in self.tables["attendance"])
        return marked or row["days"] or self.days(self.events[row["event_id"]])

    def _spans(self, row: Row) -> list[tuple[int, int, int]]:
        same = {
            other["id"]
            for other in self.tables["participation"]
            if other["event_id"] == row["event_id"] and who(other) == who(row)
        }
        marked = {str(mark["day"]) for mark in self.tables["attendance"] if mark["participation_id"] in same}
        if marked:
            return [(date.fromisoformat(day).toordinal(),) * 2 + (1,) for day in marked]
        event = self.events[row["event_id"]]
        return [(event["starts_on"].toordinal(), event["ends_on"].toordinal(), row["days"] or self.days(event))]  # type: ignore[list-item]


def who(row: Row) -> str:
    """Return who a row is about, so that nobody counts twice: nothing for a delegation."""
    return f"#{row['contact_id']}" if row["contact_id"] else row["forgotten_as"] or ""


def grouped(heads: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Return heads by a text about each."""
    return {name: list(rows) for name, rows in groupby(sorted(heads, key=key), key)}


FIRST = date(2024, 1, 1)


def any_day(days: int) -> date:
    """Return a day so many after the first of 2024."""
    return FIRST + timedelta(days)
