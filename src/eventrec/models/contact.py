"""People: who they are."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from eventrec.localized import Localized
from eventrec.models.base import JsonText, LocalizedText, PlainText, Record, not_empty, one_of, searched_by
from eventrec.vocabulary import SEXES


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

    __table_args__ = (
        not_empty("name"),
        one_of("sex", SEXES),
        searched_by("ix_contact_search_text", "search_text"),
        {"sqlite_autoincrement": True},
    )
