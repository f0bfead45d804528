"""Sign-in sheets: what stands on one, and the short codes by which a filled-in sheet comes back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.text.words import read_yes_or_no

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_LETTERS: Final = "BCDFGHJKLMNPQRTVWX"
"""No vowels, so that no code is a word, and none of the letters that are mistaken for 0, 1, 2 and 5."""

_CODE: Final = re.compile(rf"([1-9][0-9O]{{0,8}})([{_LETTERS}]{{2}})")
_CROSSES: Final = frozenset("×✕✖✗✘❌❎╳")

HEADINGS: Final = {
    "number": "No. 序号",
    "code": "Code 编号",
    "name": "Name 姓名",
    "agency": "Agency 单位",
    "position": "Position 职务",
    "sex": "Sex 性别",
    "signature": "Signature 签名",
}
"""What stands above the columns; the import knows the sheet by them."""

DAY_LABEL: Final = "Date 日期"
SEXES: Final = {"female": "F 女", "male": "M 男", "other": "Other 其他"}


@dataclass(frozen=True)
class Signer:
    """Somebody on the list; texts are as the sheet shows them. `contact_id` is a number that it does not show."""

    code: str
    name: str
    agency: str = ""
    position: str = ""
    sex: str = ""
    contact_id: int | None = None


@dataclass(frozen=True)
class SignInSheet:
    """A sheet for each day of an event; `blank` rows are for people who were not announced."""

    titles: Sequence[str]
    days: Sequence[date]
    people: Sequence[Signer]
    blank: int = 10
    lines: Mapping[str, str] = field(default_factory=dict)
    """Hours, place and funding, each under its label."""


def code(number: int, uid: str) -> str:
    """Return the short code of a participation: its number and two letters that check it, `23-KT`."""
    digest = hashlib.sha256(uid.encode()).digest()
    return f"{number}-{_LETTERS[digest[0] % len(_LETTERS)]}{_LETTERS[digest[1] % len(_LETTERS)]}"


def read_code(text: str) -> tuple[int, str] | None:
    """Return number and letters of a code as people type it; None for what is none.

    Case, width, spaces and dashes do not matter, nor does an O for a 0.
    """
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).upper())
    found = _CODE.fullmatch(plain)
    return (int(found[1].replace("O", "0")), found[2]) if found else None


def matches(number: int, letters: str, uid: str) -> bool:
    """Tell whether a code is that of the participation with this number and uid."""
    return code(number, uid) == f"{number}-{letters}"


def is_present(text: str) -> bool | None:
    """Return what a signature cell says: any mark is a yes unless it is a word for no; None when blank."""
    plain = text.strip().rstrip("\ufe0e\ufe0f")
    if not plain:
        return None
    said = False if plain in _CROSSES else read_yes_or_no(plain)
    return True if said is None else said
