"""What a piece of English text, already cut out, is called: its head, its country, the whole that it is a part of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.joining import has_head, head_at, is_acronym, is_place
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.draft.mentions.organisations.tokens import is_code
from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.draft.mentions.organisations.words import HEADS, LOCAL, NOT_AGENCIES, PLURAL, TOPICS, UNITS, WEAK_HEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations.tokens import Run, Word

_SAYS_NOTHING: Final = words_in(
    "Liaison Country Regional Sub-Regional Subregional Field Central Local National Main Head Project Permanent"
    " Resident Municipal Provincial Working High Organizing Steering Joint Training General International"
    " Relevant State Public Executive Technical Student Host Supreme Global Federal Royal New Advisory"
    " Coordination"
)
"""Words that make no name of a head: “Regional Office”."""

_CARRIES: Final = words_in("Delegation Mission Office Representation Headquarters Division Section Unit Branch")
_WHOLES: Final = words_in(
    "Ministry Department Bureau University Council Government Embassy Agency Organization Organisation Academy"
    " Commission Administration Authority"
)


_TELLING: Final = words_in("Police Guard Customs Court Courts Bank Cross Army Gendarmerie Prosecutor")
"""Heads that tell enough before another: “Police Service”."""

_MOST_STRAY: Final = 2
_FEWEST_OF_NETWORK: Final = 3


@dataclass(frozen=True)
class Piece:
    """The runs of one name; `link` stands between it and the piece before."""

    runs: tuple[Run, ...]

    @property
    def link(self) -> str:
        """What joins it to the piece before."""
        return self.runs[0].link

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each run, without those behind the name: a person's."""
        last = self.runs[-1].words
        at = head_at(last)
        if at is None:
            at = max((k for k, word in enumerate(last) if word.text in TOPICS), default=len(last) - 1)
            keeps = is_place(self.runs[-1]) or len(last) - 1 - at < _MOST_STRAY
            at = len(last) - 1 if keeps else at
        end = at + 1
        while len(self.runs) > 1 and end < len(last) and last[end].text in TOPICS:
            end += 1
        while end < len(last) and (last[end].text in ("General", "International") or nations.is_place(last[end].text)):
            end += 1
        return (*(run.words for run in self.runs[:-1]), last[:end])

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return Span(self.runs[0].start, self.words[-1][-1].end)

    @property
    def name(self) -> str:
        """The name with blanks between its words, without acronyms in brackets."""
        return _joined(self.runs, self.words)

    @property
    def name_without_place(self) -> str:
        """The name without the country that it ends in."""
        return _joined(self.runs[:-1], self.words[:-1])

    @property
    def head(self) -> str:
        """The word that says what it is."""
        first = next(run for run in self.runs if has_head(run))
        at = head_at(first.words)
        return first.words[at or 0].text

    @cached_property
    def says_something(self) -> bool:
        """Tell whether it is more than a head and words that go with any."""
        link = self.runs[1].link if len(self.runs) > 1 else ""
        if link.startswith("of") or (link.startswith(("for", "and")) and self.head not in ("Office", "Mission")):
            return True
        words = [word.text for run in self.words for word in run]
        if self.head in LOCAL and link.startswith(("in", "to")):
            words = [word.text for word in self.words[0]]
        telling = any(word in _TELLING for word in words[:-1])
        return telling or any(word not in HEADS and word not in _SAYS_NOTHING for word in words)

    @property
    def code(self) -> str | None:
        """The acronym in brackets that stands for all of it."""
        last = self.runs[-1]
        if last.code and (len(self.runs) == 1 or not is_place(last) or self._has_letters(last.code)):
            return last.code
        behind = self.runs[-1].link.startswith(("in", "to", "of"))
        return self.runs[-2].code if len(self.runs) > 2 and behind and not is_place(self.runs[-2]) else None

    def _has_letters(self, code: str) -> bool:
        """Tell whether an acronym is of the words before the place that the name ends in: “… Service of Chad (NPS)”."""
        first = [word.text[0] for run in self.runs[:-1] for word in run.words]
        return "".join(first) == "".join(letter for letter in code if letter.isupper())

    def sighting(self) -> Sighting | None:
        """Return what it names; None for a programme or another thing that is no organisation."""
        if self.head in NOT_AGENCIES and self.runs[0].words[0].text not in (
            "United",
            "UN",
            "World",
            "African",
            "European",
        ):
            return self._network()
        carried = self._of_short_name()
        if carried:
            return carried
        inner = self._whole_behind()
        if inner:
            return self._part_of(Piece(self.runs[:inner]), Piece(self.runs[inner:]))
        if self._is_office_of_a_country():
            return None
        first = self.words[0]
        if (
            len(first) > 1
            and is_code(first[0].text)
            and nations.country(first[0].text) is None
            and first[0].text not in nations.UNIONS
        ):
            return self._of_acronym(first[0].text)
        name, country = self._without_country()
        return self._made(name, country)

    def _network(self) -> Sighting | None:
        """Return a network that a name of its own tells from what any network is; it may be a thing, too."""
        words = [word.text for word in self.words[0]]
        if self.head != "Network" or len(words) < _FEWEST_OF_NETWORK or words[-1] != "Network":
            return None
        why = "is named “Network”"
        return Sighting(self.span, "en", self.name, why, "network", self.code, belief=76 if self.code else 55)

    def _is_office_of_a_country(self) -> bool:
        """Tell whether it is only half of a name: “in China and Office of Mongolia”."""
        names_it = len(self.runs) > 1 and nations.country(self.runs[1].text) is not None
        return names_it and self.runs[0].text in ("Office", "Mission", "Bureau") and self.runs[0].code is None

    def _of_short_name(self) -> Sighting | None:
        """Return the organisation of “Mission of UNHCR Kenya”."""
        if len(self.runs) < 2 or self.head not in _CARRIES or not self.runs[1].link.startswith("of"):
            return None
        owner = self.runs[1]
        if not is_acronym(owner) or owner.words[0].text in nations.UNIONS:
            return None
        code = owner.words[0].text
        why = f"is an office of {code}"
        return Sighting(self.span, "en", self.name, why, self.head.lower(), code, None, None, code, belief=70)

    def _whole_behind(self) -> int | None:
        """Return the run at which the organisation begins that the first words are a part of."""
        for at in range(1, len(self.runs)):
            run = self.runs[at]
            if run.link not in ("of", "of the") or run.text in nations.UNIONS or not has_head(run):
                continue
            last = at == len(self.runs) - 1
            if _is_whole(run) and not (last and run.link == "of" and len(run.words) == 1):
                return at
        return None

    def _part_of(self, part: Piece, whole: Piece) -> Sighting | None:
        made = whole.sighting()
        if made is None:
            return None
        if part.head == "Commissioner":
            return replace(made, span=self.span)
        if part.head in _CARRIES:
            return Sighting(
                self.span,
                "en",
                part.name,
                made.why,
                made.head,
                made.code,
                made.country,
                made.parent,
                made.owner or made.name,
            )
        name = f"{part.name}, {made.name}"
        return Sighting(
            self.span,
            "en",
            name,
            f"is a {part.head.lower()}",
            part.head.lower(),
            part.code,
            made.country,
            made.name,
            parent_code=made.code,
        )

    def _of_acronym(self, code: str) -> Sighting:
        local = self.head in LOCAL or self.head in UNITS
        why = f"is an office of {code}" if local else f"is named “{self.head}”"
        owner, parent = (code, None) if local else (None, code)
        own = code if local else self.code
        return Sighting(self.span, "en", self.name, why, self.head.lower(), own, None, parent, owner, belief=76)

    def _without_country(self) -> tuple[str, str | None]:
        """Return name and country; a ministry is named without it."""
        words = [word.text for word in self.words[0]]
        country = next((code for word in words[:2] if (code := nations.adjectives().get(word))), None)
        before = nation_before(words)
        country = country or (before[0] if before else None)
        last = self.runs[-1]
        behind = nations.country(" ".join(word.text for word in self.words[-1])) if last.link.startswith("of") else None
        name = self.name
        if self.head == "Ministry":
            before = nation_before(words)
            if before:
                plain = name.removeprefix(" ".join(words[: before[1]])).strip()
                name = plain if plain.startswith("Ministry") else name
            if behind and len(self.runs) > 2:
                name = self.name_without_place.removeprefix(words[0] if country else "").strip()
        return name, country or behind or self._of_country()

    def _of_country(self) -> str | None:
        """Return the country of “Embassy of Japan in …”."""
        if len(self.runs) > 1 and self.runs[1].link.startswith("of"):
            return nations.country(self.runs[1].text)
        return None

    def _made(self, name: str, country: str | None) -> Sighting:
        head = self.head
        if head in PLURAL:
            return Sighting(
                self.span,
                "en",
                name,
                f"several, named “{head}”",
                PLURAL[head].lower(),
                country=country,
                group=True,
                belief=65,
            )
        belief = 60 if head in WEAK_HEADS and len(self.runs) == 1 else 88
        if belief < 88 and (self.code or country or len(self.words[0]) > 3):
            belief = 88 if self.code else 76
        made = Sighting(self.span, "en", name, f"is named “{head}”", head.lower(), self.code, country, belief=belief)
        return replace(made, also=(*self._without_its_country(name, country), *_turned(name, head)))

    def _without_its_country(self, name: str, country: str | None) -> tuple[str, ...]:
        """Return what the same body is called in a text that has said whose it is: “National Mint” of Kenya."""
        if country is None:
            return ()
        first, _, rest = name.partition(" ")
        if first in nations.adjectives() and " " in rest:
            return (rest,)
        last = self.runs[-1]
        behind = len(self.runs) > 1 and last.link.startswith("of") and nations.country(last.text) == country
        return (self.name_without_place,) if behind and " " in self.name_without_place else ()


def _is_whole(run: Run) -> bool:
    """Tell whether “of” leads to an organisation of which the words before are a part."""
    at = head_at(run.words)
    head = run.words[at].text if at is not None else ""
    if run.link == "of the":
        return head not in ("Cross", "Crescent", "Prosecutor", "Commissioner") and not (
            head in WEAK_HEADS and len(run.words) == 1
        )
    return run.words[0].text in _WHOLES


def nation_before(words: Sequence[str]) -> tuple[str, int] | None:
    """Return the country that words begin with, by name or adjective, and how many of them it takes."""
    for length in (3, 2, 1):
        text = " ".join(words[:length])
        found = nations.country(text) or nations.adjectives().get(text)
        if found and len(words) > length:
            return found, length
    return None


def _turned(name: str, head: str) -> tuple[str, ...]:
    """Return “Ministry of Health” for “Health Ministry”."""
    words = name.split()
    if head != "Ministry" or words[-1] != "Ministry":
        return ()
    own = [word for word in words[:-1] if word not in nations.adjectives()]
    topic = "Foreign Affairs" if own == ["Foreign"] else " ".join(own)
    return (f"Ministry of {topic}",) if topic else ()


def _joined(runs: Sequence[Run], words: Sequence[Sequence[Word]]) -> str:
    parts: list[str] = []
    for run, own in zip(runs, words, strict=True):
        text = " ".join(word.text for word in own)
        parts.append(f"{run.link} {text}" if parts else text)
    return " ".join(parts).replace(" 's", "'s").replace(" + ", " ").replace(" ,", ",")
