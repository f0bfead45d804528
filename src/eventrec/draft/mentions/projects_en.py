"""Projects named in English: the capital words before “Project”, or the words in quotation marks beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from eventrec.draft import phases
from eventrec.draft.evidence import Span
from eventrec.draft.page import Kind
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.page import Sentence

_HEAD: Final = late(
    r"\b(?:[Pp]rojects?|PROJECT|[Pp]rogramme|[Pp]rogram|Initiative|initiative|Facility|Action|Scheme)\b(?!-)"
    r"(?! (?:[Oo]ffices?|[Oo]fficers?|[Mm]anagers?|[Mm]anagement|[Dd]irectors?|[Cc]oordinators?|[Aa]ssistants?"
    r"|[Tt]eams?|[Uu]nits?|[Dd]ocument"
    r"|[Ss]pecialists?|[Ll]eads?|[Ss]taff|[Pp]artners?|[Cc]ycle|[Ll]aunch)\b)"
)
_PHASED: Final = late(
    r"\b(?:Partnership|Dialogue|Mechanism|Platform)\b(?=,? (?:\([A-Z]{2}[\w-]*\),? )?[(–-]?\s?[Pp]hase\b)"
)
"""Other nouns, which say a project where it has a phase."""

_HELPING: Final = frozenset(("support", "assistance", "cooperation", "pilot", "twinning", "development", "partnership"))
"""Small words before “project” that belong to its name."""

_BEHIND: Final = late(
    r" (?:in|for|on|to|of|against) (?:the )?[A-Z][\w-]*(?: (?:[A-Z][\w-]*|and|of|the|on|for|in|to"
    r"|&)){0,12}(?=\s?[(\uff08][A-Z][A-Z]+)"
)
"""The rest of a name behind “Programme”, where an acronym closes it: “Programme in Central Asia (BOMCA)”."""

_BEHIND_ALONE: Final = late(
    r" (?:for|on|to|against) (?:the )?[A-Z][\w-]*(?: (?:[A-Z][\w-]*|and|of|the|on|for|in|to|against|from|with|&)){0,12}"
)
"""The rest of a name that begins with “Programme” or “Joint Programme”."""

_NAME_BEHIND: Final = late(
    r",? (?:(?:entitled|titled|called|named|known as) )?(?P<name>[A-Z][\w'-]*(?:,? (?:[A-Z][\w'-]*|and|of|the|on|for"
    r"|in|to|against|from|with|&)){1,20})"
    r"(?=\s?[(\uff08][A-Z][A-Z]|,? (?:co-)?(?:funded|financed|implemented|which)\b|,)"
)
"""A name behind “project” that is told by its capitals alone."""

_KINDS: Final = frozenset(("Joint", "Global", "Regional", "National", "Special", "Flagship"))

_PART_OF_MORE: Final = late(r" (?!(?:Phase|PHASE|[IVX]+)\b)[A-Z][a-z]")
"""What makes “Action” part of another name: “External Action Service”."""

_COURSE: Final = late(r"\b(?:Training|Exchange|Fellowship|Scholarship|Study|Visitors?|Master's|Degree|Course) Pro\w+$")
"""Programmes that people attend; as initiatives, which are politics too, they are asked about."""

_LONGEST: Final = 220
"""Characters of a name that are looked at."""

_SMALL: Final = frozenset(
    (
        "of", "on", "and", "for", "in", "the", "to", "with", "against", "from", "by", "at", "a", "an", "towards",
        "between", "or", "&", "into", "its", "their", "-", "–", "—",
    )
)  # fmt: skip
_LEADING: Final = frozenset(
    (
        "the", "a", "an", "this", "that", "these", "its", "their", "his", "her", "our", "under", "in", "within",
        "through", "as", "with", "for", "by", "from", "at", "on", "of", "to", "and", "or", "with", "since", "during",
        "following", "after", "both",
    )
)  # fmt: skip
_DESCRIBING: Final = frozenset(
    (
        "new", "current", "first", "second", "third", "former", "ongoing", "joint", "recent", "regional", "global",
        "national", "bilateral", "multi-year", "three-year", "four-year", "two-year", "five-year",
        "flagship",
    )
)  # fmt: skip
"""Small words that describe a project and are no part of its name."""

_TOKEN: Final = late(r"\S+")
_CAPITAL: Final = late(r"[\"“'(]?(?:(?:the|of|in|by)(?=[A-Z]{2}))?[A-Z0-9\u00c0-\u00de]")
_GLUED: Final = late(r"(?:the|of|in|by)(?=[A-Z]{2})")
"""A small word that lost its blank when a page was copied."""

_BRACKET: Final = late(
    r"\s?[(\uff08](?P<written>((?:[A-Z]|[a-z](?=[A-Z]{2}))[A-Za-z0-9&/.+-]{1,14}?)(?:[ -]([IVX]{1,4}|\d))?)[)\uff09]"
)
_FUNDED: Final = late(
    r"^.{0,80}?(?:\b(?:co-)?(?:funded|financed|supported|sponsored|backed)"
    r"|(?:-|(?<=[A-Z]{2}) )(?:implemented|led|run|executed|managed|delivered|coordinated)) ",
    re.IGNORECASE,
)
_OWNER: Final = (
    r"(?:(?:[A-Z][\w.]* ){0,5}(?:Agency|Ministry|Department|Organi[sz]ation|Bureau|Office|Commission|Fund)\b"
    r"[^()]{0,80}\([A-Z]{2,8}\)(?:'s)?|IOM|UNODC|UNHCR|ILO|UNDP|UNICEF|UNEP|UNESCO|WHO|FAO|IMO|WCO|ICMPD|OSCE|INTERPOL"
    r"|USAID|GIZ|JICA|KOICA)"
)
_WHOSE: Final = late(rf"^{_OWNER} (?=[\"“]?[A-Z0-9])")
"""Whose project it is, where that stands right before the name."""
_POSSESSIVE: Final = late(r"^.{0,60}?\b[A-Z]{2,}\w*(?: [A-Z][a-z]+)?'s? (?=[\"“'A-Z])")
_WHOSE_BEFORE: Final = late(rf"\b{_OWNER} [\"“]?$")
_LED: Final = late(
    r"(?:\b(?:framework|frame|context|scope|umbrella|auspices|aegis|remit|implementation|launch|activit(?:y|ies)"
    r"|component"
    r"|support|closure|closing|inception|result|phase|objectives?|workshop|training|seminar|meeting|event"
    r"|conference) of"
    r"|\bpart of|\bunder|\bwithin|\bthrough|\bvia|\b(?:funded|supported|financed|organi[sz]ed|held|implemented"
    r"|made possible) by"
    r"|\b(?:launch(?:ed|es|ing)?|inaugurat(?:ed|es|ing)|kick(?:s|ed|ing)?[ -]off)"
    r"|\bfor the)"
    r"(?: (?:the|its|their|an?|this|our|[\w.&-]+(?: [\w.&-]+){0,3}'s?))?(?: (?:[\w-]+ )?(?:new|joint|current|ongoing"
    r"|regional"
    r"|global|national|bilateral|multi-year|\w+-year|[\w-]+[- ](?:funded|financed|supported|implemented"
    r"|led|run|executed|managed|delivered|coordinated)|(?:co-)?(?:funded"
    r"|financed)))*\s*[\"“']?$",
    re.IGNORECASE,
)
_FUNDED_BEFORE: Final = late(r"[\w.][- ](?:co-)?(?:funded|financed) [\"“]?$", re.IGNORECASE)
_PAID_THROUGH: Final = late(
    r"\b(?:fund|financ|sponsor|support)\w*\b[^.;]{0,100}\b(?:through|via|under) (?:its|their) $"
    r"|\b(?:fund|financ|sponsor)\w* (?:through|via|by|from) (?:the )?$",
    re.IGNORECASE,
)
"""What leads to the programme out of which somebody pays: “funded by Utopia through its …”."""

_AFTER: Final = late(
    r"[,.]?[\"”'’]?(?: (?:pilot |regional )?(?:project|programme|program|initiative)\b)?"
    rf"(?:\s*[,:–—-]?\s*\(?\b[Pp](?:hase|HASE) (?P<phase>{phases.NUMBER_EN})\b\)?|\s(?P<roman>II|III|IV"
    r"|V)\b)?[\"”'’]?"
    rf"(?:\s*[(\uff08](?:the )?[\"“']?(?P<written>"
    rf"(?P<code>(?:[A-Z]|[a-z](?=[A-Z]{{2}}))[A-Za-z0-9&/.+-]{{1,14}}?(?: [A-Z][a-z]{{3,12}})?)"
    rf"(?:[ -](?P<coded>[IVX]{{1,4}}|\d))?)[\"”']?(?:,? [Pp]hase (?P<inside>{phases.NUMBER_EN}))?[)\uff09])?"
    rf"(?:\s*[,–—-]?\s*\(?\b[Pp]hase (?P<late>{phases.NUMBER_EN})\b\)?)?"
)
_QUOTE: Final = late(r"“([^“”]{3,200})”|\"([^\"]{3,200})\"|(?<![\w'])'((?:[^'\"“”]|'(?=\w)){3,200})'(?!\w)")
_BEFORE_QUOTE: Final = late(
    r"(?<!training )(?<!study )(?<!exchange )(?<!learning )\b(?:project|programme|program|initiative|action"
    r"|facility)s?,?(?: (?:entitled|titled|called|named|known as"
    r"|on))?,? ?$",
    re.IGNORECASE,
)
_AFTER_QUOTE: Final = late(
    r" ?(?:[(\uff08][A-Z][\w&/ -]{1,20}[)\uff09] ?)?(?:\w+ )?(?:project|programme|program|initiative)\b", re.IGNORECASE
)
_ORGANISATION: Final = late(
    r"\b(?:World Food|(?:UN|United Nations|Nations) (?:Development|Environment|Human Settlements)"
    r"|on HIV/AIDS) Programme$"
)
_ALSO: Final = late(r",? (?:and|&|as well as)(?: of| under)?(?: the| its)? [\"“]?")
"""What joins two projects of which what leads to the first leads to both."""

_DASHED: Final = late(r"\b[A-Z][\w ]{2,60}? \(([A-Z]{2,8})\)\s*[–—-]\s*(?=[A-Z])")
_WORD: Final = late(r"[A-Z0-9][\w'-]*")


def in_sentence(text: str, sentence: Sentence) -> Iterator[dict[str, Any]]:
    """Yield the projects that a sentence names: the fields of a mention."""
    found = list(_in_quotes(text, sentence.span))
    taken = [each["span"] for each in found]
    if sentence.kind is not Kind.HEADLINE:
        found += _by_capitals(text, sentence.span, taken)
    before: dict[str, Any] | None = None
    for each in sorted(found, key=lambda one: one["span"]):
        if before and _ALSO.fullmatch(text, before["span"].end, each["span"].start):
            each["led"] = each["led"] or before["led"]
        yield (before := each)


def _by_capitals(text: str, within: Span, taken: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """Yield the projects that capital words before “Project” name, where none was found yet."""
    quoted, last = iter([*taken, Span(within.end, within.end)]), Span(within.start, within.start)
    following = next(quoted)
    heads = [*_HEAD.finditer(text, within.start, within.end), *_PHASED.finditer(text, within.start, within.end)]
    for head in sorted(heads, key=lambda each: each.start()):
        while following.end <= head.start() and following.start < within.end:
            following = next(quoted)
        if following.meets(Span(*head.span())) or last.meets(Span(*head.span())):
            continue
        if following.start < within.end and not text[head.end() : following.start].strip(" ,:"):
            continue
        if found := _before(text, within, head) or _behind(text, within, head):
            last = found["span"]
            yield found


def _in_quotes(text: str, within: Span) -> Iterator[dict[str, Any]]:
    """Yield “Name” project, project “Name” (ABC), and “Name Project”."""
    for quote in _QUOTE.finditer(text, within.start, within.end):
        name = (quote[1] or quote[2] or quote[3]).strip(" ,.")
        left = text[max(within.start, quote.start() - 160) : quote.start()]
        right = text[quote.end() : min(within.end, quote.end() + 60)]
        inside = list(_HEAD.finditer(name))
        own_head = bool(inside) and inside[-1].end() >= len(name) - 12
        beside = bool(_BEFORE_QUOTE.search(left) or _AFTER_QUOTE.match(right))
        if not (own_head or beside) or not _CAPITAL.match(name) or len(_WORD.findall(name)) < 1:
            continue
        yield _mention(
            text,
            name,
            Span(quote.start(), quote.end()),
            led=beside or bool(_LED.search(left)),
            quoted=True,
            end=within.end,
        )


def _before(text: str, within: Span, head: re.Match[str]) -> dict[str, Any] | None:
    """Return the project whose name stands before a noun that says project."""
    if head[0][0].isupper() and _PART_OF_MORE.match(text, head.end(), within.end):
        return None
    start, left_start = head.start(), max(within.start, head.start() - _LONGEST)
    tokens = list(_TOKEN.finditer(text, left_start, head.start()))
    first = None
    for token in reversed(tokens):
        word = token[0]
        helps = first is None and word in _HELPING
        if (
            not (_CAPITAL.match(word) or word.lower() in _SMALL or helps)
            or word[-1] in ';:.!?”"'
            or (_HEAD.match(word) and word != "Action")
        ):
            break
        first = token
    if first is None or first[0] in _HELPING:
        return None
    start = _trimmed(text, first.start(), head.start())
    left = _WHOSE_BEFORE.sub("", text[max(within.start, start - 160) : start])
    led = bool(_LED.search(left) or _FUNDED_BEFORE.search(left)) and not _PAID_THROUGH.search(left)
    name = text[start : head.end()]
    if not led and ", " in name:
        start += name.rindex(", ") + 2
        start = _trimmed(text, start, head.start())
        name = text[start : head.end()]
    capitals = [word for word in _WORD.findall(text[start : head.start()]) if word.lower() not in _LEADING]
    if not capitals and not (led and head[0][0].isupper() and _BEHIND_ALONE.match(text, head.end(), within.end)):
        return None
    if _ORGANISATION.search(name) or (head[0][0].islower() and len(capitals) < 2 and not led):
        return None
    if head[0].endswith("s") or (head[0] in ("Action", "Scheme", "Facility", "initiative") and not led):
        return None
    last = _last(text, head, capitals, within.end)
    closed = text[last : last + 2] == " (" or bool(_FUNDED_BEFORE.search(left))
    led = led and (closed or not (head[0].lower() == "initiative" or _COURSE.search(name)))
    return _mention(text, text[start:last], Span(start, last), led=led, quoted=False, end=within.end)


def _behind(text: str, within: Span, head: re.Match[str]) -> dict[str, Any] | None:
    """Return the project whose name stands behind “project” without quotation marks, closed by an acronym or comma."""
    found = _NAME_BEHIND.match(text, head.end(), within.end) if head[0][0].islower() else None
    left = text[max(within.start, head.start() - 120) : head.start()]
    led = bool(_LED.search(left) or _FUNDED_BEFORE.search(left)) and not _PAID_THROUGH.search(left)
    if not found or len(_WORD.findall(found["name"])) < (2 if led else 3):
        return None
    return _mention(text, found["name"], Span(*found.span("name")), led=led, quoted=False, end=within.end)


def _last(text: str, head: re.Match[str], capitals: list[str], end: int) -> int:
    """Return where a name ends: with “Project”, or behind the words that follow it."""
    behind = _BEHIND.match(text, head.end(), end)
    if behind is None and head[0][0].isupper() and set(capitals) <= _KINDS:
        behind = _BEHIND_ALONE.match(text, head.end(), end)
    return behind.end() if behind else head.end()


def _trimmed(text: str, start: int, end: int) -> int:
    """Return where a name begins, after who pays, whose it is, and small words."""
    while True:
        before = start
        for pattern in (_FUNDED, _POSSESSIVE, _WHOSE):
            if found := pattern.match(text[start:end]):
                start += found.end()
        token = _TOKEN.match(text, start, end)
        if token and (token[0].lower() in _LEADING or token[0] in _DESCRIBING or token[0] in "-–—"):
            start = token.end()
        elif glued := _GLUED.match(text, start, end):
            start = glued.end()
        while start < end and text[start] in ' "“':
            start += 1
        if start == before or start >= end:
            return min(start, end)


def _mention(text: str, name: str, span: Span, *, led: bool, quoted: bool, end: int) -> dict[str, Any]:
    """Take acronym and phase out of a name and from behind it."""
    after = _AFTER.match(text, span.end, min(end, span.end + 120))
    said = after.groupdict() if after else {}
    name, code, written, phase = _without_acronym(name)
    if phase is None and (found := phases.ENGLISH.search(name)):
        phase = found["after"] or found["before"]
        name = name[: found.start()].rstrip(" ,–—-(") + name[found.end() :].lstrip(")")
    if phase is None and (found := re.search(r" (II|III|IV|V)$", name)):
        phase, name = found[1], name[: found.start()]
    phase = (
        phase or said.get("phase") or said.get("roman") or said.get("coded") or said.get("inside") or said.get("late")
    )
    before = phases.ENGLISH.search(text[max(0, span.start - 40) : span.start])
    if (
        phase is None
        and before
        and re.fullmatch(r" of (?:the|its|their) [\"“']?", text[max(0, span.start - 40) : span.start][before.end() :])
    ):
        phase = before["before"] or before["after"]
    if code is None and (alone := re.fullmatch(r"([A-Z][A-Z0-9-]{2,14})(?:[ -](I{1,3}|IV|V|\d))?(?: [Pp]ro\w+)", name)):
        code, phase, written = alone[1], phase or alone[2], name.rpartition(" ")[0]
    last = span.end + (len(after[0].rstrip()) if after and (said.get("code") or phase) else 0)
    return {
        "span": Span(span.start, last),
        "name": " ".join(name.split()),
        "code": code or said.get("code"),
        "written": written or said.get("written"),
        "phase": phases.roman(phase) if phase else None,
        "led": led,
        "quoted": quoted,
    }


def _without_acronym(name: str) -> tuple[str, str | None, str | None, str | None]:
    """Return a name without the acronym in brackets that is its own, the acronym, also with its phase, and the phase.

    “European Union (EU) – China Dialogue” keeps the acronym in place of what it stands for.
    """
    name = _DASHED.sub(lambda found: f"{found[1]}-", name)
    found = _BRACKET.search(name)
    if not found:
        return name, None, None, None
    rest = name[found.end() :]
    return _joined(name[: found.start()], rest), found[2], found["written"], found[3]


def _joined(before: str, after: str) -> str:
    """Join what stands around the brackets; a small “project” behind them is no part of the name."""
    joined = f"{before.rstrip()} {after.strip()}".strip()
    return re.sub(r" (?:project|programme|program|initiative)$", "", joined)
