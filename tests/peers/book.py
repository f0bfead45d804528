"""A book with every kind of event and card that can leave it, and what a reader of its files must find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.peers.people import PEOPLE
from tests.peers.scripts import LONG_TEXT, SCRIPTS

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import create
from eventrec.demo.naming import steady_uids
from eventrec.localized import Localized
from eventrec.services import agency, contact, event, participation, planning, project
from eventrec.services.affiliation import Place
from eventrec.services.event import ProjectShare
from eventrec.services.headcount import HeadCount
from eventrec.services.points import Point
from eventrec.services.project import Party

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

Span = tuple[date, date] | tuple[datetime, datetime]
"""First day and the day after the last, or two instants in UTC."""

MADE = datetime(2024, 1, 1, 8, tzinfo=UTC)
CHANGED = datetime(2024, 2, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """An event as it is recorded, and what its calendar entry must say.

    `first` and `last` are inclusive, `hours` those of each day in `zone`. `moves` is what happens afterwards:
    cancelled, postponed, removed, or the day that it moves to.
    """

    title: Mapping[str, str]
    first: date | None
    last: date | None = None
    hours: tuple[str, str | None] | None = None
    zone: str = "Asia/Shanghai"
    fields: Mapping[str, Any] = field(default_factory=dict)
    projects: tuple[str, ...] = ()
    parent: str = ""
    moves: tuple[str | date, ...] = ()

    @property
    def name(self) -> str:
        """The title in its first language, which is unique here."""
        return next(iter(self.title.values()))

    @property
    def status(self) -> str:
        """RFC 5545, 3.8.1.11."""
        said = {"planned": "TENTATIVE", "tentative": "TENTATIVE", "held": "CONFIRMED"}
        called_off = self.moves and isinstance(self.moves[-1], str)
        return "CANCELLED" if called_off else said.get(self.fields.get("status", ""), "CONFIRMED")

    @property
    def sequence(self) -> int:
        """One for every change of date or status (RFC 5545, 3.8.7.4)."""
        return len(self.moves)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, both inclusive, after all that happened."""
        assert self.first is not None
        moved = [day for day in self.moves if isinstance(day, date)]
        first = moved[-1] if moved else self.first
        return first, first + ((self.last or self.first) - self.first)

    @property
    def spans(self) -> list[Span]:
        """When a reader must show it: one span of days, or the hours of each day."""
        first, last = self.days
        if self.hours is None or self.fields.get("days"):
            return [(first, last + timedelta(days=1))]
        start, end = self.hours
        days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
        return [(self._at(day, start), self._at(day, end or start)) for day in days]

    def _at(self, day: date, hour: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(hour), zone(self.zone)).astimezone(UTC)

    def summary(self, lang: str) -> str:
        """The title as `--lang` has it."""
        return " / ".join(self.title.values()) if lang == "both" else self.title.get(lang, self.name)


def zone(name: str) -> ZoneInfo:
    """Return a zone from the package tzdata, not from the machine's own, perhaps older, data."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def _plain(name: str, first: date | None, last: date | None = None, **fields: Any) -> Entry:
    known = {key: fields.pop(key) for key in ("hours", "zone", "projects", "parent", "moves") if key in fields}
    return Entry({"en": name}, first, last, fields=fields, **known)


def _localized(**texts: str) -> Localized:
    return Localized(texts)


ENTRIES = (
    Entry(
        {"en": "Workshop on returns", "zh": "返回研讨会"},
        date(2024, 10, 17),
        fields={
            "kind": "workshop",
            "status": "held",
            "description": _localized(en="Opening, keynote; discussion.\n\nCoffee.", zh="开幕、主旨发言；讨论。"),
            "venue": _localized(en="Hall A, 2nd floor", zh="甲厅"),
            "address": "1 Example Road; Chaoyang",
            "city": _localized(en="Beijing", zh="北京"),
            "country": "CN",
            "topics": ["returns", "re-integration, voluntary"],
            "contact_id": 1,
        },
        projects=("EXAMPLE", "EXAMPLE-II"),
    ),
    _plain("Airport visit", date(2024, 10, 16), hours=("14:00", "16:30"), parent="Workshop on returns"),
    _plain("Five whole days", date(2024, 11, 4), date(2024, 11, 8), kind="training", projects=("EXAMPLE",)),
    _plain("Over new year", date(2024, 12, 28), date(2025, 1, 3), kind="study-visit"),
    _plain("Leap day", date(2024, 2, 29), kind="meeting"),
    _plain("Hours in Shanghai", date(2024, 10, 18), hours=("09:00", "17:00")),
    _plain("Hours in Brussels", date(2024, 7, 3), hours=("09:30", "12:45"), zone="Europe/Brussels"),
    _plain("Hours in New York", date(2024, 12, 3), hours=("18:00", "23:30"), zone="America/New_York"),
    _plain("Hours in Apia", date(2026, 1, 15), hours=("08:00", "10:00"), zone="Pacific/Apia"),
    _plain("Hours in Kathmandu", date(2025, 5, 5), hours=("00:00", "23:59"), zone="Asia/Kathmandu"),
    _plain("Hours in Dublin", date(2025, 1, 20), hours=("10:00", "11:00"), zone="Europe/Dublin"),
    _plain("Hours in Casablanca", date(2025, 3, 10), hours=("10:00", "11:00"), zone="Africa/Casablanca"),
    _plain("Hours in UTC", date(2025, 6, 1), hours=("10:00", "11:00"), zone="Etc/UTC"),
    _plain("Long ago", date(1970, 7, 1), hours=("10:00", "11:00"), zone="Europe/Brussels"),
    _plain("Seconds in the offset", date(1971, 5, 1), hours=("09:00", "10:00"), zone="Africa/Monrovia"),
    _plain("Far ahead", date(2045, 7, 1), hours=("10:00", "11:00"), zone="America/New_York"),
    _plain("Daily in Shanghai", date(2024, 9, 2), date(2024, 9, 6), hours=("09:00", "17:30")),
    _plain("Daily in Apia", date(2011, 4, 1), date(2011, 4, 4), hours=("09:00", "17:00"), zone="Pacific/Apia"),
    _plain(
        "Daily while Brussels goes forward",
        date(2024, 3, 29),
        date(2024, 4, 2),
        hours=("09:00", "17:00"),
        zone="Europe/Brussels",
    ),
    _plain(
        "Daily while New York goes back",
        date(2024, 11, 1),
        date(2024, 11, 4),
        hours=("08:15", "16:00"),
        zone="America/New_York",
    ),
    _plain(
        "Daily on Lord Howe", date(2025, 4, 4), date(2025, 4, 7), hours=("12:00", "13:30"), zone="Australia/Lord_Howe"
    ),
    _plain("Hour that comes twice", date(2024, 10, 27), hours=("02:30", "05:00"), zone="Europe/Brussels"),
    _plain("Start without an end", date(2024, 10, 21), hours=("19:00", None)),
    _plain("Two days of four", date(2024, 10, 22), date(2024, 10, 25), hours=("09:00", "17:00"), days=2),
    _plain("Tentative", date(2025, 2, 3), status="tentative"),
    _plain("Planned", date(2025, 2, 4), status="planned", hours=("09:00", "10:00")),
    _plain("Date not known", None, date_note="mid-March"),
    _plain("Cancelled", date(2024, 10, 28), moves=("cancelled",), kind="conference"),
    _plain("Postponed", date(2024, 10, 29), hours=("09:00", "12:00"), moves=("postponed",)),
    _plain("Moved", date(2024, 10, 30), date(2024, 10, 31), moves=(date(2024, 12, 10),)),
    _plain(
        "Postponed with a new date",
        date(2024, 11, 11),
        hours=("09:00", "12:00"),
        zone="Europe/Brussels",
        moves=("postponed", date(2025, 4, 11)),
    ),
    _plain("Removed", date(2024, 11, 12), date(2024, 11, 13), moves=("removed",), kind="meeting"),
    _plain("Removed with hours", date(2024, 11, 14), hours=("15:00", "16:00"), moves=("removed",)),
    _plain(
        "Online",
        date(2024, 11, 18),
        hours=("10:00", "11:00"),
        modality="online",
        online_url="https://example.org/join?meeting=1,2;3&pwd=“x”",
        source_url="https://example.org/news/新闻,1",
    ),
    _plain("With coordinates", date(2024, 11, 19), latitude=Decimal("-39.904200"), longitude=Decimal("-116.000001")),
    _plain("With people", date(2024, 11, 20), hours=("09:00", "17:00"), kind="workshop"),
    Entry({"zh": "只有中文标题"}, date(2024, 11, 21), fields={"city": _localized(zh="上海")}),
    Entry(
        {"fr": "Réunion à Bruxelles"}, date(2024, 11, 22), fields={"description": _localized(fr="Ordre du jour : …")}
    ),
    Entry(
        {"en": "Ten thousand characters", "zh": "一万字"},
        date(2024, 11, 25),
        fields={"description": _localized(en=LONG_TEXT, zh="长" * 10_000)},
    ),
    *(
        Entry(
            {"en": f"Script {number}: {text}"},
            date(2024, 11, 25 + number),
            fields={
                "description": _localized(en=f"{text}\n{text}\n\n  {text} "),
                "venue": _localized(en=text),
                "topics": [text],
            },
        )
        for number, text in enumerate(SCRIPTS.values())
        if number < 5
    ),
)

DATED = tuple(entry for entry in ENTRIES if entry.first is not None)
"""What a calendar of the whole book holds."""


def make(database: Path) -> dict[str, str]:
    """Record everything in a new book, and return the uids by an event's title and a person's name.

    Uids and moments are the same every time.
    """
    create(str(database))
    book = Book(Settings(str(database)), now=lambda: MADE, new_uid=steady_uids(), actor="tester")
    with book.writing("record") as work:
        uids = _record(work.session)
    book.now = lambda: CHANGED
    with book.writing("change") as work:
        _change(work.session, [number for number, _ in enumerate(ENTRIES, start=1)])
    book.close()
    return uids


def _record(session: Session) -> dict[str, str]:
    uids: dict[str, str] = {}
    for code, english, chinese, mail in (
        ("IOE", "International Office, Examples", "国际示例组织", "office@example.org"),
        ("NIA", "National Immigration Agency of Exampleland", "示例国家移民局", "nia@example.org"),
        ("EU", "European Union", "欧盟", ""),
    ):
        points = [Point("email", mail)] if mail else []
        agency.add(session, code=code, name=Localized({"en": english, "zh": chinese}), points_of=points)
    project.add(
        session, code="EXAMPLE", name=_localized(en="Example", zh="示例"), parties=[Party("donor", agency_id=3)]
    )
    project.add(session, code="EXAMPLE-II", name=_localized(en="Example, phase II"))
    for person in PEOPLE:
        place = person.position and Localized(person.position)
        made = contact.add(
            session,
            name=Localized(person.name),
            place=Place(person.agency_id, place, person.unit) if person.agency_id else None,
            points_of=person.points,
            manages=person.manages,
            **person.fields,
        )
        uids[next(iter(person.name.values()))] = made.uid
    numbers: dict[str, int] = {}
    for entry in ENTRIES:
        recorded = event.add(session, **_typed(entry, numbers))
        numbers[entry.name] = recorded.id
        uids[entry.name] = recorded.uid
    _take_part(session, numbers["With people"])
    return uids


def _typed(entry: Entry, numbers: Mapping[str, int]) -> dict[str, Any]:
    codes = ("EXAMPLE", "EXAMPLE-II")
    hours: dict[str, Any] = {}
    if entry.hours:
        hours = {"start_time": entry.hours[0], "end_time": entry.hours[1], "timezone": entry.zone}
    return {
        "title": Localized(entry.title),
        "starts_on": entry.first,
        "ends_on": entry.last or entry.first,
        "projects": [ProjectShare(codes.index(code) + 1) for code in entry.projects],
        "parent_id": numbers.get(entry.parent),
        **hours,
        **entry.fields,
    }


ATTENDEES = {
    "azaitsev@example.org": ("CHAIR", "ACCEPTED", "INDIVIDUAL"),
    "li.na@example.org": ("REQ-PARTICIPANT", "DECLINED", "INDIVIDUAL"),
}
"""The people in “With people” who have an address: role, answer and kind (RFC 5545, 3.2)."""


def _take_part(session: Session, number: int) -> None:
    participation.add(session, event_id=number, agency_id=1, role="organizer", status="confirmed")
    participation.add(session, event_id=number, contact_id=1, agency_id=1, role="chair", status="confirmed")
    participation.add(session, event_id=number, contact_id=2, agency_id=2, status="declined")
    participation.add(session, event_id=number, contact_id=4, role="observer")
    counts = HeadCount(women=4, men=8)
    participation.add(session, event_id=number, agency_id=2, status="invited", counts=counts)


def _change(session: Session, numbers: list[int]) -> None:
    for number, entry in zip(numbers, ENTRIES, strict=True):
        for move in entry.moves:
            if move == "cancelled":
                planning.cancel(session, number, reason="Venue closed; 场地关闭")
            elif move == "postponed":
                planning.postpone(session, number, reason="Travel, restricted")
            elif move == "removed":
                planning.remove(session, number)
            elif isinstance(move, date):
                first, last = entry.days
                event.edit(session, number, {"starts_on": first, "ends_on": last})
