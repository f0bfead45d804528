"""Finding one person in text that somebody wrote: the name in any usual spelling, e-mail, phone, address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final

from eventrec.text.names import is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ERASED: Final = "[…]"
"""What stands in a text in the place of what was taken out."""

_BETWEEN_DIGITS: Final = r"[\s()./-]*"
_FIGURES: Final = {code: None for code in range(128) if not chr(code).isdigit()}
"""Takes everything but digits out of plain text."""

_FEWEST_LETTERS: Final = 3
_FEWEST_DIGITS: Final = 6
_MOST_WORDS: Final = 4
"""Of names with more words, only the order in which they are kept is looked for."""


@dataclass(frozen=True)
class Mentions:
    """What a person is called and reached by; finds it in text, whatever its case, spacing and order of names.

    A name of fewer than three letters, or of one Chinese character, is in too many words to be looked for.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    """In E.164."""

    others: tuple[str, ...] = ()
    """WeChat names, pages, postal addresses."""

    extra: tuple[str, ...] = field(default=())
    """Further words that are looked for as they stand: actor names."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        found = dict.fromkeys(
            [
                *(each for name in self.names for each in _of_name(name)),
                *map(_of_email, self.emails),
                *(each for phone in self.phones for each in _of_phone(phone)),
                *(each for text in (*self.others, *self.extra) for each in _of_text(text)),
            ]
        )
        return re.compile("|".join(sorted(found, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _clues(self) -> tuple[list[str], list[str]]:
        """What is in every text that holds any of it: pieces without regard to case, and digits of phones."""
        names = [name[:1] if is_chinese(name) else max(_words(name), key=len, default="") for name in self.names]
        others = [max(text.split(), key=len, default="") for text in (*self.others, *self.extra)]
        digits = [national or other for other, national in map(_digits, self.phones)]
        return [clue.casefold() for clue in (*names, *self.emails, *others) if clue], digits

    def in_text(self, text: str) -> bool:
        """Tell whether the text holds any of it."""
        pieces, digits = self._clues
        folded = text.casefold()
        if not any(piece in folded for piece in pieces):
            figures = text.translate(_FIGURES) if digits else ""
            if not any(each in figures for each in digits):
                return False
        return self._pattern.search(text) is not None

    def without(self, text: str) -> str:
        """Return the text with all of it taken out."""
        return self._pattern.sub(ERASED, text)

    def in_value(self, value: Any) -> bool:  # noqa: ANN401
        """Tell whether any text of a JSON value holds any of it."""
        return any(map(self.in_text, _texts(value)))

    def out_of(self, value: Any) -> Any:  # noqa: ANN401
        """Return a JSON value with all of it taken out of its texts; keys stay."""
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, list):
            return [self.out_of(each) for each in value]
        return {key: self.out_of(each) for key, each in value.items()} if isinstance(value, dict) else value

    def octets(self) -> list[bytes]:
        """Return what a file is searched for: everything as it is kept, and as JSON writes it, in UTF-8."""
        texts = [
            *(name for name in self.names if any(_of_name(name))),
            *self.emails,
            *(phone for phone in self.phones if any(_of_phone(phone))),
            *(text for text in self.others if any(_of_text(text))),
        ]
        escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
        return [text.encode() for text in dict.fromkeys((*texts, *escaped))]


def together(people: Iterable[Mentions]) -> Mentions:
    """Return what finds any of several people."""
    found = list(people)
    parts = [(each.names, each.emails, each.phones, each.others, each.extra) for each in found]
    return Mentions(
        *(tuple(dict.fromkeys(word for words in kind for word in words)) for kind in zip(*parts, strict=True))
    )


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _whole(pattern: str) -> str:
    """Return a pattern that begins and ends where a word does."""
    return rf"(?<![^\W_]){pattern}(?![^\W_])"


def _of_name(name: str) -> Iterator[str]:
    letters = [char for char in name if char.isalnum()]
    if is_chinese(name):
        if len(letters) > 1:
            yield r"[\s·]*".join(map(re.escape, letters))
        return
    words = _words(name)
    if len(letters) < _FEWEST_LETTERS:
        return
    orders: Iterable[tuple[str, ...]] = permutations(words) if len(words) <= _MOST_WORDS else [tuple(words)]
    for order in orders:
        yield _whole(r"[\s,._·-]+".join(map(re.escape, order)))


def _words(name: str) -> list[str]:
    return [word for part in name.split() if (word := part.strip(",."))]


def _digits(phone: str) -> tuple[str, str]:
    """Return the code of the country and the rest of a number in E.164; of any other text nothing but its digits."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone.translate(_FIGURES), ""
    return str(parsed.country_code), phonenumbers.national_significant_number(parsed)


def _of_email(email: str) -> str:
    return rf"(?<![\w.+-]){re.escape(email)}(?![\w-])"


def _of_phone(phone: str) -> Iterator[str]:
    """Find a number however it is grouped, with its country's code or without."""
    country, digits = _digits(phone)
    if not digits:
        yield from _of_text(phone)
    if len(digits) < _FEWEST_DIGITS:
        return
    abroad = rf"(?:(?:\+|\b00)?{country}{_BETWEEN_DIGITS})?"
    yield rf"(?<!\d){abroad}(?:\(?0\)?{_BETWEEN_DIGITS})?{_BETWEEN_DIGITS.join(digits)}(?!\d)"


def _of_text(text: str) -> Iterator[str]:
    words = text.split()
    if sum(map(len, words)) >= _FEWEST_LETTERS:
        yield _whole(r"\s+".join(map(re.escape, words)))
