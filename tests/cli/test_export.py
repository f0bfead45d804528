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


def test_cards_in_one_language(here: Eventrec) -> None:
    out = here("export", "contacts", "--lang", "zh").out
    assert ("FN:翟安瑞\r\n" in out, "ORG:国际移民组织\r\n" in out, "Zaitsev" in out) == (True, True, False)


def test_agencies_go_into_cards_where_the_file_is_one(here: Eventrec) -> None:
    assert here("export", "agencies", "-o", "agencies.vcf").code == 0
    content = Path("agencies.vcf").read_text(encoding="utf-8")
    assert content.count("X-ABShowAs:COMPANY") == 3
    assert "FN:European Union / 欧盟" in content
    assert here("export", "agencies", "--vcard", "4.0").out.count("KIND:org") == 3
    assert here("export", "agencies").out.startswith("id\t")


def test_one_file_for_each_card_and_unchanged_ones_stay_untouched(here: Eventrec) -> None:
    assert here("export", "contacts", "--split", "cards").err == "cards: 2 cards, 2 written, 0 unchanged.\n"
    before = {path.name: path.stat().st_mtime_ns for path in Path("cards").glob("*.vcf")}
    here("contact", "edit", 2, "--sex", "female", "--honorific", "Ms.")
    assert here("export", "contacts", "--split", "cards").err == "cards: 2 cards, 1 written, 1 unchanged.\n"
    after = {path.name: path.stat().st_mtime_ns for path in Path("cards").glob("*.vcf")}
    assert before.keys() == after.keys()
    assert sum(before[name] == after[name] for name in before) == 1
    assert all(len(name) == len("0190d3a0-0000-7000-8000-000000000001.vcf") for name in before)


def test_cards_left_from_before_are_named_and_never_removed(here: Eventrec) -> None:
    here("export", "contacts", "--split", "cards")
    Path("cards/mine.vcf").write_text("BEGIN:VCARD\r\nFN:Mine\r\nEND:VCARD\r\n", encoding="utf-8")
    told = here("export", "contacts", "--agency", "IOM", "--split", "cards").err
    assert "cards: 1 card, 0 written, 1 unchanged." in told
    assert "From before, and not among these cards" in told
    assert "mine.vcf" not in told
    assert len(list(Path("cards").glob("*.vcf"))) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("contacts", "--split", "x", "-o", "y.vcf"), "--split writes into a folder, -o into a file."),
        (("contacts", "--vcard", "4.0", "-f", "csv"), "--vcard, --lang and --split are for cards."),
        (("contacts", "--vcard", "4.0", "-o", "y.csv"), "y.csv does not end in .vcf."),
        (("agencies", "--lang", "english", "-o", "y.vcf"), "“english” is no language tag."),
        (("contacts", "--split", "file"), "file is a file."),
    ],
)
def test_cards_that_cannot_be_written_so(here: Eventrec, words: tuple[str, ...], said: str) -> None:
    Path("file").touch()
    result = here("export", *words)
    assert result.code == 2
    assert said in result.err


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
