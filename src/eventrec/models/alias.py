"""Other names: former names, acronyms, misspellings."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.agency import Agency
from eventrec.models.base import PlainText, Record, only_where, ordered_dates
from eventrec.models.contact import Contact
from eventrec.models.project import Project

_OWNERS = ("agency_id", "contact_id", "project_id", "city")
_OWNER_COUNT = " + ".join(f"(CASE WHEN {owner} IS NULL THEN 0 ELSE 1 END)" for owner in _OWNERS)


class Alias(Record):
    """Another name of an agency, contact, project or city, with its language and the days it was in use."""

    __tablename__ = "alias"

    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id, ondelete="RESTRICT"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey(Project.id, ondelete="RESTRICT"))
    #: A city's name as events hold it.
    city: Mapped[str | None] = mapped_column(PlainText)
    name: Mapped[str] = mapped_column(PlainText)
    #: BCP 47 tag; empty for an acronym that belongs to no language.
    language: Mapped[str | None] = mapped_column(PlainText)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint(f"{_OWNER_COUNT} = 1", name="one_owner"),
        CheckConstraint("name <> ''", name="name_not_empty"),
        ordered_dates(),
        *(
            Index(
                f"uq_alias_{owner.removesuffix('_id')}",
                owner,
                "name",
                text("coalesce(language, '')"),
                unique=True,
                **only_where(f"{owner} IS NOT NULL"),
            )
            for owner in _OWNERS
        ),
        {"sqlite_autoincrement": True},
    )
