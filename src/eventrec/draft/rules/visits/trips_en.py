"""Where an English text tells that people went to see something: “a site visit to …”, “participants toured the …”.

The rest of what is read of a visit stands apart, since few releases tell of one.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

MOST_TRIPS: Final = 40
"""How many tellings of a trip are looked at in a language; a release has a few."""

_SITE: Final = (
    r"site|field|on-?site|study|guided|exposure|familiari[sz]ation|observation|technical|educational|learning|working"
)
_TRIP: Final = late(
    rf"\b(?:(?P<site>{_SITE})[\s-]+|(?P<other>official|state|high-level|courtesy|home|exchange|return|first|country|bilateral"
    r"|follow-up|recent|previous|past|reciprocal|diplomatic|annual|ministerial|historic)\s+|(?P<plain>\b))"
    r"(?:(?:visits?|tours?|trips?)\b(?P<between>[^.;!?\n]{0,90}?)\sto|tours?\s(?:of|around|at)|visits?\sat)\s+"
    r"(?=(?:the|a|an|two|three|several|both|local|its|their)\s|[A-Z\u00c0-\u024f“\"'‘])",
)
_SEEN: Final = late(
    r"\b(?P<verb>(?:participants|officials|officers|delegates|students|experts|trainees|representatives|delegation|journalists"
    r"|teachers|members|judges|prosecutors|counterparts)\s+(?:visits?|tours?)|visited|toured|(?:to|will|would|could|also|then)\s+(?:visit|tour)|visiting|touring|travell?ed\s+to|(?:were|was)\s+taken\s+to)\s+"
    r"(?=(?:the|a|an|two|three|several|both|local|its|their)\s|[A-Z\u00c0-\u024f“\"'‘])"
)


def trips(reading: Reading) -> list[tuple[Sentence, re.Match[str]]]:
    """Return what tells of a trip, with its sentence."""
    return list(islice(_trips(reading), MOST_TRIPS))


def _trips(reading: Reading) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in reading.page.sentences:
        if sentence.language == "en":
            for pattern in (_TRIP, _SEEN):
                for trip in pattern.finditer(reading.page.text, sentence.span.start, sentence.span.end):
                    yield sentence, trip
