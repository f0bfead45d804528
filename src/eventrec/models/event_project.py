"""The projects that pay for an event."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import PlainText, Record, a_share
from eventrec.models.event import Event
from eventrec.models.project import Project


class EventProject(Record):
    """A project that pays for an event, with its share of the cost. People are never split by it."""

    __tablename__ = "event_project"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="RESTRICT"))
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id, ondelete="RESTRICT"), index=True)
    #: Per cent of the cost, 0 to 100.
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    budget_line: Mapped[str | None] = mapped_column(PlainText)

    __table_args__ = (
        a_share(),
        Index("uq_event_project_event_project", "event_id", "project_id", unique=True),
        {"sqlite_autoincrement": True},
    )
