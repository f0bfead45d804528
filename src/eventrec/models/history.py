"""What happened to the records: change sets, their changes, tombstones."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import Base, JsonText, Moment, PlainText, Record


class ChangeSet(Base):
    """All that one command changed, in one transaction. Never edited."""

    __tablename__ = "change_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(PlainText, unique=True)
    #: Who: EVENTREC_USER or the system's user.
    actor: Mapped[str] = mapped_column(PlainText)
    #: The role of the database at work; on PostgreSQL only.
    database_role: Mapped[str | None] = mapped_column(PlainText)
    #: When, UTC.
    moment: Mapped[str] = mapped_column(Moment)
    #: The command line as typed, or the API call.
    command: Mapped[str] = mapped_column(PlainText)
    #: The change set that this one takes back (undo) or does again (redo: the undo that it takes back).
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id", ondelete="RESTRICT"), unique=True)

    __table_args__ = ({"sqlite_autoincrement": True},)


class Change(Base):
    """What one change set did to one row. `before` is empty for a new row, `after` for a removed one."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id", ondelete="RESTRICT"), index=True)
    table_name: Mapped[str] = mapped_column(PlainText)
    row_id: Mapped[int]
    row_uid: Mapped[str] = mapped_column(PlainText)
    #: The row's version after the change; a removal counts as one more.
    version: Mapped[int]
    #: The whole row before and after as a JSON object of column to stored value.
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    #: When a forgotten person was taken out of `before` and `after`, UTC; such a change cannot be taken back.
    erased_at: Mapped[str | None] = mapped_column(Moment)

    __table_args__ = (Index("ix_change_row", "table_name", "row_id"), {"sqlite_autoincrement": True})


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
