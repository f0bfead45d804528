"""A person of a contact block in words: what the places of `Written` say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.draft.rules.contact.phrases.words import HAN, is_surname
from eventrec.draft.rules.contact.points import address, uncovered
from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.evidence import Span
    from eventrec.draft.page import Page
    from eventrec.draft.rules.contact.blocks import Written

_HAN: Final = late(HAN)
_SHORT_ZH: Final = 2
_PLAIN_WEIGHT: Final = 90
_DOUBTED_WEIGHT: Final = 60


@dataclass(frozen=True)
class Told:
    """What one language says of a person; `written` has the places."""

    page: Page
    written: Written

    def _said(self, span: Span | None) -> str | None:
        return " ".join(self.page.of(span).split()) if span else None

    @property
    def language(self) -> str:
        """The language of the words around the person."""
        return self.written.language

    @property
    def start(self) -> int:
        """Where the person is first named."""
        return self.written.spans[0].start

    @cached_property
    def name(self) -> str | None:
        """The name as it is written."""
        return self._said(self.written.name)

    @property
    def other_name(self) -> str | None:
        """The name in other letters."""
        return self._said(self.written.other_name)

    @property
    def position(self) -> str | None:
        """The position as it is written."""
        return self._said(self.written.position)

    @property
    def office(self) -> str | None:
        """The office as it is written."""
        return self._said(self.written.office)

    @cached_property
    def email(self) -> str | None:
        """The address, also what a hidden one stands for; None for a broken one."""
        said = self._said(self.written.email)
        if said is None or self.written.broken:
            return None
        return uncovered(said) if self.written.hidden else address(said)

    @property
    def phone(self) -> str | None:
        """The phone number as it is written."""
        return self._said(self.written.phone)

    @property
    def further(self) -> tuple[str, ...]:
        """More e-mails and phones as they are written."""
        return tuple(said for span in self.written.further if (said := self._said(span)))

    @property
    def weight(self) -> int:
        """How far the block is believed to name whom to ask: a mailbox alone or half a name is a question."""
        if is_whole(self.name or ""):
            return 99
        plain = self.written.reached and (self.name is None or self.written.honorific)
        return _PLAIN_WEIGHT if plain else _DOUBTED_WEIGHT

    @property
    def identity(self) -> tuple[str, str]:
        """By what two mentions in one language are the same person."""
        return self.language, (self.name or self.email or self.phone or "").casefold()

    @property
    def shown(self) -> str:
        """The person in a sentence: the name, else how to reach it."""
        return ", ".join(said for said in (self.name, self.email or self.phone) if said)


def told_of(page: Page, written: Written) -> Told:
    """Return a person of a block in words."""
    return Told(page, written)


def is_whole(name: str) -> bool:
    """Tell whether a name is more than a surname."""
    return len(name) >= _SHORT_ZH and (" " in name or (_HAN.search(name) is not None and not is_surname(name)))


def tag(text: str) -> str:
    """Return the language of a name or position by its letters."""
    return "zh" if _HAN.search(text) else "en"
