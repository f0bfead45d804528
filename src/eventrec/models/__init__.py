"""The records as SQLAlchemy models, one file per record, which is read when somebody asks for the record.

To map all of them takes longer than to save one event; each brings along those that it refers to. Whoever asks for
`Base` gets all: its tables are complete.
"""

import re
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventrec.models.affiliation import Affiliation
    from eventrec.models.agency import Agency
    from eventrec.models.alias import Alias
    from eventrec.models.attendance import Attendance
    from eventrec.models.base import Base, Record
    from eventrec.models.change import Change
    from eventrec.models.change_set import ChangeSet
    from eventrec.models.consent import Consent
    from eventrec.models.contact import Contact
    from eventrec.models.contact_point import ContactPoint
    from eventrec.models.disclosure import Disclosure
    from eventrec.models.event import Event
    from eventrec.models.event_project import EventProject
    from eventrec.models.event_source import EventSource
    from eventrec.models.forgotten import Forgotten
    from eventrec.models.not_same import NotSame
    from eventrec.models.participation import Participation
    from eventrec.models.project import Project
    from eventrec.models.project_party import ProjectParty
    from eventrec.models.setting import Setting
    from eventrec.models.tombstone import Tombstone
else:

    def __getattr__(name: str) -> object:
        """Read the file of a record, or those of all before giving `Base`."""
        if name not in __all__:
            raise AttributeError(name)
        if name == "Base":
            for each in __all__:
                _read(each)
        return _read(name)


def _read(name: str) -> object:
    file = "base" if name in ("Base", "Record") else re.sub("(?<=.)(?=[A-Z])", "_", name).lower()
    return getattr(import_module(f"eventrec.models.{file}"), name)


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
