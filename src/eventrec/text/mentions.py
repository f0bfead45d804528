"""Finding one person in text that somebody wrote: the name in any usual spelling, e-mail, phone, address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final

from eventrec.text.mention_index import Index
from eventrec.text.names import is_chinese, normalise

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
    def _index(self) -> Index:
        """Everything that is looked for, by what a text must hold for it; names also as they are searched."""
        spelled = dict.fromkeys((*self.names, *map(normalise, self.names)))
        index = Index()
        for name in spelled:
            patterns = list(_of_name(name))
            if is_chinese(name):
                index.add(patterns, pair="".join(char for char in name if char.isalnum())[:2])
            else:
                index.add(patterns, words=" ".join(_words(name)))
        for email in self.emails:
            index.add([_of_email(email)], words=email.rpartition("@")[0])
        for phone in self.phones:
            index.add(list(_of_phone(phone)), figures=_digits(phone)[1], words=phone)
        for text in (*self.others, *self.extra):
            index.add(list(_of_text(text)), words=text)
        return index

    def in_text(self, text: str) -> bool:
        """Tell whether the text holds any of it."""
        pattern = self._index.pattern(text)
        return pattern is not None and pattern.search(text) is not None

    def without(self, text: str) -> str:
        """Return the text with all of it taken out."""
        pattern = self._index.pattern(text)
        return text if pattern is None else pattern.sub(ERASED, text)

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
        """Return what a file is searched for: all as it is kept, as it is searched, and as JSON writes it, in UTF-8."""
        texts = [
            *(name for name in self.names if any(_of_name(name))),
            *self.emails,
            *(phone for phone in self.phones if any(_of_phone(phone))),
            *(text for text in self.others if any(_of_text(text))),
        ]
        texts += [normalise(text) for text in texts]
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
