"""The list of participants of one event, as a donor files it: the event on top, people, further heads, total."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.cells import number
from eventrec.localized import Localized
from eventrec.table import Column, Table
from eventrec.vocabulary import HEAD_COUNTS, SEXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

_BY_SEX: Final = dict(zip(SEXES, HEAD_COUNTS, strict=True))
_ENGLISH: Final = {"women": ("woman", "women"), "men": ("man", "men")}
_CHINESE: Final = {"women": "女", "men": "男", "other": "其他", "not_stated": "性别未说明"}

_SEX_OF: Final = {
    **{word: name for name, words in _ENGLISH.items() for word in words},
    **{name.replace("_", " "): name for name in HEAD_COUNTS},
    **{word: name for name, word in _CHINESE.items()},
}
_NOT_NAMED: Final = re.compile(
    r"(?P<about>about |另有 约 |约 )?(?:另有 )?\d+ (?:(?:further|people), not named|人未列名)(?:[:：] ?(?P<parts>.+))?"
)
_NOT_COUNTED: Final = re.compile(
    r"(further|people), not named, not counted|(另有 ?)?未列名人员，人数未统计", re.IGNORECASE
)
_PART: Final = re.compile(r"(?P<count>\d+) (?P<english>[a-z ]+)|(?P<chinese>\w+?) (?P<number>\d+) 人")
_ADDRESS: Final = "agency address 单位地址"
_HEADINGS: Final = frozenset((_ADDRESS, "people 人数", "source 依据"))
"""What stands above columns, as the sheet has them together."""


@dataclass(frozen=True)
class ParticipantRow:
    """A named person, or the people of a party who are further and unnamed.

    A person has `name` and `sex`. Unnamed people have the four head-counts, None where nobody counted them.
    `counted` is how many people the row adds to the report under its rule: 0 for an interpreter, None when
    nobody counted. `contact_id` is the person's number, which is written nowhere.
    """

    name: Mapping[str, str] | None = None
    sex: str = "not-stated"
    agency: Mapping[str, str] | None = None
    agency_address: str = ""
    country: str = ""
    position: Mapping[str, str] | None = None
    role: str = "participant"
    modality: str = ""
    days: int | Decimal | None = None
    source: str = ""
    women: int | None = None
    men: int | None = None
    other: int | None = None
    not_stated: int | None = None
    approximate: bool = False
    counted: int | None = None
    contact_id: int | None = None

    @property
    def heads(self) -> dict[str, int] | None:
        """The people of the row by sex, None when nobody counted them."""
        if self.name:
            return {count: int(_BY_SEX[self.sex] == count) for count in HEAD_COUNTS}
        if self.women is None and self.men is None and self.other is None and self.not_stated is None:
            return None
        return {count: getattr(self, count) or 0 for count in HEAD_COUNTS}


@dataclass(frozen=True)
class ParticipantTotal:
    """What the report says of the event. `participations` is None when nobody was counted."""

    participations: int | None
    women: int | None
    men: int | None
    other: int | None
    not_stated: int | None
    uncounted: int = 0
    approximate: bool = False


@dataclass(frozen=True)
class ParticipantList:
    """The event as it is printed on top, its rows in the order given (unnamed ones go last), and its total.

    `dates` and `place` are texts ready to print; `projects` are their codes and names, `funding` the donors'
    statements. `notes` are the rule and what was left out.
    """

    title: Mapping[str, str]
    dates: str
    place: str
    rows: Sequence[ParticipantRow]
    total: ParticipantTotal
    projects: Sequence[str] = ()
    funding: Sequence[str] = ()
    notes: Sequence[str] = ()
    main: str = field(default="en")


def ordered(listing: ParticipantList) -> list[ParticipantRow]:
    """Return the rows as they are listed, named people first. Raises Rejected if they do not give the total."""
    _check(listing)
    return sorted(listing.rows, key=lambda row: not row.name)


def as_table(listing: ParticipantList) -> Table:
    """Return the list as a table for CSV, JSON and Markdown, without the lines above and below it."""
    columns = (
        Column("number", "integer"),
        Column("name", "localized"),
        Column("sex"),
        Column("agency", "localized"),
        Column("agency_address"),
        Column("country"),
        Column("position", "localized"),
        Column("role"),
        Column("modality"),
        Column("days", "decimal"),
        Column("source"),
        *(Column(name, "integer") for name in HEAD_COUNTS),
        Column("counted", "integer"),
    )
    rows = [
        (
            at if row.name else None,
            dict(names(row, listing)),
            row.sex if row.name else None,
            dict(row.agency) if row.agency else None,
            *(text or None for text in (row.agency_address, row.country)),
            dict(row.position) if row.position else None,
            *(text or None for text in (row.role, row.modality)),
            row.days,
            row.source or None,
            *((row.heads or {}).get(name) for name in HEAD_COUNTS),
            row.counted,
        )
        for at, row in enumerate(ordered(listing), start=1)
    ]
    return Table(columns, rows)


def names(row: ParticipantRow, listing: ParticipantList) -> Mapping[str, str]:
    """Return a person's name in each language, or what the list says of people without a name."""
    if row.name:
        return row.name
    further = any(other.name for other in listing.rows)
    return Localized(en=_unnamed_in_english(row, further), zh=_unnamed_in_chinese(row, further))


@dataclass(frozen=True)
class Unnamed:
    """What the list says of people without a name: how many of each sex, None when nobody counted them."""

    counts: Mapping[str, int] | None
    approximate: bool = False


def read_unnamed(text: str) -> Unnamed | None:
    """Return what such a text says, in either language; None for any other text, which is a name."""
    if _NOT_COUNTED.fullmatch(text):
        return Unnamed(None)
    found = _NOT_NAMED.fullmatch(text)
    if not found:
        return None
    counts: dict[str, int] = {}
    for part in re.split("[,，] ?", found["parts"] or ""):
        read = _PART.fullmatch(part)
        name = _SEX_OF.get(read["english"] or read["chinese"]) if read else None
        if read and name:
            counts[name] = int(read["count"] or read["number"])
    return Unnamed(counts, bool(found["about"]))


def is_list(headings: Collection[str]) -> bool:
    """Tell whether these headings, in small letters, are those of such a list."""
    return _HEADINGS.issubset(headings)


def is_said_elsewhere(heading: str) -> bool:
    """Tell whether a column of the list, by its heading in small letters, says what is not the participant's own."""
    return heading == _ADDRESS


def languages(maps: Iterable[Mapping[str, str] | None], main: str) -> list[str]:
    """Return the languages that a column is needed for: the main one, English, Chinese, then others found."""
    found = {tag for localized in maps if localized for tag in localized}
    return list(dict.fromkeys([main, "en", "zh", *sorted(found)]))


def _unnamed_in_english(row: ParticipantRow, further: bool) -> str:
    kind = "further, not named" if further else "people, not named"
    if row.heads is None:
        return f"{kind}, not counted".capitalize()
    parts = [f"{count} {_word(name, count)}" for name, count in row.heads.items() if count]
    about = "about " if row.approximate else ""
    return f"{about}{sum(row.heads.values())} {kind}: {', '.join(parts)}".removesuffix(": ")


def _word(name: str, count: int) -> str:
    return _ENGLISH[name][count != 1] if name in _ENGLISH else name.replace("_", " ")


def _unnamed_in_chinese(row: ParticipantRow, further: bool) -> str:
    start = "另有 " if further else ""
    if row.heads is None:
        return f"{start.strip()}未列名人员，人数未统计"
    parts = [f"{_CHINESE[name]} {count} 人" for name, count in row.heads.items() if count]
    about = "约 " if row.approximate else ""
    return f"{start}{about}{sum(row.heads.values())} 人未列名：{'，'.join(parts)}".removesuffix("：")


def _check(listing: ParticipantList) -> None:
    total = listing.total
    sums = dict.fromkeys(HEAD_COUNTS, 0)
    for row in listing.rows:
        if row.counted and row.heads:
            for name, count in row.heads.items():
                sums[name] += count
    counted = sum(row.counted or 0 for row in listing.rows)
    _agree("participations", counted, total.participations)
    for name, heads in sums.items():
        _agree(name.replace("_", " "), heads, getattr(total, name))


def _agree(what: str, listed: int, reported: int | None) -> None:
    if listed != (reported or 0):
        raise Rejected(
            f"The list adds up to {number(listed)} {what}, but the report says {number(reported or 0)}.",
            "See which rows count: eventrec participant list",
        )
