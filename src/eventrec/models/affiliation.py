"""Where people work."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.agency import Agency
from eventrec.models.base import LocalizedText, PlainText, Record, not_empty, only_where, ordered_dates
from eventrec.models.contact import Contact


class Affiliation(Record):
    """A contact's place in an agency, for a time. Both dates are inclusive; an open one is not known or not over."""

    __tablename__ = "affiliation"

    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id, ondelete="RESTRICT"), index=True)
    position: Mapped[Localized | None] = mapped_column(LocalizedText)
    #: Department or office inside the agency.
    unit: Mapped[str | None] = mapped_column(PlainText)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    #: The affiliation that stands for the person; one at a time.
    is_primary: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        not_empty("position"),
        ordered_dates(),
        Index(
            "uq_affiliation_primary",
            "contact_id",
            unique=True,
            **only_where("is_primary AND ends_on IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
