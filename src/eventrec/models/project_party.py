"""Who pays for a project, does it and manages it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.agency import Agency
from eventrec.models.base import PlainText, Record, a_share, one_of, ordered_dates
from eventrec.models.contact import Contact
from eventrec.models.project import Project
from eventrec.vocabulary import AGENCY_PARTY_ROLES, PARTY_ROLES

_AGENCY_ROLES = ", ".join(f"'{role}'" for role in AGENCY_PARTY_ROLES)


class ProjectParty(Record):
    """An agency or a contact with its role in a project."""

    __tablename__ = "project_party"

    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id, ondelete="RESTRICT"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id, ondelete="RESTRICT"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"), index=True)
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
