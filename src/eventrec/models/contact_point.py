"""How to reach a person or an agency."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.agency import Agency
from eventrec.models.base import PlainText, Record, one_of, only_where
from eventrec.models.contact import Contact
from eventrec.vocabulary import POINT_KINDS

_LOWER_CASE_DOMAIN = (
    "kind <> 'email' OR substr(value, {at}) = lower(substr(value, {at}))",
    {"sqlite": "instr(value, '@')", "postgresql": "position('@' in value)"},
)


class ContactPoint(Record):
    """One way to reach a contact or an agency."""

    __tablename__ = "contact_point"

    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id, ondelete="RESTRICT"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id, ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(PlainText)
    #: E-mail with lower-case domain; phone in E.164; else as typed.
    value: Mapped[str] = mapped_column(PlainText)
    #: "work", "home", "assistant" …
    label: Mapped[str | None] = mapped_column(PlainText)
    preferred: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        one_of("kind", POINT_KINDS),
        CheckConstraint("(contact_id IS NULL) <> (agency_id IS NULL)", name="one_owner"),
        CheckConstraint("value <> ''", name="value_not_empty"),
        *(
            CheckConstraint(_LOWER_CASE_DOMAIN[0].format(at=at), name="lower_case_domain").ddl_if(dialect=dialect)
            for dialect, at in _LOWER_CASE_DOMAIN[1].items()
        ),
        *(
            Index(
                f"uq_contact_point_{owner}{suffix}",
                f"{owner}_id",
                *columns,
                unique=True,
                **only_where(f"{owner}_id IS NOT NULL{condition}"),
            )
            for owner in ("contact", "agency")
            for suffix, columns, condition in (("", ("kind", "value"), ""), ("_preferred", ("kind",), " AND preferred"))
        ),
        {"sqlite_autoincrement": True},
    )
