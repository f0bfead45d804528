"""Contact cards in: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as Outlook, Apple, Google and phones write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.formats.line_reader import Line, components, decode, lines, unescape
from eventrec.localized import Localized
from eventrec.text.names import in_languages, is_chinese, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SEXES: Final = {"F": "female", "M": "male", "O": "other", "N": "not-stated", "U": "not-stated"}
_TOO_LONG: Final = 100_000
_APPLE_LABEL: Final = re.compile(r"_\$!<(.*)>!\$_")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BOTH: Final = re.compile(r"\s+/\s+")


@dataclass(frozen=True)
class Number:
    """A phone number as it stands in the card; kind is phone or mobile."""

    kind: str
    value: str


@dataclass
class Card:
    """What a card says of a person, values as they stand in it; `line` is where it begins in the file, from 1.

    `kind` is individual, or group or org for what is no person (RFC 6350 §6.1.4).
    """

    line: int
    kind: str = "individual"
    uid: str = ""
    names: Localized = field(default_factory=Localized)
    family_name: str | None = None
    given_name: str | None = None
    honorific: str | None = None
    organization: Localized | None = None
    unit: str | None = None
    position: Localized | None = None
    emails: list[str] = field(default_factory=list)
    phones: list[Number] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    wechat: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    sex: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class CardProblem:
    """A card that cannot be used, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class CardFile:
    """The cards of a file, those that cannot be used, and what was forgiven."""

    cards: Sequence[Card]
    problems: Sequence[CardProblem] = ()
    told: tuple[str, ...] = ()


def read(content: bytes) -> CardFile:
    """Read all cards of a file. Raises Rejected for an encoding that nobody can read."""
    text, encoding = decode(content)
    cards: list[Card] = []
    problems: list[CardProblem] = []
    told = [f"The cards were read as {encoding}."] if encoding else []
    for begin, own, strange in _blocks(text, problems, told):
        if strange:
            which = f"Line {strange[0]}" if len(strange) == 1 else f"{len(strange)} lines from line {strange[0]} on"
            told.append(f"{which} could not be understood as a card's and were left out.")
        bad = next((line.number for line in own if _CONTROL.search(line.value)), None)
        if bad is not None:
            problems.append(CardProblem(bad, "The card holds a control character."))
            continue
        card = _card(begin, own)
        if card.kind in ("group",):
            told.append(f"The card at line {begin} is a group, not a person, and was left out.")
        elif not card.names:
            problems.append(CardProblem(begin, "The card has no name."))
        else:
            cards.append(card)
    return CardFile(cards, problems, tuple(told))


def _blocks(text: str, problems: list[CardProblem], told: list[str]) -> Iterator[tuple[int, list[Line], list[int]]]:
    """Yield the lines of each card, without BEGIN and END and without cards inside it."""
    begin, depth, own, strange = 0, 0, list[Line](), list[int]()
    for each in lines(text):
        if isinstance(each, tuple):
            number, raw = each
            if depth:
                strange.append(number)
            elif raw.strip():
                told.append(f"Line {number} stands outside the cards and was left out.")
            continue
        if each.name == "BEGIN" and each.value.strip().upper() == "VCARD":
            depth += 1
            if depth == 1:
                begin, own, strange = each.number, [], []
        elif each.name == "END" and each.value.strip().upper() == "VCARD":
            depth -= 1
            if depth == 0:
                yield begin, own, strange
        elif depth == 1:
            own.append(each)
        depth = max(depth, 0)
    if depth:
        problems.append(CardProblem(begin, "The card does not end: END:VCARD is missing."))


def _card(begin: int, own: list[Line]) -> Card:
    card = Card(begin)
    labels = {line.group: line.text for line in own if line.name == "X-ABLABEL" and line.group}
    by_name: dict[str, list[Line]] = {}
    for line in own:
        if line.value.strip():
            by_name.setdefault(line.name, []).append(line)
    _identity(card, by_name)
    _work(card, by_name)
    for line in own:
        _point(card, line, labels)
    notes = [line.text.strip() for line in by_name.get("NOTE", ())]
    card.note = "\n".join(note for note in notes if note) or None
    return card


def _identity(card: Card, by_name: dict[str, list[Line]]) -> None:
    for line in by_name.get("KIND", by_name.get("X-ADDRESSBOOKSERVER-KIND", ())):
        card.kind = line.text.strip().lower()
    for line in by_name.get("UID", ()):
        card.uid = line.text.strip().removeprefix("urn:uuid:")
    for line in by_name.get("N", ())[:1]:
        parts = [part.strip() for part in (*components(line.decoded), "", "", "", "", "")]
        card.family_name, card.given_name, card.honorific = parts[0] or None, parts[1] or None, parts[3] or None
        if not (card.family_name and card.given_name):
            card.family_name = card.given_name = None
        if not by_name.get("FN"):
            card.names = _composed(parts)
    for line in by_name.get("FN", ()):
        card.names = card.names | _localized(line)
    for line in by_name.get("GENDER", ()):
        card.sex = _SEXES.get(line.value.split(";")[0].strip().upper())
    card.languages = [line.text.strip() for line in by_name.get("LANG", ())]


def _composed(parts: list[str]) -> Localized:
    """Put a name together that the card gives only in parts (RFC 2426 §3.1.2: family, given, additional)."""
    family, given, more = parts[0], parts[1], parts[2]
    text = family + given if is_chinese(family + given) else " ".join(filter(None, (given, more, family)))
    return Localized({language_of(text): text}) if text else Localized()


def _localized(line: Line, text: str | None = None) -> Localized:
    """Return a text in its language: LANGUAGE says it, else the script; “LI Na / 李娜” is two texts."""
    value = " ".join((line.text if text is None else text).split())
    if not value:
        return Localized()
    tag = line.first("LANGUAGE")
    if tag:
        return Localized({tag: value})
    parts = _BOTH.split(value)
    parts = in_languages(value) if len(parts) == 1 else parts
    found = {language_of(part): part for part in parts}
    return Localized(found) if len(found) == len(parts) else Localized({language_of(value): value})


def _work(card: Card, by_name: dict[str, list[Line]]) -> None:
    for line in by_name.get("ORG", ()):
        name, *units = [part.strip() for part in components(line.decoded)] or [""]
        card.organization = (card.organization or Localized()) | _localized(line, name)
        card.unit = card.unit or ", ".join(unit for unit in units if unit) or None
    card.organization = card.organization or None
    for line in by_name.get("TITLE", ()):
        card.position = (card.position or Localized()) | _localized(line)


def _point(card: Card, line: Line, labels: dict[str, str]) -> None:
    text = line.text.strip()
    if not text or len(text) > _TOO_LONG:
        return
    if line.name == "EMAIL":
        card.emails.append(text.removeprefix("mailto:"))
    elif line.name == "TEL":
        _phone(card, line, text, labels)
    elif line.name == "ADR":
        parts = [part.strip() for part in components(line.decoded)]
        card.addresses.append(", ".join(part for part in parts if part))
    elif line.name == "URL":
        card.urls.append(unescape(line.decoded).strip())
    elif line.name in ("X-WECHAT", "X-WEIXIN") or (line.name == "IMPP" and "wechat" in line.decoded.lower()):
        card.wechat.append(re.sub(r"^(x-apple|wechat|weixin):", "", text, flags=re.IGNORECASE))


def _phone(card: Card, line: Line, text: str, labels: dict[str, str]) -> None:
    """Take a phone number; faxes and pagers are none that one calls."""
    label = _APPLE_LABEL.sub(r"\1", labels.get(line.group, "")).lower()
    types = line.types | {label}
    if types & {"fax", "pager", "workfax", "homefax"} or "fax" in label:
        return
    kind = "mobile" if types & {"cell", "mobile", "iphone"} else "phone"
    card.phones.append(Number(kind, re.sub(r"^tel:", "", text)))
