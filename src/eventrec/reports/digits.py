"""A named person's row of an event's list, handed over as one number, which is much quicker than its columns are."""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from eventrec.vocabulary import COUNTED_ROLES, PARTICIPATION_MODALITIES, ROLES, SEXES

_ROLES: Final = (*COUNTED_ROLES, *(role for role in ROLES if role not in COUNTED_ROLES))
"""In the order in which they are looked for: most rows have one of the first."""

_MODALITIES: Final = len(PARTICIPATION_MODALITIES)
_SEXES: Final = len(SEXES)
MARKS: Final = 4
"""By how much own days are multiplied."""
LARGEST: Final = 2**63 - 1
"""The largest number of a database, and of an array."""


class Top(NamedTuple):
    """What a number says beside who it is and for how long; sex and modality by their place in the vocabulary."""

    party: int
    role: str
    modality: int
    sex: int


class Digits:
    """Numbers whose digits are, from the lowest on: own days with two marks, the contact, sex, modality, role, party.

    The marks are 1 for evidence and 2 for “about right”. Own days are 0 for somebody who stayed for as many as the
    event has, and at most `longest`. A number that is too large for a database is handed over in three pieces.
    """

    def __init__(self, highest: int, longest: int, parties: int) -> None:
        """`highest` is the highest number of a person, `parties` that of a party, be it below zero or above."""
        self._longest = longest
        self.own = room((longest + 1) * MARKS)
        """How many different lowest digits there may be."""
        self.people = room(highest + 1)
        """How many different people there may be."""
        self.top = self.people * self.own
        """What a number is divided by for what `Top` says."""
        self.who = self.top * _SEXES
        """What is left of a number by this tells person, sex and own days."""
        self._in_pieces = (parties + 1) * len(_ROLES) * _MODALITIES * self.who > LARGEST

    def sql(self, party: str, evidenced: str) -> str:
        """Return the number of the row `taken` as an expression, or its pieces joined with commas."""
        own = f"""CASE WHEN taken.days > {self._longest} THEN {self._longest} ELSE coalesce(taken.days, 0) END * {MARKS}
            + CASE WHEN taken.approximate THEN 2 ELSE 0 END + {evidenced}"""
        role, modality = place("taken.role", _ROLES), place("taken.modality", PARTICIPATION_MODALITIES)
        sex = place("(SELECT contact.sex FROM contact WHERE contact.id = taken.contact_id)", SEXES)
        upper = f"((CAST({party} AS bigint) * {len(_ROLES)} + {role}) * {_MODALITIES} + {modality}) * {_SEXES} + {sex}"
        if self._in_pieces:
            return " || ',' || ".join(f"CAST({piece} AS text)" for piece in (upper, "taken.contact_id", own))
        return f"""({upper}) * {self.top} + taken.contact_id * CAST({self.own} AS bigint) + {own}"""

    def numbers(self, told: str) -> list[int]:
        """Return the numbers that a database told, joined with commas."""
        found: list[int] = json.loads(f"[{told}]")
        if not self._in_pieces:
            return found
        pieces = zip(found[::3], found[1::3], found[2::3], strict=True)
        return [upper * self.top + person * self.own + own for upper, person, own in pieces]

    @staticmethod
    def read(top: int) -> Top:
        """Return what the upper digits say."""
        top, sex = divmod(top, _SEXES)
        top, modality = divmod(top, _MODALITIES)
        party, role = divmod(top, len(_ROLES))
        return Top(party, _ROLES[role], modality, sex)


def room(many: int) -> int:
    """Return the least power of two that is no less: by such, numbers are taken apart with shifts, which are quick."""
    return 1 << (many - 1).bit_length()


def bits(power: int) -> int:
    """Return by how many bits a number is shifted to be divided by a power of two."""
    return power.bit_length() - 1


def place(column: str, words: tuple[str, ...]) -> str:
    """Return the place of a word in the vocabulary as an expression."""
    found = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(words))
    return f"CASE {column} {found} END"
