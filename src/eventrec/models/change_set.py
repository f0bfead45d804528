"""What one command did."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import Base, Moment, PlainText


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
