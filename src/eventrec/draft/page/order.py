"""What a block is by where it stands: above all text, among it, or below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.page import furniture, headlines, scripts
from eventrec.draft.page.furniture import words
from eventrec.draft.page.parts import Kind
from eventrec.draft.page.plain import trimmed
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.page.furniture import Furniture


@dataclass(frozen=True)
class Block:
    """A paragraph, or a part of one in one language; `kind` where it is known, `marked` as a heading of Markdown."""

    span: Span
    language: str
    kind: Kind | None = None
    why: str = ""
    marked: bool = False

    def become(self, found: Furniture) -> Block:
        """Return the block as what it was found to be."""
        return replace(self, kind=found.kind, why=found.why)


def told(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Tell headlines, body, labels and menus apart among the blocks whose own words do not say."""
    blocks = list(_run_in(text, blocks))
    blocks = list(_out_of_the_path(text, blocks))
    prose = [each.kind is None and _is_prose(text, each) for each in blocks]
    first = prose.index(True) if True in prose else len(blocks)
    foreign = first == len(blocks) and any(each.why == words.FOREIGN.why for each in blocks)
    if foreign:
        return [each if each.kind else each.become(words.FOREIGN) for each in blocks]
    titles = _headlines(text, blocks, prose, first)
    blocks = [replace(each, kind=Kind.HEADLINE) if at in titles else each for at, each in enumerate(blocks)]
    if titles or first < len(blocks):
        blocks = list(_above(text, blocks, first, min(titles, default=first)))
    return list(_below(text, list(_repeated(text, blocks, titles)), first))


def _out_of_the_path(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Take the headline out of the path through the site where it stands nowhere else: “Home > News > Workshop”."""
    others = [each for each in blocks if each.kind is None and headlines.fits(_words(text, each), each.language)]
    for block in blocks:
        inside = _words(text, block)
        at = furniture.site.last_step(inside) if block.why == words.MENU.why and len(inside) < _PATH else 0
        language = scripts.language(inside[at:])
        alone = all(_is_prose(text, each) or each.language != language for each in others)
        if at and alone and headlines.fits(inside[at:], language) and headlines.happens(inside[at:]):
            yield replace(block, span=trimmed(text, block.span.start, block.span.start + at))
            yield Block(Span(block.span.start + at, block.span.end), language)
        else:
            yield block


_PATH: Final = 300
_LONG: Final = {"en": 90, "zh": 36}
_LONGER: Final = {"en": 240, "zh": 90}
_SHORT: Final = {"en": 30, "zh": 12}
"""Characters of a block that may be prose: with several sentences, in any case, and with a full stop."""

_TITLED: Final = 160
_STOPPED: Final = late(r"[.!?。！？…][\"'”’)）」]{0,3}$")
_GOES_ON: Final = late(r"[。！？]|[a-z)”\"]\.\s+[A-Z“]")


def _is_prose(text: str, block: Block) -> bool:
    """Tell whether a block is text of the release, by its length and its full stops."""
    start, end = block.span.start, block.span.end
    size = end - start
    if size >= _LONGER[block.language]:
        return True
    if size <= _TITLED and block.language == "en" and headlines.is_titled(text[start:end]):
        return False
    if size >= _SHORT[block.language] and _STOPPED.search(text[max(start, end - 4) : end]):
        return not (block.marked or furniture.facts.is_one(text[start:end]))
    return size >= _LONG[block.language] and _GOES_ON.search(text, start, end) is not None


def _run_in(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Split headlines off that run into the first paragraph of their language."""
    seen: set[str] = set()
    for block in blocks:
        head = None
        if block.kind is None and block.language not in seen and _is_prose(text, block):
            seen.add(block.language)
            head = headlines.run_in(text, block.span, block.language)
        if head:
            yield replace(block, span=head, kind=Kind.HEADLINE)
            rest = text[head.end : block.span.end]
            yield replace(block, span=Span(head.end + len(rest) - len(rest.lstrip()), block.span.end))
        else:
            yield block


def _headlines(text: str, blocks: Sequence[Block], prose: Sequence[bool], first: int) -> set[int]:
    """Return which blocks are headlines: for each language of the text the best of the lines above it."""
    found = {at for at, block in enumerate(blocks) if block.kind is Kind.HEADLINE}
    given = {blocks[at].language for at in found}
    spoken = {blocks[at].language for at, yes in enumerate(prose) if yes} or {each.language for each in blocks}
    for language in sorted(spoken - given):
        lines = _lines_above(blocks, prose, first, language)
        above = [(_words(text, blocks[at]), language, blocks[at].marked) for at in lines]
        best = headlines.best(above, above_text=first < len(blocks))
        if best is not None:
            found.add(lines[best])
    return found | _translated(text, blocks, found, {blocks[at].language for at in found} | spoken)


def _lines_above(blocks: Sequence[Block], prose: Sequence[bool], first: int, language: str) -> list[int]:
    """Return the lines in a language just above its first text, else those above all text."""
    own = next((at for at, yes in enumerate(prose) if yes and blocks[at].language == language), first)
    near: list[int] = []
    for at in range(own - 1, first, -1):
        if prose[at] or len(near) == _MOST_NEAR:
            break
        if blocks[at].kind is None and blocks[at].language == language:
            near.insert(0, at)
    return near or [at for at in range(first) if blocks[at].kind is None and blocks[at].language == language]


_MOST_NEAR: Final = 6


def _translated(text: str, blocks: Sequence[Block], found: set[int], spoken: set[str]) -> set[int]:
    """Return a headline in another language than the text, beside its headline: “… 研讨会 / Workshop on …”."""
    beside = {near for at in found for near in (at - 1, at + 1) if 0 <= near < len(blocks)}
    return {
        at
        for at in beside - found
        if blocks[at].kind is None
        and blocks[at].language not in spoken
        and headlines.fits(_words(text, blocks[at]), blocks[at].language)
        and headlines.happens(_words(text, blocks[at]))
    }


def _above(text: str, blocks: Sequence[Block], first: int, top: int) -> Iterator[Block]:
    """Tell what stands above the text: a fact, a label, or below the headline a second one, which is read as text."""
    for at, block in enumerate(blocks):
        if block.kind is not None or at >= first:
            yield block
        elif furniture.facts.is_one(_words(text, block)):
            stamp = furniture.stamps.may_be_of_the_event(_words(text, block)) and not _among_facts(text, blocks, at)
            yield block.become(words.PUT_UP) if stamp else replace(block, kind=Kind.BODY)
        elif at < top or (first < len(blocks) and not headlines.fits(_words(text, block), block.language)):
            yield block.become(words.LABEL)
        else:
            yield block


def _among_facts(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Tell whether other facts of the event stand beside one: a place below the time."""
    beside = [*blocks[max(0, at - 3) : at], *blocks[at + 1 : at + 4]]
    return any(
        furniture.facts.is_one(_words(text, each)) and not furniture.stamps.may_be_of_the_event(_words(text, each))
        for each in beside
    )


def _repeated(text: str, blocks: Sequence[Block], titles: set[int]) -> Iterator[Block]:
    """Tell a headline that stands on the page once more."""
    heads = {headlines.bare(_words(text, blocks[at])) for at in titles}
    for at, block in enumerate(blocks):
        again = at not in titles and block.kind in (None, Kind.OTHER) and headlines.bare(_words(text, block)) in heads
        yield block.become(words.REPEATED) if again else block


def _below(text: str, blocks: Sequence[Block], first: int) -> Iterator[Block]:
    """Tell the release from what follows it: other news, about the organisation, the words of a picture."""
    other: Furniture | None = None
    signed = False
    menu = _menu_below(text, blocks)
    for at, block in enumerate(blocks):
        inside = _words(text, block)
        signed = signed or (inside in _SIGNATURE and len(blocks) - at <= _MOST_SIGNED)
        if signed:
            yield block.become(words.SIGNED)
            continue
        if at <= first:
            yield block
            continue
        if furniture.site.opens_other_news(inside):
            other = words.OTHER_NEWS
        elif block.kind is None and furniture.about.heads_one(inside):
            other = words.ABOUT
        elif other and block.kind is None and _closes(text, block, other):
            other = None
        if block.kind is None and at in menu:
            block = block.become(words.MENU)
        elif block.kind is None and other:
            block = block.become(other)
        elif block.kind is None and furniture.captions.may_be_one(inside):
            block = block.become(words.PICTURE)
        yield block


def _menu_below(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return the lines of a menu: a row of short ones, some of which are what menus have everywhere."""
    found: set[int] = set()
    row: list[int] = []
    for at, block in enumerate([*blocks, None]):
        inside = _words(text, block) if block and block.span.end - block.span.start <= _ENTRY else ""
        if inside and not _NO_ENTRY.search(inside):
            row.append(at)
            continue
        if len(row) >= _LEAST_ROW and sum(furniture.site.is_of_a_menu(_words(text, blocks[each])) for each in row) >= 2:
            found.update(row)
        row = []
    return found


_ENTRY: Final = 40
_LEAST_ROW: Final = 4
_NO_ENTRY: Final = late(r"[\d@:：.。,，;；!?]")
_SIGNATURE: Final = ("--", "—", "— —")
_MOST_SIGNED: Final = 12
_CONTACT: Final = late(r"@|\b(?:contact|tel|phone|e-?mail|information,)\b|\+\s?\d{2}|联系|电话|邮箱|更多信息", re.I)
_PAID: Final = late(r"\b(?:project|programme|program)\b.{0,200}\b(?:fund|financ|support)|项目.{0,60}资助", re.I | re.S)


def _closes(text: str, block: Block, other: Furniture) -> bool:
    """Tell whether the release goes on after other news or a word about the organisation."""
    end = min(block.span.end, block.span.start + 2000)
    if _CONTACT.search(text, block.span.start, end) or _PAID.search(text, block.span.start, end):
        return True
    return other is words.OTHER_NEWS and _is_prose(text, block) and block.span.end - block.span.start > _LONG["en"]


def _words(text: str, block: Block) -> str:
    return text[block.span.start : block.span.end]
