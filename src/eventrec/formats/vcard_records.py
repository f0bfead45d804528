"""What a contact card says (RFC 2426, RFC 6350), and what its writers and its reader must agree upon."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.parse import quote

from eventrec.formats.line_reader import BETWEEN, by_script, language_of
from eventrec.formats.marks import PRODUCT
from eventrec.formats.terminal import strip_controls
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Version = Literal["3.0", "4.0"]
PointKind = Literal["email", "phone", "mobile", "wechat", "url", "address"]
Texts = tuple[tuple[str, str], ...]
"""A text by language, as pairs of both."""

PRODID: Final = f"{PRODUCT}Contacts//EN"
PLACES: Final = ("work", "home")
MACHINES: Final = ("fax", "pager")
"""Labels of numbers that nobody answers."""

AT_WORK: Final = ("email", "phone", "address")
"""The kinds that are at work unless their label says otherwise."""

RANKS: Final = {"email": 0, "phone": 1, "mobile": 1, "address": 2, "url": 3, "wechat": 4}
"""The kinds in their order in a card; the two of telephones stand mixed."""

KEPT: Final = 4_096
"""How many texts that come again and again are remembered as they are written: agencies, positions, categories."""

_BACKSLASH: Final = "\\"
"""Before a colon some readers undo it."""

_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_AFTER_LATIN: Final = "\u0370"
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_URI_CHARACTERS: Final = "%:/?#[]@!$&'()*+,;=~"
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Point(NamedTuple):
    """A way to reach somebody: a value as given, its label ("work", "home", "fax" or any word), preferred or not."""

    kind: PointKind
    value: str
    label: str = ""
    preferred: bool = False


@dataclass(slots=True)
class Card:
    """A person, or with kind `org` an agency, as a card shows them.

    `name`, `organization` and `position` are texts by language. `family_name` and `given_name` are given only
    where they are recorded; a name is never split here. `uid` is a UUID, or what another program gave. `code` is
    an agency's. `revised_at` is UTC, as YYYY-MM-DDTHH:MM:SSZ.
    """

    uid: str
    name: Mapping[str, str]
    kind: Literal["individual", "org"] = "individual"
    family_name: str = ""
    given_name: str = ""
    honorific: str = ""
    code: str = ""
    organization: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    position: Mapping[str, str] = field(default_factory=dict)
    points: Sequence[Point] = ()
    note: str = ""
    sex: str = "not-stated"
    categories: Sequence[str] = ()
    languages: Sequence[str] = ()
    sort_key: str = ""
    revised_at: str = ""

    @property
    def is_split(self) -> bool:
        """Whether both halves of the name are recorded; of one alone no program could make the name."""
        return bool(self.family_name and self.given_name)

    @property
    def employer(self) -> Mapping[str, str]:
        """The organization that the card names: an agency names itself."""
        return self.organization or (self.name if self.kind == "org" else {})


def is_uuid(uid: str) -> bool:
    """Tell whether an identity is a UUID in lower case."""
    return _UUID.fullmatch(uid) is not None


def by_language(values: Texts, main: str) -> Texts:
    """Return language and text, the main language first."""
    if len(values) == 2:
        one, other = values
        return values if one[0] == main or (one[0] < other[0] and other[0] != main) else (other, one)
    return tuple(sorted(values, key=lambda pair: (pair[0] != main, pair[0])))


def in_pairs(values: Mapping[str, str]) -> Texts:
    """Return a text by language as pairs of both, which can be compared and remembered."""
    return tuple(values.items())


def joined(values: Texts, main: str, between: str = " / ") -> str:
    """Return a text in all its languages, each text once."""
    if len(values) == 1:
        return values[0][1]
    if len(values) == 2:
        (_, one), (_, other) = by_language(values, main)
        return one if one == other else f"{one}{between}{other}"
    return between.join(dict.fromkeys([text for _, text in by_language(values, main)]))


def full_name(card: Card, main: str) -> str:
    """Return the name in all languages, as FN holds it.

    A semicolon becomes a comma there: ical.js shows the backslash before it, and other readers demand one.
    """
    full = joined(in_pairs(card.name), main, " / " if card.kind == "org" else " ")
    return full.replace(";", ",") if ";" in full else full


def split_language(card: Card, main: str) -> str | None:
    """Return the language whose full name holds the recorded family and given name, else the first."""
    if not card.is_split:
        return None
    tags = [tag for tag, _ in by_language(in_pairs(card.name), main)]
    parts = (card.family_name, card.given_name)
    fitting = (tag for tag in tags if all(part.casefold() in card.name[tag].casefold() for part in parts))
    return next(fitting, tags[0])


def is_told_by_scripts(values: Texts, printed: str, *, person: bool) -> bool:
    """Tell whether a reader finds each language of a text again in all of them as version 3.0 joins them."""
    if len(values) == 1:
        ((tag, text),) = values
        if text == printed and (_is_latin(text) if tag == "en" else tag == "zh" and _HAN.fullmatch(text)):
            return True
    elif len(values) == 2 and person:
        (tag, text), (other, han) = values if values[0][0] == "en" else values[::-1]
        if tag == "en" and other == "zh" and text[:1].isalpha() and _is_latin(text) and _HAN.fullmatch(han):
            return printed in (f"{text} {han}", f"{han} {text}")
    return taken_apart(printed, person=person) == dict(values)


def _is_latin(text: str) -> bool:
    """Tell whether no character of a text comes after the Latin and Greek ones, whose script tells no language."""
    return text.isascii() or max(text) < _AFTER_LATIN


def taken_apart(text: str, *, person: bool) -> Localized:
    """Return by language what version 3.0 joins, as far as the scripts tell."""
    parts = text.split(" ") if person else BETWEEN.split(text)
    found = by_script(parts, " " if person else " / ", "en")
    return found or Localized({language_of(text): text})


def beside_others(full: str, before: Sequence[str], after: Sequence[str]) -> str:
    """Return what stands in a full name between the names in other languages before it and those after it."""
    first = list(dict.fromkeys(before))
    last = [name for name in dict.fromkeys(after) if name not in first]
    start, end = "".join(f"{name} " for name in first), "".join(f" {name}" for name in last)
    if full.startswith(start) and full.endswith(end) and len(full) > len(start) + len(end):
        return full[len(start) : len(full) - len(end)]
    return first[0] if first else full


def printed_points(card: Card) -> list[tuple[Point, bool]]:
    """Return the points in their order in a card, and whether to say that one is preferred: of several of its kind."""
    points = card.points
    if len(points) < 2:
        return [(point, False) for point in points]
    kinds = [point.kind for point in points]
    ordered = sorted(points, key=lambda point: RANKS[point.kind])
    return [(point, point.preferred and kinds.count(point.kind) > 1) for point in ordered]


def place_of(point: Point) -> str:
    """Return "work" or "home" where the label says so, else nothing."""
    label = point.label.casefold()
    return label if label in PLACES else ""


def machine_of(point: Point) -> str:
    """Return "fax" or "pager" of a phone whose label says so, else nothing."""
    label = point.label.casefold()
    return label if point.kind == "phone" and label in MACHINES else ""


def free_label(point: Point, *, places: bool = True) -> str:
    """Return a label that TYPE has no word for; without `places` also "work" and "home"."""
    return "" if machine_of(point) or (places and place_of(point)) else point.label


def shown(point: Point) -> str:
    """Return a value as cards show it: a link as a URI, an extension in words."""
    if point.kind == "url":
        return _uri(point.value)
    if ";" in point.value and point.kind in ("phone", "mobile"):
        return point.value.replace(";ext=", " ext. ")
    return point.value


def repeated(points: Sequence[Point]) -> list[str]:
    """Return what version 3.0 says again at the end of the note, where every program shows it.

    That are the points with a label of their own, and WeChat, in the order of the card.
    """
    lines = [
        f"{label.rstrip(_BACKSLASH)}: {shown(point)}"
        for point in points
        if point.kind != "wechat" and (label := free_label(point, places=point.kind != "url"))
    ]
    return [*lines, *(f"WeChat: {point.value}" for point in points if point.kind == "wechat")]


def _uri(value: str) -> str:
    stripped = strip_controls(value).strip()
    return quote(stripped if _SCHEME.match(stripped) else f"https://{stripped}", safe=_URI_CHARACTERS)
