"""Who was given lists of people."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import JsonText, Moment, PlainText, Record


class Disclosure(Record):
    """A list that was given to somebody outside: what, to whom, and what for (GDPR, articles 15 and 30)."""

    __tablename__ = "disclosure"

    recipient: Mapped[str] = mapped_column(PlainText)
    purpose: Mapped[str] = mapped_column(PlainText)
    #: When it was written, UTC.
    disclosed_at: Mapped[str] = mapped_column(Moment)
    #: The kind of export: calendar, contacts, participants …
    what: Mapped[str] = mapped_column(PlainText)
    #: What the records had in common, in words; empty for the whole book.
    criteria: Mapped[str | None] = mapped_column(PlainText)
    #: The name of the file or folder, without its place; empty for standard output.
    file_name: Mapped[str | None] = mapped_column(PlainText)
    #: SHA-256 of the file, or of all files of a folder in the order of their names.
    sha256: Mapped[str | None] = mapped_column(PlainText)
    #: How many named people are in it, also when some of them were forgotten since.
    people: Mapped[int]
    #: The numbers of those people, but for forgotten ones.
    contact_ids: Mapped[list[Any]] = mapped_column(JsonText)

    __table_args__ = (
        CheckConstraint("recipient <> ''", name="recipient_not_empty"),
        CheckConstraint("purpose <> ''", name="purpose_not_empty"),
        CheckConstraint("people >= 0", name="people"),
        {"sqlite_autoincrement": True},
    )
