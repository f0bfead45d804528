"""People: who they are, how to reach them, where they work."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.base import (
    JsonText,
    LocalizedText,
    PlainText,
    Record,
    not_empty,
    one_of,
    only_where,
    ordered_dates,
)
from eventrec.vocabulary import POINT_KINDS, SEXES

_LOWER_CASE_DOMAIN = (
    "kind <> 'email' OR substr(value, {at}) = lower(substr(value, {at}))",
    {"sqlite": "instr(value, '@')", "postgresql": "position('@' in value)"},
)


class Contact(Record):
    """A person, kept once. The full name is as the person writes it, never split or re-cased."""

    __tablename__ = "contact"

    name: Mapped[Localized] = mapped_column(LocalizedText)
    #: Only when somebody typed it; never cut out of the name.
    family_name: Mapped[str | None] = mapped_column(PlainText)
    given_name: Mapped[str | None] = mapped_column(PlainText)
    #: Mr., Ms., Dr. …
    honorific: Mapped[str | None] = mapped_column(PlainText)
    sex: Mapped[str] = mapped_column(PlainText, default="not-stated")
    #: Languages the person works in, BCP 47 tags.
    languages: Mapped[list[Any] | None] = mapped_column(JsonText)
    #: Words under which an imported card was filed (CATEGORIES), but for the projects that the person was in already.
    categories: Mapped[list[Any] | None] = mapped_column(JsonText)
    note: Mapped[str | None] = mapped_column(PlainText)
    #: Pinyin with surname readings for Chinese names, else the name without accents and case; computed on write.
    sort_key: Mapped[str] = mapped_column(PlainText, default="")
    #: Normalised text that `search` looks in; computed on write.
    search_text: Mapped[str] = mapped_column(PlainText, default="")

    __table_args__ = (not_empty("name"), one_of("sex", SEXES), {"sqlite_autoincrement": True})


class ContactPoint(Record):
    """One way to reach a contact or an agency."""

    __tablename__ = "contact_point"

    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="RESTRICT"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id", ondelete="RESTRICT"))
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


class Affiliation(Record):
    """A contact's place in an agency, for a time. Both dates are inclusive; an open one is not known or not over."""

    __tablename__ = "affiliation"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="RESTRICT"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id", ondelete="RESTRICT"), index=True)
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
