"""What was done to one row."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import Base, JsonText, Moment, PlainText
from eventrec.models.change_set import ChangeSet


class Change(Base):
    """What one change set did to one row. `before` is empty for a new row, `after` for a removed one."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey(ChangeSet.id, ondelete="RESTRICT"), index=True)
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
