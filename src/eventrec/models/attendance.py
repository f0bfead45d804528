"""Presence day by day, as a sign-in sheet shows it."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import Record
from eventrec.models.participation import Participation


class Attendance(Record):
    """A day on which a participation was there; a row without any counts for all its days."""

    __tablename__ = "attendance"

    participation_id: Mapped[int] = mapped_column(ForeignKey(Participation.id, ondelete="RESTRICT"))
    #: A day of the event, in its time zone.
    day: Mapped[date]

    __table_args__ = (
        Index("uq_attendance_participation_day", "participation_id", "day", unique=True),
        {"sqlite_autoincrement": True},
    )
