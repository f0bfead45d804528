from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


def test_a_calendar_holds_the_event_and_its_visit(eventrec: Eventrec) -> None:
    assert eventrec("export", "calendar", "-o", "events.ics").err == "Written: events.ics\n"
    content = Path("events.ics").read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.count(b"BEGIN:VEVENT") == 2


def test_what_has_no_date_is_named_and_left_out(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Someday")
    assert "Not in the calendar, without a date: #3 Someday." in eventrec("export", "calendar", "-o", "e.ics").err


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("calendar", "--kind", "training"), "none.ics"),
        (("contacts", "--text", "nobody"), "none.vcf"),
        (("events", "--kind", "training"), "none.csv"),
        (("agencies", "--side", "nowhere"), "none.csv"),
        (("participants", "--role", "speaker"), "none.csv"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_an_empty_result_writes_no_file_and_says_so(words: tuple[str, ...], file: str, eventrec: Eventrec) -> None:
    result = eventrec("export", *words, "-o", file)
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("No ")
    assert result.err.endswith(".\n")
    assert not Path(file).exists()


def test_cards_go_to_standard_output_without_a_file(eventrec: Eventrec) -> None:
    assert eventrec("export", "contacts").out.count("BEGIN:VCARD") == 2


def test_cards_of_version_4(eventrec: Eventrec) -> None:
    assert "VERSION:4.0\r\n" in eventrec("export", "contacts", "--vcard", "4.0").out


@pytest.mark.parametrize("what", ["contacts", "events", "agencies", "participants"])
def test_a_sheet_has_every_record(what: str, eventrec: Eventrec) -> None:
    assert eventrec("export", what, "-o", f"{what}.csv").code == 0
    lines = Path(f"{what}.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == {"agencies": 4}.get(what, 3)


def test_the_donors_list_is_a_workbook(eventrec: Eventrec) -> None:
    assert eventrec("export", "participants", "--event", 1, "-o", "list.xlsx").err == "Written: list.xlsx\n"
    assert Path("list.xlsx").read_bytes().startswith(b"PK")


def test_all_writes_a_file_for_each_view(eventrec: Eventrec) -> None:
    assert eventrec("export", "all", "-o", "book").code == 0
    made = {path.name for path in Path("book").iterdir()}
    assert made == {
        "event.csv",
        "agency.csv",
        "contact.csv",
        "contact_point.csv",
        "project.csv",
        "participation.csv",
        "head.csv",
    }


def test_all_into_a_file_is_exit_2(here: Eventrec) -> None:
    Path("book").write_text("mine", encoding="utf-8")
    assert here("export", "all", "-o", "book").code == 2


def test_the_same_records_are_the_same_bytes(here: Eventrec) -> None:
    first = here("export", "calendar").stdout + here("export", "contacts").stdout
    assert here("export", "calendar").stdout + here("export", "contacts").stdout == first
