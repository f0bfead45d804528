from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from eventrec.book import Book
from eventrec.cli.log import CHANGE_KEYS, LOG_KEYS
from eventrec.config import Settings
from eventrec.models import Change, ChangeSet, Forgotten
from eventrec.services.setting import put

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


def told(eventrec: Eventrec, *words: object) -> list[str]:
    """The lines of a log that people read, without the headings."""
    result = eventrec("log", *words, "-f", "table")
    assert result.code == 0, result.err
    return [line.strip() for line in result.out.splitlines() if line.startswith("    ")]


def data(eventrec: Eventrec, *words: object) -> list[dict[str, Any]]:
    result = eventrec("log", *words, "-f", "json")
    assert result.code == 0, result.err
    return json.loads(result.out)


COMMANDS = {
    "event edit 1 --city Shanghai --city 上海": (
        ("event", 1),
        ["Event 1, Workshop on returns: city: Beijing / 北京 → Shanghai / 上海"],
    ),
    "event edit 2 --date 2024-10-15": (
        ("visit", 2),
        [
            "Event 2, Capital Airport: ends on: 2024-10-16 → 2024-10-15",
            "Event 2, Capital Airport: starts on: 2024-10-16 → 2024-10-15",
        ],
    ),
    "contact edit 2 --email li@example.org": (("contact", 2), ["Contact 2, LI Na: e-mail added: li@example.org"]),
    "contact edit 1 --no-point azaitsev@iom.int": (
        ("contact", 1),
        ["Contact 1, Andrei Zaitsev: e-mail removed: azaitsev@iom.int"],
    ),
    "contact edit 2 --agency EU --from 2025-01-01": (
        ("contact", 2),
        [
            "Contact 2, LI Na: agency NIA: ends on: (empty) → 2024-12-31",
            "Contact 2, LI Na: agency added: EU, 2025-01-01",
        ],
    ),
    "contact edit 2 --agency EU --correct": (("contact", 2), ["Contact 2, LI Na: agency NIA: agency: NIA → EU"]),
    "agency edit NIA --alias Border": (("agency", "NIA"), ["Agency 2, NIA: other name added: Border"]),
    "agency edit NIA --parent EU": (("agency", "NIA"), ["Agency 2, NIA: parent: (empty) → EU"]),
    "project edit MMSP-III --no-party donor=EU": (("MMSP-III",), ["Project 1, MMSP-III: donor removed: EU"]),
    "project edit MMSP-III --manager 2": (("MMSP-III",), ["Project 1, MMSP-III: programme-manager added: LI Na"]),
    "event edit 1 --no-project MMSP-III": (("event", 1), ["Event 1, Workshop on returns: project removed: MMSP-III"]),
    "event edit 1 --contact 2": (("event", 1), ["Event 1, Workshop on returns: contact: Andrei Zaitsev → LI Na"]),
    "participant add 1 李娜 --further": (
        ("contact", 2),
        ["Event 1, Workshop on returns: participant 3 added: LI Na, participant, registered"],
    ),
    "participant edit 1 NIA --women 5": (
        ("event", 1),
        ["Event 1, Workshop on returns: participant 2 NIA: 4 women, 8 men, participant, registered: women: 4 → 5"],
    ),
    "contact duplicates --not-same 1 2": (
        ("contact", 1),
        ["Contact 1, Andrei Zaitsev and Contact 2, LI Na: not the same"],
    ),
    "contact merge 1 2 --prefer keep": (("contact", 2), ["Contact 2, LI Na: merged into Contact 1, Andrei Zaitsev"]),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_record_has_its_changes_in_words(command: str, here: Eventrec) -> None:
    result = here(*shlex.split(command))
    assert result.code == 0, result.err
    of, expected = COMMANDS[command]
    lines = told(here, *of, "--limit", 1)
    assert [line for line in expected if line not in lines] == [], lines


def test_an_addition_is_told_in_one_line(here: Eventrec) -> None:
    here("agency", "add", "Institute", "--code", "INST", "--parent", "EU")
    assert told(here, "INST") == ["Agency 4, INST: added; code: INST; kind: other; parent: EU"]


def test_the_json_of_a_change_set_has_the_promised_keys(eventrec: Eventrec) -> None:
    eventrec("event", "edit", 1, "--city", "Shanghai", "--note", "")
    newest, stock = data(eventrec)
    assert tuple(newest) == LOG_KEYS
    assert [tuple(change) for change in newest["changes"]] == [CHANGE_KEYS]
    (change,) = newest["changes"]
    assert (change["table"], change["noun"], change["id"], change["what"]) == ("event", "event", 1, "changed")
    assert change["fields"] == {"city": [{"en": "Beijing", "zh": "北京"}, {"en": "Shanghai"}], "sequence": [0, 1]}
    assert newest["moment"].endswith("Z")
    added = {(each["noun"], each["what"]) for each in stock["changes"]}
    assert ("participant", "added") in added
    assert ("contact point", "added") in added
    first = next(each for each in stock["changes"] if each["table"] == "agency")
    assert first["fields"]["code"] == [None, "IOM"]


def test_a_removed_row_has_what_it_held(eventrec: Eventrec) -> None:
    eventrec("participant", "remove", 1, "NIA", "-y")
    changes = data(eventrec, "--limit", 1)[0]["changes"]
    row = next(each for each in changes if each["table"] == "participation")
    assert (row["what"], row["fields"]["women"], row["fields"]["agency_id"]) == ("removed", [4, None], [2, None])


def test_json_lines_say_the_same(here: Eventrec) -> None:
    here("event", "edit", 1, "--city", "Shanghai")
    lines = here("log", "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == data(here)


def test_an_empty_answer_is_json_too(here: Eventrec) -> None:
    result = here("log", "--by", "nobody", "-f", "json")
    assert (result.out, result.err) == ("[]\n", "No change is like that.\n")


def test_pages_of_the_log_leave_nothing_out(here: Eventrec) -> None:
    for number in range(60):
        here("event", "edit", 1, "--note", f"Number {number}.")
    assert [row["id"] for row in data(here, "--limit", 0)] == list(range(61, 0, -1))
    assert [row["id"] for row in data(here, "--limit", 55)] == list(range(61, 6, -1))


def test_a_number_alone_is_a_change_set(here: Eventrec) -> None:
    here("event", "edit", 1, "--city", "Shanghai")
    here("event", "edit", 2, "--city", "Tianjin")
    for reference in ("2", "#2"):
        assert told(here, reference) == ["Event 1, Workshop on returns: city: Beijing / 北京 → Shanghai"]


def test_a_uid_is_a_change_set_or_a_record(here: Eventrec) -> None:
    here("event", "edit", 1, "--city", "Shanghai")
    newest = data(here)[0]
    assert [row["id"] for row in data(here, newest["uid"])] == [2]
    assert [row["id"] for row in data(here, newest["changes"][0]["uid"])] == [2, 1]


@pytest.mark.parametrize("words", [("NIA",), ("national", "immigration"), ("agency", 2), ("agency", "nia")])
def test_a_record_is_found_as_people_type_it(words: tuple[object, ...], here: Eventrec) -> None:
    here("agency", "edit", "NIA", "--note", "Changed.")
    here("agency", "edit", "EU", "--note", "Changed.")
    assert told(here, *words, "--limit", 1) == ["Agency 2, NIA: note: (empty) → Changed."]


@pytest.mark.parametrize("words", [("Capital Airport",), ("首都机场",), ("visit", "Capital"), ("event", 2)])
def test_a_removed_record_is_found_too(words: tuple[object, ...], eventrec: Eventrec) -> None:
    uid = json.loads(eventrec("event", "show", 2, "-f", "json").out)[0]["uid"]
    eventrec("visit", "remove", 2, "-y")
    assert told(eventrec, *words, "--limit", 1) == ["Event 2, Capital Airport: removed"]
    assert told(eventrec, uid, "--limit", 1) == ["Event 2, Capital Airport: removed"]


def test_a_name_that_several_have_asks_for_the_noun(here: Eventrec) -> None:
    here("project", "add", "Mine", "--code", "SAME")
    here("agency", "add", "Other", "--code", "SAME")
    result = here("log", "SAME")
    assert result.code == 3
    assert "agency #4 SAME Other" in result.err
    assert "project #2 SAME Mine" in result.err
    assert here("log", "project", "SAME").code == 0


@pytest.mark.parametrize("words", [("Nobody",), ("99",), ("event", "99"), ("00000000-0000-4000-8000-000000000000",)])
def test_what_never_was_is_exit_3(words: tuple[str, ...], here: Eventrec) -> None:
    result = here("log", *words)
    assert (result.code, result.out) == (3, "")


def test_by_and_period_choose(eventrec: Eventrec, programme: str) -> None:
    book = Book(Settings(programme), actor="Anna")
    with book.writing("anna's") as work:
        work.session.execute(update(ChangeSet).values(moment="2024-05-06T07:08:09Z"))
        from eventrec.services import agency

        agency.edit(work.session, 2, {"note": "Changed."})
    book.close()
    assert [row["actor"] for row in data(eventrec, "--by", "anna")] == ["Anna"]
    assert [row["id"] for row in data(eventrec, "--until", "2024-05-06")] == [1]
    assert [row["id"] for row in data(eventrec, "--since", "2024-05-08")] == [2]
    assert [row["id"] for row in data(eventrec, "--since", "2024-05-06", "--until", "2024-05-06")] == [1]


def test_on_the_screen_times_are_those_here_with_their_zone(here: Eventrec) -> None:
    assert here("log", "-f", "table").out.splitlines()[2].split()[3].startswith("+")
    assert here("log").out.splitlines()[1].split("\t")[2].endswith("Z")


def test_the_role_of_the_database_is_shown_and_chosen_by(run: Any, postgresql_programme: str) -> None:
    result = run("log", "-f", "table", address=postgresql_programme)
    assert "database role" in result.out
    role = json.loads(run("log", "-f", "json", address=postgresql_programme).out)[0]["database_role"]
    assert role
    assert json.loads(run("log", "--by", role.upper(), "-f", "json", address=postgresql_programme).out)


def test_what_would_act_on_a_terminal_is_shown(here: Eventrec, sqlite_programme: str) -> None:
    book = Book(Settings(sqlite_programme))
    with book.writing("x") as work:
        work.session.execute(update(ChangeSet).values(command="eventrec \x1b[31m\u202e"))
    book.close()
    for words in (("log", "-f", "table"), ("log", 1, "-f", "table")):
        result = here(*words)
        assert "\x1b" not in result.out
        assert "\u202e" not in result.out
        assert "␛[31m⟨U+202E⟩" in result.out


def test_what_was_erased_is_told_as_that_and_nothing_more(here: Eventrec, sqlite_programme: str) -> None:
    here("contact", "edit", 2, "--note", "Secret.")
    book = Book(Settings(sqlite_programme))
    with book.writing("x") as work:
        work.session.execute(update(Change).where(Change.change_set_id == 2).values(erased_at="2026-01-02T03:04:05Z"))
    book.close()
    assert told(here, 2) == ["Contact 2, LI Na: erased (somebody was forgotten)"]
    (change,) = data(here, 2)[0]["changes"]
    assert (change["what"], change["fields"]) == ("erased", {})


def test_what_was_emptied_is_told_whatever_it_was(eventrec: Eventrec, programme: str) -> None:
    for words in (
        ("agency", "duplicates", "--not-same", 1, 3),
        ("contact", "merge", 1, 2, "--prefer", "keep"),
        ("event", "remove", 1, "-y"),
    ):
        assert eventrec(*words).code == 0
    before = [row["added"] for row in data(eventrec)]
    book = Book(Settings(programme))
    with book.writing("x") as work:
        emptied = {"before": None, "after": None, "erased_at": "2026-01-02T03:04:05Z"}
        work.session.execute(update(Change).values(**emptied))
    book.close()
    assert sum(before) > 0
    assert [row["added"] for row in data(eventrec)] == [0] * len(before)
    assert {line.split(": ")[1] for line in told(eventrec, "--changes")} == {"erased (somebody was forgotten)"}
    assert told(eventrec, "contact", 2) == ["Contact 2: erased (somebody was forgotten)"] * 2
    assert eventrec("log", "--changes").code == 0
    assert eventrec("event", "list", "--as-of", "today").code == 0


def test_neither_the_salt_nor_a_hash_of_somebody_forgotten_is_told(here: Eventrec, sqlite_programme: str) -> None:
    book = Book(Settings(sqlite_programme))
    salt, trace, person = "5a17" * 16, "4a54" * 16, "be1f" * 8
    moment = "2026-01-02T03:04:05Z"
    with book.writing("x") as work:
        put(work.session, "salt", salt)
        work.session.add(Forgotten(hash=trace, kind="wechat", person=person, forgotten_at=moment))
    book.close()
    assert told(here, 2) == [
        "Settings: setting added: salt, (secret)",
        "Forgotten people: forgotten added: (secret)",
    ]
    for words in (("-f", "json"), ("-f", "jsonl"), ("--changes", "-f", "csv"), ("2", "-f", "table")):
        out = here("log", *words).out
        assert salt not in out
        assert trace not in out
        assert person not in out
        assert "wechat" not in out


def test_changes_in_a_sheet_have_a_row_for_each_field(here: Eventrec) -> None:
    here("event", "edit", 1, "--city", "Shanghai", "--note", "Moved.")
    header, *rows = here("log", "--changes", "--limit", 1, "-f", "tsv").out.splitlines()
    columns = header.split("\t")
    found = [dict(zip(columns, row.split("\t"), strict=True)) for row in rows]
    assert [(row["change_set"], row["field"], row["before"], row["after"]) for row in found] == [
        ("2", "city", '{"en":"Beijing","zh":"北京"}', '{"en":"Shanghai"}'),
        ("2", "note", "", "Moved."),
        ("2", "sequence", "0", "1"),
    ]
    assert here("log", "--changes", "-o", "history.xlsx").code == 0


def test_the_log_of_an_empty_book_says_so(run: Any, sqlite_address: str) -> None:
    result = run("log", address=sqlite_address)
    assert result.err == "Nothing has been changed yet.\n"


def test_a_table_has_no_empty_columns_and_says_rows_in_words(here: Eventrec) -> None:
    here("contact", "edit", 2, "--email", "li@example.org")
    heads, _, row, *_ = here("log", "--limit", 1, "-f", "table").out.splitlines()
    assert heads.split() == ["id", "moment", "actor", "command", "added", "changed", "rows"]
    assert "  contact edit 2 --email li@example.org  " in row
    assert "contact_point" not in row
    assert row.endswith("contact point 2, contact 2")


def test_a_record_in_a_pipe_has_a_row_for_each_field(here: Eventrec) -> None:
    here("agency", "edit", "NIA", "--side", "other")
    header, row = here("log", "NIA", "--limit", 1, "-f", "tsv").out.splitlines()
    found = dict(zip(header.split("\t"), row.split("\t"), strict=True))
    assert (found["field"], found["before"], found["after"]) == ("side", "China", "other")


def test_a_hint_has_the_words_that_were_typed(here: Eventrec) -> None:
    assert "Which contact?\n  For example: eventrec log contact 1\n" in here("log", "contact").err
    assert "eventrec search 'Nobody Here'\n" in here("log", "Nobody Here").err


def test_fewer_than_no_change_sets_are_refused(eventrec: Eventrec) -> None:
    result = eventrec("log", "--limit", "-1")
    assert (result.code, result.out) == (2, "")
    assert "--limit" in result.err
