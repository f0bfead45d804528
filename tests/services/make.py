"""Records for the tests of the services, each with only what is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from eventrec.localized import Localized
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import project as projects
from eventrec.services.affiliation import Place
from eventrec.services.points import Point

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.models import Agency, Contact, Event, Project

THAT_DAY = date(2024, 10, 17)


def name(english: str, chinese: str = "") -> Localized:
    return Localized({"en": english} | ({"zh": chinese} if chinese else {}))


def agency(session: Session, code: str = "NIA", **fields: Any) -> Agency:
    return agencies.add(session, name=name(f"Agency {code}"), code=code, **fields)


def contact(session: Session, english: str = "LI Na", agency_id: int | None = None, **fields: Any) -> Contact:
    place = Place(agency_id) if agency_id else None
    return contacts.add(session, name=name(english), place=place, **fields)


def email(value: str) -> Point:
    return Point("email", value)


def event(session: Session, english: str = "Workshop", day: date | None = THAT_DAY, **fields: Any) -> Event:
    return events.add(session, title=name(english), starts_on=day, ends_on=fields.pop("ends_on", day), **fields)


def project(session: Session, code: str = "MMSP-III", **fields: Any) -> Project:
    return projects.add(session, code=code, name=name(f"Project {code}"), **fields)
