from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

SAME = ("participations", "women", "men", "other", "not_stated", "agencies", "person_days")
EMAIL = "zhai.anrui@example.org"
TRACES = (EMAIL, "翟安瑞", "ZHAI Anrui", "+861065321234")


@pytest.fixture(autouse=True)
def _is_book(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("EVENTREC_DATABASE", address)


@pytest.fixture
def on_file(address: str) -> Path:
    if address.startswith("postgresql"):
        pytest.skip("The files of a server are out of reach.")
    return Path(address)


@pytest.fixture
def person(run: Run) -> str:
    """A person who took part in a workshop of two days and is the one to ask; returns the number."""
    run("agency", "add", "Agency NIA", "--code", "NIA")
    run("contact", "add", "ZHAI Anrui", "翟安瑞", "--sex", "female", "--agency", "NIA", "--email", EMAIL,
        "--phone", "+86 10 6532 1234", "--position", "Director")  # fmt: skip
    run("event", "add", "Workshop", "--date", "2024-10-17/2024-10-18", "--status", "held", "--contact", "1")
    run("participant", "add", "1", "翟安瑞")
    run("participant", "add", "1", "翟安瑞", "--role", "speaker")
    run("participant", "add", "1", "--agency", "NIA", "--women", "4", "--men", "8")
    return "1"


def report(run: Run) -> dict[str, Any]:
    return json.loads(run("report", "participants", "-f", "json").out)  # type: ignore[no-any-return]


def holding(path: Path) -> list[str]:
    """Return what of the person is in the files of a book."""
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    return [trace for trace in TRACES for file in files if trace.encode() in file.read_bytes()]


def test_a_removed_person_comes_back_with_undo(run: Run) -> None:
    run("contact", "add", "ZHAI Anrui", "翟安瑞")
    assert run("contact", "remove", "翟安瑞", "-y").code == 0
    assert run("undo").code == 0
    assert run("contact", "show", "翟安瑞").code == 0


def test_a_forgotten_person_counts_without_a_name(run: Run, person: str) -> None:
    before = report(run)["total"]
    assert run("contact", "forget", person, "-y").code == 0
    after = report(run)["total"]
    assert [after[name] for name in SAME] == [before[name] for name in SAME]
    assert (before["named"], before["unnamed"], after["named"], after["unnamed"]) == (1, 12, 0, 13)


def test_the_files_hold_nothing_of_a_forgotten_person(run: Run, person: str, on_file: Path) -> None:
    assert holding(on_file)
    told = run("contact", "forget", person, "-y")
    assert holding(on_file) == []
    assert "Searched: events.db. Nothing of the person is left there." in told.err


def test_free_pages_that_hold_the_person_are_written_anew(run: Run, person: str, on_file: Path) -> None:
    with closing(sqlite3.connect(on_file)) as opened:  # a page that was freed before anything cleaned behind itself
        opened.execute("PRAGMA secure_delete=OFF")
        opened.execute("CREATE TABLE old (text TEXT)")
        opened.executemany("INSERT INTO old VALUES (?)", [(f"{EMAIL} {number}" * 40,) for number in range(200)])
        opened.execute("DROP TABLE old")
        opened.commit()
    run("contact", "forget", person, "-y")
    assert holding(on_file) == []


def test_a_reader_who_does_not_let_go_is_told_of(
    run: Run, person: str, on_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "eventrec.services.forget.files.clean.__kwdefaults__", {"seconds": 0.2, "pause": lambda _: None}
    )
    with closing(sqlite3.connect(on_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contact").fetchone()
        told = run("contact", "forget", person, "-y")
    assert told.code == 0
    assert "somebody is reading the book" in told.err


def test_on_a_server_it_is_said_what_is_out_of_reach(run: Run, person: str, address: str) -> None:
    if not address.startswith("postgresql"):
        pytest.skip("A file is searched.")
    told = run("contact", "forget", person, "-y")
    assert "were written anew. The server's log of changes (WAL)" in told.err


def test_nobody_is_forgotten_without_being_asked(run: Run, person: str) -> None:
    told = run("contact", "forget", person)
    assert (told.code, run("contact", "show", person).code) == (6, 0)
    assert "will be forgotten for good" in told.err


def test_a_dry_run_says_what_would_go_and_changes_nothing(run: Run, person: str) -> None:
    told = run("contact", "forget", person, "-n")
    assert (told.code, run("contact", "show", person).code) == (0, 0)
    assert "participations, now anonymous head-counts\t2" in told.out
    assert not any(trace in told.out + told.err for trace in TRACES)


@pytest.mark.usefixtures("person")
def test_what_is_told_does_not_name_the_person(run: Run) -> None:
    told = run("contact", "forget", "翟安瑞", "-y")
    assert not any(trace in told.out + told.err for trace in TRACES)


def test_texts_that_name_the_person_are_listed(run: Run, person: str) -> None:
    run("event", "edit", "1", "--results", "Opened by ZHAI Anrui.")
    asked = run("contact", "forget", person).err
    assert "1 text name the person and stay (results of event 1): edit them first" in asked
    told = run("contact", "forget", person, "-y").err
    assert "These texts still name the person: results of event 1." in told
    assert "eventrec privacy scrub event 1 results" in told


def test_auditors_are_thought_of(run: Run, person: str) -> None:
    run("project", "add", "Project", "--code", "P-1", "--date", "2020-01-01..2090-12-31")
    run("event", "edit", "1", "--project", "P-1")
    assert "Auditors may still ask for the records: project P-1 until" in run("contact", "forget", person).err
    assert run("contact", "forget", person, "-y").code == 0


@pytest.mark.usefixtures("on_file")
@pytest.mark.parametrize("file", ["events.backup-1.db", "book.eventrec.zip"])
def test_backups_and_files_that_hold_the_person_are_named(run: Run, person: str, file: str) -> None:
    run("db", "backup", file)
    run("export", "contacts", "-o", "cards.vcf")
    told = run("contact", "forget", person, "-y").err
    assert f"A backup still holds the person: {file}" in told.replace(f"{Path.cwd()}/", "")
    assert "still names the person" in told
    assert "cards.vcf" in told


@pytest.mark.usefixtures("on_file")
@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (("contacts", "--split"), ".vcf"),
        (("calendar", "--split"), ".ics"),
        (("calendar", "--vdir"), ".ics"),
        (("calendar", "--feeds"), ".ics"),
        (("invitation", "1", "--all-participants", "--organizer", "host@example.org", "-o"), ".eml"),
    ],
)
def test_files_in_folders_that_hold_the_person_are_named(
    run: Run, person: str, words: tuple[str, ...], ending: str
) -> None:
    done = run("export", *words, "folder")
    assert done.code == 0, done.err
    told = run("contact", "forget", person, "-y").err
    named = [line for line in told.splitlines() if line.startswith("A file that eventrec wrote still names")]
    assert any("/folder/" in line and line.endswith(ending) for line in named), told


def test_a_forgetting_cannot_be_undone(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    told = run("undo")
    assert (told.code, "forgotten" in told.err) == (1, True)
    assert "The newest that can be: eventrec undo 6\n" in told.err
    assert run("undo", "6").code == 0


@pytest.mark.parametrize("at", ["backups.copies_with", "files.clean"])
def test_ctrl_c_when_somebody_is_forgotten_already_does_not_say_that_nothing_was_saved(
    run: Run, person: str, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"eventrec.services.forget.{at}", interrupted)
    told = run("contact", "forget", person, "-y")
    assert (told.code, "Stopped; what was saved before stays." in told.err) == (130, True)
    assert "nothing was saved" not in told.err
    assert run("contact", "show", person).code == 3


def test_the_commands_after_a_forgetting_go_back_and_then_nothing_older_goes_unasked(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    run("event", "add", "Another")
    assert "event add" in run("undo").err
    told = run("undo")
    assert (told.code, "forgotten" in told.err) == (1, True)
    assert len(json.loads(run("event", "list", "-f", "json").out)) == 1


@pytest.mark.parametrize("words", [("undo",), ("undo", "8"), ("undo", "8", "--with-later"), ("undo", "--last", "2")])
def test_who_came_back_because_the_person_agreed_does_not_become_forgotten_again_by_undo(
    run: Run, person: str, words: tuple[str, ...]
) -> None:
    run("contact", "forget", person, "-y")
    assert run("contact", "add", "ZHAI Anrui", "--email", EMAIL, "--again").code == 0
    told = run(*words)
    assert (told.code, "says who was forgotten; that is not taken back" in told.err) == (1, True)


def test_the_book_is_whole_afterwards(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    assert run("db", "check").code == 0


def test_a_list_shows_that_somebody_was_forgotten(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    assert "(forgotten)" in run("participant", "list", "--event", "1", "-f", "table").out
    rows = json.loads(run("participant", "list", "--event", "1", "-f", "json").out)
    assert sorted((row["forgotten"], row["contact"]) for row in rows) == [(False, None), (True, None), (True, None)]


def test_removing_such_a_row_says_so(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    assert "somebody who was forgotten, NIA: 1 women" in run("participant", "remove", "1", "--row", "1", "-y").err


def test_the_delegations_own_row_is_meant_when_the_agency_is_named(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    assert run("participant", "edit", "1", "NIA", "--women", "5").code == 0
    rows = json.loads(run("participant", "list", "--event", "1", "-f", "json").out)
    assert sorted((row["women"], row["forgotten"]) for row in rows) == [(1, True), (1, True), (5, False)]


def test_such_a_row_stays_one_person(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    told = run("participant", "edit", "1", "--row", "1", "--women", "3")
    assert (told.code, "stays one person" in told.err) == (4, True)


def test_a_list_of_the_book_changes_nothing_when_it_comes_back(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    before = report(run)["total"]
    rows = ["NIA,4,8,participant,attended", "NIA,1,0,participant,attended", "NIA,1,0,speaker,attended"]
    Path("list.csv").write_text("\n".join(["agency,women,men,role,status", *rows]), encoding="utf-8")
    told = run("import", "list.csv", "--event", "1")
    assert (told.code, "3 same" in told.err) == (0, True), told.err
    assert report(run)["total"] == before
    Path("more.csv").write_text("\n".join(["agency,women,men,role,status", rows[2], rows[2]]), encoding="utf-8")
    assert "1 new, 0 updated, 1 same" in run("import", "more.csv", "--event", "1").err


def test_everything_is_given_out_to_read_and_for_programs(run: Run, person: str) -> None:
    for ending in ("json", "md", "html", "txt"):
        file = Path(f"all.{ending}")
        assert run("contact", "show", person, "--everything", "-o", file).code == 0
        assert file.stat().st_mode & 0o777 == 0o600
        text = file.read_text(encoding="utf-8")
        assert all(trace in text.replace("\\", "") for trace in TRACES), ending
    found = json.loads(Path("all.json").read_text(encoding="utf-8"))
    assert [len(found[key]) for key in ("contact", "points", "affiliations", "participations", "asked")] == [
        1,
        2,
        1,
        2,
        1,
    ]
    assert found["participations"][0]["event_title"] == {"en": "Workshop"}
    assert {entry["what"] for entry in found["history"]} >= {"contact 1", "participation 1", "contact_point 1"}


def held(run: Run, number: str) -> dict[str, Any]:
    told = run("contact", "show", number, "--everything", "-f", "json")
    assert told.code == 0, told.err
    return json.loads(told.out)  # type: ignore[no-any-return]


def test_everything_says_how_long_it_is_kept_as_what_is_due_does(run: Run, person: str) -> None:
    run("project", "add", "Programme", "--code", "P", "--date", "2010-01-01..2030-12-31", "--retention-months", "24")
    run("project", "add", "Phase", "--code", "P-1", "--parent", "P", "--date", "2010-01-01..2012-12-31")
    run("event", "edit", "1", "--project", "P-1")
    told = held(run, person)["retention"]
    assert told == json.loads(run("privacy", "due", "--contact", person, "-f", "json").out)
    assert {(row["project"], row["retention_months"], row["reason"]) for row in told} == {
        ("P-1", 24, "participation"),
        ("P-1", 24, "whom-to-ask"),
    }


def test_everything_of_somebody_who_is_only_asked_says_how_long_it_is_kept(run: Run) -> None:
    run("contact", "add", "WANG Wei")
    run("event", "add", "Talk", "--date", "2024-10-17", "--contact", "1")
    assert [(row["reason"], row["kept_until"]) for row in held(run, "1")["retention"]] == [
        ("whom-to-ask", "2029-10-17")
    ]


def test_everything_is_not_asked_of_an_earlier_day(run: Run, person: str) -> None:
    told = run("contact", "show", person, "--everything", "--as-of", "2024-01-01", "-o", "all.json")
    assert (told.code, Path("all.json").exists()) == (2, False)
    assert "Leave out --as-of." in told.err


@pytest.mark.parametrize("text", ["[Nana", "{Nana", "[1]"])
def test_everything_takes_plain_text_as_it_is(run: Run, person: str, text: str) -> None:
    run("contact", "edit", person, "--alias", text, "--note", text)
    run("privacy", "consent", person, text, "--source", text)
    run("event", "edit", "1", "--note", f"{text} ZHAI Anrui")
    told = held(run, person)
    assert [row["name"] for row in told["aliases"]] == [text]
    assert (told["contact"][0]["note"], told["consents"][0]["source"]) == (text, text)
    assert {"where": "note of event 1", "text": f"{text} ZHAI Anrui"} in told["mentioned"]


@pytest.mark.usefixtures("person")
def test_everything_finds_the_person_in_the_same_texts_as_forgetting(run: Run) -> None:
    run("contact", "add", "WANG Wei", "--agency", "NIA", "--unit", "Office of ZHAI Anrui")
    run("privacy", "consent", "2", "photographs", "--source", "told to ZHAI Anrui")
    found = {row["where"] for row in held(run, "1")["mentioned"]}
    assert found == {"unit of affiliation 2", "source of consent 1"}
    told = run("contact", "forget", "1", "-n").err
    assert all(where in told for where in found)


def test_html_of_everything_lets_nothing_come_alive(run: Run) -> None:
    run("contact", "add", "<script>alert(1)</script>", "--note", "a & b")
    run("contact", "show", "1", "--everything", "-o", "all.html")
    text = Path("all.html").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "a &amp; b" in text


def test_everything_has_no_other_format(run: Run, person: str) -> None:
    assert run("contact", "show", person, "--everything", "-f", "xlsx").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("contact", "add", "Somebody Else", "--email", "Zhai.Anrui@example.org"),
        ("contact", "add", "Somebody Else", "--mobile", "(0086 10) 65321234"),
        ("contact", "add", "zhai anrui"),
        ("contact", "edit", "2", "--email", EMAIL),
        ("contact", "edit", "2", "翟安瑞"),
        ("participant", "add", "1", "Somebody New", "--email", EMAIL),
    ],
)
def test_who_was_forgotten_does_not_come_back_unasked(run: Run, person: str, words: tuple[str, ...]) -> None:
    run("contact", "add", "WANG Wei")
    run("contact", "forget", person, "-y", "--reason", "request of 3 May 2025")
    told = run(*words)
    assert told.code == 4, told.err
    assert "was forgotten on" in told.err
    assert "(request of 3 May 2025)" in told.err
    assert run(*words, "--again").code == 0
    assert run("contact", "add", "ZHAI Anrui", "--email", EMAIL, "--namesake").code == 0


def test_another_person_of_that_name_is_let_in_and_the_first_stays_forgotten(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    assert run("contact", "add", "ZHAI Anrui", "--namesake").code == 0
    assert run("contact", "add", "Somebody", "--email", EMAIL).code == 4


def test_an_import_names_the_row_of_who_was_forgotten(run: Run, person: str) -> None:
    run("export", "contacts", "-o", "old.vcf")
    run("contact", "forget", person, "-y")
    Path("people.csv").write_text(f"name,email\nWANG Wei,wang@example.org\nZ A,{EMAIL}\n", encoding="utf-8")
    for file, words in (("people.csv", ("--as", "contacts")), ("people.csv", ("--event", "1")), ("old.vcf", ())):
        told = run("import", file, *words)
        assert (told.code, "was forgotten on" in told.err) == (4, True), told.err
    assert (
        "row 3, email: Somebody with this e-mail address was forgotten"
        in run("import", "people.csv", "--as", "contacts").err
    )
    assert run("import", "people.csv", "--as", "contacts", "--again").code == 0


def test_a_calendar_does_not_bring_the_name_back_into_a_note(run: Run, person: str) -> None:
    run("contact", "forget", person, "-y")
    Path("other.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nBEGIN:VEVENT\nUID:one@example.org\nDTSTAMP:20240101T000000Z\n"
        f"DTSTART;VALUE=DATE:20241101\nSUMMARY:Talk\nATTENDEE;CN=ZHAI Anrui:mailto:{EMAIL}\n"
        "ATTENDEE;CN=Bob:mailto:bob@example.org\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    assert run("import", "other.ics").code == 0
    note = json.loads(run("event", "show", "2", "-f", "json").out)
    shown = run("event", "show", "2", "-f", "table").out
    assert note
    assert EMAIL not in shown
    assert "bob@example.org" in shown
    assert run("import", "other.ics", "--with-people", "--mode", "update").code == 4


def test_an_old_backup_does_not_bring_a_forgotten_person_back(run: Run, person: str, tmp_path: Path) -> None:
    old = tmp_path / "old.eventrec.zip"
    assert run("db", "backup", old).code == 0
    before = run("export", "participants").out
    assert run("contact", "forget", person, "-y").code == 0
    refused = run("db", "restore", old, "--replace", "-y")
    assert refused.code == 4
    assert "people whom this book forgot: contact 1 there" in refused.err
    assert f"eventrec contact forget {person}" in refused.err
    assert run("contact", "list").out.count("\n") <= 1

    allowed = run("db", "restore", old, "--replace", "--again", "-y")
    assert allowed.code == 0, allowed.err
    assert "Contact 1 had been forgotten" in allowed.err
    assert run("export", "participants").out == before
    assert run("contact", "edit", person, "--email", EMAIL, "--note", "agreed").code == 0
    assert run("db", "check").code == 0


@pytest.mark.parametrize("left", ["removed", "changed", "undone"])
def test_who_is_only_in_the_history_of_a_backup_does_not_come_back_either(run: Run, tmp_path: Path, left: str) -> None:
    old = tmp_path / "old.eventrec.zip"
    run("contact", "add", "Zelda Quux", "--email", "z@example.org")
    if left == "removed":
        assert run("contact", "remove", "1", "-y").code == 0
    elif left == "undone":
        assert run("undo").code == 0
    assert run("db", "backup", old).code == 0
    if left == "changed":
        assert run("contact", "edit", "1", "--email", "quux@example.org").code == 0
        old.unlink()
        assert run("db", "backup", old).code == 0
    assert run("contact", "forget", "1", "-y").code == 0
    refused = run("db", "restore", old, "--replace", "-y")
    assert (refused.code, "people whom this book forgot: contact 1 there" in refused.err) == (4, True)
    assert run("db", "restore", old, "--replace", "--again", "-y").code == 0


def test_a_backup_that_was_made_after_the_forgetting_is_restored(run: Run, person: str, tmp_path: Path) -> None:
    run("contact", "edit", person, "--email", "anrui@example.org")
    run("contact", "forget", person, "-y")
    assert run("db", "backup", tmp_path / "new.eventrec.zip").code == 0
    assert run("db", "restore", tmp_path / "new.eventrec.zip", "--replace", "-y").code == 0


@pytest.mark.usefixtures("person")
def test_a_plain_undo_passes_over_what_a_restore_kept_of_forgotten_people(run: Run, tmp_path: Path) -> None:
    older = tmp_path / "older.eventrec.zip"
    assert run("db", "backup", older).code == 0
    run("contact", "add", "LI Na", "--email", "li@example.org")
    run("contact", "forget", "2", "-y")
    assert run("db", "restore", older, "--replace", "-y").code == 0
    assert run("contact", "add", "LI Na", "--email", "li@example.org").code == 4
    kept = json.loads(run("log", "-f", "json").out)[0]
    assert "db restore" in kept["command"]
    assert "participant add" in run("undo").err
    told = run("undo", kept["id"], "--with-later")
    assert (told.code, "says who was forgotten; that is not taken back" in told.err) == (1, True)
    assert run("contact", "add", "LI Na", "--email", "li@example.org").code == 4


def test_an_old_backup_of_a_book_that_forgot_somebody_else_is_restored(run: Run, person: str, tmp_path: Path) -> None:
    old = tmp_path / "old.eventrec.zip"
    assert run("db", "backup", old).code == 0
    run("contact", "add", "LI Na", "--email", "li.na@example.org")
    assert run("contact", "forget", "LI Na", "-y").code == 0
    assert run("db", "restore", old, "--replace", "-y").code == 0
    assert run("contact", "show", person).code == 0
    assert run("contact", "add", "LI Na", "--email", "li.na@example.org").code == 4


def test_backups_that_still_hold_a_person_are_named_wherever_they_were_put(
    run: Run, person: str, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "book.eventrec.zip"
    elsewhere.parent.mkdir()
    assert run("db", "backup", elsewhere).code == 0
    forgotten = run("contact", "forget", person, "-y")
    assert f"A backup still holds the person: {elsewhere}" in forgotten.err


def test_an_actor_who_may_be_the_person_is_told_before_and_after(
    run: Run, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("EVENTREC_USER", "Zquux")
    run("contact", "add", "ZHAI Anrui", "--email", "zquux@example.org")
    monkeypatch.setenv("EVENTREC_USER", "tester")
    asked = run("contact", "forget", "1")
    assert "names the actor Zquux; if that is the person, stop here and add --actor Zquux." in asked.err
    assert "eventrec privacy forget-actor Zquux" in run("contact", "forget", "1", "-y").err
    assert run("privacy", "forget-actor", "zquux").code == 6
    told = run("privacy", "forget-actor", "zquux", "-y")
    assert (told.code, "Erased who made 1 change." in told.err) == (0, True)
    assert "Zquux" not in run("log", "--limit", "0").out
    if not address.startswith("postgresql"):
        assert b"Zquux" not in Path(address).read_bytes()
    assert "nothing was changed" in run("privacy", "forget-actor", "zquux", "-y").err
    assert run("db", "check").code == 0


def test_an_actor_named_like_an_agency_leaves_the_agency_its_history(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTREC_USER", "anna")
    run("agency", "add", "Anna Institute", "--code", "ANNA")
    run("agency", "edit", "ANNA", "--note", "Anna Institute is in Brussels")
    run("agency", "edit", "ANNA", "--note", "Moved")
    run("contact", "add", "ZHAI Anrui")
    before = run("log", "ANNA", "-f", "tsv").out
    run("contact", "forget", "1", "--actor", "anna", "-y")
    assert run("log", "ANNA", "-f", "tsv").out == before.replace("\tanna\t", "\t[forgotten]\t")
    assert "Anna Institute is in Brussels" in before


def test_a_merge_taken_back_leaves_nothing_in_the_files(run: Run, person: str, on_file: Path) -> None:
    run("contact", "add", "WANG Wei", "--email", "wei@example.org")
    assert run("contact", "merge", "2", person, "--prefer", "keep").code == 0
    assert run("undo").code == 0
    assert holding(on_file)
    assert run("contact", "forget", person, "-y").code == 0
    assert holding(on_file) == []
    assert run("db", "check").code == 0
    assert run("contact", "show", "2").code == 0


def test_a_participant_of_a_forgotten_name_is_new_only_when_that_is_said(run: Run, person: str) -> None:
    name = "ZHAI Anrui"
    assert run("contact", "forget", person, "-y").code == 0
    refused = run("participant", "add", "1", name, "--new", "--further")
    assert (refused.code, "was forgotten" in refused.err, "--namesake" in refused.err) == (4, True, True)
    assert run("participant", "add", "1", name, "--namesake", "--further", "-n").code == 0
    assert run("participant", "add", "1", name, "--again", "--further").code == 0


def test_a_sheet_with_the_number_of_who_was_forgotten_says_so(run: Run, person: str, tmp_path: Path) -> None:
    assert run("contact", "forget", person, "-y").code == 0
    (tmp_path / "p.csv").write_text(f"contact,name,position\n{person},,Officer\n", encoding="utf-8")
    told = run("import", "p.csv", "--as", "contacts", "--check")
    assert f"Contact {person} was forgotten on " in told.out + told.err
