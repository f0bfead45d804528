"""Cells as people fill them in, read into values; what cannot be read is refused in a sentence."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import EventrecError, Rejected
from eventrec.formats.sign_in import is_present
from eventrec.text.names import clean, in_languages, is_chinese, read_localized
from eventrec.text.numerals import arabic
from eventrec.text.typed import plain, shortened
from eventrec.text.words import read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from eventrec.localized import Localized


_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)
"""Days that Excel counts between 1954 and 2118: a number in a column of dates."""

_NUMBER: Final = re.compile(
    r"(约|大约|近|about|approx\.?|ca\.?|circa|~|≈)?\s*(\d{1,9})(?:\.0+)?\s*(人|名|位|个|people|persons|pax)?(左右|多|余|\+)?"
)
_CHINESE_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_SEVERAL: Final = re.compile(r"[;；\n]|、|，|,(?=\s*[^\s]+@)|\s/\s|/(?=\s*[+\d(]{3})")


class Cells:
    """The cells of one row by field; reading one that cannot be read notes a problem and returns None."""

    def __init__(self, cells: Mapping[str, Any], refuse: Callable[[str, str], None], today: date) -> None:
        self._cells = cells
        self._refuse = refuse
        self._today = today

    def __contains__(self, field: str) -> bool:
        return self.text(field) != ""

    def raw(self, field: str) -> Any:  # noqa: ANN401
        """Return the cell as the file holds it."""
        return self._cells.get(field)

    def text(self, field: str) -> str:
        """Return the cell as text without space around it."""
        return text_of(self._cells.get(field)).strip()

    def line(self, field: str, limit: int = 300, *, lines: bool = False) -> str | None:
        """Return a text; None for an empty cell."""
        text = self.text(field)
        if not lines:
            text = " ".join(text.split("\n"))
        return self._try(field, lambda: clean(text, field.replace("_", " "), limit, lines)) if text else None

    def localized(self, field: str, main: str, limit: int = 300, *, lines: bool = False) -> Localized | None:
        """Return a text in its languages from `field`, `field_en` and `field_zh`."""
        words = []
        if text := self.text(field):
            words += [text] if lines else in_languages(text)
        words += _tagged(self.text(f"{field}_en"), self.text(f"{field}_zh"))
        if not words:
            return None
        word = field.replace("_", " ")
        texts = [_one_line(each, lines) for each in words]
        found: Localized | None = self._try(self._first(field), lambda: read_localized(texts, word, main, limit, lines))
        return found

    def _first(self, field: str) -> str:
        return next((name for name in (field, f"{field}_en", f"{field}_zh") if self.text(name)), field)

    def word(self, field: str, meaning: str) -> str | None:
        """Return a word of the vocabulary."""
        text = self.text(field)
        return self._try(field, lambda: read_word(text, meaning)) if text else None

    def tick(self, field: str) -> bool | None:
        """Return what a tick means; None for an empty cell. A name signed there is a yes."""
        return is_present(self.text(field))

    def number(self, field: str) -> tuple[int, bool] | None:
        """Return a number of people or days, and whether it is only about right."""
        text = self.text(field)
        return self._try(field, lambda: number_of(text, field)) if text else None

    def day(self, field: str) -> date | None:
        """Return one day; from a date cell, a serial number of Excel, or a text."""
        found = self.days(field)
        if found and found[0] != found[1]:
            self._refuse(field, f"“{self.text(field)}” is more than one day.")
            return None
        return found[0] if found else None

    def days(self, field: str) -> tuple[date, date] | None:
        """Return first and last day, both inclusive."""
        return self._try(field, lambda: days_of(self._cells.get(field), self._today)) if self.text(field) else None

    def emails(self, field: str) -> list[str]:
        """Return the addresses of a cell, which may hold several."""
        from eventrec.text.emails import read_email

        return self._each(field, read_email)

    def phones(self, field: str, country: str | None) -> tuple[list[str], list[str]]:
        """Return the numbers of a cell in E.164, and those that do not say their country, as they are.

        A number of the form of a Chinese mobile phone needs none.
        """
        from eventrec.text.phones import NoCountry, read_phone

        kept: list[str] = []

        def read(text: str) -> str:
            digits = re.sub(r"[\s-]", "", text)
            try:
                return read_phone(text, country or ("CN" if _CHINESE_MOBILE.fullmatch(digits) else None))
            except NoCountry:
                kept.append(text)
                return ""

        return self._each(field, read), kept

    def _each(self, field: str, read: Callable[[str], str]) -> list[str]:
        found = (self._try(field, partial(read, part)) for part in several(self.text(field)))
        return [value for value in found if value]

    def country(self, field: str) -> str | None:
        """Return an ISO code."""
        from eventrec.text.places import read_country

        text = self.text(field)
        return self._try(field, lambda: read_country(text)) if text else None

    def _try(self, field: str, read: Callable[[], Any]) -> Any:  # noqa: ANN401
        try:
            return read()
        except EventrecError as error:
            self._refuse(field, f"{error.message} {error.hint}".strip())
            return None


def text_of(cell: Any) -> str:  # noqa: ANN401
    """Return a cell as text: a number without the decimals that Excel adds, a date as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, (date, time)):
        return cell.isoformat() if isinstance(cell, date) else cell.isoformat("minutes")
    return str(cell)


def number_of(text: str, what: str) -> tuple[int, bool]:
    """Read “12”, “12.0”, “约12人” or “十二”; the second value tells whether it is only about right. Raises Rejected."""
    words = arabic(plain(text, "A number"))
    found = _NUMBER.fullmatch(words.casefold())
    if not found:
        raise Rejected(f"“{shortened(text)}” is no number of {what.replace('_', ' ')}.", "Write it in figures: 12.")
    return int(found[2]), bool(found[1] or found[4])


def days_of(cell: Any, today: date) -> tuple[date, date]:  # noqa: ANN401
    """Read a date cell, a serial number of Excel, or a text. Raises Rejected."""
    from eventrec.text.dates import read_dates

    if isinstance(cell, datetime):
        return cell.date(), cell.date()
    if isinstance(cell, date):
        return cell, cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.floor(cell) in _SERIALS:
        found = _EXCEL_DAY_ZERO + timedelta(days=math.floor(cell))
        return found, found
    return read_dates(text_of(cell), today)


def several(text: str) -> Iterator[str]:
    """Yield the parts of a cell that holds several addresses or numbers."""
    return (part.strip() for part in _SEVERAL.split(text) if part.strip())


def _tagged(english: str, chinese: str) -> list[str]:
    """Return the texts of two columns; one that is in the other script is taken for what it is."""
    if chinese and not is_chinese(chinese):
        chinese, english = "", english or chinese
    if is_chinese(english):
        return [f"zh={chinese}"] if chinese else in_languages(english)
    return [f"{tag}={text}" for tag, text in (("en", english), ("zh", chinese)) if text]


def _one_line(text: str, lines: bool) -> str:
    return text if lines else " ".join(text.split())
