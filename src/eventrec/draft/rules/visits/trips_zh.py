"""Where a Chinese text tells that people went to see something: “赴…实地考察”, “参观了…”.

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

SEE: Final = (
    "实地考察|实地教学|实地走访|实地参观|实地调研|现场观摩|现场教学|参观考察|考察调研|参观学习"
    "|参访|参观|考察|走访|观摩|探访"
)
_WENT: Final = late(
    r"(?:(?P<to>赴|前往|到访|走进)|(?P<near>到|对|在))(?P<places>[^，,。;；!！?？\n赴]{2,80}?)"
    r"(?P<with>[与同][^，,。;；\n]{1,24}?)?(?:进行|开展|举行|组织|作|做)?了?(?:为期[^，,。]{1,4}的)?(?:的|实地|现场|友好|深入|学习|工作|业务|短期|相关)*"
    rf"(?:(?P<see>{SEE}|现场教学)(?P<too>交流|座谈|访问|学习)?|(?P<meet>访问交流|交流访问|学习交流|交流学习|座谈交流|访问|交流|座谈|调研|学习))"
)
_SEEN: Final = late(
    rf"(?:(?:{SEE})|(?:拜访|到访|造访)(?=了))(?!的|活动|安排|团|期间|工作|报告|结束|后|前|中|等|与|和|、)(?:了)?(?:位于[^，,。的]{{1,12}}的)?(?P<places>[^，,。;；!！?？\n]{{2,80}}?)(?=[，,。;；!！?？\n]|并|后|以及其|时|$)"
)


def trips(reading: Reading) -> list[tuple[Sentence, re.Match[str]]]:
    """Return what tells of a trip, with its sentence."""
    return list(islice(_trips(reading), MOST_TRIPS))


def _trips(reading: Reading) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in reading.page.sentences:
        if sentence.language == "zh":
            for pattern in (_WENT, _SEEN):
                for trip in pattern.finditer(reading.page.text, sentence.span.start, sentence.span.end):
                    yield sentence, trip
