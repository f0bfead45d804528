"""What a person agreed to."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import PlainText, Record, one_of, ordered_dates
from eventrec.models.contact import Contact
from eventrec.vocabulary import CONSENT_ANSWERS


class Consent(Record):
    """What a person answered when asked whether data may be used for one purpose (GDPR, article 7)."""

    __tablename__ = "consent"

    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"), index=True)
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
