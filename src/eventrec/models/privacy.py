"""What a person agreed to, who was given lists of people, and whom the book must not take in again."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import JsonText, Moment, PlainText, Record, one_of, ordered_dates
from eventrec.vocabulary import CONSENT_ANSWERS, FORGOTTEN_KINDS


class Consent(Record):
    """What a person answered when asked whether data may be used for one purpose (GDPR, article 7)."""

    __tablename__ = "consent"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="RESTRICT"), index=True)
    #: What for: "photographs", "contact list" …
    purpose: Mapped[str] = mapped_column(PlainText)
    answer: Mapped[str] = mapped_column(PlainText, default="given")
    #: The day of the answer.
    answered_on: Mapped[date]
    #: The day on which a consent was taken back; from that day on it is none.
    withdrawn_on: Mapped[date | None]
    #: Where it is written down: "sign-in sheet of event 4", "e-mail of 3 May 2025".
    source: Mapped[str | None] = mapped_column(PlainText)

    __table_args__ = (
        one_of("answer", CONSENT_ANSWERS),
        CheckConstraint("purpose <> ''", name="purpose_not_empty"),
        CheckConstraint("withdrawn_on IS NULL OR answer = 'given'", name="only_a_consent_is_withdrawn"),
        ordered_dates("answered_on", "withdrawn_on"),
        Index("uq_consent_answer", "contact_id", "purpose", "answered_on", unique=True),
        {"sqlite_autoincrement": True},
    )


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


class Forgotten(Record):
    """One trait of a person who was forgotten, as a hash that only the same trait gives again."""

    __tablename__ = "forgotten"

    #: Hash of the trait with the book's salt, hexadecimal.
    hash: Mapped[str] = mapped_column(PlainText)
    #: What kind of trait was hashed.
    kind: Mapped[str] = mapped_column(PlainText)
    #: A random word that the traits of one person have in common; it leads to nobody.
    person: Mapped[str] = mapped_column(PlainText, index=True)
    forgotten_at: Mapped[str] = mapped_column(Moment)
    #: Why, as whoever did it wrote it: "request of 3 May 2025". It must not say who it was.
    reason: Mapped[str | None] = mapped_column(PlainText)

    __table_args__ = (
        one_of("kind", FORGOTTEN_KINDS),
        Index("uq_forgotten_hash", "hash", "person", unique=True),
        {"sqlite_autoincrement": True},
    )
