"""Words that say what the organisations named before or after them have to do with the event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

ORGANISATION: Final = "\ue000"
"""Stands for each character of an organisation's name, so that a name's own words are not taken for cues."""

QUOTED: Final = "\ue001"
"""Stands for each character that somebody else says: a quotation."""


class Reach(Enum):
    """Which organisations a cue speaks of."""

    AFTER = "those named after it"
    BEFORE = "those named before it"
    LABEL = "those after it, in the role that other cues give them, if any do"
    WITH = "those after it, beside those before it"
    AMONG = "those after it, where somebody before it takes part or an enumeration goes on"
    SAID = "those after it behind a quotation, else those before it"
    STOP = "none: what is said before it ends here"


@dataclass(frozen=True)
class Cue:
    """A cue: `pattern` on text whose names are masked, the role it gives, and how far that is believed (1 to 99).

    `reason` completes “read from these words: …” for a person. `holds` looks at the whole match where the words alone
    do not decide. Without a `role` the organisations are background, as those who only pay.
    """

    reason: str
    pattern: str
    reach: Reach
    role: str | None = None
    weight: int = 85
    holds: Callable[[re.Match[str]], bool] | None = None
    subject: str | None = None
    """The role of the organisation before it, where it is a verb that has both: “A brought together B and C”."""


class Cues:
    """The cues of a language in one pattern; the first that fits counts."""

    def __init__(self, cues: tuple[Cue, ...], before: str, flags: re.RegexFlag) -> None:
        self.cues = cues
        self._pattern = late(
            before + "(?:" + "|".join(f"(?P<c{at}>{cue.pattern})" for at, cue in enumerate(cues)) + ")", flags
        )

    def find(self, text: str, start: int, end: int) -> list[tuple[Cue, int, int]]:
        """Return the cues of a stretch in order, each with where it begins and ends."""
        found = []
        at = start
        while match := self._pattern.search(text, at, end):
            cue = self.cues[int((match.lastgroup or "c0")[1:])]
            if cue.holds is None or cue.holds(match):
                found.append((cue, match.start(), match.end()))
                at = max(match.end(), match.start() + 1)
            else:
                at = _next_word(text, match.start(), end)
        return found


def _next_word(text: str, at: int, end: int) -> int:
    """Return where the word that begins at `at` ends: what did not hold there may hide another cue behind it."""
    at += 1
    while at < end and text[at].isascii() and text[at].isalpha():
        at += 1
    return at


@dataclass(frozen=True)
class Grammar:
    """How a language lists organisations and says who does what."""

    cues: Cues
    event: re.Pattern[str]
    """That a sentence speaks of an event."""

    listed: re.Pattern[str]
    """What stands between two organisations of one enumeration."""

    ends_list: re.Pattern[str]
    """Words between two organisations over which an enumeration does not go on."""

    ends_reach: re.Pattern[str]
    """Words between a cue and the first name over which it does not reach."""

    apart: re.Pattern[str]
    """What stands between two enumerations."""

    beside: re.Pattern[str]
    """Words that may stand in an enumeration though they look as if it ended: “in Norland”."""

    parent: re.Pattern[str]
    """What stands between an organisation and the one that it belongs to, named behind it."""

    joined: re.Pattern[str]
    """What joins the last two of an enumeration."""

    introduced: re.Pattern[str]
    """How a sentence begins that says something else before its subject."""

    narrowed: re.Pattern[str]
    """Between two organisations: that only the second is meant."""

    new_subject: re.Pattern[str]
    """Between a name and a verb: that somebody else does it."""

    venue: re.Pattern[str]
    """Before a name: that it is only where something is held."""

    pays: re.Pattern[str]
    """After a name: that it pays, “EU-funded”."""

    once: re.Pattern[str]
    """Before a name: that somebody was of it once and is no more."""

    once_behind: re.Pattern[str]
    """The same behind a name."""

    titled: re.Pattern[str]
    """The title of a person."""

    reported: re.Pattern[str]
    """Words behind which a sentence says what somebody thinks, and not what was."""

    other_time: re.Pattern[str]
    """That a sentence is about another time than the event's."""

    adverbial: re.Pattern[str]
    """A cue whose names stand between a subject and its verb: 为…举办."""

    in_person: re.Pattern[str]
    online: re.Pattern[str]
