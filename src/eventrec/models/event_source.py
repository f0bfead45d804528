"""Where an event was read from."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import PlainText, Record
from eventrec.models.event import Event


class EventSource(Record):
    """The release that an event was drafted from. One that tells of several events stands with each of them."""

    __tablename__ = "event_source"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="RESTRICT"))
    #: Where it stands on the web.
    url: Mapped[str | None] = mapped_column(PlainText)
    #: The name of the file, without its place.
    name: Mapped[str | None] = mapped_column(PlainText)
    #: SHA-256 of the text in UTF-8, hexadecimal.
    sha256: Mapped[str] = mapped_column(PlainText, index=True)
    #: What was read, as it stood in the file; somebody who was forgotten is no longer in it.
    text: Mapped[str] = mapped_column(PlainText)

    __table_args__ = (
        CheckConstraint("length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''", name="sha256"),
        CheckConstraint("text <> ''", name="text_not_empty"),
        Index("uq_event_source_release", "event_id", "sha256", unique=True),
        {"sqlite_autoincrement": True},
    )
