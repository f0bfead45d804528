"""A small book for the tests of the reading wing: rows in, questions out."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import create_engine, insert
from sqlalchemy.pool import StaticPool

from eventrec.dbapi import Connection as Reading
from eventrec.localized import Localized
from eventrec.models import (
    Affiliation,
    Agency,
    Alias,
    Base,
    Change,
    ChangeSet,
    Contact,
    ContactPoint,
    Event,
    EventProject,
    EventSource,
    Participation,
    Project,
    ProjectParty,
    Record,
    Setting,
    Tombstone,
)
from eventrec.text.names import normalise
from eventrec.views.dialect import rendered
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

Value = Any
"""Whatever a column holds."""

NOW = "2025-01-01T00:00:00Z"
MODELS: tuple[type[Base], ...] = (
    Agency, Contact, ContactPoint, Affiliation, Project, ProjectParty, Event, EventProject, EventSource, Participation,
    Alias, Setting, Tombstone, ChangeSet, Change,
)  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


class Book:
    """Rows by their shortest names; whatever a test does not say has a plain value."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.reader = Reader(Reading(connection.connection.driver_connection, connection.dialect.name))
        self._numbers: dict[str, int] = {}

    def add(self, model: type[Base], **values: Value) -> int:
        table = model.__tablename__
        number = values.pop("id", self._numbers.get(table, 0) + 1)
        self._numbers[table] = max(number, self._numbers.get(table, 0))
        values["id"] = number
        if issubclass(model, Record):
            values = {"created_at": NOW, "modified_at": NOW, "version": 1, **values}
        if "uid" in model.__table__.columns:
            values.setdefault("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{table}/{number}")))
        self.connection.execute(insert(model.__table__).values(**values))  # type: ignore[arg-type]
        return number

    def clear(self) -> None:
        """Take back everything that was written since the book was made."""
        self.connection.rollback()
        self._numbers.clear()

    def agency(self, code: str | None, name: str = "", zh: str = "", **values: Value) -> int:
        full = _localized(name or f"Agency {code}", zh)
        search = normalise(" ".join([code or "", *full.values()]))
        return self.add(
            Agency, code=code, name=full, search_text=search, sort_key=search, **{"kind": "government", **values}
        )

    def contact(
        self, name: str | dict[str, str], zh: str = "", agency: int | None = None, email: str = "", **values: Value
    ) -> int:
        full = _localized(name, zh)
        search = normalise(" ".join(full.values()))
        plain = {"sex": "female", "sort_key": search}
        number = self.add(Contact, name=full, search_text=search, **{**plain, **values})
        if agency:
            self.add(Affiliation, contact_id=number, agency_id=agency, is_primary=True)
        if email:
            self.add(ContactPoint, contact_id=number, kind="email", value=email, preferred=True)
        return number

    def project(
        self, code: str, *, donors: tuple[int, ...] = (), implementers: tuple[int, ...] = (), **values: Value
    ) -> int:
        name = Localized({"en": f"Project {code}"})
        number = self.add(
            Project, code=code, name=name, search_text=normalise(code), sort_key=code, **{"status": "active", **values}
        )
        for role, agencies in (("donor", donors), ("implementer", implementers)):
            for agency in agencies:
                self.add(ProjectParty, project_id=number, agency_id=agency, role=role)
        return number

    def event(
        self,
        title: str | dict[str, str],
        when: str = "",
        *,
        zh: str = "",
        projects: tuple[int, ...] = (),
        **values: Value,
    ) -> int:
        """Add an event on `when`: one ISO date, or two with `..` between."""
        first, _, last = when.partition("..")
        dates = {"starts_on": day(first), "ends_on": day(last or first)} if when else {}
        full = _localized(title, zh)
        plain: dict[str, Any] = {
            "kind": "workshop",
            "status": "held" if when else "planned",
            "modality": "in-person",
            "sequence": 0,
        }
        plain["search_text"] = normalise(" ".join(full.values()))
        number = self.add(Event, title=full, **{**plain, **dates, **values})
        for project in projects:
            self.add(EventProject, event_id=number, project_id=project)
        return number

    def visit(self, parent: int, title: str, when: str = "", **values: Value) -> int:
        return self.event(title, when, kind="site-visit", parent_id=parent, **values)

    def named(self, event: int, contact: int, **values: Value) -> int:
        return self._taking_part(event, contact_id=contact, **values)

    def unnamed(
        self, event: int, women: int = 0, men: int = 0, other: int = 0, not_stated: int = 0, **values: Value
    ) -> int:
        return self._taking_part(event, women=women, men=men, other=other, not_stated=not_stated, **values)

    def uncounted(self, event: int, **values: Value) -> int:
        return self._taking_part(event, **values)

    def _taking_part(self, event: int, **values: Value) -> int:
        plain = {"role": "participant", "status": "attended", "modality": "not-stated", "approximate": False}
        return self.add(Participation, event_id=event, **{**plain, **values})


def _localized(text: str | dict[str, str], zh: str = "") -> Localized:
    return Localized(text if isinstance(text, dict) else {"en": text, **({"zh": zh} if zh else {})})


def fill(book: Book) -> None:
    """Record a bit of everything that the views show, with its empty and its Chinese side."""
    add = book.add
    add(Setting, key="language", value="zh")
    iom = book.agency("IOM", "International Organization for Migration", "国际移民组织", side="international")
    mission = book.agency("IOM-CN", "IOM Mission", parent_id=iom, country="CN", website="https://example.org")
    nia = book.agency(
        "NIA", "National Immigration Administration", "国家移民管理局", side="China", successor_id=mission
    )
    offices = book.agency(None, "Foreign Affairs Offices", kind="group")
    add(Alias, agency_id=nia, name="Immigration Administration", language="en")
    add(Alias, agency_id=nia, name="移民局", language="zh")
    add(Alias, city="Beijing", name="Peking", language="de")
    add(ContactPoint, agency_id=mission, kind="email", value="office@example.org", preferred=False)
    add(ContactPoint, agency_id=nia, kind="address", value="1 Example Road", preferred=True)
    head = book.contact("Andrei Zaitsev", "翟安瑞", sex="male", email="andrei@example.org", honorific="Mr.")
    add(
        Affiliation,
        contact_id=head,
        agency_id=iom,
        is_primary=True,
        starts_on=day("2020-01-01"),
        ends_on=day("2024-06-30"),
    )
    add(Affiliation, contact_id=head, agency_id=mission, is_primary=True, starts_on=day("2024-07-01"),
        position=Localized({"en": "Programme Manager", "zh": "项目经理"}), unit="Programmes")  # fmt: skip
    add(ContactPoint, contact_id=head, kind="email", value="a.z@example.org", preferred=False)
    add(ContactPoint, contact_id=head, kind="mobile", value="+8613800000000", preferred=True)
    other = book.contact("LI Na", agency=nia, languages=["en", "zh"], note="with “quotes” and 100 %")
    nobody = book.contact("Nobody", sex="not-stated")
    programme = book.project("MMSP", starts_on=day("2015-01-01"))
    phase = book.project("MMSP-III", donors=(offices,), implementers=(iom,), parent_id=programme, contract_number="1/2")
    add(ProjectParty, project_id=phase, contact_id=head, role="programme-manager")
    add(ProjectParty, project_id=phase, agency_id=nia, role="beneficiary")
    workshop = book.event(
        {"en": "Workshop on Returns", "zh": "返回研讨会"}, "2024-10-17..2024-10-18", projects=(phase,), contact_id=head,
        city=Localized({"en": "Beijing", "zh": "北京"}), country="CN", latitude=39.9, longitude=116.4,
        start_time="09:00", end_time="17:00", timezone="Asia/Shanghai", modality="hybrid", topics=["returns", "回返"],
        planned_starts_on=day("2024-09-01"), planned_ends_on=day("2024-09-02"), modified_at="2025-03-01T12:30:00Z",
    )  # fmt: skip
    add(EventSource, event_id=workshop, url="https://example.org/news", name="news.txt", text="研讨会", sha256="1" * 64)
    book.visit(workshop, "Airport", "2024-10-16", days=1)
    book.visit(workshop, "Center", date_note="before the workshop")
    book.event("Cancelled", "2024-12-01", status="cancelled", status_reason="no venue", replaces_id=workshop)
    open_event = book.event(
        "Next", "2026-01-10..2026-01-12", status="confirmed", days=2, contact_id=nobody, projects=(phase,)
    )
    book.uncounted(workshop, agency_id=mission, role="organizer", modified_at="2025-04-01T00:00:00Z")
    book.uncounted(workshop, agency_id=offices)
    book.unnamed(workshop, 4, 8, agency_id=nia, modality="in-person", source="sign-in-sheet")
    book.unnamed(workshop, not_stated=9, label=Localized({"en": "other experts"}), side="EU", approximate=True)
    book.named(workshop, head, agency_id=mission, role="chair", position=Localized({"en": "Manager"}))
    book.named(workshop, other, agency_id=nia, role="interpreter", agency_name=Localized({"en": "Old name"}), days=1)
    book.named(workshop, other, agency_id=nia, role="speaker")
    book.named(open_event, other, status="registered")
    book.named(open_event, head, status="confirmed")
    book.named(open_event, nobody, status="declined")
    add(ChangeSet, actor="staff", moment=NOW, command="event add Workshop")
    add(Change, change_set_id=1, table_name="event", row_id=workshop, row_uid="x", version=1, after={"id": workshop})
    add(ChangeSet, actor="staff", moment="2025-01-02T00:00:00Z", command="undo", reverses_id=1)
    add(Change, change_set_id=2, table_name="event", row_id=workshop, row_uid="x", version=2, before={"id": workshop})


@contextmanager
def in_memory() -> Iterator[Book]:
    """Make an empty book on SQLite."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        for name, select in rendered("sqlite"):
            connection.exec_driver_sql(f"CREATE VIEW {name} AS {select}")
        connection.commit()
        yield Book(connection)
    engine.dispose()


@contextmanager
def on_server(address: str) -> Iterator[Book]:
    """Open an empty book on PostgreSQL, made by the migrations."""
    options = "-c timezone=UTC -c jit=off"
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(address, options=options))
    with engine.connect() as connection:
        yield Book(connection)
    engine.dispose()
