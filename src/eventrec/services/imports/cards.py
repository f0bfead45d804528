"""Contact cards as rows of an import: a card says of a person what a row of a sheet says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.errors import EventrecError
from eventrec.services.imports.outcome import Problem
from eventrec.services.imports.person import Incoming
from eventrec.services.points import Point
from eventrec.text.names import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eventrec.formats.vcard_reader import Card

_LONG = 20_000


def person(card: Card, country: str | None) -> tuple[Incoming, list[Problem]]:
    """Return the person of a card and everything in it that cannot be read; `country` is of national numbers."""
    problems: list[Problem] = []
    who = Incoming("", card.line, uid=card.uid, names=card.names or None)
    for name in ("family_name", "given_name", "honorific", "sex", "position", "unit"):
        setattr(who, name, getattr(card, name))
    if not (who.family_name and who.given_name):
        who.family_name = who.given_name = None
    who.agency = card.organization
    who.agency_texts = tuple((card.organization or {}).values())
    who.languages = list(card.languages)
    who.note = clean(card.note, "note", _LONG, lines=True) if card.note else None

    def take(kind: str, text: str, read: Callable[[str], str]) -> None:
        try:
            who.points.append(Point(kind, read(text)))
        except EventrecError as error:
            problems.append(Problem("", card.line, kind, f"{error.message} {error.hint}".strip()))

    for kind, text, read in _points(card, country):
        take(kind, text, read)
    who.points = list(dict.fromkeys(who.points))
    if not who.names:
        problems.append(Problem("", card.line, "FN", "The card has no name."))
    return who, problems


def _points(card: Card, country: str | None) -> Iterator[tuple[str, str, Callable[[str], str]]]:
    from eventrec.text.emails import read_email
    from eventrec.text.phones import read_phone

    for text in card.emails:
        yield "email", text, read_email
    for phone in card.phones:
        yield phone.kind, phone.value, lambda text: read_phone(text, country)
    for kind, texts, limit in (
        ("wechat", card.wechat, 100),
        ("url", card.urls, 2000),
        ("address", card.addresses, 500),
    ):
        for text in texts:
            yield kind, text, lambda text, kind=kind, limit=limit: clean(" ".join(text.split()), kind, limit)  # type: ignore[misc]
