"""Taking part: a named person, a delegation with its head-count, or a party as it was reported."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.agency import Agency
from eventrec.models.base import LocalizedText, Moment, PlainText, Record, not_empty, one_of, only_where
from eventrec.models.contact import Contact
from eventrec.models.event import Event
from eventrec.vocabulary import HEAD_COUNTS, PARTICIPATION_MODALITIES, PARTICIPATION_STATUSES, ROLES, SOURCES

_ALL_COUNTS = " AND ".join(f"{column} IS NOT NULL" for column in HEAD_COUNTS)
_NO_COUNT = " AND ".join(f"{column} IS NULL" for column in HEAD_COUNTS)
_PARTY = text("coalesce(agency_id, 0)")
_LABEL = text("coalesce(label, '')")
_COUNTING = (
    "event_id", "contact_id", "agency_id", "status", "role", "modality", *HEAD_COUNTS, "approximate", "days",
    "forgotten_as",
)  # fmt: skip
"""What a report reads of every row: in one index, so that it need not look at the rows themselves."""


class Participation(Record):
    """One row of an event's list: somebody with a name, or people further and unnamed."""

    __tablename__ = "participation"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="RESTRICT"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id, ondelete="RESTRICT"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"))
    #: The party as reported, when it is no agency: "other European experts".
    label: Mapped[Localized | None] = mapped_column(LocalizedText)
    #: Reporting group, only where no agency tells it.
    side: Mapped[str | None] = mapped_column(PlainText)
    role: Mapped[str] = mapped_column(PlainText, default="participant")
    status: Mapped[str] = mapped_column(PlainText)
    modality: Mapped[str] = mapped_column(PlainText, default="not-stated")
    #: Head-counts of people further and unnamed; all four empty = nobody counted them.
    women: Mapped[int | None]
    men: Mapped[int | None]
    other: Mapped[int | None]
    not_stated: Mapped[int | None]
    #: The head-count is about right, not exact.
    approximate: Mapped[bool] = mapped_column(default=False)
    #: Days taken part, when fewer than the event's.
    days: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(PlainText)
    #: The agency's name and the person's position as they were on the day; set when the row becomes `attended`.
    agency_name: Mapped[Localized | None] = mapped_column(LocalizedText)
    position: Mapped[Localized | None] = mapped_column(LocalizedText)
    note: Mapped[str | None] = mapped_column(PlainText)
    #: When the latest reply to an invitation was given, UTC (DTSTAMP of the reply).
    answered_at: Mapped[str | None] = mapped_column(Moment)
    #: Of a head-count that was a named person, since forgotten: a random word that the person's rows of one event, and
    #: of events whose days meet, have in common, so that nobody counts twice. It leads to nobody.
    forgotten_as: Mapped[str | None] = mapped_column(
        PlainText,
        CheckConstraint(
            "forgotten_as IS NULL OR (contact_id IS NULL AND women + men + other + not_stated = 1)",
            name="forgotten_is_one_person",
        ),
    )

    __table_args__ = (
        one_of("role", ROLES),
        one_of("status", PARTICIPATION_STATUSES),
        one_of("modality", PARTICIPATION_MODALITIES),
        one_of("source", SOURCES),
        not_empty("label"),
        not_empty("agency_name"),
        not_empty("position"),
        CheckConstraint(f"({_ALL_COUNTS}) OR ({_NO_COUNT})", name="all_counts_or_none"),
        CheckConstraint("women >= 0 AND men >= 0 AND other >= 0 AND not_stated >= 0", name="counts"),
        CheckConstraint(f"contact_id IS NULL OR ({_NO_COUNT})", name="named_is_one_person"),
        CheckConstraint(
            "agency_id IS NOT NULL OR contact_id IS NOT NULL OR label IS NOT NULL OR women IS NOT NULL",
            name="has_somebody",
        ),
        CheckConstraint("side IS NULL OR agency_id IS NULL", name="side_only_without_agency"),
        CheckConstraint("contact_id IS NULL OR label IS NULL", name="named_has_no_label"),
        CheckConstraint("days >= 1", name="days"),
        Index("ix_participation_counting", *_COUNTING),
        Index("ix_participation_contact", "contact_id", "event_id", "status", "modified_at"),
        Index("ix_participation_agency", "agency_id", "event_id", "status"),
        Index(
            "ix_participation_organizer",
            "event_id",
            "agency_id",
            "status",
            "modified_at",
            **only_where("role = 'organizer'"),
        ),
        Index(
            "uq_participation_named",
            "event_id",
            "contact_id",
            "role",
            unique=True,
            **only_where("contact_id IS NOT NULL"),
        ),
        Index(
            "uq_participation_forgotten",
            "event_id",
            "forgotten_as",
            "role",
            unique=True,
            **only_where("forgotten_as IS NOT NULL"),
        ),
        Index(
            "uq_participation_unnamed",
            "event_id",
            _PARTY,
            _LABEL,
            "role",
            "modality",
            "status",
            unique=True,
            **only_where("contact_id IS NULL AND forgotten_as IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
