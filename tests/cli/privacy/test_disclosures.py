from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eventrec.book import Book
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Run

TO = ("--given-to", "EU Delegation", "--purpose", "final report")
EXPORTS = {
    "calendar": ("calendar", "-o", "c.ics"),
    "feeds": ("calendar", "--feeds", "out"),
    "vdir": ("calendar", "--vdir", "out"),
    "split": ("calendar", "--split", "out"),
    "contacts": ("contacts", "-o", "c.vcf"),
    "cards": ("contacts", "--split", "out"),
    "contact sheet": ("contacts", "-o", "c.xlsx"),
    "agencies": ("agencies", "-o", "a.csv"),
    "agency cards": ("agencies", "-o", "a.vcf"),
    "events": ("events", "-o", "e.csv"),
    "participants": ("participants", "-o", "p.csv"),
    "donor's list": ("participants", "--event", "1", "-o", "p.xlsx"),
    "invitation": ("invitation", "1", "--to", "1", "--organizer", "o@example.org", "-o", "out"),
    "sign-in": ("sign-in", "1", "-o", "s.xlsx"),
    "all": ("all", "-o", "out"),
}


def given(eventrec: Eventrec, *words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(eventrec("privacy", "disclosures", *words, "-f", "json").out)
    return found


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_can_be_noted_with_the_sum_of_its_bytes(here: Eventrec, name: str) -> None:
    words = EXPORTS[name]
    here("participant", "add", "1", "2", "--further")
    assert here("export", *words, *TO).code == 0
    (note,) = given(here)
    assert (note["recipient"], note["purpose"]) == ("EU Delegation", "final report")
    target = Path(words[-1])
    hidden = (".eventrec.json", "displayname", "color")
    files = [target] if target.is_file() else [each for each in target.iterdir() if each.name not in hidden]
    content = b"".join(each.read_bytes() for each in sorted(files))
    assert (note["file_name"], note["sha256"]) == (target.name, sha256(content).hexdigest())


@pytest.mark.parametrize("name", ["feeds", "vdir", "cards"])
def test_nobody_reads_any_more_when_it_is_noted(here: Eventrec, sqlite_programme: str, name: str) -> None:
    """A reader would keep the note out of a book that has no log beside it, as one from a backup."""
    with closing(sqlite3.connect(sqlite_programme, isolation_level=None)) as raw:
        assert raw.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    assert here("export", *EXPORTS[name], *TO).code == 0
    assert len(given(here)) == 1


def test_an_export_on_standard_output_is_noted_without_a_name(eventrec: Eventrec) -> None:
    result = eventrec("export", "events", "--during", "2024", "--to", "eu", "--purpose", "x")
    (note,) = given(eventrec)
    assert (note["file_name"], note["criteria"]) == (None, "since 2024-01-01, until 2024-12-31")
    assert note["sha256"] == sha256(result.stdout).hexdigest()
    assert (note["recipient"], note["agency"], note["people"], note["contact_ids"]) == ("eu", "EU", 1, [1])
    assert "Noted as disclosure 1: 1 person by name, to eu (agency EU), for “x”." in result.err


@pytest.mark.parametrize("name", EXPORTS)
def test_half_of_a_note_is_refused_and_nothing_is_written(here: Eventrec, name: str) -> None:
    for half in (TO[:2], TO[2:]):
        assert here("export", *EXPORTS[name], *half).code == 2
        assert not Path(EXPORTS[name][-1]).exists()


def test_an_export_of_nothing_is_not_noted(eventrec: Eventrec) -> None:
    for words in (("events", "--kind", "training"), ("events", "--kind", "training", "-o", "e.csv"),
                  ("contacts", "--text", "nobody", "-o", "c.vcf"), ("contacts", "--text", "nobody", "--split", "c"),
                  ("calendar", "--kind", "training", "--vdir", "v")):  # fmt: skip
        assert eventrec("export", *words, *TO).code == 0
    assert given(eventrec) == []


def test_a_file_that_may_not_be_replaced_is_not_noted(here: Eventrec) -> None:
    Path("e.csv").write_text("mine")
    assert here("export", "events", "-o", "e.csv", *TO).code == 1
    Path("out").mkdir()
    Path("out/agency.csv").write_text("mine")
    assert here("export", "all", "-o", "out", *TO).code == 1
    assert given(here) == []
    assert [each.name for each in Path("out").iterdir()] == ["agency.csv"]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_book_that_cannot_be_written_to_gives_nothing_away(
    here: Eventrec, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise DatabaseUnavailable("The book is read-only.")

    monkeypatch.setattr(Book, "writing", refuse)
    assert here("export", *EXPORTS[name], *TO).code == 5
    target = Path(EXPORTS[name][-1])
    assert not target.exists() or list(target.iterdir()) == []


def test_a_server_that_takes_no_changes_gives_nothing_away(run: Run, postgresql_programme: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_programme, autocommit=True) as opened:
        opened.execute("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database())"
                       " || ' SET default_transaction_read_only = on'; END $$")  # fmt: skip
    result = run("export", "events", *TO, address=postgresql_programme)
    assert (result.code, result.out) == (5, "")


def test_a_file_that_cannot_take_its_place_is_not_noted_after_all(
    here: Eventrec, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if Path(target).name == "e.csv":
            raise OSError(28, "No space left on device")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert here("export", "events", "-o", "e.csv", *TO).code == 1
    assert given(here) == []
    assert list(Path().glob("*.csv")) == []
    assert list(Path().glob(".*.tmp")) == []


def test_a_file_that_is_up_to_date_is_given_again(eventrec: Eventrec) -> None:
    for _ in range(2):
        eventrec("export", "events", "-o", "e.csv", *TO)
    assert len(given(eventrec)) == 2


def test_disclosures_are_found_by_person_recipient_and_day(eventrec: Eventrec) -> None:
    eventrec("export", "events", "-o", "e.csv", *TO)
    eventrec("export", "contacts", "--text", "LI Na", "-o", "c.vcf", "--to", "欧盟", "--purpose", "visa")
    assert [row["id"] for row in given(eventrec)] == [2, 1]
    assert [row["id"] for row in given(eventrec, "--contact", "2")] == [2]
    assert [row["id"] for row in given(eventrec, "--to", "delegation")] == [1]
    assert [row["id"] for row in given(eventrec, "--to", "European Union")] == [2]
    assert len(given(eventrec, "--since", "today")) == 2
    assert given(eventrec, "--since", "2199-01-01") == []


def test_a_person_is_found_in_what_was_noted_before_a_merge(eventrec: Eventrec) -> None:
    eventrec("contact", "add", "Na LI", "--agency", "NIA")
    eventrec("export", "contacts", "--contact", "3", "-o", "c.vcf", *TO)
    assert eventrec("contact", "merge", "2", "3", "--prefer", "keep").code == 0
    assert [row["contact_ids"] for row in given(eventrec, "--contact", "2")] == [[3]]


def test_of_a_forgotten_person_a_number_stays(eventrec: Eventrec) -> None:
    eventrec("export", "contacts", "-o", "c.vcf", *TO)
    assert eventrec("contact", "forget", "2", "-y").code == 0
    (note,) = given(eventrec)
    assert (note["people"], note["contact_ids"], note["forgotten"]) == (2, [1], 1)


def test_without_to_nothing_is_noted_and_nothing_is_said(eventrec: Eventrec) -> None:
    assert eventrec("export", "contacts", "-o", "c.vcf").err == "Written: c.vcf\n"
    result = eventrec("privacy", "disclosures")
    assert result.err == "Nothing was given to anybody, as far as it was noted.\n"


def test_a_plain_undo_passes_over_a_note_and_takes_the_command_before_it_back(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Added by mistake")
    eventrec("export", "contacts", "-o", "c.vcf", *TO)
    told = eventrec("undo")
    assert (told.code, "event add" in told.err) == (0, True)
    assert len(given(eventrec)) == 1
    eventrec("export", "contacts", "-o", "d.vcf", *TO)
    told = eventrec("redo")
    assert (told.code, "event add" in told.err) == (0, True)


def test_a_note_is_not_taken_back_by_its_number_either(eventrec: Eventrec) -> None:
    eventrec("export", "contacts", "-o", "c.vcf", *TO)
    number = json.loads(eventrec("log", "-f", "json").out)[0]["id"]
    told = eventrec("undo", number, "--with-later")
    assert told.code == 1
    assert f"Change set {number} is a note of what was given away; that is not taken back." in told.err
    assert len(given(eventrec)) == 1


def test_a_question_that_finds_none_says_how_many_there_are(eventrec: Eventrec) -> None:
    assert "Nothing was given to anybody" in eventrec("privacy", "disclosures", "--to", "nobody").err
    given = ("export", "contacts", "-f", "csv", "-o", "c.csv", "--to", "EU Delegation", "--purpose", "report")
    assert eventrec(*given).code == 0
    for words in (("--to", "nobody"), ("--since", "2099-01-01")):
        told = eventrec("privacy", "disclosures", *words).err
        assert "No disclosure is like that; 1 disclosure noted in all." in told


def test_an_empty_recipient_is_told_without_languages(eventrec: Eventrec) -> None:
    told = eventrec("export", "contacts", "-f", "csv", "-o", "c.csv", "--to", "", "--purpose", "report")
    assert told.code == 4
    assert "language" not in told.err
