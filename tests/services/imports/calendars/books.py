"""Invented books for the round trip of calendars: what a programme records in years, in a few records."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from eventrec.localized import Localized
from eventrec.services import agency, contact, event, participation, planning, project
from eventrec.services.event import ProjectShare
from eventrec.services.points import Point

if TYPE_CHECKING:
    from eventrec.book import Book

TITLES = (
    {"en": "Workshop on returns", "zh": "返回研讨会"},
    {"en": "Training; first part, with a comma\\backslash"},
    {"zh": "联合培训"},
    {"en": 'Meeting: “quoted” "twice" — and more'},
    {
        "en": "A very long title that has to be folded since it does not fit into a line, " * 3 + "at last",
        "zh": "很长的标题" * 20,
    },
    {"en": "GIZ", "zh": "GIZ"},
    {"fr": "Atelier à Genève"},
    {"en": "Emoji 👩🏽‍🚀 and accents é"},
)
DESCRIPTIONS = (
    None,
    {"en": "First paragraph.\n\nSecond, with a list:\n- one\n- two", "zh": "第一段。\n\n第二段。"},
    {"en": "Just English; with, marks\\ and \\n that is none."},
    {"zh": "只有中文"},
    {"en": "x" * 1000},
)
VENUES = (None, {"en": "Great Hall", "zh": "大会堂"}, {"en": "Room 5, Annex B"}, {"zh": "会议中心"})
ADDRESSES = (None, "12 Long Street", "12 Long Street, Block 3", "长安街1号")
PLACES = (
    (None, None),
    ({"en": "Beijing", "zh": "北京"}, "CN"),
    ({"en": "Brussels", "zh": "布鲁塞尔"}, "BE"),
    ({"en": "Geneva"}, "CH"),
    ({"en": "Little Nowhere"}, "FR"),
    ({"en": "Shanghai"}, None),
    (None, "GE"),
)
ZONES = ("Asia/Shanghai", "Europe/Brussels", "America/New_York", "Pacific/Apia", "UTC", "Africa/Cairo")
HOURS = ((None, None), ("09:00", "17:00"), ("14:30", None), ("10:15", "11:45"), ("00:00", "23:59"), ("20:00", "22:00"))
PEOPLE = (
    ({"en": "Andrei Zaitsev", "zh": "翟安瑞"}, "azaitsev@example.org"),
    ({"en": "LI Na", "zh": "李娜"}, None),
    ({"en": "Li Na"}, "office@example.org"),
    ({"en": "Jo O'Neil, PhD"}, "office@example.org"),
    ({"zh": "王伟"}, "w.wei@example.org"),
    ({"zh": "王伟"}, "wei.wang@example.org"),
)
AGENCIES = (
    ({"en": "National Immigration Administration", "zh": "国家移民管理局"}, "info@nia.example.org"),
    ({"en": "International Organization for Migration"}, "iom@example.org"),
    ({"zh": "公安部"}, "office@example.org"),
    ({"en": "Nobody's Agency; with, marks"}, None),
)
ONLINE = (None, "https://example.org/j/1?a=b&c=d", "https://example.org/会议?x=é")
TOPICS = (None, ["returns"], ["training", "EU-funded, phase 3", "回返"], ["zz", "aa"])
REASONS = (None, "Venue closed", "场地关闭", "No quorum: too few, sadly; again")
STATUSES = (None, "planned", "tentative", "confirmed", "held", "cancelled", "postponed")
CLOCKS = (date(2024, 3, 30), date(2024, 10, 25), date(2024, 3, 9), date(2024, 11, 2), date(2024, 4, 25))
"""Days around which clocks change."""

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 1)) | st.sampled_from(CLOCKS)
FIRST = datetime(2023, 1, 1, 8, tzinfo=UTC)


@dataclass
class Plan:
    """What one event of an invented book is to be."""

    title: dict[str, str]
    starts_on: date
    length: int
    fields: dict[str, Any]
    place: tuple[dict[str, str] | None, str | None]
    contact: int | None = None
    organizer: int | None = None
    projects: list[int] = field(default_factory=list)
    people: list[tuple[str, int, str, str]] = field(default_factory=list)
    visits: list[Plan] = field(default_factory=list)
    later: str = ""


def rich() -> list[Plan]:
    """Return a book in which something of everything happens, the same every time."""
    found = []
    for at in range(24):
        starts, ends = HOURS[at % 4]
        status = STATUSES[at % 7]
        fields = {
            "kind": ("workshop", "training", "conference", "meeting", "study-visit", "other")[at % 6],
            "description": DESCRIPTIONS[at % 5],
            "venue": VENUES[at % 4],
            "address": ADDRESSES[at % 3],
            "start_time": starts,
            "end_time": ends,
            "timezone": ZONES[at % 6] if starts else None,
            "days": 1 if at % 5 == 4 else None,
            "topics": TOPICS[at % 4],
            "online_url": ONLINE[at % 3],
            "source_url": "https://example.org/news/1" if at % 3 else None,
            "status": status,
            "status_reason": REASONS[at % 4] if status in ("cancelled", "postponed") else None,
            "latitude": Decimal("39.9042") if at % 2 else None,
            "longitude": Decimal("-116.4") if at % 2 else None,
        }
        people = [("contact", 1 + at % 6, "chair", "attended"), ("contact", 1 + (at + 1) % 6, "staff", "invited")]
        people += [("agency", 1 + at % 4, "observer", "declined"), ("contact", 1, "donor", "registered")][at % 3 :]
        found.append(
            Plan(
                TITLES[at % 8],
                date(2024, 3, 29) + timedelta(days=17 * at),
                1 + at % 4,
                fields,
                PLACES[at % 7],
                1 + at % 6 if at % 3 else None,
                1 + at % 4 if at % 5 else None,
                [1, 2][: at % 3],
                list(dict.fromkeys(people)),
                later=("", "move", "cancel", "", "postpone", "remove")[at % 6],
            )
        )
    for parent, visit in zip(found[::6], found[1::6], strict=True):
        parent.visits = [replace(visit, later=""), replace(visit, starts_on=parent.starts_on, contact=None)]
    return found


def _localized(text: dict[str, str] | None) -> Localized | None:
    return Localized(text) if text else None


@st.composite
def plans(draw: st.DrawFn, *, visits: bool = True) -> Plan:
    """Draw an event with its people and visits, and what happened to it later."""
    pick = lambda words: draw(st.sampled_from(words))  # noqa: E731
    status, (starts, ends) = pick(STATUSES), pick(HOURS)
    length = draw(st.integers(1, 4))
    point = draw(st.none() | st.tuples(st.integers(-9_000_000, 9_000_000), st.integers(-18_000_000, 18_000_000)))
    fields = {
        "kind": pick(("workshop", "training", "conference", "meeting", "study-visit", "other")),
        "description": pick(DESCRIPTIONS),
        "venue": pick(VENUES),
        "address": pick(ADDRESSES),
        "start_time": starts,
        "end_time": ends,
        "timezone": pick(ZONES) if starts else None,
        "days": draw(st.none() | st.integers(1, length)),
        "topics": pick(TOPICS),
        "online_url": pick(ONLINE),
        "source_url": pick((None, "https://example.org/news/1")),
        "status": status,
        "status_reason": pick(REASONS) if status in ("cancelled", "postponed") else None,
        "latitude": Decimal(point[0]) / 100_000 if point else None,
        "longitude": Decimal(point[1]) / 100_000 if point else None,
    }
    who = st.tuples(
        st.sampled_from(("contact", "agency")),
        st.integers(1, 4),
        st.sampled_from(("participant", "chair", "speaker", "observer", "staff", "donor")),
        st.sampled_from(("invited", "registered", "confirmed", "declined", "attended", "no-show", "cancelled")),
    )
    return Plan(
        pick(TITLES),
        draw(DAYS),
        length,
        fields,
        pick(PLACES),
        draw(st.none() | st.integers(1, len(PEOPLE))),
        draw(st.none() | st.integers(1, len(AGENCIES))),
        draw(st.lists(st.integers(1, 2), max_size=2, unique=True)),
        draw(st.lists(who, max_size=3, unique_by=lambda each: each[:2])),
        draw(st.lists(plans(visits=False), max_size=2)) if visits else [],
        pick(("", "", "move", "cancel", "postpone", "remove")),
    )


class Years:
    """A clock that goes on by an hour with every transaction."""

    def __init__(self) -> None:
        self.hours = 0

    def __call__(self) -> datetime:
        self.hours += 1
        return FIRST + timedelta(hours=self.hours)


def fill(book: Book, planned: list[Plan]) -> None:
    """Record it all, in many transactions at different moments."""
    with book.writing("people") as work:
        for name, email in PEOPLE:
            points = [Point("email", email)] if email else []
            contact.add(work.session, name=Localized(name), points_of=points, namesake=True)
        for code in ("MMSP-III", "aa-1"):
            project.add(work.session, code=code, name=Localized({"en": f"Project {code}"}))
    with book.writing("agencies") as work:
        for name, email in AGENCIES:
            agency.add(work.session, name=Localized(name), points_of=[Point("email", email)] if email else [])
    for each in planned:
        _record(book, each, None)
    with book.writing("later") as work:
        contact.edit(
            work.session, 1, {}, points_of=[Point("phone", "+8613800000000"), Point("email", "az2@example.org")]
        )
        agency.edit(work.session, 2, {"note": "Moved."})


def _record(book: Book, plan: Plan, parent_id: int | None) -> None:
    with book.writing("event") as work:
        fields = {name: Localized(value) if isinstance(value, dict) else value for name, value in plan.fields.items()}
        if parent_id is not None:
            fields.pop("kind")
        new = event.add(
            work.session,
            title=Localized(plan.title),
            parent_id=parent_id,
            starts_on=plan.starts_on,
            ends_on=plan.starts_on + timedelta(days=plan.length - 1),
            city=_localized(plan.place[0]),
            country=plan.place[1],
            contact_id=plan.contact,
            projects=[ProjectShare(number) for number in plan.projects],
            parties=[("organizer", plan.organizer)] if plan.organizer else [],
            **fields,
        )
        number, status = new.id, new.status
    for noun, who, role, answer in plan.people:
        with book.writing("people") as work:
            owner = {f"{noun}_id": who}
            participation.add(work.session, event_id=number, role=role, status=answer, **owner)  # type: ignore[arg-type]
    for visit in plan.visits:
        _record(book, visit, number)
    with book.writing("later") as work:
        if plan.later == "move" and status not in ("cancelled", "postponed"):
            day = plan.starts_on + timedelta(days=200)
            event.edit(work.session, number, {"starts_on": day, "ends_on": day + timedelta(days=plan.length - 1)})
        elif plan.later == "cancel" and status != "cancelled":
            planning.cancel(work.session, number, reason="Venue closed")
        elif plan.later == "postpone" and status != "postponed":
            planning.postpone(work.session, number, reason=None)
        elif plan.later == "remove" and parent_id is None:
            planning.remove(work.session, number)
