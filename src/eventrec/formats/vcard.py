"""Contact cards: vCard 3.0 (RFC 2426), which Outlook takes, and vCard 4.0 (RFC 6350), in every language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.parse import quote

from eventrec.formats.content_lines import escape_text, fold
from eventrec.formats.marks import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Version = Literal["3.0", "4.0"]

_PRODID: Final = f"{PRODUCT}Contacts//EN"
_GENDERS: Final = {"female": "F", "male": "M", "other": "O"}
_PLACES: Final = ("work", "home")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_URI_CHARACTERS: Final = "%:/?#[]@!$&'()*+,;=~"


class Point(NamedTuple):
    """A way to reach somebody: a value as given, its label ("work", "home", "fax" or any word), preferred or not.

    `mobile` is for phones only.
    """

    value: str
    label: str = ""
    preferred: bool = False
    mobile: bool = False


@dataclass(frozen=True)
class Card:
    """A person, or with kind `org` an agency, as a card shows them.

    `name`, `organization` and `position` are texts by language. `family_name` and `given_name` are given only
    where they are recorded; a name is never split here. `uid` is a UUID. `revised_at` is UTC, as YYYY-MM-DDTHH:MM:SSZ.
    """

    uid: str
    name: Mapping[str, str]
    kind: Literal["individual", "org"] = "individual"
    family_name: str = ""
    given_name: str = ""
    honorific: str = ""
    organization: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    position: Mapping[str, str] = field(default_factory=dict)
    emails: Sequence[Point] = ()
    phones: Sequence[Point] = ()
    addresses: Sequence[Point] = ()
    urls: Sequence[Point] = ()
    wechat: str = ""
    note: str = ""
    sex: str = "not-stated"
    categories: Sequence[str] = ()
    languages: Sequence[str] = ()
    sort_key: str = ""
    revised_at: str = ""


def render(cards: Sequence[Card], version: Version = "3.0", main: str = "en") -> bytes:
    """Write cards one after the other: UTF-8, CRLF, folded at 75 octets. `main` is the language put first."""
    write = _lines_of_3 if version == "3.0" else _lines_of_4
    lines = (fold(line) for card in cards for line in write(card, main))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines_of_3(card: Card, main: str) -> Iterator[str]:
    """Yield a card's lines for Outlook and Apple.

    FN holds the name in all languages. N has five components always. Where family and given name are not
    recorded, N's family name holds the name in all languages: Apple's Contacts shows N and not FN, Outlook
    sorts by it. Where they are recorded, the names in other languages go into NICKNAME, which both show and
    search. Labels that TYPE does not know, and WeChat, stand in NOTE, where every program shows them.
    """
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"PRODID:{_PRODID}", f"UID:{card.uid}")
    full = _full_name(card, main)
    yield f"FN:{escape_text(full)}"
    yield from _name_of_3(card, full, main)
    organization = _organization_of(card)
    if organization:
        yield f"ORG:{_organization(_joined(organization, main), card.unit)}"
    if card.kind == "org":
        yield "X-ABShowAs:COMPANY"
    if card.position:
        yield f"TITLE:{escape_text(_joined(card.position, main))}"
    yield from _points_of_3(card)
    if card.categories:
        yield f"CATEGORIES:{','.join(map(escape_text, card.categories))}"
    if card.sort_key:
        yield f"SORT-STRING:{escape_text(card.sort_key)}"
    note = _note_of_3(card)
    if note:
        yield f"NOTE:{escape_text(note)}"
    if card.revised_at:
        yield f"REV:{card.revised_at}"
    yield "END:VCARD"


def _name_of_3(card: Card, full: str, main: str) -> Iterator[str]:
    if card.kind == "org":
        yield "N:;;;;"
    elif card.family_name or card.given_name:
        yield f"N:{_components(card.family_name, card.given_name, '', card.honorific, '')}"
        spoken = _split_language(card, main)
        others = [text for tag, text in _by_language(card.name, main) if tag != spoken]
        if others:
            yield f"NICKNAME:{','.join(map(escape_text, dict.fromkeys(others)))}"
    else:
        yield f"N:{_components(full, '', '', card.honorific, '')}"


def _points_of_3(card: Card) -> Iterator[str]:
    for point in card.emails:
        yield f"EMAIL;TYPE={_types(['INTERNET', *_place(point)], point)}:{escape_text(point.value)}"
    for point in card.phones:
        yield f"TEL;TYPE={_types(_phone_types(point), point)}:{escape_text(point.value)}"
    for point in card.addresses:
        yield f"ADR;TYPE={_types(_place(point) or ['work'], point)}:{_address(point)}"
    for point in card.urls:
        yield f"URL:{_uri(point.value)}"
    if card.wechat:
        yield f"X-WECHAT:{escape_text(card.wechat)}"


def _types(types: Sequence[str], point: Point) -> str:
    return ",".join([*types, *(["pref"] if point.preferred else [])]).upper()


def _note_of_3(card: Card) -> str:
    labelled = [point for points in (card.emails, card.phones, card.addresses, card.urls) for point in points]
    lines = [f"{point.label}: {point.value}" for point in labelled if _is_free_label(point)]
    if card.wechat:
        lines.append(f"WeChat: {card.wechat}")
    return "\n".join([card.note, *lines] if card.note else lines)


def _lines_of_4(card: Card, main: str) -> Iterator[str]:
    """Yield a card's lines with one N, ORG and TITLE a language, tied together by ALTID (RFC 6350 §5.4).

    FN stands once and holds the name in all languages: sabre/vobject, on which Nextcloud and Baïkal stand,
    faults a second FN even with ALTID, and other programs show only the first. There is no SORT-AS, for which
    the parser vcard4 refuses the whole card.
    """
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"PRODID:{_PRODID}", f"UID:urn:uuid:{card.uid}")
    yield f"KIND:{card.kind}"
    yield f"FN:{escape_text(_full_name(card, main))}"
    if card.kind == "individual":
        yield from _names_of_4(card, main)
    organization = _organization_of(card)
    for tag, text in _by_language(organization, main):
        yield f"ORG{_alternative(organization, tag)}:{_organization(text, card.unit)}"
    for tag, text in _by_language(card.position, main):
        yield f"TITLE{_alternative(card.position, tag)}:{escape_text(text)}"
    if card.sex in _GENDERS and card.kind == "individual":
        yield f"GENDER:{_GENDERS[card.sex]}"
    yield from _points_of_4(card)
    for rank, tag in enumerate(card.languages, start=1):
        yield f"LANG;PREF={min(rank, 100)}:{tag}"
    if card.categories:
        yield f"CATEGORIES:{','.join(map(escape_text, card.categories))}"
    if card.note:
        yield f"NOTE:{escape_text(card.note)}"
    if card.revised_at:
        yield f"REV:{card.revised_at.replace('-', '').replace(':', '')}"
    yield "END:VCARD"


def _names_of_4(card: Card, main: str) -> Iterator[str]:
    """Yield one N a language; only the language that the recorded family and given name are in is split."""
    spoken = _split_language(card, main)
    for rank, (tag, text) in enumerate(_by_language(card.name, main)):
        family, given = (card.family_name, card.given_name) if tag == spoken else (text, "")
        honorific = card.honorific if tag == spoken or rank == 0 else ""
        yield f"N{_alternative(card.name, tag)}:{_components(family, given, '', honorific, '')}"


def _points_of_4(card: Card) -> Iterator[str]:
    for point in card.emails:
        yield f"EMAIL{_parameters_of_4(_place(point), point)}:{escape_text(point.value)}"
    for point in card.phones:
        yield f"TEL{_parameters_of_4(_phone_types(point), point)}:{escape_text(point.value)}"
    for point in card.addresses:
        yield f"ADR{_parameters_of_4(_place(point) or ['work'], point)}:{_address(point)}"
    for point in card.urls:
        yield f"URL{_parameters_of_4(_place(point), point)}:{_uri(point.value)}"
    if card.wechat:
        yield f"IMPP;X-SERVICE-TYPE=WeChat:weixin:{quote(card.wechat, safe='')}"


def _parameters_of_4(types: Sequence[str], point: Point) -> str:
    typed = "".join(f";TYPE={name}" for name in types)
    return typed + (";PREF=1" if point.preferred else "")


def _alternative(values: Mapping[str, str], tag: str) -> str:
    return f";ALTID=1;LANGUAGE={tag}" if len(values) > 1 else f";LANGUAGE={tag}"


def _full_name(card: Card, main: str) -> str:
    return _joined(card.name, main, " / " if card.kind == "org" else " ")


def _by_language(values: Mapping[str, str], main: str) -> list[tuple[str, str]]:
    return [(tag, values[tag]) for tag in sorted(values, key=lambda tag: (tag != main, tag))]


def _joined(values: Mapping[str, str], main: str, between: str = " / ") -> str:
    return between.join(dict.fromkeys(text for _, text in _by_language(values, main)))


def _split_language(card: Card, main: str) -> str | None:
    """Return the language whose full name holds the recorded family and given name, else the first."""
    if not (card.family_name or card.given_name):
        return None
    tags = [tag for tag, _ in _by_language(card.name, main)]
    parts = (card.family_name, card.given_name)
    fitting = (tag for tag in tags if all(part.casefold() in card.name[tag].casefold() for part in parts))
    return next(fitting, tags[0])


def _organization_of(card: Card) -> Mapping[str, str]:
    return card.organization or (card.name if card.kind == "org" else {})


def _place(point: Point) -> list[str]:
    label = point.label.casefold()
    return [label] if label in _PLACES else []


def _phone_types(point: Point) -> list[str]:
    if point.mobile:
        return [*_place(point), "cell"]
    return [*(_place(point) or ["work"]), "fax" if point.label.casefold() == "fax" else "voice"]


def _is_free_label(point: Point) -> bool:
    return bool(point.label) and point.label.casefold() not in (*_PLACES, "fax")


def _address(point: Point) -> str:
    return _components("", "", point.value, "", "", "", "")


def _organization(name: str, unit: str) -> str:
    return _components(name, unit) if unit else escape_text(name)


def _components(*texts: str) -> str:
    return ";".join(map(escape_text, texts))


def _uri(value: str) -> str:
    stripped = value.strip()
    return quote(stripped if _SCHEME.match(stripped) else f"https://{stripped}", safe=_URI_CHARACTERS)
