"""A named person's row of an event's list, handed over as one number, which is much quicker than its columns are."""

from __future__ import annotations

import json
from array import array
from itertools import product
from typing import Final, TypeAlias

from eventrec.vocabulary import COUNTED_ROLES, PARTICIPATION_MODALITIES, ROLES, SEXES


def room(many: int) -> int:
    """Return the least power of two that is no less: by such, numbers are taken apart with shifts, which are quick."""
    return 1 << (many - 1).bit_length()


def bits(power: int) -> int:
    """Return by how many bits a number is shifted to be divided by a power of two."""
    return power.bit_length() - 1


Numbers: TypeAlias = "array[int] | list[int]"
"""An array, of a fifth of the room of a list, unless a number is too large for it."""

MARKS: Final = 4
"""By how much own days are multiplied."""
LARGEST: Final = 2**63 - 1
"""The largest number of a database, and of an array."""
OF_SEX: Final = room(len(SEXES))
"""How many different digits of sex there may be."""

_ROLES: Final = (*COUNTED_ROLES, *(role for role in ROLES if role not in COUNTED_ROLES))
"""In the order in which they are looked for: most rows have one of the first."""
_OF_MODALITY: Final = room(len(PARTICIPATION_MODALITIES))
OF_WORDS: Final = room(len(_ROLES)) * _OF_MODALITY * OF_SEX
"""How many different digits of words there may be."""
WORDS: Final = {
    (role * _OF_MODALITY + modality) * OF_SEX + sex: (_ROLES[role], modality, sex)
    for role, modality, sex in product(range(len(_ROLES)), range(len(PARTICIPATION_MODALITIES)), range(len(SEXES)))
}
"""Role, modality and sex by the digits that say them; modality and sex by their place in the vocabulary."""


class Digits:
    """Numbers whose digits are, from the lowest on: own days with two marks, sex, contact, sex, modality, role, party.

    The marks are 1 for evidence and 2 for “about right”. Own days are 0 for somebody who stayed for as many as the
    event has, and at most `longest`. The sex is there twice, as what a person is and as what a line is of; a database
    leaves it out. A number that is too large for one is handed over in four pieces.
    """

    def __init__(self, highest: int, longest: int, parties: int) -> None:
        """`highest` is the highest number of a person, `parties` that of a party, be it below zero or above."""
        self._longest = longest
        self.own = room((longest + 1) * MARKS)
        """How many different lowest digits there may be."""
        self.people = room(highest + 1)
        """How many different people there may be."""
        self.low = self.people * OF_SEX * self.own
        """What is left of a number by this tells person, sex and own days."""
        self.sex = self.low + self.own
        """What is added to a number for the place of the sex."""
        self.person = bits(OF_SEX * self.own)
        """By how many bits a number is shifted for the contact, which is then what is left by `people`."""
        self.words = bits(self.low)
        """By how many bits a number is shifted for its words, which are then what is left by `OF_WORDS`."""
        self.party = bits(self.low * OF_WORDS)
        """By how many bits a number is shifted for its party."""
        self._in_pieces = (parties + 1) * OF_WORDS * self.low > LARGEST

    def sql(self, party: str, evidenced: str) -> str:
        """Return the number of the row `taken` as an expression, or its pieces joined with commas."""
        own = f"""CASE WHEN taken.days > {self._longest} THEN {self._longest} ELSE coalesce(taken.days, 0) END * {MARKS}
            + CASE WHEN taken.approximate THEN 2 ELSE 0 END + {evidenced}"""
        role, modality = place("taken.role", _ROLES), place("taken.modality", PARTICIPATION_MODALITIES)
        words = f"({role} * {_OF_MODALITY} + {modality}) * {OF_SEX}"
        if self._in_pieces:
            return " || ',' || ".join(f"CAST({piece} AS text)" for piece in (party, words, "taken.contact_id", own))
        upper = f"(CAST({party} AS bigint) * {OF_WORDS} + {words})"
        return f"{upper} * {self.low} + taken.contact_id * CAST({OF_SEX * self.own} AS bigint) + {own}"

    def numbers(self, told: str) -> Numbers:
        """Return the numbers that a database told, joined with commas."""
        found: list[int] = json.loads(f"[{told}]")
        if not self._in_pieces:
            return array("q", found)
        pieces = zip(*(found[at::4] for at in range(4)), strict=True)
        return [
            (party << self.party) + (words << self.words) + (person << self.person) + own
            for party, words, person, own in pieces
        ]


def place(column: str, words: tuple[str, ...]) -> str:
    """Return the place of a word in the vocabulary as an expression."""
    found = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(words))
    return f"CASE {column} {found} END"
