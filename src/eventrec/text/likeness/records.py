"""What people and agencies are compared by, and what comes of it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.text.likeness.spelling import Spelled, spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

LIKELY: Final = 70
"""Below this two records are not worth a look."""

_LONG: Final = 25


@dataclass(frozen=True)
class Person:
    """What a person is compared by; e-mails and phones as they are kept, `agency` its number."""

    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    agency: int | None = None

    @cached_property
    def spelled(self) -> tuple[Spelled, ...]:
        """The names, each taken apart: most of what a person takes who was compared."""
        return tuple(map(spelled, (*self.names.values(), *self.aliases)))

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The e-mail addresses in small letters."""
        small = frozenset(map(str.lower, self.emails))
        return self.emails if small == self.emails else small  # one set and not two of the same

    @cached_property
    def strong(self) -> frozenset[str]:
        """What two people share of whom any two names are nearly the same; see `Spelled.strong`."""
        return frozenset().union(*[name.strong for name in self.spelled])

    @cached_property
    def sounds(self) -> frozenset[str]:
        """What two people share whose Chinese names are alike; empty without such a name. See `Spelled.sounds`."""
        return frozenset().union(*[name.sounds for name in self.spelled if name.is_chinese])

    @cached_property
    def has_long_name(self) -> bool:
        """Whether a name is so long that several letters in it may differ, and it is nearly the same."""
        return any(len(name.text) >= _LONG for name in self.spelled)

    def pack(self) -> bytes:
        """Return the person in as few octets as hold also what takes long to find out: `unpack` makes one of them."""
        told = (dict(self.names), self.aliases, self.emails, self.phones, self.agency)
        return pickle.dumps((told, self.strong, self.sounds, self.has_long_name), pickle.HIGHEST_PROTOCOL)

    @classmethod
    def unpack(cls, octets: bytes) -> Person:
        """Return the person who was packed."""
        told, strong, sounds, has_long_name = pickle.loads(octets)  # noqa: S301 (packed by ourselves, in memory)
        person = cls(*told)
        vars(person).update(strong=strong, sounds=sounds, has_long_name=has_long_name)
        return person


@dataclass(frozen=True)
class Organisation:
    """What an agency is compared by; `id` and `parent` are numbers in the book."""

    names: Mapping[str, str]
    code: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    kind: str = "other"
    parent: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class Likeness:
    """A score with its reasons, in words that a person can judge."""

    score: int
    reasons: tuple[str, ...] = field(default=())
