"""A person, or a delegation, as a row or a card tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.formats.participant_list import read_unnamed
from eventrec.localized import Localized
from eventrec.services.headcount import HeadCount
from eventrec.services.imports.cells import Cells
from eventrec.services.imports.outcome import Problem
from eventrec.services.points import Point
from eventrec.text.names import clean, in_languages, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.rows import RawRow

_LONG: Final = 20_000
_HONORIFIC_SEX: Final = {
    "mr": "male",
    "ms": "female",
    "mrs": "female",
    "miss": "female",
    "先生": "male",
    "女士": "female",
    "小姐": "female",
}


@dataclass(slots=True)
class Incoming:
    """A named person, or further people without a name, with all that the row says. Empty means: not said."""

    sheet: str
    row: int
    names: Localized | None = None
    number: int | None = None
    """The contact's number in the book."""

    version: int | None = None
    uid: str = ""
    """The identity that a card gives."""

    revised: str | None = None
    """When what a card says was last changed, UTC."""

    exactly: bool = False
    """The agency is named as eventrec names it, letter by letter."""

    code: str = ""
    """What stands in the code column of a sign-in sheet."""

    family_name: str | None = None
    given_name: str | None = None
    honorific: str | None = None
    sex: str | None = None
    agency: Localized | None = None
    agency_texts: Sequence[str] = ()
    """What may name an agency: the cells as they are, and their parts."""

    country: str | None = None
    position: Localized | None = None
    unit: str | None = None
    points: list[Point] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    note: str | None = None
    without_country: int = 0
    """Phone numbers that do not say their country, and were kept in the note."""

    role: str | None = None
    status: str | None = None
    present: bool | None = None
    """A tick or a signature: there, not there, nothing said."""

    modality: str | None = None
    days: int | None = None
    counts: HeadCount | None = None
    approximate: bool = False
    label: Localized | None = None
    side: str | None = None
    source: str | None = None
    event: str = ""
    listed: bool = False
    """The row is of a list that we write for donors: who it is takes part already."""

    counted: int | None = None
    """How many people such a list counts here; None where the sheet has no such column."""

    @property
    def emails(self) -> list[str]:
        """The addresses, as they would be kept."""
        return [point.value for point in self.points if point.kind == "email"]

    @property
    def label_text(self) -> str:
        """What to call the row when talking of it."""
        if self.names:
            return self.names.both()
        whose = self.agency or self.label
        return whose.both() if whose else "people without a name"


class PersonReader:
    """Reads rows of one layout into people; problems go where `refuse` says."""

    def __init__(self, found: Layout, main: str, today: date, country_of: Callable[[Incoming], str | None]) -> None:
        self._found = found
        self._main = main
        self._today = today
        self._country_of = country_of
        self._has = _with_parts(found.columns.values())
        self._agency = [name for name in ("agency", "agency_en", "agency_zh") if name in found.columns.values()]
        self._tells_of_taking_part = bool(self._has & _TAKING_PART)
        self._emails = [name for name in ("email", "email2") if name in self._has]
        self._phones: list[str] = [kind for kind in ("phone", "mobile") if kind in self._has]
        self._lines = [(kind, limit) for kind, limit in _LINES.items() if kind in self._has]
        self._waits = "country" in self._has and bool(self._has & {"phone", "mobile"})

    def read(self, row: RawRow) -> tuple[Incoming, list[Problem]]:
        """Return what the row says and everything in it that cannot be read."""
        problems: list[Problem] = []

        def refuse(name: str, message: str) -> None:
            problems.append(Problem(row.sheet, row.number, self._found.heading(name) or name, message))

        cells = Cells(row.cells, refuse, self._today)
        found = Incoming(row.sheet, row.number)
        if "code" in self._has or "event" in self._has:
            found.code, found.event = cells.text("code"), cells.text("event")
        if found.code:  # a sign-in sheet: the code says who it is, only the mark counts
            found.status, found.present = cells.word("status", "status"), _mark(cells)
            return found, problems
        self._person(cells, found)
        self._work(cells, found)
        if self._tells_of_taking_part:
            self._taking_part(cells, found)
        if self._found.listed:
            self._listed(cells, found)
        found.note = kept_note(cells, row)
        self._points(cells, found)
        says_who = found.names or found.counts or found.number or found.code or found.agency or found.label
        if not (says_who or problems):
            refuse("name", "There is neither a name nor a number of people.")
        return found, problems

    def waits(self, found: Incoming) -> bool:
        """Tell whether a row reads otherwise once rows above it have told the country of its agency."""
        return self._waits and not found.country and found.agency is not None

    def _person(self, cells: Cells, found: Incoming) -> None:
        has = self._has
        if "contact" in has or "version" in has:
            number, version = cells.number("contact"), cells.number("version")
            found.number = number[0] if number else None
            found.version = version[0] if version else None
        if "family_name" in has or "given_name" in has:
            found.family_name = cells.line("family_name", 100)
            found.given_name = cells.line("given_name", 100)
        found.names = cells.localized("name", self._main) or self._composed(found)
        if not (found.family_name and found.given_name):
            found.family_name = found.given_name = None
        found.honorific = cells.line("honorific", 50) if "honorific" in has else None
        found.sex = cells.word("sex", "sex")
        if found.sex is None and found.honorific:
            found.sex = _HONORIFIC_SEX.get(found.honorific.casefold().strip(". "))
        if "languages" in has:
            texts = cells.text("languages").replace("，", ",").split(",")
            found.languages = [part.strip() for part in texts if part.strip()]
        if "aliases" in has:
            texts = cells.text("aliases").replace("；", ";").split(";")
            found.aliases = list(dict.fromkeys(part.strip() for part in texts if part.strip()))

    def _composed(self, found: Incoming) -> Localized | None:
        """Put a name together from its two halves: in the order of the columns, or as Chinese names are written."""
        if not (found.family_name or found.given_name):
            return None
        halves = {"family_name": found.family_name or "", "given_name": found.given_name or ""}
        tag = language_of("".join(halves.values()), self._main)
        if tag in ("zh", "ja", "ko"):
            return Localized({tag: "".join(halves.values())})
        order = [name for _, name in sorted(self._found.columns.items()) if name in halves]
        return Localized({tag: " ".join(halves[name] for name in order if halves[name])})

    def _work(self, cells: Cells, found: Incoming) -> None:
        if "agency" in self._has:
            found.agency = cells.localized("agency", self._main)
            found.agency_texts = _naming(*[cells.text(name) for name in self._agency])
        found.country = cells.country("country") if "country" in self._has else None
        found.position = cells.localized("position", self._main) if "position" in self._has else None
        found.unit = cells.line("unit") if "unit" in self._has else None

    def _taking_part(self, cells: Cells, found: Incoming) -> None:
        found.role = cells.word("role", "role")
        found.status = cells.word("status", "status")
        found.present = _mark(cells)
        found.modality = cells.word("modality", "modality")
        days = cells.number("days")
        found.days = days[0] if days else None
        found.label = cells.localized("label", self._main)
        found.side = cells.line("side", 50)
        found.source = cells.word("source", "source")
        if found.names is None:
            self._head_count(cells, found)

    def _listed(self, cells: Cells, found: Incoming) -> None:
        """Read what only a list of ours has: people who are further and not named, and how many it counts."""
        found.listed = True
        if "count" in self._found.columns.values():
            number = cells.number("count")
            found.counted = number[0] if number else 0
        told = (read_unnamed(name) for name in (found.names or {}).values())
        unnamed = next(filter(None, told), None)
        if unnamed is not None:
            found.names = None
            found.counts = None if unnamed.counts is None else HeadCount(**unnamed.counts)
            found.approximate = unnamed.approximate

    def _head_count(self, cells: Cells, found: Incoming) -> None:
        numbers = {name: cells.number(name) for name in ("women", "men", "other", "not_stated")}
        total = cells.number("count")
        given = {name: number[0] for name, number in numbers.items() if number}
        known = sum(given.values())
        if total and total[0] < known:
            cells._refuse("count", f"{total[0]} people are fewer than the {known} counted by sex.")
            return
        if total:
            given["not_stated"] = given.get("not_stated", 0) + total[0] - known
        if given and sum(given.values()):
            found.counts = HeadCount(**given)
            about = cells.tick("about") if "about" in cells else False
            found.approximate = bool(about) or any(number[1] for number in (*numbers.values(), total) if number)

    def _points(self, cells: Cells, found: Incoming) -> None:
        values = [("email", value) for name in self._emails for value in cells.emails(name)]
        country = self._country_of(found) if self._phones else None
        for kind in self._phones:
            numbers, nowhere = cells.phones(kind, country)
            values += [(kind, value) for value in numbers]
            for text in nowhere:
                line = f"{self._found.heading(kind)}: {text}"
                found.note = f"{found.note}\n{line}" if found.note else line
                found.without_country += 1
        for kind, limit in self._lines:
            line_of = cells.line(kind, limit)
            values += [(kind, line_of)] if line_of else []
        found.points = [Point(kind, value) for kind, value in dict.fromkeys(values)]


_LINES: Final = {"wechat": 100, "url": 2000, "address": 500}
"""Points that are kept as they are typed, and how many characters they have at most."""

_TAKING_PART: Final = frozenset(
    [
        "role",
        "status",
        "attended",
        "signature",
        "modality",
        "days",
        "label",
        "side",
        "source",
        "women",
        "men",
        "other",
        "not_stated",
        "count",
        "about",
    ]
)


def _with_parts(fields: Iterable[str]) -> frozenset[str]:
    """Return the fields that a sheet has; one that has its English or Chinese part is there as a whole, too."""
    names = list(fields)
    return frozenset([*names, *(name.removesuffix("_en").removesuffix("_zh") for name in names)])


@lru_cache(maxsize=4_000)
def _naming(*cells: str) -> tuple[str, ...]:
    """Return what may name an agency, from its cells: what they hold, and its parts."""
    whole = [text for text in cells if text]
    return tuple(dict.fromkeys([*whole, *(part for text in whole for part in in_languages(text))]))


def _mark(cells: Cells) -> bool | None:
    """Return whether a tick or a signature says that the person was there."""
    said = cells.tick("attended")
    return cells.tick("signature") if said is None else said


def kept_note(cells: Cells, row: RawRow) -> str | None:
    """Return the note with what stands in columns that nobody understood, so that nothing is lost."""
    if not row.extra and "note" not in cells:
        return None
    note = cells.line("note", _LONG, lines=True)
    lines = [note] if note else []
    lines += [clean(f"{heading}: {text}", "note", _LONG, lines=True) for heading, text in row.extra.items()]
    return "\n".join(lines) or None
