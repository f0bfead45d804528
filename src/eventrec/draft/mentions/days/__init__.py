"""Dates of a text, with or without their year."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.days import chinese, english, figures
from eventrec.draft.mentions.days.day import Day, DayMention, follow_each_other, in_one_year, length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.reading import Reading

__all__ = ["Day", "DayMention", "find", "impossible", "in_one_year", "length", "written"]

_MOST: Final = 400
_LONGEST_BETWEEN: Final = 24
_JOINTS: Final = {"en": english.JOINED, "zh": chinese.JOINED}


def find(reading: Reading) -> Sequence[DayMention]:
    """Return the dates of the text, in order; of a list without end, the first ones."""
    return [each for each in written(reading.page.text) if each.exists][:_MOST]


def impossible(reading: Reading) -> Sequence[DayMention]:
    """Return what is written like a date and is none: “31 February”."""
    return [each for each in written(reading.page.text) if not each.exists][:_MOST]


def written(text: str) -> list[DayMention]:
    """Return everything written like a date, in order; stamps and captions are among them."""
    found = [*islice(figures.find(text), _MOST), *english.find(text, _MOST), *islice(chinese.find(text), _MOST)]
    found.sort(key=lambda each: (each.span.start, -each.span.end))
    return figures.settle(_joined(text, _apart(found)), text)


def _apart(found: Sequence[DayMention]) -> list[DayMention]:
    """Leave out what lies within another."""
    kept: list[DayMention] = []
    for each in found:
        if not kept or not kept[-1].span.meets(each.span):
            kept.append(each)
        elif each.span.end - each.span.start > kept[-1].span.end - kept[-1].span.start:
            kept[-1] = each
    return kept


def _joined(text: str, found: Sequence[DayMention]) -> list[DayMention]:
    """Make one of two dates with “to” between them, and of two days that follow each other with “and”."""
    kept: list[DayMention] = []
    for each in found:
        before = kept[-1] if kept else None
        joined = _join(text, before, each) if before else None
        if joined:
            kept[-1] = joined
        else:
            kept.append(each)
    return kept


def _join(text: str, one: DayMention, other: DayMention) -> DayMention | None:
    between = other.span.start - one.span.end
    if between > _LONGEST_BETWEEN or one.days or other.days or one.first != one.last or other.first != other.last:
        return None
    joint = _JOINTS[other.language].fullmatch(text, one.span.end, other.span.start)
    if not joint or one.in_figures != other.in_figures:
        return None
    first, last = in_one_year(one.first, other.last)
    if joint["and"] and not follow_each_other((first, last)):
        return None
    turned = (one.other[0], other.other[1]) if one.other and other.other else None
    return replace(one, span=Span(one.span.start, other.span.end), first=first, last=last, other=turned)
