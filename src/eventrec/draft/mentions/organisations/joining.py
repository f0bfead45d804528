"""How far an English name goes: which runs of capitals belong to one organisation, and which begin another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.tokens import PURPOSES, is_code
from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.draft.mentions.organisations.words import (
    HEADS,
    LOCAL,
    PLAIN_ENDS,
    STARTS,
    TOPICS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations.tokens import Run, Word

_ABSTRACT: Final = (
    "tion",
    "tions",
    "ment",
    "ity",
    "ture",
    "try",
    "ice",
    "fare",
    "ics",
    "ship",
    "logy",
    "ance",
    "ence",
    "ies",
    "ism",
)
"""How words end that name what an organisation deals in."""

_DEALING: Final = words_in("Administration Management Protection Control Service Services Inspection Supervision")
"""Heads that may also end what a bureau deals in: “Bureau of Exit and Entry Administration”."""

_TIMES: Final = words_in(
    "January February March April May June July August September October November December Monday Tuesday"
    " Wednesday Thursday Friday Saturday Sunday"
)
_REGIONS: Final = words_in(
    "Europe Asia Africa Pacific America Americas Caribbean East Central South North West Eastern Western"
)
_MINISTRIES: Final = words_in(
    "Ministry Department Directorate Committee Commission Agency Authority Bureau Secretariat"
)
_TOPICS_TOO: Final = words_in("Customs Police Protection Service Services Community Guard Force Forces Prosecutor")
_SERVE_AT_HOME: Final = words_in("Police Guard Army Customs Service University Bank Court Academy")
"""What is not named for another place: “a visit to the National Police for Kosovo officers”."""

_GUARDS: Final = 2
"""“Police and Border Guard” are two, “Police and Border Guard Board” is one."""

_OFFICES: Final = words_in("Office Mission Police")
_STUDYING: Final = words_in("Institute Centre Center Administration Office Association Academy Council Institution")
_SHARED_OFFICES: Final = words_in("Liaison Cooperation Coordination Training Information")
"""What an office of two bodies is for: “Police and Customs Liaison Office”."""

_PLACES_OF: Final = frozenset(("Port", "City", "Province", "County", "Municipality", "District", "Canton"))
"""What an authority is of: “Port of Rotterdam Authority”."""


def head_at(words: Sequence[Word]) -> int | None:
    """Return the place of the last head of a run; None where it has none.

    “International” is one behind two other words: “Plan International” is too little, “World Vision International” not.
    """
    for at in range(len(words) - 1, -1, -1):
        if words[at].text in HEADS or (words[at].text == "International" and at == len(words) - 1 and at >= 2):
            return at
    return None


def has_head(run: Run) -> bool:
    """Tell whether a run holds a word that says what an organisation is."""
    return head_at(run.words) is not None


def ends_in_head(run: Run) -> bool:
    """Tell whether a run ends in such a word, or in one and “General” or “International”."""
    at = head_at(run.words)
    return at is not None and all(word.text in PLAIN_ENDS for word in run.words[at + 1 :])


def is_acronym(run: Run) -> bool:
    """Tell whether a run is an acronym, alone or before a place: “UNHCR”, “UNHCR Kenya”."""
    return is_code(run.words[0].text) and (len(run.words) == 1 or nations.is_place(_rest(run)))


def _rest(run: Run) -> str:
    return " ".join(word.text for word in run.words[1:])


def is_place(run: Run) -> bool:
    """Tell whether a run is a country, a union of countries or a city, or an adjective of a country alone."""
    text = run.text
    return text in nations.UNIONS or text in nations.adjectives() or nations.is_place(text) or text == "European"


def is_topic(run: Run) -> bool:
    """Tell whether a run names what an organisation deals in: “Rural Affairs”, “Citizenship”."""
    return any(word.text in TOPICS or word.text.endswith(_ABSTRACT) for word in run.words)


def begins_own_name(run: Run) -> bool:
    """Tell whether a run can only begin a name: “National …”, “Ministry”, “Chinese …”, “UNHCR …”."""
    first = run.words[0].text
    own = first in STARTS or first in nations.adjectives() or first in nations.UNIONS or is_code(first)
    return own or (first in HEADS and first not in _DEALING) or first in nations.names()


def joins(name: Sequence[Run], run: Run, following: Sequence[Run]) -> bool:
    """Tell whether a run goes on with a name."""
    last = name[-1]
    link = run.link.removesuffix(" the").strip()
    if last.stopped or run.words[0].text in _TIMES or _cut_off(name):
        return False
    if run.link in ("and the", "and", ", and"):
        listed = any(each.link == "," for each in name)
        return (run.link == "and" or (run.link == ", and" and listed)) and _joins_by_and(name, run)
    if link in ("of", "de", "des", "du", "del", "von", "et", "e", "y", "d'"):
        if len(name) == 1 and last.words[-1].text in _PLACES_OF:
            return has_head(run)
        return any(map(has_head, name)) and not _is_acronym_alone(run, link)
    if link == "for" and not is_topic(run) and last.words[-1].text in _SERVE_AT_HOME:
        return False
    if link == "for":
        return any(map(has_head, name)) and not _only_adjective(run) and not (len(name) == 1 and is_acronym(last))
    if link in ("on", "against"):
        return ends_in_head(last) and not is_acronym(last) and is_topic(run)
    if run.link == ",":
        return _lists_topics(name, run, following)
    if link == "in" and last.words[-1].text == "Trafficking":
        return True
    if link == "to" and run.words[0].text in PURPOSES:
        return ends_in_head(last)
    if link in ("in", "to"):
        return (is_place(run) or run.words[0].text in _REGIONS) and _stands_in(name, link)
    return False


def _lists_topics(name: Sequence[Run], run: Run, following: Sequence[Run]) -> bool:
    """Tell whether a comma parts what one ministry deals in: “Ministry of Labour, Invalids and Social Affairs”."""
    if len(name) < 2 or not following or has_head(run) or is_place(run) or begins_own_name(run) or name[-1].code:
        return False
    if name[0].words[-1].text not in (*_MINISTRIES, *_STUDYING) or not name[1].link.startswith(("of", "for", "on")):
        return False
    for each in (run, *following):
        if has_head(each) or is_place(each) or each.link not in (",", "and", ", and"):
            return False
        if each.link != ",":
            return is_topic(each)
    return False


def _is_acronym_alone(run: Run, link: str) -> bool:
    return link != "of" and is_acronym(run)


def _cut_off(name: Sequence[Run]) -> bool:
    """Tell whether words stand behind the last head that do not belong to the name: those of a person."""
    last = name[-1]
    at = head_at(last.words)
    if at is None or ends_in_head(last):
        return False
    behind = last.words[at + 1 :]
    return not any(word.text in TOPICS or nations.is_place(word.text) for word in behind)


def _only_adjective(run: Run) -> bool:
    return run.text in nations.adjectives() or run.text == "European"


def _stands_in(name: Sequence[Run], link: str) -> bool:
    """Tell whether a name may tell its place: an office, an embassy, “Co-operation in Europe”."""
    first = next((each for each in name if has_head(each)), None)
    if first is None:
        return False
    heads = {word.text for word in first.words if word.text in HEADS}
    if link == "in" and (name[-1].code or any(each.link == "for" for each in name)) and heads <= _OFFICES:
        return False
    if heads & LOCAL or first.words[-1].text == "International":
        return True
    return link == "in" and any(each.link.startswith("for") for each in name) and name[-1].link == "and"


def _joins_by_and(name: Sequence[Run], run: Run) -> bool:
    """Tell whether “and” stands inside a name: “Agriculture and Rural Affairs”, “Border and Aliens Service”."""
    last = name[-1]
    if run.code and is_place(run) and is_place(last) and last.link.startswith(("to", "in", "for")):
        return True
    if is_acronym(run) or is_place(run) or last.code:
        return False
    if any(map(has_head, name)):
        return _joins_with_head(name, run)
    if is_acronym(last) or is_place(last) or (begins_own_name(run) and not is_topic(last)):
        return False
    return ends_in_head(run) and (is_topic(last) or not begins_own_name(run))


def _joins_with_head(name: Sequence[Run], run: Run) -> bool:
    last = name[-1]
    if len(name) == 1 and ends_in_head(last):
        both = last.words[-1].text in ("Police", "Border", "Guard") and run.words[-2:][0].text in _SHARED_OFFICES
        guards = (
            last.words[-1].text == "Police" and run.words[0].text in ("Border", "Coast") and len(run.words) > _GUARDS
        )
        return (last.words[-1].text == "Customs" or both or guards) and ends_in_head(run)
    if is_place(last) and len(name) > 1:
        return last.link == "for" and is_topic(run) and not has_head(run)
    if has_head(run):
        return _deals_in(name, run) or _is_a_topic_too(last, run)
    return is_topic(run)


def _is_a_topic_too(last: Run, run: Run) -> bool:
    """Tell whether a word that may be a head ends what is dealt in: “Interior and Police”."""
    if run.words[0].text == "Red":
        return last.words[-1].text == "Cross"
    return len(run.words) == 1 and not has_head(last) and run.words[0].text in _TOPICS_TOO


def _deals_in(name: Sequence[Run], run: Run) -> bool:
    """Tell whether “Entry Administration” ends what a bureau deals in."""
    first = run.words[0].text
    if first in STARTS or begins_own_name(run):
        return False
    at = head_at(run.words)
    return at is not None and run.words[at].text in _DEALING and at <= 2 and len(name) > 1 and not has_head(name[-1])
