"""Cells as people fill them in, read into values; what cannot be read is refused in a sentence."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import EventrecError, Rejected
from eventrec.formats.sign_in import is_present
from eventrec.localized import Localized
from eventrec.text.emails import read_email
from eventrec.text.names import clean, in_languages, is_chinese, is_han, is_latin, language_of, read_localized
from eventrec.text.numerals import arabic
from eventrec.text.phones import NoCountry, read_phone
from eventrec.text.typed import plain, shortened
from eventrec.text.words import read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)
"""Days that Excel counts between 1954 and 2118: a number in a column of dates."""

_NUMBER: Final = re.compile(
    r"(约|大约|近|about|approx\.?|ca\.?|circa|~|≈)?\s*(\d{1,9})(?:\.0+)?\s*(人|名|位|个|people|persons|pax)?(左右|多|余|\+)?"
)
_RECORD: Final = re.compile(r"#*(\d+)")
_DIGITS: Final = 17
"""A number of a record has no more, so that a database can take it."""

_CHINESE_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_SEVERAL: Final = re.compile(r"[;；\n]|、|，|,(?=\s*[^\s]+@)|\s/\s|/(?=\s*[+\d(]{3})")
_REMEMBERED: Final = 4_000
_PERHAPS_SEVERAL: Final = re.compile(r"[;；\n、，,/]")


class Cells:
    """The cells of one row by field; reading one that cannot be read notes a problem and returns None."""

    def __init__(self, cells: Mapping[str, Any], refuse: Callable[[str, str], None], today: date) -> None:
        self._cells = cells
        self._texts = {
            field: cell.strip() if type(cell) is str else text_of(cell).strip() for field, cell in cells.items()
        }
        self._refuse = refuse
        self._today = today

    def __contains__(self, field: str) -> bool:
        return self.text(field) != ""

    def raw(self, field: str) -> Any:  # noqa: ANN401
        """Return the cell as the file holds it."""
        return self._cells.get(field)

    def text(self, field: str) -> str:
        """Return the cell as text without space around it."""
        return self._texts.get(field, "")

    def line(self, field: str, limit: int = 300, *, lines: bool = False) -> str | None:
        """Return a text; None for an empty cell."""
        text = self.text(field)
        if not lines:
            text = " ".join(text.split("\n"))
        return self._try(field, lambda: clean(text, field.replace("_", " "), limit, lines)) if text else None

    def localized(self, field: str, main: str, limit: int = 300, *, lines: bool = False) -> Localized | None:
        """Return a text in its languages from `field`, `field_en` and `field_zh`."""
        english, chinese, read = _parts(field)
        texts = self._texts
        text, in_english, in_chinese = texts.get(field, ""), texts.get(english, ""), texts.get(chinese, "")
        if not (text or in_english or in_chinese):
            return None
        try:
            return read(text, in_english, in_chinese, main, limit, lines)
        except EventrecError as error:
            self._refuse(self._first(field), f"{error.message} {error.hint}".strip())
            return None

    def _first(self, field: str) -> str:
        return next((name for name in (field, f"{field}_en", f"{field}_zh") if self.text(name)), field)

    def word(self, field: str, meaning: str) -> str | None:
        """Return a word of the vocabulary."""
        text = self.text(field)
        return self._try(field, partial(read_word, text, meaning)) if text else None

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
        text = self.text(field)
        if not text:
            return []
        return self._each(field, text, read_email)

    def phones(self, field: str, country: str | None) -> tuple[list[str], list[str]]:
        """Return the numbers of a cell in E.164, and those that do not say their country, as they are.

        A number of the form of a Chinese mobile phone needs none.
        """
        text = self.text(field)
        if not text:
            return [], []
        kept: list[str] = []

        def read(part: str) -> str:
            mobile = not part.startswith("+") and _CHINESE_MOBILE.fullmatch(re.sub(r"[\s-]", "", part))
            try:
                return read_phone(part, country or ("CN" if mobile else None))
            except NoCountry:
                kept.append(part)
                return ""

        return self._each(field, text, read), kept

    def _each(self, field: str, text: str, read: Callable[[str], str]) -> list[str]:
        found = []
        for part in [text] if not _PERHAPS_SEVERAL.search(text) else several(text):
            try:
                value = read(part)
            except EventrecError as error:
                self._refuse(field, f"{error.message} {error.hint}".strip())
            else:
                found += [value] if value else []
        return found

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


@lru_cache
def _parts(field: str) -> tuple[str, str, Callable[..., Localized]]:
    """Return a field's English and its Chinese column, and what reads its cells: once what stands in many rows."""
    read = partial(read_cells, what=field.replace("_", " "))
    return f"{field}_en", f"{field}_zh", read if field == "name" else lru_cache(_REMEMBERED)(read)


def read_cells(
    text: str, english: str, chinese: str, main: str, limit: int = 300, lines: bool = False, *, what: str
) -> Localized:
    """Return a text from a cell of any language, an English and a Chinese one. Raises Rejected."""
    if not (text or lines) and english and is_han(chinese) and not is_chinese(english):
        return Localized(en=clean(_one_line(english, lines), what, limit), zh=clean(chinese, what, limit))
    if is_latin(text) and "=" not in text and not (english or lines) and (not chinese or is_han(chinese)):
        found = _plainly(text, chinese, what, main, limit)
        if found is not None:
            return found
    words = [] if not text else [text] if lines else in_languages(text)
    words += _tagged(english, chinese)
    return read_localized([_one_line(each, lines) for each in words], what, main, limit, lines)


def _plainly(text: str, chinese: str, what: str, main: str, limit: int) -> Localized | None:
    """Return Latin and perhaps plain Chinese as most sheets have them: what the long way would, in less time."""
    if not text:
        return None
    text = clean(_one_line(text, lines=False), what, limit)
    language = language_of(text, main)
    if not chinese:
        return Localized({language: text})
    return None if language == "zh" else Localized({language: text, "zh": clean(chinese, what, limit)})


def text_of(cell: Any) -> str:  # noqa: ANN401
    """Return a cell as text: a number without the decimals that Excel adds, a date as ISO."""
    if type(cell) is str:
        return cell
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


def record_of(text: str) -> int | None:
    """Return the number of the record that “12” or “#12” means; None for other texts, 0 for one too long."""
    found = _RECORD.fullmatch(text)
    return found and (int(found[1]) if len(found[1]) <= _DIGITS else 0)


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
    """Return the texts of two columns; one that is in the other script is taken for what it is, and none is dropped."""
    if english.casefold() == chinese.casefold():
        chinese = ""
    found = in_languages(english) if is_chinese(english) else [f"en={english}"] if english else []
    return [*found, f"{'zh' if is_chinese(chinese) else 'en'}={chinese}"] if chinese else found


def _one_line(text: str, lines: bool) -> str:
    return text if lines else " ".join(text.split())
