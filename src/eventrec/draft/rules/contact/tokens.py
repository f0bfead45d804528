"""A contact block cut at what it is made of: labels, e-mails, phones, ends of lines, and the phrases between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.rules.contact.phrases.words import HAN
from eventrec.draft.rules.contact.points import BROKEN_EMAIL, EMAIL, HIDDEN_EMAIL, PHONES
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_LONGEST: Final = 900
"""How many characters after “contact” are looked at."""

_WRAPPED: Final = 55
"""A line this long was broken by the width of the page, and no name ends with it by itself."""

_LABELS: Final = {
    "phone": r"tel(?:ephone)?|phone|ph|mob(?:ile)?|cell(?:phone)?|direct(?:\s+line)?|landline|hotline|[tmp]"
    r"|(?:联系|咨询|办公|办公室|固定|移动)?电话|(?:联系)?手机(?:号码?)?|座机|热线|致电|电话号码",
    "email": r"e-?mail(?:\s+address)?|mail|e|(?:电子|联系)?邮[箱件](?:地址)?|电邮|信箱",
    "other": r"fax|f|传真|we-?chat|微信(?:号)?|qq|whats-?app|skype|viber|telegram|web(?:site)?|w|网址|网站|address"
    r"|地址|邮编|twitter|x|facebook|linkedin|weibo|微博|公众号",
}
_ABBREVIATED: Final = r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bProf\.)(?<!\bSt\.)(?<!\b[A-Z]\.)"
_TOKEN: Final = late(
    rf"(?-i:(?P<email>{EMAIL})|(?P<hidden>{HIDDEN_EMAIL})|(?P<broken>{BROKEN_EMAIL}))"
    r"|(?P<url>(?:https?://|www\.)[^\s,;，；。]{1,200})"
    + "".join(
        rf"|(?P<is_{kind}>(?<![A-Za-z])(?:{label})(?:\s?(?:no|number|号码?)\b\.?)?\s?"
        r"(?:[:：/]|\.:?(?=\s*[+(\d])|(?=\s*[+(\d][\d\s()\-]{5})|(?=\s[^\s@]{1,64}@)))"
        for kind, label in _LABELS.items()
    )
    + rf"|(?P<phone>{PHONES})"
    rf"|(?P<stop>[.!?](?=\s|$){_ABBREVIATED}|[。！？])"
    r"|(?P<blank>\n[ \t]*\n\s*)|(?P<line>\n)"
    rf"|(?P<apart>或|(?-i:(?<=[生士])[和与](?={HAN}))|/)"
    rf"|(?P<comma>(?-i:(?<!{HAN})[·•*])|[,;:|()<>\[\]、，；：（）【】“”\"\u2013\u2014]|\s-\s)",
    re.IGNORECASE,
)
_FIGURES: Final = "+＋0123456789"
_FEWEST_DIGITS: Final = 7
_PLAINLY: Final = 10


@dataclass(frozen=True)
class Token:
    """A piece of a block; places are counted from the block's beginning."""

    kind: str
    start: int
    end: int


def cut(text: str) -> list[Token]:
    """Return the pieces of a block in order."""
    found: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        found += _phrase(text, at, match.start())
        found.append(Token(str(match.lastgroup), match.start(), match.end()))
        at = match.end()
    return [*found, *_phrase(text, at, len(text))]


def _phrase(text: str, start: int, end: int) -> Iterator[Token]:
    stretch = text[start:end]
    if bare := stretch.strip():
        begin = start + len(stretch) - len(stretch.lstrip())
        yield Token("phrase", begin, begin + len(bare))


def lines(page: Page, at: int) -> str:
    """Return the text from a place on, with its line ends as the source has them but for those of a wrapped line."""
    text, end = list(page.text[at : at + _LONGEST]), min(len(page.source), at + _LONGEST)
    begin = page.source.rfind("\n", 0, at) + 1
    for place in range(at, end):
        if page.source[place] == "\n":
            line = page.source[begin:place].rstrip()
            wrapped = len(line) >= _WRAPPED and line[-1:].isalnum() and page.source[place + 1 : place + 2].strip()
            text[place - at] = " " if wrapped else "\n"
            begin = place + 1
    return "".join(text)


def is_phone(text: str, tokens: list[Token], index: int) -> bool:
    """Tell whether figures are a phone number: they say so, or begin and are as long as one; also a broken one."""
    token, before = tokens[index], tokens[index - 1].kind if index else ""
    if token.kind == "phrase":
        return before == "is_phone" and text[token.start] in _FIGURES
    figures = text[token.start : token.end]
    digits = sum(char.isdigit() for char in figures)
    return token.kind == "phone" and (
        before == "is_phone"
        or (digits >= _FEWEST_DIGITS and text[: token.start].rstrip(" ").endswith((" on", " at")))
        or digits >= _PLAINLY
        or (digits >= _FEWEST_DIGITS and figures[0] in "+＋(（0")
    )
