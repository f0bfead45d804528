"""Contact cards in: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as Outlook, Apple, Google and phones write them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.line_reader import language_of, where
from eventrec.formats.octets import pieces
from eventrec.formats.packed import Packed
from eventrec.formats.vcard_lines import TOO_LONG, Properties, RawCard, raw_cards
from eventrec.formats.vcard_names import name_in_parts, read_name, read_work
from eventrec.formats.vcard_points import read_points
from eventrec.formats.vcard_records import is_uuid, repeated
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import BinaryIO

    from eventrec.formats.vcard_records import Point

LARGEST: Final = 256 * 2**20
"""Octets of the largest file of cards that is read; pictures are most of one."""

_MOST_CARDS: Final = 200_000
_MOST_LINES: Final = 5_000_000
_MOST_TEXT: Final = 100_000_000
"""Characters of all cards together, without pictures."""

_FEWER: Final = "Export fewer cards at a time, or without their pictures."
_SEXES: Final = {"F": "female", "M": "male", "O": "other", "N": "not-stated", "U": "not-stated"}
_VERSIONS: Final = ("2.1", "3.0", "4.0")
_NAMELESS: Final = (
    ("organization", "No name, so that of the organization was taken (ORG), the card at"),
    ("nicknames", "No name, so the nickname was taken (NICKNAME), the card at"),
    ("emails", "No name, so the e-mail address was taken (EMAIL), the card at"),
)


@dataclass(slots=True)
class Card:
    """What a card says of a person, values as they stand in it; `line` is where it begins in the file, from 1.

    `kind` is individual, or org for an agency, or another word of the card's own (RFC 6350 §6.1.4); `is_ours` says
    that eventrec wrote it. Of several e-mail addresses and phones of others' cards the preferred one is the first.
    `revised` is UTC, YYYY-MM-DDTHH:MM:SSZ.
    """

    line: int
    kind: str = "individual"
    is_ours: bool = False
    uid: str = ""
    names: Localized = field(default_factory=Localized)
    family_name: str | None = None
    given_name: str | None = None
    honorific: str | None = None
    nicknames: Sequence[str] = ()
    organization: Localized | None = None
    unit: str | None = None
    position: Localized | None = None
    points: Sequence[Point] = ()
    languages: Sequence[str] = ()
    categories: Sequence[str] = ()
    sex: str | None = None
    note: str | None = None
    revised: str | None = None

    def values(self, *kinds: str) -> list[str]:
        """Return the values of these kinds of points."""
        return [point.value for point in self.points if point.kind in kinds]


@dataclass(frozen=True)
class Group:
    """A group of cards: its name, and the identities of those in it."""

    line: int
    name: str
    members: Sequence[str]


@dataclass(frozen=True)
class CardProblem:
    """A card that cannot be used, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class CardFile:
    """The cards of a file, those that cannot be used, and what was forgiven."""

    people: Collection[Card]
    agencies: Collection[Card]
    problems: Sequence[CardProblem] = ()
    told: tuple[str, ...] = ()
    groups: Sequence[Group] = ()
    revised: str | None = None
    """When the oldest word of a card is of, UTC."""


def read(file: BinaryIO) -> CardFile:
    """Read all cards of a file, piece by piece. Raises Rejected for one over its limits, or in damaged UTF-16."""
    _check_length(file)
    found = _Found()
    outside = array("L")
    for raw in _within_limits(raw_cards(file, outside)):
        found.take(raw)
    if outside:
        found.told["Outside the cards, left out"] = outside
    told = tuple(f"{what}: {where(numbers)}." for what, numbers in found.told.items())
    return CardFile(found.people, found.agencies, found.problems, told, found.groups, found.revised)


def _check_length(file: BinaryIO) -> None:
    octets = lines = returns = 0
    for piece in pieces(file):
        octets, lines, returns = octets + len(piece), lines + piece.count(b"\n"), returns + piece.count(b"\r")
        if octets > LARGEST:
            raise Rejected(f"The file of cards is larger than {LARGEST // 2**20} MB.", _FEWER)
        if max(lines, returns) > _MOST_LINES:
            raise Rejected(f"The file of cards has more than {_MOST_LINES:,} lines.", _FEWER)


def _within_limits(cards: Iterator[RawCard]) -> Iterator[RawCard]:
    size = 0
    for number, card in enumerate(cards, 1):
        size += sum(len(line.value) for line in card.lines if len(line.value) <= TOO_LONG)
        if number > _MOST_CARDS:
            raise Rejected(f"The file holds more than {_MOST_CARDS:,} cards.", _FEWER)
        if size > _MOST_TEXT:
            raise Rejected(f"The cards hold more than {_MOST_TEXT:,} characters of text.", _FEWER)
        yield card


class _Found:
    """What was found in a file so far."""

    def __init__(self) -> None:
        self.people = Packed[Card]()
        self.agencies = Packed[Card]()
        self.groups: list[Group] = []
        self.problems: list[CardProblem] = []
        self.told: dict[str, array[int]] = {}
        self.revised: str | None = None

    def take(self, raw: RawCard) -> None:
        """Take in a card, and tell what was forgiven."""
        for number in raw.strange:
            self._tell("No line of a card, left out", number)
        found = CardProblem(raw.line, raw.problem) if raw.problem else self._read(raw)
        if isinstance(found, CardProblem):
            self.problems.append(found)
        elif isinstance(found, Group):
            self.groups.append(found)
        else:
            (self.agencies if found.kind == "org" else self.people).add(found)
            self.revised = min(filter(None, (found.revised, self.revised)), default=None)

    def _tell(self, what: str, number: int) -> None:
        self.told.setdefault(what, array("L")).append(number)

    def _read(self, raw: RawCard) -> Card | Group | CardProblem:
        if raw.encoding:
            self._tell(f"Read as {raw.encoding}, the card at", raw.line)
        if raw.version not in _VERSIONS:
            self._tell("No version that is known, read as 3.0, the card at", raw.line)
        said = Properties(raw)
        for what, lines in (
            (f"Longer than {TOO_LONG:,} characters, left out", said.too_long),
            ("Some characters cannot be read", said.garbled),
            ("Control characters were taken out", said.controls),
        ):
            for line in lines:
                self._tell(what, line.number)
        card = _card(said)
        if card.kind == "group":
            members = said.texts("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
            return Group(raw.line, card.names.any() if card.names else "", [identity(text) for text in members])
        if not card.names:
            return self._named_otherwise(card)
        if not said.lines("FN"):
            self._tell("No full name (FN), so it was put together from its parts (N), the card at", raw.line)
        return card

    def _named_otherwise(self, card: Card) -> Card | CardProblem:
        """Return a card without a name with what it says instead of one."""
        for name, what in _NAMELESS:
            instead = card.values("email") if name == "emails" else getattr(card, name)
            if instead:
                by_script = instead if isinstance(instead, Localized) else {language_of(instead[0]): instead[0]}
                card.names = Localized(by_script)
                card.nicknames = [other for other in card.nicknames if other not in card.names.values()]
                self._tell(what, card.line)
                return card
        return CardProblem(card.line, "The card has no name.")


def identity(text: str) -> str:
    """Return a UID without `urn:uuid:`; a UUID in lower case."""
    bare = text[9:] if text.lower().startswith("urn:uuid:") else text
    return bare.lower() if is_uuid(bare.lower()) else bare


def _card(said: Properties) -> Card:
    card = Card(said.raw.line, is_ours=said.is_ours)
    card.kind = (said.first("KIND", "X-ADDRESSBOOKSERVER-KIND") or "individual").lower()
    if said.first("X-ABSHOWAS").upper() == "COMPANY":
        card.kind = "org"
    card.uid = identity(said.first("UID"))
    read_name(card, said)
    further = read_work(card, said)
    if card.kind == "org":
        _name_of_agency(card, said)
    card.sex = _sex(said)
    card.languages = tuple(said.texts("LANG"))
    words = (word for line in said.lines("CATEGORIES") for word in said.parts(line, ","))
    card.categories = tuple(dict.fromkeys(word for word in words if word))
    card.revised = _moment(said.first("REV"))
    card.points, numbers = read_points(said)
    notes = said.texts("NOTE")
    if said.is_ours and said.raw.version == "3.0":
        notes = _without_repeated(notes, card.points)
    card.note = "\n".join([*notes, *further, *numbers]) or None
    return card


def _name_of_agency(card: Card, said: Properties) -> None:
    """Name an agency as it names itself in ORG; a company of Apple's with a person's name in it is that person."""
    if card.family_name and not card.is_ours:
        card.kind = "individual"
        card.organization = card.organization or card.names
        card.names = name_in_parts(said)
    elif said.is_ours and said.in_order("X-ALT-FN"):
        return
    elif card.organization and (said.is_ours or _all(card.organization) == said.first("FN")):
        card.names = card.organization


def _all(texts: Localized) -> str:
    return " / ".join(dict.fromkeys(texts.values()))


def _sex(said: Properties) -> str | None:
    found = said.first("GENDER").split(";")[0] or said.first("X-GENDER")[:1]
    return _SEXES.get(found.strip().upper())


def _moment(text: str) -> str | None:
    """Return a moment in UTC; one without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year >= 1000 else None


def _without_repeated(notes: Sequence[str], points: Sequence[Point]) -> list[str]:
    """Take off what our cards of version 3.0 say again at the end of the note."""
    end = "\n".join(repeated(points))
    if not end or not notes:
        return list(notes)
    return [*notes[:-1], *([notes[-1].removesuffix(end).removesuffix("\n")] if notes[-1] != end else [])]
