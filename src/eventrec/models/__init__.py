"""The records as SQLAlchemy models, one file per record."""

from eventrec.models.agency import Agency
from eventrec.models.alias import Alias
from eventrec.models.attendance import Attendance
from eventrec.models.base import Base, Record
from eventrec.models.contact import Affiliation, Contact, ContactPoint
from eventrec.models.event import Event, EventProject
from eventrec.models.history import Change, ChangeSet, Tombstone
from eventrec.models.not_same import NotSame
from eventrec.models.participation import Participation
from eventrec.models.privacy import Consent, Disclosure, Forgotten
from eventrec.models.project import Project, ProjectParty
from eventrec.models.setting import Setting
from eventrec.models.source import EventSource

__all__ = [
    "Affiliation",
    "Agency",
    "Alias",
    "Attendance",
    "Base",
    "Change",
    "ChangeSet",
    "Consent",
    "Contact",
    "ContactPoint",
    "Disclosure",
    "Event",
    "EventProject",
    "EventSource",
    "Forgotten",
    "NotSame",
    "Participation",
    "Project",
    "ProjectParty",
    "Record",
    "Setting",
    "Tombstone",
]
