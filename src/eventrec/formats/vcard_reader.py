"""Contact cards in: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as Outlook, Apple, Google and phones write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from eventrec.errors import Rejected
from eventrec.formats.line_reader import BETWEEN, by_script, language_of, named_language, where
from eventrec.formats.vcard_lines import TAKEN, TOO_LONG, Properties, RawCard, raw_cards, value_of
from eventrec.localized import Localized
from eventrec.text.names import in_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.formats.line_reader import Line

_LARGEST: Final = 200 * 2**20
_LONGEST_NAME: Final = 500
_SEXES: Final = {"F": "female", "M": "male", "O": "other", "N": "not-stated", "U": "not-stated"}
_VERSIONS: Final = ("2.1", "3.0", "4.0")
_MOBILE: Final = frozenset({"cell", "mobile", "iphone", "pcs", "手机"})
_NOT_TO_TALK: Final = {"fax": "Fax", "传真": "Fax", "pager": "Pager", "modem": "Modem"}
"""Numbers that nobody answers, by a part of their type; they are kept in the note."""

_WECHAT: Final = frozenset({"wechat", "weixin", "微信"})
_SCHEME: Final = re.compile(r"(?:mailto|tel|x-apple|wechat|weixin):(?://)?", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_END_OF_LINE: Final = re.compile(r"[ \t]*\n\s*")
_WITHOUT_SPACES: Final = ("zh", "ja", "ko")


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number as it stands in the card; kind is phone or mobile."""

    kind: str
    value: str


@dataclass(slots=True)
class Card:
    """What a card says of a person, values as they stand in it; `line` is where it begins in the file, from 1.

    `kind` is individual, or org for an agency, or another word of the card's own (RFC 6350 §6.1.4). Of several e-mail
    addresses and phones the preferred one is the first. `revised` is UTC, YYYY-MM-DDTHH:MM:SSZ.
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
    emails: Sequence[str] = ()
    phones: Sequence[Number] = ()
    addresses: Sequence[str] = ()
    urls: Sequence[str] = ()
    wechat: Sequence[str] = ()
    languages: Sequence[str] = ()
    categories: Sequence[str] = ()
    sex: str | None = None
    note: str | None = None
    revised: str | None = None


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
    """Read all cards of a file. Raises Rejected for one over 200 MB, or in UTF-16 that is damaged."""
    if len(content) > _LARGEST:
        raise Rejected("The file of cards is larger than 200 MB.", "Split it and import the parts.")
    cards: list[Card] = []
    problems: list[CardProblem] = []
    told: dict[str, list[int]] = {}
    outside: list[int] = []
    for raw in raw_cards(content, outside):
        if raw.strange:
            told.setdefault("No line of a card, left out", []).extend(raw.strange)
        broken = CardProblem(raw.line, raw.problem) if raw.problem else None
        problem = broken or _unreadable(raw) or _take(raw, cards, told)
        if problem:
            problems.append(problem)
    if outside:
        told["Outside the cards, left out"] = outside
    return CardFile(cards, problems, tuple(f"{what}: {where(numbers)}." for what, numbers in told.items()))


def _unreadable(raw: RawCard) -> CardProblem | None:
    """Return what makes a card unusable: a control character where it matters."""
    for line in raw.lines:
        found = _CONTROL.search(value_of(line)) if line.name in TAKEN else None
        if found:
            return CardProblem(line.number, f"{line.name} holds the control character U+{ord(found[0]):04X}.")
    return None


def _take(raw: RawCard, cards: list[Card], told: dict[str, list[int]]) -> CardProblem | None:
    """Add a card to those that can be used, and tell what was forgiven."""

    def tell(what: str, number: int = raw.line) -> None:
        told.setdefault(what, []).append(number)

    if raw.encoding:
        tell(f"Read as {raw.encoding}, the card at")
    if raw.version not in _VERSIONS:
        tell("No version that is known, read as 3.0, the card at")
    said = Properties(raw)
    for line in said.too_long:
        tell(f"Longer than {TOO_LONG:,} characters, left out", line.number)
    for line in said.garbled:
        tell("Some characters cannot be read", line.number)
    card = _card(said)
    if card.kind == "group":
        tell("A group and not a person, left out, the card at")
        return None
    if not card.names:
        card.names = card.organization or Localized()
        if not card.names:
            return CardProblem(raw.line, "The card has no name.")
        tell("No name, so that of the organization was taken (ORG), the card at")
    elif not said.lines("FN"):
        tell("No full name (FN), so it was put together from its parts (N), the card at")
    cards.append(card)
    return None


def _card(said: Properties) -> Card:
    card = Card(said.raw.line)
    card.kind = (said.first("KIND", "X-ADDRESSBOOKSERVER-KIND") or "individual").lower()
    if said.first("X-ABSHOWAS").upper() == "COMPANY":
        card.kind = "org"
    uid = said.first("UID")
    card.uid = uid[9:] if uid.lower().startswith("urn:uuid:") else uid
    _name(card, said)
    _work(card, said)
    if card.kind == "org" and card.organization and _joined(card.organization, " / ") == said.first("FN"):
        card.names = card.organization
    card.sex = _SEXES.get(said.first("GENDER").split(";")[0].strip().upper())
    card.languages = tuple(said.texts("LANG"))
    words = (word for line in said.lines("CATEGORIES") for word in said.parts(line, ","))
    card.categories = tuple(dict.fromkeys(word for word in words if word))
    card.revised = _moment(said.first("REV"))
    _points(card, said)
    return card


def _moment(text: str) -> str | None:
    """Return a moment in UTC; one without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year >= 1000 else None


def _name(card: Card, said: Properties) -> None:
    parts_of = {line.number: [*said.parts(line), "", "", "", "", ""] for line in said.lines("N")}
    for parts in parts_of.values():
        if parts[0] and parts[1] and not card.family_name:
            card.family_name, card.given_name = parts[0], parts[1]
        card.honorific = card.honorific or parts[3] or None
    for line in said.lines("FN"):
        card.names = _localized(said, line, person=True) | card.names
    if card.names and said.raw.version == "4.0":
        card.names = _by_language(said, parts_of) or card.names
    if not card.names and parts_of:
        card.names = _composed(next(iter(parts_of.values())))


def _composed(parts: Sequence[str]) -> Localized:
    """Put a name together that the card gives only in parts (RFC 2426 §3.1.2: family, given, additional)."""
    family, given, more = parts[:3]
    tag = language_of(f"{family} {given}")
    ordered = (family, given, more) if tag in _WITHOUT_SPACES else (given, more, family)
    text = ("" if tag in _WITHOUT_SPACES else " ").join(filter(None, ordered))
    return Localized({tag: text}) if text else Localized()


def _by_language(said: Properties, parts_of: dict[int, list[str]]) -> Localized | None:
    """Return the name in each language where N stands once for each with its LANGUAGE (RFC 6350 §5.4).

    Of the name that is split into family and given name FN tells the order: it is what FN holds beside the others.
    """
    full = said.first("FN")
    tags = {line.number: named_language(line) and _tag(said, line, full) for line in said.lines("N")}
    whole = {number: parts[0] for number, parts in parts_of.items() if not parts[1]}
    split = [number for number in parts_of if number not in whole]
    if len(split) > 1 or len(set(tags.values())) < len(tags) or "" in tags.values():
        return None
    if split:
        numbers = list(parts_of)
        at = numbers.index(split[0])
        before = list(dict.fromkeys(whole[number] for number in numbers[:at]))
        after = [name for name in dict.fromkeys(whole[number] for number in numbers[at + 1 :]) if name not in before]
        start, end = "".join(f"{name} " for name in before), "".join(f" {name}" for name in after)
        if full.startswith(start) and full.endswith(end) and len(full) > len(start) + len(end):
            whole[split[0]] = full[len(start) : len(full) - len(end)]
        else:
            whole[split[0]] = before[0] if before else full
    found = Localized({tags[number]: whole[number] for number in parts_of})
    return found if _joined(found, " ") == full else None


def _joined(names: Localized, between: str) -> str:
    return between.join(dict.fromkeys(names.values()))


def _tag(said: Properties, line: Line, text: str) -> str:
    """Return the language of a text.

    Programs name the language of the computer, with its country, for whatever stands there: only a language without
    a country, or in our own cards, is believed against the script.
    """
    tag = named_language(line)
    if tag and (said.is_ours or (said.raw.version == "4.0" and "-" not in tag)):
        return tag
    return language_of(text, tag.split("-")[0] or "en")


def _localized(said: Properties, line: Line, text: str | None = None, *, person: bool = False) -> Localized:
    """Return a text by language: LANGUAGE says it, else the script; “LI Na / 李娜” is two texts."""
    value = _END_OF_LINE.sub(" ", said.text(line) if text is None else text)
    if not value:
        return Localized()
    language = named_language(line)
    if language and said.raw.version == "4.0":
        return Localized({_tag(said, line, value): value})
    main = language.split("-")[0] or "en"
    found = by_script([part.strip() for part in BETWEEN.split(value)], " / ", main)
    if found is None and person:
        found = by_script(value.split(" "), " ", main) if said.is_ours else None
        parts = in_languages(value) if found is None and len(value) <= _LONGEST_NAME else []
        found = found or by_script(parts, " ", main)
    return found or Localized({_tag(said, line, value): value})


def _work(card: Card, said: Properties) -> None:
    organization, position = Localized(), Localized()
    for line in said.lines("ORG"):
        name, *units = said.parts(line)
        organization = _localized(said, line, name) | organization
        card.unit = card.unit or ", ".join(unit for unit in units if unit) or None
    for line in said.lines("TITLE"):
        position = _localized(said, line) | position
    card.organization, card.position = organization or None, position or None


def _points(card: Card, said: Properties) -> None:
    numbers: list[Number] = []
    notes = said.texts("NOTE")
    for line in said.lines("TEL"):
        number = _SCHEME.sub("", said.text(line), count=1)
        words = {*line.types, said.label(line)}
        other = next((name for mark, name in _NOT_TO_TALK.items() if any(mark in word for word in words)), None)
        if other and not said.is_ours:
            notes.append(f"{other}: {number}")
        else:
            numbers.append(Number("mobile" if words & _MOBILE else "phone", number))
    card.phones = tuple(dict.fromkeys(numbers))
    card.emails = _plain(said.texts("EMAIL"))
    addresses = [", ".join(part for part in said.parts(line) if part) for line in said.lines("ADR")]
    card.addresses = tuple(dict.fromkeys(filter(None, addresses)))
    card.urls = tuple(said.texts("URL"))
    card.wechat = _wechat(said)
    card.note = "\n".join(_without_points(card, notes) if said.is_ours else notes) or None


def _plain(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_SCHEME.sub("", text, count=1) for text in texts))))


def _wechat(said: Properties) -> tuple[str, ...]:
    """Return WeChat names: of WeChat's own property, or of one for any service whose parameters or scheme say so."""
    texts = said.texts("X-WECHAT", "X-WEIXIN")
    for line in said.lines("IMPP", "X-SOCIALPROFILE"):
        text = said.text(line)
        words = {*line.types, line.first("X-SERVICE-TYPE").lower(), text.partition(":")[0].lower()}
        if words & _WECHAT or said.label(line) in _WECHAT:
            texts.append(line.first("X-USER") or unquote(_SCHEME.sub("", text, count=1)))
    return _plain(texts)


def _without_points(card: Card, notes: Sequence[str]) -> list[str]:
    """Take off what our cards of version 3.0 repeat at the end of the note: labelled phones and their like, WeChat."""
    ends = [number.value for number in card.phones]
    ends += [*card.emails, *card.addresses, *card.urls, *card.wechat]
    ends += [url.removeprefix("https://") for url in card.urls]
    kept = []
    for note in notes:
        while end := next((end for end in ends if note.endswith(f": {end}")), None):
            note = note[: -len(end) - 2].rpartition("\n")[0]
        if note:
            kept.append(note)
    return kept
