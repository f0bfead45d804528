"""English names of organisations, each where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.joining import has_head, is_acronym, is_place, joins
from eventrec.draft.mentions.organisations.naming import Piece
from eventrec.draft.mentions.organisations.sharing import shared
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.draft.mentions.organisations.tokens import Word, chains, is_code
from eventrec.draft.mentions.organisations.wholes import with_wholes
from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.draft.mentions.organisations.words import SINGLE
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.organisations.sharing import Share
    from eventrec.draft.mentions.organisations.tokens import Run
    from eventrec.draft.page import Page

_DESCRIBED: Final = late(r"(?:UN|United Nations)(?:'s)? (?:\w+ ){0,3}Agency")
"""What a body of the United Nations is called beside its name: “the UN Refugee Agency”."""

_CARRIED: Final = frozenset(
    (
        "delegation",
        "mission",
        "office",
        "representation",
        "headquarters",
        "division",
        "section",
        "unit",
        "branch",
        "desk",
    )
)
"""Heads of what is counted as the organisation that it belongs to: “Central Office of the Border Service”."""

_PARTS_OF: Final = {
    "ministry": frozenset(("bureau", "department", "directorate", "inspectorate", "academy", "police")),
    "university": frozenset(("institute", "college", "school", "faculty", "centre", "center", "department")),
}
"""What belongs to a ministry or a university that a comma parts from it."""


_UNITS_OF: Final = frozenset(("directorate", "department", "bureau", "division", "unit", "section", "branch"))
"""What is the part of two bodies that a genitive joins: “the Police of Chad's Directorate for X”."""

_FORMS: Final = words_in("Republic Kingdom States Federation State Emirate Sultanate Commonwealth Union")
"""What a country is, before “of” and its name."""


def sightings(page: Page) -> Iterator[Sighting]:
    """Return every English name of an organisation, in order."""
    for sentence in page.sentences:
        if sentence.language != "zh":
            found = list(in_stretch(page.text, sentence.span.start, sentence.span.end))
            yield from with_wholes(page.text, found)


def in_stretch(text: str, start: int, end: int) -> Iterator[Sighting]:
    """Return every English name of an organisation between two places of a text, in order."""
    for chain in chains(text, start, end):
        yield from _Chain(chain).read()


class _Chain:
    """A chain of runs, read from left to right; `found` are the names so far."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = _with_full_countries(runs)
        self.found: list[Sighting] = []
        self.before: Piece | None = None
        self.last: Sighting | None = None
        """What the piece before named; none where it named nothing."""

    def read(self) -> list[Sighting]:
        at = 0
        while at < len(self.runs):
            sharing = shared(self.runs, at)
            if sharing:
                self._share(sharing[0], self.runs[at])
                at = sharing[1]
                continue
            after = self._end(at)
            self._read_piece(Piece(tuple(self.runs[at:after])))
            at = after
        return self.found

    def _end(self, at: int) -> int:
        """Return the run behind the name that begins at a run."""
        after = at + 1
        while after < len(self.runs):
            if not joins(self.runs[at:after], self.runs[after], self.runs[after + 1 : after + 6]):
                break
            after += 1
        return after

    def _share(self, shares: Sequence[Share], first: Run) -> None:
        country = self._owning_country(first.link)
        for each in shares:
            self.found.append(
                Sighting(
                    each.span,
                    "en",
                    each.name,
                    f"shares “{each.head}” with others",
                    each.head,
                    country=each.country or country,
                )
            )
        self.before, self.last = None, None

    def _owning_country(self, link: str) -> str | None:
        """Return the country whose what follows is: “Kenya's”."""
        if link != "'s" or self.before is None:
            return None
        return nations.country(self.before.runs[-1].text)

    def _read_piece(self, piece: Piece) -> None:
        named = self._named(piece)
        if named:
            self.found.append(named)
        self.before, self.last = piece, named

    def _inherited(self, piece: Piece, head: str | None) -> str | None:
        """Return the country of the name before in one list: “Chad's Ministry of X and Ministry of Y”."""
        if self.last and self.last.head == head and piece.link in (",", "and", ", and"):
            return self.last.country
        return None

    def _named(self, piece: Piece) -> Sighting | None:
        first = piece.runs[0]
        if len(piece.runs) == 1 and first.text in nations.UNIONS:
            return _union(first)
        if len(piece.runs) == 1 and (is_acronym(first) or _is_before_title(first)):
            return _acronym(first)
        if first.text in SINGLE or (first.words[0].text in SINGLE and nations.is_place(first.words[-1].text)):
            return Sighting(piece.span, "en", first.text, "is a name of one word", "name", belief=85)
        if not any(map(has_head, piece.runs)):
            return None
        if _DESCRIBED.fullmatch(piece.name):
            return self._described(piece)
        return self._whole(piece) if piece.says_something or self._belongs(piece) else None

    def _described(self, piece: Piece) -> Sighting | None:
        """Take “the UN Refugee Agency” as another name of what it stands beside."""
        code = piece.runs[-1].code
        if code:
            return Sighting(
                piece.span, "en", code, "is an acronym that the text explains", code=code, also=(piece.name,)
            )
        if self.last and piece.link.startswith((",", "/")):
            self.found[-1] = replace(self.last, also=(*self.last.also, piece.name))
        return None

    def _belongs(self, piece: Piece) -> bool:
        """Tell whether the words before say whose a nameless office is: “UNHCR's Liaison Office”."""
        return piece.link in ("'s", "+") and (self.last is not None or self._owning_country(piece.link) is not None)

    def _whole(self, piece: Piece) -> Sighting | None:
        """Return what a piece names, joined with the organisation that it is a part of."""
        made = piece.sighting()
        if made is None:
            return None
        made = replace(
            made, country=made.country or self._owning_country(piece.link) or self._inherited(piece, made.head)
        )
        if self.last is None or made.owner:
            return made
        if piece.link in ("'s", "+"):
            return self._of_the_one_before(made)
        if piece.link == ",":
            return self._behind_a_comma(made)
        if piece.link == "and" and self.last.owner and made.head in (*_CARRIED, "centre", "center"):
            return replace(made, owner=self.last.owner)
        return made

    def _of_the_one_before(self, made: Sighting) -> Sighting:
        """Join “Bureau of X of Chad's” with “Ministry of Y”, “UNHCR's” with “Liaison Office”."""
        last = self.found.pop()
        whole = Span(last.span.start, made.span.end)
        is_whole = made.head not in _UNITS_OF or last.head in _UNITS_OF
        if is_whole and self.before and len(self.before.runs) > 1 and is_place(self.before.runs[-1]):
            name = f"{self.before.name_without_place}, {made.name}"
            return replace(
                made, span=whole, name=name, head=last.head, parent=made.name, code=None, parent_code=made.code
            )
        if made.head in _CARRIED:
            return replace(made, span=whole, owner=last.name, code=last.code, country=last.country)
        of_university = last.head == "university" and made.head in _PARTS_OF["university"]
        name = f"{made.name}, {last.name}" if of_university else made.name
        return replace(made, span=whole, name=name, parent=last.name, country=made.country or last.country)

    def _behind_a_comma(self, made: Sighting) -> Sighting:
        """Join “Department of X, Ministry of Y”, unless both are items of one list."""
        last = self.found[-1]
        listed = self.before is not None and self.before.link.startswith(",")
        if listed or last.head not in _PARTS_OF.get(made.head or "", ()) or last.parent or last.group:
            return made
        self.found.pop()
        whole = Span(last.span.start, made.span.end)
        return replace(
            last,
            span=whole,
            name=f"{last.name}, {made.name}",
            parent=made.name,
            parent_code=made.code,
            country=last.country or made.country,
        )


def _with_full_countries(runs: Sequence[Run]) -> list[Run]:
    """Return the runs with those that are one country put together: “Republic of Korea”."""
    made: list[Run] = []
    for run in runs:
        before = made[-1] if made else None
        if before and run.link in ("of", "of the") and before.code is None and _is_country(before, run):
            of = Word(run.link, before.end + 1, run.start - 1, "word")
            made[-1] = replace(before, words=(*before.words, of, *run.words), code=run.code, stopped=run.stopped)
        else:
            made.append(run)
    return made


def _is_country(one: Run, other: Run) -> bool:
    return one.words[-1].text in _FORMS and nations.country(f"{one.text} {other.link} {other.text}") is not None


def _union(run: Run) -> Sighting:
    name = nations.UNIONS[run.text][0]
    return Sighting(Span(run.start, run.end), "en", name, "is a union of countries", "union", belief=45)


def _is_before_title(run: Run) -> bool:
    """Tell whether an acronym and a word say where somebody works: “UNHCX Country Director”."""
    return run.stopped and len(run.words) > 1 and is_code(run.words[0].text) and not has_head(run)


def _acronym(run: Run) -> Sighting:
    code = run.words[0].text
    why = "is written like an acronym"
    owner = code if len(run.words) > 1 else None
    return Sighting(Span(run.start, run.end), "en", run.text if owner else code, why, code=code, owner=owner, belief=40)
