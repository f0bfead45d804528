"""Tells whether a backup is whole: its bytes first, then its rows, in a book of its own that is checked like any."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from eventrec.db.backup import reading
from eventrec.db.backup.kinds import Damaged, Kind, kind_of
from eventrec.db.backup.staging import staged
from eventrec.db.check import check_book
from eventrec.db.check.pages import of_a_file
from eventrec.db.engine import reading_engine
from eventrec.db.progress import silent
from eventrec.errors import EventrecError
from eventrec.models import ChangeSet

if TYPE_CHECKING:
    from pathlib import Path

    from eventrec.db.progress import Progress


@dataclass(frozen=True)
class Verified:
    """What a backup holds: its kind, schema, rows per table, and the moment (UTC) of its last change set.

    `findings` are sentences; without any it is whole.
    """

    kind: Kind
    revision: str = ""
    last_change: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def verify(path: Path, *, progress: Progress = silent) -> Verified:
    """Tell what a backup holds, and what is wrong with it.

    Raises NoBackup for a file that is none, Rejected for a newer schema, EventrecError when the disk is full.
    """
    kind = kind_of(path)
    try:
        if kind is Kind.ARCHIVE and (wrong := _of_the_archive(path)):
            return wrong
        with staged(path, lenient=True, progress=progress) as unpacked:
            findings = [finding.text for finding in check_book(str(unpacked.book), progress=progress)]
            return Verified(kind, unpacked.revision, _last_change(unpacked.book), unpacked.rows, findings)
    except Damaged as error:
        of_the_bytes = [finding.text for finding in of_a_file(path)] if kind is Kind.SQLITE else []
        return Verified(kind, findings=of_the_bytes or [error.message])


def _last_change(book: Path) -> str | None:
    """Return the moment of the newest change set; None where there is none, or none that can be read."""
    with contextlib.suppress(DBAPIError, EventrecError), reading_engine(str(book)).connect() as opened:
        return opened.scalar(select(ChangeSet.moment).order_by(ChangeSet.id.desc()).limit(1))
    return None


def _of_the_archive(path: Path) -> Verified | None:
    """Return what is wrong with the bytes of an archive; None when nothing is, and its rows can be looked at."""
    with reading.opened(path) as archive:
        said = archive.manifest
        findings = [f"{path} is damaged: {finding}." for finding in archive.findings()]
        if not findings and not archive.sealed():
            findings.append(f"{path} was changed, or packed anew, since eventrec wrote it.")
        rows = {name: held.rows for name, held in said.tables.items()}
    return Verified(Kind.ARCHIVE, said.revision, said.last_change, rows, findings) if findings else None
