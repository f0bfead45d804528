"""Books with everything that counting has to get right, by chance; and all that reports say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.services import make

from eventrec.models import (
    Affiliation,
    Alias,
    Attendance,
    Consent,
    Contact,
    ContactPoint,
    Disclosure,
    EventProject,
    NotSame,
    Participation,
    ProjectParty,
)
from eventrec.reports.participants import participants
from eventrec.services.derived import refresh
from eventrec.services.participation import freeze
from eventrec.views.criteria import ALL, Criteria
from eventrec.vocabulary import PARTICIPATION_MODALITIES, PARTICIPATION_STATUSES, ROLES, SEXES, SOURCES

if TYPE_CHECKING:
    from random import Random

    from sqlalchemy.orm import Session

    from eventrec.models import Event
    from eventrec.views.reader import Reader

FIRST = date(2024, 3, 1)
SAME = (
    "events", "event_days", "visits", "participations", "women", "men", "other", "not_stated", "agencies", "uncounted",
    "person_days", "approximate",
)  # fmt: skip
DIMENSIONS = ("event", "project", "agency", "side", "country", "kind", "modality", "role", "sex", "month")


@dataclass
class Rich:
    """A book by chance; the first contact is the one to forget."""

    session: Session
    chance: Random

    def write(self) -> int:
        """Write everything and return the number of the contact to forget."""
        session = self.session
        self.agencies = [
            make.agency(session, "IMP", side="EU", country="BE").id,
            make.agency(session, "PART", parent_id=1).id,
            make.agency(session, "NIA", side="China", country="CN").id,
            make.agency(session, "NEW", side="China", country="CN").id,
            make.agency(session, "GRP", kind="group", side="EU").id,
        ]
        make.agencies.edit(session, self.agencies[2], {"successor_id": self.agencies[3]})
        self.people = [self._contact(number) for number in range(3)]
        self.projects = [make.project(session, code).id for code in ("P-1", "P-2")]
        session.add(ProjectParty(project_id=self.projects[0], agency_id=self.agencies[0], role="implementer"))
        for _ in range(5):
            self._event()
        session.flush()
        return self.people[0]

    def _contact(self, number: int) -> int:
        session, pick = self.session, self.chance
        row = make.contact(session, ("LI Na Lan", "WANG Wei", "ZHAO Min")[number], sex=pick.choice(SEXES))
        if pick.random() < 0.8:
            moved = FIRST + timedelta(pick.randrange(60))
            session.add(Affiliation(contact_id=row.id, agency_id=pick.choice(self.agencies), ends_on=moved))
            session.add(
                Affiliation(contact_id=row.id, agency_id=pick.choice(self.agencies), starts_on=moved + timedelta(1))
            )
        return row.id

    def _event(self) -> None:
        session, pick = self.session, self.chance
        first = FIRST + timedelta(pick.randrange(7)) if pick.random() < 0.9 else None
        last = first and first + timedelta(pick.randrange(4))
        held = first is not None and pick.random() < 0.7
        status = "held" if held else "confirmed" if first else "planned"
        event = make.event(
            session, "Workshop", first, ends_on=last, status=status, kind=pick.choice(("workshop", "training")),
            contact_id=pick.choice([None, *self.people]),
        )  # fmt: skip
        if first and first != last and pick.random() < 0.3:
            event.days = pick.randrange(1, (last - first).days + 2)  # type: ignore[operator]
        for project in self.projects:
            if pick.random() < 0.5:
                session.add(EventProject(event_id=event.id, project_id=project))
        session.flush()
        self._people(event)
        if pick.random() < 0.4:
            visit = make.event(
                session, "Visit", event.starts_on, ends_on=event.starts_on, kind="site-visit", parent_id=event.id,
                status=status,
            )  # fmt: skip
            self._people(visit)

    def _people(self, event: Event) -> None:
        pick, seen = self.chance, set[tuple[object, ...]]()
        for _ in range(pick.randrange(2, 7)):
            named = pick.random() < 0.75
            contact = pick.choice([self.people[0], *self.people]) if named else None
            agency = pick.choice([None, *self.agencies])
            role = pick.choice((*ROLES, *["participant"] * 9, *["speaker"] * 6))
            status = pick.choice((*PARTICIPATION_STATUSES, *["attended"] * 9, *["registered"] * 3))
            modality = pick.choice(PARTICIPATION_MODALITIES)
            key = (contact, role) if named else (agency, role, status, modality)
            if key not in seen and (named or agency):
                seen.add(key)
                self._row(event, contact, agency, role, status, modality)

    def _row(
        self, event: Event, contact: int | None, agency: int | None, role: str, status: str, modality: str
    ) -> None:
        pick, session = self.chance, self.session
        counts = {name: pick.randrange(3) for name in ("women", "men", "other", "not_stated")}
        row = Participation(
            event_id=event.id,
            contact_id=contact,
            agency_id=agency,
            role=role,
            status=status,
            modality=modality,
            source=pick.choice([None, *SOURCES]),
            approximate=pick.random() < 0.1,
            days=1 if pick.random() < 0.2 else None,
            note="LI Na Lan spoke" if contact == self.people[0] and pick.random() < 0.3 else None,
            **({} if contact or pick.random() < 0.2 else counts),
        )
        if status == "attended":
            freeze(session, event, row)
        if row.agency_id is None and status == "attended" and pick.random() < 0.5:
            row.side = "Elsewhere"
        session.add(row)
        session.flush()
        if contact and event.starts_on and event.ends_on and pick.random() < 0.4:
            days = (event.ends_on - event.starts_on).days + 1
            for at in pick.sample(range(days + 1), pick.randrange(1, days + 1)):  # also one day too many
                session.add(Attendance(participation_id=row.id, day=event.starts_on + timedelta(at)))
            session.flush()


def everything_around(session: Session, contact_id: int, other_id: int) -> None:
    """Give a contact whatever else may hang on it."""
    project = make.project(session, "P-3").id
    session.add(ProjectParty(project_id=project, contact_id=contact_id, role="programme-manager"))
    session.add(Alias(contact_id=contact_id, name="Nana LI"))
    points = {"email": "li.na@example.org", "mobile": "+8613800001234", "wechat": "lina_1980", "url": "https://lina.example.org",
              "address": "1 Example Road, Beijing"}  # fmt: skip
    for kind, value in points.items():
        session.add(ContactPoint(contact_id=contact_id, kind=kind, value=value, preferred=True))
    first, second = sorted(session.get_one(Contact, number).uid for number in (contact_id, other_id))
    session.add(Consent(contact_id=contact_id, purpose="photographs", answered_on=FIRST))
    given = {
        "recipient": "EU",
        "purpose": "final report",
        "disclosed_at": "2024-05-01T00:00:00Z",
        "what": "participants",
    }
    session.add(Disclosure(**given, people=2, contact_ids=[contact_id, other_id], criteria="contact LI Na Lan"))
    session.add(NotSame(table_name="contact", first_uid=first, second_uid=second))
    refresh(session, session.get_one(Contact, contact_id))


def questions(projects: list[int], agencies: list[int]) -> list[dict[str, Any]]:
    """Return ways to ask for the participants' report."""
    asked: list[dict[str, Any]] = [{}]
    asked += [{"by": [name]} for name in DIMENSIONS]
    asked += [{"by": [name], "expected": True} for name in DIMENSIONS]
    asked += [{"by": ["agency", "sex"], "with_own_staff": True}, {"by": ["role", "modality"], "roles": ROLES}]
    asked += [{"roles": (role,), "expected": expected} for role in ROLES for expected in (False, True)]
    asked += [{"by": ["agency"], "roll_up": way} for way in ("successors", "parents")]
    asked += [
        {"criteria": criteria, "expected": expected, "by": ["agency"]}
        for expected in (False, True)
        for criteria in (
            Criteria(kinds=("site-visit",)),
            Criteria(kinds=("training",)),
            Criteria(project_ids=(projects[0],)),
            Criteria(agency_ids=(agencies[2], agencies[3])),
            Criteria(sides=("China",)),
            Criteria(since="2024-03-04", until="2024-03-09"),
            Criteria(roles=("speaker",)),
            Criteria(modalities=("online",)),
        )
    ]
    return asked


def answers(reader: Reader, asked: list[dict[str, Any]]) -> list[Any]:
    """Return the figures that must not change, for each question: the rows by what they are split by, and the total."""
    found = []
    for each in asked:
        options = dict(each)
        report = participants(reader, options.pop("criteria", ALL), options.pop("by", ()), **options)
        keys = report.names[: len(report.names) - sum(name in report.names for name in FIGURES)]
        rows = [(tuple(str(row[name]) for name in keys), tuple(row[name] for name in SAME)) for row in report]
        found.append((rows, tuple((report.total or {})[name] for name in SAME)))
    return found


FIGURES = (*SAME, "named", "unnamed", "people", "people_women", "people_men", "shared")
