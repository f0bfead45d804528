"""Workbooks and text tables as an import: what their rows are, and what their columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.errors import Rejected, UsageError
from eventrec.models import Setting
from eventrec.services import setting
from eventrec.services.imports import layout as layouts
from eventrec.services.imports import online
from eventrec.services.imports import rows as raw
from eventrec.services.imports.work import Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from eventrec.formats.sheets import Sheet, SheetFile
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.wish import Wish

REMEMBERED: Final = "import headings"
"""The setting that keeps what the user said of headings: kind → heading key → field."""

_OURS: Final = ("Lists", "How to")
"""How the names of the sheets begin that a template of ours has beside the one to fill in."""


def sheets(session: Session, file: SheetFile, wish: Wish) -> Outcome:
    """Import a workbook or a text table. Raises Rejected when no sheet of it can be understood."""
    found_report = online.recognised(file) if wish.kind in (None, "participants") else None
    if found_report is not None:
        return online.report(session, file, *found_report, wish)
    kind, found = _understood(session, file, wish)
    work = Import(session, wish, kind)
    for sentence in file.told:
        work.outcome.tell(sentence)
    total = raw.Total()
    for sentence in left_out(file, [sheet.name for sheet, _ in found]):
        work.outcome.tell(sentence)
    for sheet, layout in found:
        work.outcome.layouts[sheet.name] = layout
        for heading in layout.unknown.values():
            work.outcome.tell(f"Column “{heading}” was not understood; what it holds is kept in the note.")
        work.rows(layout, raw.of_sheet(sheet.name, sheet.rows, layout, total))
    if not work.outcome.rows:
        raise Rejected("There are headings and no rows below them.", "Fill in the sheet, or name another file.")
    _compare_totals(total, work.outcome)
    if wish.maps:
        _remember(session, kind, wish.maps)
    return work.finish()


def _understood(session: Session, file: SheetFile, wish: Wish) -> tuple[str, list[tuple[Sheet, Layout]]]:
    """Return what kind of records the file holds, and its sheets with their layouts."""
    remembered = session.scalar(select(Setting.value).where(Setting.key == REMEMBERED)) or {}
    beginnings = {sheet.name: raw.first_rows(sheet.rows) for sheet in file.sheets if not sheet.hidden}
    kind = wish.kind
    if kind is None:
        mapped = {**{key: name for each in remembered.values() for key, name in each.items()}, **wish.maps}
        kinds = {
            guess
            for rows in beginnings.values()
            if (guess := layouts.kind_of(rows, mapped, for_event=wish.event_id is not None))
        }
        if len(kinds) != 1:
            raise UsageError(
                "The headings do not say what the rows are.",
                "Say --as participants, contacts, agencies or events; participants with --event.",
            )
        kind = kinds.pop()
    mapped = {**remembered.get(kind, {}), **wish.maps}
    found = []
    for sheet in file.sheets:
        if sheet.hidden or sheet.name.startswith(_OURS):
            continue
        layout = layouts.find(beginnings[sheet.name], kind, mapped)
        if layout is not None:
            found.append((sheet, layout))
    if not found:
        raise Rejected(
            f"No row of headings was found that {kind} have: {_wanted(kind)}.",
            'Name a column yourself: --map "Naam=name". Or start from eventrec template ' + kind,
        )
    return kind, found


def _wanted(kind: str) -> str:
    return {
        "participants": "a name or 姓名, or an agency with a number of people",
        "contacts": "a name or 姓名",
        "agencies": "a name or 名称",
        "events": "a title or 活动名称",
    }[kind]


def _compare_totals(total: raw.Total, outcome: Outcome) -> None:
    """Say when the sheet's own total is another number than its rows."""
    for sheet, row, number in total.claims:
        if number != outcome.people:
            place = f"Sheet {sheet}, row {row}" if sheet else f"Row {row}"
            outcome.tell(f"{place} says {number} people in all; the rows hold {outcome.people}.")


def _remember(session: Session, kind: str, maps: Mapping[str, str]) -> None:
    """Keep what the user said of headings for the next file."""
    known = session.scalar(select(Setting.value).where(Setting.key == REMEMBERED)) or {}
    new = {**known, kind: {**known.get(kind, {}), **maps}}
    if new != known:
        setting.put(session, REMEMBERED, new)


def left_out(file: SheetFile, used: Iterable[str]) -> Iterator[str]:
    """Say which sheets of a workbook were not read."""
    read = set(used)
    for sheet in file.sheets:
        if sheet.hidden:
            yield f"Sheet “{sheet.name}” is hidden and was left out."
        elif sheet.name not in read and not sheet.name.startswith(_OURS):
            yield f"Sheet “{sheet.name}” has no headings that were understood and was left out."
