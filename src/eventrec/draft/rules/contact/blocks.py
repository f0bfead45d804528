"""What follows “contact”: names, positions, offices, phones and e-mails, put together to people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.rules.contact.phrases.han import read_chinese_phrase
from eventrec.draft.rules.contact.phrases.latin import Phrase, read_phrase, words
from eventrec.draft.rules.contact.phrases.words import HAN
from eventrec.draft.rules.contact.tokens import Token, cut, is_phone, lines
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from eventrec.draft.page import Page

_LONGEST_PHRASE: Final = 120
_OTHER_WORDS: Final = {"en": 2, "zh": 4}
"""How many words or characters that tell nothing do not end a block."""

_MOST_APART: Final = 3
_LONGEST_APART: Final = 80
_MOST_WORDS_APART: Final = 9
"""How many lines with empty ones between may stand before a phone or an e-mail, and how long they are."""

_WHERE: Final = late(r"(?:In|At|For|From)\s(?:the\s)?[A-Z][\w' -]{1,40}")
"""“In Nowhere: A B”, which says for where somebody is asked."""

_TEAM: Final = late(
    r"(?:(?:the|our)\s)?(?:[a-z-]{2,20}\s){0,3}(?:team|organi[sz]ers?|secretariat|office|unit|desk|section|department)"
)
"""Somebody who has no name: “the project team”."""

_SMALL_TALK: Final = late(
    r"(?:by|via|at|on|or|and|through|please|kindly|call|e-?mail|mail|phone|telephone|write|to|them|him|her|us|directly"
    r"|the|under|following|contact|person|address|number|is|can|be|reached|for|of|from|with|our|in|also|either|name|who"
    r"|further|more|information|details|questions|\s|\.|·|:)+",
    re.IGNORECASE,
)
_SMALL_TALK_ZH: Final = late(
    r"(?:姓名|联系人|联络人|职务|单位|或|和|请|联系|致电|发送|发|至|邮件|电邮|可|也可|通过|拨打|咨询|方式|如下|为|是|的|以"
    r"|我们|我处|来电|来信|[:：\s]|本人|及|并|联络)+"
)
_TRAILING: Final = late(
    r"(?:\s+(?:by|via|at|on|or|and|through|under|using|in|the|following|his|her|their|our|e-?mail|mail|phone"
    r"|telephone|tel|mobile|call|address|number|directly|who|can|be|reached|is|writing|to|for))+\s*$",
    re.IGNORECASE,
)
_JOINT: Final = late(r"\s(?:or|and|&)\s")
_NAME_LABEL: Final = late(
    r"(?:(?:name|contact person|contact|or|and|either|alternatively)\b|姓名|联系人|联络人|或者?|以及)\s*[:：]?\s*",
    re.IGNORECASE,
)
_HAN: Final = late(HAN)


@dataclass(frozen=True)
class Written:
    """A person as a block has them; every part is the place where it stands."""

    language: str
    name: Span | None = None
    other_name: Span | None = None
    """The name in other letters, in brackets after it."""

    honorific: str | None = None
    position: Span | None = None
    office: Span | None = None
    email: Span | None = None
    hidden: bool = False
    broken: bool = False
    phone: Span | None = None
    further: tuple[Span, ...] = field(default=())
    """More phones and e-mails of the person."""

    @property
    def reached(self) -> bool:
        """Tell whether an e-mail or a phone was given."""
        return self.email is not None or self.phone is not None

    @property
    def spans(self) -> tuple[Span, ...]:
        """All places, in the order of the text."""
        parts = (self.name, self.position, self.office, self.email, self.phone)
        return tuple(sorted(part for part in parts if part is not None))


def read_block(
    page: Page, at: int, language: str, acronyms: Collection[str], is_office: Callable[[Span], bool]
) -> list[Written]:
    """Return the people whom a block names from a place of the text on, in order.

    `acronyms` are no names although they are written like one; a name that `is_office` is none.
    """
    text = lines(page, at)
    tokens = cut(text)
    block = _Block(language, at, acronyms, is_office)
    for index in range(len(tokens)):
        if not block.takes(text, tokens, index):
            break
    return _told_apart(block.people)


class _Block:
    """The people of a block in the making, the last one open."""

    def __init__(self, language: str, at: int, acronyms: Collection[str], is_office: Callable[[Span], bool]) -> None:
        self.language = language
        self.at = at
        self.acronyms = acronyms
        self.is_office = is_office
        self.people = [Written(language)]
        self.text = ""
        self.skipping = False
        """What follows the label of a fax or an address is left out."""

    def takes(self, text: str, tokens: list[Token], index: int) -> bool:
        """Take a piece; return false where the block is over."""
        token, self.text = tokens[index], text
        if token.kind in ("stop", "blank"):
            return self._goes_on(text, tokens, index)
        if token.kind.startswith("is_") or token.kind == "line":
            self.skipping = token.kind == "is_other"
        elif token.kind in ("email", "hidden", "broken"):
            self._add_point("email", token, hidden=token.kind == "hidden", broken=token.kind == "broken")
        elif is_phone(text, tokens, index):
            if not self.skipping:
                self._add_point("phone", token)
        elif token.kind == "phrase" and not self.skipping:
            return self._takes_phrase(text[token.start : token.end], self.at + token.start)
        return True

    def _goes_on(self, text: str, tokens: list[Token], index: int) -> bool:
        """Tell whether a block goes on after a full stop or blank line: a phone follows, or nothing came yet.

        After a name that nobody can reach, an empty line may stand before each further line of the block.
        """
        blank = tokens[index].kind == "blank"
        if blank and not any(person.spans for person in self.people):
            return True
        patience = _MOST_APART if blank and not self.people[-1].reached else 0
        for each in tokens[index + 1 :]:
            if each.kind in ("is_phone", "is_email", "is_other", "email", "phone", "hidden"):
                return True
            if each.kind == "stop" and patience:
                return False
            if each.kind == "phrase":
                patience -= 1
                if patience < 0 or not self._is_of_a_block(text[each.start : each.end]):
                    return False
        return False

    def _is_of_a_block(self, text: str) -> bool:
        """Tell whether a line apart is a short one that tells of a person or an office."""
        chinese = bool(_HAN.search(text))
        if len(text) > _LONGEST_APART or len(words(text)) > _MOST_WORDS_APART:
            return False
        return (read_chinese_phrase if chinese else read_phrase)(text, self.acronyms) != Phrase()

    def _add_point(self, kind: str, token: Token, **how: bool) -> None:
        """Add an e-mail or phone to the last person; a second one is a further one."""
        span, last = Span(self.at + token.start, self.at + token.end), self.people[-1]
        if getattr(last, kind) is None:
            self.people[-1] = replace(last, **{kind: span}, **how)  # type: ignore[arg-type]
        else:
            self.people[-1] = replace(last, further=(*last.further, span))

    def _takes_phrase(self, text: str, at: int) -> bool:
        """Take a phrase; return false where it is none of a contact block."""
        if label := _NAME_LABEL.match(text):
            text, at = text[label.end() :], at + label.end()
        if not text or any(each.fullmatch(text) for each in (_SMALL_TALK, _SMALL_TALK_ZH, _WHERE, _TEAM)):
            return True
        trailing = _TRAILING.search(text, max(0, len(text) - 80))
        text = text[: trailing.start()] if trailing else text
        if len(text) > _LONGEST_PHRASE:
            return False
        for joint in _JOINT.finditer(text):
            parts = (text[: joint.start()], at), (text[joint.end() :], at + joint.end())
            if all(read_phrase(part, self.acronyms).name for part, _ in parts):
                return all(self._takes_phrase(part, begin) for part, begin in parts)
        return self._takes_part(text, at)

    def _takes_part(self, text: str, at: int) -> bool:
        chinese = bool(_HAN.search(text))
        found = (read_chinese_phrase if chinese else read_phrase)(text, self.acronyms)
        if found.name and not found.honorific and self.is_office(Span(at + found.name[0], at + found.name[1])):
            found = Phrase(office=found.name)
        if found != Phrase():
            self._add_phrase(self.text, found, at)
            return True
        return len(text) <= _OTHER_WORDS["zh"] if chinese else len(words(text)) <= _OTHER_WORDS["en"]

    def _again(self, text: str, name: Span, other: Span) -> bool:
        """Tell whether a name in brackets is the one before it in other letters: “王琳 (Wang Lin)”."""
        between = text[name.end - self.at : other.start - self.at].strip()
        scripts = {bool(_HAN.search(text, span.start - self.at, span.end - self.at)) for span in (name, other)}
        return between in ("(", "（", "/") and len(scripts) == 2

    def _add_phrase(self, text: str, found: Phrase, at: int) -> None:
        """Add what a phrase tells; a further name begins a further person, so does a position after an e-mail."""
        placed = {
            part: Span(at + stretch[0], at + stretch[1])
            for part in ("name", "position", "office")
            if (stretch := getattr(found, part)) is not None
        }
        last = self.people[-1]
        if last.name and "name" in placed and self._again(text, last.name, placed["name"]):
            self.people[-1] = replace(last, other_name=placed["name"])
            return
        if last.name and ("name" in placed or ("position" in placed and last.reached)):
            last = Written(self.language)
            self.people.append(last)
        new: dict[str, Span] = {part: span for part, span in placed.items() if getattr(last, part) is None}
        honorific = found.honorific if "name" in placed else last.honorific
        self.people[-1] = replace(last, honorific=honorific, **new)  # type: ignore[arg-type]


def _told_apart(people: list[Written]) -> list[Written]:
    """Leave out what is nobody; a mailbox before or after the only name is that person's."""
    found = [person for person in people if person.spans]
    named = [person for person in found if person.name]
    if len(named) == len(found) == 2 and found[1].language == "zh" and found[1].phone and not found[0].reached:
        return [replace(found[0], phone=found[1].phone), found[1]]
    if len(named) != 1 or len(found) == 1 or named[0].reached:
        return found
    person, other = named[0], next((each for each in found if each.name is None and each.reached), None)
    if other is None:
        return named
    return [
        replace(
            person, email=other.email, phone=other.phone, hidden=other.hidden, broken=other.broken,
            position=person.position or other.position, office=person.office or other.office,
        )
    ]  # fmt: skip
