"""Projects: programmes and their phases."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.base import LocalizedText, PlainText, Record, is_code, not_empty, one_of, ordered_dates
from eventrec.vocabulary import PROJECT_STATUSES


class Project(Record):
    """A funded project, or one phase of a programme (its parent)."""

    __tablename__ = "project"

    #: Unique without regard to case.
    code: Mapped[str] = mapped_column(PlainText)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    #: The programme that this is a phase of.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    contract_number: Mapped[str | None] = mapped_column(PlainText)
    #: Both inclusive; empty while not known.
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(PlainText, default="active")
    #: The sentence that the donor wants to read on every document.
    funding_statement: Mapped[Localized | None] = mapped_column(LocalizedText)
    #: Months after the end during which auditors may ask for the people's records; empty: as the book's setting says.
    retention_months: Mapped[int | None] = mapped_column(CheckConstraint("retention_months >= 0", name="retention"))
    note: Mapped[str | None] = mapped_column(PlainText)
    #: Normalised text that `search` looks in; computed on write.
    search_text: Mapped[str] = mapped_column(PlainText, default="")
    #: What lists are ordered by; computed on write.
    sort_key: Mapped[str] = mapped_column(PlainText, default="")

    __table_args__ = (
        not_empty("name"),
        not_empty("funding_statement"),
        one_of("status", PROJECT_STATUSES),
        is_code(),
        ordered_dates(),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        Index("uq_project_code", func.lower(code), unique=True),
        {"sqlite_autoincrement": True},
    )
