"""Backups: a copy of a SQLite file, a portable archive that restores into either database, or a server's own dump.

The archive (`.eventrec.zip`) holds one file of JSON lines per table, history and tombstones included, and a manifest
with the schema's revision, each table's number of rows and sha256, and the highest number each table ever gave out.
"""

from __future__ import annotations

from eventrec.db.backup.kinds import ENDING, Damaged, Kind, NoBackup
from eventrec.db.backup.making import Backup, backup, is_named_otherwise
from eventrec.db.backup.people import Person, people_of
from eventrec.db.backup.restoring import restore
from eventrec.db.backup.verifying import Verified, verify

__all__ = [
    "ENDING",
    "Backup",
    "Damaged",
    "Kind",
    "NoBackup",
    "Person",
    "Verified",
    "backup",
    "is_named_otherwise",
    "people_of",
    "restore",
    "verify",
]
