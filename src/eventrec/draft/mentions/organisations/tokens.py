"""English text as runs of words with capitals, and the small words between them that may join them to a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.draft.mentions.organisations.words import HEADS, OPENERS, SINGLE, TITLES, VERBS
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = late(
    r"(?P<initials>(?:[A-Z]\.){2,6}(?!\w))"
    r"|(?P<word>[^\W\d_][^\W_]*+(?:(?:-(?!(?:implemented|led|run|organi[sz]ed|hosted|convened|facilitated)\b)|&|'(?!s\b))[^\W_]++){0,6}(?:/(?!The\b)[A-Z][a-z]++)?)"
    r"|(?P<genitive>'s\b|(?<=s)'(?= ))"
    r"|(?P<other>\S)"
)
_BRACKETED: Final = late(
    r"\((?:the |hereinafter |hereafter |also known as |or )?['\"“]?"
    r"(?P<code>[A-Z][A-Za-z0-9&-]{1,11}(?: [A-Z]{2,8})?)[.,]?['\"”]?[.,]?\)"
)
_OF_NAMES: Final = words_in(
    "People Women Children Workers Men Youth Farmers Teachers Prosecutor General Attorney King Queen Writers"
    " Lawyers Employers Nurses Mary Patrick John Students Procurator Chancellor Minister President Peter Paul"
    " George Ombudsman Ombudsperson Mayor Governor"
)
"""Words whose genitive belongs to a name instead of telling whose it is: “People's Bank”, “King's College”."""

_LINKS: Final = words_in("of for and on in to against de des du von la del e y et der")
_PEOPLE_OF_NAMES: Final = words_in("Expert Experts Officers Judges Students Prosecutors Staff Members Executive")
_FOLLOW_PEOPLE: Final = HEADS | {"Affairs", "Training"}
PURPOSES: Final = words_in("Combat Prevent Counter Fight Tackle Monitor Eliminate")
"""What an agency is there to do: “National Agency to Combat Trafficking”."""

_NOUNS_TOO: Final = words_in("Exchanges Visits Support")
_BEFORE_NOUNS: Final = words_in("and & of for International Cultural Academic Educational Scientific Student")
_CODE: Final = late(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z0-9&-]{1,11}")


@dataclass(frozen=True)
class Word:
    """A word, a genitive or a mark with its place."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Run:
    """Words with capitals that follow each other; `link` is what stands between them and the run before.

    `code` is an acronym in brackets behind them; `stopped` tells that a title or a verb follows.
    """

    words: tuple[Word, ...]
    link: str = ""
    code: str | None = None
    stopped: bool = False

    @property
    def text(self) -> str:
        """The words with blanks between."""
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.words[-1].end


def is_code(text: str) -> bool:
    """Tell whether a word is written like an acronym: IOM, UNHCR, DIAC, EASO, MoFA."""
    capitals = sum(map(str.isupper, text))
    return _CODE.fullmatch(text) is not None and capitals * 2 >= len(text)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return words, genitives and marks of a stretch."""
    return [
        Word(found[0], found.start(), found.end(), found.lastgroup or "other")
        for found in _TOKEN.finditer(text, start, end)
    ]


def chains(text: str, start: int, end: int) -> Iterator[list[Run]]:
    """Return the runs of a sentence, those together that small words, commas or genitives join."""
    words = words_of(text, start, end)
    chain: list[Run] = []
    link: str | None = None
    at = 0
    while at < len(words):
        run, at = _run(text, words, at, chain, link or "")
        if link is None or run is None:
            if chain:
                yield chain
            chain = []
        if run is not None:
            chain.append(run)
            link, at = _link(words, at, run.code)
        else:
            link = None
    if chain:
        yield chain


def _run(text: str, words: list[Word], at: int, chain: list[Run], link: str) -> tuple[Run | None, int]:
    """Return the run that begins at a word, and what follows it; None where no name can begin."""
    found: list[Word] = []
    in_office = bool(chain) and link.startswith("of") and chain[-1].words[-1].text in ("Office", "Bureau", "Cabinet")
    while at < len(words) and _goes_on(words, at, found, in_office):
        word = words[at]
        at += 1
        if _is_genitive_of_name(words, at):
            word = Word(word.text + words[at].text, word.start, words[at].end, "word")
            at += 1
        found.append(word)
    if not found:
        return None, at + 1
    code, after = _code(text, words, at)
    return Run(tuple(found), link if chain else "", code, _stops(words, after)), after


def _goes_on(words: list[Word], at: int, found: list[Word], in_office: bool) -> bool:
    word = words[at]
    if word.kind not in ("word", "initials") or not word.text[0].isupper():
        return False
    if word.text in VERBS and not _is_noun(words, at):
        return False
    if word.text == "General" and at and words[at - 1].text in TITLES:
        return False
    if word.text in TITLES and not in_office:
        following = words[at + 1].text if at + 1 < len(words) else ""
        return word.text in _PEOPLE_OF_NAMES and following in _FOLLOW_PEOPLE
    return bool(found) or word.text not in OPENERS or _begins_name(words, at)


def _is_noun(words: list[Word], at: int) -> bool:
    """Tell whether a word that may be a verb ends what is dealt in: “Cooperation and Exchanges”."""
    before = words[at - 1].text if at else ""
    return (words[at].text in _NOUNS_TOO and before in _BEFORE_NOUNS) or (before == "to" and words[at].text in PURPOSES)


def _begins_name(words: list[Word], at: int) -> bool:
    return words[at].text == "The" and at + 1 < len(words) and words[at + 1].text in ("Hague", "Gambia")


def _is_genitive_of_name(words: list[Word], at: int) -> bool:
    """Tell whether a genitive follows that is a part of the name: “the People's Bank”."""
    return (
        at + 1 < len(words)
        and words[at].kind == "genitive"
        and words[at - 1].text in _OF_NAMES
        and words[at + 1].text[0].isupper()
    )


def _stops(words: list[Word], at: int) -> bool:
    return at < len(words) and (words[at].text in TITLES or words[at].text in VERBS)


def _code(text: str, words: list[Word], at: int) -> tuple[str | None, int]:
    """Return the acronym in brackets at a word, and what follows the brackets."""
    if at >= len(words) or words[at].text != "(":
        return None, at
    found = _BRACKETED.match(text, words[at].start)
    if not found or not (found["code"] in SINGLE or is_code(found["code"].split(" ")[-1])):
        return None, at
    while at < len(words) and words[at].start < found.end():
        at += 1
    return found["code"], at


def _is_office_there(words: list[Word], at: int) -> bool:
    """Tell whether a place and an office follow: “… for Migration (IOM) China Office”."""
    return at + 1 < len(words) and words[at + 1].text in ("Office", "Mission") and words[at].text[0].isupper()


def _link(words: list[Word], at: int, code: str | None) -> tuple[str | None, int]:
    """Return what joins a run to the next one, and where that begins; None where the chain ends.

    “+” joins what stands behind an acronym in brackets: “… for Migration (IOM) Mission in …”.
    """
    if code and at < len(words) and (words[at].text in HEADS or _is_office_there(words, at)):
        return "+", at
    link: list[str] = []
    for here in range(at, min(at + 4, len(words))):
        word = words[here]
        if word.text == "The" and link == ["/"]:
            continue
        if word.text[0].isupper():
            return (" ".join(link) if link else None), here
        if word.text not in (",", "(", "&", "the", "/") and word.kind != "genitive" and word.text not in _LINKS:
            break
        link.append("'s" if word.kind == "genitive" else "and" if word.text == "&" else word.text)
    return None, at
