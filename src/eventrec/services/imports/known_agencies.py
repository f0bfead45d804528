"""Agencies of the book by code, name and alias, and those whose names are like one; new ones are added meanwhile."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.models import Agency, Alias
from eventrec.services.imports.known import NEAR_ENOUGH, SHOWN
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.text.likeness import Organisation
    from eventrec.text.likeness.near_agencies import NearAgencies

_REMEMBERED: Final = 4_000


class KnownAgencies:
    """All agencies of the book by code, name and alias."""

    def __init__(self, session: Session) -> None:
        self.names: dict[int, Localized] = {}
        self.codes: dict[int, str | None] = {}
        self.countries: dict[int, str | None] = {}
        self._aliases: dict[int, list[str]] = defaultdict(list)
        self._parents: dict[int, int | None] = {}
        self._kinds: dict[int, str] = {}
        self._by_text: dict[str, set[int]] = defaultdict(set)
        self._same: dict[tuple[str, ...], list[int]] = {}
        self._comparable: dict[int, Organisation] = {}
        self._near: NearAgencies | None = None
        self.taken: set[str] = set()
        """Codes in small letters."""

        query = select(Agency.id, Agency.code, Agency.name, Agency.country, Agency.parent_id, Agency.kind)
        for number, code, name, country, parent, kind in session.execute(query):
            self.add(number, code, name, country, parent, kind)
        aliases = select(Alias.agency_id, Alias.name).where(Alias.agency_id.is_not(None))
        for owner, alias in session.execute(aliases):
            self._aliases[owner or 0].append(alias)
            self._by_text[normalise(alias)].add(owner or 0)

    def add(
        self,
        number: int,
        code: str | None,
        name: Localized,
        country: str | None,
        parent: int | None = None,
        kind: str = "other",
        aliases: Sequence[str] = (),
    ) -> None:
        """Know an agency."""
        self._aliases[number] = list(aliases)
        self.names[number], self.codes[number], self.countries[number] = name, code, country
        self._parents[number], self._kinds[number] = parent, kind
        self._same.clear()
        self._comparable.pop(number, None)
        if self._near is not None:
            self._near.add(number, self._organisation(number))
        if code:
            self.taken.add(code.lower())
        for text in (code or "", *name.values(), *aliases):
            if text:
                self._by_text[normalise(text)].add(number)

    def change(
        self, number: int, code: str | None, name: Localized, country: str | None, parent: int | None, kind: str,
        aliases: Sequence[str],
    ) -> None:  # fmt: skip
        """Know how an agency is after it was changed; `aliases` are new ones."""
        there = self._aliases[number]
        for text in (self.codes[number] or "", *self.names[number].values()):
            self._by_text[normalise(text)].discard(number)
        self.taken.discard((self.codes[number] or "").lower())
        self.add(number, code, name, country, parent, kind, [*there, *aliases])

    def second(self, name: Localized, code: str | None) -> tuple[int, bool] | None:
        """Return an agency that has the code, or a name in any language letter by letter; and whether it is the code.

        Of several it is the first.
        """
        texts = {normalise(text) for text in (code or "", *name.values()) if text}
        for number in sorted({number for text in texts for number in self._by_text.get(text, ())}):
            by_code = bool(code) and (self.codes[number] or "").lower() == (code or "").lower()
            if by_code or any(self.names[number].get(tag) == text for tag, text in name.items()):
                return number, by_code
        return None

    def label(self, number: int, main: str) -> str:
        """Return code or name, for a sentence."""
        return self.codes[number] or self.names[number].both(main)

    def label_of(self, number: int) -> str:
        """Return code or name in all languages."""
        return self.codes[number] or self.names[number].both()

    def same(self, texts: Sequence[str]) -> list[int]:
        """Return the agencies that one of the texts names exactly: all of one text before the next is tried."""
        asked = tuple(texts)
        found = self._same.get(asked)
        if found is None:
            if len(self._same) >= _REMEMBERED:
                self._same.clear()
            found = self._same[asked] = self._named_by(asked)
        return found

    def _named_by(self, texts: Sequence[str]) -> list[int]:
        for text in texts:
            for reading in _readings(text):
                found = self._by_text.get(normalise(reading))
                if found:
                    return sorted(found)
        return []

    def named(self, name: Localized) -> list[int]:
        """Return the agencies of that name: the same in each language that both have, and in one at least."""
        texts = {tag: normalise(text) for tag, text in name.items()}
        found = {number for text in texts.values() for number in self._by_text.get(text, ())}
        return sorted(
            number
            for number in found
            if all(normalise(self.names[number].get(tag, text)) == text for tag, text in texts.items())
        )

    def near(self, name: Localized) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return number, score and reasons of the agencies whose names are like this one, the likeliest first."""
        from eventrec.text.likeness import Organisation, agencies
        from eventrec.text.likeness.near_agencies import NearAgencies

        asked = Organisation(code=None, names=name, aliases=(), country=None, kind="other", parent=None, id=None)
        if self._near is None:
            self._near = NearAgencies()
            for number in self.names:
                self._near.add(number, self._organisation(number))
        found = []
        for number in self._near.near(asked):
            like = agencies(asked, self._organisation(number))
            if like is not None and like.score >= NEAR_ENOUGH:
                found.append((number, like.score, like.reasons))
        return sorted(found, key=lambda each: (-each[1], each[0]))[:SHOWN]

    def _organisation(self, number: int) -> Organisation:
        from eventrec.text.likeness import Organisation

        if number not in self._comparable:
            self._comparable[number] = Organisation(
                code=self.codes[number],
                names=self.names[number],
                aliases=tuple(self._aliases.get(number, ())),
                country=self.countries[number],
                kind=self._kinds[number],
                parent=self._parents[number],
                id=number,
            )
        return self._comparable[number]


def _readings(text: str) -> Iterable[str]:
    """Return a text whole, without what stands in brackets at its end, and that alone."""
    yield text
    opened = max(text.rfind("("), text.rfind("（"))
    if opened > 0 and text.rstrip()[-1] in ")）":
        yield text[:opened].strip()
        yield text.rstrip()[opened + 1 : -1].strip()
    for part in text.replace("／", "/").split("/"):
        if part.strip() and part != text:
            yield part.strip()
