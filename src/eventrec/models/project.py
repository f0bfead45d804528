"""Projects: programmes, their phases, and who pays, does and manages them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, func
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.base import (
    LocalizedText,
    PlainText,
    Record,
    a_share,
    is_code,
    not_empty,
    one_of,
    ordered_dates,
)
from eventrec.vocabulary import AGENCY_PARTY_ROLES, PARTY_ROLES, PROJECT_STATUSES

_AGENCY_ROLES = ", ".join(f"'{role}'" for role in AGENCY_PARTY_ROLES)


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


class ProjectParty(Record):
    """An agency or a contact with its role in a project."""

    __tablename__ = "project_party"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id", ondelete="RESTRICT"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="RESTRICT"), index=True)
    role: Mapped[str] = mapped_column(PlainText)
    #: Per cent of the cost, 0 to 100.
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    __table_args__ = (
        one_of("role", PARTY_ROLES),
        CheckConstraint("(contact_id IS NULL) <> (agency_id IS NULL)", name="one_owner"),
        CheckConstraint(f"(role IN ({_AGENCY_ROLES})) = (agency_id IS NOT NULL)", name="role_fits"),
        a_share(),
        ordered_dates(),
        Index("uq_project_party_agency", "project_id", "agency_id", "role", unique=True),
        Index("uq_project_party_contact", "project_id", "contact_id", "role", unique=True),
        {"sqlite_autoincrement": True},
    )
