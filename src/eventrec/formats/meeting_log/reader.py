"""The rows of an attendance report, one entry each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from eventrec.formats.meeting_log.headings import head_of, unit_of
from eventrec.formats.meeting_log.moments import duration, is_blank, moment, order_of, plain
from eventrec.formats.meeting_log.records import Entry, LogProblem
from eventrec.text.typed import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from eventrec.formats.meeting_log.headings import Head
    from eventrec.formats.meeting_log.moments import Order
    from eventrec.formats.meeting_log.records import Layout
    from eventrec.formats.sheets.records import CellValue, Row

_TITLE: Final = re.compile(r"\d+\.\s*\S.*|.*\b(?:details|attended|report|participants)\W*|.*(?:信息|详情|明细|报告)\W*")
_REMARK: Final = re.compile(r"(?:note|remark|注|备注|说明|共)(?:\b|\d|计).*", re.IGNORECASE)
_SUM: Final = re.compile(r"(?:grand )?total|sum|合计|总计|共计|小计")
_LONGEST_TITLE: Final = 100
_YES: Final = ("yes", "y", "true", "是", "1", "已参加", "已出席", "✓")
_NO: Final = ("no", "n", "false", "否", "0", "未参加", "未出席")
_EXTERNAL: Final = re.compile(r"(.+)_([^_]+)#ext#@.+", re.IGNORECASE)
_LEFT: Final = re.compile(r"left|leave|离开|退出|退会", re.I)
_JOINED: Final = re.compile(r"join|加入|入会", re.I)


@dataclass(frozen=True)
class _Line:
    """A row of a table, with the headings above it and the name of its section."""

    number: int
    row: Row
    head: Head
    section: str

    def cell(self, field: str) -> CellValue:
        at = self.head.columns.get(field, -1)
        value = self.row[at] if 0 <= at < len(self.row) else None
        return None if is_blank(value) else value

    def text(self, field: str) -> str:
        value = self.cell(field)
        return "" if value is None else " ".join(str(value).split())

    def heading(self, field: str) -> str:
        return self.head.headings.get(field, "")

    def problem(self, field: str, message: str) -> LogProblem:
        return LogProblem(self.number, self.heading(field), message)

    @property
    def email(self) -> str:
        account = self.text("account")
        guest = _EXTERNAL.fullmatch(account)
        for found in (self.text("email"), f"{guest[1]}@{guest[2]}" if guest else account):
            if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", found):
                return found.lower()
        return ""

    @property
    def who(self) -> tuple[str, str]:
        return self.text("name"), self.email


def entries(rows: Iterable[Row], layout: Layout, day: date | None = None) -> Iterator[Entry | LogProblem]:
    """Yield the entries of a report, from all rows of its sheet, and the rows that cannot be taken.

    Left out are the waiting room, people of a webinar who only registered, and a row for a person where each of the
    person's times has its own. `day` is the event's; it tells 10/11 from 11/10 where the report does not.
    """
    lines = _without_sums([line for line in _lines(list(rows), layout) if not _is_absent(line)])
    moments = [line.cell(field) for line in lines for field in ("joined", "left", "at")]
    order = order_of(moments, day)
    if "action" in layout.columns:
        yield from _of_actions(lines, order)
        return
    for line in lines:
        yield _entry(line, order)


def _lines(rows: Sequence[Row], layout: Layout) -> Iterator[_Line]:
    """Yield the rows that are about people; a report may hold several tables, each under its headings."""
    head: Head | None = None
    section = ""
    for at, row in enumerate(rows):
        new = head_of(row) if at >= layout.head_row else None
        if new is not None:
            head = new
        elif title := _title(rows, at):
            head, section = None, title
        elif head is not None and not all(map(is_blank, row)) and not _is_remark(row):
            yield _Line(at + 1, row, head, section)


def _title(rows: Sequence[Row], at: int) -> str:
    """Return the title of a table: alone in its row, with headings under it or nothing above it."""
    text = _only_text(rows[at])
    if not text or not _TITLE.fullmatch(text.lower()):
        return ""
    below = at + 1 < len(rows) and head_of(rows[at + 1]) is not None
    return text if below or at == 0 or all(map(is_blank, rows[at - 1])) else ""


def _only_text(row: Row) -> str:
    filled = [cell for cell in row if not is_blank(cell)]
    text = filled[0] if len(filled) == 1 else None
    return plain(text) if isinstance(text, str) and len(text) <= _LONGEST_TITLE else ""


def _is_remark(row: Row) -> bool:
    first = next((cell for cell in row if not is_blank(cell)), None)
    return _REMARK.fullmatch(_only_text(row)) is not None or _SUM.fullmatch(plain(str(first)).lower()) is not None


def _is_absent(line: _Line) -> bool:
    return _answer(line.cell("waiting")) is True or _answer(line.cell("attended")) is False


def _answer(value: CellValue) -> bool | None:
    if isinstance(value, bool):
        return value
    text = plain(str(value)).lower()
    return True if text in _YES else False if text in _NO else None


def _without_sums(lines: Sequence[_Line]) -> list[_Line]:
    """Leave out the one row of a person whose every time has a row of its own further down."""
    detailed = {line.who for line in lines if line.head.detailed}
    return [line for line in lines if line.head.detailed or line.who not in detailed]


def _entry(line: _Line, order: Order) -> Entry | LogProblem:
    joined = moment(line.cell("joined"), order)
    left = moment(line.cell("left"), order, joined)
    for field, at in (("joined", joined), ("left", left)):
        if at is None and line.cell(field) is not None:
            return line.problem(field, f"“{shortened(line.text(field))}” is not understood as a date with hours.")
    if joined and left and left < joined:
        return line.problem("left", f"{left} is before {joined}, when the person joined.")
    stated = _stated(line)
    if isinstance(stated, LogProblem):
        return stated
    if stated is None and joined is None and left is None:
        return line.problem("", "There is neither a time nor a duration.")
    between = int((left - joined).total_seconds()) if joined and left else 0
    return _of(line, joined, left, between if stated is None else stated)


def _stated(line: _Line) -> int | LogProblem | None:
    value = line.cell("duration")
    if value is None:
        return None
    seconds = duration(value, unit_of(line.heading("duration")))
    if seconds is None:
        return line.problem("duration", f"“{shortened(line.text('duration'))}” is not understood as a duration.")
    return seconds


def _of(line: _Line, joined: datetime | None, left: datetime | None, seconds: int) -> Entry:
    return Entry(
        row=line.number,
        name=line.text("name"),
        email=line.email,
        joined=joined,
        left=left,
        seconds=seconds,
        guest=_answer(line.cell("guest")),
        role=line.text("role") or (line.section if "attended" in line.head.columns else ""),
        agency=line.text("agency"),
    )


@dataclass(frozen=True)
class _Step:
    line: _Line
    at: datetime
    leaves: bool


def _of_actions(lines: Sequence[_Line], order: Order) -> Iterator[Entry | LogProblem]:
    """Yield an entry from each joining to the leaving that follows it, person by person."""
    steps: list[_Step] = []
    for line in lines:
        action, at = line.text("action"), moment(line.cell("at"), order)
        if at is None:
            yield line.problem("at", f"“{shortened(line.text('at'))}” is not understood as a date with hours.")
        elif not (_LEFT.search(action) or _JOINED.search(action)):
            yield line.problem("action", f"“{shortened(action)}” is neither joining nor leaving.")
        else:
            steps.append(_Step(line, at, _LEFT.search(action) is not None))
    steps.sort(key=lambda step: (step.line.who, step.at, step.leaves))
    for _, of_one in groupby(steps, key=lambda step: step.line.who):
        yield from _times(list(of_one))


def _times(steps: Sequence[_Step]) -> Iterator[Entry | LogProblem]:
    """Pair the steps of one person; a second joining while there, or a second leaving, is another device."""
    times: list[list[_Step]] = []
    for step in steps:
        there = bool(times) and not times[-1][-1].leaves
        if step.leaves and not times:
            yield step.line.problem("action", f"It does not say when {shortened(step.line.text('name'))} joined.")
        elif step.leaves:
            times[-1][1:] = [step]
        elif not there:
            times.append([step])
    for first, *last in times:
        left = last[0].at if last else None
        yield _of(first.line, first.at, left, int((left - first.at).total_seconds()) if left else 0)
