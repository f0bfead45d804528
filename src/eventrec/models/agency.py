"""Agencies: ministries, embassies, organisations, and collectives of them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.base import LocalizedText, PlainText, Record, is_code, is_country, not_empty, one_of
from eventrec.vocabulary import AGENCY_KINDS


class Agency(Record):
    """An organisation that takes part, gives money or does the work."""

    __tablename__ = "agency"

    #: Acronym; unique without regard to case.
    code: Mapped[str | None] = mapped_column(PlainText)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    #: `group` is a collective: its people count, it never counts as an agency.
    kind: Mapped[str] = mapped_column(PlainText, default="other")
    #: Reporting group such as "EU" or "China"; an agency without one takes its parent's.
    side: Mapped[str | None] = mapped_column(PlainText)
    #: ISO 3166-1 alpha-2.
    country: Mapped[str | None] = mapped_column(PlainText)
    #: The agency that this one is part of.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id", ondelete="RESTRICT"), index=True)
    #: The agency that took over its work.
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id", ondelete="RESTRICT"), index=True)
    website: Mapped[str | None] = mapped_column(PlainText)
    note: Mapped[str | None] = mapped_column(PlainText)
    #: Normalised text that `search` looks in; computed on write.
    search_text: Mapped[str] = mapped_column(PlainText, default="")
    #: What lists are ordered by; computed on write.
    sort_key: Mapped[str] = mapped_column(PlainText, default="")

    __table_args__ = (
        not_empty("name"),
        one_of("kind", AGENCY_KINDS),
        is_country(),
        is_code(),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("successor_id <> id", name="not_its_own_successor"),
        Index("uq_agency_code", func.lower(code), unique=True),
        {"sqlite_autoincrement": True},
    )
