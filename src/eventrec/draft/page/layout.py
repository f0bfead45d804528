"""From the source of a release to its page, step by step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.page import furniture, order, paragraphs, scripts
from eventrec.draft.page.furniture import words
from eventrec.draft.page.order import Block
from eventrec.draft.page.parts import Kind, Page, Passage
from eventrec.draft.page.plain import plain, trimmed
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.page.furniture import Furniture
    from eventrec.draft.page.paragraphs import Line


def lay_out(source: str) -> Page:
    """Return the page of a release: headlines and body told from menus and stamps, English from Chinese."""
    text = plain(source)
    lines = paragraphs.lines(text)
    told = _furniture(text, lines)
    joined = paragraphs.joined(text, lines, [each is not None for each in told])
    known = {line.start: each for line, each in zip(lines, told, strict=True) if each}
    blocks = order.told(text, list(_blocks(text, joined, known)))
    passages = tuple(Passage(each.span, each.kind or Kind.BODY, each.language, each.why) for each in blocks)
    return Page(source, _unbroken(text, passages), passages)


def _furniture(text: str, lines: Sequence[Line]) -> list[Furniture | None]:
    """Return for each line what its own words say that it is, unless it goes on with the one before.

    A release has some hundred lines; in a text of many thousand the others are not looked at.
    """
    found: list[Furniture | None] = []
    for at, line in enumerate(lines[:_MOST_LINES]):
        if at and found[-1] is None and paragraphs.goes_on(text, lines[at - 1], line):
            found.append(None)
        else:
            found.append(furniture.of_line(text[line.start : line.end]))
    return [*found, *[None] * (len(lines) - len(found))]


def _blocks(text: str, joined: Iterator[Line], told: dict[int, Furniture]) -> Iterator[Block]:
    """Return each paragraph with what it is known to be, a stamp before it and its languages apart."""
    before, sent = "", False
    for line in joined:
        span = Span(line.start, line.end)
        inside = text[line.start : line.end]
        known = told.get(line.start) or _known(inside, before)
        subject = _TITLE.match(inside) or (_SUBJECT.match(inside) if sent else None)
        sent = known is words.SENT_BY or (sent and known is not None)
        before = inside
        if subject:
            yield Block(
                Span(span.start + subject.end(), span.end), scripts.language(inside[subject.end() :]), marked=True
            )
            continue
        if known:
            yield Block(span, scripts.language(inside), *known)
            continue
        stamp = furniture.stamps.before(inside[:_STAMPED])
        if stamp:
            yield _pasted(text, span.start, span.start + stamp, words.LABEL)
            span = Span(span.start + stamp, span.end)
        behind = furniture.stamps.behind(inside)
        if behind < len(inside):
            span = Span(span.start, span.start + behind)
        marked = text[max(0, line.start - 2) : line.start] == "# "
        for part, language in scripts.split(text, span):
            if part.end > part.start:
                yield Block(part, language, marked=marked)
        if behind < len(inside):
            yield _pasted(text, line.start + behind, line.end, words.TAKEN_FROM)


def _pasted(text: str, start: int, end: int, other: Furniture) -> Block:
    """Return what stands in one line with the text and is none of it: a date, or something else."""
    span = trimmed(text, start, end)
    return Block(span, "en", *(words.PUT_UP if any(map(str.isdigit, text[span.start : span.end])) else other))


_MOST_LINES: Final = 10_000
_STAMPED: Final = 400
_TITLE: Final = late(r"(?:(?:news\s)?title|headline|(?:新闻|文章)?(?:标题|题目))\s?[:：]\s?(?=\S)", re.I)
_SUBJECT: Final = late(r"(?:subject|主题)\s?[:：]\s?(?:(?:re|fwd?|答复|转发)\s?[:：]\s?){0,3}(?=\S)", re.I)


def _known(inside: str, before: str) -> Furniture | None:
    """Return what a paragraph is by its words and the line before it: “Our Work / Our WorkAs the leading …”."""
    if furniture.stamps.is_dateline(inside):
        return words.DATELINE
    if scripts.is_foreign(inside):
        return words.FOREIGN
    if furniture.about.is_one(inside):
        return words.ABOUT
    if not 1 < len(before) < 60 or not inside.casefold().startswith(before.casefold()):
        return None
    following = inside[len(before) : len(before) + 1]
    return words.MENU if following in ("", "\n") or (following.isalpha() and following.isupper()) else None


def _unbroken(text: str, passages: Sequence[Passage]) -> str:
    """Return the text with blanks for the line breaks within a passage."""
    parts, at = [], 0
    for passage in passages:
        parts += [text[at : passage.span.start], text[passage.span.start : passage.span.end].replace("\n", " ")]
        at = passage.span.end
    return "".join([*parts, text[at:]])
