"""Whether an English cue holds where it stands, as the words around it tell."""

from __future__ import annotations

import re
from typing import Final

from eventrec.draft.rules.parties.cues import ORGANISATION, QUOTED
from eventrec.draft.rules.parties.english.words import EVENT, PEOPLE
from eventrec.patterns import late

_O: Final = ORGANISATION
_EVENT_AHEAD: Final = late(rf"[^.;:]{{0,140}}?(?:\b{EVENT}\b|{QUOTED})", re.IGNORECASE)
_PEOPLE_AHEAD: Final = late(rf"[^.;:]{{0,90}}?(?:\b{PEOPLE}\b|{_O})", re.IGNORECASE)
_DETERMINED: Final = late(
    rf"[^.;:]{{0,60}}?\b(?:an?|the|its|their|his|her|two|three|four|this|another)\s[^.;:]{{0,100}}?(?:\b{EVENT}\b|"
    rf"{QUOTED})",
    re.IGNORECASE,
)
_BE: Final = late(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:(?:[a-z]+ly|also|today|co-?|\([^()]{0,20}\))\s*)*$", re.IGNORECASE
)
_HAPPENING: Final = late(rf"\b{EVENT}(?:,|\s\([^()]{{0,30}}\))?\s+(?:[a-z]+ly\s+)?$", re.IGNORECASE)
_NO_OBJECT: Final = late(r"\s+(?:by|under|within|as|between|from|and|or)\b|\s*[,.;:)]", re.IGNORECASE)
_ADVERBIAL: Final = late(r"\s+(?:in|on|at|for|with|to|during|this|last|today|yesterday)\b", re.IGNORECASE)
_MEANT: Final = late(
    r"\b(?:would|could|should|might|can)\s+(?:also\s+|continue\s+to\s+|jointly\s+)?$|"
    r"\b(?:agreed?|plan(?:s|ned)?|intends?|aims?|hopes?|pledged|committed|continues?|proposed|decided|"
    r"want(?:s|ed)?)\s+to\s+$",
    re.IGNORECASE,
)
_ALWAYS: Final = late(r"(?:provide|support|offer|deliver|conduct|organi[sz]e|run|implement|equip|train|arrange)s$")
"""What somebody does all the time, “provides training to states”; in a headline the verb has a capital letter."""

_RELATED: Final = late(
    r"\b(?:affiliated|attached|linked|belong\w*|subordinate\w*|report\w*|according|relat\w+|similar|thanks|due|next|"
    r"close|committed|address\w*|submitted|donated|referred|access|contribut\w+|accountable|gr[ae]t\w+|crucial|"
    r"important|visits?|trips?)\s+$",
    re.IGNORECASE,
)
"""Before “to”: words with which it says nothing of whom an event is for."""

_ONE: Final = late(r"\s+(?:an?|the|its|their|two|three|four|this|another|\d+)\b", re.IGNORECASE)
_DONE: Final = late(r"(?:held|ed|begun|run)$", re.IGNORECASE)


def acts(match: re.Match[str]) -> bool:
    """Tell whether a verb has somebody before it who does it to an event named after it: not “was held”."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 70) : start]
    if ORGANISATION not in text[max(0, start - 300) : start]:
        return False
    verb = match[0]
    if _DONE.search(verb) and (_BE.search(before) or _HAPPENING.search(before)):
        return False
    if _NO_OBJECT.match(text, end) or _MEANT.search(before):
        return False
    if _ALWAYS.match(verb) and not _ONE.match(text, end):
        return False
    if verb.lower().startswith(("train", "educat", "equip")):
        return _PEOPLE_AHEAD.match(text, end) is not None
    if _ADVERBIAL.match(text, end):
        return _DETERMINED.match(text, end) is not None
    return _EVENT_AHEAD.match(text, end) is not None


def of_event_ahead(match: re.Match[str]) -> bool:
    """Tell whether an event is named after the words, or that people are trained: not every partnership is one."""
    return (
        re.compile(rf"[^.;]{{0,160}}?\b(?:{EVENT}|train)\b", re.IGNORECASE).match(match.string, match.end()) is not None
    )


def done_by_somebody(match: re.Match[str]) -> bool:
    """Tell whether an organisation stands before a verb that is not in the passive."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    if ORGANISATION not in match.string[max(0, match.start() - 300) : match.start()] or _HAPPENING.search(before):
        return False
    return not _BE.search(before) or not match[0].lower().endswith("ed")


def behind_event(match: re.Match[str]) -> bool:
    """Tell whether the words follow an event: “a training for the Border Guard”."""
    before = match.string[max(0, match.start() - 110) : match.start()]
    if match[0].lower().startswith("to") and _RELATED.search(before):
        return False
    at = max(before.rfind("."), before.rfind(";"), before.rfind(QUOTED))
    return re.search(rf"\b(?:{EVENT}|trained|trains)\b", before[at + 1 :], re.IGNORECASE) is not None


def right_behind_event(match: re.Match[str]) -> bool:
    """Tell whether the words follow an event with at most a few words between."""
    before = match.string[max(0, match.start() - 60) : match.start()]
    return re.search(rf"\b{EVENT}\s+(?:(?!{EVENT})[\w-]+\s+){{0,4}}$", before, re.IGNORECASE) is not None
