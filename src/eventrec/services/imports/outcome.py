"""What an import did, or would do: row by row, with every problem by sheet, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from eventrec.formats.line_reader import where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.services.imports.layout import Layout

Action = Literal["new", "updated", "same", "problem", "left out"]

_TOLD_ROWS: Final = 2_000
_NUMBERS: Final = ("rows", "new", "updated", "same", "saved", "changed", "people", "without_country")
_LISTS: Final = ("problems", "likely", "results", "told")


@dataclass(frozen=True)
class Problem:
    """A cell or a row that cannot be taken. `column` is the heading; empty where the whole row is meant."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return self.told("row")

    def told(self, unit: str) -> str:
        """Return it as a sentence; `unit` is what the file is counted in."""
        place = ", ".join(
            part for part in (self.sheet and f"sheet {self.sheet}", f"{unit} {self.row}", self.column) if part
        )
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class Likely:
    """A row that may be somebody who is in the book; `score` is 0 to 100."""

    sheet: str
    row: int
    noun: str
    name: str
    number: int
    known: str
    score: int
    reasons: tuple[str, ...]

    @property
    def key(self) -> str:
        """What a decision about it is kept under: an agency is decided once, a person row by row."""
        return f"agency {self.name}" if self.noun == "agency" else f"{self.sheet} {self.row}"

    def __str__(self) -> str:
        return self.told("row")

    def told(self, unit: str) -> str:
        """Return it as a sentence; `unit` is what the file is counted in."""
        place = f"{self.sheet and f'sheet {self.sheet}, '}{unit} {self.row}"
        return (
            f"{place}: {self.name} may be {self.noun} {self.number}, {self.known}"
            f" ({self.score}: {', '.join(self.reasons)})"
        )


@dataclass(frozen=True)
class RowResult:
    """What happens with one row, in words."""

    sheet: str
    row: int
    action: Action
    text: str


class Mark(NamedTuple):
    """How far an outcome had come: its numbers, the lengths of its lists, and of the lines of each sentence."""

    numbers: Mapping[str, int]
    lengths: Mapping[str, int]
    lines: Mapping[str, int]


@dataclass
class Outcome:
    """The whole import. `saved` is how many rows changed the book: 0 when only checked or refused.

    Of a very long file only the first rows are kept one by one; the numbers are of all.
    """

    kind: str
    unit: str = "row"
    """What `row` of problems and results counts: rows, or of cards the lines at which they begin."""

    rows: int = 0
    new: int = 0
    updated: int = 0
    same: int = 0
    saved: int = 0
    changed: int = 0
    """How many rows were refused because somebody changed the record since the file was written."""

    people: int = 0
    """How many people the rows tell of, by name or by number."""

    without_country: int = 0
    """How many phone numbers do not say their country."""

    problems: list[Problem] = field(default_factory=list)
    likely: list[Likely] = field(default_factory=list)
    results: list[RowResult] = field(default_factory=list)
    layouts: dict[str, Layout] = field(default_factory=dict)
    """The sheets that were read, and how they were understood."""

    undecided: str = ""
    """Which head-counts people with a name met, while nobody said whether they are within or on top."""

    _told: set[str] = field(default_factory=set, repr=False)
    _lines: dict[str, list[int]] = field(default_factory=dict, repr=False)
    told: list[str] = field(default_factory=list)
    """What the person should know: encodings, columns not understood, lines left out, agencies made."""

    @property
    def keeps_words(self) -> bool:
        """Whether what is said of the next row is kept."""
        return len(self.results) < _TOLD_ROWS

    def count(self, sheet: str, row: int, action: Action, text: str) -> None:
        """Note what happens with a row."""
        self.rows += action != "left out"
        if action in ("new", "updated", "same"):
            setattr(self, action, getattr(self, action) + 1)
        if self.keeps_words:
            self.results.append(RowResult(sheet, row, action, text))

    def refuse(self, problems: list[Problem]) -> None:
        """Note a row that cannot be taken."""
        self.problems.extend(problems)
        first = problems[0]
        self.count(
            first.sheet, first.row, "problem", "; ".join(f"{each.column or 'row'}: {each.message}" for each in problems)
        )

    def tell(self, sentence: str) -> None:
        """Note a sentence once."""
        if sentence not in self._told:
            self._told.add(sentence)
            self.told.append(sentence)

    def tell_at(self, what: str, line: int) -> None:
        """Note what was done at a line; all lines of the same stand in one sentence, once `tell_lines` was called."""
        lines = self._lines.setdefault(what, [])
        if line not in lines[-1:]:
            lines.append(line)

    def tell_lines(self) -> None:
        """Tell what was noted at lines."""
        for what, lines in self._lines.items():
            self.tell(f"{what}: {where(lines)}.")
        self._lines.clear()

    def mark(self) -> Mark:
        """Return how far it has come, for `back_to`."""
        return Mark(
            {name: getattr(self, name) for name in _NUMBERS},
            {name: len(getattr(self, name)) for name in _LISTS},
            {what: len(lines) for what, lines in self._lines.items()},
        )

    def back_to(self, mark: Mark) -> None:
        """Forget all that was noted since the mark."""
        for name, number in mark.numbers.items():
            setattr(self, name, number)
        self._told.difference_update(self.told[mark.lengths["told"] :])
        for name, length in mark.lengths.items():
            del getattr(self, name)[length:]
        self._lines = {what: self._lines[what][:length] for what, length in mark.lines.items()}

    def as_json(self) -> Mapping[str, Any]:
        """Return the promised keys; more may be added, none renamed."""
        return {
            "rows": self.rows,
            "new": self.new,
            "updated": self.updated,
            "same": self.same,
            "problems": [
                {"sheet": each.sheet, "row": each.row, "column": each.column, "message": each.message}
                for each in self.problems
            ],
            "saved": self.saved,
            "kind": self.kind,
            "likely": [
                {
                    "sheet": each.sheet,
                    "row": each.row,
                    "noun": each.noun,
                    "name": each.name,
                    "id": each.number,
                    "score": each.score,
                    "reasons": list(each.reasons),
                }
                for each in self.likely
            ],
            "notes": self.told,
        }
