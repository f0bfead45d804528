"""Sheets for the tests of imports, made of rows as they stand in a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from eventrec.formats.sheets import Sheet, SheetFile
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from eventrec.book import Book
    from eventrec.services.imports.outcome import Outcome

TODAY = date(2026, 1, 2)
HEAD = ("姓名 Name", "性别", "单位", "职务", "邮箱", "手机")


def sheet(*rows: tuple[Any, ...], name: str = "Sheet1", **more: Any) -> SheetFile:
    return SheetFile("xlsx", (Sheet(name, list(rows), **more),))


def bring(book: Book, file: SheetFile, *, keep: bool = True, **wish: Any) -> Outcome:
    with book.writing("eventrec import list.xlsx", keep=keep) as work:
        return run.sheets(work.session, file, Wish(today=TODAY, **wish))


def said(outcome: Outcome) -> dict[int, str]:
    """Return what happens with each row."""
    return {each.row: each.action for each in outcome.results}


def problems(outcome: Outcome) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in outcome.problems]
