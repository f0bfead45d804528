"""Contact cards as rows of an import: a card says of a person or an agency what a row of a sheet says.

What a book cannot hold as what it is, such as a phone number without its country, is kept in the note and told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.errors import EventrecError
from eventrec.localized import Localized
from eventrec.services.imports.agencies import IncomingAgency
from eventrec.services.imports.outcome import Problem
from eventrec.services.imports.person import Incoming
from eventrec.services.points import Point
from eventrec.text.names import clean, language_tag
from eventrec.vocabulary import AGENCY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.formats import vcard_records
    from eventrec.formats.vcard_reader import Card
    from eventrec.services.imports.outcome import Outcome

_LONGEST_NOTE: Final = 1_000_000
_LONGEST_KEPT: Final = 2_000
_LIMITS: Final = {"wechat": 100, "url": 2000, "address": 500}
_WORDS: Final = {"email": "E-mail", "phone": "Phone", "mobile": "Mobile", "wechat": "WeChat", "url": "Link"}
_UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_END_OF_LINE: Final = re.compile("[\n\t\u2028\u2029]+")
_ACRONYM: Final = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z0-9.&-]{1,14}")


class CardRows:
    """Reads cards; what is forgiven goes to `outcome`. `country` is of national phone numbers."""

    def __init__(self, outcome: Outcome, country: str | None) -> None:
        self._outcome = outcome
        self._country = country

    def person(self, card: Card) -> tuple[Incoming, list[Problem]]:
        """Return the person of a card and everything in it that cannot be taken."""
        read = _Fields(card, self._outcome)
        who = Incoming("", card.line, uid=card.uid, revised=card.revised, exactly=card.is_ours)
        who.names = read.localized("FN", card.names)
        who.family_name = read.line("N", card.family_name, 100, "Family name")
        who.given_name = read.line("N", card.given_name, 100, "Given name")
        if not (who.family_name and who.given_name) and not card.is_ours:
            who.family_name = who.given_name = None
        who.honorific = read.line("N", card.honorific, 50, "Honorific")
        who.sex = card.sex
        who.agency = read.localized("ORG", card.organization)
        who.agency_texts = tuple((who.agency or {}).values())
        who.position = read.localized("TITLE", card.position, "Position")
        who.unit = read.line("ORG", card.unit, word="Unit")
        if who.agency is None:
            read.keep("Position", who.position.both() if who.position else "")
            read.keep("Unit", who.unit or "")
        who.languages = list(dict.fromkeys(_tags(card.languages)))
        who.aliases = read.lines("NICKNAME", card.nicknames, "Nickname")
        who.categories = read.lines("CATEGORIES", card.categories, "Category")
        who.points = self._points(card, read)
        who.note = read.note()
        if not (who.names or read.problems):
            read.refuse("FN", "The card has no name.")
        return who, read.problems

    def agency(self, card: Card) -> tuple[IncomingAgency, list[Problem]]:
        """Return the agency of a card and everything in it that cannot be taken."""
        read = _Fields(card, self._outcome)
        name = read.localized("FN", card.names)
        others = read.lines("NICKNAME", card.nicknames, "Nickname")
        code = next((text for text in others if card.is_ours or _ACRONYM.fullmatch(text)), None)
        words = read.lines("CATEGORIES", card.categories, "Category")
        kind = next((word.lower() for word in words if word.lower() in AGENCY_KINDS), None)
        read.keep("Categories", ", ".join(word for word in words if word.lower() != kind))
        points = self._points(card, read)
        website = next((point for point in points if point.kind == "url"), None)
        if website and (website.label or (card.is_ours and website.preferred and len(card.values("url")) > 1)):
            website = None
        elif website:
            points.remove(website)
        columns = {"code": code, "kind": kind, "website": website and website.value, "note": read.note()}
        incoming = IncomingAgency("", card.line, name, None, None, "", "", [text for text in others if text != code])
        incoming.columns = {column: value for column, value in columns.items() if value}
        incoming.points, incoming.uid, incoming.revised = points, card.uid, card.revised
        incoming.exactly = card.is_ours
        if not (name or read.problems):
            read.refuse("FN", "The card has no name.")
        return incoming, read.problems

    def _points(self, card: Card, read: _Fields) -> list[Point]:
        found: dict[tuple[str, str], Point] = {}
        for point in card.points:
            try:
                value = self._value(point, card)
            except EventrecError:
                word = f"{_WORDS.get(point.kind, 'Address')}{f' ({point.label})' if point.label else ''}"
                read.keep(word, point.value, point.kind)
                continue
            label = read.line("X-ABLabel", point.label, 100, "Label")
            found.setdefault((point.kind, value), Point(point.kind, value, label, point.preferred))
        return list(found.values())

    def _value(self, point: vcard_records.Point, card: Card) -> str:
        """Return a value as the book keeps it. Raises Rejected."""
        from eventrec.text.emails import read_email
        from eventrec.text.phones import read_phone

        if point.kind == "email":
            return read_email(point.value)
        if point.kind in ("phone", "mobile"):
            return read_phone(point.value, self._country)
        line = _in_one_line(point.value)
        return clean(line if card.is_ours else " ".join(line.split()), point.kind, _LIMITS[point.kind])


class _Fields:
    """The fields of one card on their way into the book."""

    def __init__(self, card: Card, outcome: Outcome) -> None:
        self._card = card
        self._outcome = outcome
        self._kept: list[str] = []
        self.problems: list[Problem] = []

    def refuse(self, field: str, message: str) -> None:
        """Note what makes the card one that cannot be taken."""
        self.problems.append(Problem("", self._card.line, field, message))

    def keep(self, word: str, text: str, kind: str = "") -> None:
        """Keep in the note what has no place of its own, and tell."""
        if not text:
            return
        if len(text) > _LONGEST_KEPT:
            self._outcome.tell_at(f"{word} of {len(text):,} characters, left out, the card at", self._card.line)
            return
        self._kept.append(f"{word}: {text}")
        if kind in ("phone", "mobile"):
            what = "A phone number that is none, or does not say its country, is kept in the note, the card at"
        elif kind == "email":
            what = "An e-mail address that is none is kept in the note, the card at"
        else:
            what = f"{word.partition(' (')[0]} kept in the note, the card at"
        self._outcome.tell_at(what, self._card.line)

    def line(self, field: str, text: str | None, limit: int = 500, word: str = "") -> str | None:
        """Return a text of one line; None for one that is empty or invisible.

        A longer one goes into the note, after `word`; without a word it is a problem.
        """
        plain = _in_one_line(text or "")
        if not plain.strip():
            return None
        try:
            return clean(plain, field, limit)
        except EventrecError as error:
            if "is empty" not in error.message:
                self.keep(word, plain) if word else self.refuse(field, error.message)
            return None

    def lines(self, field: str, texts: Iterable[str], word: str) -> list[str]:
        """Return several of them, each once."""
        return list(dict.fromkeys(filter(None, (self.line(field, text, 200, word) for text in texts))))

    def localized(self, field: str, texts: Localized | None, word: str = "") -> Localized | None:
        """Return a text in all its languages."""
        found = {tag: self.line(field, text, word=word) for tag, text in (texts or {}).items()}
        return Localized({tag: text for tag, text in found.items() if text}) or None

    def note(self) -> str | None:
        """Return the note, with what was kept below it."""
        text = "\n".join(filter(None, (self._card.note, *self._kept)))
        try:
            return clean(text, "note", _LONGEST_NOTE, lines=True) if text.strip() else None
        except EventrecError as error:
            if "is empty" not in error.message:
                self.refuse("NOTE", error.message)
            return None


def _in_one_line(text: str) -> str:
    """Return a text without ends of lines and marks that turn its direction, which programs put into names."""
    return _END_OF_LINE.sub(" ", _UNSEEN.sub("", text))


def _tags(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        try:
            yield language_tag(text)
        except EventrecError:
            continue
