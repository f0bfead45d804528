"""Where the headings of a sheet are, and what its columns mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.formats.participant_list import is_list, is_said_elsewhere
from eventrec.text.headings import HEADINGS, field_of, fields_of, heading_key
from eventrec.text.names import is_chinese, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = tuple[Any, ...]

LOOKED_AT: Final = 60
"""Rows among which the headings are looked for: a title, a place, a date may stand above them."""

_HONORIFICS: Final = frozenset(
    normalise(word)
    for word in [
        "mr",
        "mr.",
        "ms",
        "ms.",
        "mrs",
        "mrs.",
        "miss",
        "dr",
        "dr.",
        "prof",
        "prof.",
        "h.e.",
        "先生",
        "女士",
        "小姐",
        "博士",
        "教授",
        "阁下",
    ]
)
_NAMED_BY: Final = {
    "participants": ("name", "name_en", "name_zh", "given_name", "family_name", "code", "contact"),
    "contacts": ("name", "name_en", "name_zh", "given_name", "family_name", "contact"),
    "agencies": ("name", "name_en", "name_zh", "code", "agency"),
    "events": ("title", "title_en", "title_zh", "event"),
}
"""By kind: columns of which a sheet must have one, so that a row is about somebody or something."""

_PARTS: Final = {"name": ("given_name", "family_name"), "count": ("women", "men", "not_stated")}
"""Columns that stand for one that is missing."""

_NUMBERS: Final = ("women", "men", "other", "not_stated", "count")


@dataclass(frozen=True)
class Layout:
    """A sheet as it was understood: the row of its headings (from 0) and what each column means."""

    kind: str
    head_row: int
    columns: Mapping[int, str]
    headings: Mapping[int, str]
    unknown: Mapping[int, str] = field(default_factory=dict)
    """Columns that nobody understood, with their headings; what they hold is kept in the note."""

    day: date | None = None
    """The day that a sign-in sheet is for."""

    listed: bool = False
    """It is the list of an event's participants that we write for donors."""

    def heading(self, name: str) -> str:
        """Return what stands above the column of a field; of a name in two columns, above the first of them."""
        columns = sorted(self.columns.items())
        exact = [at for at, known in columns if known == name]
        parts = [at for at, known in columns if known.startswith(f"{name}_") or known in _PARTS.get(name, ())]
        return next((self.headings[at] for at in (*exact, *parts) if at in self.headings), "")


def find(rows: Sequence[Row], kind: str, mapped: Mapping[str, str]) -> Layout | None:
    """Return the layout of a sheet from its first rows; None when no row looks like headings.

    `mapped` has fields by `heading_key`, as the user mapped them now or earlier; they come before our own knowledge.
    The row that names most fields is the heading; of two the upper one.
    """
    best: tuple[int, int] | None = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        fields = set(_fields(row, kind, mapped).values())
        named = any(name in fields for name in _NAMED_BY[kind]) or (
            kind == "participants" and "agency" in fields and fields.intersection(_NUMBERS)
        )
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        enough = len(fields) >= 2 or len(texts) == 1
        if named and enough and (best is None or len(fields) > best[0]):
            best = (len(fields), at)
    return _layout(rows, best[1], kind, mapped) if best else None


def kind_of(rows: Sequence[Row], mapped: Mapping[str, str], *, for_event: bool) -> str | None:
    """Return what kind of sheet the headings speak of, or None when more than one is possible.

    A sheet given for an event lists its participants.
    """
    if for_event:
        return "participants"
    found = {kind: layout for kind in HEADINGS if (layout := find(rows, kind, mapped)) is not None}
    names = {kind: set(layout.columns.values()) for kind, layout in found.items()}
    if "events" in names and names["events"] & {"starts_on", "date", "ends_on"}:
        return "events"
    person = names.get("participants", set())
    if person & {"sex", "position", "position_en", "position_zh", "mobile", "wechat", "family_name", "honorific"} or (
        person & {"agency", "agency_en", "agency_zh"} and person & {"email", "phone"}
    ):
        return "participants" if person & {"event", "count", "women", "men"} else "contacts"
    if names.get("agencies", set()) & {"kind", "parent", "website", "code"}:
        return "agencies"
    return None


def read_maps(texts: Iterable[str], kind: str) -> dict[str, str]:
    """Return heading key → field from `--map "单位=agency"`. Raises UsageError for a field that is none."""
    found = {}
    for text in texts:
        heading, equals, name = text.rpartition("=")
        name = name.strip().replace("-", "_")
        if not equals or not heading.strip():
            raise UsageError(f"“{text}” maps nothing.", 'Write it as --map "单位=agency".')
        if name not in (*fields_of(kind), "ignored"):
            raise UsageError(
                f"“{name}” is no field of {kind}.", f"Choose from: {', '.join((*fields_of(kind), 'ignored'))}."
            )
        found[heading_key(heading)] = name
    return found


def _fields(row: Row, kind: str, mapped: Mapping[str, str]) -> dict[int, str]:
    """Return what each column means by its heading; of two columns of one field the first has it."""
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        name = mapped.get(heading_key(cell)) or field_of(cell, kind)
        if name and (name not in found.values() or name in ("ignored", "number")):
            found[at] = name
        elif name == "email" and "email2" not in found.values():
            found[at] = "email2"
        elif name:
            _in_two_languages(found, row, at, name, kind)
    return found


def _in_two_languages(found: dict[int, str], row: Row, at: int, name: str, kind: str) -> None:
    """Tell two columns of one field apart by the script of their headings: 姓名 and Name."""
    first = next(column for column, known in found.items() if known == name)
    chinese = is_chinese(str(row[first])), is_chinese(str(row[at]))
    if f"{name}_en" in HEADINGS[kind] and chinese[0] != chinese[1]:
        for column, tag in ((first, chinese[0]), (at, chinese[1])):
            found[column] = f"{name}_zh" if tag else f"{name}_en"


def _layout(rows: Sequence[Row], head: int, kind: str, mapped: Mapping[str, str]) -> Layout:
    row = rows[head]
    columns = _fields(row, kind, mapped)
    headings = {at: " ".join(str(cell).split()) for at, cell in enumerate(row) if cell not in (None, "")}
    below = rows[head + 1 :]
    if kind in ("participants", "contacts"):
        columns = _with_honorific(columns, below)
    if "contact" in columns.values() and kind == "participants":
        columns = _contact_or_name(columns, below)
    small = {at: text.casefold() for at, text in headings.items()}
    listed = kind == "participants" and is_list(small.values())
    if listed:
        columns |= {at: "ignored" for at, text in small.items() if is_said_elsewhere(text)}
    unknown = {at: text for at, text in headings.items() if at not in columns}
    unknown |= {at: f"column {_letters(at)}" for at in _without_heading(below, {*columns, *unknown})}
    return Layout(kind, head, columns, headings, unknown, _day_above(rows[:head]), listed)


def _with_honorific(columns: dict[int, str], below: Sequence[Row]) -> dict[int, str]:
    """Tell a column “Title” that holds Mr. and Ms. from one that holds positions."""
    for at, name in columns.items():
        values = [normalise(str(row[at])) for row in below if at < len(row) and row[at] not in (None, "")]
        if name == "position" and values and all(value in _HONORIFICS for value in values):
            free = "honorific" if "honorific" not in columns.values() else "ignored"
            return columns | {at: free}
    return columns


def _contact_or_name(columns: dict[int, str], below: Sequence[Row]) -> dict[int, str]:
    """Tell a column “Contact” that holds our numbers from one that holds names."""
    at = next(at for at, name in columns.items() if name == "contact")
    values = [row[at] for row in below if at < len(row) and row[at] not in (None, "")]
    numbers = all(re.fullmatch(r"#?\d+(\.0)?", str(value).strip()) for value in values)
    return columns if numbers or "name" in columns.values() else columns | {at: "name"}


def _without_heading(below: Sequence[Row], known: set[int]) -> list[int]:
    """Return columns that hold something and have no heading."""
    return sorted({at for row in below for at, cell in enumerate(row) if cell not in (None, "") and at not in known})


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _day_above(rows: Sequence[Row]) -> date | None:
    """Return the date that stands above the headings beside the word for it."""
    for row in rows:
        texts = [cell for cell in row if isinstance(cell, str)]
        if not any(re.match(r"\s*(date|日期)", normalise(text)) for text in texts):
            continue
        for cell in row:
            if isinstance(cell, datetime):
                return cell.date()
            if isinstance(cell, date):
                return cell
        for text in texts:
            if found := re.search(r"\d{4}-\d{2}-\d{2}", text):
                return date.fromisoformat(found[0])
    return None
