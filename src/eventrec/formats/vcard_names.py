"""Names, organizations and positions of a card that is read, by language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.line_reader import BETWEEN, by_script, language_of, named_language
from eventrec.formats.vcard_records import beside_others, taken_apart
from eventrec.localized import Localized
from eventrec.text.names import in_languages

if TYPE_CHECKING:
    from eventrec.formats.line_reader import Line
    from eventrec.formats.vcard_lines import Properties
    from eventrec.formats.vcard_reader import Card

_LONGEST_NAME: Final = 500
_END_OF_LINE: Final = re.compile(r"(?<![ \t])[ \t]*+\n\s*")
_WITHOUT_SPACES: Final = ("zh", "ja", "ko")


def read_name(card: Card, said: Properties) -> None:
    """Put the name into the card, and the other names that it says."""
    parts_of = {line.number: [*said.parts(line), "", "", "", "", ""] for line in said.lines("N")}
    full = said.first("FN")
    for parts in parts_of.values():
        if parts[0] and parts[1] and not card.family_name:
            card.family_name, card.given_name = parts[0], parts[1]
        card.honorific = card.honorific or parts[3] or None
    if not card.family_name and said.is_ours:
        card.family_name = said.first("X-FAMILY-NAME") or None
        card.given_name = said.first("X-GIVEN-NAME") or None
    others: list[str] = []
    for line in said.lines("FN"):
        others += _add(card, _localized(said, line, person=True))
    card.nicknames = tuple(dict.fromkeys(others))
    if card.names and said.raw.version == "4.0":
        card.names = _by_language(said, parts_of, full) or card.names
    card.names = _one_by_one(said, "X-ALT-FN", card.names)
    card.names = card.names or name_in_parts(said)
    if not said.is_ours or card.kind == "org":
        nicknames = [part for line in said.lines("NICKNAME") for part in said.parts(line, ",")]
        card.nicknames = tuple(dict.fromkeys([*card.nicknames, *filter(None, nicknames)]))


def read_work(card: Card, said: Properties) -> list[str]:
    """Put organization, unit and position into the card; return what a note must keep of further ones."""
    organization, position = Localized(), Localized()
    notes = []
    for line in said.lines("ORG"):
        name, *units = said.parts(line)
        unit = ", ".join(filter(None, units))
        found = _localized(said, line, name)
        if any(organization.get(tag, text) != text for tag, text in found.items()):
            notes.append(f"Organization: {', '.join(filter(None, (found.both(), unit)))}")
            continue
        organization = organization | found
        card.unit = card.unit or unit or None
    for line in said.lines("TITLE"):
        found = _localized(said, line)
        if any(position.get(tag, text) != text for tag, text in found.items()):
            notes.append(f"Position: {found.both()}")
            continue
        position = position | found
    card.organization = _one_by_one(said, "X-ALT-ORG", organization) or None
    card.position = _one_by_one(said, "X-ALT-TITLE", position) or None
    return notes


def _add(card: Card, found: Localized) -> list[str]:
    """Add a full name; return what is another name of the person: a second one in the same language."""
    others = [text for tag, text in found.items() if card.names.get(tag, text) != text]
    card.names = found | card.names
    return others


def _one_by_one(said: Properties, name: str, found: Localized) -> Localized:
    """Return the texts that our own cards say one by one, where their scripts do not tell their languages."""
    lines = said.in_order(name) if said.is_ours else []
    told = Localized({named_language(line): said.text(line) for line in lines})
    return (found | told if said.raw.version == "4.0" else told) if told and all(told) else found


def name_in_parts(said: Properties) -> Localized:
    """Put a name together from its parts (RFC 2426 §3.1.2: family, given, additional)."""
    parts = next(map(said.parts, said.lines("N")), [])
    family, given, more = [*parts, "", "", ""][:3]
    tag = language_of(f"{family} {given}")
    ordered = (family, given, more) if tag in _WITHOUT_SPACES else (given, more, family)
    text = ("" if tag in _WITHOUT_SPACES else " ").join(filter(None, ordered))
    return Localized({tag: text}) if text else Localized()


def _by_language(said: Properties, parts_of: dict[int, list[str]], full: str) -> Localized | None:
    """Return the name in each language where N stands once for each with its LANGUAGE (RFC 6350 §5.4).

    Of the name that is split into family and given name FN tells the order: it is what FN holds beside the others.
    """
    tags = {line.number: named_language(line) and tag_of(said, line, full) for line in said.lines("N")}
    whole = {number: parts[0] for number, parts in parts_of.items() if not parts[1]}
    split = [number for number in parts_of if number not in whole]
    if len(split) > 1 or len(set(tags.values())) < len(tags) or "" in tags.values():
        return None
    if split:
        numbers = list(parts_of)
        at = numbers.index(split[0])
        before = [whole[number] for number in numbers[:at]]
        whole[split[0]] = beside_others(full, before, [whole[number] for number in numbers[at + 1 :]])
    found = Localized({tags[number]: whole[number] for number in parts_of})
    return found if said.is_ours or " ".join(dict.fromkeys(found.values())) == full else None


def tag_of(said: Properties, line: Line, text: str) -> str:
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
        return Localized({tag_of(said, line, value): value})
    if said.is_ours:
        return taken_apart(value, person=person and not _is_org(said))
    main = language.split("-")[0] or "en"
    found = by_script([part.strip() for part in BETWEEN.split(value)], " / ", main)
    if found is None and person:
        parts = in_languages(value) if len(value) <= _LONGEST_NAME else []
        found = by_script(parts, " ", main)
    return found or Localized({tag_of(said, line, value): value})


def _is_org(said: Properties) -> bool:
    return said.first("KIND").lower() == "org" or bool(said.first("X-ABSHOWAS"))
