"""Records that look like one and are two."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import PlainText, Record, one_of
from eventrec.vocabulary import MERGED_NOUNS


class NotSame(Record):
    """Two contacts, or two agencies, that somebody looked at and found to be different."""

    __tablename__ = "not_same"

    table_name: Mapped[str] = mapped_column(PlainText)
    #: Their uids, the lower one first: they stay true when a record is merged or removed.
    first_uid: Mapped[str] = mapped_column(PlainText)
    second_uid: Mapped[str] = mapped_column(PlainText)

    __table_args__ = (
        one_of("table_name", MERGED_NOUNS),
        CheckConstraint("first_uid < second_uid", name="in_order"),
        Index("uq_not_same_pair", "table_name", "first_uid", "second_uid", unique=True),
        {"sqlite_autoincrement": True},
    )
