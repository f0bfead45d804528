"""What is left of a removed record."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import JsonText, Moment, PlainText, Record


class Tombstone(Record):
    """What was removed or merged, so that its number and uid still answer and calendars hear of it."""

    __tablename__ = "tombstone"

    table_name: Mapped[str] = mapped_column(PlainText)
    row_id: Mapped[int]
    row_uid: Mapped[str] = mapped_column(PlainText)
    #: The uid of the record that took its place (merge).
    replaced_by: Mapped[str | None] = mapped_column(PlainText)
    removed_at: Mapped[str] = mapped_column(Moment)
    #: Of an event: what its VEVENT last said, with the SEQUENCE that the cancellation carries.
    calendar: Mapped[dict[str, Any] | None] = mapped_column(JsonText)

    __table_args__ = (
        Index("uq_tombstone_row", "table_name", "row_id", unique=True),
        {"sqlite_autoincrement": True},
    )
