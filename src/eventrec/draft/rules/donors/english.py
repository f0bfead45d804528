"""Who pays, in English: “funded by”, “with financial support from”, “EU-funded”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.projects import named_at
from eventrec.draft.rules.donors.names_en import named, split
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_SURE: Final = 88
_GUESS: Final = 55
"""How far it is believed where what is paid for is not an event or a project: “research funded by …”.

So is “sponsored by”, which in translated releases says who holds an event.
"""

_ASK: Final = 45
"""How far it is believed where who often pays is only said to support."""


_PAID: Final = late(
    r"(?<![-\w])(?:co-?)?(?:funded|financed|sponsored|bankrolled)(?: \w+ly)?(?: and \w+)? (?:by|through|from)\s"
    r"|(?<![-\w])(?:financially (?:supported|assisted|backed)|supported financially|paid for) by\s",
    re.IGNORECASE,
)
_ADJOINING: Final = late(
    r"\b(?:[Tt]he|[Aa]|[Uu]nder|[Ww]ithin) (?P<name>(?:[A-Z][\w.]{0,20} ){0,3}(?:Agency|Department|Ministry|Bureau)"
    r" (?:for|of) [A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|and|of|for)){0,6} \([A-Z]{2,8}\))(?:'s)? [\"“]?"
    r"(?=[A-Z][^.;,()]{2,80}[\"”]? (?:[Pp]roject|[Pp]rogram(?:me)?|[Ii]nitiative)\b)"
)
"""Who has a project named after it: “the Agency for Boats (AB) Safe Harbours project”."""

_MONEY: Final = late(
    r"\b(?:(?:financial|funding|budgetary|monetary)(?: and [\w-]+)? (?:support|assistance|contributions?|aid|backing"
    r"|resources)"
    r"|(?:support and )?(?:co-)?(?:funding|funds|financing|sponsorship)(?: support)?|grants?(?: funding)?|donations?"
    r"|generous (?:support|contributions?|assistance|donations?)(?: and [\w-]+)?)"
    r"(?: (?:of|worth) (?:about |some |over |nearly )?(?:[A-Z]{2,3}\$? ?|[€$£¥] ?)?\d[\d.,]*(?: ?(?:million|thousand"
    r"|billion))?"
    r"(?: (?:euros?|dollars?|US dollars))?)?"
    r" (?:kindly |generously |jointly )?(?:(?:provided|granted|made available|given|received|secured) )?(?P<by>from"
    r"|by|of)\s",
    re.IGNORECASE,
)
_THANKS: Final = late(
    r"\b(?:with|thanks to|through|by|due to|under|received?|receiv(?:es|ing)|benefit(?:s|ed|ing) from|and|including"
    r"|made possible by|owing to|(?:million|thousand|euros?|dollars?) in)"
    r"(?: the| a| an| additional| joint| kind| partial| full| its| generous| support and| technical and"
    r"| political and)*\s*$",
    re.IGNORECASE,
)
_ADJECTIVE: Final = late(
    r"(?<![\w.])(?P<name>(?:(?:[A-Z][\w.]{0,30}|of|the)[ ]){0,6}[A-Z][\w.]{0,30})[- ](?:co-)?(?:funded|financed"
    r"|sponsored)\b(?! (?:by|through|from))"
)
_ACTIVE: Final = late(
    r"(?<![\w.&'-])(?P<name>[A-Z][\w.&'-]{0,30}(?: (?:[A-Z][\w.&'-]{0,30}|\(\w{1,12}\)|of|the|and|for)){0,20}"
    r"(?<! of)(?<! the)(?<! and)(?<! for))"
    r" (?:is |are |has |have |which |that |kindly |generously |also |jointly ){0,3}"
    r"(?:fund(?:s|ed|ing)?|financ(?:es?|ed|ing)|sponsor(?:s|ed|ing)?|provid(?:es?|ed"
    r"|ing) (?:the )?(?:\w+ )?(?:funding|funds|financial (?:support|assistance)))"
    r"(?: for| to)? (?:the|this) (?:[\w-]+ ){0,2}(?:project|programme|program|workshop|training|event|activity"
    r"|initiative|seminar)\b"
)
_PAID_FOR: Final = late(
    r"(?:projects?|programmes?|programs?|workshops?|trainings?|events?|activit(?:y|ies)|seminars?|initiatives?|action"
    r"|conferences?|meetings?"
    r"|courses?|visits?|tours?|phase(?: [IVX\d]+)?|forum|consultations?|dialogues?|facility|roundtables?|series"
    r"|series of \w+|sessions?"
    r"|it|they|(?P<name>(?-i:[A-Z]{2,8}(?:[ -][IVX\d]+)?)|\)|”|\"|'))[,.]?[”\"']?,?"
    r"(?: (?:and|which|that|is|are|was|were|has|have|been|being|also|both|will|be|principally|mainly|largely|jointly"
    r"|fully|partly|partially|generously|kindly|organi[sz]ed|held|implemented|supported))*\s*$",
    re.IGNORECASE,
)
_SUBJECT: Final = late(
    r"\b(?:project|programme|program|workshop|trainings?|event|activit(?:y|ies)|seminar|initiative|action|conference"
    r"|meeting|courses?|visit|tour|phase|forum|it|this)\b[^.;]{0,200}?\b(?:is|are|was|were|been|being)"
    r"(?:(?: \w+ly| also| both)*|\s[^.;]{1,120}?,? and(?: is| was| also)*)\s*$",
    re.IGNORECASE,
)
_EVENT: Final = late(
    r"\b(?:project|programme|workshop|training|event|activity|seminar|initiative|conference|meeting|course|visit)\b",
    re.IGNORECASE,
)
_SUPPORTED: Final = late(
    r"(?:(?P<project>\b(?:project|programme|program|initiative|phase(?: [IVX\d]+)?|dialogue|partnership)|\)|”|\")"
    r"|\b(?:workshop|training|event|activity|seminar|conference|meeting|course|visit))"
    r"(?:,|,? (?:which )?(?:is|was|has been|are)) (?:also |kindly |generously )?supported by "
    r"|\bwith (?:the )?(?:kind |generous )?support (?:of|from) ",
    re.IGNORECASE,
)
_PAYS: Final = late(
    r"\b[Gg]overnments?\b|\bEmbassy|\bEuropean (?:Union|Commission)|^EU$|\bKingdom of|Foundation|\b(?:Trust )?Fund$"
    r"|\bMinistry of Foreign"
    r"|\bAgency for (?:International )?(?:Development|Cooperation)|Cooperation Agency|^(?:USAID|JICA|KOICA|GIZ|SIDA"
    r"|NORAD|SDC|DFID|FCDO)$"
)
"""Who often pays where a text only says support."""

_OUT_OF: Final = late(
    r",? through (?:the|its|their) (?:[A-Z][\w'-]+ (?:(?:of|for|on|and) )?){0,6}(?:Fund|Instrument|Facility)\b"
)
"""What makes support money: “with the support of Utopia through its Fund”."""

_GOVERNS: Final = late(r"\b(?:Ministry|Department|Bureau|Agency|Home Office|Foreign Office)\b")
"""Who pays for a project that it supports."""


_THANKED: Final = late(
    r"\b(?:grateful|thank(?:s|ed|ful)?|gratitude|appreciat\w{1,5}|acknowledg\w{1,6}|indebted)\b[^.;]{0,80}?"
    r"(?: to)? the (?P<name>[A-Z][\w.&'-]{0,30}(?: (?:[A-Z][\w.&'-]{0,30}|\(\w{1,12}\)|of|the|and|for)){0,20}"
    r"(?<! of)(?<! the)(?<! and)(?<! for))"
    r" for (?:(?:its|their|the|generous|kind|generously|kindly) ){0,3}(?:fund\w*|financ\w+|sponsor\w*)\b"
)
_HELD: Final = late(
    r"^(?:(?:Jointly |Partly |Fully |Generously )?|(?:Jointly )?(?:[Oo]rgani[sz]ed|[Ii]mplemented|[Hh]osted|[Hh]eld"
    r"|[Cc]onducted)\b.{0,120}\band (?:\w+ly )?)$"
)
_AND: Final = late(r"(?:\band|,)(?: is| was)? $")
_AFTER_ADJECTIVE: Final = late(
    r"\W{0,3}(?:[^\s.;]+ ){0,14}?[\"“']?(?:project|programme|program|workshop|training|event|activity|seminar"
    r"|initiative|action|conference"
    r"|meeting|course|visit|tour|dialogue|forum|facility)\b",
    re.IGNORECASE,
)


_WITH: Final = late(
    r"\b(?:with|through|using|by|under) (?P<name>(?:the )?[A-Z][\w.]{0,30}(?: (?:[A-Z][\w.]{0,30}"
    r"|of)){0,6}) (?:funding|funds|financing|financial support)\b"
    r"(?! (?:from|by|of))"
)


def find(reading: Reading) -> Iterator[tuple[str, Span, int]]:
    """Yield each donor that English sentences name: the name, where it stands, how far it is believed."""
    for sentence in reading.page.sentences:
        if sentence.language == "en":
            yield from _after_words(reading, sentence)
            yield from _as_adjective(reading, sentence)
            yield from _as_subject(reading, sentence)


def _after_words(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, Span, int]]:
    """Yield the donors after “funded by” or “with funding from”."""
    text, within = reading.page.text, sentence.span
    before = None
    for found in _PAID.finditer(text, within.start, within.end):
        left = text[max(within.start, found.start() - 260) : found.start()]
        paid_for = (
            _is_paid_for(reading, left, found.start())
            or _SUBJECT.search(left)
            or _HELD.search(left)
            or (before and _AND.search(left[-60:]))
        )
        if found[0].lower().startswith("sponsored") or found[0].rstrip().endswith("through"):
            paid_for = None
        before = paid_for
        yield from _listed(reading, found.end(), within.end, _SURE if paid_for else _GUESS)
    for found in _SUPPORTED.finditer(text, within.start, within.end):
        of_project = bool(found["project"])
        for name, span in named(reading, found.end(), within.end):
            if (
                _PAYS.search(name)
                or "Department of State" in name
                or (of_project and (_GOVERNS.search(name) or _is_place(reading, name, span)))
            ):
                out_of = _OUT_OF.match(text, span.end, within.end)
                yield name, span, _SURE if out_of else _GUESS if of_project else _ASK
    for pattern in (_THANKED, _ADJOINING):
        yield from _guessed(reading, pattern, within)
    for found in _WITH.finditer(text, within.start, within.end):
        for each, span in split(reading, found["name"], found.start("name")):
            yield each, span, _SURE
    for found in _MONEY.finditer(text, within.start, within.end):
        left = text[max(within.start, found.start() - 60) : found.start()]
        sure = bool(_THANKS.search(left))
        if sure or found["by"] != "of":
            yield from _listed(reading, found.end(), within.end, _SURE if sure else _GUESS)


def _guessed(reading: Reading, pattern: re.Pattern[str], within: Span) -> Iterator[tuple[str, Span, int]]:
    """Yield the names that a pattern finds, to be asked about."""
    for found in pattern.finditer(reading.page.text, within.start, within.end):
        for name, span in split(reading, found["name"], found.start("name")):
            yield name, span, _GUESS


def _is_paid_for(reading: Reading, left: str, at: int) -> bool:
    """Tell whether the words before “funded by” are an event or a project, an acronym or bracket that of one."""
    if named_at(reading.projects, Span(max(0, at - 2), at)):
        return True
    found = _PAID_FOR.search(left[-60:])
    if not found or not found["name"]:
        return found is not None
    if found["name"] in {each.code for each in reading.projects if each.code}:
        return True
    return named_at(reading.projects, Span(max(0, at - 6), at)) is not None or bool(_EVENT.search(left[-160:]))


def _as_adjective(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, Span, int]]:
    """Yield the donors before “-funded”."""
    text, within = reading.page.text, sentence.span
    for found in _ADJECTIVE.finditer(text, within.start, within.end):
        start = found.start("name")
        name = found["name"].rpartition(" the ")[2].rpartition(" of the ")[2]
        name = re.sub(r"^(?:(?:The|Under|Within|In|Through|As|of|the|This|An?) )+", "", name)
        if name.rpartition(" ")[2].isupper() and " of " in name:
            name = name.rpartition(" of ")[2]
        start = found.end("name") - len(name)
        about = _AFTER_ADJECTIVE.match(text, found.end(), min(within.end, found.end() + 200))
        for each, span in split(reading, name, start):
            yield each, span, _SURE if about else _GUESS


def _as_subject(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, Span, int]]:
    """Yield the donors of “… is funding the project”."""
    for found in _ACTIVE.finditer(reading.page.text, sentence.span.start, sentence.span.end):
        name = re.sub(r"^The ", "", found["name"])
        for each, span in split(reading, name, found.end("name") - len(name)):
            yield each, span, _SURE


def _listed(reading: Reading, start: int, end: int, weight: int) -> Iterator[tuple[str, Span, int]]:
    """Yield the donors of a list that begins at a place."""
    for each, span in named(reading, start, end):
        yield each, span, weight


def _is_place(reading: Reading, name: str, span: Span) -> bool:
    """Tell whether a donor is a country."""
    return any(place.span.meets(span) and len(reading.page.of(place.span)) >= len(name) for place in reading.places)
