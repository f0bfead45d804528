"""What numbers of people that are listed beside each other add up to; always a question, never an answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.rules.parties.numbers import ENGLISH, read_english
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.rules.parties.people import HeadCount

_BELIEVED: Final = 62
"""How far a sum is believed: enough to be asked about, and to make a smaller number a question."""

_LEAST: Final = 50
"""Numbers that are all believed less are not those of people who came."""

_NONE: Final = 30
_TEACHER: Final = 35
"""How far the number of those who taught is believed to be that of those who came."""

_FARTHEST: Final = 160
_SUBSET: Final = late(r"(?:including|of (?:whom|which)|among|comprising|consisting|:|\(|其中|包括|[((])", re.IGNORECASE)
_AND: Final = late(
    r"(?:(?:\band|[,、和及与]|as well as|plus)\s*(?:a |the )?(?:another |(?:an )?additional |(?:a )?further )?"
    r"|(?:[、和及与]|以及)\s?来自[\ue000、和与及]{1,120}的?"
    r"|[,、和及与]\s?(?:另有|还有)?(?:现场|到场|线上|线下|在线)(?:参会|参加)?)$",
    re.IGNORECASE,
)
_AMONG: Final = late(
    r"(?:including|of (?:whom|which|them)|among (?:them|whom)|comprising|\(|:|其中|包括)\s*(?:有)?$", re.IGNORECASE
)
_SEX: Final = late(r"\b(?:women|men|females?|males?|girls|boys)$|女性?|男性?", re.IGNORECASE)
_SHARED: Final = late(
    rf"(?<![\w.,/$€£-])(?P<number>{ENGLISH})(?:\s\(\d+\))?\s+(?:(?!and\b)[\w-]+\s+){{1,3}}and\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a number: another one for the same word, “15 Fijian and 11 Samoan officers”."""


_BESIDE: Final = late(
    r"\b(?:in[\s-]person|on-?\s?site|online|virtually|remotely|via\s\w+)\s*,?\s*(?:and|while|whereas|with|plus)\s+"
    r"(?:another |(?:an )?additional |(?:a )?further )?$"
    r"|(?:现场|到场|线上|线下|在线|远程|视频)(?:方式)?(?:参会|参加|出席|参与)[^,。;]{0,12},[^,。;]{0,30}$",
    re.IGNORECASE,
)
"""Between those who were in the room and those who were not."""

_ANOTHER_EVENT: Final = late(
    r"\b(?:held|organi[sz]ed|hosted|conducted|convened)\b|举办|举行|召开|舉辦|舉行|召開", re.IGNORECASE
)
_CAME: Final = late(r"\b(?:attended|took\s+part|participated|joined)\b|参加|出席|参与|与会|参会|參加", re.IGNORECASE)
_COME_TOO: Final = late(
    r"[^.;]{0,120}?\b(?:attend|took\s+part|participat|join|were)|[^,。;]{0,40}?(?:参加|出席|参与|与会|参会|參加)",
    re.IGNORECASE,
)
_TEACHERS: Final = late(
    r"\b(?:trainers?|facilitators?|instructors?|lecturers?|moderators?|mentors?|teachers?)$|(?:讲师|教官|培训师|教员|主讲人|師資|講師)$",
    re.IGNORECASE,
)
_TEACH: Final = late(
    r"(?:(?!\b(?:attend|took|tak|participat|join|were|was|receiv|complet|training|workshop|course|seminar|by|who)\w*\b)[^.;,]){0,60}?"
    r"\b(?:taught|teach(?:es|ing)?|lectur(?:ed|es|ing)|facilitat(?:ed|es|ing)|deliver(?:ed|s|ing)|led|instruct(?:ed|s)|presented"
    r"|spoke|moderated|trained\s+(?:the|them|officers|participants))\b"
    r"|(?:(?!参加|出席|参与|与会|接受)[^,。;]){0,24}?(?:授课|讲授|主讲|讲课|讲解|任教|执教|担任(?:讲师|教官|主讲)|授課|講授|主講)",
    re.IGNORECASE,
)


def teach(text: str, count: HeadCount) -> bool:
    """Tell whether the people who are counted taught, and did not take part: trainers, “two experts lectured”."""
    start, end = count.span.start, count.span.end
    if text[max(0, start - 1) : start] in ("为", "对", "给", "向", "為"):
        return False
    return _TEACHERS.search(text, start, end) is not None or _TEACH.match(text, end) is not None


def is_listed(text: str, left: int, right: int) -> bool:
    """Tell whether the words between two numbers add the second to the first: “12 officers from A and 9 from B”.

    Where each has its own verb, both must have come.
    """
    between = text[left:right]
    if len(between) > _FARTHEST or _SUBSET.search(between) or _ANOTHER_EVENT.search(between):
        return False
    if _BESIDE.search(between):
        return True
    if _CAME.search(between) and not _COME_TOO.match(text, right):
        return False
    return _AND.search(between) is not None


def with_sums(text: str, counts: Sequence[HeadCount]) -> list[HeadCount]:
    """Return the counts of a sentence and what those that are listed beside each other come to.

    Where each of them is an agency's own, the agencies have them, and nothing needs to be added.
    """
    found: list[HeadCount] = []
    for run in _runs(text, _with_teachers(text, counts)):
        rest = sum(each.number for each in run[1:])
        if len(run) > 2 and run[0].number == rest:
            found += [replace(run[0], part=False), *run[1:]]
            continue
        found += [run[0], *(replace(each, believed=max(each.believed, run[0].believed)) for each in run[1:])]
        if len(run) > 1 and _may_be_added(text, run):
            found.append(_sum(run))
    return found


def _with_teachers(text: str, counts: Sequence[HeadCount]) -> list[HeadCount]:
    """Return the counts with those of teachers marked; beside teachers alone a number is no part of a sum."""
    taught = [teach(text, each) for each in counts] if len(counts) > 1 else [False] * len(counts)
    alone = any(taught) and taught.count(False) == 1
    return [
        replace(each, believed=min(each.believed, _TEACHER), teacher=True)
        if teaches
        else replace(each, part=False)
        if alone and not _AMONG.search(text, max(0, each.span.start - 30), each.span.start)
        else each
        for each, teaches in zip(counts, taught, strict=True)
    ]


def _may_be_added(text: str, run: Sequence[HeadCount]) -> bool:
    """Tell whether a sum says something: not of some among those who came, nor of people and the women among them."""
    if min(each.believed for each in run) <= _NONE or all(each.owner is not None for each in run):
        return False
    sexes = {_SEX.search(text, each.span.start, each.span.end) is not None for each in run}
    if len(sexes) > 1 or _AMONG.search(text, max(0, run[0].span.start - 30), run[0].span.start):
        return False
    return sexes == {True} or max(each.believed for each in run) >= _LEAST


def _runs(text: str, counts: Sequence[HeadCount]) -> list[list[HeadCount]]:
    runs: list[list[HeadCount]] = []
    for each in counts:
        if (
            runs
            and not each.teacher
            and not runs[-1][-1].teacher
            and is_listed(text, runs[-1][-1].span.end, each.span.start)
        ):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _sum(run: Sequence[HeadCount]) -> HeadCount:
    return replace(
        run[0],
        number=sum(each.number for each in run),
        approximate=any(each.approximate for each in run),
        span=Span(run[0].span.start, run[-1].span.end),
        believed=_BELIEVED,
        part=False,
        owner=None,
        of_many=True,
        addends=tuple(each.number for each in run),
    )


def shared(text: str, left: int, count: HeadCount) -> HeadCount | None:
    """Return the sum with a number before it that has the same word for people, not before `left`."""
    begins = max(left, count.span.start - 60)
    before = _SHARED.search(text, begins, count.span.start)
    number = read_english(before["number"]) if before else None
    if before is None or number is None or count.believed < _LEAST:
        return None
    return replace(
        count,
        number=number + count.number,
        span=Span(before.start(), count.span.end),
        believed=_BELIEVED,
        part=False,
        owner=None,
        addends=(number, count.number),
    )
