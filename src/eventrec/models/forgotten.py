"""Whom the book must not take in again."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import Moment, PlainText, Record, one_of
from eventrec.vocabulary import FORGOTTEN_KINDS


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
