"""From the people of each language to the one whom to ask: joined, told from the others, phones in E.164."""

from __future__ import annotations

import contextlib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import SURE, Evidence
from eventrec.draft.proposal import Person
from eventrec.draft.rules.contact.phrases.words import TRANSLATED
from eventrec.draft.rules.contact.told import tag
from eventrec.errors import Rejected
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.evidence import Candidate, Span
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.contact.told import Told

_CHINESE_NUMBER: Final = late(
    r"\(?0(?:10|2\d|[3-9]\d\d)\)?[-\s]?\d{3,4}[-\s]?\d{4}(?:\D{1,4}\d{1,6})?|1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}"
)
"""A number as China writes it, which a Chinese text without any country means."""

_BRACKETED: Final = late(r"^\(\s?\+\s?(\d{1,3})\s?\)\s?")
"""A country's code in brackets: “(+47) 22 …”."""

_POINTS: Final = ("email", "phone")


@dataclass
class Chosen:
    """The one whom to ask, as each language tells it, the one that tells more first."""

    told: list[Told]
    evidence: tuple[Evidence, ...]
    score: int
    disagreements: list[str] = field(default_factory=list)


def choose(found: Sequence[Candidate]) -> Chosen | None:
    """Return the first person of each language, joined when they are the same; the others are told.

    Languages that name different people make a question of the first.
    """
    by_language: dict[str, list[Candidate]] = {}
    for each in sorted(found, key=lambda one: (one.value.name is None, one.value.start)):
        by_language.setdefault(each.value.language, []).append(each)
    if not by_language:
        return None
    first, *other = sorted(by_language.values(), key=lambda each: (each[0].value.name is None, each[0].value.start))
    main = first[0]
    chosen = Chosen([main.value], main.evidence, main.score)
    rest = [*first[1:]]
    for people in other:
        same = next((each for each in people if _same(main.value, each.value, len(first) == len(people))), None)
        if same is not None:
            chosen.told.append(same.value)
            chosen.evidence += same.evidence
            chosen.score = round(100 - (100 - chosen.score) * (100 - same.score) / 100)
        elif people[0].value.name:
            chosen.score = min(chosen.score, SURE - 1)
        rest += [each for each in people if each is not same]
    further: list[Told] = []
    for each in rest:
        if not _repeats(each.value, [*chosen.told, *further]):
            further.append(each.value)
    chosen.disagreements = [f"The release also names {each.shown} as a contact." for each in further]
    return chosen


def _repeats(told: Told, chosen: Sequence[Told]) -> bool:
    """Tell whether a further mention is of the same person, or of the same mailbox without a person."""
    if told.name:
        return any(told.name == each.name for each in chosen)
    return any(told.email == each.email if told.email else told.phone == each.phone for each in chosen)


def _same(one: Told, other: Told, alone: bool) -> bool:
    """Tell whether two languages name one person: by name, by e-mail, or as the first of as many in each."""
    if one.name and one.name == other.name:
        return True
    if one.email and other.email:
        return one.email.lower() == other.email.lower() and not _two_names(one, other)
    return alone and not _two_names(one, other)


def _two_names(one: Told, other: Told) -> bool:
    """Tell whether both have a name in the same letters, and not the same."""
    return bool(one.name and other.name and tag(one.name) == tag(other.name) and one.name != other.name)


def person_of(reading: Reading, chosen: Chosen, draft: Draft) -> Person:
    """Return the person with what every language tells; what is doubtful is asked, what differs is told."""
    names: dict[str, str] = {}
    positions: dict[str, str] = {}
    for told in chosen.told:
        for name in filter(None, (told.name, told.other_name)):
            names.setdefault(tag(name), name)
        if told.position:
            positions.setdefault(tag(told.position), told.position)
    offices = [told.office for told in chosen.told if told.office]
    for told in chosen.told:
        _note(reading, draft, told)
    return Person(
        name=dict(sorted(names.items())),
        honorific=_honorific(chosen.told, names),
        position=dict(sorted(positions.items())),
        office=next((office for office in offices if tag(office) == "en"), offices[0] if offices else None),
        email=_email(chosen.told, draft),
        phone=_phone(reading, chosen.told, draft),
    )


def _note(reading: Reading, draft: Draft, told: Told) -> None:
    """Quote where each part of the person stands."""
    for part in ("name", "position", "office", *_POINTS):
        span: Span | None = getattr(told.written, part)
        if span:
            quoted = Evidence(reading.page.quoted(span), span.start, span.end, "stands in the contact block")
            draft.evidence.setdefault(f"contact.{part}", []).append(quoted)


def _honorific(told: Sequence[Told], names: dict[str, str]) -> str | None:
    """Return the English title of somebody with an English name, the Chinese one of somebody without."""
    written = {tag(each.written.honorific): each.written.honorific for each in told if each.written.honorific}
    if english := written.get("en"):
        return english
    chinese = written.get("zh")
    return TRANSLATED.get(chinese, chinese) if chinese and "en" in names else chinese


def _email(told: Sequence[Told], draft: Draft) -> str | None:
    found = [each.email for each in told if each.email]
    for each in told:
        if each.written.email and (each.written.hidden or each.written.broken):
            said = each.page.quoted(each.written.email)
            draft.uncertain["contact.email"] = (
                f"The text has “{said}”. Is {each.email} the address?"
                if each.email
                else f"The address “{said}” is not whole."
            )
    if len({email.lower() for email in found}) > 1:
        draft.uncertain["contact.email"] = f"The languages give {' and '.join(found)}. Which is right?"
        draft.disagreements.append(f"The languages give different e-mails of the contact: {', '.join(found)}.")
    return found[0] if found else None


def _phone(reading: Reading, told: Sequence[Told], draft: Draft) -> str | None:
    found: dict[str, None] = {}
    for each in told:
        if each.phone and (number := _number(reading, each, draft)):
            found[number] = None
    if len(found) > 1:
        draft.uncertain["contact.phone"] = f"The languages give {' and '.join(found)}. Which is right?"
        draft.disagreements.append(f"The languages give different phones of the contact: {', '.join(found)}.")
    for each in told:
        if each.further:
            draft.disagreements.append(f"The release also gives {', '.join(each.further)} for the contact.")
    return next(iter(found), None)


def _number(reading: Reading, told: Told, draft: Draft) -> str | None:
    """Return a phone in E.164; a question is noted for one that is none, or whose country is not certain."""
    from eventrec.text.phones import read_phone

    said = _BRACKETED.sub(r"+\1 ", unicodedata.normalize("NFKC", told.phone or ""))
    office = _country(reading, told)
    found: dict[str, str | None] = {}
    near = [office] if office else [draft.country, reading.gazetteer.country]
    if not any(near) and told.language == "zh" and _CHINESE_NUMBER.fullmatch(said):
        near = ["CN"]
    for country in near:
        with contextlib.suppress(Rejected):
            found.setdefault(read_phone(said, country), country)
    number = next(iter(found), None)
    if number is None:
        draft.uncertain["contact.phone"] = f"The phone “{said}” is no whole number, or lacks its country. What is it?"
    elif len(found) > 1 or (draft.country not in (None, *found.values()) and not office and None not in found.values()):
        draft.uncertain["contact.phone"] = f"Of which country is the phone “{said}”? Is it {' or '.join(found)}?"
    return number


def _country(reading: Reading, told: Told) -> str | None:
    """Return the country of the contact's office, where its name says it."""
    office = told.written.office
    return next((each.country for each in reading.places if office and each.span in office and each.country), None)
