from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import openpyxl

from eventrec.formats.marks import written_by_eventrec
from eventrec.formats.registry import Options
from eventrec.formats.registry import render as render_table
from eventrec.formats.vcard import Card, render

if TYPE_CHECKING:
    from eventrec.table import Table


def test_our_workbook_is_known(events: Table) -> None:
    assert written_by_eventrec(render_table(events, "xlsx", Options()))


def test_a_workbook_saved_by_another_program_is_the_users(events: Table) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(io.BytesIO(render_table(events, "xlsx", Options())))
        workbook["Sheet1"]["A2"] = 5
        saved = io.BytesIO()
        workbook.save(saved)
    assert not written_by_eventrec(saved.getvalue())


def test_our_cards_are_known_by_their_product() -> None:
    assert written_by_eventrec(render([Card("0190d3a0-0000-7000-8000-000000000001", {"en": "Li"})]))


def test_files_of_others_are_not_ours() -> None:
    assert not written_by_eventrec(b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nPRODID:-//eventrec//X\r\n")
    assert not written_by_eventrec(b"PK\x03\x04 not a zip")
    assert not written_by_eventrec(b"id,title\n")
    assert not written_by_eventrec(b"")
