"""Settings of the book: main language, time zone, country, topics, salt."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from eventrec.models.base import JsonText, PlainText, Record


class Setting(Record):
    """A key and its JSON value."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(PlainText, unique=True)
    value: Mapped[Any] = mapped_column(JsonText)

    __table_args__ = ({"sqlite_autoincrement": True},)
