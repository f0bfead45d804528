"""What people did, where no noun says which kind of event it was: they met, visited, or launched a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Found, Span
from eventrec.draft.rules.lead import headlines, lead
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_LEAD: Final = 2
"""Sentences of the body that say what people did."""

_SURE: Final = 84
_GUESS: Final = 60

_PROJECT: Final = r"(?:[Pp]roject|[Pp]rogram(?:me)?|[Ii]nitiative|[Aa]ction)"
_LAUNCHED: Final = {
    "en": late(
        rf"\b(?:[Ll]aunch(?:es|ed|ing)?|LAUNCH(?:ES|ED)?|[Ii]naugurat(?:es|ed)|[Kk]icks? off"
        rf"|[Kk]icked off) (?:(?:of|a|an|the|its|their|new) ){{0,3}}[^.;]{{0,140}}?\b{_PROJECT}\b"
        rf"|\b{_PROJECT}\b[^.;]{{0,100}}? (?:(?:is|was|has been|were) )?(?:(?:officially|formally|jointly|today) )?"
        r"(?:[Ll]aunched|[Ii]naugurated)\b"
        r"|\b(?:[Oo]fficial|[Ff]ormal) [Ll]aunch\b"
    ),
    "zh": late(
        r"启动了?[^,\uff0c。;\uff1b]{2,60}?(?:项目|计划)|(?:项目|计划)[^,\uff0c。;\uff1b]{0,24}?(?:正式|联合|共同)?启动(?!会|仪式|资金)"
    ),
}
_MET: Final = {
    "en": late(
        r"\b(?:[Dd]elegations?|[Oo]fficials?|[Rr]epresentatives?|[Cc]ommittee|[Bb]oard|[Mm]inisters?|[Ee]xperts?"
        r"|[Pp]artners|[Mm]embers|[Gg]roup|[Aa]uthorities|[Cc]ounterparts|[Dd]irectors?)\b[^.;]{0,160}?"
        r" (?:met(?! the (?:need|demand|criteria))|(?:is|are) meeting|convened)"
        r"(?= (?:in|on|at|with|for|to|today|yesterday|this|last|together|\w+day)\b)"
    ),
    "zh": late(r"(?:会见|会晤)了"),
}
_TO_LEARN: Final = late(
    r"\b(?:to (?:learn|study|see how|gain|observe|familiari[sz]e|become familiar|exchange experiences?)|best practices?"
    r"|learning from|first-hand)\b"
)
_NUMBER: Final = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)\b"
_TRAINED: Final = {
    "en": late(
        r"\b(?:[Tt]rained|[Tt]rains|[Ii]s training|[Ww]ere trained|[Aa]re being trained)"
        rf" (?:(?:about|over|some|more than|nearly|up to|almost|a further|another) )?{_NUMBER}"
        r"|\b(?:\d+|[A-Za-z]+teen|[A-Za-z]+ty(?:-\w+)?)\b[^.;,]{0,80} (?:were|have been|are being) trained\b"
    ),
    "zh": late(r"对[^,\uff0c。;\uff1b]{2,24}(?:进行|开展)了?(?:[^,\uff0c。;\uff1b]{0,8})培训"),
}
_VISITED: Final = {
    "en": late(
        r"\b(?:[Dd]elegations?|(?:[Gg]roup|[Tt]eam) of)\b"
        r"[^.;]{0,160}? (?:visit(?:ed|s)?|(?:is|are|were) visiting|paid an? (?:[\w-]+ )?visit to|travel(?:led|ed) to)"
        r" (?=(?:the )?[A-Z])"
    ),
    "zh": late(
        r"(?:代表团|一行|学员|官员)[^,\uff0c。;\uff1b]{0,24}(?:访问|到访|来访|参访|赴[^,\uff0c。;\uff1b]{1,20}(?:开展|进行)[^,\uff0c。;\uff1b]{0,10}交流)"
    ),
}


def launched(reading: Reading, language: str) -> Iterator[Found]:
    """Yield “other” where a headline or a first sentence says that a project is launched."""
    yield from _done(reading, language, _LAUNCHED[language], "other", _SURE)


def trained(reading: Reading, language: str) -> Iterator[Found]:
    """Yield a training where a first sentence says that so many people were trained."""
    yield from _done(reading, language, _TRAINED[language], "training", _SURE)


def met(reading: Reading, language: str) -> Iterator[Found]:
    """Yield a meeting where a first sentence says that officials met."""
    yield from _done(reading, language, _MET[language], "meeting", _SURE)


def visited(reading: Reading, language: str) -> Iterator[Found]:
    """Yield a study visit where a first sentence says that a delegation visited; sure only where it is to learn."""
    words = "".join(reading.page.of(each.span) for each in lead(reading, language, _LEAD + 1))
    learns = bool(_TO_LEARN.search(words)) or any(each in words for each in ("学习", "考察", "交流经验", "借鉴"))
    yield from _done(reading, language, _VISITED[language], "study-visit", _SURE if learns else _GUESS)


def _done(reading: Reading, language: str, pattern: re.Pattern[str], kind: str, weight: int) -> Iterator[Found]:
    for sentence in [*headlines(reading, language)[:1], *lead(reading, language, _LEAD)]:
        if found := pattern.search(reading.page.text, sentence.span.start, sentence.span.end):
            yield Found(kind, (Span(*found.span()),), language, weight)
            return
