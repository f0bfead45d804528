"""Events, among them site visits."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.base import (
    JsonText,
    LocalizedText,
    Moment,
    PlainText,
    Record,
    is_country,
    is_time,
    not_empty,
    one_of,
    ordered_dates,
    searched_by,
)
from eventrec.models.contact import Contact
from eventrec.vocabulary import EVENT_KINDS, EVENT_STATUSES, MODALITIES


class Event(Record):
    """Something that happens on days: a workshop, a training, a site visit."""

    __tablename__ = "event"

    kind: Mapped[str] = mapped_column(PlainText, default="other")
    #: The event that a site visit belongs to; only a site visit has one.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), index=True)
    #: The cancelled or postponed event that this one was re-planned from.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), index=True)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    description: Mapped[Localized | None] = mapped_column(LocalizedText)
    results: Mapped[Localized | None] = mapped_column(LocalizedText)
    topics: Mapped[list[Any] | None] = mapped_column(JsonText)
    status: Mapped[str] = mapped_column(PlainText)
    #: Why it was cancelled or postponed.
    status_reason: Mapped[str | None] = mapped_column(PlainText)
    #: Whom to ask about the event.
    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"), index=True)
    #: First and last day, both inclusive, in `timezone`; both empty while the date is not known.
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    #: What is known of an unknown date: "mid-March".
    date_note: Mapped[str | None] = mapped_column(PlainText)
    #: The first date that was ever set, kept when the event moves.
    planned_starts_on: Mapped[date | None]
    planned_ends_on: Mapped[date | None]
    #: Working days, when not every day from first to last.
    days: Mapped[int | None]
    #: Hours of each day, HH:MM in `timezone`; none for whole days.
    start_time: Mapped[str | None] = mapped_column(PlainText)
    end_time: Mapped[str | None] = mapped_column(PlainText)
    #: IANA name.
    timezone: Mapped[str | None] = mapped_column(PlainText)
    modality: Mapped[str] = mapped_column(PlainText, default="in-person")
    venue: Mapped[Localized | None] = mapped_column(LocalizedText)
    address: Mapped[str | None] = mapped_column(PlainText)
    city: Mapped[Localized | None] = mapped_column(LocalizedText)
    #: ISO 3166-1 alpha-2.
    country: Mapped[str | None] = mapped_column(PlainText)
    #: WGS 84 degrees.
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    online_url: Mapped[str | None] = mapped_column(PlainText)
    #: Where the event was published.
    source_url: Mapped[str | None] = mapped_column(PlainText)
    #: iCalendar SEQUENCE (RFC 5545, 3.8.7.4): grows when dates, times, place or STATUS change; never shrinks.
    sequence: Mapped[int] = mapped_column(default=0)
    #: UID in the calendar of somebody else that it was imported from; all days of a series share one.
    source_uid: Mapped[str | None] = mapped_column(PlainText, index=True)
    #: SEQUENCE of the latest state that was taken from a calendar; `sequence` grows on with what is changed here.
    source_sequence: Mapped[int | None]
    #: LAST-MODIFIED (or DTSTAMP) of that state, UTC.
    source_modified_at: Mapped[str | None] = mapped_column(Moment)
    note: Mapped[str | None] = mapped_column(PlainText)
    #: Normalised text that `search` looks in; computed on write.
    search_text: Mapped[str] = mapped_column(PlainText, default="")

    __table_args__ = (
        not_empty("title"),
        not_empty("description"),
        not_empty("results"),
        not_empty("venue"),
        not_empty("city"),
        one_of("kind", EVENT_KINDS),
        one_of("status", EVENT_STATUSES),
        one_of("modality", MODALITIES),
        is_country(),
        ordered_dates(),
        CheckConstraint("(starts_on IS NULL) = (ends_on IS NULL)", name="both_dates"),
        ordered_dates("planned_starts_on", "planned_ends_on", "planned_dates"),
        CheckConstraint("(planned_starts_on IS NULL) = (planned_ends_on IS NULL)", name="both_planned_dates"),
        CheckConstraint("days >= 1", name="days"),
        CheckConstraint(
            "start_time IS NULL OR (starts_on IS NOT NULL AND timezone IS NOT NULL)",
            name="start_time_needs_date",
        ),
        CheckConstraint("end_time IS NULL OR start_time IS NOT NULL", name="end_time_needs_start"),
        CheckConstraint("end_time > start_time", name="times"),
        is_time("start_time"),
        is_time("end_time"),
        CheckConstraint("status <> 'held' OR starts_on IS NOT NULL", name="held_needs_date"),
        CheckConstraint("status_reason IS NULL OR status IN ('cancelled', 'postponed')", name="status_reason"),
        CheckConstraint("(kind = 'site-visit') = (parent_id IS NOT NULL)", name="only_a_visit_has_a_parent"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("replaces_id <> id", name="not_its_own_replacement"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_coordinates"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("sequence >= 0", name="sequence"),
        Index("ix_event_starts_on", "starts_on"),
        Index("ix_event_ends_on", "ends_on"),
        searched_by("ix_event_search_text", "starts_on", "search_text"),
        {"sqlite_autoincrement": True},
    )
